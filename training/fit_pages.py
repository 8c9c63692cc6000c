"""Fit the weights that cut articles out of text pages: `python -m training.fit_pages --shared ../shared`.

Linear weights over named features, two looks (see ingest/line_scores.py). Prints the word F1 of five folds by site,
then fits on all pages and writes data/ingest/page_weights.csv. No words of the pages are kept, only the weights.

Besides the pages there are examples made of them: each article alone, with and without its title (a page without
furniture); each page with only a few lines of furniture and the article's first paragraphs; and press releases and news
texts of the corpora set into the furniture of the pages. Without these, short news pages are cut badly.
"""

import argparse
import csv
import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.page_labels import gold_pages, labelled, site
from verbale.ingest import page_text
from verbale.ingest.line_features import OWN_PLACE, features, names
from verbale.ingest.line_scores import Weights, second_features, second_names
from verbale.ingest.lines import Line, lines

TABLE = Path(__file__).parent.parent / "src/verbale/data/ingest/page_weights.csv"
FOLDS, INNER_FOLDS = 5, 3
HOLD = 50.0
"""Ridge penalty: without the made pages, 10 gave word F1 0.937 in five folds by site and 30 gave 0.942."""
PLAIN_SHARE, MADE_SHARE = 0.2, 0.5
"""Weights of an article without its page, and of a made page, beside a real page."""
NEWS_A_PAGE = 1
THRESHOLDS = (-2.0, -1.5, -1.0, -0.75, -0.5, 0.0)
Vector = NDArray[np.float64]


class Example:
    """A page as numbers: features, which lines are the article's, and how much each line weighs."""

    def __init__(self, row: dict, page: list[Line], shares: list[float], share: float, made: str = "page"):
        self.row, self.page = row, page
        self.seen = features(page)
        self.wanted = (np.array(shares) >= 0.5).astype(float)
        sizes = np.sqrt(1 + np.expm1(self.seen[:, OWN_PLACE["log words"]]))
        self.weight = share * 200 * sizes / sizes.sum()
        self.made = made


def examples(rows: list[dict], news: list[dict]) -> list[Example]:
    found = []
    for row in rows:
        page, shares = labelled(row)
        found.append(Example(row, page, shares, 1.0))
        alone = lines(row["article"])
        if len(alone) > 1:
            titled = lines(f"{row['title']}\n\n{row['article']}")
            found.append(Example(row, alone, [1.0] * len(alone), PLAIN_SHARE, "plain"))
            found.append(Example(row, titled, [0.0] + [1.0] * (len(titled) - 1), PLAIN_SHARE, "plain"))
        found += [Example(row, *made, MADE_SHARE, "short") for made in _shortened(row, page, shares)]
        found += [Example(row, *made, MADE_SHARE, "news") for made in _news_pages(row, page, shares, news)]
    return found


def _frame(row: dict, page: list[Line], shares: list[float]) -> tuple[list[Line], list[int], list[Line], random.Random]:
    """Some of the furniture above the article, the numbers of its lines, some of the furniture below, and the dice."""
    dice = random.Random(row["id"])
    own = [number for number, share in enumerate(shares) if share >= 0.5]
    if not own:
        return [], [], [], dice
    above = [line for line, share in zip(page[:own[0]], shares) if share < 0.5]
    below = [line for line, share in zip(page[own[-1] + 1:], shares[own[-1] + 1:]) if share < 0.5]
    return above[len(above) - min(len(above), dice.randrange(1, 30)):], own, below[:dice.randrange(0, 30)], dice


def _shortened(row: dict, page: list[Line], shares: list[float]) -> Iterator[tuple[list[Line], list[float]]]:
    """The page with the first few lines of its article only."""
    above, own, below, dice = _frame(row, page, shares)
    if len(own) < 4:
        return
    kept = own[:dice.randrange(3, 13)]
    inside = range(kept[0], kept[-1] + 1)
    yield ([*above, *(page[number] for number in inside), *below],
           [0.0] * len(above) + [shares[number] for number in inside] + [0.0] * len(below))


def _news_pages(row: dict, page: list[Line], shares: list[float],
                news: list[dict]) -> Iterator[tuple[list[Line], list[float]]]:
    """The page with a news text in its article's place, at most as long as a news report is."""
    above, _, below, dice = _frame(row, page, shares)
    for text in dice.sample(news, NEWS_A_PAGE):
        title, body = lines(text["title"]), lines(text["text"])[:dice.randrange(2, 25)]
        where = dice.randrange(0, len(above) + 1) if dice.random() < 0.4 else len(above)
        above_all = [*above[:where], *title, *above[where:]]
        yield [*above_all, *body, *below], [0.0] * len(above_all) + [1.0] * len(body) + [0.0] * len(below)


def news_texts(corpora: Path) -> list[dict]:
    """Press releases and Wikinews texts; their first line is left out where it is only a date or an office."""
    found = []
    for name in ("state_dept_press_releases", "wikinews_en_2019_2020"):
        with (corpora / f"{name}.jsonl").open(encoding="utf-8") as file:
            for raw in file:
                row = json.loads(raw)
                first, _, rest = row["text"].strip().partition("\n")
                found.append({"title": row["title"], "text": rest if len(first) < 60 else row["text"]})
    return [text for text in found if len(text["text"]) > 300]


def fold_of(row: dict, folds: int, salt: str = "") -> int:
    return int(hashlib.sha256((salt + site(row)).encode()).hexdigest(), 16) % folds


