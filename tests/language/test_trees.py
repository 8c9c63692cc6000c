"""The tree search: always one tree, and the best one."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.language.trees import best_tree, is_tree


def test_what_is_a_tree():
    assert is_tree([0])
    assert is_tree([2, 0, 2])
    assert not is_tree([0, 0])
    assert not is_tree([2, 1, 0])


def score(scores, heads):
    return sum(scores[word, head] for word, head in enumerate(heads))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_the_search_finds_the_best_of_all_trees(words, seed):
    scores = np.random.default_rng(seed).normal(size=(words, words + 1))
    scores[np.arange(words), np.arange(1, words + 1)] = -np.inf
    trees = [heads for heads in itertools.product(range(words + 1), repeat=words) if is_tree(list(heads))]
    best = max(score(scores, heads) for heads in trees)
    found = best_tree(scores)
    assert is_tree(found)
    assert np.isclose(score(scores, found), best)


@settings(max_examples=20, deadline=None)
@given(st.integers(5, 40), st.integers(0, 10_000))
def test_long_sentences_give_one_tree_too(words, seed):
    assert is_tree(best_tree(np.random.default_rng(seed).normal(size=(words, words + 1))))
