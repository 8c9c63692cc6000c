"""Watches feeds: asks each politely for what is new, reads each article once, and goes on where it was stopped."""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

import msgspec

from verbale.errors import BadInput, BadTable
from verbale.ingest.addresses import same_address
from verbale.ingest.feed import Entry, entries_in, entry_report
from verbale.ingest.fetch import Fetched, Fetcher, answer_input, fetched_reports
from verbale.model.report import Problem, Report
from verbale.tables.load import toml_table

LEAST_MINUTES = 5
"""No feed is asked more often."""
MOST_TRIES = 3
"""Visits in which an article's page is asked for; if it cannot be had by then, it is given up."""
LONGEST_BACKOFF = 6
"""A feed that fails is asked half as often each time, down to 1/64."""
LAYOUT = """
CREATE TABLE IF NOT EXISTS feed (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, asked REAL, faults INTEGER);
CREATE TABLE IF NOT EXISTS article (key TEXT PRIMARY KEY, feed TEXT, tries INTEGER, is_read INTEGER);
"""


class Feed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A feed to watch; `whole` fetches each entry's page, else the feed's own text is read."""

    url: str
    name: str = ""
    whole: bool = True
    minutes: float = 30
    """So often it is asked; at least LEAST_MINUTES."""


class FeedState(msgspec.Struct, frozen=True):
    """What is remembered of a feed between two visits; `asked` in seconds since 1970, `faults` in a row."""

    etag: str | None = None
    last_modified: str | None = None
    asked: float = 0.0
    faults: int = 0

    def due(self, feed: Feed) -> float:
        """When the feed may be asked again."""
        return self.asked + 60 * max(feed.minutes, LEAST_MINUTES) * 2 ** min(self.faults, LONGEST_BACKOFF)


class Memory:
    """Which articles were read, and what each feed said last, in a file of its own; a kill leaves it whole."""

    def __init__(self, path: Path) -> None:
        self._link = sqlite3.connect(path, isolation_level=None)
        try:
            self._link.executescript(LAYOUT)
        except sqlite3.DatabaseError as error:
            self._link.close()
            raise BadTable(f"{path}: {error}; it should hold what was read of each feed; move it away to begin anew"
                           ) from None

    def __enter__(self) -> "Memory":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._link.close()

    def state(self, feed: Feed) -> FeedState:
        row = self._link.execute("SELECT etag, last_modified, asked, faults FROM feed WHERE url = ?",
                                 (feed.url,)).fetchone()
        return FeedState(*row) if row else FeedState()

    def keep(self, feed: Feed, state: FeedState) -> None:
        self._link.execute("INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?, ?)",
                           (feed.url, state.etag, state.last_modified, state.asked, state.faults))

    def is_read(self, key: str) -> bool:
        row = self._link.execute("SELECT is_read FROM article WHERE key = ?", (key,)).fetchone()
        return bool(row and row[0])

    def tried(self, key: str, feed: Feed, succeeded: bool) -> None:
        """Count a try; an article is read when it succeeded, or when it was tried often enough."""
        self._link.execute(
            "INSERT INTO article VALUES (?, ?, 1, ?) ON CONFLICT (key) DO UPDATE SET tries = tries + 1, "
            "is_read = excluded.is_read OR tries + 1 >= ?", (key, feed.url, succeeded, MOST_TRIES))

    def has_open(self, feed: Feed) -> bool:
        """Whether an article of the feed is still to be tried again."""
        return self._link.execute("SELECT 1 FROM article WHERE feed = ? AND NOT is_read LIMIT 1",
                                  (feed.url,)).fetchone() is not None


def feeds_in(path: Path) -> list[Feed]:
    """The feeds of a TOML file with [[feed]] blocks. Raises BadTable where it is none."""
    wanted = "wanted blocks [[feed]] with url, and where you like name, whole and minutes"
    try:
        found = msgspec.convert(toml_table(path).get("feed", []), list[Feed])
    except (msgspec.ValidationError, OSError, UnicodeDecodeError) as error:
        raise BadTable(f"{path}: {error}; {wanted}") from None
    if not found:
        raise BadTable(f"{path}: names no feed; {wanted}")
    return found


def news(feeds: list[Feed], memory: Memory, fetcher: Fetcher,
         clock: Callable[[], float] = time.time) -> Iterator[Report | Problem]:
    """What is new in the feeds since the last visit, a report or Problem at a time.

    An article is remembered when the next one is asked for: a kill repeats at most one, and none is lost. A page that
    could not be had is tried again at the next visits. A feed's ETag and Last-Modified are kept only when all its
    entries are read. One article in two feeds is read once.
    """
    for feed in feeds:
        state = memory.state(feed)
        asks_all = memory.has_open(feed)
        try:
            answer = fetcher.fetch(feed.url, None if asks_all else state.etag,
                                   None if asks_all else state.last_modified)
            if answer.status not in (200, 304):
                raise BadInput(_refusal(answer))
            if answer.status == 200:
                yield from _new_entries(answer, feed, memory, fetcher)
        except BadInput as error:
            memory.keep(feed, msgspec.structs.replace(state, asked=clock(), faults=state.faults + 1))
            yield Problem(feed.url, "failed", " ".join(str(error).split()))
            continue
        etag, last_modified = (answer.etag, answer.last_modified) if answer.status == 200 else (
            state.etag, state.last_modified)
        if memory.has_open(feed):
            etag = last_modified = None
        memory.keep(feed, FeedState(etag, last_modified, clock()))


def due(feeds: list[Feed], memory: Memory, now: float) -> list[Feed]:
    """The feeds whose time has come."""
    return [feed for feed in feeds if memory.state(feed).due(feed) <= now]


def _refusal(answer: Fetched) -> str:
    advice = "; it is gone for good: take it out of the list" if answer.status == 410 else ""
    return f"the site answered {answer.status}{advice}"


def _new_entries(answer: Fetched, feed: Feed, memory: Memory, fetcher: Fetcher) -> Iterator[Report | Problem]:
    input_ = answer_input(answer, feed.url, source=feed.name or None)
    for entry in entries_in(input_):
        key = _key(entry)
        if memory.is_read(key):
            continue
        failed = False
        for one in _of_entry(entry, feed, fetcher):
            failed = failed or (isinstance(one, Problem) and one.outcome == "failed")
            yield one
        memory.tried(key, feed, not failed)


def _of_entry(entry: Entry | Problem, feed: Feed, fetcher: Fetcher) -> Iterator[Report | Problem]:
    if isinstance(entry, Problem):
        yield entry
    elif feed.whole and entry.url:
        yield from fetched_reports(entry.url, fetcher, entry.clues, entry.site)
    else:
        yield entry_report(entry)


def _key(entry: Entry | Problem) -> str:
    if isinstance(entry, Problem):
        name = entry.place + entry.reason
    else:
        name = same_address(entry.url) if entry.url else f"{entry.title}\n{entry.text}"
    return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=10).hexdigest()
