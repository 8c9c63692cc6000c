"""The contacts of a month on the days they fall on, held and planned, and those whose day is not known so well."""

import calendar as months
from datetime import date, timedelta
from typing import Any

import msgspec

from verbale.errors import BadInput
from verbale.record import find
from verbale.record.find import Found
from verbale.record.store import Record
from verbale.views.web.page import Page, Visit, address
from verbale.views.web.saying import plain, row

MOST_A_DAY = 3
MOST_VAGUE = 20
WIDEST_DAYS = 40
"""A contact that may lie anywhere in more days than these belongs to no month."""


class Day(msgspec.Struct, frozen=True):
    """A day of the month: its first contacts and how many more there are."""

    day: date
    is_of_month: bool
    found: tuple[Found, ...]
    total: int
    rest: str


def calendar(visit: Visit) -> Page:
    record, actor = visit.record, visit.word("actor")
    first = _month(visit.word("month")) or _latest_month(record, actor) or date.today().replace(day=1)
    after = _next(first)
    counted = _counted(record, actor, first, after)
    weeks = [
        [_day(record, actor, first, day, counted.get(day.isoformat(), 0)) for day in week]
        for week in months.Calendar().monthdatescalendar(first.year, first.month)
    ]
    vague = _vague(record, actor, first, after)
    total = sum(counted.values())
    shown = [one for week in weeks for one in week if one.is_of_month]
    values = {
        "first": first,
        "weeks": weeks,
        "vague": vague,
        "total": total,
        "actor": actor,
        "before": _link(_neighbour(record, actor, first, -1), actor),
        "after": _link(_neighbour(record, actor, after, 1), actor),
        "day_names": months.day_name,
        "latest": _link(_latest_month(record, actor), actor),
        "list": address("/contacts", actor=actor, since=first.isoformat(), until=after.isoformat()),
    }
    found = [one for day in shown for one in day.found]
    data: dict[str, Any] = {
        "month": f"{first:%Y-%m}",
        "actor": actor or None,
        "total": total,
        "days": {day.day.isoformat(): {"total": day.total, "contacts": plain(day.found)} for day in shown if day.total},
        "in_the_month_day_unknown": plain(vague),
    }
    return Page("calendar.html", values, data, [row(one) for one in [*found, *vague]])


def _month(given: str) -> date | None:
    if not given:
        return None
    try:
        year, month = (int(part) for part in given.split("-"))
        return date(year, month, 1)
    except ValueError:
        raise BadInput(f"{given!r} is no month; write 2020-12") from None


def _next(first: date) -> date:
    return (
        (first.replace(day=28) + timedelta(days=4)).replace(day=1) if (first.year, first.month) < (9999, 12) else first
    )


def _of_actor(actor: str) -> tuple[str, list[str]]:
    """A condition that a contact has this actor, by id or country; nothing where none is asked for."""
    if not actor:
        return "", []
    return " AND number IN (SELECT finding FROM party WHERE role = 'party' AND (actor = ? OR country = ?))", [
        actor,
        actor,
    ]


def _counted(record: Record, actor: str, first: date, after: date) -> dict[str, int]:
    """Contacts by day, of those whose one day is known."""
    condition, values = _of_actor(actor)
    rows = record.rows(
        "SELECT since, count(*) FROM finding WHERE kind = 'contact' AND since >= ? AND since < ? AND "
        f"until = date(since, '+1 day'){condition} GROUP BY since",
        [first.isoformat(), after.isoformat(), *values],
    )
    return {row[0]: row[1] for row in rows}


def _day(record: Record, actor: str, first: date, day: date, total: int) -> Day:
    is_of_month = day.month == first.month
    found: tuple[Found, ...] = ()
    if is_of_month and total:
        condition, values = _of_actor(actor)
        rows = record.rows(
            "SELECT id FROM finding WHERE kind = 'contact' AND since = ? AND until = date(since, '+1 day')"
            f"{condition} ORDER BY id LIMIT ?",
            [day.isoformat(), *values, MOST_A_DAY],
        )
        found = _found(record, [row["id"] for row in rows])
    rest = (
        address("/contacts", actor=actor, since=day.isoformat(), until=(day + timedelta(days=1)).isoformat())
        if is_of_month
        else ""
    )
    return Day(day, is_of_month, found, total if is_of_month else 0, rest)


def _vague(record: Record, actor: str, first: date, after: date) -> list[Found]:
    """Contacts of some day in or about the month, which day is not known."""
    condition, values = _of_actor(actor)
    rows = record.rows(
        "SELECT id FROM finding WHERE kind = 'contact' AND since >= ? AND since < ? AND until > ? AND until > "
        f"date(since, '+1 day') AND until <= date(since, '+{WIDEST_DAYS} days'){condition} ORDER BY since, id LIMIT ?",
        [(first - timedelta(days=WIDEST_DAYS)).isoformat(), after.isoformat(), first.isoformat(), *values, MOST_VAGUE],
    )
    return list(_found(record, [row["id"] for row in rows]))


def _found(record: Record, ids: list[str]) -> tuple[Found, ...]:
    return tuple(found for id_ in ids if (found := find.finding(record, id_)))


def _latest_month(record: Record, actor: str) -> date | None:
    condition, values = _of_actor(actor)
    row = record.row(
        "SELECT since FROM finding WHERE kind = 'contact' AND since IS NOT NULL AND until = "
        f"date(since, '+1 day'){condition} ORDER BY since DESC LIMIT 1",
        values,
    )
    return date.fromisoformat(row["since"]).replace(day=1) if row else None


def _neighbour(record: Record, actor: str, border: date, way: int) -> date | None:
    """The nearest month before or after that has contacts."""
    condition, values = _of_actor(actor)
    test, order = ("since < ?", "DESC") if way < 0 else ("since >= ?", "ASC")
    row = record.row(
        f"SELECT since FROM finding WHERE kind = 'contact' AND {test} AND until = date(since, '+1 day')"
        f"{condition} ORDER BY since {order} LIMIT 1",
        [border.isoformat(), *values],
    )
    return date.fromisoformat(row["since"]).replace(day=1) if row else None


def _link(month: date | None, actor: str) -> tuple[str, str] | None:
    return (f"{month:%B %Y}", address("/calendar", month=f"{month:%Y-%m}", actor=actor)) if month else None
