"""Days and periods, and what a report says of its own day."""

from datetime import date, timedelta

import msgspec

from verbale.model.span import Span


class Period(msgspec.Struct, frozen=True, order=True):
    """The days from `since` up to, not with, `until`. None on a side: open, nothing is known there."""

    since: date | None = None
    until: date | None = None

    @classmethod
    def day(cls, day: date) -> "Period":
        return cls(day, day + timedelta(days=1))

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        return cls(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1))

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def is_one_day(self) -> bool:
        return bool(self.since and self.until and (self.until - self.since).days == 1)

    @property
    def days(self) -> int | None:
        """How many days; None where a side is open."""
        return (self.until - self.since).days if self.since and self.until else None

    def contains(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def meets(self, other: "Period") -> "Period | None":
        """The days both share; None where there are none."""
        since, until = self.since, self.until
        if other.since and (since is None or other.since > since):
            since = other.since
        if other.until and (until is None or other.until < until):
            until = other.until
        return None if since and until and since >= until else Period(since, until)


class DateClue(msgspec.Struct, frozen=True):
    """One thing that bounds the day a report was published: "dateline of 29 December 2020", "both in office"."""

    kind: str
    """meta, json-ld, url, dateline, visible date, given, empty label, office, known day, guess."""
    period: Period
    words: str = ""
    span: Span | None = None
    reason: str = ""
    decides: bool = False
    """True where it names the day itself; False where it only bounds it."""
    month_and_day: tuple[int, int] | None = None
    """Where it names a day of the year and no year."""


class DateWindow(msgspec.Struct, frozen=True):
    """The day a report was published: exactly, or a window with evidence, or unknown and why."""

    published: date | None = None
    why_not: str | None = None
    """Why no day is known; None where one is."""
    period: Period = Period()
    clues: tuple[DateClue, ...] = ()


class TimeExpression(msgspec.Struct, frozen=True):
    """Words that name a time: "Tuesday", "in three days", "the past year", "29 December 2020", "every week".

    A plain "on", "in" or "at" before them is not part of the span; what turns the value ("since", "between") is.
    Absolute ones carry `period`; relative ones carry unit, offset and direction and need an anchor (`anchored`).
    """

    span: Span
    sentence: int
    kind: str
    """absolute, relative, weekday, month, duration window ("in the past year"), recurrence, vague ("recently")."""
    unit: str | None = None
    """hour, day, week, weekend, month, quarter, year, decade, weekday:0 (Monday) .. weekday:6, week:0 (the Monday of a
    week) .. week:6, month:1 .. month:12, day:MM-DD."""
    offset: int | None = None
    """How many units away, signed: yesterday is -1 day, next week +1 week, this month 0. Of a weekday: weeks (last
    Tuesday -1); of a month or day of the year: years (March last year -1). None where the words leave it open."""
    length: int | None = None
    """Of a window: how many units long; "in the past three years" is 3. Of a range of days ("5-7 March"): days."""
    direction: str | None = None
    """past, future, or None where only the tense can tell (a bare weekday). Of "earlier this week": past."""
    period: Period | None = None
    count: int | None = None
    """Of a recurrence: how often, where said."""
    edge: str | None = None
    """since, until, before or after, where the words name only one side of the time."""


def anchored(expression: TimeExpression, anchor: Period, tense: str | None = None) -> Period | None:
    """The days an expression names, seen from the day (or days) of the report; None where they cannot be told.

    `tense` is past, present or future, from the governing verb, and decides where the words alone do not: a bare
    weekday told in the past is the last one (the report's own day counts), in present or future the one to come. An
    anchor of several days widens the answer; an anchor open on a side gives None for relative expressions.
    """
    if expression.period is not None:
        return expression.period
    if anchor.since is None or anchor.until is None or expression.unit is None or expression.kind == "recurrence":
        return None
    first = _from_day(expression, anchor.since, tense)
    last = _from_day(expression, anchor.until - timedelta(days=1), tense)
    if first is None or last is None:
        return None
    if expression.edge == "before":
        return Period(None, last.since)
    if expression.edge == "after":
        return Period(first.until, None)
    return _sided(Period(first.since, last.until), expression.edge, anchor)


def _sided(found: Period, edge: str | None, anchor: Period) -> Period:
    """The side of a time that is meant: "since Tuesday" reaches to the report's day, "until May" has no first day."""
    if edge == "since":
        going_on = anchor.until if anchor.until and found.since and anchor.until > found.since else None
        return Period(found.since, going_on)
    return Period(None, found.until) if edge == "until" else found


def _from_day(expression: TimeExpression, day: date, tense: str | None) -> Period | None:
    unit, offset = expression.unit or "", expression.offset
    direction = expression.direction or {"past": "past", "present": "future", "future": "future"}.get(tense or "")
    if unit.startswith("day:"):
        month, number = (int(part) for part in unit[4:].split("-"))
        found = _day_in(day.year + offset, month, number) if offset is not None else _day_near(
            day, month, number, expression.direction or ("past" if tense == "past" else None))
        return Period(found, found + timedelta(days=expression.length or 1)) if found else None
    if expression.length is not None:
        return _window(day, unit, expression.length, direction == "future" and expression.direction == "future")
    if unit.startswith("week:"):
        monday = day - timedelta(days=day.weekday())
        return Period.day(monday + timedelta(weeks=offset or 0, days=int(unit[5:])))
    if unit.startswith("weekday:"):
        return _weekday(int(unit[8:]), day, offset, direction)
    if unit.startswith("month:"):
        return _month(int(unit[6:]), day, offset, direction)
    if unit == "weekend":
        return _weekend(day, offset, direction)
    if offset is None:
        return None
    found_period = _unit_period(day, unit, offset)
    if found_period and offset == 0 and expression.direction:
        return _part_so_far(found_period, day, expression.direction)
    return found_period


def _window(day: date, unit: str, length: int, ahead: bool) -> Period | None:
    """The last, or next, so many units, the day of the report with them."""
    far = _moved(day, unit, length if ahead else -length)
    if far is None:
        return None
    return Period(day, far + timedelta(days=1)) if ahead else Period(far, day + timedelta(days=1))


def _part_so_far(period: Period, day: date, direction: str) -> Period:
    """ "Earlier this week" ends with the report's day, "later this week" begins with it."""
    if direction == "past":
        return Period(period.since, min(period.until or day, day + timedelta(days=1)))
    return Period(max(period.since or day, day), period.until)


def _unit_period(day: date, unit: str, offset: int) -> Period | None:
    moved = _moved(day, unit, offset)
    if moved is None:
        return None
    if unit == "week":
        monday = moved - timedelta(days=moved.weekday())
        return Period(monday, monday + timedelta(days=7))
    if unit == "month":
        return Period.month(moved.year, moved.month)
    if unit == "quarter":
        start = Period.month(moved.year, (moved.month - 1) // 3 * 3 + 1).since
        end = Period.month(moved.year, (moved.month - 1) // 3 * 3 + 3).until
        return Period(start, end)
    if unit == "year":
        return Period.year(moved.year)
    if unit == "decade":
        first = moved.year // 10 * 10
        return Period(date(first, 1, 1), date(first + 10, 1, 1))
    return Period.day(moved)


def _weekday(number: int, day: date, offset: int | None, direction: str | None) -> Period:
    """A weekday. Bare: the nearest before (past, or nothing known) or after, the day itself first. "Last" and "next"
    pass over the day itself; "this" is in the week of the day."""
    if offset == 0:
        return Period.day(day + timedelta(days=number - day.weekday()))
    if offset is not None and offset > 0:
        ahead = (number - day.weekday()) % 7 or 7
        return Period.day(day + timedelta(days=ahead + 7 * (offset - 1)))
    if offset is not None:
        back = (day.weekday() - number) % 7 or 7
        return Period.day(day - timedelta(days=back + 7 * (-offset - 1)))
    if direction == "future":
        return Period.day(day + timedelta(days=(number - day.weekday()) % 7))
    return Period.day(day - timedelta(days=(day.weekday() - number) % 7))


def _month(number: int, day: date, offset: int | None, direction: str | None) -> Period:
    """A month of the year `offset` years away; without one the nearest in the direction (past
    where none is known), the running month first."""
    if offset is not None:
        return Period.month(day.year + offset, number)
    if direction == "future":
        return Period.month(day.year + (number < day.month), number)
    return Period.month(day.year - (number > day.month), number)


def _weekend(day: date, offset: int | None, direction: str | None) -> Period:
    """Saturday and Sunday of a week; bare, those under way or nearest in the direction."""
    saturday = day + timedelta(days=5 - day.weekday())
    if offset is None:
        back = direction != "future" and day.weekday() < 5
        offset = -1 if back else 0
    saturday += timedelta(weeks=offset)
    return Period(saturday, saturday + timedelta(days=2))


def _day_in(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _day_near(day: date, month: int, number: int, direction: str | None) -> date | None:
    candidates = [one for year in (day.year - 1, day.year, day.year + 1) if (one := _day_in(year, month, number))]
    if direction == "past":
        candidates = [one for one in candidates if one <= day]
    if direction == "future":
        candidates = [one for one in candidates if one >= day]
    return min(candidates, key=lambda one: abs((one - day).days), default=None)


def _moved(day: date, unit: str, offset: int) -> date | None:
    """The day `offset` units away; None where the unit is not one that days are counted in, or the calendar ends."""
    try:
        if unit in ("day", "hour"):
            return day + timedelta(days=offset if unit == "day" else int(offset / 24))
        if unit == "week":
            return day + timedelta(weeks=offset)
        months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit] * offset
        number = day.year * 12 + day.month - 1 + months
        year, month = divmod(number, 12)
        last = (Period.month(year, month + 1).until or day) - timedelta(days=1)
        return date(year, month + 1, min(day.day, last.day))
    except (KeyError, ValueError, OverflowError):
        return None
