"""Watches feeds: asks each politely for what is new, reads each article once, and goes on where it was stopped."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from verbale.errors import BadInput, BadTable
from verbale.ingest.fetch import Fetcher, fetched_reports
from verbale.ingest.inputs import Input
from verbale.ingest.kinds import reports_in
from verbale.model.report import Problem, Report
from verbale.tables.load import toml_table

MOST_REMEMBERED = 50_000
"""Articles remembered a feed; older ones have long left it."""


class Feed(msgspec.Struct, frozen=True):
    """A feed to watch; `whole` fetches each entry's page, else the feed's own text is read."""

    url: str
    name: str = ""
    whole: bool = True


class FeedState(msgspec.Struct):
    """What is remembered of a feed between two visits."""

    etag: str | None = None
    last_modified: str | None = None
    seen: list[str] = []


def feeds_in(path: Path) -> list[Feed]:
    """The feeds of a TOML file with [[feed]] blocks. Raises BadTable where it is none."""
    try:
        return msgspec.convert(toml_table(path).get("feed", []), list[Feed])
    except (msgspec.ValidationError, OSError) as error:
        raise BadTable(f"{path}: {error}; wanted blocks [[feed]] with url, name and whole") from None


def news(feeds: list[Feed], memory: Path, fetcher: Fetcher) -> Iterator[Report | Problem]:
    """What is new in the feeds since the last visit, a report or Problem at a time.

    An article is remembered when the next one is asked for: a kill repeats at most one, and none is lost. A feed's ETag
    and Last-Modified are kept only when all its entries are read.
    """
    states = _remembered(memory)
    for feed in feeds:
        state = states.setdefault(feed.url, FeedState())
        try:
            answer = fetcher.fetch(feed.url, state.etag, state.last_modified)
        except BadInput as error:
            yield Problem(feed.url, "failed", str(error))
            continue
        if answer.status == 304:
            continue
        if answer.status != 200:
            yield Problem(feed.url, "failed", f"the site answered {answer.status}")
            continue
        for entry in reports_in(Input(answer.body, feed.url, url=feed.url, source=feed.name or None), "feed"):
            key = _key(entry)
            if key in state.seen:
                continue
            yield from _whole(entry, feed, fetcher)
            state.seen.append(key)
            _keep(memory, states)
        state.etag, state.last_modified = answer.etag, answer.last_modified
        _keep(memory, states)


def _whole(entry: Report | Problem, feed: Feed, fetcher: Fetcher) -> Iterator[Report | Problem]:
    if feed.whole and isinstance(entry, Report) and entry.url:
        yield from fetched_reports(entry.url, fetcher)
    else:
        yield entry


def _key(entry: Report | Problem) -> str:
    name = (entry.url or entry.id) if isinstance(entry, Report) else entry.place + entry.reason
    return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _remembered(memory: Path) -> dict[str, FeedState]:
    if not memory.is_file():
        return {}
    try:
        return msgspec.json.decode(memory.read_bytes(), type=dict[str, FeedState])
    except msgspec.DecodeError as error:
        raise BadTable(f"{memory}: {error}; it holds what was read of each feed; move it away to begin anew") from None


def _keep(memory: Path, states: dict[str, FeedState]) -> None:
    """Writes the memory beside itself and renames it, so that a kill leaves the old one or the new one whole."""
    for state in states.values():
        del state.seen[:-MOST_REMEMBERED]
    beside = memory.with_name(memory.name + ".new")
    beside.write_text(json.dumps(msgspec.to_builtins(states)), encoding="utf-8")
    os.replace(beside, memory)
