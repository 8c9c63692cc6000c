"""Claimed numbers of contacts, held against what the record knows: supported, short by so many, or not to be said."""

from datetime import date

import msgspec
import pytest

from made_reports import FINLAND, HAAVISTO, HUITFELDT, NORWAY, findings, report
from verbale.model.findings import Party
from verbale.model.when import Period
from verbale.record.check_tallies import check_tallies
from verbale.record.merge import merge
from verbale.record.store import Record

THREE = (date(2022, 1, 11), date(2022, 3, 8), date(2022, 5, 10))


@pytest.fixture
def record(tmp_path):
    with Record(tmp_path / "own.db") as made:
        yield made


def add(record, day, channel="in person", tally=None, contact=True, number=0):
    """A report of a day, with one contact on it and perhaps a tally; its last sentence makes it a text of its own."""
    of = report(TEXT.format(day=day, number=number), published=day, where=f"{day}-{number}.txt")
    told = findings(of)
    contacts = (msgspec.structs.replace(told.contacts[0], channel=channel, when=Period.day(day)),) if contact else ()
    counted = (msgspec.structs.replace(told.tallies[0], **tally),) if tally else ()
    record.add(of, msgspec.structs.replace(told, contacts=contacts, tallies=counted), record.begin())


TEXT = """Minister in Oslo

Norway's foreign minister Anniken Huitfeldt met Finland's Pekka Haavisto in Oslo on Tuesday. “We agreed to open the \
northern road,” Huitfeldt said. The two have spoken by telephone more than five times this year, and they spoke \
about the Baltic Sea. It was {day}, story {number}.
"""
FROM_JANUARY = Period(date(2022, 1, 1), date(2022, 6, 1))
MET = {"channel": "in person", "count": 3, "bound": "exactly", "window": FROM_JANUARY}


def checked(record):
    merge(record)
    (one,) = check_tallies(record)
    return one


def test_as_many_as_claimed_are_support(record):
    for day in THREE:
        add(record, day, tally=MET if day == THREE[-1] else None)
    one = checked(record)
    assert (one.verdict, one.known, one.short_by) == ("supported", 3, 0)
    assert len(one.contacts) == 3


def test_two_reports_of_one_meeting_are_one_contact(record):
    for day in THREE[:2]:
        add(record, day)
        add(record, day, number=1)
    for month in (2, 4):
        add(record, date(2022, month, 5), contact=False)
    add(record, THREE[2], tally=MET, contact=False)
    one = checked(record)
    assert (one.verdict, one.known, one.short_by) == ("short", 2, 1)
    assert "1 fewer than claimed" in one.reason


def test_more_than_asks_for_one_more(record):
    for day in THREE:
        add(record, day, tally=dict(MET, bound="more than") if day == THREE[-1] else None)
    assert checked(record).short_by == 1


def test_months_without_reports_allow_no_word(record):
    add(record, THREE[2], tally=MET)
    one = checked(record)
    assert (one.verdict, one.known, one.coverage) == ("not enough coverage", 1, 0.2)


def test_other_channels_do_not_count(record):
    for day in THREE:
        add(record, day, channel="phone", tally=MET if day == THREE[-1] else None)
    assert checked(record).known == 0


def test_contacts_outside_the_window_do_not_count(record):
    add(record, date(2021, 12, 1))
    add(record, THREE[2], tally=dict(MET, count=2))
    assert checked(record).known == 1


def test_a_claim_about_states_takes_anyone_who_acts_for_them(record):
    sides = (Party(NORWAY.id, "Norway"), Party(FINLAND.id, "Finland"))
    for day in THREE:
        add(record, day, tally=dict(MET, who=sides) if day == THREE[-1] else None)
    assert checked(record).verdict == "supported"


def test_one_side_alone_cannot_be_checked(record):
    add(record, THREE[2], tally=dict(MET, who=(Party(HUITFELDT.id, "Huitfeldt"),)))
    assert checked(record).verdict == "not enough coverage"


def test_without_a_window_a_shortage_is_not_said(record):
    add(record, THREE[2], tally=dict(MET, window=None))
    one = checked(record)
    assert one.verdict == "not enough coverage" and "names no time" in one.reason
    assert HAAVISTO.name in one.parties


def test_the_command_prints_each_claim(record, tmp_path):
    from click.testing import CliRunner

    from verbale.views.cli import verbale

    for day in THREE:
        add(record, day, tally=MET if day == THREE[-1] else None)
    record.close()
    done = CliRunner().invoke(verbale, ["check", "tallies", "--record", str(tmp_path / "own.db")])
    assert done.exit_code == 0
    assert '"verdict": "supported"' in done.output
