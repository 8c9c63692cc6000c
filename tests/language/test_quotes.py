"""Quotations by their marks: gold cases, and laws."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.language.quotes import Paragraph, quotations_in
from verbale.language.sentences import paragraphs_in
from verbale.tables.load import toml_table

CASES = toml_table(Path(__file__).parents[1] / "gold" / "language" / "quotations.toml")["case"]


def found_in(text):
    return quotations_in(text, [Paragraph(*piece) for piece in paragraphs_in(text)])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_gold(case):
    text = case["text"]
    found = [
        {"inner": one.inner.of(text), "level": one.level, "continues": one.continues, "defects": list(one.defects)}
        for one in found_in(text)
    ]
    wanted = [{"level": 1, "continues": None, "defects": []} | one for one in case.get("quotation", [])]
    assert found == wanted


def test_gold_names_are_unlike():
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names))


def test_outer_holds_the_marks():
    text = "She said: “We agree.” Then she left."
    [one] = found_in(text)
    assert one.outer.of(text) == "“We agree.”"


def test_a_title_left_open_does_not_go_on_in_the_body():
    text = "“We sign, says Novak\n“No,” said Berg."
    title, body = (Paragraph(*piece, zone) for piece, zone in zip(paragraphs_in(text), ("title", "body")))
    first, second = quotations_in(text, [title, body])
    assert first.defects == ("unclosed",)
    assert second.continues is None


@given(st.text(st.sampled_from("ab s.,“”\"'’‘«»„\n "), max_size=50))
def test_any_text_gives_well_formed_quotations(text):
    found = found_in(text)
    for number, one in enumerate(found):
        assert 0 <= one.outer.start <= one.inner.start <= one.inner.stop <= one.outer.stop <= len(text)
        assert one.level >= 1
        assert one.continues is None or one.continues < number
    assert [one.outer.start for one in found] == sorted(one.outer.start for one in found)


def test_a_closing_corner_mark_alone_breaks_nothing():
    assert quotations_in("」", [Paragraph(0, 1, "body")]) is not None
