"""Linear weights over named features, fitted with numpy: yes-or-no choices and choices among candidates."""

from collections import Counter
from collections.abc import Callable

import numpy as np

Choice = tuple[list[list[str]], int]
"""The features of each candidate, and the number of the right one. Yes or no: one candidate, right 1 or 0."""


def fit(
    choices: list[Choice], keep: int, seen_at_least: int = 8, ridge: float = 1.0, rounds: int = 120
) -> dict[str, float]:
    """The `keep` weights that matter most: fitted on all features seen often enough, then pruned and fitted again in
    three steps, as features that say the same share their weight till one of them is gone."""
    seen = Counter(name for offered, _ in choices for features in offered for name in set(features))
    names = [name for name, count in seen.items() if count >= seen_at_least]
    weights = _fitted(choices, names, ridge, rounds)
    for number in (4 * keep, 2 * keep, keep):
        worth = {name: abs(weight) * min(seen[name], len(choices)) ** 0.5 for name, weight in weights.items()}
        kept = sorted(worth, key=worth.__getitem__, reverse=True)[:number]
        if len(kept) < len(weights):
            weights = _fitted(choices, sorted(kept), ridge, rounds)
    return weights


def _fitted(choices: list[Choice], names: list[str], ridge: float, rounds: int) -> dict[str, float]:
    if not names:
        return {}
    number = {name: place for place, name in enumerate(names)}
    rows, columns, starts, right = [], [], [], []
    row = 0
    for offered, answer in choices:
        starts.append(row)
        right.append(answer)
        for features in offered:
            found = {number[name] for name in features if name in number}
            rows += [row] * len(found)
            columns += found
            row += 1
    table = _Table(np.array(rows), np.array(columns), np.array(starts), np.array(right), row, len(names))
    single = all(len(offered) == 1 for offered, _ in choices)
    loss = table.yes_or_no if single else table.among
    return dict(zip(names, _descend(lambda w: loss(w, ridge), len(names), rounds).tolist()))


class _Table:
    def __init__(self, rows, columns, starts, right, height: int, width: int) -> None:
        self.rows, self.columns, self.starts, self.right = rows, columns, starts, right
        self.height, self.width = height, width

    def _scores(self, w: np.ndarray) -> np.ndarray:
        return np.bincount(self.rows, weights=w[self.columns], minlength=self.height)

    def _slope(self, by_row: np.ndarray) -> np.ndarray:
        return np.bincount(self.columns, weights=by_row[self.rows], minlength=self.width)

    def yes_or_no(self, w: np.ndarray, ridge: float) -> tuple[float, np.ndarray]:
        scores = self._scores(w)
        loss = np.logaddexp(0, scores) - self.right * scores
        chance = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
        return float(loss.sum() + ridge / 2 * w @ w), self._slope(chance - self.right) + ridge * w

    def among(self, w: np.ndarray, ridge: float) -> tuple[float, np.ndarray]:
        scores = self._scores(w)
        tops = np.maximum.reduceat(scores, self.starts)
        lengths = np.diff(np.append(self.starts, self.height))
        chance = np.exp(scores - np.repeat(tops, lengths))
        sums = np.add.reduceat(chance, self.starts)
        chance /= np.repeat(sums, lengths)
        answers = self.starts + self.right
        loss = (np.log(sums) + tops - scores[answers]).sum()
        chance[answers] -= 1
        return float(loss + ridge / 2 * w @ w), self._slope(chance) + ridge * w


def _descend(
    loss: Callable[[np.ndarray], tuple[float, np.ndarray]], width: int, rounds: int, memory: int = 8
) -> np.ndarray:
    """L-BFGS with a backtracking line search; stops where no step helps."""
    w = np.zeros(width)
    value, slope = loss(w)
    steps: list[np.ndarray] = []
    turns: list[np.ndarray] = []
    for _ in range(rounds):
        way = _direction(slope, steps, turns)
        fall = float(slope @ way)
        if fall >= 0:
            way, fall = -slope, -float(slope @ slope)
            steps, turns = [], []
        size = 1.0 if steps else min(1.0, 1.0 / (np.abs(slope).sum() + 1e-9))
        for _ in range(25):
            new_w = w + size * way
            new_value, new_slope = loss(new_w)
            if new_value <= value + 1e-4 * size * fall:
                break
            size /= 2
        else:
            return w
        steps, turns = [*steps[1 - memory :], new_w - w], [*turns[1 - memory :], new_slope - slope]
        if value - new_value < 1e-6 * abs(value):
            return new_w
        w, value, slope = new_w, new_value, new_slope
    return w


def _direction(slope: np.ndarray, steps: list[np.ndarray], turns: list[np.ndarray]) -> np.ndarray:
    way = slope.copy()
    held = []
    for step, turn in zip(reversed(steps), reversed(turns)):
        bend = float(step @ turn)
        if bend <= 1e-12:
            held.append((0.0, 0.0))
            continue
        part = float(step @ way) / bend
        way -= part * turn
        held.append((part, bend))
    if steps and float(steps[-1] @ turns[-1]) > 0:
        way *= float(steps[-1] @ turns[-1]) / float(turns[-1] @ turns[-1])
    for (step, turn), (part, bend) in zip(zip(steps, turns), reversed(held)):
        if bend:
            way += step * (part - float(turn @ way) / bend)
    return -way
