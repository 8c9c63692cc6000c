"""Questions: what is found, with its words; and any text at all may be asked for."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from made_reports import TEXT, findings, report, story
from verbale.errors import BadInput
from verbale.record import find
from verbale.record.explain import explain
from verbale.record.find import Filter
from verbale.record.judge import judge, judgements, standing
from verbale.record.store import Record


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    with Record(tmp_path_factory.mktemp("find") / "r.db") as opened:
        run = opened.begin({"program": "test 1"})
        for number in range(3):
            opened.add(*story(number), run)
        opened.end(run)
        yield opened


def test_text_is_found_without_marks_of_letters(record):
    hits = find.text(record, "huitfeldt NORTHERN")
    assert len(hits) == 3
    assert f"{find.MARK_START}northern{find.MARK_STOP}" in hits[0].snippet and hits[0].findings == 6


def test_phrases_and_endings(record):
    assert len(find.text(record, '"northern road"')) == 3
    assert find.text(record, '"road northern"') == []
    assert len(find.text(record, "north*")) == 3
    assert len(find.text(record, 'round "2 of"')) == 1


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        '"',
        '""',
        "Turkey's",
        "a NEAR(",
        "col:x",
        "AND OR NOT",
        "*",
        "-road",
        "^x",
        "\x00",
        "\ud800",
        "{a b}:",
        "(((",
        "road)",
        "title:road",
    ],
)
def test_awkward_words_are_no_error(record, words):
    find.text(record, words)
    find.findings(record, Filter(text=words, about=words, topic=words))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\"*()-:^{}+' \t\x00")), max_size=40))
def test_any_text_may_be_asked_for(record, words):
    find.text(record, words)
    find.findings(record, Filter(text=words, actor=words, speaker=words, about=words, topic=words, place=words))


def test_statements_by_speaker_name_part_office_holder_country_and_id(record):
    for speaker in ("huitfeldt", "Anniken Huitfeldt", "NOR", "norway", "st:no", "pe:huitfeldt"):
        assert len(find.statements(record, speaker=speaker)) == 3, speaker
    for speaker in ("haavisto", "FIN", "nobody"):
        assert find.statements(record, speaker=speaker) == [], speaker


def test_statements_about_someone_or_something(record):
    assert len(find.statements(record, about="Finland")) == 3  # by stance
    assert len(find.statements(record, about="northern road")) == 3  # by words
    assert find.statements(record, about="fisheries") == []


def test_events_by_dyad_either_way_type_status_and_place(record):
    assert len(find.events(record, dyad=("FIN", "Norway"))) == 6
    assert find.events(record, dyad=("FIN", "SWE")) == []
    assert len(find.events(record, type="CONSULT")) == 3
    assert len(find.events(record, status="intended")) == 3
    assert find.count(record, Filter(kind="event")) == 6


def test_days_are_half_open(record):
    day = date(2022, 5, 10)
    assert len(find.contacts(record, since=day, until=date(2022, 5, 11))) == 3
    assert find.contacts(record, until=day) == []
    assert find.contacts(record, since=date(2022, 5, 11)) == []


def test_topics_find_agenda_and_mentions(record):
    assert {one.kind for one in find.findings(record, Filter(topic="baltic-sea"))} == {"contact", "topic"}


def test_pages_of_an_answer_do_not_overlap(record):
    ids = [one.id for offset in range(0, 18, 5) for one in find.findings(record, Filter(limit=5, offset=offset))]
    assert len(ids) == len(set(ids)) == 18


def test_every_answer_shows_its_words(record):
    for one in find.findings(record, Filter(limit=100)):
        assert record.report(one.report).text[one.start : one.stop] == one.words


def test_explain_shows_words_rule_parties_and_what_speaks_against(record):
    contact = find.contacts(record)[0]
    said = explain(record, contact.id[:12])
    assert said.before + said.words + said.after == TEXT.splitlines()[2]
    assert (said.rule, said.reason) == ("consult.meet", "X met Y")
    assert [one.actor.name for one in said.parties if one.actor] == ["Anniken Huitfeldt", "Pekka Haavisto"]
    assert any("medium certainty" in one for one in said.against)
    assert any("one source" in one for one in said.against)
    assert said.versions == {"program": "test 1"}


def test_explain_names_the_statement_that_tells_it(record):
    agreed = find.events(record, type="AGREE")[0]
    assert explain(record, agreed.id).asserted_by.kind == "statement"


@pytest.mark.parametrize(
    "wrong, said", [("zz-none", "no finding"), ("ev-", "several"), ("%", "no finding"), ("\ud800", "no finding")]
)
def test_explain_refuses_ids_that_name_nothing_or_too_much(record, wrong, said):
    with pytest.raises(BadInput, match=said):
        explain(record, wrong)


def test_verdicts_are_added_and_undone_never_changed(tmp_path):
    with Record(tmp_path / "r.db") as record:
        run = record.begin({})
        record.add(report(), findings(report()), run)
        event = find.events(record, type="CONSULT")[0]
        judge(record, event.id, "accept", "A. Reader")
        judge(record, event.id, "correct", "A. Reader", "it was a call", {"mode": "phone"})
        assert standing(record, event.id).verdict == "correct"
        judge(record, event.id, "undo", "A. Reader")
        assert standing(record, event.id).verdict == "accept"
        assert [one.verdict for one in judgements(record)] == ["accept", "correct", "undo"]
        for change in ("UPDATE judgement SET verdict = 'reject'", "DELETE FROM judgement"):
            with pytest.raises(Exception, match="never"):
                record.connection.execute(change)


@pytest.mark.parametrize(
    "verdict, by, correction, said",
    [
        ("maybe", "A", None, "wanted accept"),
        ("accept", " ", None, "name"),
        ("correct", "A", None, "which field"),
        ("accept", "A", {"mode": "x"}, "which field"),
        ("correct", "A", {"words": "x"}, "cannot be corrected"),
    ],
)
def test_bad_verdicts_are_refused(record, verdict, by, correction, said):
    with pytest.raises(BadInput, match=said):
        judge(record, find.events(record)[0].id, verdict, by, "", correction)
    assert judgements(record) == []


def test_counts_that_are_kept_are_those_of_the_rows(record):
    for kind in ("statement", "event", "contact", "tally", "topic"):
        assert find.count(record, Filter(kind=kind)) == len(find.findings(record, Filter(kind=kind)))
    assert (
        find.count(record, Filter(kind="event", type="AGREE"))
        == 3
        == find.count(record, Filter(kind="event", status="intended"))
    )
    assert find.count(record, Filter(kind="event", type="none of these")) == 0
    assert find.count(record, Filter(kind="event", type="AGREE", status="happened")) == 0
    kept = {
        (row["one"], row["other"], row["month"]): row["n"]
        for row in record.rows("SELECT * FROM dyad_count WHERE kind = 'contact'")
    }
    assert kept == {("FIN", "NOR", "2022-05"): 3, ("NOR", "FIN", "2022-05"): 3}
