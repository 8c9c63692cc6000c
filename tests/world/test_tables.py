"""The compiled world tables: what they must hold, and that they hold together."""

from datetime import date
from pathlib import Path

import pytest

from verbale.errors import BadTable
from verbale.model.when import Period
from verbale.world.check import faults
from verbale.world.tables import read_table
from verbale.world.world import World, load_world


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def test_tables_have_no_fault(world):
    assert faults(world) == []


NEWSROOM = {
    "Turkey": "st:tr", "Türkiye": "st:tr", "Burma": "st:mm", "Myanmar": "st:mm", "Ivory Coast": "st:ci",
    "Côte d'Ivoire": "st:ci", "Swaziland": "st:sz", "Eswatini": "st:sz", "Czech Republic": "st:cz", "Czechia": "st:cz",
    "South Korea": "st:kr", "North Korea": "st:kp", "DPRK": "st:kp", "DRC": "st:cd", "U.S.": "st:us", "USA": "st:us",
    "U.K.": "st:gb", "Britain": "st:gb", "UAE": "st:ae", "Palestine": "st:ps", "Kosovo": "st:xk", "Taiwan": "st:tw",
    "North Macedonia": "st:mk", "Cape Verde": "st:cv", "East Timor": "st:tl", "the Netherlands": "st:nl",
    "South Sudanese": "st:ss", "Emirati": "st:ae", "Kosovar": "st:xk", "Soviet Union": "st:su", "Yugoslavia": "st:yu",
    "Kremlin": "st:ru", "White House": "st:us", "Downing Street": "st:gb", "Quai d'Orsay": "st:fr",
    "Pentagon": "org:pentagon",
    "Foggy Bottom": "st:us", "Bankova": "st:ua", "NATO": "org:nato", "European Union": "org:eu", "P5+1": "org:p5-1",
    "the Gulf states": "org:gulf-states", "PKK": "gr:pkk", "Hezbollah": "gr:hezbollah", "Houthis": "gr:houthis",
    "Nagorno-Karabakh": "pl:nagorno-karabakh", "Karabakh": "pl:nagorno-karabakh", "Black Sea": "pl:black-sea",
    "Davos": "ct:ch-davos", "Xi Jinping": "pe:xi-jinping", "Qadhafi": "pe:gaddafi-muammar",
    "Volodymyr Zelensky": "pe:zelenskyy-volodymyr", "Лавров": None,
}


@pytest.mark.parametrize(("words", "entity"), [pair for pair in NEWSROOM.items() if pair[1]])
def test_tables_newsroom_names_resolve(world, words, entity):
    assert entity in {entry.entity for entry in world.named(words)}


def test_tables_every_surface_form_means_something_known(world):
    known = {*world.people, *world.orgs, *world.groups}
    for form, entries in world.gazetteer.by_form.items():
        for entry in entries:
            assert entry.entity in known or entry.entity in world.places, (form, entry)


def test_tables_codes_of_states(world):
    row = world.places.rows["st:tr"]
    assert (row.iso2, row.iso3, row.cow, row.gw, row.fips, row.cameo, row.qid) == (
        "TR", "TUR", "640", "640", "TU", "TUR", "Q43")
    assert world.places.rows["st:xk"].iso3 == "XKX"
    assert world.places.rows["st:rs"].gw == "340"
    assert world.places.rows["st:tl"].cameo == "TMP"


def test_tables_states_begin_and_end(world):
    assert world.places.rows["st:ss"].since == "2011-07-09"
    assert world.places.rows["st:su"].until == "1991-12-26"
    assert not world.places.exists("st:me", date(2000, 1, 1))
    assert world.places.exists("st:me", date(2010, 1, 1))


@pytest.mark.parametrize(("org", "state", "day", "is_member"), [
    ("org:eu", "st:gb", date(2020, 1, 31), True), ("org:eu", "st:gb", date(2020, 2, 1), False),
    ("org:eu", "st:hr", date(2013, 6, 30), False), ("org:eu", "st:hr", date(2013, 7, 1), True),
    ("org:nato", "st:me", date(2017, 6, 4), False), ("org:nato", "st:mk", date(2020, 3, 27), True),
    ("org:nato", "st:fi", date(2023, 4, 4), True), ("org:nato", "st:se", date(2024, 3, 6), False),
    ("org:brics", "st:id", date(2025, 1, 6), True), ("org:opec", "st:qa", date(2019, 1, 1), False),
    ("org:opec", "st:ao", date(2024, 1, 1), False), ("org:sco", "st:in", date(2016, 1, 1), False),
    ("org:sco", "st:ir", date(2023, 7, 4), True), ("org:ecowas", "st:ml", date(2025, 2, 1), False),
    ("org:aes", "st:ne", date(2024, 1, 1), True), ("org:asean", "st:tl", date(2025, 12, 1), True),
])
def test_tables_membership_on_a_day(world, org, state, day, is_member):
    assert (state in world.members(org, day)) is is_member


def test_tables_nato_counts_32_today_and_16_in_1990(world):
    assert len(world.members("org:nato", date(2025, 1, 1))) == 32
    assert len(world.members("org:nato", date(1990, 1, 1))) == 16


def test_tables_capital_is_the_seat_of_government(world):
    assert world.label(world.capital_of("st:bo")) == "La Paz"
    assert world.state_with_capital(world.capital_of("st:fr")) == "st:fr"


def test_tables_places_lie_somewhere(world):
    sochi = next(entry.entity for entry in world.named("Sochi"))
    place = world.place(sochi)
    assert place.state == "st:ru"
    assert 43 < place.lat < 44.5 and 39 < place.lon < 41
    assert world.place("pl:no-such-place") is None


def test_tables_actor_of_each_kind(world):
    assert world.actor("st:ru").code == "RUS"
    assert world.actor("org:nato").kind == "organisation"
    assert world.actor("org:west").kind == "bloc"
    assert world.actor("gr:pkk").sector == "REB"
    assert world.actor("st:xx") is None
    held = world.actor("pe:shoygu-sergey", Period.day(date(2015, 1, 1)))
    assert (held.code, held.office_kind, held.status) == ("RUSGOV", "defence_minister", "single")


def test_tables_known_days_come_in_order(world):
    days = [one.since for one in world.known_days]
    assert days == sorted(days) and len(days) > 100


def test_tables_bad_cell_is_refused_by_line_and_column(tmp_path: Path):
    (tmp_path / "cities.csv").write_text("id,name,country,lat,lon\nct:1,X,st:x,north,4\n", encoding="utf-8")
    with pytest.raises(BadTable, match=r"cities.csv, line 2, column lat: found 'north'; wanted a number"):
        read_table(tmp_path / "cities.csv", "cities")
