"""RSS and Atom feeds: a report for each entry, of the text the feed itself holds."""

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urljoin

import msgspec
from lxml import etree, html

from verbale.errors import BadInput
from verbale.ingest.build import report_of
from verbale.ingest.clean import cleaned
from verbale.ingest.html import text_of, tree_of
from verbale.ingest.html_parts import parts_of
from verbale.ingest.inputs import Input, needed
from verbale.model.report import Problem, Report
from verbale.model.when import DateClue, Period

MOST_ENTRIES = 10_000
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


class Entry(msgspec.Struct, frozen=True):
    """An entry of a feed, as the feed gives it."""

    place: str
    url: str | None
    title: str | None
    text: str
    """The longest text the feed holds of it; empty where it holds none."""
    day: date | None
    author: str | None
    site: str | None

    @property
    def clues(self) -> tuple[DateClue, ...]:
        if self.day is None:
            return ()
        return (DateClue("meta", Period.day(self.day), str(self.day), reason="the feed's day of publication",
                         decides=True),)


def read_feed(input_: Input) -> Iterator[Report | Problem]:
    """A report for each entry of a feed, of what the feed itself holds."""
    for entry in entries_in(input_):
        yield entry if isinstance(entry, Problem) else entry_report(entry)


def entries_in(input_: Input) -> Iterator[Entry | Problem]:
    """The entries of a feed. Raises BadInput for a feed that declares entities: they can blow up without end."""
    if _ENTITY.search(input_.raw):
        raise BadInput("declares XML entities, which no feed needs; refused, for they can grow without end")
    feedparser = needed("feedparser", "reading feeds")
    found = feedparser.parse(input_.raw, sanitize_html=False, resolve_relative_uris=False)
    if not found.entries:
        raise BadInput(f"is a feed without entries{f' ({found.bozo_exception})' if found.get('bozo') else ''}")
    site = input_.source or found.feed.get("title")
    for number, entry in enumerate(found.entries[:MOST_ENTRIES], 1):
        yield _entry(entry, f"{input_.place}#{number}", site, input_.url)
    if len(found.entries) > MOST_ENTRIES:
        yield Problem(input_.place, "skipped", f"{len(found.entries) - MOST_ENTRIES} entries over {MOST_ENTRIES}")


def _entry(entry: Any, place: str, site: str | None, feed_url: str | None) -> Entry | Problem:
    contents = [one.get("value") or "" for one in entry.get("content", [])] + [entry.get("summary") or ""]
    text, _ = cleaned(max(map(_as_text, contents), key=len))
    title = " ".join(cleaned(_as_text(entry.get("title") or ""))[0].split()) or None
    if not text and not title:
        return Problem(place, "skipped", "the entry holds neither title nor text")
    link = entry.get("link")
    url = urljoin(feed_url, link) if feed_url and link else link
    return Entry(place, url, title, text, _day(entry), entry.get("author"), site)


def entry_report(entry: Entry) -> Report:
    """The report of what the feed holds of an entry."""
    whole, segments = parts_of(entry.title, [line for line in entry.text.split("\n") if line.strip()],
                               why="the text the feed holds")
    return report_of(whole, title=entry.title, url=entry.url, source=entry.site, author=entry.author, place=entry.place,
                     clues=entry.clues, segments=segments, taken_for="feed")


def _as_text(words: str) -> str:
    if "<" not in words and "&" not in words:
        return words.strip()
    try:
        tree = tree_of(f"<div>{words}</div>")
    except (etree.ParserError, ValueError):
        return words.strip()
    return text_of(tree).strip() if isinstance(tree, html.HtmlElement) else words.strip()


def _day(entry: Any) -> date | None:
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return datetime.fromtimestamp(calendar.timegm(moment), UTC).date() if moment else None
    except (ValueError, OverflowError, TypeError):
        return None
