"""Who is meant, on our own cases: counterparts, capitals, sets, pronouns and roles in diplomatic news."""

from collections import Counter

import pytest

from bench.tasks.mention_cases import Read, candidates_right, cases, outcomes, read_all

RIGHT_FLOOR, WRONG_AND_SURE_CEILING, CANDIDATE_FLOOR = 0.97, 0.01, 0.97


@pytest.fixture(scope="module")
def read_cases() -> list[Read]:
    return read_all()


def test_there_are_150_cases():
    assert len(cases()) >= 150


def test_mentions_mean_whom_a_reader_means(read_cases):
    found = outcomes(read_cases)
    counts = Counter(what for _, what in found)
    wrong = [one for one in found if one[1] != "right"]
    assert counts["right"] / len(found) >= RIGHT_FLOOR, wrong
    assert counts["sure and wrong"] / len(found) <= WRONG_AND_SURE_CEILING, wrong


def test_pronouns_and_bare_roles_have_the_right_candidate(read_cases):
    found = candidates_right(read_cases)
    missed = [where for where, right in found if not right]
    assert 1 - len(missed) / len(found) >= CANDIDATE_FLOOR, missed


def test_every_mention_lies_in_its_text_and_says_why(read_cases):
    for _, case, roster in read_cases:
        for mention in roster.mentions:
            assert mention.span.covers(mention.head), case.name
            assert mention.how and mention.reason, (case.name, mention)
            assert all(actor in roster.actor_by_id for actor in mention.actors), (case.name, mention)
            assert all(one.actor in roster.actor_by_id for one in mention.candidates), (case.name, mention)
