"""Each page copy by itself gives the shares asked of a first article, and no example is told more than it tells."""

import math

import pytest

pytest.importorskip("onnxruntime")

from verbale.language.parser import WEIGHTS

if not WEIGHTS.is_file():
    pytest.skip("the weights are not in the package", allow_module_level=True)

from bench.tasks.examples import Example, Shares, examples, shares_of

ASKED = {
    "segments": 1.0,
    "statements": 11 / 13,
    "events": 8 / 9,
    "tallies": 1.0,
    "actors": 1.0,
    "repairs": 1.0,
    "date": 1.0,
}
"""The least share of a page's record, kind by kind."""
MOST_EXTRA = 2
"""Events of a report that its record does not hold."""
MOST_EXTRA_IN_ALL = 6
PAGES = [example for example in examples() if example.text.endswith("-page.txt")]


@pytest.fixture(scope="module")
def shares() -> dict[str, Shares]:
    return {example.text: shares_of(example) for example in examples()}


def test_there_are_page_copies():
    assert len(PAGES) >= 2


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.text)
@pytest.mark.parametrize("kind", ASKED)
def test_a_page_copy_gives_its_record(page: Example, kind: str, shares: dict[str, Shares]):
    found, wanted = shares[page.text].found[kind], shares[page.text].wanted[kind]
    missed = shares[page.text].missed.get(kind)
    assert found >= math.ceil(ASKED[kind] * wanted - 1e-9), f"{found} of {wanted}; missed {missed}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.text)
def test_a_page_copy_gives_nothing_forbidden_and_nothing_from_furniture(page: Example, shares: dict[str, Shares]):
    assert shares[page.text].broken == []
    assert shares[page.text].from_furniture == 0


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.text)
def test_a_report_is_told_no_events_that_its_record_does_not_hold(example: Example, shares: dict[str, Shares]):
    assert shares[example.text].extra_events <= MOST_EXTRA


def test_all_reports_together_hold_few_extra_events(shares: dict[str, Shares]):
    assert sum(one.extra_events for one in shares.values()) <= MOST_EXTRA_IN_ALL
