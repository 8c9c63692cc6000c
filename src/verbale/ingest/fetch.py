"""Fetches pages, when asked: no private addresses, redirects checked, sizes and time capped, robots.txt heeded."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any
from urllib.parse import urljoin

import msgspec

from verbale.errors import BadInput
from verbale.ingest.address_guard import Resolver, Target, checked, resolved
from verbale.ingest.archive import unpacked
from verbale.ingest.inputs import Input, needed
from verbale.ingest.kinds import reports_in, told_by_bytes
from verbale.model.report import Problem, Report
from verbale.model.when import DateClue

AGENT = "verbale/0.1 (+https://github.com/verbale/verbale)"
MOST_REDIRECTS = 5
MOST_BYTES, MOST_BYTES_UNPACKED = 20 * 2**20, 64 * 2**20
MOST_ROBOTS_BYTES = 500 * 2**10
ROBOTS_HOLD = 24 * 3600.0
"""Seconds after which a host's robots.txt is asked for anew."""
LONGEST_CRAWL_DELAY = 30.0
LONGEST_REST = 24 * 3600.0
"""Seconds that a host may ask to be left alone (Retry-After); a longer wish counts as this."""
KIND_OF_TYPE = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/pdf": "pdf",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/csv": "csv",
    "application/json": "json",
    "application/ld+json": "json",
    "application/x-ndjson": "json lines",
    "application/jsonl": "json lines",
}
"""What an answer is read as by its content type, unless its first bytes say otherwise."""
OTHER_TYPES = ("text/", "application/xml", "application/gzip", "application/x-gzip")
"""Further types that are read, as what their bytes look like."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


class Fetched(msgspec.Struct, frozen=True):
    """An answer: its body unpacked, and what lets the next visit ask only for news."""

    url: str
    """Where it came from in the end, after redirects."""
    status: int
    body: bytes = b""
    content_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class Fetcher:
    """Asks hosts for pages, one at a time, and politely: a pause between two questions to one host, robots.txt obeyed,
    and no question to a host that asked to be left alone until that time is over.

    `opens_loopback` is for tests alone. `clock` and `sleep` are the machine's; tests give their own.
    """

    def __init__(self, pause_seconds: float = 2.0, deadline_seconds: float = 60.0, heeds_robots: bool = True,
                 opens_loopback: bool = False, resolver: Resolver = resolved,
                 clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep) -> None:
        needed("httpcore", "fetching", "fetch")
        from verbale.ingest.connection import Connection  # stands on httpcore, which only fetching needs

        self._pause, self._deadline, self._heeds_robots = pause_seconds, deadline_seconds, heeds_robots
        self._opens_loopback, self._resolver, self._clock, self._sleep = opens_loopback, resolver, clock, sleep
        self._not_before: dict[str, float] = {}
        self._asked_at: dict[str, float] = {}
        self._robots: dict[str, Any] = {}
        self._robots_until: dict[str, float] = {}
        self._connection = Connection(clock)

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.__exit__(kind, error, trace)

    def fetch(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """The answer to an address; status 304 where it is unchanged. Raises BadInput with the reason for none."""
        headers = {
            name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value
        }
        until = self._clock() + self._deadline
        target = self._checked(url)
        for _ in range(MOST_REDIRECTS + 1):
            if self._heeds_robots:
                self._ask_robots(target, until)
            self._wait(target, until)
            answer, place = self._ask(target, headers, until)
            if place is None:
                return answer
            target = self._checked(urljoin(target.url, place))
        raise BadInput(f"{url!r} redirects more than {MOST_REDIRECTS} times")

    def _checked(self, url: str) -> Target:
        return checked(url, self._resolver, self._opens_loopback)

    def _wait(self, target: Target, until: float) -> None:
        """Rest as long as the host is to be left alone. Raises BadInput where that is beyond the deadline."""
        free = max(self._not_before.get(target.host, float("-inf")),
                   self._asked_at.get(target.host, float("-inf")) + self._pause_for(target))
        rest = free - self._clock()
        if rest > 0:
            if self._clock() + rest > until:
                raise BadInput(f"{target.url!r} is not asked for: its host wants to be left alone for {rest:.0f} s")
            self._sleep(rest)
        self._asked_at[target.host] = self._clock()

    def _pause_for(self, target: Target) -> float:
        robots = self._robots.get(_origin(target))
        delay = robots.crawl_delay(AGENT) if robots is not None else None
        return max(self._pause, min(float(delay or 0), LONGEST_CRAWL_DELAY))

    def _ask(self, target: Target, headers: dict[str, str], until: float, most_bytes: int = MOST_BYTES,
             ) -> tuple[Fetched, str | None]:
        """The answer of one machine, or where it sends us."""
        sent = {"User-Agent": AGENT, "Accept": "text/html,application/xml;q=0.9,*/*;q=0.5", "Accept-Encoding": "gzip"}
        answer = self._connection.ask(target, {**sent, **headers}, until, most_bytes)
        found = answer.headers
        if answer.status in (301, 302, 303, 307, 308) and "location" in found:
            return Fetched(target.url, answer.status), found["location"]
        if answer.status in (429, 503):
            self._not_before[target.host] = self._clock() + _rest_wanted(found.get("retry-after"), self._pause)
        declared = found.get("content-type") or "text/html"
        kind = declared.split(";")[0].strip().lower()
        if answer.status == 200 and not (kind in KIND_OF_TYPE or kind.startswith(OTHER_TYPES)):
            raise BadInput(f"{target.url!r} is {kind}, which is not read")
        try:
            body = unpacked(answer.raw, found.get("content-encoding", ""), MOST_BYTES_UNPACKED)
        except BadInput as error:
            raise BadInput(f"{target.url!r} {error}") from None
        charset = _CHARSET.search(declared)
        return Fetched(target.url, answer.status, body, kind, charset.group(1) if charset else None,
                       found.get("etag"), found.get("last-modified")), None

    def _ask_robots(self, target: Target, until: float) -> None:
        """Raises BadInput where the host's robots.txt forbids the address. No such file forbids nothing; a host that
        answers with a fault of its own (5xx) forbids all, as RFC 9309 has it.
        """
        key = _origin(target)
        if self._robots_until.get(key, float("-inf")) <= self._clock():
            self._robots[key] = self._rules_of(target, until)
            self._robots_until[key] = self._clock() + ROBOTS_HOLD
        rules = self._robots[key]
        if rules is not None and not rules.can_fetch(target.url, AGENT):
            raise BadInput(f"{target.url!r} is not fetched: the site's robots.txt forbids it")

    def _rules_of(self, target: Target, until: float) -> Any:
        """The rules of a host's robots.txt; None where there are none."""
        protego = needed("protego", "fetching", "fetch").Protego
        url = urljoin(target.url, "/robots.txt")
        for _ in range(MOST_REDIRECTS + 1):
            try:
                answer, place = self._ask(self._checked(url), {}, until, MOST_ROBOTS_BYTES)
            except BadInput:
                return None  # a host that does not answer says nothing against it; its pages fail by themselves
            if place is None:
                break
            url = urljoin(url, place)
        if answer.status >= 500:
            raise BadInput(f"{target.url!r} is not fetched: the site answers {answer.status} for its robots.txt")
        return protego.parse(answer.body.decode("utf-8", "replace")) if answer.status == 200 else None


