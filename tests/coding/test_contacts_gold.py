"""Gold cases of contacts, tallies and topics, written by us: what a text tells, and what it does not."""

import pytest

pytest.importorskip("onnxruntime")

from verbale.language.parser import WEIGHTS

if not WEIGHTS.is_file():
    pytest.skip("the weights are not in the package", allow_module_level=True)

from tests.coding.contacts_cases import cases, coded, failure

KINDS = ("contacts", "contacts_visits", "tallies", "topics")
LEAST_SHOULD = 0.5


def of_strength(strength: str) -> list:
    return [
        pytest.param(kind, case, id=f"{kind}: {case.name}")
        for kind in KINDS
        for case in cases(kind)
        if case.strength == strength
    ]


@pytest.mark.parametrize(("kind", "case"), of_strength("must"))
def test_a_case_gives_what_it_tells_and_no_more(kind, case):
    assert failure(kind, case) is None


def test_cases_that_should_hold_mostly_do():
    should = [(kind, case) for kind in KINDS for case in cases(kind) if case.strength == "should"]
    right = sum(failure(kind, case) is None for kind, case in should)
    assert right >= LEAST_SHOULD * len(should)


@pytest.mark.parametrize("kind", KINDS)
def test_evidence_is_word_for_word(kind):
    for case in cases(kind):
        found = coded(kind)[case.name]
        for one in (*found.contacts, *found.tallies, *found.topics):
            assert one.evidence.span.of(case.text) == one.evidence.words
            assert one.evidence.rule and one.evidence.reason
            assert all(case.text[span.start : span.stop] for span in one.evidence.also)


def test_tallies_never_become_dated_events():
    for case in cases("tallies"):
        found = coded("tallies")[case.name]
        for tally in found.tallies:
            inside = [event for event in found.events if event.evidence.span.overlaps(tally.evidence.span)]
            assert len(inside) <= max(3, len(found.tallies)), (case.text, [event.evidence.words for event in inside])


def test_a_contact_names_an_event_of_its_findings():
    for case in cases("contacts"):
        found = coded("contacts")[case.name]
        known = {event.id for event in found.events}
        assert all(contact.event in known for contact in found.contacts)
