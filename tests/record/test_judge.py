"""What people judged beats the machine in every view and stays when the texts are coded again; nothing is erased."""

import contextlib
import random
import sqlite3
from datetime import date

import msgspec
import pytest

from made_reports import TEXT, findings, report
from verbale.errors import BadInput
from verbale.model.actor import Actor
from verbale.model.findings import finding_id
from verbale.model.span import Span
from verbale.record import find, judge
from verbale.record.corrections import fields_of, values_of
from verbale.record.explain import explain
from verbale.record.store import Record
from verbale.record.verify import verify

BY = "A. Reader"
FOUND = findings(report())
CONTACT, EVENT, CLAIM = FOUND.contacts[0], FOUND.events[0], FOUND.events[1]
STATEMENT, TALLY = FOUND.statements[0], FOUND.tallies[0]


@pytest.fixture
def record(tmp_path):
    with Record(tmp_path / "r.db") as opened:
        opened.add(report(), FOUND, opened.begin({}))
        yield opened
        assert verify(opened).holds


def recoded(record: Record, **changed) -> str:
    """What a newer coder finds, put in."""
    return record.add(report(), msgspec.structs.replace(FOUND, **changed), record.begin({}))


def test_what_is_rejected_is_in_no_view_and_can_be_brought_back(record):
    judge.judge(record, CONTACT.id, "reject", BY, "it was called off")
    assert find.contacts(record) == [] and record.findings(report().id).contacts == ()
    assert record.row("SELECT count(*) FROM dyad WHERE kind = 'contact'")[0] == 0
    assert find.finding(record, CONTACT.id).judged == "reject" == explain(record, CONTACT.id).standing.verdict
    assert [one.id for one in find.set_aside(record, report().id)] == sorted([CONTACT.id, EVENT.id])
    judge.judge(record, CONTACT.id, "undo", BY)
    assert record.findings(report().id) == FOUND and find.set_aside(record) == []


def test_a_contact_and_its_event_are_judged_as_one(record):
    judge.judge(record, EVENT.id, "reject", BY)
    assert find.contacts(record) == [] and [one.id for one in find.events(record)] == [CLAIM.id]
    judge.judge(record, CONTACT.id, "accept", BY)  # a verdict of its own comes first
    assert [one.id for one in find.contacts(record)] == [CONTACT.id]


def test_of_a_pair_only_what_was_set_right_passes_over(tmp_path):
    """A contact without a place, whose event has one: to accept the contact takes nothing from the event."""
    found = msgspec.structs.replace(FOUND, contacts=(msgspec.structs.replace(CONTACT, place=None),))
    with Record(tmp_path / "r.db") as record:
        record.add(report(), found, record.begin({}))
        judge.judge(record, CONTACT.id, "accept", BY)
        assert record.findings(report().id).events[0] == EVENT and find.finding(record, EVENT.id).judged == "accept"
        judge.judge(record, CONTACT.id, "correct", BY, "", {"status": "cancelled"})
        event = record.findings(report().id).events[0]
        assert (event.status, event.where, event.who, event.cameo) == ("cancelled", EVENT.where, EVENT.who, "125")
        judge.judge(record, CONTACT.id, "correct", BY, "", {"days": "2022-05-12"})
        recoded = msgspec.structs.replace(found, events=(CLAIM,), contacts=())
        record.add(report(), recoded, record.begin({}))
        event = next(one for one in record.findings(report().id).events if one.id == EVENT.id)
        assert (event.status, str(event.when.since)) == ("cancelled", "2022-05-12")
        assert verify(record).holds


def test_a_correction_is_what_every_view_shows(record):
    judge.judge(record, CONTACT.id, "correct", BY, "the next day", {"channel": "video", "days": "2022-05-11"})
    (contact,) = find.contacts(record)
    assert (contact.type, contact.since, contact.until, contact.judged) == (
        "video",
        "2022-05-11",
        "2022-05-12",
        "correct",
    )
    event = find.finding(record, EVENT.id)
    assert (event.since, event.judged) == ("2022-05-11", "correct")
    assert {row["since"] for row in record.rows("SELECT since FROM dyad WHERE kind = 'contact'")} == {"2022-05-11"}
    assert find.contacts(record, until=date(2022, 5, 11)) == [] and find.contacts(record, type="video") == [contact]
    said = explain(record, CONTACT.id)
    assert said.standing.reason == "the next day" and said.machine == CONTACT


