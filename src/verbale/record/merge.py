"""Happenings: findings of many reports about one thing in the world, joined with a score and reasons.

A pass over the whole record, made anew each time, so that it can be undone: nothing of a finding is changed, and
people's verdicts on pairs (`pairs`) come before every likeness.
"""

import json
import sqlite3
from collections.abc import Iterable

import msgspec

from verbale.model.ids import content_id
from verbale.record import copies, pairs, wire
from verbale.record.blocks import different_texts, groups_in
from verbale.record.joining import Group, joined
from verbale.record.likeness import Told
from verbale.record.store import Record
from verbale.record.told import told

FORWARD = ("planned", "intended", "postponed", "cancelled", "ongoing", "happened")
"""Statuses in the order in which a thing goes through them: of two told on one day the later one counts."""


class Link(msgspec.Struct, frozen=True):
    """A finding in a happening: how sure it is that it tells of it, why, and whether it tells or denies it."""

    finding: str
    score: float
    reason: str
    part: str = "tells"


class Happening(msgspec.Struct, frozen=True):
    """One thing in the world, and who tells it."""

    id: str
    kind: str
    type: str
    since: str | None
    until: str | None
    status: str | None
    n_reports: int
    n_copies: int
    n_independent: int
    differ: dict[str, list[str]]
    members: tuple[str, ...] = ()
    first_seen: str | None = None
    last_seen: str | None = None
    history: tuple[tuple[str, str], ...] = ()
    """Days of reports and the status they tell, as it changed: planned, then held."""
    links: tuple[Link, ...] = ()


def is_merged(record: Record) -> bool:
    """Whether the happenings are those of the findings as they are now."""
    row = record.row("SELECT state FROM merged")
    return row is not None and row["state"] == _state(record)


def _state(record: Record) -> str:
    row = record.row(
        "SELECT (SELECT sum(n) FROM facet WHERE facet = 'type') AS findings, max(number) AS latest, "
        "(SELECT count(*) FROM pair_judgement) AS pairs FROM finding"
    )
    assert row is not None
    return f"{row['findings']} {row['latest']} {row['pairs']}"


def merge(record: Record) -> int:
    """Join the findings of the whole record into happenings; how many there are."""
    state = _state(record)
    with record.change() as connection:
        connection.execute("DELETE FROM member")
        connection.execute("DELETE FROM happening")
        for group in groups_in(record, pairs.of_today(record)):
            _write(connection, group)
        (number,) = connection.execute("SELECT count(*) FROM happening").fetchone()
        connection.execute("DELETE FROM merged")
        connection.execute("INSERT INTO merged VALUES (?)", (state,))
    return number


def refresh(record: Record, findings: Iterable[str]) -> None:
    """Make the happenings that these findings are in anew, among their own members: quick, for a person who has just
    judged. The next whole pass looks further.
    """
    ids = list(findings)
    here = "SELECT happening FROM member WHERE finding IN (SELECT value FROM json_each(?))"
    with record.change() as connection:
        asked = [json.dumps(ids)]
        members = {
            row["finding"]
            for row in connection.execute(f"SELECT finding FROM member WHERE happening IN ({here})", asked)
        }
        groups = joined(list(told(record, members | set(ids))), pairs.of_today(record))
        connection.execute(f"DELETE FROM happening WHERE id IN ({here})", asked)
        for group in groups:
            _write(connection, group)


def happenings(record: Record, limit: int = 50, offset: int = 0, least_reports: int = 1) -> list[Happening]:
    """Happenings, latest day first."""
    rows = record.rows(
        "SELECT * FROM happening WHERE n_reports >= ? ORDER BY since DESC, id LIMIT ? OFFSET ?",
        [least_reports, limit, offset],
    )
    return [_happening(record, row) for row in rows]


def happening(record: Record, happening_id: str) -> Happening | None:
    row = record.row("SELECT * FROM happening WHERE id = ?", [happening_id])
    return _happening(record, row) if row else None


def happening_of(record: Record, finding: str) -> Happening | None:
    """The happening that a finding tells of; None where it was not joined, or not yet."""
    row = record.row(
        "SELECT happening.* FROM happening JOIN member ON member.happening = happening.id WHERE finding = ?", [finding]
    )
    return _happening(record, row) if row else None