def _origin(target: Target) -> str:
    return f"{target.scheme}://{target.host}:{target.port}"


def _rest_wanted(words: str | None, least: float) -> float:
    """Seconds that a Retry-After header asks for, in numbers or as a date; a minute where it says nothing."""
    try:
        wanted = float(words) if words and words.strip().isdigit() else (
            parsedate_to_datetime(words) - datetime.now(UTC)).total_seconds() if words else 60.0
    except (ValueError, TypeError):
        wanted = 60.0
    return min(max(wanted, least), LONGEST_REST)


def kind_of_answer(answer: Fetched) -> str | None:
    """What an answer is read as: by its first bytes where they are plain, else by its content type; None: look."""
    seen = told_by_bytes(answer.body[:4096])
    return seen.name if seen is not None else KIND_OF_TYPE.get(answer.content_type)


def answer_input(answer: Fetched, place: str, clues: tuple[DateClue, ...] = (), source: str | None = None) -> Input:
    """An answer as an input to read; `clues` are what is known of its day from elsewhere."""
    return Input(answer.body, place, url=answer.url, source=source, clues=clues, charset=answer.charset)


def fetched_reports(url: str, fetcher: Fetcher, clues: tuple[DateClue, ...] = (),
                    source: str | None = None) -> Iterator[Report | Problem]:
    """The reports at an address: a page, a feed, a document. Their place is the address that was asked for."""
    try:
        answer = fetcher.fetch(url)
    except BadInput as error:
        yield Problem(url, "failed", str(error))
        return
    if answer.status != 200:
        yield Problem(url, "failed", f"the site answered {answer.status}")
    else:
        yield from reports_in(answer_input(answer, url, clues, source), kind_of_answer(answer))