def test_parties_are_named_by_id_name_or_state(record):
    judge.judge(record, CLAIM.id, "correct", BY, "", {"who": "pe:huitfeldt; FIN", "whom": "haavisto"})
    event = find.finding(record, CLAIM.id)
    assert [one.actor for one in event.parties if one.role == "who"] == ["pe:huitfeldt", "st:fi"]
    assert [one.actor for one in event.parties if one.role == "whom"] == ["pe:haavisto"]
    judge.judge(record, STATEMENT.id, "correct", BY, "", {"speaker": "Pekka Haavisto"})
    assert [one.id for one in find.statements(record, speaker="haavisto")] == [STATEMENT.id]
    assert find.statements(record, speaker="huitfeldt") == []


def test_someone_new_comes_from_the_tables_or_keeps_his_words(record):
    linde = Actor("pe:linde", "person", "Ann Linde", "SWEGOV", "SWE", "GOV")
    judge.judge(
        record,
        STATEMENT.id,
        "correct",
        BY,
        "",
        {"speaker": "Ann Linde"},
        lambda name: linde if name == "Ann Linde" else None,
    )
    (said,) = find.statements(record, speaker="SWE")
    assert said.names("speaker") == ["Ann Linde"]
    judge.judge(record, STATEMENT.id, "correct", BY, "", {"speaker": "a clerk"}, lambda name: None)
    assert [(one.name, one.actor) for one in find.finding(record, STATEMENT.id).parties if one.role == "speaker"] == [
        ("a clerk", None)
    ]


def test_corrections_add_up_and_are_taken_back_one_by_one(record):
    judge.judge(record, TALLY.id, "correct", BY, "", {"count": "6"})
    judge.judge(record, TALLY.id, "correct", BY, "", {"bound": "at least"})
    assert (record.findings(report().id).tallies[0].count, record.findings(report().id).tallies[0].bound) == (
        6,
        "at least",
    )
    judge.judge(record, TALLY.id, "undo", BY)
    assert (record.findings(report().id).tallies[0].count, record.findings(report().id).tallies[0].bound) == (
        6,
        "more than",
    )
    judge.judge(record, TALLY.id, "undo", BY)
    assert record.findings(report().id) == FOUND
    with pytest.raises(BadInput, match="nothing to take back"):
        judge.judge(record, TALLY.id, "undo", BY)


def test_a_corrected_type_has_its_own_code(record):
    judge.judge(record, CLAIM.id, "correct", BY, "", {"type": "AID", "status": "happened"})
    event = find.finding(record, CLAIM.id)
    assert event.type == "AID" and event.code and event.code.startswith("07")
    judge.judge(record, CLAIM.id, "correct", BY, "", {"cameo": "0231"})
    assert find.finding(record, CLAIM.id).code == "0231"


@pytest.mark.parametrize(
    ("finding", "correction", "said"),
    [
        (CONTACT.id, {"channel": "pigeon"}, "wanted one of in person"),
        (CONTACT.id, {"parties": "Huitfeldt"}, "two parties"),
        (CONTACT.id, {"days": "Tuesday"}, "write 2020-12-29"),
        (CONTACT.id, {"since": "2022-05-11", "until": "2022-05-10"}, "no time"),
        (CLAIM.id, {"type": "CONSULT", "mode": "arrest"}, "CONSULT has"),
        (CLAIM.id, {"cameo": "999"}, "codebook"),
        (TALLY.id, {"count": "many"}, "whole number"),
        (STATEMENT.id, {"words": "other"}, "cannot be corrected"),
    ],
)
def test_what_cannot_be_is_refused_and_said_why(record, finding, correction, said):
    with pytest.raises(BadInput, match=said):
        judge.judge(record, finding, "correct", BY, "", correction)
    assert judge.judgements(record) == [] and record.findings(report().id) == FOUND


def test_every_field_is_offered_with_its_value(record):
    for finding in (STATEMENT, EVENT, CONTACT, TALLY, FOUND.topics[0]):
        kind = find.finding(record, finding.id).kind
        assert set(values_of(finding)) == {field.name for field in fields_of(kind)}
    assert values_of(CONTACT)["days"] == "2022-05-10/2022-05-11"


# Coding again.


