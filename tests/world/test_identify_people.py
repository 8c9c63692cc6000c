"""People of one name told apart, and speakers whom a text does not name."""

from datetime import date

import pytest

from bench.tasks.mention_cases import report_of
from verbale.language.parser import default_parser
from verbale.model.roster import Mention, Roster
from verbale.world.identify import identify
from verbale.world.world import World, load_world


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def roster_of(world: World, text: str, day: date | None = date(2015, 9, 2)) -> Roster:
    return identify(next(iter(default_parser().parse([report_of(text, day)]))), world)


def at(roster: Roster, words: str, nth: int = 1) -> Mention:
    """The mention whose head holds the last word of some words."""
    text = roster.reading.report.text
    place = -1
    for _ in range(nth):
        place = text.index(words, place + 1)
    last = place + len(words) - 1
    return next(one for one in roster.mentions if one.head.start <= last < one.head.stop)


def test_a_fathers_name_is_no_surname(world):
    found = roster_of(world, "King Salman of Saudi Arabia slept. Deputy Crown Prince Mohammed bin Salman spoke.")
    king, prince = at(found, "King Salman"), at(found, "Mohammed bin Salman")
    assert king.actors and prince.actors
    assert king.actors != prince.actors


def test_a_surname_stays_with_whom_it_was_used_for(world):
    text = ("The singer Mina Okafor left Lagos. Okafor told friends that she was tired. "
            "Her mother is the painter Ada Okafor. In Paris, Okafor will sing again.")
    found = roster_of(world, text)
    mina, ada, last = at(found, "Mina Okafor"), at(found, "Ada Okafor"), at(found, "Paris, Okafor")
    assert last.actors == mina.actors != ada.actors


def test_a_name_with_one_more_first_name_is_another_mans(world):
    found = roster_of(world, "One of the dead was Jalal Saifur Rahman, a director of the commission.", date(2020, 4, 8))
    assert not at(found, "Jalal Saifur Rahman").actors[0].startswith("pe:")


def test_a_first_name_alone_is_nobody_of_the_tables(world):
    found = roster_of(world, "She leaves two daughters. Elizabeth and Susan live in Ohio.", date(2019, 7, 17))
    assert not any(actor.startswith("pe:") for mention in found.mentions for actor in mention.actors)


@pytest.mark.parametrize("word", ["I", "We", "our"])
def test_who_speaks_is_open_where_no_name_stands(world, word):
    text = "I bring greetings from home. We ask all states to disarm. France and Ghana have heard our call."
    assert at(roster_of(world, text), word).actors == ()


def test_we_of_a_joint_statement_has_those_who_make_it_for_candidates(world):
    text = "Canada, Mexico, and the United States met on Friday. We reaffirm our support for Ukraine."
    mention = at(roster_of(world, text), "We")
    assert {"st:ca", "st:mx", "st:us"} <= {one.actor for one in mention.candidates}


def test_a_body_is_known_by_its_first_word_behind_its_full_name(world):
    text = "The attack was the work of the Haqqani network. Pakistan has not cut its ties with Haqqani."
    found = roster_of(world, text, date(2011, 10, 3))
    assert any(one.actors == ("gr:haqqani",) and one.span.start > 60 for one in found.mentions)


def test_two_ids_of_one_person_are_one(world):
    (known,) = {entity for entity in world.people_named("Jay Carney") if entity == "pe:carney-jay"}
    found = roster_of(world, "Press Secretary Jay Carney spoke. Carney took questions.", date(2012, 4, 20))
    assert at(found, "Jay Carney").actors == at(found, "Carney", 2).actors == (known,)


def test_a_list_of_ministers_is_of_one_state(world):
    text = ("The envoy met with Ukrainian Prime Minister Denys Shmyhal, Foreign Minister Dmytro Kuleba, "
            "and Deputy Foreign Minister Yevhenii Yenin.")
    found = roster_of(world, text, date(2021, 7, 21))
    (yenin,) = at(found, "Yevhenii Yenin").actors
    assert found.actor_by_id[yenin].country == "UKR"


def test_two_heads_side_by_side_are_of_two_states(world):
    found = roster_of(world, "Polish President Andrzej Duda and Prime Minister Imran Khan spoke.", date(2021, 7, 21))
    (khan,) = at(found, "Imran Khan").actors
    assert found.actor_by_id[khan].country == "PAK"
