"""Coding again says what changed, keeps verdicts, and changes nothing where nothing is new."""

import msgspec
import pytest

from made_reports import findings, report
from verbale.chain.chain import Coded
from verbale.chain.recode import recode
from verbale.model.reading import Reading
from verbale.model.report import Problem
from verbale.model.roster import Roster
from verbale.record.judge import judge, judgements
from verbale.record.store import Record
from verbale.record.verify import verify


class FakeChain:
    """Finds what the test says."""

    overlay = None

    def __init__(self, found) -> None:
        self.found = found

    def code(self, reports):
        for one in reports:
            if self.found is None:
                yield Problem(one.id, "failed", "it broke")
            else:
                yield Coded(one, Roster(Reading(one, ()), (), (), one.window), self.found)


@pytest.fixture
def record(tmp_path):
    with Record(tmp_path / "r.db") as opened:
        opened.add(report(), findings(report()), opened.begin({}))
        yield opened


def test_nothing_new_changes_nothing(record):
    assert list(recode(record, FakeChain(findings(report())))) == []
    assert record.findings(report().id) == findings(report())


def test_what_changed_is_said_and_judged_findings_are_named(record):
    before = findings(report())
    judge(record, before.tallies[0].id, "accept", "A. Reader")
    contact = msgspec.structs.replace(before.contacts[0], channel="video")
    (change,) = recode(record, FakeChain(msgspec.structs.replace(before, tallies=(), contacts=(contact,))))
    assert change.dropped == (before.tallies[0].id,) == change.judged
    assert change.altered == (contact.id,) and change.added == ()
    assert [(one.id, one.kind, one.words) for one in change.gone] == [
        (before.tallies[0].id, "tally", before.tallies[0].evidence.words)]
    assert change.otherwise[0].fields == {"channel": ("in person", "video")}
    assert record.findings(report().id).tallies == before.tallies  # what was judged stands
    assert record.findings(report().id).contacts[0].channel == "video"
    assert len(judgements(record)) == 1 and verify(record).holds


def test_a_report_that_fails_keeps_what_it_had(record):
    (problem,) = recode(record, FakeChain(None))
    assert problem.reason == "it broke"
    assert record.findings(report().id) == findings(report()) and verify(record).holds
