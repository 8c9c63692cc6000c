"""Who held an office one after another: terms with how well each is known, and the gaps between them marked."""

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from verbale.views.commands.who import who
from verbale.world.history import CHAIRS, GAP, history, state_named
from verbale.world.world import World, load_world


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def asked(*words: str):
    return CliRunner().invoke(who, words)


def test_history_is_in_the_order_of_the_days_and_says_how_each_term_is_known(world):
    told = history(world, "st:fr", "foreign_minister")
    days = [one.since for one in told if one.since]
    assert days == sorted(days)
    assert {one.status for one in told} <= {"confirmed", "single", "attested", "unverified", GAP}
    assert all(one.source for one in told if one.status != GAP)
    assert any(one.name == "Hubert Védrine" and one.since == date(1997, 6, 4) for one in told)


@pytest.mark.parametrize("state", ["st:pe", "st:jo", "st:na"])
def test_history_has_no_holder_within_a_gap(world, state):
    for office in CHAIRS:
        told = history(world, state, office)
        for gap in (one for one in told if one.status == GAP):
            inside = gap.since + timedelta(days=(gap.until - gap.since).days // 2)
            assert not [one for one in told if one.status != GAP and one.until and one.since
                        and one.since <= inside < one.until], (office, gap)


NAMED = [("Turkey", "st:tr"), ("TUR", "st:tr"), ("st:tr", "st:tr"), ("NATO", "org:nato"), ("Xanadu", None)]


@pytest.mark.parametrize(("name", "of"), NAMED)
def test_history_takes_a_name_a_code_or_an_id(world, name, of):
    assert state_named(world, name) == of


def test_command_marks_the_gaps_and_prints_each_status():
    done = asked("--gaps", "Peru", "--office", "foreign_minister", "--json")
    rows = [json.loads(line) for line in done.output.splitlines()]
    assert {row["office"] for row in rows} == {"foreign_minister"}
    gap = next(row for row in rows if row["status"] == GAP)
    assert gap["person"] is None and "no source says" in gap["line"]
    assert all(row["status"] in row["line"] for row in rows)


def test_command_without_an_office_tells_all_chairs():
    rows = [json.loads(line) for line in asked("--gaps", "TUR", "--json").output.splitlines()]
    assert {row["office"] for row in rows} == set(CHAIRS)


@pytest.mark.parametrize(("words", "says", "code"), [
    (("--gaps", "Xanadu"), "no table knows 'Xanadu'", 1),
    (("--gaps", "Peru", "--office", "jester"), "there is no office 'jester'", 2),
    (("Lavrov", "--gaps", "Russia"), "give a NAME", 2),
    ((), "give a NAME", 2),
    (("Qwrtz Plmkn",), "no table knows", 1),
])
def test_command_says_what_is_wrong(words, says, code):
    done = asked(*words)
    assert done.exit_code == code
    assert says in done.output
