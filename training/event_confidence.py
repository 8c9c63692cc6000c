"""Fits how sure events are, and reports how far the chances are from what came true, in five folds.

    python -m training.event_confidence --gold ../shared/gold/events [--write]

Labels: in `gsr_dev.jsonl` the first event of each row is right where its type and a party of each side that the gold
names are; in `plv_train.jsonl` an event between the two given parties is right where its root is. Events between other
parties have no label. A logistic sum over named features with an L2 penalty; `--write` fits on all and writes
data/rules/en/confidence.csv.
"""

import argparse
import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np

from bench.tasks.events import _read, _rows, parties_given
from verbale.coding.events import EventCoder
from verbale.coding.events_exports import main_events
from verbale.coding.rules import load_rules
from verbale.coding.statements import statements_in
from verbale.model.findings import Event, Findings
from verbale.model.span import Span
from verbale.tables.ontology import load_ontology
from verbale.world.identify import identify
from verbale.world.world import load_world

FOLDS = 5
LEAST_COUNT = 8  # a feature seen less often says nothing that would hold elsewhere
PENALTY = 1.0
ROUNDS = 60
BINS = 10
OUT = Path(__file__).parents[1] / "src" / "verbale" / "data" / "rules" / "en" / "confidence.csv"
Labelled = tuple[list[str], bool]


def labelled(gold: Path) -> list[Labelled]:
    """Features of events of both gold sets, and whether each is right."""
    return [*_of_records(gold / "gsr_dev.jsonl"), *_of_pairs(gold / "plv_train.jsonl")]


def _events_of(rows: list[dict]):
    world, rules = load_world(), load_rules()
    for row, reading in zip(rows, _read(rows)):
        roster = identify(reading, world)
        coder = EventCoder(roster, statements_in(roster, rules), rules)
        yield row, reading, roster, coder, coder.events()


def _of_records(place: Path):
    for row, reading, roster, coder, events in _events_of(_rows(place)):
        found = Findings(reading.report.id, roster.window, tuple(roster.actors), (), tuple(events))
        sentences = [sentence.span for sentence in reading.sentences]
        (gold,) = row["events"]
        for event in main_events(found, sentences)[:1]:
            told = load_ontology().told_type(event.type, event.status)
            right = told == gold["code_plover2021"] and _has_side(event.who, gold["source"], event.mutual, event)
            right = right and (not gold["target"] or _has_side(event.whom, gold["target"], event.mutual, event))
            yield list(coder.features.get(event.id, ())), right


def _has_side(parties, wanted: list[str], mutual: bool, event: Event) -> bool:
    """Whether a party shares half of its words with one that the gold names."""
    parties = (*event.who, *event.whom) if mutual else parties
    return any(_agree(party.words, name) for party in parties for name in wanted)


def _agree(one: str, other: str) -> bool:
    few, many = sorted((set(one.lower().split()) - {"the"}, set(other.lower().split()) - {"the"}), key=len)
    return bool(few) and len(few & many) >= 0.5 * len(few)


def _of_pairs(place: Path):
    ontology = load_ontology()
    for row, _, _, coder, events in _events_of(_rows(place)):
        source, target = parties_given(row)
        for event in events:
            if source is None or target is None or not _is_between(event, source, target):
                continue
            root = ontology.plv_root(event.type, event.status, event.cameo)
            if root is not None:  # what is denied or only possible has no root there, right or wrong
                yield list(coder.features.get(event.id, ())), root == row["events"][0]["code"]


def _is_between(event: Event, source: Span, target: Span) -> bool:
    who = any(party.span and party.span.overlaps(source) for party in event.who)
    whom = any(party.span and party.span.overlaps(target) for party in event.whom)
    both = (*event.who, *event.whom)
    return (who and whom) or (
        event.mutual and all(any(p.span and p.span.overlaps(one) for p in both) for one in (source, target))
    )


def fitted(rows: list[Labelled], penalty: float = PENALTY) -> dict[str, float]:
    """Weights by feature: logistic regression by Newton's steps, the sum of squares held down but for `always`."""
    counts = Counter(feature for features, _ in rows for feature in features)
    names = sorted(name for name, count in counts.items() if count >= LEAST_COUNT)
    number = {name: place for place, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for place, (features, _) in enumerate(rows):
        table[place, [number[one] for one in features if one in number]] = 1.0
    wanted = np.array([float(right) for _, right in rows])
    hold = np.full(len(names), penalty)
    hold[number["always"]] = 1e-3
    weights = np.zeros(len(names))
    for _ in range(ROUNDS):
        chances = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (chances - wanted) + hold * weights
        bend = (table * (chances * (1 - chances))[:, None]).T @ table + np.diag(hold)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return {name: float(weights[place]) for name, place in number.items()}


def chance(features: list[str], weights: dict[str, float]) -> float:
    return float(1 / (1 + np.exp(-sum(weights.get(one, 0.0) for one in features))))


def calibration_error(chances: list[float], right: list[bool]) -> float:
    """Mean distance between chance and share right over ten bins of equal size, weighed by how many lie in each."""
    order = np.argsort(chances)
    total = 0.0
    for part in np.array_split(order, BINS):
        if len(part):
            total += abs(np.mean([chances[i] for i in part]) - np.mean([right[i] for i in part])) * len(part)
    return total / len(chances)


def five_fold(rows: list[Labelled]) -> dict[str, float]:
    """Figures with every row's chance from weights that never saw it."""
    said = [0.0] * len(rows)
    for fold in range(FOLDS):
        weights = fitted([row for place, row in enumerate(rows) if place % FOLDS != fold])
        for place in range(fold, len(rows), FOLDS):
            said[place] = chance(rows[place][0], weights)
    right = [one for _, one in rows]
    share = sum(right) / len(right)
    return {
        "events": len(rows),
        "right": round(share, 4),
        "calibration_error": round(calibration_error(said, right), 4),
        "brier": round(float(np.mean([(c - r) ** 2 for c, r in zip(said, right)])), 4),
        "brier_of_share_alone": round(share * (1 - share), 4),
        "auc": round(_auc(said, right), 4),
    }


def _auc(said: list[float], right: list[bool]) -> float:
    good = [c for c, r in zip(said, right) if r]
    bad = [c for c, r in zip(said, right) if not r]
    wins = sum((g > b) + 0.5 * (g == b) for g in good for b in bad)
    return wins / max(1, len(good) * len(bad))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="the folder of events' gold")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows = labelled(given.gold)
    print(json.dumps({"folds": FOLDS, **five_fold(rows)}))
    if given.write:
        with OUT.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["decider", "feature", "weight"])
            writer.writerows(("event", name, round(weight, 3)) for name, weight in sorted(fitted(rows).items()))


if __name__ == "__main__":
    main()
