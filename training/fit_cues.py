"""Counts cues and fits the weights of the statement deciders on PolNeAR's training articles.

    python -m training.fit_cues --gold POLNEAR_TRAIN.jsonl --cache FOLDER

Writes src/verbale/data/lexicon/en/cue_counts.csv (how often a lemma in a frame was a cue) and statement_weights.csv (at
most 2,000 weights over named features). No words of the articles go into either but single lemmas with their counts.
Lemma counts are taken over the other folds when weights are fitted, so that a rare verb's own use is not its proof.
"""

import argparse
import csv
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from training.cached_readings import gold_rows, readings
from training.linear import Choice, fit
from verbale.coding import content_before, content_behind, cue_spans, sources
from verbale.coding.content_setting import NOWHERE, Setting
from verbale.coding.cues import (
    ANY,
    CueCount,
    CueCounts,
    CueTails,
    TailCount,
    cue_features,
    frame,
    is_candidate,
    word_class,
)
from verbale.coding.words import NO_QUOTE, Words, stem
from verbale.language.parser import OnnxParser
from verbale.model.span import Span

DATA = Path(__file__).parent.parent / "src" / "verbale" / "data" / "lexicon" / "en"
FOLDS = 5
KEEP = {
    "cue": 420,
    "source": 270,
    "source start": 40,
    "source end": 110,
    "cue start": 100,
    "cue end": 320,
    "content before": 180,
    "content behind": 190,
    "content end": 370,
}
"""How many weights each decider may have; 2,000 in all. In the table that is shipped "cue", "cue start", "content
before" and "content behind" are of the fit on the readings of the model before: anew they find no more on PolNeAR
dev."""


@dataclass
class Fitted:
    """All that is learnt: counts of cues, of the words behind them, and the weights of the deciders."""

    counts: list[CueCount]
    tails: list[TailCount]
    weights: dict[str, dict[str, float]]


@dataclass
class GoldStatement:
    """A statement of the gold, by token numbers."""

    cue: int
    cue_span: tuple[int, int]
    source: int | None
    source_span: tuple[int, int] | None
    content: list[tuple[int, int]]


@dataclass
class Article:
    name: str
    words: Words
    statements: list[GoldStatement] = field(default_factory=list)
    inside: set[int] = field(default_factory=set)
    """Tokens in the content of some statement."""

    @property
    def fold(self) -> int:
        return zlib.crc32(self.name.encode()) % FOLDS


def head_of(words: Words, first: int, last: int, prefer: tuple[str, ...]) -> int:
    """The head word of a stretch: a token whose head lies outside it, of a preferred class where there is one."""
    tops = [place for place in range(first, last + 1) if not first <= words.head[place] <= last]
    good = [place for place in tops if words.upos[place] in prefer]
    full = [place for place in good if words.bare[place] not in ("aux", "case", "mark", "det", "punct")]
    return (full or good or [place for place in tops if words.is_word[place]] or tops or [first])[0]


def article(row: dict, words: Words) -> Article:
    """A gold row laid over our own words; statements without a cue, or cut by our sentences, keep what fits."""
    found = Article(row["id"], words)
    for quote in row["quotes"]:
        pieces = [_stretch(words, span) for span in sorted(quote["content"])]
        pieces = [piece for piece in pieces if piece]
        for first, last in pieces:
            found.inside.update(range(first, last + 1))
        cue_span = _stretch(words, quote["cue"]) if quote["cue"] else None
        if not cue_span or not pieces:
            continue
        cue = head_of(words, *cue_span, prefer=("VERB", "NOUN", "ADJ", "AUX"))
        if words.form[cue_span[0]] == "according":
            cue = cue_span[0]
        source_span = _stretch(words, quote["source"]) if quote["source"] else None
        source = head_of(words, *source_span, prefer=("PROPN", "PRON", "NOUN")) if source_span else None
        found.statements.append(GoldStatement(cue, cue_span, source, source_span, pieces))
    return found


def _stretch(words: Words, span: list[int]) -> tuple[int, int] | None:
    places = words.places(Span(*span))
    return (places[0], places[-1]) if places else None


def count(articles: list[Article]) -> list[CueCount]:
    """How often each lemma in each frame was a cue, among words outside other statements' content."""
    seen: Counter = Counter()
    cues: Counter = Counter()
    spelt = spellings(articles)
    for one in articles:
        words = one.words
        heads = {statement.cue for statement in one.statements}
        for place in range(len(words)):
            if place in one.inside and place not in heads:
                continue
            upos = words.upos[place]
            if (place not in heads and words.bare[place] in ("aux", "cop")) or upos in (
                "NUM",
                "DET",
                "SYM",
                "X",
                "INTJ",
            ):
                continue
            kind = word_class(words, place)
            lemma = spelt[stem(words.lemma[place])]
            how = frame(words, place) if kind in ("VERB", "NOUN", "ADJ") else ANY
            keys = {(lemma, kind, how), (lemma, kind, ANY), (ANY, kind, how), (ANY, kind, ANY)}
            for key in keys:
                seen[key] += 1
                cues[key] += place in heads
    return [CueCount(*key, number, cues[key]) for key, number in seen.items()]


