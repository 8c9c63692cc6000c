"""The best dependency tree for a table of scores, where the best heads word by word are no tree.

Source: Chu and Liu 1965, Edmonds 1967; one root as in Zmigrod, Vieira and Cotterell 2020 (a price on root arcs).
"""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating]
ROOT_PRICE = 1e6  # far above any sum of scores, so that the best tree pays it once


def is_tree(heads: list[int]) -> bool:
    """Whether heads (0 the root, 1 the first word ...) hang together without a circle, from one root word."""
    if heads.count(0) != 1:
        return False
    state = [0] * (len(heads) + 1)  # 0 unseen, 1 on the way, 2 reaches the root
    state[0] = 2
    for word in range(1, len(heads) + 1):
        way = []
        here = word
        while state[here] == 0:
            state[here] = 1
            way.append(here)
            here = heads[here - 1]
        if state[here] == 1:
            return False
        for passed in way:
            state[passed] = 2
    return True


def best_tree(scores: Scores) -> list[int]:
    """Heads of the best tree with one root word. `scores[w, h]`: word w (from 0) on head h (0 the root)."""
    size = scores.shape[0] + 1
    table = np.full((size, size), -np.inf)
    table[1:, :] = scores
    np.fill_diagonal(table, -np.inf)
    heads = _heads(table)[1:]
    if np.count_nonzero(heads == 0) > 1:  # seldom; with the price all words make one large circle, which takes long
        table[1:, 0] -= ROOT_PRICE
        heads = _heads(table)[1:]
    return [int(head) for head in heads]


def _heads(table: Scores) -> NDArray[np.intp]:
    """Heads of the best tree from node 0; `table[d, h]` is the score of d on h."""
    heads = table.argmax(1)
    heads[0] = -1
    circle = _circle(heads)
    if circle is None:
        return heads
    inside = np.zeros(len(heads), bool)
    inside[circle] = True
    outside = np.flatnonzero(~inside)
    kept = table[circle, heads[circle]].sum()
    # One new node, the last, stands for the circle.
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = table[np.ix_(outside, outside)]
    leaving = table[np.ix_(outside, circle)]  # an outside word on a word of the circle
    small[:-1, -1] = leaving.max(1)
    entering = table[np.ix_(circle, outside)] - table[circle, heads[circle]][:, None] + kept
    small[-1, :-1] = entering.max(0)
    small[0, :] = -np.inf
    chosen = _heads(small)
    result = heads.copy()
    for number, word in enumerate(outside):
        head = chosen[number]
        if head == len(outside):
            result[word] = circle[leaving[number].argmax()]
        elif head >= 0:
            result[word] = outside[head]
    came_from = chosen[-1]
    broken = circle[entering[:, came_from].argmax()]
    result[broken] = outside[came_from]
    return result


def _circle(heads: NDArray[np.intp]) -> NDArray[np.intp] | None:
    seen = np.zeros(len(heads), int)
    seen[0] = -1
    for start in range(1, len(heads)):
        here = start
        while seen[here] == 0:
            seen[here] = start
            here = heads[here]
        if seen[here] == start:
            circle = [here]
            while heads[circle[-1]] != here:
                circle.append(heads[circle[-1]])
            return np.array(circle)
    return None
