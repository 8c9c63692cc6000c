"""Laws of identifying: what is found stands in the text, twice is once, days and offices bound each other."""

from datetime import date

import msgspec
import pytest

from bench.tasks.mention_cases import report_of
from verbale.language.parser import OnnxParser
from verbale.model.report import Report, Segment
from verbale.model.roster import CERTAINTIES, MENTION_KINDS, Roster
from verbale.model.span import Span
from verbale.model.when import Period
from verbale.world.cast import same_name
from verbale.world.identify import identify
from verbale.world.world import load_world


@pytest.fixture(scope="module")
def parser() -> OnnxParser:
    return OnnxParser()


@pytest.fixture
def roster(parser):
    def read(text: str, day: date | None = None) -> Roster:
        return identify(next(iter(parser.parse([report_of(text, day)]))), load_world())

    return read


def names_at(found: Roster, words: str) -> set[str]:
    text = found.reading.report.text
    return {
        found.actor_by_id[actor].name
        for mention in found.mentions
        if mention.span.of(text) == words
        for actor in mention.actors
    }


TALKS = (
    "Polish Foreign Minister Radoslaw Sikorski met his Danish counterpart in Warsaw. The two ministers signed a "
    "letter. “We agree,” Sikorski said. He thanked Copenhagen. The two countries will meet again."
)


def test_nothing_in_nothing_out(roster):
    found = roster("\n\n")
    assert found.mentions == () and found.actors == ()


def test_mentions_are_in_order_inside_the_text_and_of_known_kinds(roster):
    found = roster(TALKS, date(2014, 3, 4))
    assert [mention.sentence for mention in found.mentions] == sorted(mention.sentence for mention in found.mentions)
    for mention in found.mentions:
        assert 0 <= mention.span.start < mention.span.stop <= len(TALKS)
        assert mention.kind in MENTION_KINDS and mention.certainty in CERTAINTIES
        assert mention.reason


def test_twice_is_once(parser):
    reading = next(iter(parser.parse([report_of(TALKS, date(2014, 3, 4))])))
    world = load_world()
    assert identify(reading, world) == identify(reading, world)


def test_the_stored_text_is_not_changed(roster):
    assert roster(TALKS).reading.report.text == TALKS


@pytest.mark.parametrize(("one", "two"), [("Kenya", "Ghana"), ("Chile", "Peru"), ("Finland", "Latvia")])
def test_swapped_states_swap_in_the_roster(roster, one, two):
    sentence = "{} accused {} of breaking the treaty. The two countries will talk in Geneva."
    first, second = roster(sentence.format(one, two)), roster(sentence.format(two, one))
    swap = {one: two, two: one}

    def actors(found: Roster) -> list[list[str]]:
        return [[found.actor_by_id[actor].name for actor in mention.actors] for mention in found.mentions]

    assert [[swap.get(name, name) for name in names] for names in actors(first)] == actors(second)


def test_an_office_in_the_text_narrows_the_window(roster):
    found = roster("Turkish Foreign Minister Mevlut Cavusoglu met German Foreign Minister Heiko Maas in Antalya.")
    assert found.window.period == Period(date(2018, 3, 14), date(2021, 12, 8))
    assert found.window.published is None
    assert "years open" in (found.window.why_not or "")
    clues = [clue for clue in found.window.clues if clue.kind == "office"]
    assert len(clues) == 2 and not any(clue.decides for clue in clues)


def test_a_known_date_is_not_changed_by_offices(roster):
    found = roster("Turkish Foreign Minister Mevlut Cavusoglu spoke in Ankara.", date(2016, 5, 4))
    assert found.window.published == date(2016, 5, 4)
    assert found.window.period == Period.day(date(2016, 5, 4))


def test_an_office_of_older_days_does_not_empty_the_window(roster):
    text = (
        "French President Emmanuel Macron spoke of French President Charles de Gaulle. Macron said that France would "
        "stay. Macron then left for Berlin to meet German Chancellor Olaf Scholz."
    )
    found = roster(text)
    assert found.window.period.since == date(2021, 12, 8)


def test_the_office_depends_on_the_day(roster):
    text = "The German chancellor spoke in Paris."
    assert names_at(roster(text, date(1997, 5, 5)), "The German chancellor") == {"Helmut Kohl"}
    assert names_at(roster(text, date(2001, 5, 5)), "The German chancellor") == {"Gerhard Schröder"}
    assert names_at(roster(text), "The German chancellor") == {"head of government of Germany"} or names_at(
        roster(text), "The German chancellor"
    ) == {"chancellor of Germany"}


def test_wrong_letters_in_a_name_mean_the_person_of_the_report(roster):
    text = "Mevlüt Çavuşoğlu came to Tirana. Later Mevlüt Çavuşoλουlu met Edi Rama, the Albanian prime minister."
    found = roster(text)
    assert names_at(found, "Mevlüt Çavuşoλουlu") == {"Mevlüt Çavuşoğlu"}


