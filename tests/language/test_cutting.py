"""Words and sentences: the gold lines, and laws that hold for any text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.language.sentences import paragraphs_in, sentences_in
from verbale.language.tokens import tokens_in, words_of

GOLD = Path(__file__).parents[1] / "gold" / "language"
TEXTS = st.text(st.sampled_from("aZé1.?!,'’“”\"- \n\tαβ$&/@:([Mr "), max_size=60)


def gold_lines(file: str) -> list[str]:
    lines = (GOLD / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("line", gold_lines("sentences.txt"))
def test_sentences_end_where_the_gold_marks_say(line):
    text = line.replace("|", "")
    wanted = [piece for piece in line.split("|") if piece.strip()]
    assert [text[start:stop] for start, stop in sentences_in(text)] == wanted


@pytest.mark.parametrize("line", gold_lines("words.txt"))
def test_words_are_cut_where_the_gold_marks_say(line):
    assert words_of(line.replace("|", "")) == [word.strip() for word in line.split("|")]


def test_gold_lines_differ_from_each_other():
    for file in ("sentences.txt", "words.txt"):
        lines = gold_lines(file)
        assert len(lines) == len(set(lines))


@given(TEXTS)
def test_only_white_space_lies_between_words(text):
    place = 0
    for start, stop in tokens_in(text):
        assert start >= place and stop > start
        assert not text[place:start].strip()
        place = stop
    assert not text[place:].strip()


@given(TEXTS)
def test_only_white_space_lies_between_sentences_and_paragraphs(text):
    place = 0
    for paragraph in paragraphs_in(text):
        for start, stop in sentences_in(text, paragraph.start, paragraph.stop):
            assert start >= place and stop > start
            assert not text[place:start].strip()
            place = stop
    assert not text[place:].strip()


@given(TEXTS, st.integers(0, 20))
def test_words_of_a_part_keep_the_places_of_the_whole(text, lead):
    shifted = " " * lead + text
    assert [(start - lead, stop - lead) for start, stop in tokens_in(shifted, lead)] == [
        tuple(cut) for cut in tokens_in(text)]


def test_a_line_is_a_paragraph():
    text = "Ministers meet in Oslo\nThe ministers met on Tuesday.\n\nThey agreed."
    assert [text[a:b] for a, b in paragraphs_in(text)] == [
        "Ministers meet in Oslo", "The ministers met on Tuesday.", "They agreed."]


def test_lines_wrapped_by_hand_are_one_paragraph():
    text = ("The foreign ministers of both states met in Oslo on Tuesday and\n"
            "spoke for three hours about the border, the prisoners and the\n"
            "bridge over the river, officials of both sides said after the\ntalks.")
    assert len(paragraphs_in(text)) == 1
    assert len(sentences_in(text)) == 1


def test_a_sentence_that_a_page_end_cuts_is_one():
    text = "The assembly takes note of the judgment of the tribunal and the\n \nvarious duties that follow.\nOver."
    found = [text[start:stop] for start, stop in paragraphs_in(text)]
    assert found == [text[: text.index("\nOver")], "Over."]


@pytest.mark.parametrize("text", [
    "Talks in Oslo\nthe first in years",
    "The ministers of the five coastal states agreed on four points:\nfishing rights",
])
def test_short_lines_and_lists_stay_apart(text):
    assert len(paragraphs_in(text)) == 2
