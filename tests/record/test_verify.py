"""`verify` finds what was broken: each case breaks one thing by hand."""

import pytest

from made_reports import findings, report
from verbale.record.store import Record
from verbale.record.verify import verify


@pytest.fixture
def record(tmp_path):
    with Record(tmp_path / "r.db") as opened:
        run = opened.begin({})
        opened.add(report(), findings(report()), run)
        opened.end(run)
        yield opened


BREAKS = {
    "a letter of the text": ("UPDATE report SET text = replace(text, 'Oslo', 'Olso')", "hash"),
    "words in the body": (
        "UPDATE finding SET body = replace(body, 'northern road', 'southern road') WHERE kind = 'event'",
        "the record",
    ),
    "a place beyond the text": (
        'UPDATE finding SET body = replace(body, \'"also":[]\', \'"also":[{"start":9000,"stop":9001}]\') '
        "WHERE kind = 'tally'",
        "outside",
    ),
    "a statement that events name": ("DELETE FROM finding WHERE kind = 'statement'", "not in the record"),
    "an actor that findings name": ("DELETE FROM actor WHERE id = 'pe:huitfeldt'", "do not hold"),
    "a report gone under its findings": ("DELETE FROM report", "not there"),
    "the word index": ("INSERT INTO finding_words(finding_words) VALUES ('delete-all')", "index"),
    "a row that differs from its body": ("UPDATE finding SET words = 'other words' WHERE kind = 'topic'", "different"),
    "a finding without reason": (
        "UPDATE finding SET body = replace(body, 'X met Y', '') WHERE kind = 'contact'",
        "reason",
    ),
}


def test_an_untouched_record_holds(record):
    checked = verify(record)
    assert checked.holds and checked.evidence > 15


@pytest.mark.parametrize("broken", BREAKS)
def test_what_was_broken_is_found(record, broken):
    change, said = BREAKS[broken]
    record.connection.execute("PRAGMA foreign_keys = OFF")
    record.connection.execute(change)
    faults = verify(record).faults
    assert any(said in fault.what for fault in faults), faults
