"""Names as the later stages want them: without titles and possessives, pairs parted, one label a name in a report.

Word lists: data/lexicon/en/person_titles.csv, pair_nouns.csv, hyphen_names.csv.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from verbale.language.decode import Analysis, NameFound
from verbale.tables.load import csv_rows, data_folder

POSSESSIVES = ("'s", "’s", "'", "’", "'S", "’S")
HYPHENS = ("-", "–", "‑", "−", "/")
BORROWED = 0.6  # confidence of a name that other sentences of the report taught
UNSURE = 0.6  # a name below this takes the label that the same words have elsewhere in the report


class Form(msgspec.Struct, frozen=True):
    """A word and where the list comes from."""

    form: str
    source: str


@cache
def _forms(file: str) -> frozenset[str]:
    return frozenset(row.form for row in csv_rows(data_folder() / "lexicon/en" / file, Form))


class Words(NamedTuple):
    """A sentence for the rules."""

    words: list[str]
    analysis: Analysis


Names = list[NameFound]


def without_possessive(sentence: Words, names: Names) -> Names:
    """ "Lavrov's" names Lavrov."""
    kept = []
    for name in names:
        while name.stop > name.start + 1 and sentence.words[name.stop - 1] in POSSESSIVES:
            name = name._replace(stop=name.stop - 1)
        kept.append(name)
    return kept


def without_title(sentence: Words, names: Names) -> Names:
    """ "Foreign Minister Lavrov" names Lavrov; "the" belongs to no person."""
    titles = _forms("person_titles.csv")
    kept = []
    for name in names:
        while name.label == "PER" and name.stop > name.start + 1 and (
                sentence.words[name.start].capitalize() in titles or sentence.words[name.start].lower() == "the"):
            name = name._replace(start=name.start + 1)
        kept.append(name)
    return kept


def parted_pairs(sentence: Words, names: Names) -> Names:
    """ "Lavrov-Kuleba talks" names two: one word each, before a noun for what two sides share."""
    kept = []
    for name in names:
        pair = name.stop - name.start == 3 and sentence.words[name.start + 1] in HYPHENS
        if pair and name.label in ("PER", "LOC") and _is_pair(sentence, name.start):
            kept += [name._replace(stop=name.start + 1), name._replace(start=name.start + 2)]
        else:
            kept.append(name)
    return kept


def with_partner(sentence: Words, names: Names) -> Names:
    """ "Lavrov-Kuleba talks" where the model saw only one of the two."""
    taken = {place for name in names for place in range(name.start, name.stop)}
    added = []
    for name in names:
        if name.stop - name.start != 1 or name.label not in ("PER", "LOC"):
            continue
        for first, other in ((name.start, name.start + 2), (name.start - 2, name.start - 2)):
            if 0 <= other < len(sentence.words) and other not in taken and _is_pair(sentence, first):
                added.append(NameFound(other, other + 1, name.label, min(name.confidence, BORROWED)))
    return sorted([*names, *added])


def _is_pair(sentence: Words, start: int) -> bool:
    """Whether "X - Y" at a place is two names: alone between other words, and what follows is a noun of two sides."""
    words = sentence.words
    if start < 0 or start + 3 >= len(words) or words[start + 1] not in HYPHENS:
        return False
    first, second, following = words[start], words[start + 2], words[start + 3].lower()
    if not (first[:1].isupper() and second[:1].isupper()) or f"{first}-{second}" in _forms("hyphen_names.csv"):
        return False
    longer = start > 0 and words[start - 1] in HYPHENS
    return not longer and following in _forms("pair_nouns.csv")


RULES: list[Callable[[Words, Names], Names]] = [without_possessive, without_title, parted_pairs, with_partner]


def names_of(words: list[str], analysis: Analysis) -> list[NameFound]:
    """Names of one sentence, in text order, without overlap."""
    sentence, names = Words(words, analysis), list(analysis.names)
    if names:
        for rule in RULES:
            names = rule(sentence, names)
    return names


def name_tags(words: list[str], analysis: Analysis) -> list[str]:
    """One IOB2 tag a word."""
    tags = ["O"] * len(words)
    for name in names_of(words, analysis):
        tags[name.start:name.stop] = [f"B-{name.label}"] + [f"I-{name.label}"] * (name.stop - name.start - 1)
    return tags


def names_across(sentences: list[Words]) -> list[list[NameFound]]:
    """Names of a report's sentences: each sentence's own, then what the others teach.

    An unsure name takes the label that its words have elsewhere. A surname that stood with a given name once, and a
    headline in capitals, are recognised by names found in other sentences.
    """
    found = [names_of(sentence.words, sentence.analysis) for sentence in sentences]
    labels: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for sentence, names in zip(sentences, found):
        for name in names:
            if name.confidence >= UNSURE and not _is_shouted(sentence.words):
                labels[_key(sentence.words, name)][name.label] += 1
    sure = {key: counts.most_common(1)[0][0] for key, counts in labels.items()}
    surnames = {key[-1] for key, label in sure.items() if label == "PER" and len(key) > 1 and len(key[-1]) > 2}
    result = []
    for sentence, names in zip(sentences, found):
        names = [_relabelled(sentence.words, name, sure, surnames) for name in names]
        result.append(sorted([*names, *_recognised(sentence, names, sure, surnames)]))
    return result


def _key(words: list[str], name: NameFound) -> tuple[str, ...]:
    return tuple(word.lower() for word in words[name.start:name.stop])


def _relabelled(words: list[str], name: NameFound, sure: dict[tuple[str, ...], str], surnames: set[str]) -> NameFound:
    """The name with the label that the report's other sentences give it, where its own is unsure or the line shouts."""
    shouted = _is_shouted(words)
    if name.confidence >= UNSURE and not shouted:
        return name
    key = _key(words, name)
    label = "PER" if shouted and len(key) == 1 and key[0] in surnames else sure.get(key)
    return name._replace(label=label) if label else name


def _recognised(
    sentence: Words, names: Names, sure: dict[tuple[str, ...], str], surnames: set[str]
) -> Iterator[NameFound]:
    """Names that this sentence's own reading missed: single surnames, and any known name in a line of capitals."""
    taken = {place for name in names for place in range(name.start, name.stop)}
    words = sentence.words
    shouted = _is_shouted(words)
    longest = max((len(key) for key in sure), default=0) if shouted else 0
    for place, word in enumerate(words):
        if place in taken or not word[:1].isupper():
            continue
        for length in range(min(longest, len(words) - place), 0, -1):
            label = sure.get(tuple(one.lower() for one in words[place:place + length]))
            if label and not taken & set(range(place, place + length)):
                taken |= set(range(place, place + length))
                yield NameFound(place, place + length, label, BORROWED)
                break
        else:
            if word.lower() in surnames and sentence.analysis.upos[place] == "PROPN":
                taken.add(place)
                yield NameFound(place, place + 1, "PER", BORROWED)


def _is_shouted(words: list[str]) -> bool:
    """Whether a line is written in capitals."""
    letters = [word for word in words if word.isalpha() and len(word) > 1]
    return len(letters) > 2 and sum(word.isupper() for word in letters) >= 0.8 * len(letters)
