"""The word lists that ingest reads: furniture phrases, function words of each language, agencies, months."""

import re
from functools import lru_cache

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind

from verbale.tables.load import csv_rows, data_folder

MATCHES = ("whole", "start", "inside")


def lowered(line: str) -> str:
    """A line as furniture phrases are written: lower case, the dotted capital I of Turkish an i."""
    return line.replace("İ", "i").casefold()


class FurniturePhrase(msgspec.Struct, frozen=True):
    """Words that sites put around articles: how a line must hold them, and what such a line is for."""

    phrase: str
    match: str
    kind: str
    language: str
    source: str


class FunctionWord(msgspec.Struct, frozen=True):
    """A small word that running text of a language is full of."""

    language: str
    word: str
    source: str


class Furniture(msgspec.Struct, frozen=True):
    """Furniture phrases, ready for look-up."""

    whole: dict[str, str]
    start: dict[str, list[tuple[str, str]]]
    """By first word."""
    inside: AhoCorasick
    inside_kind: list[str]
    """By the number of the phrase in the automaton."""

    def whole_kind(self, line: str) -> str | None:
        """What a line is for that consists of a furniture phrase, marks and counts around it left out."""
        if len(line) > LONGEST_WHOLE:
            return None
        return self.whole.get(line) or self.whole.get(line.strip(_AROUND)) or self.whole.get(line.strip(_AROUND + ":."))

    def start_kind(self, line: str) -> str | None:
        first = _FIRST.match(line)
        for phrase, kind in self.start.get(first.group() if first else "", ()):
            if line.startswith(phrase) and not (line[len(phrase):len(phrase) + 1].isalnum() and phrase[-1].isalnum()):
                return kind
        return None

    def inside_kinds(self, line: str) -> list[str]:
        return [self.inside_kind[number] for number, _, _ in self.inside.find_matches_as_indexes(line)]


LONGEST_WHOLE = 60
_AROUND = " \t\n\xa00123456789()[]<>«»‹›→←↓↑+…|*•·#–—-_/\\!@"
_FIRST = re.compile(r"\w+|\S")


@lru_cache(1)
def furniture() -> Furniture:
    rows = csv_rows(data_folder() / "ingest" / "furniture.csv", FurniturePhrase)
    start: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        first = _FIRST.match(row.phrase)
        if row.match == "start" and first:
            start.setdefault(first.group(), []).append((row.phrase, row.kind))
    for phrases in start.values():
        phrases.sort(key=lambda pair: -len(pair[0]))
    inside = [row for row in rows if row.match == "inside"]
    automaton = AhoCorasick([row.phrase for row in inside], matchkind=MatchKind.LeftmostLongest)
    return Furniture({row.phrase: row.kind for row in rows if row.match == "whole"}, start, automaton,
                     [row.kind for row in inside])


@lru_cache(1)
def words_by_language() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in csv_rows(data_folder() / "ingest" / "function_words.csv", FunctionWord):
        found.setdefault(row.language, set()).add(row.word)
    return {language: frozenset(words) for language, words in found.items()}


def function_words(language: str) -> frozenset[str]:
    return words_by_language().get(language, frozenset())
