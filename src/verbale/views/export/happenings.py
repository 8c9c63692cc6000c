"""Happenings as a table: one thing in the world a row, with how many reports and independent sources tell it."""

from collections.abc import Iterator
from typing import Any

from verbale.record import find, merge
from verbale.record.store import Record

COLUMNS = (
    "happening",
    "kind",
    "type",
    "since",
    "until",
    "status",
    "who",
    "whom",
    "n_reports",
    "n_copies",
    "n_independent",
    "first_seen",
    "last_seen",
    "history",
    "differ",
    "score",
    "findings",
    "words",
)


def rows(record: Record) -> Iterator[dict[str, Any]]:
    """A row a happening, by id; joined anew where the record has changed since they were last joined."""
    if not merge.is_merged(record):
        merge.merge(record)
    for row in record.rows("SELECT id FROM happening ORDER BY id"):
        one = merge.happening(record, row["id"])
        assert one is not None
        told = [found for member in one.members if (found := find.finding(record, member))]
        fullest = max(told, key=lambda found: (len(found.parties), found.id))
        yield {
            "happening": one.id,
            "kind": one.kind,
            "type": one.type,
            "since": one.since,
            "until": one.until,
            "status": one.status,
            "who": "; ".join(fullest.names("who", "party")),
            "whom": "; ".join(fullest.names("whom")),
            "n_reports": one.n_reports,
            "n_copies": one.n_copies,
            "n_independent": one.n_independent,
            "first_seen": one.first_seen,
            "last_seen": one.last_seen,
            "history": "; ".join(f"{day} {status}".strip() for day, status in one.history),
            "differ": "; ".join(f"{what}: {' / '.join(values)}" for what, values in sorted(one.differ.items())),
            "score": min((link.score for link in one.links if link.part == "tells"), default=None) or None,
            "findings": "; ".join(one.members),
            "words": fullest.words,
        }
