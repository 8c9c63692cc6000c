"""Words of a text, as Universal Dependencies cuts English: clitics and most hyphens stand apart, nothing is lost.

Word lists: data/lexicon/en/abbreviations.csv, hyphen_prefixes.csv, joined_words.csv.
"""

import re
from functools import cache
from typing import NamedTuple

import msgspec

from verbale.tables.load import csv_rows, data_folder


class Cut(NamedTuple):
    """A word's place; half-open, in letters of the text."""

    start: int
    stop: int


class Abbreviation(msgspec.Struct, frozen=True):
    """A short form that keeps its full stop. `kind` says what follows: title (a name), month, before (a number or
    more of the phrase), end (it may close a sentence)."""

    form: str
    kind: str
    source: str


class HyphenPrefix(msgspec.Struct, frozen=True):
    """A first part that stays on its word: "pro-Beijing", "re-elected" are one word, "French-led" is three."""

    form: str
    source: str


class JoinedWord(msgspec.Struct, frozen=True):
    """Two words written as one: "cannot" is "can" and "not"; `first` counts the letters of the first."""

    form: str
    first: int
    source: str


@cache
def abbreviations() -> dict[str, str]:
    """Short forms with their kind; title and month forms in capitals too, as headlines have them."""
    rows = csv_rows(data_folder() / "lexicon/en/abbreviations.csv", Abbreviation)
    known = {row.form.upper(): row.kind for row in rows if row.kind in ("title", "month")}
    return known | {row.form: row.kind for row in rows}


@cache
def _prefixes() -> str:
    rows = csv_rows(data_folder() / "lexicon/en/hyphen_prefixes.csv", HyphenPrefix)
    return "|".join(sorted((row.form for row in rows), key=len, reverse=True))


@cache
def _joined() -> dict[str, int]:
    return {row.form: row.first for row in csv_rows(data_folder() / "lexicon/en/joined_words.csv", JoinedWord)}


APOSTROPHE = "['’ʼ´`]"
LETTER = r"[^\W\d_]"
# A mark over a letter may travel as a letter of its own (decomposed text): it belongs to the letter before it.
LETTERS = rf"{LETTER}(?:{LETTER}|[\u0300-\u036f\u200d])*"

# The first rule that fits at a place cuts the word there. Each line: what it holds together.
RULES = [
    r"(?:https?://|www\.)[^\s<>“”\"]*[^\s<>“”\".,;:!?')\]]",  # addresses
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",  # mail addresses
    rf"[@#]{LETTER}\w*",  # handles and hashtags: @nato
    r"(?<![\w.])\(?\+?\d{1,4}\)?(?:[-.]\d{3,4}){2,}(?!\w)",  # telephone numbers
    r"\d{4}-\d{2}-\d{2}(?!\d)",  # days as 2024-03-05
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![\w]))?|(?<![\w.])[A-Z](?:\.[A-Z])+(?![\w.])",  # U.S. a.m. U.S.A U.S
    r"(?i:(?:[a-z][\w-]*\.)+(?:com|org|net|gov|edu|int|info|eu|ru|uk|tv)(?!\w))",  # example.com
    r"(?<![\w.])[a-z]{3,}(?:\.[a-z]{3,})+(?![\w.])",  # names of nets and files
    "{abbreviations}",
    r"(?<![\w'’])[A-Z]\.(?=\s?[A-Z])",  # initials: J. Smith
    rf"{APOSTROPHE}(?=\d0s\b)\d0s",  # '90s
    rf"(?i:{APOSTROPHE}(?:em|cause|til|tis|twas)(?!\w))",  # 'em
    rf"(?i:n{APOSTROPHE}t(?!\w)|{APOSTROPHE}(?:s|m|re|ve|ll|d)(?!\w))",  # clitics
    r"\d+(?:[.,:/]\d+)*(?:(?i:st|nd|rd|th)|s|[A-Z])(?![^\W_])",  # 5th 1980s 4A
    r"\d+(?:[.,:/]\d+)*",  # 1,200; 50km is 50 and km
    r"(?:US|HK|NZ|CA|C|A)[$]",
    r"\[(?:\.{3}|…)\]",  # [...]
    r"(?i:(?:{prefixes})-)(?:[^\W\d_]|\d{4})[^\W_]*",  # pro-Beijing, mid-2004
    rf"{LETTERS}(?:&(?:amp;)?[A-Z][A-Za-z]*)+",  # AT&T
    rf"{LETTERS}(?:{APOSTROPHE}{LETTERS}|\d+{LETTER}*|_\w+)*",  # words, O'Neill, G20
    r"\.{2,}|…+|-{2,}|[!?]{2,}|''|``|’’|‘‘|‘’|<+|>+|\*+|=+|_+|~+|#+",  # runs of one mark
    r"[:;]-?[()DPp](?!\w)",  # faces
    r"\S",  # any other mark alone
]


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(abbreviations(), key=len, reverse=True)
    short = r"(?<![\w.])(?:" + "|".join(map(re.escape, forms)) + r")(?!\w)"
    rules = [rule.replace("{abbreviations}", short).replace("{prefixes}", _prefixes()) for rule in RULES]
    return re.compile("|".join(rules))


CLITIC = re.compile(rf"(?i)(?:(?<=\w)n{APOSTROPHE}t|(?<=\w){APOSTROPHE}(?:s|m|re|ve|ll|d))$")

POINT = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2})*\.)(?=\s)")  # "2.1. Terms": the number of a point opens the sentence


def tokens_in(text: str, start: int = 0, stop: int | None = None) -> list[Cut]:
    """Places of the words between two letters of a text, in order, without overlap; only white space lies between.

    A clitic is a word of its own ("do|n't", "Lavrov|'s", "can|not"), and so is each part and hyphen of most hyphened
    words. Source: the guidelines of Universal Dependencies for English; counts in EWT and GUM chose between ways.
    """
    stop = len(text) if stop is None else stop
    cuts: list[Cut] = []
    pattern, joined, place = _pattern(), _joined(), start
    point = POINT.match(text, start, stop)
    if point:
        cuts.append(Cut(point.start(1), point.end(1)))
        place = point.end(1)
    while found := pattern.search(text, place, stop):
        place = found.end()
        cuts += _parts(text, found.start(), place, joined)
    return cuts


def words_of(text: str) -> list[str]:
    """The words of a text, as it spells them."""
    return [text[start:stop] for start, stop in tokens_in(text)]


def _parts(text: str, start: int, stop: int, joined: dict[str, int]) -> list[Cut]:
    """A word as found, or its two parts: at its clitic, or where two words are written as one."""
    word = text[start:stop]
    clitic = None if word.isalpha() else CLITIC.search(word)
    if clitic and clitic.start():
        middle = start + clitic.start()
        return [*_parts(text, start, middle, joined), Cut(middle, stop)]
    first = joined.get(word.lower()) if word[1:].islower() or len(word) == 1 else None
    if first:
        return [Cut(start, start + first), Cut(start + first, stop)]
    return [Cut(start, stop)]
