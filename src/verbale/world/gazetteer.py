"""Finds every name of the world tables in a text with one automaton over folded spellings."""

import re
from datetime import date
from functools import cached_property

import ahocorasick_rs
import msgspec
import numpy as np

from verbale.model.span import Span
from verbale.model.when import Period
from verbale.world.letters import Letters, folded_letters, folded_names
from verbale.world.spellings import fold


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

    Proper names want a capital letter in the text; short abbreviations ("US", "WHO") their very letters. A name that is
    not written so yields to a shorter one that starts there, else to what starts at the next word.
    """

    def __init__(self, entries: list[NameEntry]) -> None:
        self.by_form: dict[str, list[NameEntry]] = {}
        for entry, form in zip(entries, folded_names([entry.form for entry in entries])):
            self.by_form.setdefault(form, []).append(entry)
        self.by_form.pop("", None)
        self._written: dict[str, tuple[NameEntry, ...]] = {}
        """For words as written: what they may mean."""

    @cached_property
    def automaton(self) -> ahocorasick_rs.BytesAhoCorasick:
        """Finds whole folded forms in a text with two spaces between words: one for the name before, one for the next.

        Of the implementations the contiguous one searches twice as fast and is built as fast.
        """
        return ahocorasick_rs.BytesAhoCorasick(
            [pattern.encode("utf-8", "surrogatepass") for pattern in self._patterns],
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )

    @cached_property
    def _wide_automaton(self) -> ahocorasick_rs.AhoCorasick:
        """The same for texts with other than plain Latin letters; made when the first of them is met."""
        return ahocorasick_rs.AhoCorasick(
            self._patterns,
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            store_patterns=False,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
        )

    @property
    def _patterns(self) -> list[str]:
        return [f" {form.replace(' ', '  ')} " for form in self.by_form]

    def _matches(self, letters: Letters) -> list[tuple[int, int, int]]:
        if letters.plain is not None:
            return self.automaton.find_matches_as_indexes(letters.plain.replace(b" ", b"  "))
        return self._wide_automaton.find_matches_as_indexes(letters.text.replace(" ", "  "))

    @cached_property
    def _forms(self) -> list[str]:
        """The forms in the automaton's order."""
        return list(self.by_form)

    @cached_property
    def _most_words(self) -> int:
        """How many words the longest form has."""
        return max((form.count(" ") + 1 for form in self.by_form), default=0)

    def named(self, words: str) -> list[NameEntry]:
        """What the words as a whole may mean, whatever their case."""
        return self.by_form.get(fold(words), [])

    def find(self, text: str, start: int = 0, stop: int | None = None) -> list[Surface]:
        """All names in text order, without overlap; spans count the letters of `text`."""
        stretch = text[start:stop] if start or stop is not None else text
        letters = folded_letters(f" {stretch} ")
        matches = self._matches(letters)
        if not matches:
            return []
        found: list[Surface] = []
        free_from, forms, written = 0, self._forms, self._written
        for (pattern, _, _), begin, end, place, after in zip(matches, *_places_of(text, letters, matches, start - 1)):
            form = forms[pattern]
            if begin >= free_from:
                words = text[place:after]
                meant = written.get(words)
                if meant is None:
                    meant = self._meant(words, form)
                if meant and len(words) <= EXACT_LETTERS and words.isupper():
                    meant = _not_shouted(text, place, after, meant)
                if meant:
                    found.append(Surface(Span(place, after), form, meant))
                    free_from = end
                    continue
            if end > free_from and " " in form:
                free_from = self._search(text, start - 1, letters, max(begin, free_from), end, found)
        return found

    def _search(self, text: str, shift: int, letters: Letters, begin: int, end: int, found: list[Surface]) -> int:
        """Look from word to word for names that start in a stretch; gives where the next name may start."""
        folded = letters.text
        while begin < end:
            if folded[begin] == " ":
                begin += 1
                continue
            surface, after = self._longest_at(text, shift, letters, begin)
            if surface is not None:
                found.append(surface)
            begin = after
        return begin

    def _longest_at(self, text: str, shift: int, letters: Letters, begin: int) -> tuple[Surface | None, int]:
        """The longest name from a word's start on, and where to look on; None where there is none."""
        folded = letters.text
        ends: list[int] = []
        stop = begin
        while len(ends) < self._most_words and stop >= 0:
            stop = folded.find(" ", stop)
            if stop < 0 or folded[stop - 1] == " ":
                break
            ends.append(stop)
            stop += 1
        for stop in reversed(ends):
            form = folded[begin:stop]
            if form in self.by_form:
                surface = self._surface(text, shift, letters, begin, stop, form)
                if surface is not None:
                    return surface, stop
        return None, ends[0] if ends else len(folded)

    def _surface(self, text: str, shift: int, letters: Letters, begin: int, stop: int, form: str) -> Surface | None:
        place, last = (int(one) + shift for one in letters.stored(np.array([begin, stop - 1])))
        after = _past_marks(text, last + 1) if letters.has_marks else last + 1
        words = text[place:after]
        meant = self._written.get(words)
        if meant is None:
            meant = self._meant(words, form)
        if meant and len(words) <= EXACT_LETTERS and words.isupper():
            meant = _not_shouted(text, place, after, meant)
        return Surface(Span(place, after), form, meant) if meant else None

    def _meant(self, words: str, form: str) -> tuple[NameEntry, ...]:
        """What words of a form may mean as they are written; remembered."""
        meant = tuple(entry for entry in self.by_form[form] if is_written_so(words, entry))
        if len(self._written) < REMEMBERED:
            self._written[words] = meant
        return meant


def _not_shouted(text: str, place: int, after: int, meant: tuple[NameEntry, ...]) -> tuple[NameEntry, ...]:
    """Without the ambiguous ones where all of a line is in capitals."""
    return tuple(entry for entry in meant if not entry.ambiguous or not is_in_capitals(text, place, after))


def _past_marks(text: str, after: int) -> int:
    while after < len(text) and "\u0300" <= text[after] <= "\u036f":
        after += 1
    return after


def _places_of(text: str, letters: Letters, matches: list[tuple[int, int, int]],
               shift: int) -> tuple[list[int], list[int], list[int], list[int]]:
    """Where the words of matches begin and end: in the folded text, then in the stored one.

    A match takes one space in before its words and one behind them, of a text in which each space stands twice.
    """
    spans = np.array(matches, np.int64)
    seconds = letters.spaces + np.arange(1, len(letters.spaces) + 1)
    begin, end = spans[:, 1] + 1, spans[:, 2] - 1
    begin = begin - np.searchsorted(seconds, begin)
    end = end - np.searchsorted(seconds, end)
    place = letters.stored(begin) + shift
    after = (letters.stored(end - 1) + shift + 1).tolist()
    if letters.has_marks:
        after = [_past_marks(text, one) for one in after]
    return begin.tolist(), end.tolist(), place.tolist(), after


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
