"""The parts of an article that was taken from HTML: the paragraphs kept, and what is furniture after all among them."""

from verbale.ingest.clean import cleaned
from verbale.ingest.likeness import bare
from verbale.ingest.lines import word_count
from verbale.ingest.page_rules import SHORT, UNLIKE
from verbale.ingest.page_text import segments
from verbale.model.report import Segment
from verbale.model.span import Span

TOLD_BY_FORM = frozenset((
    "byline", "date", "dateline", "caption", "breadcrumb", "title copy", "empty date label", "teaser list label",
))
"""Kinds of lines known by what they say, not by how much they look like the article's: believed inside an article."""
MOST_WORDS = 25
"""A longer paragraph with a phrase of furniture in it is the article's: it speaks of cookies or subscriptions."""
KEPT = "the page's article by its HTML"


LONGEST_ROW = 60
"""Words in a row of a table of data; a longer one is a page laid out by a table."""
LEAST_SHARE, LEAST_COVERED = 1.5, 0.9
"""The text that JSON-LD tells is taken where it is so many times longer; and it says what is not the article's where
the paragraphs it holds cover so much of it."""


def is_layout_table(paragraphs: list[str]) -> bool:
    """Whether the reader took a page laid out by tables for tables of data."""
    return any(line.startswith("|") and word_count(line) > LONGEST_ROW for line in paragraphs)


def is_longer(told: list[str], paragraphs: list[str]) -> bool:
    """Whether JSON-LD tells clearly more of the article than stands on the page (the rest is loaded by a script)."""
    return sum(map(len, told)) > LEAST_SHARE * sum(map(len, paragraphs))


def parts_of(title: str | None, paragraphs: list[str], told: list[str] | None = None,
             why: str = KEPT) -> tuple[str, tuple[Segment, ...]]:
    """Title and paragraphs as one text with its segments. The title's own repetition at the top is left out.

    What HTML readers let through (dates, bylines, teasers of other stories, buttons) is labelled as on any page's text;
    all else stays the article. `told` is the article as the page's JSON-LD tells it, a second opinion; `why` the reason
    for what is taken for the article.
    """
    kept = [line for number, line in enumerate(paragraphs) if not (title and number < 2 and bare(line) == bare(title))]
    title = cleaned(" ".join(title.split()))[0] if title else None
    body, _ = cleaned("\n\n".join(kept))
    text = "\n\n".join(filter(None, (title, body)))
    start = len(title) + 2 if title else 0
    found = [Segment("title", Span(0, len(title)), "the page's title by its HTML", 0.95)] if title else []
    in_list = False
    for part in segments(text, title):
        if part.span.stop <= start:
            continue
        span = Span(max(part.span.start, start), part.span.stop)
        in_list = part.kind == "teaser list label" or (in_list and part.kind == "teaser")
        is_other = _is_furniture(part, span.of(text)) or (part.kind == "teaser" and in_list)
        _add(found, part if is_other else Segment("body", span, why, 0.9), span)
    return text, tuple(_checked(text, found, told or []))


def _checked(text: str, found: list[Segment], told: list[str]) -> list[Segment]:
    """The segments, held against the article that JSON-LD tells: what it does not hold is no part of the article."""
    whole = bare(" ".join(told))
    lines = [(number, line) for number, part in enumerate(found) if part.kind == "body"
             for line in _line_spans(text, part.span)]
    inside = [bare(line.of(text)) in whole for _, line in lines]
    covered = sum(len(bare(line.of(text))) for (_, line), is_in in zip(lines, inside) if is_in)
    if not whole or all(inside) or covered < LEAST_COVERED * len(whole):
        return found
    parts: list[Segment] = [part for part in found if part.kind != "body"]
    for (_, line), is_in in zip(lines, inside):
        parts.append(Segment("body", line, KEPT, 0.95) if is_in else
                     Segment("uncertain", line, "the page's JSON-LD does not count it to the article", 0.6))
    joined: list[Segment] = []
    for part in sorted(parts, key=lambda one: one.span):
        _add(joined, part, part.span)
    return joined


def _line_spans(text: str, span: Span) -> list[Span]:
    found, place = [], span.start
    for line in span.of(text).split("\n"):
        if line.strip():
            found.append(Span(place, place + len(line)))
        place += len(line) + 1
    return found


def _is_furniture(part: Segment, words: str) -> bool:
    if part.kind in TOLD_BY_FORM:
        return True
    if part.kind == "teaser":
        return part.confidence >= 0.9 or "list" in part.reason
    is_told = part.kind == "furniture" and part.reason not in (SHORT, UNLIKE)
    return is_told and word_count(words) < MOST_WORDS


def _add(found: list[Segment], part: Segment, span: Span) -> None:
    last = found[-1] if found else None
    if last and last.kind == part.kind == "body":
        found[-1] = Segment("body", Span(last.span.start, span.stop), last.reason, last.confidence)
    else:
        found.append(Segment(part.kind, span, part.reason, part.confidence))
