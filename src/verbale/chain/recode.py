"""Codes a record's texts again with the rules, tables and model of today, and says what changed."""

from collections.abc import Iterator
from typing import Any

import msgspec

from verbale.chain.chain import Chain, Coded
from verbale.chain.versions import versions
from verbale.model.report import Problem
from verbale.record import wire
from verbale.record.store import Record


class Change(msgspec.Struct, frozen=True):
    """What coding a report again changed: findings that are new, gone, or told otherwise at their place."""

    report: str
    title: str | None
    added: tuple[str, ...]
    dropped: tuple[str, ...]
    altered: tuple[str, ...]
    judged: tuple[str, ...]
    """Of the dropped and altered: those that a person has judged. The verdict stays; look at them."""


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
    rows = record.rows("SELECT id, body FROM finding WHERE report = ?", [coded.report.id])
    before: dict[str, Any] = {row["id"]: row["body"] for row in rows}
    after = {one.id: wire.written(one) for one in wire.all_findings(coded.findings)}
    dropped = sorted(before.keys() - after.keys())
    altered = sorted(one for one in before.keys() & after.keys() if before[one] != after[one])
    judged = {row["finding"] for row in record.rows("SELECT DISTINCT finding FROM judgement")}
    return Change(coded.report.id, coded.report.title, tuple(sorted(after.keys() - before.keys())), tuple(dropped),
                  tuple(altered), tuple(sorted(judged & {*dropped, *altered})))