def _happening(record: Record, row: sqlite3.Row) -> Happening:
    links = tuple(
        Link(one["finding"], one["score"], one["reason"], one["part"])
        for one in record.rows("SELECT * FROM member WHERE happening = ? ORDER BY finding", [row["id"]])
    )
    return Happening(
        row["id"],
        row["kind"],
        row["type"],
        row["since"],
        row["until"],
        row["status"],
        row["n_reports"],
        row["n_copies"],
        row["n_independent"],
        json.loads(row["differ"]),
        tuple(one.finding for one in links if one.part == "tells"),
        row["first_seen"],
        row["last_seen"],
        tuple((day, status) for day, status in json.loads(row["history"])),
        links,
    )


def _write(connection: sqlite3.Connection, group: Group) -> None:
    members = sorted((one for one, _, _ in group.members), key=_order)
    least = min(members, key=lambda one: one.id)
    happening_id = content_id("ha", least.id)
    texts = copies.one_of_each(connection, different_texts(members))
    reports = {one.report for one in members}
    dated = [one for one in members if one.days]
    held = [one for one in dated if one.status in ("happened", "ongoing")] or dated
    closest = min(held, key=lambda one: (one.days, not one.day_told, one.id), default=members[0])
    days = sorted(one.published for one in members if one.published)
    history = _history(members)
    connection.execute(
        "INSERT INTO happening VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            happening_id,
            least.kind,
            _type(members),
            wire.day_text(closest.since),
            wire.day_text(closest.until),
            history[-1][1],
            len(reports),
            len(reports) - len(texts),
            len({one.origin for one in texts}),
            json.dumps(_differ(members, group), ensure_ascii=False, sort_keys=True),
            days[0] if days else None,
            days[-1] if days else None,
            json.dumps(history),
        ),
    )
    for part, links in (("tells", group.members), ("denies", group.denials)):
        connection.executemany(
            "INSERT OR REPLACE INTO member VALUES (?, ?, ?, ?, ?)",
            [(happening_id, one.id, score, reason, part) for one, score, reason in links],
        )


def _order(one: Told) -> tuple[str, int, str]:
    """By the day of the report, then as a thing goes forward, then by id."""
    return one.published, FORWARD.index(one.status) if one.status in FORWARD else 0, one.id


def _type(members: list[Told]) -> str:
    """The channel that a contact has where any report tells it; of an event the type most reports give, then A to Z."""
    if members[0].kind == "contact":
        return next((one.channel for one in members if one.channel != "unknown"), "unknown")
    types = [one.type for one in members]
    return min(set(types), key=lambda type_: (-types.count(type_), type_))


def _history(members: list[Told]) -> list[tuple[str, str]]:
    """The status as it changed, with the day of the report that told it. What was held is planned no more."""
    found: list[tuple[str, str]] = []
    for one in members:
        is_late_plan = found and found[-1][1] == "happened" and one.status in ("planned", "intended")
        if not is_late_plan and (not found or found[-1][1] != one.status):
            found.append((one.published, one.status))
    return found


def _differ(members: list[Told], group: Group) -> dict[str, list[str]]:
    """On what the reports differ: status (its history, oldest first), place, type, numbers, and who denies it."""
    numbers = sorted({" and ".join(sorted(one.numbers)) for one in members if one.numbers})
    found = {
        "status": list(dict.fromkeys(one.status for one in members)),
        "place": sorted({one.place for one in members if one.place}),
        "type": sorted({one.type for one in members}),
        "number": numbers if _clash(members) else [],
    }
    told_otherwise = {what: values for what, values in found.items() if len(values) > 1}
    if group.denials:
        told_otherwise["denied"] = sorted({one.origin for one, _, _ in group.denials})
    return told_otherwise


def _clash(members: list[Told]) -> bool:
    """Whether two tell numbers of which none is the same."""
    told_numbers = {one.numbers for one in members if one.numbers}
    return any(not one & other for one in told_numbers for other in told_numbers)
