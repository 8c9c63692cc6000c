"""The gold cases about statements: must hold; should hold for nearly all; hoped ones fail today."""

import pytest

from tests.coding.statements_cases import GOLD, Case, found_in, lacks, load_cases, rosters_of
from verbale.language.parser import WEIGHTS
from verbale.tables.load import toml_table

pytestmark = pytest.mark.skipif(
    not WEIGHTS.is_file(), reason="the weights of the language model are not in the package"
)
FILES = ["statements.toml", "statements_more.toml", "statements_frames.toml"]
SHOULD = 0.75
"""Share of the cases marked `should` that must hold: they hang on the tree, which changes with the weights."""


def faults_of(cases: list[Case]) -> list[tuple[Case, list[str]]]:
    return [
        (case, lacks(case, roster, found_in(roster))) for case, roster in zip(cases, rosters_of(cases), strict=True)
    ]


@pytest.fixture(scope="module")
def judged() -> list[tuple[Case, list[str]]]:
    return faults_of([case for name in FILES for case in load_cases(name)])


def test_cases_that_must_hold(judged):
    broken = [f"{case.name}: {'; '.join(faults)}" for case, faults in judged if case.strength == "must" and faults]
    assert not broken, "\n".join(broken)


def test_cases_that_should_hold_mostly_do(judged):
    should = [(case, faults) for case, faults in judged if case.strength == "should"]
    broken = [f"{case.name}: {'; '.join(faults)}" for case, faults in should if faults]
    assert len(broken) <= (1 - SHOULD) * len(should), "\n".join(broken)


def test_there_are_two_hundred_cases(judged):
    assert len(judged) >= 200


def test_twice_is_once():
    cases = load_cases("statements.toml")[:10]
    once = [found_in(roster) for roster in rosters_of(cases)]
    assert once == [found_in(roster) for roster in rosters_of(cases)]


MOST_FALSE = 1 / 200
"""Statements for each sentence of texts in which nobody speaks."""


def test_texts_without_speech_give_next_to_none():
    cases = [Case(name=text[:30], text=text) for text in toml_table(GOLD / "statements_none.toml")["texts"]]
    rosters = rosters_of(cases)
    found = [one for roster in rosters for one in found_in(roster) if one.cue_class == "speech"]
    sentences = sum(len(roster.reading.sentences) for roster in rosters)
    assert sentences >= 190
    assert len(found) <= MOST_FALSE * sentences, [one.evidence.words for one in found]
