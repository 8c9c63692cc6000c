"""Visits lists of addresses: each once, site maps followed into the pages they name."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from urllib.parse import urlsplit

from verbale.errors import BadInput
from verbale.ingest.addresses import Address, addresses_in, is_map, same_address
from verbale.ingest.archive import unpacked
from verbale.ingest.fetch import MOST_BYTES_UNPACKED, Fetched, Fetcher, answer_input, kind_of_answer
from verbale.ingest.kinds import reports_in
from verbale.model.report import Problem, Report

DEEPEST_MAP = 3
"""A site map may name site maps that name site maps."""


def visited(addresses: Iterable[Address], fetcher: Fetcher, is_known: Callable[[str], bool] = lambda url: False,
            most: int | None = None, since: date | None = None) -> Iterator[Report | Problem]:
    """The reports at addresses, in order, each address once; those of a site map in the place of the map.

    `is_known` says of an address (as `same_address` gives it) that it was read before: it is skipped. `most` and
    `since` bound what is taken of site maps: so many pages in all, and none whose map says a change before that day.
    A map may only name pages of its own host and of what lies below it.
    """
    waiting = deque((address, 0) for address in addresses)
    seen: set[str] = set()
    left = most
    while waiting:
        address, depth = waiting.popleft()
        key = same_address(address.url)
        if key in seen:
            continue
        seen.add(key)
        if is_known(key):
            yield Problem(address.url, "skipped", "was read before; --again reads it anew")
            continue
        if depth and not address.is_map:
            if left == 0:
                continue
            left = None if left is None else left - 1
        try:
            answer = fetcher.fetch(address.url)
            if answer.status != 200:
                raise BadInput(f"the site answered {answer.status}")
            named = _map_of(answer, address, depth)
        except BadInput as error:
            yield Problem(address.url, "failed", " ".join(str(error).split()))
            continue
        if named is None:
            yield from reports_in(answer_input(answer, address.url, address.clues), kind_of_answer(answer))
            continue
        kept = [one for one in named if since is None or _last_day(one) is None or (_last_day(one) or since) >= since]
        waiting.extendleft((one, depth + 1) for one in reversed(kept))


def _last_day(address: Address) -> date | None:
    return address.changed or address.published


def _map_of(answer: Fetched, address: Address, depth: int) -> list[Address] | None:
    """The addresses that an answer lists where it is a site map, packed or not; None where it is none."""
    body = answer.body
    if body.startswith(b"\x1f\x8b"):
        body = unpacked(body, "gzip", MOST_BYTES_UNPACKED)
    if not is_map(body):
        return None
    if depth >= DEEPEST_MAP:
        raise BadInput(f"is a site map {depth} site maps deep (at most {DEEPEST_MAP})")
    host = _host(answer.url)
    return [one for one in addresses_in(body, address.url)
            if _host(one.url) == host or _host(one.url).endswith("." + host)]


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