def test_what_was_accepted_stands_as_it_was_judged(record):
    judge.judge(record, CONTACT.id, "accept", BY)
    assert recoded(record, contacts=(msgspec.structs.replace(CONTACT, channel="video"),)) == "changed"
    assert record.findings(report().id).contacts == (CONTACT,)
    assert explain(record, CONTACT.id).machine.channel == "video"
    judge.judge(record, CONTACT.id, "undo", BY)
    assert record.findings(report().id).contacts[0].channel == "video"


def test_what_was_judged_stands_where_the_coder_finds_it_no_more(record):
    judge.judge(record, CLAIM.id, "correct", BY, "", {"status": "planned"})
    recoded(record, statements=(), events=(EVENT,))
    found = record.findings(report().id)
    assert {one.id: one.status for one in found.events} == {EVENT.id: "happened", CLAIM.id: "planned"}
    assert found.statements == (STATEMENT,)  # it tells the claim that was judged
    judge.judge(record, CLAIM.id, "undo", BY)
    assert record.findings(report().id).statements == () and record.findings(report().id).events == (EVENT,)


def test_what_was_rejected_stays_so_under_another_id(record):
    judge.judge(record, STATEMENT.id, "reject", BY)
    span = Span(STATEMENT.evidence.span.start, STATEMENT.evidence.span.stop + 1)
    again = msgspec.structs.replace(
        STATEMENT,
        id=finding_id("st", report().id, span),
        evidence=msgspec.structs.replace(STATEMENT.evidence, span=span, words=span.of(TEXT)),
    )
    recoded(record, statements=(again,), events=(EVENT,))
    assert find.statements(record) == []
    assert [one.id for one in find.set_aside(record)] == [again.id]


def test_an_accepted_event_is_not_doubled_by_its_retelling(record):
    judge.judge(record, CONTACT.id, "accept", BY)
    span = Span(EVENT.evidence.span.start, EVENT.evidence.span.stop + 3)
    evidence = msgspec.structs.replace(EVENT.evidence, span=span, words=span.of(TEXT))
    event = msgspec.structs.replace(EVENT, id=finding_id("ev", report().id, span), evidence=evidence)
    contact = msgspec.structs.replace(
        CONTACT, id=finding_id("co", report().id, span), event=event.id, evidence=evidence
    )
    recoded(record, events=(event, CLAIM), contacts=(contact,))
    found = record.findings(report().id)
    assert found.contacts == (CONTACT,) and {one.id for one in found.events} == {EVENT.id, CLAIM.id}
    judge.judge(record, CONTACT.id, "undo", BY)
    assert record.findings(report().id).contacts == (contact,)


def test_a_person_that_only_a_verdict_names_stays(record):
    linde = Actor("pe:linde", "person", "Ann Linde", "SWEGOV", "SWE", "GOV")
    judge.judge(
        record,
        TALLY.id,
        "correct",
        BY,
        "",
        {"who": "Anniken Huitfeldt; Ann Linde"},
        lambda name: linde if "Linde" in name else None,
    )
    recoded(record, tallies=())
    assert find.findings(record, find.Filter(kind="tally", actor="SWE"))[0].names("who") == [
        "Anniken Huitfeldt",
        "Ann Linde",
    ]


def test_the_order_of_work_leaves_no_trace(tmp_path):
    """Coded again and then judged, or judged and then coded again: one record."""
    stood = []
    other = msgspec.structs.replace(FOUND, contacts=(msgspec.structs.replace(CONTACT, level="official"),), tallies=())
    for steps in (("judge", "recode"), ("recode", "judge")):
        with Record(tmp_path / f"{steps[0]}.db") as record:
            record.add(report(), FOUND, record.begin({}))
            for step in steps:
                if step == "recode":
                    record.add(report(), other, record.begin({}))
                else:
                    judge.judge(record, CONTACT.id, "correct", BY, "", {"level": "minister", "channel": "phone"})
                    judge.judge(record, CLAIM.id, "reject", BY)
            stood.append(record.findings(report().id))
    assert stood[0] == stood[1]


# The queue, and what is kept.


def test_the_least_sure_is_judged_first(record):
    first = judge.least_sure(record)
    sure = {one: find.finding(record, one).confidence for one in first}
    assert first[0] == CLAIM.id and sure[CLAIM.id] == 0.7
    judge.judge(record, first[0], "accept", BY)
    assert judge.least_sure(record)[0] == first[1] and judge.unjudged(record) == len(first) - 1
    assert judge.last_standing(record, BY).finding == first[0] and judge.last_standing(record, "someone") is None
    assert all(find.finding(record, one).kind == "tally" for one in judge.least_sure(record, "tally"))


