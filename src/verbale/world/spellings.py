"""Folding: one plain spelling for the many a name is written in, with the way back to the stored letters.

Folded text is lower case and without marks; hyphens, apostrophes and all other signs are spaces, so that "Çavuşoğlu",
"CAVUSOGLU", "Nagorno‑Karabakh" and "U.S." meet their table rows. Other scripts keep their letters in lower case.
"""

import re
import unicodedata
from bisect import bisect_right

import msgspec

# What Unicode does not take apart; each becomes one or more plain letters.
UNDECOMPOSED = {
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d",
    "Ð": "d", "ł": "l", "Ł": "l", "þ": "th", "Þ": "th", "ı": "i", "İ": "i", "ə": "a", "Ə": "a", "ħ": "h", "Ħ": "h",
    "ŋ": "ng", "Ŋ": "ng",
}
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
BROKEN_LINE = re.compile(r"(?<!\n)\r?\n(?!\r?\n)")
SPACES = re.compile(r"  +")


def fold_letter(letter: str) -> str:
    """What one letter folds to: none, one or several letters; a space for what is no letter, digit or line end."""
    if letter in UNDECOMPOSED:
        return UNDECOMPOSED[letter]
    if letter == "\n" or letter in "+&":
        return letter
    if letter in UNSEEN or unicodedata.combining(letter):
        return ""
    parts = unicodedata.normalize("NFKD", letter)
    plain = "".join(part for part in parts if not unicodedata.combining(part)).casefold()
    return plain if plain.isalnum() else " "


class _FoldTable(dict[int, str]):
    """`str.translate`'s table, filled as letters are met."""

    def __missing__(self, code: int) -> str:
        plain = fold_letter(chr(code))
        self[code] = plain
        if len(plain) != 1:
            CHANGING.add(chr(code))
        return plain


CHANGING: set[str] = set()
"""Letters met so far that fold to none or to several."""
TABLE = _FoldTable()


class Folded(msgspec.Struct, frozen=True):
    """A folded text and the way back: `starts[i]` of the folded text stands at `places[i]` of the stored one."""

    text: str
    starts: list[int]
    """Folded places at which the distance to the stored place changes, from 0."""
    places: list[int]

    def place(self, at: int) -> int:
        """Where the stored text has the folded letter `at`."""
        number = bisect_right(self.starts, at) - 1
        return self.places[number] + at - self.starts[number]


def fold(text: str) -> str:
    """The folded spelling of a name or a text: runs of white space become one space, ends are cut."""
    return " ".join(text.translate(TABLE).split())


def fold_with_places(text: str) -> Folded:
    """Fold a text and keep where each folded letter came from.

    A single line break is a space; an empty line stays, so that no name is found across paragraphs.
    """
    if "\n" in text:
        text = BROKEN_LINE.sub(lambda match: " " * len(match.group()), text)
    folded = text.translate(TABLE)
    changing = CHANGING.intersection(text)
    starts, places = [0], [0]
    if changing:
        shift = 0
        for match in re.finditer("[" + re.escape("".join(sorted(changing))) + "]", text):
            grown = len(TABLE[ord(match.group())])
            after = match.end()
            for extra in range(1, grown):
                starts.append(match.start() + shift + extra)
                places.append(match.start())
            shift += grown - 1
            starts.append(after + shift)
            places.append(after)
    if "  " not in folded:
        return Folded(folded, starts, places)
    return _without_runs(Folded(folded, starts, places))


def _without_runs(wide: Folded) -> Folded:
    """The same with each run of spaces as one space."""
    pieces: list[str] = []
    moved: dict[int, int] = {}
    known = list(zip(wide.starts, wide.places))
    done = lost = number = 0
    for match in SPACES.finditer(wide.text):
        run, end = match.start() + 1, match.end()
        pieces.append(wide.text[done:run])
        while number < len(known) and known[number][0] < end:
            if known[number][0] < run:
                moved[known[number][0] - lost] = known[number][1]
            number += 1
        lost += end - run
        done = end
        if end < len(wide.text):
            moved[end - lost] = wide.place(end)
    pieces.append(wide.text[done:])
    for start, place in known[number:]:
        moved[start - lost] = place
    starts = sorted(moved)
    return Folded("".join(pieces), starts, [moved[start] for start in starts])
