"""Finding names by one automaton gives what looking at every word gives; folding at once gives what letters give."""

import random
from datetime import date

import pytest

from verbale.world.gazetteer import EXACT_LETTERS, Gazetteer, NameEntry, is_in_capitals, is_written_so
from verbale.world.letters import folded_letters, folded_names
from verbale.world.spellings import fold, fold_with_places

WORDS = ["South", "Sudan", "south", "US", "us", "Guinea", "Bissau", "Port", "port", "au", "Prince", "Austin", "Straße",
         "Çavuşoğlu", "İzmir", "Œuvre", "Лавров", "U.S.", "Côte", "d’Ivoire", "AT&T", "C++", "ﬁeld", "é", "New", "York"]
GLUE = [" ", " ", " ", " ", "  ", "-", "\n", "\n\n", ", ", ". ", "\r\n", "\u00ad ", " (", ") ", "\u200b", "\t", "’s "]
FORMS = ["South Sudan", "Sudan", "US", "Guinea", "Guinea-Bissau", "Port au", "Port-au-Prince", "Austin", "Strasse",
         "Cavusoglu", "Izmir", "Лавров", "Cote d'Ivoire", "New York", "York Guinea", "AT&T", "C++", "South Sudan New",
         "US South", "field"]


def gazetteer() -> Gazetteer:
    kinds = {"US": "abbrev"}
    return Gazetteer([NameEntry(f"st:{number}", kinds.get(form, "short"), form, ambiguous=number % 5 == 0)
                      for number, form in enumerate(FORMS)])


def by_every_word(names: Gazetteer, text: str) -> list[tuple[int, int, str]]:
    """The definition: from left to right, at each word's start the longest name that is written as it should be."""
    folded = fold_with_places(f" {text} ")
    letters = folded.text.replace("\n", " ")
    found, at = [], 0
    while at < len(letters):
        if letters[at] == " " or (at and letters[at - 1] != " "):
            at += 1
            continue
        stops = [stop for stop in range(len(letters), at, -1) if stop == len(letters) or letters[stop] == " "]
        hit = next((one for stop in stops if (one := meant_at(names, text, folded, letters, at, stop))), None)
        if hit is None:
            at += 1
            continue
        found.append(hit[:3])
        at = hit[3]
    return found


def meant_at(names: Gazetteer, text: str, folded, letters: str, at: int, stop: int) -> tuple[int, int, str, int] | None:
    entries = names.by_form.get(letters[at:stop])
    if not entries:
        return None
    place, after = folded.place(at) - 1, folded.place(stop - 1)
    while after < len(text) and "\u0300" <= text[after] <= "\u036f":
        after += 1
    words = text[place:after]
    meant = [entry for entry in entries if is_written_so(words, entry)]
    if len(words) <= EXACT_LETTERS and words.isupper():
        meant = [entry for entry in meant if not entry.ambiguous or not is_in_capitals(text, place, after)]
    return (place, after, letters[at:stop], stop) if meant else None


def made_up(dice: random.Random) -> str:
    return "".join(dice.choice(WORDS) + dice.choice(GLUE) for _ in range(dice.randint(0, 14)))


@pytest.mark.parametrize("seed", range(40))
def test_names_found_are_those_that_every_word_would_give(seed):
    dice, names = random.Random(seed), gazetteer()
    for _ in range(50):
        text = made_up(dice)
        got = [(one.span.start, one.span.stop, one.form) for one in names.find(text)]
        assert got == by_every_word(names, text), text


@pytest.mark.parametrize("seed", range(10))
def test_names_of_a_stretch_are_those_of_the_stretch_alone(seed):
    dice, names = random.Random(1000 + seed), gazetteer()
    for _ in range(30):
        before, text, behind = made_up(dice) + "\n", made_up(dice), "\n" + made_up(dice)
        within = names.find(before + text + behind, len(before), len(before) + len(text))
        alone = names.find(text)
        assert [one.form for one in within] == [one.form for one in alone]
        for one, other in zip(within, alone):
            assert one.span.start == other.span.start + len(before)


@pytest.mark.parametrize("seed", range(20))
def test_letters_folded_at_once_are_those_folded_one_by_one(seed):
    dice = random.Random(2000 + seed)
    for _ in range(50):
        text = f" {made_up(dice)} "
        slow, fast = fold_with_places(text), folded_letters(text)
        assert fast.text == slow.text.replace("\n", " ")
        if fast.places is not None:
            assert fast.places.tolist() == [slow.place(at) for at in range(len(slow.text))]
        assert fast.spaces.tolist() == [at for at, letter in enumerate(fast.text) if letter == " "]


def test_names_are_folded_together_as_alone():
    names = [*FORMS, *WORDS, "U.S.  Navy", " a\tb ", ""]
    assert folded_names(names) == [fold(name) for name in names]


def test_a_name_never_crosses_an_empty_line():
    assert [one.form for one in gazetteer().find("in South\n\nSudan")] == ["sudan"]
    assert [one.form for one in gazetteer().find("in South\nSudan")] == ["south sudan"]


def test_a_name_has_its_days():
    entry = NameEntry("st:x", "short", "Xanadu", since=date(2000, 1, 1))
    (found,) = Gazetteer([entry]).find("To Xanadu went he.")
    assert found.entries[0].period.since == date(2000, 1, 1)
