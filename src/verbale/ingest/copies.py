"""Which reports are copies of one text: min-hash signatures first, then an exact look at the words."""

import re

from rensa import RMinHash

from verbale.model.report import Report

HASHES, SEED = 128, 20240305
RUN_WORDS = 5
LEAST_LIKENESS, LEAST_HELD = 0.4, 0.7
"""Copies share this part of all their word runs, or the longer holds this part of the shorter's: wire copy is cut from
the bottom, so that half of a text may be gone and all that is left be the same."""
BANDS = 32
_WORD = re.compile(r"\w+")


def word_runs(words: str) -> list[str]:
    """Every run of five words, lower case; a shorter text is one run."""
    found = _WORD.findall(words.lower())
    if len(found) <= RUN_WORDS:
        return [" ".join(found)] if found else []
    return [" ".join(found[place:place + RUN_WORDS]) for place in range(len(found) - RUN_WORDS + 1)]


def article_of(report: Report) -> str:
    """The article's words: its body segments."""
    return "\n".join(segment.span.of(report.text) for segment in report.segments if segment.kind == "body")


def signature(words: str) -> tuple[int, ...]:
    """128 min-hashes of the words' runs; empty where there are none. Equal places estimate the share of common runs."""
    runs = word_runs(words)
    if not runs:
        return ()
    sketch = RMinHash(num_perm=HASHES, seed=SEED)
    sketch.update(runs)
    return tuple(sketch.digest())
