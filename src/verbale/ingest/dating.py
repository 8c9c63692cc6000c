"""On which day a report was published: what says so, how far it is to be trusted, or why nothing does."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from verbale.ingest.datelines import Dateline
from verbale.ingest.day_words import DayFound, days_in
from verbale.model.report import Segment
from verbale.model.span import Span
from verbale.model.when import DateClue, DateWindow, Period

TRUST = ("given", "json-ld", "meta", "url", "dateline", "visible date")
"""Which clue decides where several name a day: the first of these."""
LEAST_TEXT = 60
"""Letters that a piece of the article has where the article begins; a shorter one is a heading above the date."""
FIRST_NEWS_DAY = date(1900, 1, 1)
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2]|[1-9](?=[/_-]))[/_-]?"
                      r"(0[1-9]|[12]\d|3[01]|[1-9](?=\D|$))(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?=/)")
_SPOKEN = re.compile(r"\b(?:briefing|remarks|interview|press conference|availability|readout|gaggle|speech|address|"
                     r"statement|transcript|testimony)\b", re.IGNORECASE)
MOST_WORDS_ABOUT_A_DAY = 18
"""Words of a line that holds the day of publication among others; a longer one tells of something (a caption)."""
_CHANGED = re.compile(r"\b(?:updated|modified|last|changed|обновлено|изменено|güncel\w*)\b", re.IGNORECASE)


def day_of(words: str) -> date | None:
    """The day a machine's date names (`2021-06-30T09:00:00Z`, `Wed, 30 Jun 2021 ...`); None where it names none."""
    match = re.match(r"\s*(\d{4})-(\d\d)-(\d\d)", words) or re.match(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)", words)
    if match:
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            return None
    found = days_in(words)
    return found[0].day if found and found[0].other is None else None


def url_clues(url: str | None) -> list[DateClue]:
    """The day, or at least the month, that an address holds: /2021/06/30/, 2021-06-30, 20210630."""
    if not url:
        return []
    for match in _URL_DAY.finditer(url):
        try:
            day = date(*map(int, match.groups()))
        except ValueError:
            continue
        if day >= FIRST_NEWS_DAY:
            return [DateClue("url", Period.day(day), match.group(), reason="the address holds the day", decides=True)]
    month = _URL_MONTH.search(url)
    if month:
        period = Period.month(int(month.group(1)), int(month.group(2)))
        return [DateClue("url", period, month.group(), reason="the address holds the month")]
    return []


def text_clues(text: str, segments: tuple[Segment, ...], head: Dateline | None) -> list[DateClue]:
    """What the text itself says: its dateline, a date beside its title, a label without a date. Teasers never count."""
    found = []
    if head is not None:
        found.append(_of_dateline(text, head))
    found += _visible(text, segments)
    if not any(clue.decides for clue in found):
        found += [clue for segment in segments if segment.kind == "title" for clue in _of_title(text, segment.span)]
    for segment in segments:
        if segment.kind == "empty date label":
            words = segment.span.of(text)
            found.append(DateClue("empty label", Period(), words, segment.span, f"the label {words!r} is empty"))
    return found


def _of_title(text: str, title: Span) -> list[DateClue]:
    """The day that ends the title of what was said on it: "Press Briefing by the Spokesman, 5/26/2019"."""
    days = days_in(text, title.start, title.stop)
    if not days or not _SPOKEN.search(title.of(text)):
        return []
    last = days[-1]
    ends = not text[last.span.stop : title.stop].strip(" ).]")
    if not ends or text[title.start : last.span.start].rstrip(" ([")[-1:] not in (",", "-", "–", "—", ":", "|"):
        return []
    clue = _visible_clue(text, last, is_change=False)
    if last.other is not None:
        return [clue]
    return [msgspec.structs.replace(clue, reason="the title of what was said ends with the day")]


