"""Words to the word pieces of the encoder, with the case each word was written in.

The encoder's vocabulary is lower case, so the shape of a word travels beside its pieces as a small class.
"""

import unicodedata
from typing import NamedTuple

UNKNOWN, START, STOP = "[UNK]", "[CLS]", "[SEP]"
LONGEST_WORD = 60  # letters; longer runs are addresses or noise, and one unknown piece serves as well

# Typographic marks read as their plain twins: the treebanks are written with plain ones.
PLAIN_MARKS = str.maketrans({
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'",
    "–": "-", "—": "-", "‒": "-", "―": "-", "‑": "-", "−": "-", "…": ".",
})

(CASE_NONE, CASE_LOWER, CASE_TITLE, CASE_UPPER, CASE_SINGLE, CASE_MIXED, CASE_DIGIT, CASE_SPECIAL) = range(8)
CASES = 8


class Pieces(NamedTuple):
    """One sentence as the encoder takes it: piece ids, a case class a piece, first and last piece of each word."""

    ids: list[int]
    case: list[int]
    first: list[int]
    last: list[int]


def case_of(word: str) -> int:
    """The shape of a word: lower, Title, UPPER, one capital, mixed, with a digit, or without letters."""
    if any(letter.isdigit() for letter in word):
        return CASE_DIGIT
    letters = [letter for letter in word if letter.isalpha()]
    if not letters:
        return CASE_NONE
    if all(letter.islower() for letter in letters):
        return CASE_LOWER
    if all(letter.isupper() for letter in letters):
        return CASE_SINGLE if len(letters) == 1 else CASE_UPPER
    if letters[0].isupper() and all(letter.islower() for letter in letters[1:]):
        return CASE_TITLE
    return CASE_MIXED


class WordPieces:
    """Cuts words into the longest known pieces, left to right, and remembers every word it has cut.

    Source: the WordPiece scheme of BERT (Devlin et al. 2019), uncased, accents stripped.
    """

    REMEMBERED_WORDS = 200_000

    def __init__(self, vocabulary: list[str]):
        self.number = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown = self.number[UNKNOWN]
        self.start = self.number[START]
        self.stop = self.number[STOP]
        self._known: dict[str, tuple[list[int], list[int]]] = {}

    def of_word(self, word: str) -> list[int]:
        """Piece numbers of one word; a word without a usable letter is one unknown piece."""
        return self._cased(word)[0]

    def _cased(self, word: str) -> tuple[list[int], list[int]]:
        """Piece numbers of one word, and the case class of each."""
        known = self._known.get(word)
        if known is None:
            pieces = self._cut(word) or [self.unknown]
            known = pieces, [case_of(word)] * len(pieces)
            if len(self._known) < self.REMEMBERED_WORDS:
                self._known[word] = known
        return known

    def of_sentence(self, words: list[str]) -> Pieces:
        """Piece numbers of a sentence between its start and stop piece; every word has at least one."""
        ids, case, first, last = [self.start], [CASE_SPECIAL], [], []
        for word in words:
            pieces, cases = self._cased(word)
            first.append(len(ids))
            ids += pieces
            case += cases
            last.append(len(ids) - 1)
        ids.append(self.stop)
        case.append(CASE_SPECIAL)
        return Pieces(ids, case, first, last)

    def _cut(self, word: str) -> list[int]:
        pieces: list[int] = []
        for part in _parts(word):
            pieces += self._longest_pieces(part) if len(part) <= LONGEST_WORD else [self.unknown]
        return pieces

    def _longest_pieces(self, part: str) -> list[int]:
        pieces, start = [], 0
        while start < len(part):
            for stop in range(len(part), start, -1):
                piece = part[start:stop] if start == 0 else "##" + part[start:stop]
                if piece in self.number:
                    pieces.append(self.number[piece])
                    start = stop
                    break
            else:
                return [self.unknown]
        return pieces


def _parts(word: str) -> list[str]:
    """A word lower-cased, without accents, cut at punctuation: "Al-Quds's" -> al - quds ' s."""
    plain = unicodedata.normalize("NFD", word.translate(PLAIN_MARKS)).lower()
    parts: list[str] = []
    open_part = False
    for letter in plain:
        kind = unicodedata.category(letter)
        if kind == "Mn" or kind[0] == "C":
            continue
        if kind[0] == "Z":
            open_part = False
        elif _stands_alone(letter, kind):
            parts.append(letter)
            open_part = False
        elif open_part:
            parts[-1] += letter
        else:
            parts.append(letter)
            open_part = True
    return parts


def _stands_alone(letter: str, kind: str) -> bool:
    return kind[0] == "P" or (letter.isascii() and not letter.isalnum()) or "㐀" <= letter <= "鿿"