def fitted(seen: list[NDArray], wanted: list[Vector], weight: list[Vector]) -> tuple[Vector, float]:
    """Logistic regression by Newton's steps on scaled columns, with a ridge: weights for unscaled columns, and bias."""
    matrix = np.vstack(seen).astype(np.float32)
    target, heavy = np.concatenate(wanted).astype(np.float32), np.concatenate(weight).astype(np.float32)
    mean = (heavy @ matrix) / heavy.sum()
    matrix -= mean
    spread = np.sqrt(heavy @ matrix**2 / heavy.sum()) + 1e-3
    scaled = np.c_[matrix / spread, np.ones(len(matrix), np.float32)]
    ridge = np.r_[np.full(matrix.shape[1], HOLD), 1e-6]
    beta = np.zeros(scaled.shape[1])
    for _ in range(10):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ beta.astype(np.float32), -30, 30)))
        slope = scaled.T @ (heavy * (chance - target)) + ridge * beta
        root = np.sqrt(heavy * chance * (1 - chance))[:, None] * scaled
        step = np.linalg.solve((root.T @ root).astype(float) + np.diag(ridge), slope)
        beta -= step
        if np.abs(step).max() < 0.01:
            break
    plain = beta[:-1] / spread
    return plain, float(beta[-1] - plain @ mean)


def both_looks(pages: list[Example]) -> Weights:
    """The second look is fitted on first scores of pages that the first look's fit had not seen."""
    second: list[NDArray] = [np.zeros((0, 0))] * len(pages)
    parts = [fold_of(page.row, INNER_FOLDS, "inner") for page in pages]
    for part in range(INNER_FOLDS):
        weights, bias = _first([page for page, own in zip(pages, parts) if own != part])
        for number, page in enumerate(pages):
            if parts[number] == part:
                second[number] = second_features(page.seen, page.seen @ weights + bias)
    first, first_bias = _first(pages)
    last, last_bias = fitted(second, [page.wanted for page in pages], [page.weight for page in pages])
    return Weights(first, first_bias, last, last_bias)


def _first(pages: list[Example]) -> tuple[Vector, float]:
    return fitted([page.seen for page in pages], [page.wanted for page in pages], [page.weight for page in pages])


def word_f1(words: str, article: str) -> float:
    got, gold = (Counter(re.findall(r"\w+", text.lower())) for text in (words, article))
    common = sum((got & gold).values())
    return 2 * common / (sum(got.values()) + sum(gold.values())) if common else 0.0


def scores_of(page: Example, learnt: Weights) -> Vector:
    first = page.seen @ learnt.first + learnt.first_bias
    return second_features(page.seen, first) @ learnt.second + learnt.second_bias


def whole_path(page: Example, learnt: Weights) -> str:
    """The article as the program cuts it, with these weights in place of its own."""
    own = page_text.line_scores
    page_text.line_scores = lambda found: scores_of(page, learnt)
    try:
        found = page_text.segments(page.row["dump"])
    finally:
        page_text.line_scores = own
    return "\n".join(part.span.of(page.row["dump"]) for part in found if part.kind in ("dateline", "body"))


def folds_report(pages: list[Example]) -> None:
    whole: list[float] = []
    results: dict[tuple[str, float], list[float]] = defaultdict(list)
    for part in range(FOLDS):
        print(f"fold {part + 1} of {FOLDS}", flush=True)
        learnt = both_looks([page for page in pages if fold_of(page.row, FOLDS) != part])
        for page in pages:
            if fold_of(page.row, FOLDS) == part:
                score = scores_of(page, learnt)
                if page.made == "page":
                    whole.append(word_f1(whole_path(page, learnt), page.row["article"]))
                wanted = page.row["article"] if page.made == "page" else _words(page.page, page.wanted, 0.5)
                for threshold in THRESHOLDS:
                    results[page.made, threshold].append(word_f1(_words(page.page, score, threshold), wanted))
    print(f"five folds by site, whole path: word F1 {np.mean(whole):.4f} on {len(whole)}")
    for (made, threshold), found in sorted(results.items()):
        print(f"five folds by site, {made}, threshold {threshold:+.2f}: word F1 {np.mean(found):.4f} on {len(found)}")


def _words(page: list[Line], score: Vector, threshold: float) -> str:
    return "\n".join(line.words for line, own in zip(page, score) if own > threshold)


def write(learnt: Weights) -> None:
    looks = (("first", names(), learnt.first, learnt.first_bias),
             ("second", second_names(), learnt.second, learnt.second_bias))
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("look", "feature", "weight", "source"))
        for look, columns, numbers, bias in looks:
            for name, number in zip((*columns, "bias"), (*numbers, bias)):
                table.writerow((look, name, f"{number:.4g}", "training/fit_pages.py"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--no-folds", action="store_true", help="fit on all pages only")
    parser.add_argument("--folds-only", action="store_true", help="print the figures of the folds, write nothing")
    asked = parser.parse_args()
    rows = gold_pages(asked.shared / "gold/pages/textdump_dev.jsonl")
    pages = examples(rows, news_texts(asked.shared / "corpora"))
    if not asked.no_folds:
        folds_report(pages)
    if asked.folds_only:
        return
    write(both_looks(pages))
    print(f"wrote {TABLE.name}")


if __name__ == "__main__":
    main()
