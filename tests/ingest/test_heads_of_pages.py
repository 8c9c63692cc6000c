"""Titles, days and datelines at the heads of pages that have much else above the article."""

from datetime import date

import pytest

from verbale.ingest.datelines import dateline
from verbale.ingest.read import read_text

BODY = """The foreign ministers of Norway and Oman met in Bergen on Monday to discuss ferry traffic between their ports.

They agreed to open a second line in the spring, a spokesman for the Norwegian ministry told reporters after the talks.

Both countries had broken off talks about the line two years ago because of a dispute over the fees of harbours."""
TITLE = "Norway and Oman agree to open a second ferry line"


def test_a_byline_below_the_menu_is_no_title():
    report = read_text(f"Home\nWorld\nSport\n\nSearch\n\n{TITLE}\nBy Anna Berg and Olav Lie\nShare\n\n{BODY}")
    assert report.title == TITLE


def test_a_heading_of_one_word_does_not_hide_the_day():
    report = read_text(f"{TITLE}\nReadout\nOffice of the Spokesman\n\nMay 6, 2024\n\n{BODY}")
    assert report.window.published == date(2024, 5, 6)


def test_other_stories_below_the_article_are_none_of_its_sentences():
    report = read_text(f"{TITLE}\n\n{BODY}\n\nRead more\nStorm leaves harbour towns without light\nFive things to know "
                       "about ferries")
    assert "Storm" not in "".join(one.span.of(report.text) for one in report.segments if one.kind == "body")


@pytest.mark.parametrize("head, place, month_and_day, agency", [
    ("BERGEN, May 6 (Fjord News) -- ", "BERGEN", (5, 6), "Fjord News"),
    ("BERGEN (Fjord News Agency) - ", "BERGEN", None, "Fjord News Agency"),
    ("BERGEN, Norway (Fjord News) — ", "BERGEN, Norway", None, "Fjord News"),
])
def test_a_dateline_may_name_any_agency(head, place, month_and_day, agency):
    found = dateline(head + "The ministers met.", 0, len(head) + 18)
    assert found is not None
    assert (found.place, found.month_and_day, found.agency) == (place, month_and_day, agency)
    assert found.span.stop == len(head)