def count_tails(articles: list[Article]) -> list[TailCount]:
    """How often each word stood right behind a cue's head, and was part of the cue."""
    seen: Counter = Counter()
    inside: Counter = Counter()
    spelt = spellings(articles)
    for one in articles:
        words = one.words
        for statement in one.statements:
            place = statement.cue + 1
            if place >= words.bounds_of(statement.cue)[1] or not words.is_word[place]:
                continue
            if words.upos[place] not in ("ADP", "ADV", "PART", "SCONJ", "ADJ", "NOUN", "VERB"):
                continue
            lemma = spelt[stem(words.lemma[statement.cue])]
            for key in ((lemma, words.form[place]), (ANY, words.form[place])):
                seen[key] += 1
                inside[key] += place <= statement.cue_span[1]
    rows = [TailCount(*key, number, inside[key]) for key, number in sorted(seen.items())]
    return [row for row in rows if row.seen >= (6 if row.lemma == ANY else 3)]


def spellings(articles: list[Article]) -> dict[str, str]:
    """The commonest lemma of each stem."""
    seen = Counter(lemma for one in articles for lemma in one.words.lemma)
    found: dict[str, str] = {}
    for lemma, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        found.setdefault(stem(lemma), lemma)
    return found


def kept_rows(counted: list[CueCount]) -> list[CueCount]:
    """The rows worth keeping: frames, lemmas seen some times, and pairs that say more than their lemma does."""
    rows = []
    whole = {(row.lemma, row.upos): row for row in counted if row.frame == ANY}
    for row in sorted(counted, key=lambda row: (row.lemma, row.upos, row.frame)):
        lemma, kind, how, seen, cue = row.lemma, row.upos, row.frame, row.seen, row.cue
        if lemma == ANY:
            rows.append(row)
        elif how == ANY:
            if (kind == "VERB" and seen >= 4) or (kind != "VERB" and cue >= 3 and cue >= 0.03 * seen):
                rows.append(row)
        elif seen >= 8 and cue:
            all_frames = whole[lemma, kind]
            if abs(cue / seen - all_frames.cue / all_frames.seen) > 0.12 and seen < all_frames.seen:
                rows.append(row)
    return rows


def samples(articles: list[Article], counts: CueCounts, tails: CueTails) -> dict[str, list[Choice]]:
    """The choices each decider faced in these articles, with the right answers."""
    found: dict[str, list[Choice]] = {name: [] for name in KEEP}
    for one in articles:
        words = one.words
        heads = {statement.cue for statement in one.statements}
        for place in range(len(words)):
            counted = place in heads or place not in one.inside
            if counted and is_candidate(words, place, counts):
                found["cue"].append(([cue_features(words, place, counts)], int(place in heads)))
        for statement in one.statements:
            if is_candidate(words, statement.cue, counts):
                _add_choices(words, statement, counts, tails, found)
    return found


def _add_choices(
    words: Words, statement: GoldStatement, counts: CueCounts, tails: CueTails, found: dict[str, list[Choice]]
) -> None:
    cue, how = statement.cue, frame(words, statement.cue)
    paths = sources.source_candidates(words, cue)
    places = [sources.NONE_CANDIDATE, *paths]
    wanted = _wanted_source(statement, list(paths))
    if wanted in places:
        offered = [sources.source_features(words, cue, place, paths.get(place, ""), how) for place in places]
        found["source"].append((offered, places.index(wanted)))
    span = statement.source_span
    if span and statement.source is not None:
        starts = sources.start_candidates(words, statement.source, cue)
        if span[0] in starts:
            found["source start"].append(
                ([sources.start_features(words, statement.source, place) for place in starts], starts.index(span[0]))
            )
        ends = sources.end_candidates(words, statement.source, cue)
        last = _last_word(words, span)
        if last in ends:
            found["source end"].append(
                ([sources.end_features(words, statement.source, place, cue) for place in ends], ends.index(last))
            )
    starts = cue_spans.cue_start_candidates(words, cue, span)
    if statement.cue_span[0] in starts:
        found["cue start"].append(
            (
                [cue_spans.cue_start_features(words, cue, place, span) for place in starts],
                starts.index(statement.cue_span[0]),
            )
        )
    ends = cue_spans.cue_end_candidates(words, cue, span)
    last = _last_word(words, statement.cue_span)
    if last in ends:
        found["cue end"].append(
            ([cue_spans.cue_end_features(words, cue, place, how, tails) for place in ends], ends.index(last))
        )
    _add_content(Setting(words, cue, statement.cue_span, span, how, counts), statement, found)


def _wanted_source(statement: GoldStatement, offered: list[int]) -> int:
    """The candidate that is the gold's source: its head, else one that stands in it."""
    if statement.source is None or statement.source_span is None:
        return sources.NONE_CANDIDATE
    if statement.source in offered:
        return statement.source
    first, last = statement.source_span
    return next((place for place in offered if first <= place <= last), statement.source)


