"""The topics of diplomacy: their terms, the words that bring an agenda in, and words that are too general to be one."""

from functools import lru_cache

import msgspec

from verbale.tables.load import csv_rows, data_folder

LONGEST_TERM = 6


class TopicRow(msgspec.Struct, frozen=True):
    id: str
    label: str
    family: str | None
    parent: str | None
    source: str


class TermRow(msgspec.Struct, frozen=True):
    """Words that speak of a topic. A strong term does so alone; a weak one only on an agenda."""

    topic: str
    term: str
    kind: str
    source: str


class CueRow(msgspec.Struct, frozen=True):
    """A word that brings in what was talked about. `role`: obj, prepositions parted by `|`, talks (its subject must be
    talks), views (its object is views on something), item (what stands beside it in apposition or is said to be on it).
    """

    word: str
    tag: str
    role: str
    source: str


class GenericRow(msgspec.Struct, frozen=True):
    """A word too general to be a topic.

    `generic`: look at what it is of; `empty`: no topic at all; `fragment`: a topic only with what it is of behind it.
    """

    word: str
    kind: str
    source: str


class TopicWords:
    """The topics by what is asked of them."""

    def __init__(self, topics: list[TopicRow], terms: list[TermRow], cues: list[CueRow], generic: list[GenericRow]):
        self.labels = {row.id: row.label for row in topics}
        self.terms: dict[tuple[str, ...], tuple[str, bool]] = {}
        for row in terms:
            plain = row.term.lower().replace("’", "'")
            for key in {
                tuple(plain.split()),
                tuple(plain.replace("-", " - ").split()),
            }:  # words are cut at some hyphens
                if row.topic in self.labels and key not in self.terms:
                    self.terms[key] = (row.topic, row.kind == "strong")
        self.first_words = {key[0] for key in self.terms}
        self.verbs = {row.word: row.role for row in cues if row.tag == "verb"}
        self.nouns = {row.word: row.role for row in cues if row.tag == "noun"}
        self.cues = self.verbs.keys() | self.nouns.keys()
        self.generic = frozenset(row.word for row in generic if row.kind == "generic")
        self.fragments = frozenset(row.word for row in generic if row.kind == "fragment")
        self.empty = frozenset(row.word for row in generic if row.kind == "empty")

    def term_at(self, forms: list[str], lemmas: list[str], place: int) -> tuple[str, bool, int] | None:
        """Topic, whether the term is strong, and the place after it, of the longest term that starts at a word."""
        for length in range(min(LONGEST_TERM, len(forms) - place), 0, -1):
            after = place + length
            for key in (tuple(forms[place:after]), tuple(lemmas[place:after])):
                if key in self.terms:
                    return (*self.terms[key], after)
        return None


@lru_cache(maxsize=1)
def topic_words() -> TopicWords:
    """The package's topics, read once: the world's table with its terms, and the terms and cues of the lexicon."""
    world, lexicon = data_folder() / "world", data_folder() / "lexicon" / "en"
    terms = [*csv_rows(lexicon / "topics_terms.csv", TermRow), *csv_rows(world / "topic_terms.csv", TermRow)]
    return TopicWords(
        csv_rows(world / "topics.csv", TopicRow),
        terms,
        csv_rows(lexicon / "topics_cues.csv", CueRow),
        csv_rows(lexicon / "topics_generic.csv", GenericRow),
    )
