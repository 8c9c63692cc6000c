"""Fits the table that chooses between acts for two given parties, and reports five-fold figures.

    python -m training.pair_weights --gold plv_train.jsonl [--write]

A softmax over named features with an L1 penalty, by proximal gradient; at most MOST_WEIGHTS numbers are kept. Each fold
is fitted without the rows it is measured on. `--write` fits on all rows and writes data/rules/en/pair_weights.csv.
"""

import argparse
import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np

from bench.tasks.events import _read, _rows, acts_near, parties_given
from verbale.coding.events_ranker import features_of
from verbale.coding.rules import load_rules
from verbale.tables.ontology import load_ontology

FOLDS = 5
LEAST_COUNT = 3  # a feature seen less often would remember single sentences
PENALTY = 0.0004
ROUNDS = 200
MOST_WEIGHTS = 2000
OUT = Path(__file__).parents[1] / "src" / "verbale" / "data" / "rules" / "en" / "pair_weights.csv"


def fitted(rows: list[list[str]], roots: list[str], penalty: float) -> dict[tuple[str, str], float]:
    """Weights by (feature, root)."""
    counts = Counter(feature for features in rows for feature in features)
    names = sorted(feature for feature, count in counts.items() if count >= LEAST_COUNT)
    classes = sorted(set(roots))
    number = {name: place for place, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)), dtype=np.float32)
    for place, features in enumerate(rows):
        table[place, [number[one] for one in features if one in number]] = 1.0
    wanted = np.zeros((len(rows), len(classes)), dtype=np.float32)
    wanted[np.arange(len(rows)), [classes.index(root) for root in roots]] = 1.0
    weights = np.zeros((len(names), len(classes)), dtype=np.float32)
    ahead, step, pace = weights.copy(), 1.0 / (0.5 * np.linalg.norm(table, 2) ** 2 / len(rows)), 1.0
    for _ in range(ROUNDS):
        scores = table @ ahead
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        moved = ahead - step * (table.T @ (chances - wanted)) / len(rows)
        after = np.sign(moved) * np.maximum(np.abs(moved) - step * penalty, 0)
        next_pace = (1 + np.sqrt(1 + 4 * pace * pace)) / 2
        ahead = after + (pace - 1) / next_pace * (after - weights)
        weights, pace = after, next_pace
    found = {(names[i], classes[j]): float(weights[i, j]) for i, j in zip(*np.nonzero(weights))}
    return dict(sorted(found.items(), key=lambda item: -abs(item[1]))[:MOST_WEIGHTS])


def chosen(features: list[str], weights: dict[tuple[str, str], float], classes: list[str]) -> str:
    return max(classes, key=lambda root: sum(weights.get((feature, root), 0.0) for feature in features))


def macro_f1(gold: list, said: list) -> float:
    """Mean of F1 over the labels of the gold."""
    total = []
    for label in set(gold):
        right = sum(g == s == label for g, s in zip(gold, said))
        total.append(2 * right / (gold.count(label) + said.count(label)))
    return sum(total) / len(total)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--penalty", type=float, default=PENALTY)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows, rules, ontology = _rows(given.gold), load_rules(), load_ontology()
    features = []
    for row, reading in zip(rows, _read(rows)):
        source, target = parties_given(row)
        features.append(features_of(acts_near(reading, source, target, rules), reading, source, target, rules))
    roots = [row["events"][0]["code"] for row in rows]
    classes, said = sorted(set(roots)), [""] * len(rows)
    for fold in range(FOLDS):
        train = [place for place in range(len(rows)) if place % FOLDS != fold]
        weights = fitted([features[place] for place in train], [roots[place] for place in train], given.penalty)
        for place in range(fold, len(rows), FOLDS):
            said[place] = chosen(features[place], weights, classes)
    quads = [row["events"][0]["quad"] for row in rows]
    said_quads = [ontology.plv_quad(root) for root in said]
    figures = {
        "root_macro_f1": macro_f1(roots, said),
        "quad_macro_f1": macro_f1(quads, said_quads),
        "binary_macro_f1": macro_f1([quad >= 3 for quad in quads], [quad >= 3 for quad in said_quads]),
    }
    weights = fitted(features, roots, given.penalty)
    print(
        json.dumps(
            {"folds": FOLDS, "weights": len(weights), **{name: round(value, 4) for name, value in figures.items()}}
        )
    )
    if given.write:
        with open(OUT, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["feature", "root", "weight"])
            writer.writerows(
                (feature, root, round(value, 3))
                for (feature, root), value in sorted(weights.items())
                if round(value, 3)
            )


if __name__ == "__main__":
    main()
