"""Fetches pages, when asked: no private addresses, redirects checked, sizes and time capped, robots.txt heeded."""

import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any
from urllib.parse import urljoin

import msgspec

from verbale.errors import BadInput
from verbale.ingest.address_guard import Resolver, Target, checked, resolved
from verbale.ingest.archive import unpacked
from verbale.ingest.inputs import Input, needed
from verbale.ingest.kinds import reports_in
from verbale.model.report import Problem, Report

AGENT = "verbale/0.1 (+https://github.com/verbale/verbale)"
MOST_REDIRECTS = 5
MOST_BYTES, MOST_BYTES_UNPACKED = 20 * 2**20, 64 * 2**20
READ_TYPES = ("text/", "application/xhtml+xml", "application/xml", "application/rss+xml", "application/atom+xml",
              "application/rdf+xml", "application/json", "application/pdf", "application/rtf",
              "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
LONGEST_CRAWL_DELAY = 30.0


class Fetched(msgspec.Struct, frozen=True):
    """An answer: its body unpacked, and what lets the next visit ask only for news."""

    url: str
    """Where it came from in the end, after redirects."""
    status: int
    body: bytes = b""
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None


class Fetcher:
    """Asks hosts for pages, one at a time, and politely: a pause between two questions to one host, robots.txt obeyed.

    `opens_loopback` is for tests alone. `clock` and `sleep` are the machine's; tests give their own.
    """

    def __init__(self, pause_seconds: float = 2.0, deadline_seconds: float = 60.0, heeds_robots: bool = True,
                 opens_loopback: bool = False, resolver: Resolver = resolved,
                 clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> None:
        self._httpx = needed("httpx", "fetching", "fetch")
        self._pause, self._deadline, self._heeds_robots = pause_seconds, deadline_seconds, heeds_robots
        self._opens_loopback, self._resolver, self._clock, self._sleep = opens_loopback, resolver, clock, sleep
        self._last: dict[str, float] = {}
        self._robots: dict[str, Any] = {}
        self._client = self._httpx.Client(follow_redirects=False, trust_env=False, timeout=10.0)

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """The answer to an address; status 304 where it is unchanged. Raises BadInput with the reason for none."""
        target = checked(url, self._resolver, self._opens_loopback)
        if self._heeds_robots:
            self._ask_robots(target)
        headers = {
            name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value
        }
        return self._follow(target, headers, self._clock() + self._deadline)

    def _follow(self, target: Target, headers: dict[str, str], until: float) -> Fetched:
        for _ in range(MOST_REDIRECTS + 1):
            self._wait(target, until)
            answer, place = self._asked(target, headers, until)
            if place is None:
                return answer
            host = target.host
            target = checked(urljoin(target.url, place), self._resolver, self._opens_loopback)
            if self._heeds_robots and target.host != host:
                self._ask_robots(target)
        raise BadInput(f"{target.url!r} redirects more than {MOST_REDIRECTS} times")

    def _wait(self, target: Target, until: float) -> None:
        rest = self._last.get(target.host, float("-inf")) + self._pause_for(target) - self._clock()
        if rest > 0:
            if self._clock() + rest > until:
                raise BadInput(f"{target.url!r} took too long: its host asks for pauses beyond the deadline")
            self._sleep(rest)
        self._last[target.host] = self._clock()

    def _pause_for(self, target: Target) -> float:
        robots = self._robots.get(f"{target.scheme}://{target.host}:{target.port}")
        delay = robots.crawl_delay(AGENT) if robots is not None else None
        return max(self._pause, min(float(delay or 0), LONGEST_CRAWL_DELAY))

    def _asked(self, target: Target, headers: dict[str, str], until: float) -> tuple[Fetched, str | None]:
        """The answer of one machine, or where it sends us."""
        machine = f"[{target.machine}]" if ":" in target.machine else target.machine
        host = f"[{target.host}]" if ":" in target.host else target.host
        port = "" if target.port in (80, 443) else f":{target.port}"
        request = self._client.build_request(
            "GET", f"{target.scheme}://{machine}:{target.port}{target.path}",
            headers={"Host": host + port, "User-Agent": AGENT, "Accept-Encoding": "gzip", **headers},
            extensions={"sni_hostname": target.host})
        try:
            answer = self._client.send(request, stream=True)
            try:
                return self._received(answer, target, until)
            finally:
                answer.close()
        except self._httpx.HTTPError as error:
            raise BadInput(f"{target.url!r} cannot be fetched: {type(error).__name__}: {error}") from None

    def _received(self, answer: Any, target: Target, until: float) -> tuple[Fetched, str | None]:
        if answer.status_code in (301, 302, 303, 307, 308) and "location" in answer.headers:
            return Fetched(target.url, answer.status_code), answer.headers["location"]
        kind = answer.headers.get("content-type", "text/html").split(";")[0].strip().lower()
        if answer.status_code == 200 and not kind.startswith(READ_TYPES):
            raise BadInput(f"{target.url!r} is {kind}, which is not read")
        raw = bytearray()
        for piece in answer.iter_raw():
            raw += piece
            if len(raw) > MOST_BYTES:
                raise BadInput(f"{target.url!r} is larger than {MOST_BYTES // 2**20} MB")
            if self._clock() > until:
                raise BadInput(f"{target.url!r} took longer than {self._deadline:.0f} seconds")
        body = unpacked(bytes(raw), answer.headers.get("content-encoding", ""), MOST_BYTES_UNPACKED)
        return Fetched(target.url, answer.status_code, body, kind, answer.headers.get("etag"),
                       answer.headers.get("last-modified")), None

    def _ask_robots(self, target: Target) -> None:
        """Raises BadInput where the host's robots.txt forbids the address. No such file forbids nothing."""
        key = f"{target.scheme}://{target.host}:{target.port}"
        if key not in self._robots:
            protego = needed("protego", "fetching", "fetch").Protego
            self._robots[key] = None
            robots = msgspec.structs.replace(target, url=urljoin(target.url, "/robots.txt"), path="/robots.txt")
            try:
                answer, place = self._asked(robots, {}, self._clock() + self._deadline)
                if place is None and answer.status == 200:
                    self._robots[key] = protego.parse(answer.body.decode("utf-8", "replace"))
            except BadInput:
                pass  # a host whose robots.txt cannot be had says nothing against it; its pages fail by themselves
        rules = self._robots[key]
        if rules is not None and not rules.can_fetch(target.url, AGENT):
            raise BadInput(f"{target.url!r} is not fetched: the site's robots.txt forbids it")


def fetched_reports(url: str, fetcher: Fetcher) -> Iterator[Report | Problem]:
    """The reports at an address: a page, a feed, a document."""
    try:
        answer = fetcher.fetch(url)
    except BadInput as error:
        yield Problem(url, "failed", str(error))
        return
    if answer.status != 200:
        yield Problem(url, "failed", f"the site answered {answer.status}")
    else:
        yield from reports_in(Input(answer.body, answer.url, url=answer.url))