def _last_word(words: Words, span: tuple[int, int]) -> int:
    last = span[1]
    while last > span[0] and not words.is_word[last]:
        last -= 1
    return last


def _add_content(at: Setting, statement: GoldStatement, found: dict[str, list[Choice]]) -> None:
    words = at.words
    before = [piece for piece in statement.content if piece[1] < at.cue_span[0]]
    behind = [piece for piece in statement.content if piece[0] > at.cue_span[1]]
    left_end, has_left = content_before.left_ends(at), "alone"
    if left_end != NOWHERE:
        starts = content_before.left_starts(at, left_end)
        wanted = NOWHERE
        if before:
            wanted = _in_sentence(words, before[-1][0], left_end, starts)
        if wanted in starts:
            offered = [content_before.left_start_features(at, start, left_end) for start in starts]
            found["content before"].append((offered, starts.index(wanted)))
        if before:
            has_left = "quote before" if words.quote[left_end] != NO_QUOTE else "words before"
    starts = content_behind.right_starts(at)
    wanted = behind[0][0] if behind else NOWHERE
    if wanted not in starts and wanted != NOWHERE:
        near = [start for start in starts if 0 <= start - wanted <= 1]
        wanted = near[0] if near else None
    if wanted is None or wanted not in starts:
        return
    offered = [content_behind.right_start_features(at, start, has_left) for start in starts]
    if not before:
        offered = [
            features if start != NOWHERE else [*features, "none at all"]
            for start, features in zip(starts, offered)
        ]
    found["content behind"].append((offered, starts.index(wanted)))
    if not behind:
        return
    ends = content_behind.right_ends(at, wanted)
    last = min(behind[0][1], words.bounds_of(wanted)[1] - 1)
    last_words = [content_behind.word_edge(words, end) for end in ends]
    edge = content_behind.word_edge(words, last)
    if edge in last_words:
        found["content end"].append(
            ([content_behind.right_end_features(at, wanted, end) for end in ends], last_words.index(edge))
        )


def _in_sentence(words: Words, start: int, left_end: int, starts: list[int]) -> int | None:
    """The candidate that a gold start falls on: itself, or the first of the sentence where it began earlier."""
    first = words.bounds_of(left_end)[0]
    if start < first:
        return next((one for one in starts if one != NOWHERE), None)
    near = [one for one in starts if one != NOWHERE and 0 <= one - start <= 1]
    return near[0] if near else None


def write(fitted: Fitted, folder: Path) -> None:
    """The three tables of the package."""
    _table(
        folder / "cue_counts.csv", "lemma upos frame seen cue", [msgspec.structs.astuple(row) for row in fitted.counts]
    )
    _table(folder / "cue_tails.csv", "lemma word seen inside", [msgspec.structs.astuple(row) for row in fitted.tails])
    rows = [
        (decider, name, f"{weight:.2f}")
        for decider, found in fitted.weights.items()
        for name, weight in sorted(found.items())
        if abs(weight) >= 0.005
    ]
    _table(folder / "statement_weights.csv", "decider feature weight", rows)


def _table(place: Path, columns: str, rows: list[tuple]) -> None:
    with place.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns.split())
        table.writerows(rows)


def load_articles(gold: Path, cache: Path | None, most: int | None = None) -> list[Article]:
    rows = gold_rows(gold)[:most]
    return [article(row, Words(reading)) for row, reading in zip(rows, readings(rows, OnnxParser(), cache))]


def fit_all(articles: list[Article], tell: Callable[[str], None] = print) -> Fitted:
    """The counts of all articles, and weights fitted with each article's counts taken from the other folds."""
    found: dict[str, list[Choice]] = {name: [] for name in KEEP}
    for fold in range(FOLDS):
        others = [one for one in articles if one.fold != fold]
        counts, tails = CueCounts(kept_rows(count(others))), CueTails(count_tails(others))
        for name, choices in samples([one for one in articles if one.fold == fold], counts, tails).items():
            found[name] += choices
    weights = {}
    for name, choices in found.items():
        weights[name] = fit(choices, KEEP[name])
        tell(f"{name}: {len(choices)} choices, {len(weights[name])} weights")
    return Fitted(kept_rows(count(articles)), count_tails(articles), weights)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--gold", type=Path, required=True)
    arguments.add_argument("--cache", type=Path)
    arguments.add_argument("--out", type=Path, default=DATA)
    arguments.add_argument("--most", type=int, help="articles to fit on; all where none is given")
    given = arguments.parse_args()
    fitted = fit_all(load_articles(given.gold, given.cache, given.most))
    write(fitted, given.out)
    number = sum(map(len, fitted.weights.values()))
    print(
        f"{len(fitted.counts)} counts of cues, {len(fitted.tails)} of tails, {number} weights, written to {given.out}"
    )


if __name__ == "__main__":
    main()
