"""Chooses the root between two given parties: rules propose, a small linear table over named features decides.

The table (`data/rules/en/pair_weights.csv`) holds one number for a feature and a root. Features say which acts the
rules
found and how well they fit the parties, and which predicates stand on the way between them.
"""

from functools import lru_cache

import msgspec

from verbale.coding.events_pairs import PairAct, way_between
from verbale.coding.rules import Rules
from verbale.model.reading import Reading
from verbale.model.span import Span
from verbale.tables.load import csv_rows, data_folder

COMMONEST = "ACCUSE"
"""What is said where nothing at all is known: the commonest root of the sentences the weights were fitted on."""
GOOD_FIT, FAIR_FIT = 2.9, 1.9
"""Both parties stand where the rule wants them; one does."""


class WeightRow(msgspec.Struct, frozen=True):
    feature: str
    root: str
    weight: float


def features_of(
    acts: list[PairAct], reading: Reading, source: Span | None, target: Span | None, rules: Rules
) -> list[str]:
    """Named features of a pair, each once."""
    found = ["always"]
    rooted = [act for act in acts if act.root]
    for rank, one in enumerate(rooted[:3]):
        fit = "good" if one.fit > GOOD_FIT else "fair" if one.fit > FAIR_FIT else "poor"
        found.append(f"act{rank}:{one.root}")
        found.append(f"act{rank}:{one.root}:{fit}")
        if rank == 0:
            found.append(f"rule:{one.act.core().frame.row.name}")
            found.append(f"told:{one.act.frame.row.name}")
            found.append(f"status:{one.root}:{one.status.status}")
            if one.act.coded.inner:
                found.append(f"inner:{one.root}:{one.act.coded.inner}")
    if not rooted:
        found.append("no act")
    for sentence, places in way_between(reading, source, target):
        lemmas = rules.lemmas_of(sentence)
        for place in places:
            lemma = lemmas[place]
            found.append(f"way:{lemma}")
            found += [f"could:{frame.row.type}" for frame in rules.frames.get(lemma, ()) if frame.row.type != "="]
    return list(dict.fromkeys(found))


class Ranker:
    """Adds the weights of a pair's features; the root with the highest sum wins."""

    def __init__(self, rows: list[WeightRow]):
        self.roots = sorted({row.root for row in rows})
        self.weights: dict[str, dict[str, float]] = {}
        for row in rows:
            self.weights.setdefault(row.feature, {})[row.root] = row.weight

    def root(
        self, acts: list[PairAct], reading: Reading, source: Span | None, target: Span | None, rules: Rules
    ) -> str:
        """The root in the PLV view."""
        scores = dict.fromkeys(self.roots, 0.0)
        for feature in features_of(acts, reading, source, target, rules):
            for root, weight in self.weights.get(feature, {}).items():
                scores[root] += weight
        if not scores or max(scores.values()) == min(scores.values()):
            return next((one.root for one in acts if one.root), COMMONEST)
        return max(scores, key=lambda root: scores[root])


@lru_cache(maxsize=1)
def load_ranker() -> Ranker:
    """The ranker with the package's weights; without any, the best fitting act decides."""
    place = data_folder() / "rules" / "en" / "pair_weights.csv"
    return Ranker(csv_rows(place, WeightRow) if place.is_file() else [])