def _of_dateline(text: str, head: Dateline) -> DateClue:
    span = Span(head.span.start, head.span.start + len(head.span.of(text).rstrip()))
    words = span.of(text)
    if head.day:
        return DateClue("dateline", Period.day(head.day), words, span, "the dateline names the day", decides=True)
    if head.month_and_day:
        month, number = head.month_and_day
        return DateClue("dateline", Period(), words, span, f"the dateline names day {number} of month {month}, no year",
                        month_and_day=(month, number))
    return DateClue("dateline", Period(), words, span, "the dateline names no day")


def _visible(text: str, segments: tuple[Segment, ...]) -> list[DateClue]:
    """Dates on lines of their own about the title and the article's beginning; else one right after its end."""
    bodies = [number for number, segment in enumerate(segments) if segment.kind == "body"]
    bodies = [number for number in bodies if len(segments[number].span) >= LEAST_TEXT] or bodies
    if not bodies:
        return []
    titles = [number for number, segment in enumerate(segments) if segment.kind == "title"]
    first = min(titles[:1] + bodies[:1])
    near = range(max(0, first - 3), bodies[0])
    found = [clue for number in near if segments[number].kind in ("date", "byline", "label", "furniture", "dateline")
             for clue in _dates_of(text, segments[number])]
    if not any(clue.decides for clue in found):
        after = range(bodies[-1] + 1, min(len(segments), bodies[-1] + 2))
        found += [
            clue for number in after if segments[number].kind == "date" for clue in _dates_of(text, segments[number])
        ]
    return found


def _dates_of(text: str, segment: Segment) -> Iterable[DateClue]:
    """Of several days on one line the first in time is that of publication, the others of changes."""
    words = segment.span.of(text)
    if len(words) > 300 or (segment.kind != "date" and len(words.split()) > MOST_WORDS_ABOUT_A_DAY):
        return
    days = days_in(text, segment.span.start, segment.span.stop)
    first = min((day.day for day in days), default=None)
    for day in days:
        before = text[segment.span.start:day.span.start]
        yield _visible_clue(text, day, is_change=bool(_CHANGED.search(before[-30:])) or day.day != first)


def line_clues(line: str) -> list[DateClue]:
    """What a short line beside a page's title says of the day, where the line itself is not stored."""
    found = []
    for day in days_in(line):
        clue = _visible_clue(line, day, is_change=bool(_CHANGED.search(line[:day.span.start][-30:])))
        found.append(msgspec.structs.replace(clue, span=None, words=line[:120]))
    return found


def _visible_clue(text: str, found: DayFound, is_change: bool) -> DateClue:
    words = found.span.of(text)
    if is_change:
        return DateClue("visible date", Period(None, found.day + timedelta(days=1)), words, found.span,
                        "the page was changed on this day, so it was published on or before it")
    if found.other is not None:
        low, high = sorted((found.day, found.other))
        return DateClue("visible date", Period(low, high + timedelta(days=1)), words, found.span,
                        f"may be {low} or {high}: day and month can be read both ways")
    return DateClue("visible date", Period.day(found.day), words, found.span, "a date beside the title", decides=True)


def window(clues: Iterable[DateClue]) -> DateWindow:
    """The day where a clue names it, the most trusted first; else the days that all bounds leave, and why no day.

    No day is made up: without a deciding clue `published` is None.
    """
    found = tuple(clues)
    deciding = [clue for kind in TRUST for clue in found if clue.kind == kind and clue.decides and clue.period.since]
    if deciding:
        return DateWindow(deciding[0].period.since, None, deciding[0].period, found)
    period = Period()
    for clue in found:
        period = period.meets(clue.period) or period
    return DateWindow(None, _why_not(found), period, found)


def _why_not(clues: tuple[DateClue, ...]) -> str:
    empty = next((clue for clue in clues if clue.kind == "empty label"), None)
    if empty:
        return empty.reason
    partial = next((clue for clue in clues if clue.period.since or clue.period.until or clue.kind == "dateline"), None)
    if partial:
        return f"only a bound is known: {partial.reason}"
    return "nothing in the input says a day"
