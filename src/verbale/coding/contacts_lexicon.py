"""Words of contacts: what people do when they meet or speak, through which channel, how often, and with what result."""

from functools import lru_cache

import msgspec

from verbale.tables.load import csv_rows, data_folder

LONGEST_PHRASE = 5


class PredicateRow(msgspec.Struct, frozen=True):
    """A word that tells a contact. `place`: visits (its object or goal is a place), hosts (its subject is the host)."""

    word: str
    tag: str
    channel: str
    place: str | None
    source: str


class PhraseRow(msgspec.Struct, frozen=True):
    """Words that say something of a contact. `kind`: channel, visit, outcome, release, bound, bound after."""

    words: str
    kind: str
    value: str
    source: str


class NumberRow(msgspec.Struct, frozen=True):
    """A number in words. `kind`: number (three), ordinal (third), times (twice)."""

    words: str
    value: int
    kind: str
    source: str


class ContactWords:
    """The lexicon of contacts, by what is asked of it."""

    def __init__(self, predicates: list[PredicateRow], phrases: list[PhraseRow], numbers: list[NumberRow]):
        self.verbs = {row.word: row for row in predicates if row.tag == "verb"}
        self.nouns = {row.word: row for row in predicates if row.tag == "noun"}
        self.numbers = {row.words: row.value for row in numbers if row.kind == "number"}
        self.ordinals = {row.words: row.value for row in numbers if row.kind == "ordinal"}
        self.times = {row.words: row.value for row in numbers if row.kind == "times"}
        self.all_numbers = frozenset((*self.numbers, *self.ordinals, *self.times))
        self.phrases: dict[str, dict[tuple[str, ...], str]] = {}
        for row in phrases:
            self.phrases.setdefault(row.kind, {})[tuple(row.words.split())] = row.value
        self.first_words = {kind: frozenset(words[0] for words in known) for kind, known in self.phrases.items()}

    def phrase_in(self, kind: str, words: list[str]) -> str | None:
        """The value of the first phrase of a kind that stands among lower-case words; longer ones first."""
        found = self.phrase_at(kind, words)
        return found[0] if found else None

    def phrase_at(self, kind: str, words: list[str]) -> tuple[str, int, int] | None:
        """Value, first place and place after, of the longest phrase of a kind, the leftmost of equals."""
        known, first_words = self.phrases.get(kind, {}), self.first_words.get(kind, frozenset())
        places = [place for place, word in enumerate(words) if word in first_words]
        for length in range(LONGEST_PHRASE, 0, -1) if places else ():
            for first in places:
                if first + length > len(words):
                    break
                value = known.get(tuple(words[first : first + length]))
                if value is not None:
                    return value, first, first + length
        return None


@lru_cache(maxsize=1)
def contact_words() -> ContactWords:
    """The package's lexicon of contacts, read once."""
    folder = data_folder() / "lexicon" / "en"
    return ContactWords(
        csv_rows(folder / "contacts_predicates.csv", PredicateRow),
        csv_rows(folder / "contacts_phrases.csv", PhraseRow),
        csv_rows(folder / "contacts_numbers.csv", NumberRow),
    )
