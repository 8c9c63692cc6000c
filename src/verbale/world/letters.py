"""Folding whole texts at once, for finding names: the same letters as `spellings.fold_letter`, by one table look-up.

What folds to no letter is dropped, runs of spaces become one space, and `places` leads back to the stored letters.
"""

from collections.abc import Iterable
from functools import cache, cached_property
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from verbale.world.spellings import fold, fold_letter, fold_with_places

LETTERS = 0x110000
UNKNOWN, MANY, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
"""Of a letter: not met yet; folds to several letters; folds to none."""
SPACE, LINE = 32, 10
ASCII = 128


class Letters(msgspec.Struct, frozen=True, dict=True):
    """A folded text with one space between words, and where each of its letters stands in the stored text."""

    plain: bytes | None
    """The folded text where all its letters are plain Latin ones."""
    other: str | None
    """The folded text where they are not."""
    places: NDArray[np.int64] | None
    """None where every letter has kept its place."""
    spaces: NDArray[np.int64]
    """Where the spaces of the folded text are."""
    has_marks: bool = False
    """Whether letters that fold to none were dropped: a name may have marks behind its last letter."""

    @cached_property
    def text(self) -> str:
        return self.plain.decode("ascii") if self.plain is not None else self.other or ""

    def stored(self, at: NDArray[np.int64]) -> NDArray[np.int64]:
        """The stored places of folded ones."""
        return at if self.places is None else self.places[at]


class _Table:
    """What each code point folds to, filled as letters are met."""

    def __init__(self) -> None:
        self.codes: NDArray[np.uint32] = np.full(LETTERS, UNKNOWN, np.uint32)
        self._fill(range(ASCII))
        self.ascii = self.codes[:ASCII].astype(np.uint8)

    def _fill(self, codes: Iterable[int]) -> None:
        for code in codes:
            plain = fold_letter(chr(code))
            self.codes[code] = ord(plain) if len(plain) == 1 else MANY if plain else NONE

    def folded(self, text: str) -> NDArray[Any]:
        """Each letter's fold, as bytes where they all are plain letters."""
        if text.isascii():
            return self.ascii[np.frombuffer(text.encode("ascii"), np.uint8)]
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        found = self.codes[codes]
        highest = found.max()
        if highest == UNKNOWN:
            self._fill(np.unique(codes[found == UNKNOWN]).tolist())
            found = self.codes[codes]
            highest = found.max()
        return found.astype(np.uint8) if highest < ASCII else found


@cache
def _table() -> _Table:
    return _Table()


def folded_letters(text: str) -> Letters:
    """Fold a text. A line break is a space; an empty line is several, so that no name is found across paragraphs."""
    codes = _table().folded(text)
    highest = NONE - 1 if codes.dtype == np.uint8 else int(codes.max())
    if highest == MANY or "\r" in text:
        return _slowly(text)
    places = None
    if highest == NONE:
        places = np.flatnonzero(codes != NONE)
        codes = codes[places]
    if "\n" in text:
        _break_lines(codes)
    spaces = np.flatnonzero(codes == SPACE)
    doubled = spaces[1:][np.diff(spaces) == 1]
    if len(doubled):
        is_left = np.ones(len(codes), bool)
        is_left[doubled] = False
        codes = codes[is_left]
        places = np.flatnonzero(is_left) if places is None else places[is_left]
    if "\n" in text:
        codes[codes == LINE] = SPACE
    if len(doubled) or "\n" in text:
        spaces = np.flatnonzero(codes == SPACE)
    raw, is_plain = codes.tobytes(), codes.dtype == np.uint8
    other = None if is_plain else raw.decode("utf-32-le", "surrogatepass")
    return Letters(raw if is_plain else None, other, places, spaces, highest == NONE)


def folded_names(names: list[str]) -> list[str]:
    """`spellings.fold` of many names, those in plain letters all at once."""
    plain = [name for name in names if name.isascii() and "\n" not in name]
    table = _table().ascii.tobytes() + bytes(range(ASCII, 256))
    lines = "\n".join(plain).encode("ascii").translate(table).decode("ascii").split("\n")
    folded = dict(zip(plain, (" ".join(line.split()) for line in lines)))
    return [folded[name] if name in folded else fold(name) for name in names]


def _break_lines(codes: NDArray[Any]) -> None:
    """Single line breaks become spaces, in place; those of an empty line stay."""
    lines = np.flatnonzero(codes == LINE)
    is_beside = np.diff(lines) == 1
    is_alone = np.ones(len(lines), bool)
    is_alone[1:] &= ~is_beside
    is_alone[:-1] &= ~is_beside
    codes[lines[is_alone]] = SPACE


def _slowly(text: str) -> Letters:
    """The same for texts with letters that fold to several, such as the German sharp s."""
    folded = fold_with_places(text)
    plain = folded.text.replace("\n", " ")
    at = np.arange(len(plain))
    starts, places = np.array(folded.starts, np.int64), np.array(folded.places, np.int64)
    number = np.searchsorted(starts, at, "right") - 1
    codes = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), np.uint32)
    raw = plain.encode("ascii") if plain.isascii() else None
    other = None if raw is not None else plain
    return Letters(raw, other, places[number] + at - starts[number], np.flatnonzero(codes == SPACE), True)
