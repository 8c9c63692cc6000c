"""Happenings: findings of many reports about one thing in the world, joined with a score and reasons.

A pass over the whole record, made anew each time, so that it can be undone: nothing of a finding is changed, and a
person's verdict (`apart`) keeps two findings from being joined.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

import msgspec

from verbale.model.ids import content_id
from verbale.record import pairs, wire
from verbale.record.likeness import THRESHOLD, Told, are_copies, likeness
from verbale.record.store import Record

MOST_IN_A_BLOCK = 400
"""Findings of one pair of parties that are compared each with each; beyond it only neighbours in time are."""
LEFT_OUT = ("denied", "hypothetical", "called for", "failed")
"""Told as not being so: no happening (a denial by one side is shown where the other tells it)."""


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


def is_merged(record: Record) -> bool:
    """Whether the happenings are those of the findings as they are now."""
    row = record.row("SELECT state FROM merged")
    return row is not None and row["state"] == _state(record)


def _state(record: Record) -> str:
    row = record.row("SELECT (SELECT sum(n) FROM facet WHERE facet = 'type') AS findings, max(number) AS latest, "
                     "(SELECT count(*) FROM pair_judgement) AS pairs FROM finding")
    assert row is not None
    return f"{row['findings']} {row['latest']} {row['pairs']}"


def merge(record: Record) -> int:
    """Join the findings of the whole record into happenings; how many there are."""
    state = _state(record)
    told = list(_told(record))
    apart = _kept_apart(record)
    groups = _joined(told, apart)
    with record.change() as connection:
        connection.execute("DELETE FROM member")
        connection.execute("DELETE FROM happening")
        for members in groups:
            _write(connection, members)
        connection.execute("DELETE FROM merged")
        connection.execute("INSERT INTO merged VALUES (?)", (state,))
    return len(groups)


def happenings(record: Record, limit: int = 50, offset: int = 0, least_reports: int = 1) -> list[Happening]:
    """Happenings, latest day first."""
    rows = record.rows("SELECT * FROM happening WHERE n_reports >= ? ORDER BY since DESC, id LIMIT ? OFFSET ?",
                       [least_reports, limit, offset])
    return [_happening(record, row) for row in rows]


def happening_of(record: Record, finding: str) -> Happening | None:
    """The happening that a finding tells of; None where it was not joined, or not yet."""
    row = record.row("SELECT happening.* FROM happening JOIN member ON member.happening = happening.id "
                     "WHERE finding = ?", [finding])
    return _happening(record, row) if row else None


def _happening(record: Record, row: sqlite3.Row) -> Happening:
    members = record.rows("SELECT finding FROM member WHERE happening = ? ORDER BY finding", [row["id"]])
    return Happening(row["id"], row["kind"], row["type"], row["since"], row["until"], row["status"], row["n_reports"],
                     row["n_copies"], row["n_independent"], json.loads(row["differ"]),
                     tuple(one["finding"] for one in members))


def _told(record: Record) -> Iterator[Told]:
    """Contacts, and events that are no contact's, in an order that does not depend on how the record was made."""
    contacts = {row["event"] for row in record.rows(
        "SELECT json_extract(body, '$.event') AS event FROM finding WHERE kind = 'contact'")}
    question = ("SELECT finding.*, report.published, report.body AS about, report.source FROM finding "
                "JOIN report ON report.id = finding.report WHERE kind IN ('contact', 'event') AND background = 0 "
                "ORDER BY finding.id")
    for row in record.connection.execute(question):
        if row["id"] not in contacts and row["status"] not in LEFT_OUT:
            yield _one_told(record, row)


