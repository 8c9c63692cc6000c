"""Which reports are copies of one text, kept beside the reports: pairs with their measure, groups made of them.

Who finds them is no matter of the record: it is given pairs, and the marks by which later reports find their likes.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

import msgspec

from verbale.record.store import Record

LAYOUT = (
    "CREATE TABLE IF NOT EXISTS copy (one TEXT NOT NULL REFERENCES report(id) ON DELETE CASCADE, "
    "other TEXT NOT NULL REFERENCES report(id) ON DELETE CASCADE, likeness REAL NOT NULL, held REAL NOT NULL, "
    "PRIMARY KEY (one, other)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS copy_other ON copy (other)",
    "CREATE TABLE IF NOT EXISTS copy_mark (mark INTEGER NOT NULL, report TEXT NOT NULL REFERENCES report(id) "
    "ON DELETE CASCADE, PRIMARY KEY (mark, report)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS copy_mark_report ON copy_mark (report)",
    "CREATE TABLE IF NOT EXISTS compared (report TEXT PRIMARY KEY REFERENCES report(id) ON DELETE CASCADE) "
    "WITHOUT ROWID",
)
MOST_OF_A_MARK = 200
"""A mark that more reports have is of a phrase that everybody writes, and finds nothing."""


class HasReport(Protocol):
    @property
    def report(self) -> str: ...


One = TypeVar("One", bound=HasReport)


class CopyPair(msgspec.Struct, frozen=True, order=True):
    """Claims: these two reports tell one text. `one` sorts before `other`."""

    one: str
    other: str
    likeness: float
    """Shared word runs over all of both."""
    held: float
    """Shared word runs over those of the shorter."""


def not_compared(record: Record) -> list[str]:
    """Reports that were not yet looked at, in the order of their ids."""
    if not _is_laid_out(record.connection):
        return record.report_ids()
    rows = record.rows("SELECT id FROM report WHERE id NOT IN (SELECT report FROM compared) ORDER BY id")
    return [row["id"] for row in rows]


def likes(record: Record, marks: Iterable[int], least: int) -> set[str]:
    """Reports, looked at before, that have at least so many of the marks."""
    counts: dict[str, int] = {}
    for mark in marks:
        rows = record.connection.execute("SELECT report FROM copy_mark WHERE mark = ? LIMIT ?",
                                         (mark, MOST_OF_A_MARK + 1)).fetchall()
        if len(rows) <= MOST_OF_A_MARK:
            for (report,) in rows:
                counts[report] = counts.get(report, 0) + 1
    return {report for report, count in counts.items() if count >= least}


def keep(record: Record, report: str, marks: Iterable[int], pairs: Sequence[CopyPair]) -> None:
    """Store what was found of a report: its marks and the pairs it is in. Call it inside a change of the record."""
    connection = record.connection
    connection.executemany("INSERT OR IGNORE INTO copy_mark VALUES (?, ?)", [(mark, report) for mark in marks])
    connection.executemany("INSERT OR REPLACE INTO copy VALUES (?, ?, ?, ?)",
                           [(pair.one, pair.other, pair.likeness, pair.held) for pair in pairs])
    connection.execute("INSERT OR IGNORE INTO compared VALUES (?)", (report,))
    if pairs:
        connection.execute("DELETE FROM merged")  # who tells a thing independently must be counted anew


def lay_out(record: Record) -> None:
    for statement in LAYOUT:
        record.connection.execute(statement)


def copies_of(record: Record, report: str) -> list[CopyPair]:
    """The pairs that a report is in, the likest first; empty where it is nobody's copy, or was not looked at yet."""
    if not _is_laid_out(record.connection):
        return []
    rows = record.rows("SELECT * FROM copy WHERE one = ?1 OR other = ?1 ORDER BY likeness DESC, one, other", [report])
    return [CopyPair(row["one"], row["other"], row["likeness"], row["held"]) for row in rows]


def groups(record: Record) -> list[tuple[str, ...]]:
    """Reports that are copies of one another, or of a copy: groups of two and more, in the order of ids."""
    if not _is_laid_out(record.connection):
        return []
    return _groups_of((row["one"], row["other"]) for row in record.rows("SELECT one, other FROM copy"))


def one_of_each(connection: sqlite3.Connection, told: Sequence[One]) -> list[One]:
    """Of things told by reports, in their order, the first of each group of copies: copies are one source."""
    if len(told) < 2 or not _is_laid_out(connection):
        return list(told)
    known = {one.report for one in told}
    pairs: list[tuple[str, str]] = []
    for report in known:
        rows = connection.execute("SELECT other FROM copy WHERE one = ?", (report,))
        pairs += [(report, other) for (other,) in rows if other in known]
    group_of = {report: group[0] for group in _groups_of(pairs) for report in group}
    found: dict[str, One] = {}
    for one in told:
        found.setdefault(group_of.get(one.report, one.report), one)
    return list(found.values())


def _groups_of(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    group_of: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = group_of.get(one, {one}) | group_of.get(other, {other})
        for member in joined:
            group_of[member] = joined
    return sorted({tuple(sorted(group)) for group in group_of.values()})


def _is_laid_out(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'compared'").fetchone() is not None
