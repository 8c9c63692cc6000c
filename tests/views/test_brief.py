"""Briefs say who, what and when in plain words, and show the words each line rests on."""

from datetime import date

import pytest

from made_reports import findings, report, story
from verbale.errors import BadInput
from verbale.model.when import DateWindow, Period
from verbale.record.store import Record
from verbale.views import paper, wording
from verbale.views.brief_dyad import brief as dyad_brief
from verbale.views.brief_report import brief as report_brief


@pytest.fixture
def record(tmp_path):
    with Record(tmp_path / "r.db") as opened:
        run = opened.begin({})
        for number in range(2):
            opened.add(*story(number), run)
        yield opened


def lines(made: paper.Paper, section: str) -> list[paper.Line]:
    return next(list(one.lines) for one in made.sections if one.title.startswith(section))


def test_a_report_brief_names_people_speakers_parties_and_doubts():
    made = report_brief(report(), findings(report()))
    assert lines(made, "People")[1].text == "Anniken Huitfeldt, foreign minister of Norway [NORGOV]"
    (said,) = lines(made, "Statements")
    assert said.text.startswith("Anniken Huitfeldt · say") and said.words == "We agreed to open the northern road,"
    (agreed,) = lines(made, "Other events")
    assert agreed.note == "told by Anniken Huitfeldt"
    (contact,) = lines(made, "Contacts")
    assert contact.text == (
        "Anniken Huitfeldt and Pekka Haavisto met · Oslo · 10 May 2022 · minister · agenda: the Baltic Sea"
    )
    (tally,) = lines(made, "Counts")
    assert tally.text == "Anniken Huitfeldt and Pekka Haavisto · more than 5 telephone calls · this year"
    assert [one.text for one in lines(made, "Doubts")] == ["Haavisto's office rests on one source"]


def test_an_unknown_day_says_why_and_between_what():
    window = DateWindow(None, "the label is empty", Period(date(2020, 3, 11), date(2023, 6, 3)))
    assert wording.window_words(window) == "not known (the label is empty); between 11 March 2020 and 2 June 2023"


@pytest.mark.parametrize(
    "period, words",
    [
        (Period.day(date(2020, 12, 29)), "29 December 2020"),
        (Period.month(2020, 12), "December 2020"),
        (Period.year(2020), "2020"),
        (Period(date(2020, 1, 1), None), "from 1 January 2020 on"),
        (Period(None, date(2020, 1, 1)), "before 1 January 2020"),
        (Period(), ""),
        (None, ""),
    ],
)
def test_periods_in_words(period, words):
    assert wording.period_words(period) == words


def test_a_dyad_brief_keeps_claims_apart_and_shows_words(record):
    made = dyad_brief(record, "NOR", "Finland")
    assert len(lines(made, "Contacts held")) == 2 and lines(made, "Events") == []
    assert lines(made, "What Norway said of Finland")[0].words.startswith("“We agreed")
    assert lines(made, "What Finland said of Norway") == []
    assert "told by Anniken Huitfeldt" in lines(made, "Open claims")[0].text
    assert lines(made, "Agenda")[0].text == "the Baltic Sea: 2 contacts"
    assert lines(made, "Cooperation")[0].text == "2022: 2 words, friendly (2 reports)"
    assert all(one.words and one.id for one in lines(made, "Contacts held"))


def test_a_dyad_brief_of_other_days_is_empty(record):
    assert dyad_brief(record, "NOR", "FIN", since=date(2023, 1, 1)).filled() == []


def test_a_country_that_is_not_there_is_refused(record):
    with pytest.raises(BadInput, match="three-letter"):
        dyad_brief(record, "NOR", "Atlantis")


def test_every_form_holds_every_line_and_lets_nothing_run():
    evil = "<script>alert(1)</script> *bold* `x` [a](javascript:1)"
    made = paper.Paper(evil, (("Day", evil),), (paper.Section("S", (paper.Line(evil, evil, evil, "id-1"),)),))
    page = paper.as_html(made)
    assert "<script" not in page and page.count("&lt;script&gt;") == 6
    assert "\\[a\\]" in paper.as_markdown(made) and "<script>" not in paper.as_markdown(made).replace("\\<", "")
    assert evil in " ".join(paper.as_text(made).split())


def test_an_event_in_words():
    event = findings(report()).events[0]
    name = wording.namer(findings(report()).actors)
    assert wording.event_words(event, name) == (
        "Anniken Huitfeldt and Pekka Haavisto · CONSULT, meet · happened · in Oslo · 10 May 2022"
    )
