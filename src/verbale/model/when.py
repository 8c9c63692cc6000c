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
        since = max((d for d in (self.since, other.since) if d), default=None)
        until = min((d for d in (self.until, other.until) if d), default=None)
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


class DateWindow(msgspec.Struct, frozen=True):
    """The day a report was published: exactly, or a window with evidence, or unknown and why."""

    published: date | None = None
    why_not: str | None = None
    """Why no day is known; None where one is."""
    period: Period = Period()
    clues: tuple[DateClue, ...] = ()


class TimeExpression(msgspec.Struct, frozen=True):
    """Words that name a time: "on Tuesday", "in the past year", "29 December 2020", "every week".

    Absolute ones carry `period`; relative ones carry unit, offset and direction and need an anchor (`anchored`).
    """

    span: Span
    sentence: int
    kind: str
    """absolute, relative, weekday, month, duration window ("in the past year"), recurrence, vague ("recently")."""
    unit: str | None = None
    """day, week, month, quarter, year, hour, weekday:0 (Monday) .. weekday:6, month:1 .. month:12, day:MM-DD."""
    offset: int | None = None
    """How many units away, signed: yesterday is -1 day, next week +1 week, this month 0."""
    length: int | None = None
    """Of a window: how many units long; "in the past three years" is 3."""
    direction: str | None = None
    """past, future, or None where only the tense can tell (a bare weekday)."""
    period: Period | None = None
    count: int | None = None
    """Of a recurrence: how often, where said."""


def anchored(expression: TimeExpression, anchor: Period, tense: str | None = None) -> Period | None:
    """The days an expression names, seen from the day (or days) of the report; None where they cannot be told.

    `tense` is past, present or future, from the governing verb, and decides where the words alone do not. An anchor of
    several days widens the answer; an anchor open on a side gives None for relative expressions.
    """
    if expression.period is not None:
        return expression.period
    if anchor.since is None or anchor.until is None or expression.unit is None:
        return None
    first = _from_day(expression, anchor.since, tense)
    last = _from_day(expression, anchor.until - timedelta(days=1), tense)
    if first is None or last is None:
        return None
    return Period(first.since, last.until)


def _from_day(expression: TimeExpression, day: date, tense: str | None) -> Period | None:
    unit, offset = expression.unit or "", expression.offset or 0
    direction = expression.direction or {"past": "past", "future": "future"}.get(tense or "")
    if expression.length is not None:
        far = _moved(day, unit, expression.length * (1 if direction == "future" else -1))
        if far is None:
            return None
        return Period(day, far + timedelta(days=1)) if direction == "future" else Period(far, day + timedelta(days=1))
    if unit.startswith("weekday:"):
        return _weekday(int(unit[8:]), day, offset, direction)
    if unit.startswith("month:"):
        year = day.year + offset
        month = int(unit[6:])
        if expression.offset is None and direction != "future" and month > day.month:
            year -= 1
        if expression.offset is None and direction == "future" and month < day.month:
            year += 1
        return Period.month(year, month)
    if unit.startswith("day:"):
        month, number = (int(part) for part in unit[4:].split("-"))
        found = _day_near(day, month, number, direction)
        return Period.day(found) if found else None
    return _unit_period(day, unit, offset)


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
    return Period.day(moved)


def _weekday(number: int, day: date, offset: int, direction: str | None) -> Period:
    """The weekday nearest before (past, or no direction) or after the day; offset counts whole weeks beyond."""
    if direction == "future":
        ahead = (number - day.weekday()) % 7 or 7
        return Period.day(day + timedelta(days=ahead + 7 * max(0, offset - 1)))
    back = (day.weekday() - number) % 7
    return Period.day(day - timedelta(days=back + 7 * max(0, -offset - 1)))


def _day_near(day: date, month: int, number: int, direction: str | None) -> date | None:
    candidates = []
    for year in (day.year - 1, day.year, day.year + 1):
        try:
            candidates.append(date(year, month, number))
        except ValueError:
            continue
    if direction == "past":
        candidates = [one for one in candidates if one <= day]
    if direction == "future":
        candidates = [one for one in candidates if one >= day]
    return min(candidates, key=lambda one: abs((one - day).days), default=None)


def _moved(day: date, unit: str, offset: int) -> date | None:
    """The day `offset` units away; None where the unit is not one that days are counted in, or the calendar ends."""
    try:
        if unit in ("day", "hour"):
            return day + timedelta(days=offset if unit == "day" else 0)
        if unit == "week":
            return day + timedelta(weeks=offset)
        months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit] * offset
        number = day.year * 12 + day.month - 1 + months
        year, month = divmod(number, 12)
        last = (Period.month(year, month + 1).until or day) - timedelta(days=1)
        return date(year, month + 1, min(day.day, last.day))
    except (KeyError, ValueError, OverflowError):
        return None
