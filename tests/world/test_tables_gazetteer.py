"""Finding names in a text: places that are exact, capitals that count, words that end where words end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.world.gazetteer import Gazetteer, NameEntry
from verbale.world.spellings import fold, fold_with_places
from verbale.world.world import World, load_world


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def found(world: World, text: str) -> list[tuple[str, str]]:
    """Words found and the first thing each may mean."""
    return [(surface.span.of(text), surface.entries[0].entity) for surface in world.find(text)]


def test_gazetteer_span_is_the_stored_letters(world):
    text = "On Friday Mevlüt Çavuşoğlu\u00a0flew to Nagorno\u2011Karabakh, then to Côte d’Ivoire’s capital."
    assert [words for words, _ in found(world, text)] == ["Mevlüt Çavuşoğlu", "Nagorno\u2011Karabakh", "Côte d’Ivoire"]


def test_gazetteer_letters_that_fold_to_two_keep_the_places_after_them(world):
    text = "Groß-Gerau is far from Ærø, said Sergey Lavrov."
    assert ("Sergey Lavrov", "pe:lavrov-sergey") in found(world, text)


def test_gazetteer_combining_marks_belong_to_the_name(world):
    text = "Tu\u0308rkiye and Peru"
    assert [words for words, _ in found(world, text)] == ["Tu\u0308rkiye", "Peru"]


def test_gazetteer_possessives_end_the_name(world):
    text = "Russia's minister, the Houthis' leader and Lavrov’s aide"
    assert [words for words, _ in found(world, text)] == ["Russia", "Houthis", "Lavrov"]


@pytest.mark.parametrize("text", [
    "he gave us a turkey", "those who met", "a woman in roman dress", "they chad the paper", "an iranic language",
    "it is as far as may be", "peru's", "a polish cloth",
])
def test_gazetteer_small_letters_are_no_names(world, text):
    assert found(world, text) == []


def test_gazetteer_abbreviations_want_their_letters(world):
    assert found(world, "the US and the WHO") == [("US", "st:us"), ("WHO", "org:who")]
    assert found(world, "U.S. officials")[0] == ("U.S.", "st:us") or found(world, "U.S. officials")[0][1] == "st:us"


def test_gazetteer_in_a_line_of_capitals_doubtful_abbreviations_are_left(world):
    assert ("WHO", "org:who") not in found(world, "WHO WILL PAY FOR THE WAR")


def test_gazetteer_longest_name_wins_and_a_word_is_never_cut(world):
    assert found(world, "South Korean troops") == [("South Korean", "st:kr")]
    assert found(world, "Nigerien President")[0] == ("Nigerien", "st:ne")
    assert [words for words, _ in found(world, "Chadling met Omanis")] == ["Omanis"]


def test_gazetteer_no_name_across_paragraphs(world):
    assert "North Korea" not in [words for words, _ in found(world, "They went North\n\nKorea was calm")]
    assert found(world, "They met North\nKorea's envoy")[0][0] == "North\nKorea"


def test_gazetteer_ambiguous_names_keep_all_they_mean(world):
    (surface,) = world.find("Congo")
    assert {"st:cd", "st:cg"} <= set(surface.entities)
    (surface,) = world.find("Koreans")
    assert {"st:kp", "st:kr"} == set(surface.entities)


def test_gazetteer_stretch_counts_letters_of_the_whole_text(world):
    text = "Peru. Chile signed with Bolivia."
    (surface,) = world.find(text, 5, 13)
    assert surface.span.of(text) == "Chile"


TINY = Gazetteer([NameEntry("st:x", "short", "Côte d'Ivoire"), NameEntry("st:y", "short", "Oman"),
                  NameEntry("st:z", "abbrev", "U.S.")])
LETTERS = st.text(alphabet="Côte d'Ivoire OmanUS.ß\u0301\u200b\n-æİ", max_size=40)


@given(LETTERS)
def test_gazetteer_finds_only_what_folds_to_a_form(text):
    for surface in TINY.find(text):
        assert fold(surface.span.of(text)) == surface.form.strip()
        assert surface.form in TINY.by_form


@given(LETTERS)
def test_fold_places_point_at_the_letter_they_came_from(text):
    folded = fold_with_places(text)
    for at, letter in enumerate(folded.text):
        if letter not in " \n":
            assert letter in fold(text[folded.place(at)])


@given(st.text(max_size=40))
def test_fold_twice_is_once(text):
    assert fold(fold(text)) == fold(text)
