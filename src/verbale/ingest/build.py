"""A report from a text and what is known of it: cleaned, cut, dated, repairs noted, signed."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import msgspec

from verbale.ingest.clean import cleaned, mark_repairs
from verbale.ingest.copies import signature
from verbale.ingest.datelines import Dateline, agencies, dateline
from verbale.ingest.dating import text_clues, url_clues, window
from verbale.ingest.languages import language_of
from verbale.ingest.letters import letter_repairs
from verbale.ingest.likeness import bare
from verbale.ingest.page_text import segments as cut
from verbale.model.ids import content_id
from verbale.model.report import READ_KINDS, Repair, Report, Segment
from verbale.model.span import Span
from verbale.model.when import DateClue, Period

PLAIN_KINDS = {"title", "body", "dateline", "date", "byline", "caption", "label"}


def report_of(text: str, *, title: str | None = None, url: str | None = None, source: str | None = None,
              author: str | None = None, published: date | None = None, place: str | None = None,
              clues: tuple[DateClue, ...] = (), segments: tuple[Segment, ...] | None = None,
              taken_for: str | None = None, language: str | None = None, notes: Iterable[Repair] = ()) -> Report:
    """A report of one text. What is not given is looked for in the text; what is not found is None.

    `segments` are given where the input says itself what is title and what is article; the text must then be clean, and
    `notes` are the repairs made in cleaning it. What the text shows of its language outweighs what was said of it.
    """
    stored, notes = (text, notes) if segments is not None else cleaned(text)
    parts = cut(stored, title) if segments is None else segments
    head = _head(stored, parts)
    if published is not None:
        clues = (DateClue("given", Period.day(published), reason="given with the input", decides=True), *clues)
    every_clue = (*clues, *url_clues(url), *text_clues(stored, parts, head))
    titles = [segment.span.of(stored) for segment in parts if segment.kind == "title"]
    article = "\n".join(segment.span.of(stored) for segment in parts if segment.kind == "body")
    repairs = [*letter_repairs(stored), *_marks(stored, parts), *_glued(stored, parts), *notes]
    return Report(
        id=content_id("re", url, stored), text=stored, segments=parts, window=window(every_clue),
        title=title or (" ".join(titles[0].split()) if titles else None), url=url, source=source or _site(url),
        origin=_origin(stored, parts, head), author=author or _author(stored, parts),
        language=language_of(article or stored) or language, place=place,
        taken_for=taken_for or ("plain text" if {part.kind for part in parts} <= PLAIN_KINDS else "page text"),
        repairs=tuple(sorted(repairs, key=lambda repair: repair.span)), signature=signature(article))


def titled_report(title: str | None, text: str, **known: Any) -> Report:
    """A report whose title came apart from its text: put above it, unless the text says it itself.

    `known` is what `report_of` takes.
    """
    text, notes = cleaned(text)
    title = " ".join(cleaned(title)[0].split()) if title else None
    parts = cut(text, title)
    own = next((part.span.of(text) for part in parts if part.kind in ("title", "title copy")), None)
    if not title or (own and (bare(own) in bare(title) or bare(title) in bare(own))):
        return report_of(text, title=title, segments=parts, notes=notes, **known)
    start = len(title) + 2
    above = Segment("title", Span(0, len(title)), "the title given with the text", 0.95)
    below = (_moved(part, start, "label" if part.kind == "title" else part.kind) for part in parts)
    notes = [msgspec.structs.replace(note, span=Span(note.span.start + start, note.span.stop + start)) for note in notes
             if len(note.span)]
    return report_of(f"{title}\n\n{text}", title=title, segments=(above, *below), notes=notes, **known)


def _moved(part: Segment, by: int, kind: str) -> Segment:
    copy_of = None if part.copy_of is None else part.copy_of + 1
    return msgspec.structs.replace(part, kind="label" if kind == "title copy" and copy_of else kind, copy_of=None,
                                   span=Span(part.span.start + by, part.span.stop + by))


def _head(text: str, parts: tuple[Segment, ...]) -> Dateline | None:
    """The dateline that stands before the article's first sentence."""
    for number, part in enumerate(parts):
        if part.kind == "dateline":
            below = parts[number + 1].span.stop if number + 1 < len(parts) else len(text)
            return dateline(text, part.span.start, below)
    return None


def _marks(text: str, parts: tuple[Segment, ...]) -> list[Repair]:
    read = [part.span for part in parts if part.kind in READ_KINDS]
    return [repair for repair in mark_repairs(text) if any(span.covers(repair.span) for span in read)]


def _glued(text: str, parts: tuple[Segment, ...]) -> list[Repair]:
    """A breadcrumb that runs into the title without a space between."""
    return [Repair(one.span, one.span.of(text), one.span.of(text) + " ", "the breadcrumb is glued to the title")
            for one, other in pairwise(parts)
            if one.kind == "breadcrumb" and one.span.stop == other.span.start]


def _site(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


_BY = re.compile(r"^(?:by|written by|posted by|reported by|автор:?|текст:|yazar:?|haber:)\s+", re.IGNORECASE)


def _author(text: str, parts: tuple[Segment, ...]) -> str | None:
    for part in parts:
        if part.kind == "byline":
            words = _BY.sub("", part.span.of(text)).strip()
            return words.split("|")[0].split("  ")[0].strip() or None
    return None


@lru_cache(1)
def _tail_mark() -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in sorted(agencies(), key=len, reverse=True))
    before = r"(?:[(\[]|[—–-]\s?|(?:[Ss]ource|Источник|Kaynak)\s*:\s*)"
    return re.compile(rf"{before}(?P<agency>{forms})(?:\s+News)?[)\]]?\s*\.?\s*$")


def _origin(text: str, parts: tuple[Segment, ...], head: Dateline | None) -> str | None:
    """The agency of the dateline, else of a mark at the article's end or on a line about its source."""
    if head is not None and head.agency:
        return head.agency
    bodies = [part for part in parts if part.kind == "body"]
    near = [Span(max(part.span.start, part.span.stop - 80), part.span.stop) for part in bodies[-1:]]
    near += [
        part.span for part in parts if part.kind in ("byline", "label", "furniture", "caption") and len(part.span) < 80
    ]
    for span in near:
        match = _tail_mark().search(span.of(text))
        if match:
            return agencies()[match.group("agency")]
    return next((agencies()[name] for part in parts if part.kind == "byline"
                 for name in [_BY.sub("", part.span.of(text)).strip()] if name in agencies()), None)
