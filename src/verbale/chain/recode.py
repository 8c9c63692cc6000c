"""Codes a record's texts again with the rules, tables and model of today, and says what changed, finding by finding."""

from collections.abc import Iterator
from typing import Any

import msgspec

from verbale.chain.chain import Chain, Coded
from verbale.chain.versions import versions
from verbale.model.report import Problem
from verbale.record import standing, wire
from verbale.record.store import Record


class Altered(msgspec.Struct, frozen=True):
    """A finding that is told otherwise: which fields, from what to what."""

    id: str
    fields: dict[str, tuple[Any, Any]]


class Told(msgspec.Struct, frozen=True):
    """A finding that is new or gone, with its words."""

    id: str
    kind: str
    type: str
    words: str


class Change(msgspec.Struct, frozen=True):
    """What coding a report again changed: findings that are new, gone, or told otherwise at their place."""

    report: str
    title: str | None
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    altered: tuple[str, ...]
    judged: tuple[str, ...]
    """Of the dropped and altered: those that a person has judged. What was judged stands."""
    new: tuple[Told, ...] = ()
    gone: tuple[Told, ...] = ()
    otherwise: tuple[Altered, ...] = ()


def recode(record: Record, chain: Chain | None = None) -> Iterator[Change | Problem]:
    """Every report that is now coded otherwise, as one run; a report that fails keeps what was found before."""
    chain = chain or Chain()
    run = record.begin(versions(chain.overlay))
    stored = (record.report(report_id) for report_id in record.report_ids())
    for one in chain.code(report for report in stored if report and report.text):
        if isinstance(one, Problem):
            record.note(one, run)
            yield one
            continue
        change = _change(record, one)
        record.add(one.report, one.findings, run)
        if change.added or change.dropped or change.altered:
            yield change
    record.end(run)


def _change(record: Record, coded: Coded) -> Change:
    before = {one.id: one for one in standing.machine_findings(record.connection, coded.report.id)}
    after = {one.id: one for one in wire.all_findings(coded.findings)}
    new = sorted(after.keys() - before.keys())
    gone = sorted(before.keys() - after.keys())
    altered = sorted(one for one in before.keys() & after.keys() if before[one] != after[one])
    judged = {
        row["finding"]
        for row in record.rows("SELECT DISTINCT finding FROM judgement WHERE report = ?", [coded.report.id])
    }
    return Change(
        coded.report.id,
        coded.report.title,
        tuple(new),
        tuple(gone),
        tuple(altered),
        tuple(sorted(judged & {*gone, *altered})),
        tuple(_told(after[one]) for one in new),
        tuple(_told(before[one]) for one in gone),
        tuple(Altered(one, _fields(before[one], after[one])) for one in altered),
    )


def _told(one: wire.Finding) -> Told:
    return Told(one.id, wire.KIND_OF[type(one)], wire.type_of(one), one.evidence.words)


def _fields(before: Any, after: Any, above: str = "") -> dict[str, tuple[Any, Any]]:
    """Fields that differ, by name (`evidence.confidence`), each as it was and is, as plain data."""
    found: dict[str, tuple[Any, Any]] = {}
    for name in before.__struct_fields__:
        was, now = getattr(before, name), getattr(after, name)
        if was == now:
            continue
        if isinstance(was, msgspec.Struct) and isinstance(now, type(was)):
            found |= _fields(was, now, f"{above}{name}.")
        else:
            found[above + name] = (wire.plain(was), wire.plain(now))
    return found
