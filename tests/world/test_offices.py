"""Who held which office on which day."""

from datetime import date

import pytest

from bench.tasks.offices import answers, cases
from verbale.model.when import Period
from verbale.world.offices import tenure_of
from verbale.world.rows import TenureRow
from verbale.world.world import World, load_world


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def test_offices_gold_is_right_in_95_of_100(world):
    asked = answers(world, cases())
    wrong = [(case["name"], which) for case, which, right in asked if not right]
    assert len(cases()) == 62
    assert 1 - len(wrong) / len(asked) >= 0.95, wrong


def test_offices_gold_that_rests_on_sources_is_right_in_95_of_100(world):
    asked = [(case, which, right) for case, which, right in answers(world, cases()) if case["rests_on"] == "sources"]
    wrong = [(case["name"], which) for case, which, right in asked if not right]
    assert 1 - len(wrong) / len(asked) >= 0.95, wrong


def test_offices_newcomer_holds_the_handover_day(world):
    day = Period.day(date(2015, 11, 24))
    assert [held.person for held in world.holders("foreign_minister", "st:tr", day)] == ["pe:cavusoglu-mevlut"]


def test_offices_a_month_is_possible_throughout_but_certain_only_within():
    held = tenure_of(TenureRow("pe:x", "foreign_minister", "st:x", None, "2004-03", "2006", as_of="2022-01-01"))
    assert held.since == date(2004, 3, 1)
    assert held.until == date(2007, 1, 1)
    assert held.certain == Period(date(2004, 3, 31), date(2006, 1, 1))
    assert held.covers(Period.day(date(2005, 1, 1)))
    assert not held.covers(Period.day(date(2006, 5, 1)))


def test_offices_an_open_term_is_certain_only_as_far_as_it_was_seen():
    held = tenure_of(TenureRow("pe:x", "foreign_minister", "st:x", None, "2004-03-09", None, as_of="2022-08-03"))
    assert held.until is None
    assert held.covers(Period.day(date(2022, 8, 2)))
    assert not held.covers(Period.day(date(2023, 8, 2)))


def test_offices_an_end_from_memory_is_unverified_after_the_last_sight():
    held = tenure_of(TenureRow("pe:x", "foreign_minister", "st:x", None, "2015-01-01", "2024-05-12", "memory",
                               "2022-08-03", None, "confirmed"))
    assert held.status_in(Period.day(date(2020, 1, 1))) == "confirmed"
    assert held.status_in(Period.day(date(2023, 1, 1))) == "unverified"


def test_offices_actor_wears_the_office_of_the_day(world):
    (gul,) = world.people_named("Abdullah Gül")
    assert world.actor(gul, Period.day(date(2005, 5, 5))).office_kind == "foreign_minister"
    assert world.actor(gul, Period.day(date(2010, 5, 5))).office_kind == "head_of_state"
    assert world.actor(gul, Period.day(date(2020, 5, 5))).office is None


def test_offices_who_explains_term_status_and_source(world):
    answer = world.who("Lavrov", date(2020, 12, 29))[0]
    assert answer.actor.code == "RUSGOV"
    assert "2004-03-09" in answer.lines[0] and "wikidata" in answer.lines[0]


def test_offices_unknown_name_has_no_answer(world):
    assert world.who("Qwrtz Plmkn", date(2020, 12, 29)) == []


def test_offices_a_day_has_a_holder_or_a_marked_gap(world):
    for state in ("st:ru", "st:fr", "st:jo", "st:pe"):
        for year in range(1991, 2026):
            day = date(year, 12, 20)
            if not world.places.exists(state, day):
                continue
            held = world.holders("foreign_minister", state, Period.day(day))
            gap = any(one.contains(day) for one in world.gaps("foreign_minister", state))
            assert held or gap, (state, day)
