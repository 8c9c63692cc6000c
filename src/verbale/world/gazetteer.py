"""Finds every name of the world tables in a text with one automaton over folded spellings."""

from datetime import date

import ahocorasick_rs
import msgspec

from verbale.model.span import Span
from verbale.model.when import Period
from verbale.world.spellings import Folded, fold, fold_with_places

LONGEST_NAME_WORDS = 10


class NameEntry(msgspec.Struct, frozen=True):
    """One thing that a surface form may mean, and in what way."""

    entity: str
    """st:tr, org:nato, gr:pkk, pl:black-sea, ct:1851632, pe:lavrov-sergey, office:foreign_minister."""
    kind: str
    """official, short, adjective, demonym, metonym, alias, abbrev, translit, misspelling, full name, surname, title."""
    form: str
    """As the table writes it."""
    organ: str | None = None
    since: date | None = None
    until: date | None = None
    ambiguous: bool = False

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)


class Surface(msgspec.Struct, frozen=True):
    """A name found in a text: where, its folded form, and all that it may mean."""

    span: Span
    form: str
    entries: tuple[NameEntry, ...]

    @property
    def entities(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.entity for entry in self.entries))


class Gazetteer:
    """All surface forms. Longest names win, leftmost first; a name ends where a word ends.

    Proper names want a capital letter in the text; short abbreviations ("US", "WHO") their very letters.
    """

    def __init__(self, entries: list[NameEntry]) -> None:
        self.by_form: dict[str, list[NameEntry]] = {}
        for entry in entries:
            self.by_form.setdefault(fold(entry.form), []).append(entry)
        self.by_form.pop("", None)
        self._forms = list(self.by_form)
        self._automaton: ahocorasick_rs.AhoCorasick | None = None

    @property
    def automaton(self) -> ahocorasick_rs.AhoCorasick:
        if self._automaton is None:
            self._automaton = ahocorasick_rs.AhoCorasick(
                self._forms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, store_patterns=False)
        return self._automaton

    def named(self, words: str) -> list[NameEntry]:
        """What the words as a whole may mean, whatever their case."""
        return self.by_form.get(fold(words), [])

    def find(self, text: str, start: int = 0, stop: int | None = None) -> list[Surface]:
        """All names in text order, without overlap; spans count the letters of `text`."""
        stop = len(text) if stop is None else stop
        folded = fold_with_places(text[start:stop])
        found: list[Surface] = []
        free_from = 0
        for number, begin, end in self.automaton.find_matches_as_indexes(folded.text):
            if begin < free_from and end <= free_from:
                continue
            if begin >= free_from and _is_whole(folded.text, begin, end):
                surface = self._surface(text, start, folded, begin, end, self._forms[number])
                if surface is not None:
                    found.append(surface)
                    free_from = end
                    continue
            for surface, end_of_it in self._shorter(text, start, folded, max(begin, free_from), end):
                found.append(surface)
                free_from = end_of_it
        return found

    def _shorter(self, text: str, start: int, folded: Folded, begin: int, end: int) -> list[tuple[Surface, int]]:
        """Names inside a stretch whose longest match was no whole word or had the wrong case."""
        found = []
        here = begin
        while here < end:
            if not _is_start(folded.text, here):
                here += 1
                continue
            match = self._longest_at(text, start, folded, here, end)
            if match is None:
                here += 1
                continue
            found.append(match)
            here = match[1]
        return found

    def _longest_at(self, text: str, start: int, folded: Folded, begin: int, end: int) -> tuple[Surface, int] | None:
        limit = min(len(folded.text), end)
        for stop in range(limit, begin, -1):
            if not _is_stop(folded.text, stop):
                continue
            form = folded.text[begin:stop]
            if form in self.by_form:
                surface = self._surface(text, start, folded, begin, stop, form)
                if surface is not None:
                    return surface, stop
        return None

    def _surface(self, text: str, start: int, folded: Folded, begin: int, end: int, form: str) -> Surface | None:
        place = start + folded.place(begin)
        place_after = start + folded.place(end - 1) + 1
        while place_after < len(text) and not folded.text[end - 1:end].isspace() and _is_mark(text[place_after]):
            place_after += 1
        words = text[place:place_after]
        entries = tuple(entry for entry in self.by_form[form] if is_cased_so(words, entry, text, place, place_after))
        return Surface(Span(place, place_after), form, entries) if entries else None


def _is_mark(letter: str) -> bool:
    """Combining marks that folding dropped belong to the letter before."""
    return "\u0300" <= letter <= "\u036f"


def _is_start(text: str, place: int) -> bool:
    return text[place].isalnum() and (place == 0 or not text[place - 1].isalnum()) or (
        not text[place].isalnum() and not text[place].isspace() and place == 0)


def _is_stop(text: str, place: int) -> bool:
    return place == len(text) or not text[place].isalnum() or not text[place - 1].isalnum()


def _is_whole(text: str, begin: int, end: int) -> bool:
    return (begin == 0 or not text[begin - 1].isalnum()) and _is_stop(text, end)


EXACT_LETTERS = 4
"""Abbreviations up to this long must stand in capitals: "US" is no "us", "WHO" no "who"; "Nato" is longer in use."""
SHORT_BUT_FREE = frozenset({"nato", "opec", "brics", "unicef", "aukus", "asean"})


def is_cased_so(words: str, entry: NameEntry, text: str, start: int, stop: int) -> bool:
    """Whether the words are written as the name wants it."""
    if entry.kind == "title":
        return True
    if entry.form.islower():
        return True
    letters = [letter for letter in words if letter.isalpha()]
    if not letters or not any(letter.isupper() or not letter.islower() for letter in letters):
        return False
    if entry.kind == "abbrev" or (entry.form.isupper() and len(entry.form) <= EXACT_LETTERS):
        return _is_abbreviation_here(words, entry, text, start, stop)
    first = letters[0]
    if entry.form[:1].isupper() and first.islower() and " " not in entry.form and "-" not in entry.form:
        return False
    if entry.kind == "surname" and first.islower() and entry.form[:1].isupper():
        return False
    return True


def _is_abbreviation_here(words: str, entry: NameEntry, text: str, start: int, stop: int) -> bool:
    plain = entry.form.replace(".", "")
    if len(plain) > EXACT_LETTERS or plain.lower() in SHORT_BUT_FREE or not plain.isupper():
        return words[:1].isupper() or not entry.form[:1].isupper()
    if words.replace(".", "") != plain:
        return False
    if entry.ambiguous and "." not in words:
        around = text[max(0, start - 40):start] + text[stop:stop + 40]
        line = around.split("\n")[-1] if "\n" in text[max(0, start - 40):start] else around
        letters = [letter for letter in line if letter.isalpha()]
        return not letters or any(letter.islower() for letter in letters)
    return True
