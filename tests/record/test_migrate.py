"""Every earlier version of a record is brought to this one with all it held; each has a frozen dump in schemas/."""

import json
import sqlite3
from pathlib import Path

import pytest

from made_reports import findings, report
from verbale.errors import BrokenRecord
from verbale.model.ids import text_hash
from verbale.record import find, judge, migrate, pairs, wire
from verbale.record.merge import happenings, merge
from verbale.record.store import Record
from verbale.record.verify import verify

SCHEMAS = Path(__file__).parent / "schemas"
EARLIER = sorted(int(file.stem) for file in SCHEMAS.glob("*.sql"))
OF, FOUND = report(), findings(report())
DAYS = ("2022-05-10", "2022-05-11")


def old_record(path: Path, version: int) -> None:
    """A record as that version wrote it: a report with findings, verdicts, a pair kept apart, happenings."""
    with sqlite3.connect(path) as old:
        old.executescript((SCHEMAS / f"{version}.sql").read_text(encoding="utf-8"))
        old.execute("INSERT INTO run VALUES ('run-1', 1, '2026-01-01T00:00:00Z', NULL, '{}')")
        old.execute("INSERT INTO run_input VALUES ('run-1', 1, 'oslo.txt', 'coded', '', ?)", [OF.id])
        old.execute(
            "INSERT INTO report VALUES (1, ?, ?, ?, ?, NULL, NULL, ?, ?, ?, ?, ?, ?, 'run-1')",
            [
                OF.id,
                OF.text,
                text_hash(OF.text),
                OF.title,
                DAYS[0],
                *DAYS,
                wire.report_body(OF),
                wire.written(wire.CodedRow(FOUND.window, FOUND.doubts)),
                wire.findings_hash(FOUND),
            ],
        )
        old.execute("INSERT INTO sighting VALUES (?, 'oslo.txt')", [OF.id])
        for actor in FOUND.actors:
            old.execute(
                "INSERT INTO actor VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    OF.id,
                    actor.id,
                    actor.kind,
                    actor.name,
                    actor.code,
                    actor.country,
                    actor.sector,
                    actor.office,
                    wire.written(actor),
                ],
            )
        for number, one in enumerate(wire.all_findings(FOUND), start=1):
            evidence, days = one.evidence, wire.days_of(one, FOUND.window)
            old.execute(
                "INSERT INTO finding VALUES (?, ?, ?, 'run-1', ?, ?, NULL, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    number,
                    one.id,
                    OF.id,
                    wire.KIND_OF[type(one)],
                    wire.type_of(one),
                    getattr(one, "cameo", None),
                    getattr(one, "status", None),
                    getattr(one, "asserted_by", None),
                    evidence.span.start,
                    evidence.span.stop,
                    evidence.words,
                    evidence.rule,
                    evidence.confidence,
                    wire.day_text(days.since),
                    wire.day_text(days.until),
                    wire.written(one),
                ],
            )
            if one == FOUND.contacts[0]:
                old.execute("INSERT INTO dyad VALUES ('NOR', 'FIN', 'contact', ?, ?)", [DAYS[0], number])
        for number, (one, verdict, correction) in enumerate(
            ((FOUND.contacts[0], "accept", None), (FOUND.tallies[0], "correct", {"count": "6"})), start=1
        ):
            old.execute(
                "INSERT INTO judgement VALUES (?, ?, ?, ?, 'A. Reader', '2026-01-02T00:00:00Z', 'saw it', ?, ?)",
                [
                    number,
                    f"ju-{number}",
                    one.id,
                    verdict,
                    json.dumps(correction) if correction else None,
                    wire.written(one),
                ],
            )
        old.execute(
            "INSERT INTO apart VALUES (?, ?, 'A. Reader', '2026-01-03')", [FOUND.events[1].id, FOUND.contacts[0].id]
        )
        old.execute(
            "INSERT INTO happening VALUES ('ha-1', 'contact', 'in person', NULL, NULL, 'happened', 1, 0, 1, '{}')"
        )
        old.execute("INSERT INTO member VALUES ('ha-1', ?, 0, 'told once')", [FOUND.contacts[0].id])
        old.execute(f"PRAGMA user_version = {version}")
        old.execute(f"PRAGMA application_id = {migrate.APPLICATION}")
    old.close()


def tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    names = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%_words%'"
        )
    ]
    return {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in sorted(names)}


def test_every_earlier_version_has_a_frozen_schema():
    assert list(range(1, migrate.VERSION)) == EARLIER


@pytest.mark.parametrize("version", EARLIER)
def test_an_earlier_record_is_brought_up_with_all_it_held(tmp_path, version):
    old_record(tmp_path / "old.db", version)
    with Record(tmp_path / "old.db", make=False) as record, Record(tmp_path / "new.db") as new:
        assert tables(record.connection) == tables(new.connection)
        triggers = (
            "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'index') AND name NOT LIKE 'sqlite%' ORDER BY 1"
        )
        assert [row[0] for row in record.rows(triggers)] == [row[0] for row in new.rows(triggers)]
        assert record.report(OF.id).text == OF.text and record.findings(OF.id).contacts == FOUND.contacts
        assert [one.verdict for one in judge.judgements(record)] == ["accept", "correct"]
        assert [(one.verdict, one.by) for one in pairs.standing(record).values()] == [("split", "A. Reader")]
        assert happenings(record) == [] and merge(record) == 2
        assert {
            row["facet"]: row["n"] for row in record.rows("SELECT facet, sum(n) AS n FROM facet GROUP BY facet")
        } == dict.fromkeys(("type", "status", "year"), 6)
        assert find.finding(record, FOUND.contacts[0].id).judged == "accept"  # a verdict of then stands now
        assert record.findings(OF.id).tallies[0].count == 6
        assert verify(record).holds


@pytest.mark.parametrize("version", EARLIER)
def test_it_is_brought_up_once_and_by_one_of_two(tmp_path, version):
    old_record(tmp_path / "old.db", version)
    with Record(tmp_path / "old.db", make=False) as one, Record(tmp_path / "old.db", make=False) as two:
        assert one.row("PRAGMA user_version")[0] == two.row("PRAGMA user_version")[0] == migrate.VERSION
        assert len(pairs.judgements(two)) == 1


def test_a_migration_that_breaks_leaves_the_record_as_it_was(tmp_path, monkeypatch):
    old_record(tmp_path / "old.db", EARLIER[0])
    read = migrate._read
    monkeypatch.setattr(migrate, "_read", lambda name: read(name) + "\nSELECT no_such_function();\n")
    with pytest.raises(BrokenRecord):
        Record(tmp_path / "old.db", make=False)
    monkeypatch.undo()
    with sqlite3.connect(tmp_path / "old.db") as old:
        assert old.execute("PRAGMA user_version").fetchone()[0] == EARLIER[0]
        assert old.execute("SELECT count(*) FROM apart").fetchone()[0] == 1
    old.close()
