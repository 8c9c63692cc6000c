"""Gold cases of events, written by us: what a sentence tells, and what it does not."""

import pytest

pytest.importorskip("onnxruntime")

from verbale.language.parser import WEIGHTS

if not WEIGHTS.is_file():
    pytest.skip("the weights are not in the package", allow_module_level=True)

from tests.coding.events_cases import cases, coded, failure, fits

LEAST_STATUS = 0.98
LEAST_CASES = 400
MOST_KNOWN_FAILURES = 10


@pytest.mark.parametrize("case", [one for one in cases() if one.strength == "must"], ids=lambda case: case.name)
def test_events_of_a_case_are_found(case):
    assert failure(case) is None


def test_there_are_many_cases_and_few_known_failures():
    assert len(cases()) >= LEAST_CASES
    hoped = [case for case in cases() if case.strength != "must"]
    assert sum(failure(case) is not None for case in hoped) <= MOST_KNOWN_FAILURES


def test_events_status_is_right_where_the_event_is_found():
    found, right = 0, 0
    for case in cases():
        findings = coded()[case.name]
        for wanted in case.event:
            hit = [event for event in findings.events if fits(wanted, event, findings, with_status=False)]
            found += bool(hit)
            right += any(event.status in wanted.status for event in hit)
    assert right / found >= LEAST_STATUS


def test_events_quote_their_words_and_name_their_rule():
    for case in cases():
        for event in coded()[case.name].events:
            assert event.evidence.span.of(case.text) == event.evidence.words
            assert event.evidence.rule and event.evidence.reason


def test_a_quarter_of_the_cases_holds_nothing():
    assert sum(not case.event for case in cases()) >= 0.25 * len(cases())
