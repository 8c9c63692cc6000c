"""Articles of about 500 words, as many as are wanted and no two alike, to measure speed and growth with.

Each is made of stories of examples/ (and, where a folder of corpora is named, of pieces of their texts): two or three
stories one after the other, their years moved, and a last line with the article's number. Article `n` is the same in
every run, whatever the number of articles.
"""

import json
import random
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORDS = 500
"""Median of the agency reports that the issue's figures are about."""
CORPORA = ("wikinews_en_2019_2020.jsonl", "state_dept_press_releases.jsonl")
_YEAR = re.compile(r"\b(19[5-9]\d|20[0-3]\d)\b")


@lru_cache(4)
def stories(corpora: Path | None = None) -> tuple[tuple[str, ...], ...]:
    """Stories as paragraphs, the title first."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))
             if not path.stem.endswith("-page")]
    found = [tuple(part.strip() for part in text.split("\n\n") if part.strip()) for text in texts]
    for name in CORPORA if corpora else ():
        with (corpora / name).open(encoding="utf-8") as file:
            for row in map(json.loads, file):
                parts = [part.strip() for part in row["text"].split("\n") if len(part.split()) > 12]
                found.append((row["title"], *parts))
    return tuple(found)


def article(number: int, words: int = WORDS, corpora: Path | None = None) -> str:
    """The article of this number."""
    dice = random.Random(number)
    chosen, length = [], 0
    pool = stories(corpora)
    for title, *parts in dice.sample(pool, min(len(pool), 20)):
        years = dice.randrange(-6, 7)
        for part in (parts if chosen else [title, *parts]):
            if length >= words:
                break
            chosen.append(_YEAR.sub(lambda found: str(int(found[0]) + years), part))  # noqa: B023
            length += len(part.split())
    return "\n\n".join([*chosen, f"This was report number {number} of the series, an official said."]) + "\n"


def articles(number: int, words: int = WORDS, corpora: Path | None = None, start: int = 0) -> Iterator[str]:
    """So many articles, from number `start` on."""
    return (article(one, words, corpora) for one in range(start, start + number))
