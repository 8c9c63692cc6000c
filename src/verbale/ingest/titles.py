"""Which line of a page is its title."""

from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from verbale.ingest.day_words import HAS_DATE
from verbale.ingest.likeness import bare, same
from verbale.ingest.line_features import TRUNCATED
from verbale.ingest.line_scores import ARTICLE_AT, Scores
from verbale.ingest.lines import ENDS_SENTENCE, WORD, Line
from verbale.ingest.page_rules import BYLINE
from verbale.ingest.word_lists import furniture, lowered
from verbale.tables.load import csv_rows, data_folder

TITLE_NAMES = (
    "2 words", "3-5 words", "6-14 words", "15-24 words", "25+ words", "lines to prose", "next to prose",
    "article above", "all article below", "first line", "said twice", "said below", "part of another line",
    "words in the article", "names in the article", "ends like a sentence", "ends with a question", "truncated",
    "holds a date", "ends with a colon", "all capitals", "furniture", "starts furniture", "bars", "gap above",
    "title case", "date above", "date below", "scored as article", "nearest headline", "bias",
)
PLACE_OF = {name: number for number, name in enumerate(TITLE_NAMES)}
LEAST_CHANCE = 0.12
"""Below this chance no line is called the title: 0.2 names 136 right and 54 wrong of 237 pages, 0.12 143 and 69."""
MOST_ABOVE = 0.2
"""The largest share of the article's words that may stand above its title (a summary, a lead kept with a picture)."""
MOST_CANDIDATES = 120
STEM_LETTERS = 6
LEAST_SHARED = 12
"""So many letters, at least, make the repetition of a title."""


class TitleWeight(msgspec.Struct, frozen=True):
    """The weight of a named feature for being a page's title."""

    feature: str
    weight: float
    source: str


@lru_cache(1)
def title_weights() -> NDArray[np.float64]:
    """Source: data/ingest/title_weights.csv, written by training/fit_titles.py."""
    rows = csv_rows(data_folder() / "ingest" / "title_weights.csv", TitleWeight)
    table = {row.feature: row.weight for row in rows}
    return np.array([table[name] for name in TITLE_NAMES])


def title_line(page: list[Line], score: Scores, known: str | None = None) -> int | None:
    """The number of the title's line; None where no line looks like one.

    A title known from elsewhere (a file's metadata) is looked for first.
    """
    candidates = title_candidates(page, score)
    if not candidates:
        return None
    if known:
        equal = [number for number in candidates if same(page[number].words, known)]
        if equal:
            return equal[-1]
    chances = title_features(page, score, candidates) @ title_weights()
    best = int(np.argmax(chances))
    if 1 / (1 + np.exp(-chances[best])) < LEAST_CHANCE:
        return None
    return _without_glue(page, candidates, candidates[best])


def _without_glue(page: list[Line], candidates: list[int], best: int) -> int:
    """The last line that says the end of the best one: `Title` where the best is `HomeNEWSTitle` or `News » Title`."""
    key = bare(page[best].words)
    ends = [number for number in candidates if page[number].words.count(" ") >= 2
            and LEAST_SHARED <= len(bare(page[number].words)) < len(key) and key.endswith(bare(page[number].words))]
    return max(ends, default=best)


def title_candidates(page: list[Line], score: Scores) -> list[int]:
    """Lines that may be the title: at least two words, little of the article above them and some below."""
    above, total = _words_above(page, score)
    if not total:
        return []

    def may_be(number: int, line: Line) -> bool:
        spaces = line.words.count(" ")
        heads_a_teaser = number + 1 < len(page) and TRUNCATED.search(page[number + 1].words)
        in_front = above[number] <= MOST_ABOVE * total and above[number] + spaces + 1 < total
        is_byline = BYLINE.match(line.words) and spaces <= 8
        return not heads_a_teaser and not is_byline and in_front and spaces >= 1 and len(line.words) < 300

    return [number for number, line in enumerate(page) if may_be(number, line)][-MOST_CANDIDATES:]


