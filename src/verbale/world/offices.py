"""Terms of office: who held what, when, and how well that is known."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

import msgspec

from verbale.model.when import Period
from verbale.world.rows import OfficeRow, OfficialRow, TenureRow

STATUS_ORDER = {"confirmed": 0, "attested": 1, "single": 2, "unverified": 3}


@lru_cache(maxsize=65536)
def days_of(short: str | None) -> Period | None:
    """The days that a date of any precision covers: a day, a month or a year; None for none."""
    if not short:
        return None
    numbers = [int(part) for part in short.split("-")]
    if len(numbers) == 3:
        return Period.day(date(*numbers))
    if len(numbers) == 2:
        return Period.month(*numbers)
    return Period.year(numbers[0])


class Tenure(msgspec.Struct, frozen=True):
    """Claims: this person held this office of this state or body from `since` up to, not with, `until`.

    Where only a month or a year is known, `since` is its first day and `until` the day after its last, and `certain`
    is the smaller stretch that is beyond doubt. An open end means: seen in office as of `as_of`.
    """

    person: str
    office_kind: str
    of: str
    label: str | None
    since: date | None
    until: date | None
    certain: Period | None
    """None where no day is beyond doubt."""
    as_of: date | None
    status: str
    """confirmed (two sources), single, attested (seen in it on days), unverified (from memory)."""
    acting: bool
    source: str
    end: str | None = None
    """None: as well known as the rest; `unknown`: taken from the successor; `memory`: no source behind it."""

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)

    def status_in(self, period: Period | None) -> str:
        """How well the office is known for a period: past the last day seen, an end from memory proves nothing."""
        if self.end == "memory" and self.as_of and period and period.since and period.since > self.as_of:
            return "unverified"
        return self.status

    def meets(self, period: Period | None) -> bool:
        return period is None or self.period.meets(period) is not None

    def covers(self, period: Period) -> bool:
        """Whether the office was held, beyond doubt, on every day of a period that has two ends."""
        sure = self.certain
        if sure is None or period.since is None or period.until is None:
            return False
        return (sure.since is None or sure.since <= period.since) and (sure.until is None or period.until <= sure.until)


def tenure_of(row: TenureRow) -> Tenure:
    first, last, seen = days_of(row.since), days_of(row.until), days_of(row.as_of)
    since = first.since if first else None
    until = _end(last, row.until)
    sure_since = first.until - timedelta(days=1) if first and first.until else None
    sure_until = last.since if last else None
    if seen and seen.since and (row.until is None or row.end == "unknown"):
        sure_until = min(seen.since, sure_until or seen.since)
    certain: Period | None = Period(sure_since, sure_until)
    if first is None or (sure_since and sure_until and sure_since >= sure_until):
        certain = None
    as_of = seen.since if seen else None
    return Tenure(row.person, row.office, row.of, row.label, since, until, certain, as_of, row.status,
                  bool(row.acting), row.source, row.end)


def _end(last: Period | None, written: str | None) -> date | None:
    """The day after the last possible day: a whole date is itself the successor's first day."""
    if last is None or written is None:
        return None
    return last.since if len(written) == 10 else last.until


def term_of(row: OfficialRow) -> TenureRow:
    """A lesser official's row as a term of office: one source."""
    return TenureRow(row.person, row.office, row.of, row.label, row.since, row.until, None, row.as_of, None, "single",
                     row.source)


class Offices:
    """Terms of office, found by person and by chair."""

    def __init__(self, rows: list[TenureRow], kinds: list[OfficeRow], officials: Sequence[OfficialRow] = ()) -> None:
        self.kinds = {kind.kind: kind for kind in kinds}
        self._rows_by_person: dict[str, list[TenureRow | OfficialRow]] = defaultdict(list)
        self._rows_by_chair: dict[tuple[str, str], list[TenureRow]] = defaultdict(list)
        for row in rows:
            self._rows_by_person[row.person].append(row)
            self._rows_by_chair[row.office, row.of].append(row)
        for official in officials:
            self._rows_by_person[official.person].append(official)
        self._persons: dict[str, list[Tenure]] = {}
        self._chairs: dict[tuple[str, str], list[Tenure]] = {}

    def of_person(self, person: str, period: Period | None = None) -> list[Tenure]:
        """A person's terms that meet a period: the highest office first, then the newest."""
        found = self._persons.get(person)
        if found is None:
            found = [tenure_of(term_of(row) if isinstance(row, OfficialRow) else row)
                     for row in self._rows_by_person.get(person, ())]
            found.sort(key=lambda one: (self.rank(one.office_kind), -(one.since or date.min).toordinal()))
            self._persons[person] = found
        return [one for one in found if one.meets(period)]

    def of_chair(self, office_kind: str, of: str, period: Period | None = None) -> list[Tenure]:
        """Who held an office of a state or body in a period, by first day. Empty where the table does not say."""
        key = (office_kind, of)
        found = self._chairs.get(key)
        if found is None:
            found = [tenure_of(row) for row in self._rows_by_chair.get(key, ())]
            found.sort(key=lambda one: (one.since or date.min, STATUS_ORDER.get(one.status, 9)))
            self._chairs[key] = found
        if period is None:
            return list(found)
        first = 0
        if period.until is not None:
            found = found[:bisect_left(found, period.until, key=lambda one: one.since or date.min)]
        return [one for one in found[first:] if one.meets(period)]

    def rank(self, office_kind: str) -> int:
        kind = self.kinds.get(office_kind)
        return kind.rank if kind else 9

    def main(self, person: str, period: Period | None) -> Tenure | None:
        """The term a person is best known by in a period: certain over possible, then the higher office."""
        held = self.of_person(person, period)
        if not held:
            return None
        if period is None:
            return held[0]
        return min(held, key=lambda one: (not _shares_certainly(one, period), one.acting and not one.covers(period),
                                          self.rank(one.office_kind)))


def _shares_certainly(tenure: Tenure, period: Period) -> bool:
    return tenure.certain is not None and tenure.certain.meets(period) is not None
