"""The words that say who is meant: role nouns and titles, honorifics, verbs and prepositions, first names.

Files: data/identify/roles.csv, words.toml, given_names.csv.
"""

from functools import cache
from typing import Any

import msgspec

from verbale.tables.load import csv_rows, data_folder, toml_table
from verbale.world.spellings import fold


class RoleWord(msgspec.Struct, frozen=True):
    """A noun phrase that says what office or work somebody has: "foreign minister", "spokeswoman", "lawmaker"."""

    words: str
    office: str | None
    """Office kind; `minister`, `envoy`, `official` ... for those that no table of chairs holds."""
    sector: str | None
    gender: str | None
    countries: tuple[str, ...]
    """ISO codes of the states where the words mean this; empty: everywhere."""
    body: str | None
    """The organisation it belongs to, or `any` where it goes with a named organisation."""
    plural: str | None
    source: str


class OrganWord(msgspec.Struct, frozen=True):
    """Words that name an organ of a state: "foreign ministry", "armed forces"."""

    words: str
    organ: str
    sector: str
    source: str


class GivenName(msgspec.Struct, frozen=True):
    """A first name that is nearly always a woman's (f) or a man's (m)."""

    name: str
    gender: str
    source: str


class RoleMatch(msgspec.Struct, frozen=True):
    """A role phrase as found: all rows it may be, and whether it stands in the plural."""

    rows: tuple[RoleWord, ...]
    plural: bool
    length: int
    """In bits."""

    @property
    def first(self) -> RoleWord:
        return self.rows[0]

    def for_country(self, iso3: str | None) -> RoleWord:
        """The row that fits a state: one that names it, else one for everywhere, else the first."""
        named = next((row for row in self.rows if iso3 and iso3 in row.countries), None)
        return named or next((row for row in self.rows if not row.countries), self.rows[0])


Trie = dict[str, Any]


def words_of(phrase: str) -> list[str]:
    """The words of a phrase in lower case, hyphens parting; apostrophes and full stops stay."""
    return phrase.lower().replace("-", " ").replace("é", "e").split()


def plural_of(phrase: str) -> str:
    """The plural of a role phrase: "ministers of defence", "secretaries general", "spokesmen"."""
    words = phrase.split(" ")
    head = (
        next(
            (place for place, word in enumerate(words) if place and word in ("of", "for", "in", "at", "to")), len(words)
        )
        - 1
    )
    if (
        words[-1] in ("general", "designate", "elect")
        and len(words) > 1
        and words[0]
        in ("secretary", "deputy", "director", "attorney", "consul", "under", "undersecretary", "assistant")
    ):
        head = len(words) - 2
    words[head] = _plural_word(words[head])
    return " ".join(words)


def _plural_word(word: str) -> str:
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word == "charge d'affaires":
        return "charges d'affaires"
    return word + "s"


@cache
def role_trie() -> Trie:
    """All role phrases by their words; under the key "" the rows and whether plural."""
    trie: Trie = {}
    grouped: dict[tuple[str, bool], list[RoleWord]] = {}
    for row in csv_rows(data_folder() / "identify/roles.csv", RoleWord):
        grouped.setdefault((row.words, False), []).append(row)
        grouped.setdefault((row.plural or plural_of(row.words), True), []).append(row)
    for (phrase, plural), rows in grouped.items():
        words = words_of(phrase)
        node = trie
        for word in words:
            node = node.setdefault(word, {})
        node.setdefault("", RoleMatch(tuple(rows), plural, len(words)))
    return trie


@cache
def word_table() -> dict[str, Any]:
    return toml_table(data_folder() / "identify/words.toml")


@cache
def words(*keys: str) -> frozenset[str]:
    """A list of words.toml as a set: `words("capital", "place_verbs")`."""
    found: Any = word_table()
    for key in keys:
        found = found[key]
    return frozenset(found)


@cache
def honorifics() -> dict[str, str | None]:
    """Honorifics with the gender they tell; None where they tell none."""
    table = word_table()["honorifics"]
    return {word: (gender if gender in "fm" else None) for gender, listed in table.items() for word in listed}


@cache
def given_names() -> dict[str, str]:
    """First names, folded, with f or m."""
    return {fold(row.name): row.gender for row in csv_rows(data_folder() / "identify/given_names.csv", GivenName)}


def longest_honorific(low: list[str]) -> int:
    """How many of the first words are honorifics: "his excellency mr." is three."""
    here = 0
    while here < len(low):
        if low[here] in honorifics():
            here += 1
        elif here + 1 < len(low) and f"{low[here]} {low[here + 1]}" in honorifics():
            here += 2
        else:
            break
    return here


@cache
def organs() -> dict[tuple[str, ...], str]:
    """Organs by the folded words that name them."""
    return {tuple(words_of(row.words)): row.organ for row in _organ_rows()}


@cache
def organ_starts() -> frozenset[str]:
    return frozenset(words[0] for words in organs())


@cache
def organ_sectors() -> dict[str, str]:
    """The PLOVER sector of each organ; GOV for one that is not here."""
    return {row.organ: row.sector for row in _organ_rows()}


@cache
def _organ_rows() -> list[OrganWord]:
    return csv_rows(data_folder() / "identify/organs.csv", OrganWord)
