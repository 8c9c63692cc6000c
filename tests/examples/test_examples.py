"""Our own reports give the record that is written beside them, as far as the floors say."""

import pytest

pytest.importorskip("onnxruntime")

from verbale.language.parser import WEIGHTS

if not WEIGHTS.is_file():
    pytest.skip("the weights are not in the package", allow_module_level=True)

from bench.tasks.examples import EXAMPLES, Example, Scorer, examples, shares_of

LEAST = {"segments": 0.9, "statements": 0.85, "events": 0.7, "tallies": 1.0, "actors": 0.9, "topics": 0.75, "date": 1.0}


def test_every_report_has_its_record_and_every_record_its_report():
    texts = {path.name for path in EXAMPLES.glob("*.txt")}
    assert {example.text for example in examples()} == texts
    assert len(texts) >= 6


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.text)
def test_every_word_of_a_record_stands_in_its_report(example: Example):
    text = (EXAMPLES / example.text).read_text(encoding="utf-8")
    scorer = Scorer(example, {}, text)
    for wanted in (
        *example.segment,
        *example.statement,
        *example.event,
        *example.tally,
        *example.topic,
        *example.repair,
    ):
        assert scorer.place(wanted)
    ids = {actor.id for actor in example.actor}
    assert all(one.speaker in ids for one in example.statement)
    assert all({*one.who, *one.whom, *one.may_name} <= ids for one in example.event)


@pytest.fixture(scope="module")
def all_shares():
    return {example.text: shares_of(example) for example in examples()}


@pytest.mark.parametrize("kind", LEAST)
def test_examples_give_their_records(kind: str, all_shares):
    found = sum(one.found[kind] for one in all_shares.values())
    wanted = sum(one.wanted[kind] for one in all_shares.values())
    missed = {text: one.missed.get(kind) for text, one in all_shares.items() if one.missed.get(kind)}
    assert found >= LEAST[kind] * wanted, f"{found} of {wanted} {kind}; missed {missed}"


def test_nothing_forbidden_is_in_a_record(all_shares):
    assert not [rule for one in all_shares.values() for rule in one.broken]


def test_page_copies_give_nothing_from_furniture(all_shares):
    assert all(one.from_furniture <= 1 for one in all_shares.values())
