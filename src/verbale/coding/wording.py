"""The words of a statement's content: with and without marks, which parts are verbatim, what is wrong with marks."""

from verbale.coding.content_setting import OPENING
from verbale.coding.draft import Draft
from verbale.coding.words import NO_QUOTE, Words
from verbale.model.span import Span

TRANSCRIPT = "transcript"
LEADING = {"that"}
CLOSING = {'"', "”", "»", "''", "’", "」", "“", "‘"}
FINAL = {".", ",", ";", ":", "!", "?"}


def outer_content(words: Words, draft: Draft) -> tuple[Span, ...]:
    """The content with its marks and "that", in text order; pieces that touch are one."""
    spans: list[Span] = []
    for first, last in sorted(draft.content):
        span = _whole(words, first, last)
        if (
            spans
            and not words.text[spans[-1].stop : span.start].strip()
            and "\n" not in words.text[spans[-1].stop : span.start]
        ):
            spans[-1] = Span(spans[-1].start, span.stop)
        elif not spans or span.start >= spans[-1].stop:
            spans.append(span)
    return tuple(spans)


def _whole(words: Words, first: int, last: int) -> Span:
    """The letters of a piece; where it fills a quotation, with the quotation's marks."""
    span = words.span(first, last)
    opened, closed = words.quote[first], words.quote[last]
    start, stop = span.start, span.stop
    if opened != NO_QUOTE and first == words.places(words.quotations[opened].outer)[0]:
        start = min(start, words.quotations[opened].outer.start)
    if closed != NO_QUOTE and last == words.places(words.quotations[closed].outer)[-1]:
        stop = max(stop, words.quotations[closed].outer.stop)
    return Span(start, stop)


def bare_content(words: Words, draft: Draft) -> tuple[Span, ...]:
    """The content without outer marks and without a leading "that"."""
    spans: list[Span] = []
    for outer in outer_content(words, draft):
        spans += _bare(words, outer)
    return tuple(spans)


def _bare(words: Words, outer: Span) -> list[Span]:
    places = list(words.places(outer))
    while (
        places and (_is_joining(words, places[0]) or not words.is_word[places[0]]) and _may_go(words, outer, places[0])
    ):
        places.pop(0)
    if not places:
        return [outer]
    start, stop = words.start[places[0]], outer.stop
    closed = words.quote[places[-1]]
    if closed != NO_QUOTE:
        quotation = words.quotations[closed]
        if quotation.outer.stop == stop and (quotation.outer.start <= outer.start or quotation.defects):
            stop = max(start + 1, quotation.inner.stop)
    return [Span(start, stop)] if start < stop else [outer]


def _is_joining(words: Words, place: int) -> bool:
    """Whether a word only joins a clause to its cue: the "that" of "said that", not of "That is a good question"."""
    is_first = words.text[words.start[place]].isupper()
    return words.form[place] in LEADING and (not is_first or words.bare[place] == "mark")


def _may_go(words: Words, outer: Span, place: int) -> bool:
    """Whether a first mark may be left out: not where its quotation ends inside the piece, which is part quoted."""
    number = words.quote[place]
    if number == NO_QUOTE or words.is_word[place]:
        return True
    return words.quotations[number].outer.stop >= outer.stop or words.form[place] not in OPENING


def verbatim_parts(words: Words, draft: Draft) -> tuple[Span, ...]:
    """What stands between marks in the content, letter by letter as the report gives it."""
    found: list[Span] = []
    if draft.how == TRANSCRIPT:
        return outer_content(words, draft)
    for first, last in sorted(draft.content):
        numbers = sorted({words.quote[place] for place in range(first, last + 1)} - {NO_QUOTE})
        piece = words.span(first, last)
        for number in numbers:
            inner = words.quotations[number].inner
            if draft.level > 1:
                inner = Span(max(inner.start, piece.start), min(inner.stop, piece.stop))
            if inner.start < inner.stop:
                found.append(inner)
    return tuple(dict.fromkeys(found))


def kind_of(words: Words, draft: Draft) -> str:
    """direct: all in marks; indirect: nothing in marks; else mixed."""
    if draft.how == TRANSCRIPT:
        return "direct"
    spoken = [place for first, last in draft.content for place in range(first, last + 1) if words.is_word[place]]
    spoken = (
        spoken[1:]
        if len(spoken) > 1 and words.form[spoken[0]] in LEADING and words.quote[spoken[0]] == NO_QUOTE
        else spoken
    )
    quoted = sum(words.quote[place] != NO_QUOTE for place in spoken)
    if not quoted:
        return "indirect"
    return "direct" if quoted == len(spoken) else "mixed"


def defects_of(words: Words, draft: Draft) -> tuple[str, ...]:
    """What is wrong with the marks of the content."""
    found: list[str] = []
    for first, last in draft.content:
        for number in sorted({words.quote[place] for place in range(first, last + 1)} - {NO_QUOTE}):
            found += words.quotations[number].defects
    return tuple(dict.fromkeys(found))
