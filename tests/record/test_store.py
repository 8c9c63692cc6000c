"""The record: whole or not at all, twice is once, and the order of the work leaves no trace."""

import random
import sqlite3
from datetime import date

import msgspec
import pytest

import made_reports
from made_reports import findings, report, story
from verbale.errors import BrokenRecord
from verbale.model.report import Problem
from verbale.record.store import Record
from verbale.record.verify import verify


@pytest.fixture
def record(tmp_path):
    with Record(tmp_path / "r.db") as opened:
        yield opened


def contents(record: Record) -> list[tuple]:
    """All that the record claims, runs aside."""
    found = []
    for report_id in record.report_ids():
        found.append(
            (
                record.report(report_id),
                record.findings(report_id),
                [
                    row["place"]
                    for row in record.rows("SELECT place FROM sighting WHERE report = ? ORDER BY 1", [report_id])
                ],
            )
        )
    return found


def add(record: Record, *pairs) -> list[str]:
    run = record.begin({"program": "test"})
    outcomes = [record.add(one, found, run) for one, found in pairs]
    record.end(run)
    return outcomes


def test_what_goes_in_comes_out(record):
    one = report()
    assert add(record, (one, findings(one))) == ["added"]
    assert record.findings(one.id) == findings(one)
    assert record.report(one.id) == msgspec.structs.replace(one, place=None)
    checked = verify(record)
    assert checked.holds and checked.reports == 1 and checked.findings == 6


def test_twice_is_once(record):
    one = report()
    add(record, (one, findings(one)))
    before = contents(record)
    assert add(record, (one, findings(one))) == ["unchanged"]
    assert contents(record) == before
    assert [run.coded for run in record.runs()] == [1, 1]


def test_the_order_of_reading_leaves_no_trace(tmp_path):
    stories = [story(number) for number in range(12)]
    first = msgspec.structs.replace(stories[3][0], url="https://b.example/3")
    second = msgspec.structs.replace(stories[3][0], url="https://a.example/3", place="elsewhere.txt")
    stories += [(first, findings(first)), (second, findings(second))]
    seen = []
    for seed in range(4):
        shuffled = random.Random(seed).sample(stories, len(stories))
        with Record(tmp_path / f"{seed}.db") as record:
            add(record, *shuffled)
            seen.append(contents(record))
    assert seen[0] == seen[1] == seen[2] == seen[3]


def test_a_text_with_a_day_is_kept_before_one_without(record):
    dated, undated = report(), report(published=None)
    add(record, (undated, findings(undated)))
    assert add(record, (dated, findings(dated)), (undated, findings(undated))) == ["changed", "unchanged"]
    assert record.report(dated.id).window.published == date(2022, 5, 10)


def test_a_newer_coder_replaces_what_the_older_found(record):
    one = report()
    add(record, (one, findings(one)))
    newer = msgspec.structs.replace(findings(one), tallies=())
    assert add(record, (one, newer)) == ["changed"]
    assert record.findings(one.id) == newer
    assert verify(record).holds


def test_a_run_counts_every_input(record):
    run = record.begin({})
    record.add(*story(1), run)
    record.note(Problem("a.bin", "failed", "a binary file"), run)
    record.note(Problem("b.txt", "skipped", "language is 'fr'"), run)
    ended = record.end(run)
    assert (ended.inputs, ended.coded, ended.skipped, ended.failed) == (3, 1, 1, 1)
    assert ended.finished and ended.problems == ("failed a.bin: a binary file", "skipped b.txt: language is 'fr'")


def test_nothing_of_a_report_is_kept_where_it_breaks_halfway(record):
    one = report()
    twins = findings(one)
    broken = msgspec.structs.replace(twins, topics=twins.topics * 2)  # one id twice is refused
    run = record.begin({})
    with pytest.raises(BrokenRecord, match="one id"):
        record.add(one, broken, run)
    assert contents(record) == [] and record.runs()[0].inputs == 0
    assert verify(record).holds


def test_other_files_are_refused_and_left_alone(tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("not a database, only words, and enough of them to fill a header of a hundred letters " * 3)
    foreign = tmp_path / "other.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE mine (x)")
    other.close()
    before = text.read_bytes(), foreign.read_bytes()
    for path in (text, foreign):
        with pytest.raises(BrokenRecord, match="--record"):
            Record(path)
    assert text.read_bytes() == before[0]
    with sqlite3.connect(foreign) as other:
        assert [row[0] for row in other.execute("SELECT name FROM sqlite_schema")] == ["mine"]
    other.close()


def test_a_newer_schema_is_refused(tmp_path):
    with Record(tmp_path / "r.db") as record:
        record.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(BrokenRecord, match="update verbale"):
        Record(tmp_path / "r.db")


def test_a_missing_record_is_not_made_by_asking(tmp_path):
    with pytest.raises(BrokenRecord, match="verbale read"):
        Record(tmp_path / "none.db", make=False)
    assert not (tmp_path / "none.db").exists()


def test_many_read_while_one_writes(record, tmp_path):
    add(record, story(1))
    with Record(tmp_path / "r.db", make=False) as reader, record.change() as writing:
        writing.execute("DELETE FROM sighting")
        assert len(contents(reader)) == 1


def test_backup_is_a_whole_record(record, tmp_path):
    add(record, story(1), story(2))
    record.backup(tmp_path / "copy.db")
    with Record(tmp_path / "copy.db", make=False) as copy:
        assert contents(copy) == contents(record) and verify(copy).holds


def test_dyads_of_a_meeting_go_both_ways(record):
    add(record, (report(), findings(report())))
    pairs = {(row["one"], row["other"]) for row in record.rows("SELECT DISTINCT one, other FROM dyad")}
    assert pairs == {("NOR", "FIN"), ("FIN", "NOR")}


@pytest.mark.parametrize(
    "text", ["a\x00b\nc", "e\u0301\r\nl\u00e9", "\U0001f600 one\n\u202etwo\u202c", "\u00a0x\ny\ufeff"]
)
def test_no_letter_is_changed(record, text):
    one = report(text)
    add(record, (one, made_reports.Findings(one.id, one.window)))
    assert record.report(one.id).text == text and verify(record).holds


def test_a_forgotten_report_leaves_its_id_reason_and_true_counts(record):
    one = report()
    add(record, (one, findings(one)), story(1))
    assert record.forget(one.id, "asked by its author")
    assert not record.forget("re-none", "no such report")
    assert record.report(one.id) is None and len(record.report_ids()) == 1
    assert record.runs()[0].coded == 2 and verify(record).holds
    assert add(record, (one, findings(one))) == ["forgotten"]
    assert record.runs()[0].skipped == 1 and "asked by its author" in record.runs()[0].problems[0]


def test_a_change_inside_a_change_is_part_of_it(tmp_path):
    """What `chain.keep` stands on: many reports in one transaction, all or none."""
    with Record(tmp_path / "r.db") as record:
        run = record.begin({})
        with pytest.raises(KeyError), record.change():
            record.add(*story(0), run)
            record.add(*story(1), run)
            raise KeyError("stopped halfway")
        assert record.report_ids() == []
        with record.change():
            record.add(*story(0), run)
            record.add(*story(1), run)
        assert len(record.report_ids()) == 2