def test_nobody_can_change_or_erase_a_verdict(record):
    judge.judge(record, CONTACT.id, "accept", BY)
    for change in (
        "UPDATE judgement SET verdict = 'reject'",
        "UPDATE judgement SET becomes = NULL",
        "UPDATE judgement SET about = 'x'",
        "DELETE FROM judgement",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            record.connection.execute(change)


def test_forgetting_leaves_the_verdict_without_words(tmp_path):
    path = tmp_path / "r.db"
    with Record(path) as record:
        record.add(report(), FOUND, record.begin({}))
        judge.judge(record, STATEMENT.id, "accept", BY, "heard it")
        assert record.forget(report().id, "asked for")
        record.shred()
        assert [one.reason for one in judge.judgements(record)] == ["heard it"]
        assert verify(record).holds
    assert b"northern" not in path.read_bytes() and b"Huitfeldt met" not in path.read_bytes()


def test_verify_sees_a_verdict_that_does_not_stand(tmp_path):
    with Record(tmp_path / "r.db") as record:
        record.add(report(), FOUND, record.begin({}))
        judge.judge(record, CONTACT.id, "correct", BY, "", {"channel": "phone"})
        record.connection.execute("UPDATE finding SET judged = NULL WHERE kind = 'contact'")
        assert any("verdicts" in fault.what for fault in verify(record).faults)


def test_findings_are_asked_for_by_whether_a_person_judged_them(record):
    judge.judge(record, CONTACT.id, "accept", BY)
    assert [one.id for one in find.contacts(record, judged=True)] == [CONTACT.id]
    assert find.contacts(record, judged=False) == []
    assert [one.id for one in find.events(record, judged=False)] == [CLAIM.id]


def moved(finding, by: int):
    """The same told a few letters longer, under another id."""
    span = Span(finding.evidence.span.start, finding.evidence.span.stop + by)
    prefix = finding.id.split("-")[0]
    evidence = msgspec.structs.replace(finding.evidence, span=span, words=span.of(TEXT))
    return msgspec.structs.replace(finding, id=finding_id(prefix, report().id, span), evidence=evidence)


def codings() -> list:
    """What four coders find: all, less, the same at places a little longer, and with other fields."""
    events = tuple(moved(one, 2) for one in FOUND.events)
    said = moved(STATEMENT, 1)
    longer = msgspec.structs.replace(
        FOUND,
        statements=(said,),
        events=(events[0], msgspec.structs.replace(events[1], asserted_by=said.id)),
        contacts=(msgspec.structs.replace(moved(CONTACT, 2), event=events[0].id),),
    )
    less = msgspec.structs.replace(FOUND, statements=(), events=(EVENT,), tallies=())
    other = msgspec.structs.replace(FOUND, contacts=(msgspec.structs.replace(CONTACT, channel="video", level=None),))
    return [FOUND, less, longer, other]


@pytest.mark.parametrize("seed", range(25))
def test_after_any_verdicts_and_codings_the_record_holds_and_judged_facts_stand(tmp_path, seed):
    dice = random.Random(seed)
    with Record(tmp_path / "r.db") as record:
        record.add(report(), FOUND, record.begin({}))
        for _ in range(10):
            step = dice.choice(("recode", "accept", "reject", "correct", "undo"))
            if step == "recode":
                record.add(report(), dice.choice(codings()), record.begin({}))
            elif step == "undo":
                if last := judge.last_standing(record, BY):
                    with contextlib.suppress(BadInput):  # gone with its verdict, and found by no coder now
                        judge.judge(record, last.finding, "undo", BY)
            else:
                rows = record.rows("SELECT id, kind FROM finding UNION ALL SELECT id, kind FROM set_aside ORDER BY 1")
                one = dice.choice(rows)
                days = {"days": f"2022-05-{dice.randrange(10, 20)}"}
                change = days if one["kind"] != "topic" else {"role": "mentioned"}
                judge.judge(record, one["id"], step, BY, "", change if step == "correct" else None)
            assert verify(record).faults == ()
            for given in judge.standing_of(record, report().id):
                found = find.finding(record, given.finding)
                if given.verdict == "reject":
                    assert found is None or found.judged == "reject"
                else:
                    assert found is not None and found.judged == given.verdict
