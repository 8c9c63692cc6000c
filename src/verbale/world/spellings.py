"""Folding: one plain spelling for the many a name is written in, with the way back to the stored letters.

Folded text is lower case, without marks, with plain apostrophes, and with hyphens as spaces, so that "Çavuşoğlu",
"CAVUSOGLU" and "Nagorno‑Karabakh" meet their table rows. Other scripts keep their letters in lower case.
"""

import re
import unicodedata
from functools import lru_cache

import msgspec

# What Unicode does not take apart; each becomes one or more plain letters.
UNDECOMPOSED = {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d",
    "Ð": "d", "ł": "l", "Ł": "l", "þ": "th", "Þ": "th", "ı": "i", "İ": "i", "ə": "a", "Ə": "a", "ħ": "h", "Ħ": "h",
    "ŋ": "ng", "Ŋ": "ng",
}
APOSTROPHES = "'’‘ʼʻ`´ʹ′＇ʿʾ"
HYPHENS = "-‐‑‒–—−﹣－"
SPACES = " \t\xa0\u2007\u202f\u2009\u200a\u2002\u2003\u3000"
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
PLAIN = re.compile(r"[\x00-\x7f]*\Z")
BROKEN_LINE = re.compile(r"(?<!\n)\r?\n(?!\r?\n)")
DOUBLE_SPACE = re.compile(r"  |\r")


class Folded(msgspec.Struct, frozen=True):
    """A folded text and, for each of its letters, where the stored letter stands; `places` None: letter for letter."""

    text: str
    places: list[int] | None
    length: int
    """Of the stored text."""

    def place(self, at: int) -> int:
        """Where the stored text has the folded letter `at`; the end of the text for the end."""
        if self.places is None:
            return at
        return self.places[at] if at < len(self.places) else self.length

    def place_after(self, stop: int) -> int:
        """Where the stored text goes on after the folded letters up to `stop`: marks that were dropped belong before."""
        if self.places is None or stop == 0:
            return stop
        return self.place(stop) if stop < len(self.places) else self.length


@lru_cache(maxsize=4096)
def fold_letter(letter: str) -> str:
    """What one letter folds to: none, one or several letters."""
    if letter in UNDECOMPOSED:
        return UNDECOMPOSED[letter]
    if letter in APOSTROPHES:
        return "'"
    if letter in HYPHENS or letter in SPACES:
        return " "
    if letter in UNSEEN:
        return ""
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return plain.casefold()


ASCII_FOLD = {code: fold_letter(chr(code)) for code in range(128) if chr(code) not in "\r\n"}


def fold(text: str) -> str:
    """The folded spelling of a name or a text: runs of white space become one space, ends are cut."""
    return " ".join(fold_with_places(text).text.split())


def fold_with_places(text: str) -> Folded:
    """Fold a text and keep where each folded letter came from.

    A single line break is a space; an empty line stays, so that no name is found across paragraphs.
    """
    joined = BROKEN_LINE.sub(lambda match: " " * len(match.group()), text)
    if PLAIN.match(joined):
        folded = joined.translate(ASCII_FOLD)
        if not DOUBLE_SPACE.search(folded):
            return Folded(folded, None, len(text))
    return _fold_slowly(joined, len(text))


def _fold_slowly(text: str, length: int) -> Folded:
    letters: list[str] = []
    places: list[int] = []
    after_space = False
    for place, letter in enumerate(text):
        if letter in "\n\r":
            letters.append("\n")
            places.append(place)
            after_space = False
            continue
        for plain in fold_letter(letter):
            is_space = plain == " "
            if is_space and after_space:
                continue
            letters.append(plain)
            places.append(place)
            after_space = is_space
    if places == list(range(length)):
        return Folded("".join(letters), None, length)
    return Folded("".join(letters), places, length)
