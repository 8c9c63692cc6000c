"""Weighs candidates by named features: a sum of weights from a table, so that every choice can say what decided it."""

from collections.abc import Iterable, Sequence
from math import exp

import msgspec

from verbale.tables.load import Place, csv_rows, data_folder

Features = list[str]


class WeightRow(msgspec.Struct, frozen=True):
    """One weight: how much a feature speaks for a candidate when `decider` chooses."""

    decider: str
    feature: str
    weight: float


class Weights:
    """The weights of all deciders. A feature that has none counts nothing."""

    def __init__(self, rows: Iterable[WeightRow]) -> None:
        self.of: dict[str, dict[str, float]] = {}
        for row in rows:
            self.of.setdefault(row.decider, {})[row.feature] = row.weight

    def score(self, decider: str, features: Features) -> float:
        known = self.of.get(decider, {})
        return sum([known[name] for name in features if name in known])

    def chance(self, decider: str, features: Features) -> float:
        """How likely yes is, from 0 to 1, for a decider that says yes or no."""
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.score(decider, features)))))

    def best(self, decider: str, candidates: Sequence[Features]) -> tuple[int, float]:
        """Number of the best of several candidates, and its share of belief among them; the first of equals."""
        scores = [self.score(decider, features) for features in candidates]
        top = max(scores)
        share = 1 / sum([exp(score - top) for score in scores])
        return scores.index(top), share

    def telling(self, decider: str, features: Features) -> str:
        """The feature that spoke loudest for a candidate; "" where none did."""
        known = self.of.get(decider, {})
        return max((name for name in features if known.get(name, 0) > 0), key=lambda name: known[name], default="")


def load_weights(place: Place | None = None) -> Weights:
    """The weights shipped with the package, or those of another file of the same shape."""
    return Weights(csv_rows(place or data_folder() / "lexicon" / "en" / "statement_weights.csv", WeightRow))