def _words_above(page: list[Line], score: Scores) -> tuple[NDArray[np.float64], float]:
    sizes = np.array([line.words.count(" ") + 1 for line in page], dtype=float) * (score > ARTICLE_AT)
    sums = np.cumsum(sizes)
    return sums - sizes, float(sums[-1]) if len(sums) else 0.0


def title_features(page: list[Line], score: Scores, candidates: list[int]) -> NDArray[np.float64]:
    """A row a candidate, a column a name of TITLE_NAMES."""
    body = np.flatnonzero(score > ARTICLE_AT)
    article = {_stem(word) for number in body for word in WORD.findall(page[number].words)
               if len(page[number].words) > 80}
    keys = [bare(line.words) for line in page]
    above, total = _words_above(page, score)
    dated = {number for number in range(max(0, candidates[0] - 2), min(len(page), candidates[-1] + 6))
             if len(page[number].words) < 80 and HAS_DATE.search(page[number].words)}
    found = np.zeros((len(candidates), len(TITLE_NAMES)))
    for row, number in zip(found, candidates):
        _of_line(row, page, keys, number, article)
        row[PLACE_OF["date above"]] = number - 1 in dated or number - 2 in dated
        row[PLACE_OF["date below"]] = any(place in dated for place in range(number + 1, number + 6))
        below = body[body > number]
        prose = [place for place in below[:12] if len(page[place].words) > 80]
        distance = (prose[0] if prose else below[-1] if len(below) else number + 30) - number
        row[PLACE_OF["lines to prose"]] = min(1.0, distance / 20)
        row[PLACE_OF["next to prose"]] = distance == 1
        row[PLACE_OF["article above"]] = above[number] / total
        row[PLACE_OF["all article below"]] = above[number] == 0
        row[PLACE_OF["scored as article"]] = score[number] > ARTICLE_AT
    _mark_nearest(found)
    return found


def _mark_nearest(found: NDArray[np.float64]) -> None:
    """The last line that looks like a headline before a part of the article stands above."""
    unlike = ("2 words", "ends like a sentence", "holds a date", "furniture", "starts furniture", "bars", "truncated",
              "article above", "ends with a colon")
    plain = np.flatnonzero(found[:, [PLACE_OF[name] for name in unlike]].sum(axis=1) == 0)
    if len(plain):
        found[plain[-1], PLACE_OF["nearest headline"]] = 1


def _of_line(row: NDArray[np.float64], page: list[Line], keys: list[str], number: int, article: set[str]) -> None:
    line, key = page[number].words, keys[number]
    words = WORD.findall(line)
    count, low = len(words), lowered(line)
    long_words = [word for word in words if len(word) > 3]
    names = [word for word in words[1:] if word[0].isupper()]
    bands = {"2 words": count <= 2, "3-5 words": 3 <= count <= 5, "6-14 words": 6 <= count <= 14,
             "15-24 words": 15 <= count <= 24, "25+ words": count >= 25}
    row[-1] = 1
    for name, value in {
        **bands,
        "first line": number == 0,
        "said twice": key in keys[:number] or key in keys[number + 1:],
        "said below": key in keys[number + 1:number + 8],
        "part of another line": len(key) > 12 and any(key in other and key != other for other in keys[:200]),
        "words in the article": _share(long_words, article),
        "names in the article": _share(names, article),
        "ends like a sentence": ENDS_SENTENCE.search(line) is not None and not line.endswith(("?", "!")),
        "ends with a question": line.endswith("?"),
        "truncated": TRUNCATED.search(line) is not None,
        "holds a date": HAS_DATE.search(line) is not None,
        "ends with a colon": line.endswith(":"),
        "all capitals": line.isupper(),
        "furniture": furniture().whole_kind(low) is not None,
        "starts furniture": furniture().start_kind(low) is not None,
        "bars": any(mark in line for mark in "|›»>•/"),
        "gap above": page[number].gap,
        "title case": sum(word[0].isupper() for word in words) / max(1, count),
    }.items():
        row[PLACE_OF[name]] = value


def _share(words: list[str], article: set[str]) -> float:
    return sum(_stem(word) in article for word in words) / len(words) if words else 0.0


def _stem(word: str) -> str:
    """A word's first letters: enough to know it again with another ending (министр, министры)."""
    return word.casefold()[:STEM_LETTERS]
