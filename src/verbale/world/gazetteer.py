"""Finds every name of the world tables in a text with one automaton over folded spellings."""

import re
from datetime import date

import ahocorasick_rs
import msgspec

from verbale.model.span import Span
from verbale.model.when import Period
from verbale.world.spellings import Folded, fold, fold_with_places


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
    """All surface forms. Longest names win, leftmost first; a name begins and ends where a word does.

    Proper names want a capital letter in the text; short abbreviations ("US", "WHO") their very letters.
    """

    def __init__(self, entries: list[NameEntry]) -> None:
        self.by_form: dict[str, list[NameEntry]] = {}
        for entry in entries:
            self.by_form.setdefault(fold(entry.form), []).append(entry)
        self.by_form.pop("", None)
        self._automaton: ahocorasick_rs.AhoCorasick | None = None
        self._written: dict[str, tuple[NameEntry, ...]] = {}
        """For words as written: what they may mean."""

    @property
    def automaton(self) -> ahocorasick_rs.AhoCorasick:
        """Finds folded forms, each after a space: what begins inside a word is then never looked at."""
        if self._automaton is None:
            self._automaton = ahocorasick_rs.AhoCorasick(
                [f" {form}" for form in self.by_form], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
                store_patterns=False, implementation=ahocorasick_rs.Implementation.NoncontiguousNFA)
        return self._automaton

    def named(self, words: str) -> list[NameEntry]:
        """What the words as a whole may mean, whatever their case."""
        return self.by_form.get(fold(words), [])

    def find(self, text: str, start: int = 0, stop: int | None = None) -> list[Surface]:
        """All names in text order, without overlap; spans count the letters of `text`."""
        stretch = text[start:stop] if start or stop is not None else text
        folded = fold_with_places(" " + stretch)
        letters = folded.text.replace("\n", " ")
        found: list[Surface] = []
        free_from = 0
        for _, begin, end in self.automaton.find_matches_as_indexes(letters):
            if end <= free_from:
                continue
            begin = max(begin + 1, free_from)
            while begin < end:
                surface, after = self._longest_at(text, start - 1, folded, letters, begin, end)
                if surface is not None:
                    found.append(surface)
                    free_from = after
                begin = after
        return found

    def _longest_at(self, text: str, shift: int, folded: Folded, letters: str, begin: int,
                    end: int) -> tuple[Surface | None, int]:
        """The longest name from a word's start up to `end`, and where to look on; None where there is none."""
        stop = end
        while stop > begin:
            if stop == len(letters) or letters[stop] == " " or not letters[stop - 1].isalnum():
                entries = self.by_form.get(letters[begin:stop])
                if entries:
                    surface = self._surface(text, shift, folded, begin, stop, entries)
                    if surface is not None:
                        return surface, stop
            stop = letters.rfind(" ", begin, stop)
        space = letters.find(" ", begin, end)
        return None, end if space < 0 else space + 1

    def _surface(self, text: str, shift: int, folded: Folded, begin: int, stop: int,
                 entries: list[NameEntry]) -> Surface | None:
        place = shift + folded.place(begin)
        after = shift + folded.place(stop - 1) + 1
        while after < len(text) and "\u0300" <= text[after] <= "\u036f":
            after += 1
        words = text[place:after]
        meant = self._written.get(words)
        if meant is None:
            meant = tuple(entry for entry in entries if is_written_so(words, entry))
            if len(self._written) < REMEMBERED:
                self._written[words] = meant
        if meant and len(words) <= EXACT_LETTERS and words.isupper():
            meant = tuple(entry for entry in meant if not entry.ambiguous or not is_in_capitals(text, place, after))
        return Surface(Span(place, after), folded.text[begin:stop], meant) if meant else None


REMEMBERED = 200_000
"""Spellings kept; a process that reads millions of articles must not grow without end."""
SENTENCE_BREAK = re.compile(r"[.!?;:,()\[\]\n\"“”]\s")


def is_written_so(words: str, entry: NameEntry) -> bool:
    """Whether the words are written as the name wants it: its capitals, and no stop where the name has none."""
    if SENTENCE_BREAK.search(words) and not SENTENCE_BREAK.search(entry.form):
        return False
    if "\n\n" in words:
        return False
    if entry.kind == "title" or entry.form.islower():
        return True
    letters = [letter for letter in words if letter.isalpha()]
    if not letters or not any(letter.isupper() or not letter.islower() for letter in letters):
        return False
    if entry.kind == "abbrev" or (entry.form.isupper() and len(entry.form) <= EXACT_LETTERS):
        return _is_abbreviation(words, entry)
    if len(entry.form) <= EXACT_LETTERS and entry.form[1:].lower() != entry.form[1:] and entry.form.isalpha():
        return words == entry.form
    if entry.entity.startswith(("ct:", "pe:")) and not _has_its_capitals(words, entry.form):
        return False
    if letters[0].islower() and entry.form[:1].isupper():
        return entry.kind != "surname" and (" " in entry.form or "-" in entry.form)
    return True


EXACT_LETTERS = 4
"""Abbreviations up to this long must stand in capitals: "US" is no "us", "WHO" no "who"; "Nato" is longer in use."""
SHORT_BUT_FREE = frozenset({"nato", "opec", "brics", "unicef", "aukus", "asean"})


def _has_its_capitals(words: str, form: str) -> bool:
    """Whether each word has a capital where the name's has one: "Red deer" is no Red Deer."""
    ours, theirs = words.replace("-", " ").split(), form.replace("-", " ").split()
    return len(ours) != len(theirs) or not any(theirs[number][:1].isupper() and word[:1].islower()
                                               for number, word in enumerate(ours))


def _is_abbreviation(words: str, entry: NameEntry) -> bool:
    plain = entry.form.replace(".", "")
    if len(plain) > EXACT_LETTERS or plain.lower() in SHORT_BUT_FREE or not plain.isupper():
        return words[:1].isupper() or not entry.form[:1].isupper()
    return words.replace(".", "") == plain


def is_in_capitals(text: str, start: int, stop: int) -> bool:
    """Whether a word stands in a line that is all capitals, where "US" may be "us" and "WHO" a question."""
    before, after = text[max(0, start - 40):start], text[stop:stop + 40]
    line = before.rsplit("\n", 1)[-1] + after.split("\n", 1)[0]
    letters = [letter for letter in line if letter.isalpha()]
    return bool(letters) and not any(letter.islower() for letter in letters)