def _one_told(record: Record, row: sqlite3.Row) -> Told:
    finding = wire.read_finding(row["kind"], row["body"])
    report = wire.read_report(row["about"], "")
    parties = [party for role, party in wire.parties_of(finding) if role != "where" and party.actor]
    place = next((party.actor or party.words for role, party in wire.parties_of(finding) if role == "where"), None)
    kinds = {one["id"]: (one["kind"], one["country"])
             for one in record.rows("SELECT id, kind, country FROM actor WHERE report = ?", [row["report"]])}
    ids = frozenset(party.actor for party in parties if party.actor)
    is_contact = row["kind"] == "contact"
    return Told(
        row["id"], row["report"], row["kind"], "CONSULT" if is_contact else row["type"],
        row["type"] if is_contact else "unknown", ids,
        frozenset(kinds[one][1] for one in ids if one in kinds and kinds[one][1]),
        frozenset(one for one in ids if one in kinds and kinds[one][0] == "person"), _date(row["since"]),
        _date(row["until"]), getattr(finding, "when", None) is not None, place, row["status"] or "",
        frozenset(wire.topics_of(finding)), frozenset(re.findall(r"\w{4,}", row["words"].lower())),
        row["published"] or "", report.signature, report.origin or report.source or report.url or report.id)


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _joined(told: list[Told], apart: set[frozenset[str]]) -> list[list[tuple[Told, float, str]]]:
    """Groups of findings, each member with the score and reason of the strongest link that brought it in."""
    by_id = {one.id: one for one in told}
    links = sorted(((score, a.id, b.id, reasons) for a, b in _pairs(told)
                    for score, reasons in filter(None, [likeness(a, b)])
                    if score >= THRESHOLD and frozenset((a.id, b.id)) not in apart),
                   key=lambda link: (-link[0], link[1], link[2]))
    group_of = {one.id: [one.id] for one in told}
    brought: dict[str, tuple[float, str]] = {}
    for score, one, other, reasons in links:
        if group_of[one] is group_of[other] or not _may_join(group_of[one], group_of[other], by_id, apart):
            continue
        for newcomer in (one, other):
            brought.setdefault(newcomer, (score, ", ".join(reasons)))
        together = sorted(group_of[one] + group_of[other])
        for member in together:
            group_of[member] = together
    groups = {members[0]: members for members in group_of.values()}
    return [[(by_id[member], *brought.get(member, (0.0, "told once"))) for member in members]
            for _, members in sorted(groups.items())]


def _may_join(one: list[str], other: list[str], by_id: dict[str, Told], apart: set[frozenset[str]]) -> bool:
    """No two members may exclude each other: a chain of likenesses must not join what is plainly two things."""
    for a in one:
        for b in other:
            found = likeness(by_id[a], by_id[b])
            if found is None or found[0] < THRESHOLD - 1.5 or frozenset((a, b)) in apart:
                return False
    return True


def _pairs(told: list[Told]) -> Iterator[tuple[Told, Told]]:
    """Pairs worth comparing: those that share two parties or two states, near in time."""
    blocks: dict[tuple[str, ...], list[Told]] = {}
    for one in told:
        for key in _keys(one):
            blocks.setdefault(key, []).append(one)
    seen: set[tuple[str, str]] = set()
    for block in blocks.values():
        block.sort(key=lambda one: (one.since or date.min, one.id))
        for number, one in enumerate(block):
            for other in block[number + 1:number + 1 + MOST_IN_A_BLOCK]:
                if (other.since or date.max) > (one.until or date.max):
                    break
                pair = (min(one.id, other.id), max(one.id, other.id))
                if pair not in seen:
                    seen.add(pair)
                    yield one, other


def _keys(one: Told) -> Iterator[tuple[str, ...]]:
    names: Iterable[str] = sorted(one.states)[:6]
    yield from ((one.kind, *pair) for pair in combinations(names, 2))
    if len(one.states) < 2:
        yield from ((one.kind, *pair) for pair in combinations(sorted(one.parties)[:6], 2))


def _kept_apart(record: Record) -> set[frozenset[str]]:
    """Pairs that a person judged to be two things."""
    return {pair for pair, verdict in pairs.of_today(record).items() if verdict.verdict == "split"}


def _write(connection: sqlite3.Connection, members: list[tuple[Told, float, str]]) -> None:
    told = sorted((one for one, _, _ in members), key=lambda one: (one.published, one.id))
    first = min(told, key=lambda one: one.id)
    happening = content_id("ha", first.id)
    texts: list[Told] = []
    for one in told:
        if not any(are_copies(one, known) for known in texts):
            texts.append(one)
    reports = {one.report for one in told}
    dated = [one for one in told if one.days]
    closest = min(dated, key=lambda one: (one.days, not one.day_told, one.id), default=told[0])
    connection.execute("INSERT INTO happening (id, kind, type, since, until, status, n_reports, n_copies, n_independent, differ) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (
        happening, first.kind, first.type if first.kind == "event" else _channel(told), wire.day_text(closest.since),
        wire.day_text(closest.until), told[-1].status, len(reports), len(reports) - len(texts),
        len({one.origin for one in texts}), json.dumps(_differ(told), ensure_ascii=False, sort_keys=True)))
    connection.executemany("INSERT INTO member (happening, finding, score, reason) VALUES (?, ?, ?, ?)",
                           [(happening, one.id, score, reason) for one, score, reason in members])


def _channel(told: list[Told]) -> str:
    return next((one.channel for one in told if one.channel != "unknown"), "unknown")


def _differ(told: list[Told]) -> dict[str, list[str]]:
    """On what the reports differ: status (with its history, oldest first), place, type."""
    found = {"status": list(dict.fromkeys(one.status for one in told)),
             "place": sorted({one.place for one in told if one.place}), "type": sorted({one.type for one in told})}
    return {what: values for what, values in found.items() if len(values) > 1}
