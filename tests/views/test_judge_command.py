"""Judging in the terminal with single keys, and by id; judgements as gold cases."""

import json
import tomllib

import pytest
from click.testing import CliRunner

from made_reports import findings, report, story
from verbale.model.ids import text_hash
from verbale.record import find, merge, pairs
from verbale.record import judge as judging
from verbale.record.corrections import fields_of
from verbale.record.store import Record
from verbale.views.cli import verbale
from verbale.views.commands.judge import Sitting

BY = "A. Reader"
FOUND = findings(report())


@pytest.fixture
def path(tmp_path):
    with Record(tmp_path / "r.db") as record:
        run = record.begin({})
        record.add(report(), FOUND, run)
        record.add(*story(1), run)
    return tmp_path / "r.db"


def call(path, *words: str):
    return CliRunner().invoke(verbale, [*words, "--record", str(path)], catch_exceptions=True)


def sat(record: Record, keys: str, answers: tuple[str, ...] = (), kind: str | None = None) -> Sitting:
    pressed, said = iter(keys), iter(answers)
    sitting = Sitting(record, BY, kind, lambda: next(pressed), lambda question: next(said, ""))
    sitting.sit()
    return sitting


def test_keys_accept_reject_skip_and_leave(path):
    with Record(path) as record:
        order = judging.least_sure(record)
        sitting = sat(record, "arsq")
        assert sitting.given == 2 and sitting.skipped == 1
        assert [(one.finding, one.verdict) for one in judging.judgements(record)] == [
            (order[0], "accept"),
            (order[1], "reject"),
        ]


def test_undo_brings_the_last_one_back_to_be_judged(path):
    with Record(path) as record:
        first = judging.least_sure(record)[0]
        sat(record, "auwrq", ("not said so",))
        assert [(one.finding, one.verdict, one.reason) for one in judging.judgements(record)] == [
            (first, "accept", ""),
            (first, "undo", ""),
            (first, "reject", "not said so"),
        ]
        assert sat(record, "uuq").given == -1  # what an earlier sitting gave can be taken back too, once


def test_correcting_asks_for_each_field_and_says_what_cannot_be(path, capsys):
    with Record(path) as record:
        fields = [field.name for field in fields_of("contact") if field.name not in ("since", "until")]
        wrong = tuple("pigeon" if name == "channel" else "" for name in fields)
        right = tuple("phone" if name == "channel" else "" for name in fields)
        sat(record, "ccq", wrong + right, "contact")
        (one,) = judging.judgements(record)
        assert one.correction == {"channel": "phone"} and find.finding(record, one.finding).type == "phone"
    assert "wanted one of in person" in capsys.readouterr().out


def test_everything_can_be_judged_to_the_end(path, capsys):
    with Record(path) as record:
        sat(record, "a" * 20)
        assert judging.unjudged(record) == 0
    assert "nothing is left to judge" in capsys.readouterr().out


def test_verdicts_by_id_and_pairs(path):
    ids = sorted(one.contacts[0].id for one in (FOUND, story(1)[1]))
    assert call(path, "judge", ids[0], "correct", "--by", BY, "--set", "days=2022-05-11").exit_code == 0
    assert call(path, "judge", ids[0], "merge", ids[1], "--by", BY, "--reason", "one dinner").exit_code == 0
    with Record(path) as record:
        assert find.finding(record, ids[0]).since == "2022-05-11"
        together = merge.happening_of(record, ids[0])
        assert together.members == tuple(ids) and together.links[0].reason == "joined by A. Reader: one dinner"
    assert call(path, "judge", ids[0], "split", "--by", BY).exit_code == 0
    with Record(path) as record:
        assert merge.happening_of(record, ids[0]).members == (ids[0],)
    assert call(path, "judge", ids[0], "undo", ids[1], "--by", BY).exit_code == 0
    with Record(path) as record:
        assert [one.verdict for one in pairs.judgements(record)] == ["merge", "split", "undo"]
        assert merge.happening_of(record, ids[0]).members == tuple(ids)  # the first verdict counts again
    refused = call(path, "judge", ids[0], "merge", "--by", BY)
    assert refused.exit_code == 1 and "the other finding" in str(refused.exception)


def test_gold_cases_hold_what_was_judged(path, tmp_path):
    with Record(path) as record:
        for one in [*FOUND.events, *FOUND.contacts, *FOUND.statements]:
            judging.judge(record, one.id, "reject" if one is FOUND.events[1] else "accept", BY, "read it")
    assert call(path, "gold", "export", str(tmp_path / "gold")).exit_code == 0
    cases = {
        name: tomllib.loads((tmp_path / "gold" / f"{name}.toml").read_text(encoding="utf-8"))
        for name in ("events", "contacts", "statements", "judged")
    }
    (case,) = cases["contacts"]["case"]
    assert case["text"] in report().text and case["why"] == "read it" and str(case["day"]) == "2022-05-10"
    assert case["contact"] == [
        {
            "parties": ["Anniken Huitfeldt", "Pekka Haavisto"],
            "channel": "in person",
            "status": "happened",
            "level": "minister",
            "when": case["day"],
        }
    ]
    (events,) = cases["events"]["case"]
    assert [one["type"] for one in events["event"]] == [["CONSULT"]]  # what was rejected is not listed
    assert cases["statements"]["case"][0]["said"][0]["what"] == "We agreed to open the northern road,"
    assert {one["text_sha256"] for one in cases["judged"]["judged"]} == {text_hash(report().text)}


def test_gold_cases_of_ours_are_read_by_the_loaders_of_the_tests(path, tmp_path):
    import msgspec

    from coding.contacts_cases import Case as ContactCase
    from coding.events_cases import Case as EventCase

    with Record(path) as record:
        for one in [*FOUND.events, *FOUND.contacts, *FOUND.tallies, *FOUND.topics]:
            judging.judge(record, one.id, "accept", BY)
    call(path, "gold", "export", str(tmp_path / "gold"))
    for name, kind in (
        ("contacts", ContactCase),
        ("tallies", ContactCase),
        ("topics", ContactCase),
        ("events", EventCase),
    ):
        raw = tomllib.loads((tmp_path / "gold" / f"{name}.toml").read_text(encoding="utf-8"))["case"]
        assert len(msgspec.convert(raw, list[kind])) == 1


def test_gold_without_text_holds_no_word_of_the_report(path, tmp_path):
    with Record(path) as record:
        for one in [*FOUND.events, *FOUND.contacts, *FOUND.statements]:
            judging.judge(record, one.id, "accept", BY)
    assert call(path, "gold", "export", str(tmp_path / "gold"), "--without-text").exit_code == 0
    (file,) = (tmp_path / "gold").iterdir()
    text = file.read_text(encoding="utf-8")
    assert file.name == "judged.toml" and "northern" not in text and json.dumps(text_hash(report().text)) in text
