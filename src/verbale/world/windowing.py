"""The report's day, narrowed by the offices and the known days that its text names."""

from dataclasses import dataclass
from datetime import date

import msgspec

from verbale.model.reading import Reading
from verbale.model.span import Span
from verbale.model.when import DateClue, DateWindow, Period
from verbale.world.spellings import fold, fold_with_places
from verbale.world.word_lists import word_table
from verbale.world.world import World

NARROW_DAYS = 62
"""A window this short says more of the offices than they can say of it."""


@dataclass
class Bound:
    """One thing of the text that holds on some days only: an office somebody is said to have, an event already past."""

    periods: list[Period]
    kind: str
    words: str
    span: Span
    reason: str
    weight: int
    """How often the report speaks of it; what is spoken of more wins where two cannot both be. 0 for known days, whose
    words may name an older event: any office wins over them."""


def narrowed(window: DateWindow, bounds: list[Bound]) -> DateWindow:
    """The window cut down to the days on which all the bounds can hold, with a clue for each.

    A bound that contradicts weightier ones, or the report's own date, is left out: it tells of older days.
    """
    if not is_wide(window) or not bounds:
        return window
    open_days = [window.period]
    clues = []
    for bound in sorted(bounds, key=lambda bound: -bound.weight):
        shared = [both for one in open_days for other in bound.periods if (both := one.meets(other))]
        if not shared:
            continue
        clues.append(DateClue(bound.kind, hull(bound.periods), bound.words, bound.span, bound.reason))
        open_days = shared
    period = hull(open_days)
    day = only_day(window.clues, open_days)
    if day is not None:
        reason = f"the only such day of the year while all are in office: {day}"
        clues.append(DateClue("dateline", Period.day(day), reason=reason, decides=True))
        return DateWindow(day, None, Period.day(day), (*window.clues, *clues))
    why_not = window.why_not or "the text names no day of its own"
    return msgspec.structs.replace(
        window, period=period, clues=(*window.clues, *clues), why_not=f"{why_not}; {width_words(period)}"
    )


def only_day(clues: tuple[DateClue, ...], open_days: list[Period]) -> date | None:
    """The day that a dateline without a year must mean, where the days that are open hold just one like it."""
    named = next((clue.month_and_day for clue in clues if clue.month_and_day), None)
    if named is None or any(one.since is None or one.until is None for one in open_days):
        return None
    found = set()
    for one in open_days:
        assert one.since is not None and one.until is not None
        for year in range(one.since.year, one.until.year + 1):
            try:
                day = date(year, *named)
            except ValueError:
                continue
            if one.since <= day < one.until:
                found.add(day)
    return found.pop() if len(found) == 1 else None


def is_wide(window: DateWindow) -> bool:
    """Whether a window has room for more to be said of its day."""
    days = window.period.days
    return window.published is None and (days is None or days > NARROW_DAYS)


def hull(periods: list[Period]) -> Period:
    """The shortest period over all of some."""
    since = None if any(one.since is None for one in periods) else min(one.since for one in periods if one.since)
    until = None if any(one.until is None for one in periods) else max(one.until for one in periods if one.until)
    return Period(since, until)


def width_words(period: Period) -> str:
    """How wide a window is, in words for a reader."""
    if period.since is None and period.until is None:
        return "nothing in the text bounds it"
    if period.until is None:
        return f"offices and known days only say: not before {period.since}"
    if period.since is None:
        return f"offices and known days only say: before {period.until}"
    days = (period.until - period.since).days
    if days > 365:
        return f"offices and known days leave {days / 365.25:.1f} years open"
    return f"offices and known days leave {days} days open"


def known_day_bounds(reading: Reading, world: World) -> list[Bound]:
    """Known days that the body speaks of: "the pandemic" was declared on 11 March 2020."""
    if not is_wide(reading.report.window):
        return []
    found: list[Bound] = []
    text = reading.report.text
    unsure = {words.replace("-", " ") for words in word_table()["unsure_days"]["words"]}
    folded = [
        (segment.span, fold_with_places(segment.span.of(text)))
        for segment in reading.report.segments_of("body", "title")
    ]
    for known in world.known_days:
        for words in known.words:
            place = None if words.lower().replace("-", " ") in unsure else _first_place(folded, fold(words))
            if place is not None:
                found.append(
                    Bound(
                        [Period(known.since, None)],
                        "known day",
                        place.of(text),
                        place,
                        f"{known.label}: not before {known.since}",
                        0,
                    )
                )
                break
    return found


def _first_place(folded: list, words: str) -> Span | None:
    for span, text in folded:
        at = text.text.find(words)
        while at >= 0:
            after = at + len(words)
            whole = (at == 0 or not text.text[at - 1].isalnum()) and (
                after == len(text.text) or not text.text[after].isalnum()
            )
            if whole:
                return Span(span.start + text.place(at), span.start + text.place(after - 1) + 1)
            at = text.text.find(words, at + 1)
    return None
