"""Fit the weights that find a page's title: `python -m training.fit_titles --shared ../shared`.

Run after fit_pages: the article's lines are those that the fitted line weights find. Prints, in five folds by site, how
often the line found is the gold title (of the pages whose title stands on a line), then writes title_weights.csv.
"""

import argparse
import csv
from pathlib import Path

import numpy as np

from training.fit_pages import FOLDS, fitted, fold_of
from training.page_labels import gold_pages
from verbale.ingest.likeness import same
from verbale.ingest.line_scores import line_scores
from verbale.ingest.lines import lines
from verbale.ingest.titles import LEAST_CHANCE, TITLE_NAMES, title_candidates, title_features

TABLE = Path(__file__).parent.parent / "src/verbale/data/ingest/title_weights.csv"


class Titled:
    """A page's candidates as numbers, and which of them say what the gold title says."""

    def __init__(self, row: dict):
        page = lines(row["dump"])
        score = line_scores(page)
        self.row = row
        self.candidates = title_candidates(page, score)
        self.right = np.array([same(page[number].words, row["title"]) for number in self.candidates], dtype=float)
        self.seen = title_features(page, score, self.candidates) if self.candidates else np.zeros((0, len(TITLE_NAMES)))


def fit(pages: list[Titled]) -> np.ndarray:
    used = [page for page in pages if page.right.any()]
    weights, bias = fitted([page.seen[:, :-1] for page in used], [page.right for page in used],
                           [np.ones(len(page.right)) for page in used])
    return np.r_[weights, bias]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    asked = parser.parse_args()
    rows = [row for row in gold_pages(asked.shared / "gold/pages/textdump_dev.jsonl") if row["title"]]
    pages = [Titled(row) for row in rows]
    right = wrong = none = there = 0
    for part in range(FOLDS):
        weights = fit([page for page in pages if fold_of(page.row, FOLDS) != part])
        for page in pages:
            if fold_of(page.row, FOLDS) != part:
                continue
            there += bool(page.right.any())
            chance = page.seen @ weights
            if not len(chance) or 1 / (1 + np.exp(-chance.max())) < LEAST_CHANCE:
                none += 1
            elif page.right[chance.argmax()]:
                right += 1
            else:
                wrong += 1
    print(f"five folds by site: {len(pages)} pages with a gold title, on a line of its own in {there}; "
          f"right {right}, wrong {wrong}, none named {none}")
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("feature", "weight", "source"))
        table.writerows((name, f"{weight:.4g}", "training/fit_titles.py") for name, weight in
                        zip(TITLE_NAMES, fit(pages)))


if __name__ == "__main__":
    main()