def test_an_unknown_minister_becomes_an_actor_of_the_record(roster):
    found = roster("Norwegian Foreign Minister Torvald Quisthammer arrived. Quisthammer met the king of Sweden.")
    actor = next(actor for actor in found.actors if "Quisthammer" in actor.name)
    assert (actor.kind, actor.code, actor.country, actor.office_kind) == ("person", "NORGOV", "NOR", "foreign_minister")
    assert actor.id == "pn:torvald-quisthammer-nor"
    assert names_at(found, "Quisthammer") == {actor.name}


def test_a_former_minister_does_not_hold_the_office(roster):
    found = roster("Former German Foreign Minister Joschka Fischer spoke. The German foreign minister listened.",
                   date(2010, 5, 5))
    assert names_at(found, "The German foreign minister") == {"Guido Westerwelle"}


def test_furniture_is_not_read(parser):
    text = "Lee visits Oslo\n\nSweden wins gold\n\nNorway and Chile signed a treaty."
    report = Report(
        "rp-1",
        text,
        (
            Segment("title", Span(0, 15), "given"),
            Segment("teaser", Span(17, 33), "given"),
            Segment("body", Span(35, len(text)), "given"),
        ),
    )
    found = identify(next(iter(parser.parse([report]))), load_world())
    assert {actor.name for actor in found.actors if actor.kind == "state"} == {"Norway", "Chile"}


@pytest.mark.parametrize(
    ("known", "name", "same"),
    [
        (("sergei", "lavrov"), ("lavrov",), True),
        (("recep", "tayyip", "erdogan"), ("tayyip", "erdogan"), True),
        (("xi", "jinping"), ("xi",), True),
        (("george", "w.", "bush"), ("george", "bush"), True),
        (("igor", "ivanov"), ("sergei", "ivanov"), False),
        (("boris", "johnson"), ("boris",), False),
        (("j.", "kerry"), ("john", "kerry"), True),
    ],
)
def test_which_forms_name_one_person(known, name, same):
    assert same_name(known, name) is same


def test_a_pair_of_names_is_two_people(roster):
    text = "Sikorski-Kuleba talks open\n\nRadoslaw Sikorski met Dmytro Kuleba in Warsaw on Monday."
    found = roster(text, date(2024, 5, 6))
    assert names_at(found, "Sikorski") == {"Radosław Sikorski"}
    assert names_at(found, "Kuleba") == {"Dmytro Kuleba"}


@pytest.mark.parametrize("words", [
    "The harbour was opened in May 2016.", "The truce began on May 7 and held.", "The talks, begun last May, failed.",
])
def test_a_month_is_nobody(roster, words):
    assert all(actor.kind != "person" for actor in roster(words).actors)


def test_a_prime_minister_with_the_name_of_a_month_is_found(roster):
    text = "British Prime Minister Theresa May flew to Brussels. In May’s view the deal was fair."
    found = roster(text, date(2018, 11, 21))
    assert [actor.name for actor in found.actors if actor.kind == "person"] == ["Theresa May"]


def test_no_office_that_an_open_window_does_not_carry(roster):
    found = roster("Joe Biden won the first vote in the primary election. Kofi Annan wished him well.")
    assert {actor.name: actor.office for actor in found.actors if actor.kind == "person"} == {
        "Joe Biden": None, "Kofi Annan": None,
    }


def test_a_past_office_is_a_former_one_though_the_tables_know_a_later(roster):
    found = roster("Former Vice President Joe Biden won the first vote in the primary election.")
    assert [actor.office for actor in found.actors if actor.kind == "person"] == ["former vice president"]


def signed(parser, author: str) -> Roster:
    report = msgspec.structs.replace(
        report_of("I send my best wishes to Fiji. We welcome the vote.", date(2022, 3, 2)), author=author
    )
    return identify(next(iter(parser.parse([report]))), load_world())


def test_who_signs_a_release_says_i_and_the_state_is_we(parser):
    found = signed(parser, "Antony J. Blinken, Secretary of State")
    assert names_at(found, "I") == {"Antony Blinken"} and names_at(found, "We") == {"United States"}


def test_a_reporter_is_no_signer(parser):
    assert names_at(signed(parser, "Ann Example, Correspondent"), "I") == set()


def test_a_queen_of_many_states_is_that_of_the_report(roster):
    text = "Queen Elizabeth II opened the parliament of the United Kingdom."
    found = roster(text, date(2019, 10, 14))
    assert [actor.code for actor in found.actors if actor.kind == "person"] == ["GBRGOV"]
    assert [actor.office for actor in found.actors if actor.kind == "person"] == ["queen of United Kingdom"]


def test_an_office_that_someone_is_wished_says_nothing_of_the_day(roster):
    assert roster("Ann Lie endorsed Joe Biden as president of the United States.").window.period == Period()


def test_a_family_name_behind_the_full_name_is_no_body(roster):
    found = roster("Chinese Vice Foreign Minister Sun Weidong spoke first. Sun replied that nothing had changed.")
    [sun] = [one for one in found.mentions if one.span.of(found.reading.report.text) == "Sun"]
    assert found.actor_by_id[sun.actors[0]].name == "Sun Weidong"


def test_the_north_is_the_state_that_the_report_names(roster):
    found = roster("South Korea and North Korea traded threats. Seoul denounced the North for its balloons.")
    [north] = [one for one in found.mentions if one.span.of(found.reading.report.text) == "North"]
    assert north.actors == ("st:kp",)
