"""Words near a frame's verb in the space of the encoder's word pieces: a small table, for words that no rule holds.

    python -m training.nearest_frames [--write]

A word is like the nearest verb of a bare frame where the two nearest have one type and both are near enough. The first
figures printed leave out each of our own verbs in turn: `right` is the share whose type its neighbours tell. They
flatter: our verbs were chosen for telling acts, and most other words tell none. So the table is off by default
(`VERBALE_NEAREST=1` turns it on); docs/ontology.md has what it does to the figures.
"""

import argparse
import csv
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from verbale.tables.load import data_folder

WEIGHTS = Path(__file__).parents[1] / "src" / "verbale" / "language" / "weights" / "en.onnx"
OUT = Path(__file__).parents[1] / "src" / "verbale" / "data" / "rules" / "en" / "nearest.csv"
NEAR = 0.4
"""Cosine from which on a verb is near: of our own, 92 in 100 have their neighbours' type there, 86 at 0.3, 98 at 0.5,
where half as many are left."""
COMMON_PARTS = 4  # directions that only tell how frequent a piece is
LEAST_FORMS = 3  # a verb has at least so many of its forms among the pieces


class Pieces:
    """Unit vectors of whole words, without what all pieces share."""

    def __init__(self, place: Path):
        model = onnx.load(place)
        held = {one.name: one for one in model.graph.initializer}
        known = {one.key: one.value for one in model.metadata_props}
        words = known["vocabulary"].split("\n")
        grid, zero, scale = (
            numpy_helper.to_array(held[f"pieces_{part}"]).astype(np.float32)
            for part in ("quantized", "zero_point", "scale")
        )
        vectors = (grid - zero) * scale
        whole = [number for number, word in enumerate(words) if word.isalpha()]
        vectors -= vectors[whole].mean(0)
        _, _, parts = np.linalg.svd(vectors[whole][:20000], full_matrices=False)
        for part in parts[:COMMON_PARTS]:
            vectors -= np.outer(vectors @ part, part)
        self.vectors = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)
        self.number = {word: number for number, word in enumerate(words)}

    def forms(self, verb: str) -> list[str]:
        stem = verb[:-1] if verb.endswith("e") else verb
        made = [verb, f"{verb}s", f"{stem}ed", f"{stem}ing"]
        if verb.endswith("y"):
            made += [f"{verb[:-1]}ied", f"{verb[:-1]}ies"]
        return [form for form in made if form in self.number]

    def of(self, verb: str) -> np.ndarray | None:
        forms = self.forms(verb)
        if not forms:
            return None
        mean = self.vectors[[self.number[form] for form in forms]].mean(0)
        return mean / np.linalg.norm(mean)


def verbs_of_frames() -> tuple[dict[str, str], set[str]]:
    """Verbs of frames that ask for nothing beside them, with their one type; and every word of our frames."""
    types: dict[str, set[str]] = {}
    words: set[str] = set()
    for file in ("verbs.csv", "nouns.csv"):
        with (data_folder() / "rules" / "en" / file).open(encoding="utf-8", newline="") as lines:  # type: ignore[call-overload]
            for row in csv.DictReader(lines):
                for word in row["words"].split(";"):
                    words.update(word.split())
                    if file == "verbs.csv" and not row["object"] and row["type"] != "=" and " " not in word:
                        types.setdefault(word, set()).add(row["type"])
    return {word: next(iter(found)) for word, found in types.items() if len(found) == 1}, words


def neighbours(likeness: np.ndarray, types: list[str]) -> tuple[int, int] | None:
    """Numbers of the two nearest verbs, where both are near and have one type."""
    first, second = (int(one) for one in np.argsort(-likeness)[:2])
    return (first, second) if likeness[first] >= NEAR and types[first] == types[second] else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    pieces = Pieces(WEIGHTS)
    types_of, ours = verbs_of_frames()
    verbs = [verb for verb in sorted(types_of) if pieces.of(verb) is not None]
    types = [types_of[verb] for verb in verbs]
    table = np.array([pieces.of(verb) for verb in verbs])
    without = table @ table.T
    np.fill_diagonal(without, -1)
    found = [(number, pair) for number in range(len(verbs)) if (pair := neighbours(without[number], types)) is not None]
    right = sum(types[number] == types[first] for number, (first, _) in found)
    rows = []
    for word in sorted(pieces.number):
        if not word.isalpha() or len(word) < 3 or word in ours or len(pieces.forms(word)) < LEAST_FORMS:
            continue
        likeness = table @ pieces.of(word)
        pair = neighbours(likeness, types)
        if pair is not None:
            rows.append((word, verbs[pair[0]], verbs[pair[1]], round(float(likeness[pair[0]]), 2)))
    print(
        json.dumps({"verbs": len(verbs), "told": len(found), "right": round(right / len(found), 4), "words": len(rows)})
    )
    if given.write:
        with OUT.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["word", "like", "also", "likeness"])
            writer.writerows(rows)


if __name__ == "__main__":
    main()
