"""Briefs say who, what and when in plain words, and show the words each line rests on."""

from datetime import date

import msgspec
import pytest

from made_reports import HUITFELDT, findings, report, story
from verbale.errors import BadInput
from verbale.model.actor import Actor
from verbale.model.findings import Party
from verbale.model.when import DateWindow, Period
from verbale.record import find
from verbale.record.judge import judge
from verbale.record.merge import merge
from verbale.record.store import Record
from verbale.views import paper, wording
from verbale.views.brief_dyad import brief as dyad_brief
from verbale.views.brief_lines import LONGEST_WORDS, excerpt
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
    assert lines(made, "Contacts held")[0].text.startswith(
        "2022-05-10: Anniken Huitfeldt and Pekka Haavisto met · Oslo"
    )
    (said, _) = lines(made, "What Norway said of Finland")
    assert said.words.startswith("We agreed") and said.text == (
        "2022-05-10: Anniken Huitfeldt (foreign minister of Norway) · say · positive of Finland"
    )
    assert lines(made, "What Finland said of Norway") == []
    assert "told by Anniken Huitfeldt" in lines(made, "Open claims")[0].text
    assert lines(made, "Agenda")[0].text == "the Baltic Sea: 2 contacts, last 2022-05-10"
    assert lines(made, "Cooperation")[0].text == "2022-05: 2 words, friendly (2 reports)"
    assert all(one.words and one.id and "Minister in Oslo" in one.note for one in lines(made, "Contacts held"))
    short = [one.text for one in lines(made, "In short")]
    assert short[0] == "2 meetings and visits held; the last on 10 May 2022: Anniken Huitfeldt and Pekka Haavisto"
    assert short[-1] == "2 claims by one side that no report tells in its own voice"


def test_what_many_reports_tell_is_told_once_and_says_so(record):
    merge(record)
    made = dyad_brief(record, "NOR", "FIN")
    (contact,) = lines(made, "Contacts held")
    assert contact.note.startswith("told by 2 reports, 2 independent.")
    assert lines(made, "Agenda")[0].text == "the Baltic Sea: 1 contact, last 2022-05-10"


def test_a_brief_shows_what_people_judged_and_marks_it(record):
    one = find.contacts(record)[0]
    judge(record, one.id, "reject", "A. Reader")
    other = find.contacts(record)[0]
    judge(record, other.id, "correct", "A. Reader", "", {"channel": "phone"})
    (contact,) = lines(dyad_brief(record, "NOR", "FIN"), "Contacts held")
    assert "spoke by telephone" in contact.text and contact.note.startswith("corrected by a person.")
    assert dict(dyad_brief(record, "NOR", "FIN").head)["Checked by people"].startswith("2 entries")  # and its event


def test_many_parties_are_counted_and_a_visit_is_called_one(tmp_path):
    actors = [
        Actor(f"st:{code.lower()}", "state", code.title(), code, code)
        for code in ("NOR", "FIN", "SWE", "DNK", "ISL", "EST", "LVA", "LTU")
    ]
    her = HUITFELDT

    def contact(names, status="happened"):
        return msgspec.structs.replace(
            findings(report()).contacts[0],
            parties=tuple(Party(one.id, one.name) for one in names),
            status=status,
            place=None,
            agenda=(),
        )

    for parties, status, words in (
        (actors, "happened", "Nor and Fin met (and 6 more)"),
        ([her, actors[1]], "planned", "Anniken Huitfeldt is to visit Fin"),
    ):
        with Record(tmp_path / f"{len(parties)}.db") as record:
            made = msgspec.structs.replace(
                findings(report()),
                actors=(*findings(report()).actors, *actors[2:]),
                contacts=(contact(parties, status),),
                statements=(),
                events=(),
            )
            known = {one.id: one for one in (*made.actors, *actors, her)}
            record.add(report(), msgspec.structs.replace(made, actors=tuple(known.values())), record.begin({}))
            section = "Contacts held" if status == "happened" else "Contacts planned"
            assert lines(dyad_brief(record, "NOR", "FIN"), section)[0].text.startswith(f"2022-05-10: {words}")


def test_an_excerpt_keeps_to_what_speaks_of_the_other_side():
    words = " ".join(f"word{number}" for number in range(200)).replace("word150", "Finland")
    cut = excerpt(words, ("Finland",))
    assert "Finland" in cut and cut.startswith("… ") and cut.endswith(" …") and len(cut.split()) <= LONGEST_WORDS + 2
    assert excerpt("a short one", ("x",)) == "a short one"


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
