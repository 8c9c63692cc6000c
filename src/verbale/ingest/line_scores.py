"""How likely each line of a page is the article's: two linear looks, the second at what the first said around it."""

from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from verbale.errors import BadTable
from verbale.ingest.line_features import OWN_PLACE, Matrix, features, names
from verbale.ingest.lines import Line
from verbale.tables.load import csv_rows, data_folder

Scores = NDArray[np.float64]

STEPS = (-3, -2, -1, 1, 2, 3)
HALVES = (2, 5, 12)
"""How far, in lines, the second look's fading means reach."""
ARTICLE_AT = -0.75
"""A line scoring above this is the article's. Word F1 on pages, five folds by site: -2 gives 0.932, -0.75 0.940,
0 0.936; on news set into pages: 0.893, 0.924, 0.925."""
FAR = 6.0
"""First scores are cut to this on both sides: beyond it nothing is surer."""


class Weight(msgspec.Struct, frozen=True):
    """The weight of a named feature in the first or the second look; `bias` is the constant."""

    look: str
    feature: str
    weight: float
    source: str


class Weights(msgspec.Struct, frozen=True):
    """Both looks' weights, in the order of the features' columns, and their constants."""

    first: NDArray[np.float64]
    first_bias: float
    second: NDArray[np.float64]
    second_bias: float


def second_names() -> list[str]:
    """The names of the second look's features, in the order of its columns."""
    around = [f"score {side} within {half}" for half in HALVES for side in ("above", "below")]
    return [
        *names(), "score", *(f"score at {step:+d}" for step in STEPS), *around,
        "share of article above", "share of article below", "nearer end", "in best stretch", "lines before stretch",
        "lines after stretch", "lines into stretch", "lines to stretch end", "best on the worse side",
    ]


@lru_cache(1)
def weights() -> Weights:
    """The fitted weights. Source: data/ingest/page_weights.csv, written by training/fit_pages.py."""
    place = data_folder() / "ingest" / "page_weights.csv"
    table = {(row.look, row.feature): row.weight for row in csv_rows(place, Weight)}
    wanted = [("first", name) for name in (*names(), "bias")] + [("second", name) for name in (*second_names(), "bias")]
    missing = [pair for pair in wanted if pair not in table]
    if missing or len(table) != len(wanted):
        strange = missing[0] if missing else next(pair for pair in table if pair not in set(wanted))
        raise BadTable(f"{place}: {'no' if missing else 'unknown'} weight {strange}; fit anew: training/fit_pages.py")
    first = np.array([table["first", name] for name in names()])
    second = np.array([table["second", name] for name in second_names()])
    return Weights(first, table["first", "bias"], second, table["second", "bias"])


def line_scores(page: list[Line], learnt: Weights | None = None) -> Scores:
    """The log-odds of each line being the article's."""
    learnt = learnt or weights()
    if not page:
        return np.zeros(0)
    seen = features(page)
    first = seen @ learnt.first + learnt.first_bias
    return second_features(seen, first) @ learnt.second + learnt.second_bias


def second_features(seen: Matrix, first: Scores) -> Matrix:
    """All of the first look's features, and the first scores at and around each line."""
    sizes = np.expm1(seen[:, OWN_PLACE["log words"]]).astype(np.float64)
    score = np.clip(first, -FAR, FAR)
    columns = [score, *(_moved(score, step) for step in STEPS)]
    for half in HALVES:
        columns += [_fading_mean(score, sizes, half), _fading_mean(score[::-1], sizes[::-1], half)[::-1]]
    columns += _article_around(score, sizes)
    columns += _stretch_around(first, sizes)
    columns.append(np.minimum(np.maximum.accumulate(score), np.maximum.accumulate(score[::-1])[::-1]))
    return np.concatenate([seen, np.stack(columns, axis=1)], axis=1, dtype=np.float32)


def _moved(score: Scores, step: int) -> Scores:
    found = np.full_like(score, -FAR)
    if abs(step) < len(score):
        if step > 0:
            found[:-step] = score[step:]
        else:
            found[-step:] = score[:step]
    return found


def _fading_mean(score: Scores, sizes: Scores, half: int) -> Scores:
    """The mean score of the lines above, weighted by length, fading with distance."""
    kernel = np.exp(-np.arange(4 * half) / half)
    size = np.sqrt(1 + sizes)
    total = np.convolve(score * size, kernel)[:len(score)] - score * size
    weight = np.convolve(size, kernel)[:len(score)] - size
    return total / (weight + 2)


def _article_around(score: Scores, sizes: Scores) -> list[Scores]:
    mass = np.maximum(score, 0) * np.minimum(sizes, 60)
    total = mass.sum() + 1e-6
    above = (np.cumsum(mass) - mass) / total
    below = 1 - above - mass / total
    return [above, below, np.minimum(above, below)]


def _stretch_around(first: Scores, sizes: Scores) -> list[Scores]:
    start, stop = best_stretch(first, sizes)
    here = np.arange(len(first))
    inside = (here >= start) & (here < stop)
    return [inside.astype(float), np.log1p(np.maximum(0, start - here)), np.log1p(np.maximum(0, here - stop + 1)),
            np.log1p(np.maximum(0, here - start) * (here < stop)),
            np.log1p(np.maximum(0, stop - 1 - here) * (here >= start))]


def best_stretch(score: Scores, sizes: Scores) -> tuple[int, int]:
    """The run of lines with the greatest sum of scores, longer lines weighing more: start, stop, half-open.

    Empty where there are no lines. The greatest-sum run is Kadane's; scores are cut at -3 so that one odd line inside
    an article cannot split it.
    """
    best, place, total, start = (0.0, 0), 0, 0.0, 0
    stop, top = 0, -np.inf
    for place, gain in enumerate(np.maximum(-3, score) * np.clip(sizes / 12, 0.6, 5)):
        if total <= 0:
            total, start = 0.0, place
        total += gain
        if total > top:
            top, best, stop = total, (total, start), place + 1
    return best[1], stop

