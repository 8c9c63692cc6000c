"""Which reports are copies of one text: min-hashes and shared sentences find them, an exact look decides."""

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec
from rensa import RMinHash

from verbale.model.report import Report

HASHES, SEED = 128, 20240305
RUN_WORDS = 5
LEAST_LIKENESS, LEAST_HELD = 0.4, 0.7
"""Copies share this part of all their word runs, or the longer holds this part of the shorter's: wire copy is cut from
the bottom, so that half of a text may be gone and all that is left be the same."""
LEAST_HELD_TOO, LEAST_SENTENCES_TOO = 0.55, 3
"""So much of the shorter is enough where so many long sentences stand in both: of a cut text sentences were dropped."""
BANDS = 32
ONE_RUN_OF = 8
"""Every eighth run by its hash is looked up beside the bands: what is left of a cut text is found by two of them."""
LEAST_SHARED_RUNS = 2
LEAST_SENTENCE_WORDS, LEAST_SHARED_SENTENCES = 8, 2
LEAST_RUNS = 12
"""Texts with fewer word runs (16 words) are copies only of the very same words: a short notice is soon like another."""
MOST_IN_BUCKET = 40
"""Of a fuller bucket each text is compared with the first ones only; copies of copies still meet in one group."""
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’»)]*\s+|\n+")


def word_runs(words: str) -> list[str]:
    """Every run of five words, lower case; a shorter text is one run."""
    found = _WORD.findall(words.lower())
    if len(found) <= RUN_WORDS:
        return [" ".join(found)] if found else []
    return [" ".join(found[place:place + RUN_WORDS]) for place in range(len(found) - RUN_WORDS + 1)]


def long_sentences(words: str) -> dict[str, str]:
    """The sentences of eight words or more, by their words in lower case without marks."""
    found = {}
    for sentence in _SENTENCE_END.split(words):
        key = _WORD.findall(sentence.lower())
        if len(key) >= LEAST_SENTENCE_WORDS:
            found[" ".join(key)] = sentence.strip()
    return found


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


class Text(msgspec.Struct, frozen=True, dict=True):
    """A text to compare: its report's id, its words, its min-hashes (made where none are given)."""

    id: str
    words: str
    hashes: tuple[int, ...] = ()

    @cached_property
    def runs(self) -> frozenset[int]:
        return frozenset(zlib.crc32(run.encode("utf-8", "replace")) for run in word_runs(self.words))

    @cached_property
    def sentences(self) -> dict[str, str]:
        return long_sentences(self.words)

    @cached_property
    def signature(self) -> tuple[int, ...]:
        return self.hashes or signature(self.words)


class Copy(msgspec.Struct, frozen=True):
    """Claims: these two reports are copies of one text. The shared sentences are the evidence."""

    one: str
    other: str
    likeness: float
    """Shared word runs over all of both."""
    held: float
    """Shared word runs over those of the shorter."""
    shared: tuple[str, ...]
    """Up to seven sentences that stand in both."""


def text_of(report: Report) -> Text:
    return Text(report.id, article_of(report), report.signature)


def copies(texts: Iterable[Text]) -> Iterator[Copy]:
    """Every pair of texts that are copies, each once. The order of the texts does not matter to which are found."""
    known = sorted({text.id: text for text in texts}.values(), key=lambda text: text.id)
    for one, other in sorted(_likely(known)):
        found = compared(known[one], known[other])
        if found is not None:
            yield found


def compared(one: Text, other: Text) -> Copy | None:
    """The two as a Copy; None where they are not copies."""
    if not one.runs or not other.runs:
        return None
    shared = len(one.runs & other.runs)
    shorter = min(len(one.runs), len(other.runs))
    likeness, held = shared / len(one.runs | other.runs), shared / shorter
    if shorter < LEAST_RUNS and likeness < 1:
        return None
    if likeness < LEAST_LIKENESS and held < LEAST_HELD_TOO:
        return None
    sentences = [words for key, words in one.sentences.items() if key in other.sentences]
    if likeness < LEAST_LIKENESS and held < LEAST_HELD and len(sentences) < LEAST_SENTENCES_TOO:
        return None
    return Copy(one.id, other.id, round(likeness, 3), round(held, 3), tuple(sentences[:7]))


def _likely(texts: list[Text]) -> set[tuple[int, int]]:
    """Pairs, by number, that share a band of min-hashes, two long sentences, or two of the runs looked up."""
    found: set[tuple[int, int]] = set()
    rows = HASHES // BANDS
    for band in range(BANDS):
        buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            if text.signature:
                buckets[text.signature[band * rows:(band + 1) * rows]].append(number)
        found |= _pairs(buckets.values())
    found |= _by_votes(((hash(key) for key in text.sentences) for text in texts), LEAST_SHARED_SENTENCES)
    runs = ((run for run in text.runs if run % ONE_RUN_OF == 0) for text in texts)
    return found | _by_votes(runs, LEAST_SHARED_RUNS)


def _by_votes(keys: Iterable[Iterable[int]], least: int) -> set[tuple[int, int]]:
    """Pairs of texts, by number, that share at least so many keys."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, own in enumerate(keys):
        for key in own:
            holders[key].append(number)
    votes: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in holders.values():
        if len(numbers) > 1:
            for pair in _pairs([numbers]):
                votes[pair] += 1
    return {pair for pair, count in votes.items() if count >= least}


def _pairs(buckets: Iterable[list[int]]) -> set[tuple[int, int]]:
    return {(one, other) for numbers in buckets if len(numbers) > 1
            for place, other in enumerate(numbers) for one in numbers[:min(place, MOST_IN_BUCKET)]}


def copy_groups(texts: Iterable[Text]) -> list[tuple[str, ...]]:
    """The ids of texts that are copies of one another, or of a copy: groups of two and more, in the order of ids."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.get(name, name) != name:
            name = above[name]
        return name

    for pair in copies(texts):
        one, other = sorted((top(pair.one), top(pair.other)))
        above[pair.one], above[pair.other] = above.get(pair.one, pair.one), above.get(pair.other, pair.other)
        above[other] = one
    groups: dict[str, list[str]] = defaultdict(list)
    for name in above:
        groups[top(name)].append(name)
    return sorted(tuple(sorted(names)) for names in groups.values() if len(names) > 1)
