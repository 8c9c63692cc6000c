"""Lines of a page's text: where each stands, with wrapped and torn lines joined again."""

import re
from functools import lru_cache
from itertools import pairwise
from statistics import median

import msgspec

from verbale.ingest.word_lists import function_words
from verbale.model.span import Span

WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
ENDS_SENTENCE = re.compile(r"[.!?…。！？؟] ?[\"'”’“»)\]]*\s*$")
SEEN_AGAIN = 8192
"""So many lines are kept with what was counted in them: a page's rules ask the same of a line again and again."""


@lru_cache(SEEN_AGAIN)
def word_count(words: str) -> int:
    """How many words a line has."""
    return len(WORD.findall(words))


TEARS = re.compile(r"^(?:[,.;:!?)\]’”»]|['’]s\b)")
BULLET = re.compile(r"^(?:[•·▪●○*►▶–—-]\s|[»›>]\s+(?=[A-ZÀ-ÞА-ЯЁ\d\"“'‘])|\d{1,3}[.)]\s|#)")
PROSE_WORDS = 6
"""A torn line is joined only into something of at least this many words: menus in lower case stay lists."""
WRAP_WIDTH = (40, 120)
"""Widths at which mail programs and typewriters wrap."""


class Line(msgspec.Struct, frozen=True):
    """A stretch of text that stands on its own: a paragraph, a headline, a menu entry. White space is trimmed."""

    span: Span
    words: str
    """The letters, inner line breaks kept as spaces."""
    gap: bool
    """Whether an empty line (or the start of the text) is above it."""


def lines(text: str) -> list[Line]:
    """Every line of a text in order; together they hold all its words.

    Hard-wrapped paragraphs are one line, and so is a sentence that a converter tore at its links ("Minister", "Lavrov",
    "said on Monday ...").
    """
    pieces = _pieces(text)
    joins = _wrapped(text, pieces) if _is_hard_wrapped(text, pieces) else _torn(text, pieces)
    found: list[Line] = []
    for number, (span, gap) in enumerate(pieces):
        if number in joins and found:
            whole = Span(found[-1].span.start, span.stop)
            found[-1] = Line(whole, _flat(whole.of(text)), found[-1].gap)
        else:
            found.append(Line(span, _flat(span.of(text)), gap))
    return found


def _flat(words: str) -> str:
    return " ".join(words.split("\n")) if "\n" in words else words


def _pieces(text: str) -> list[tuple[Span, bool]]:
    found, place, gap = [], 0, True
    for raw in text.splitlines(keepends=True):
        bare = raw.strip()
        if bare:
            start = place + len(raw) - len(raw.lstrip())
            found.append((Span(start, start + len(bare)), gap))
            gap = False
        else:
            gap = True
        place += len(raw)
    return found


def _is_hard_wrapped(text: str, pieces: list[tuple[Span, bool]]) -> bool:
    """Whether most lines are broken at one width in mid-sentence."""
    inner = [span for (span, _), (_, gap) in pairwise(pieces) if not gap]
    if len(inner) < 4 or len(inner) < 0.5 * len(pieces):
        return False
    width = median(len(span) for span in inner)
    near = sum(0.7 * width <= len(span) <= 1.3 * width for span in inner)
    open_ends = sum(not ENDS_SENTENCE.search(span.of(text)) for span in inner)
    return WRAP_WIDTH[0] <= width <= WRAP_WIDTH[1] and near >= 0.7 * len(inner) and open_ends >= 0.6 * len(inner)


def _wrapped(text: str, pieces: list[tuple[Span, bool]]) -> set[int]:
    width = median(len(span) for span, _ in pieces)
    joins = set()
    for number in range(1, len(pieces)):
        above, (here, gap) = pieces[number - 1][0], pieces[number]
        is_full = len(above) >= 0.7 * width or here.of(text)[0].islower()
        if not gap and is_full and not BULLET.match(here.of(text)):
            joins.add(number)
    return joins


def _torn(text: str, pieces: list[tuple[Span, bool]]) -> set[int]:
    """Numbers of the lines that carry on the line above them."""
    joins: set[int] = set()
    words = [span.of(text) for span, _ in pieces]
    counts = [len(WORD.findall(one)) for one in words]
    length = 0
    for number in range(1, len(pieces)):
        length = length + counts[number - 1] if number - 1 in joins else counts[number - 1]
        above, here = words[number - 1], words[number]
        if ENDS_SENTENCE.search(above) or BULLET.match(here):
            continue
        carries_on = TEARS.match(here) or (here[0].islower() and above[-1] not in ":|»›>")
        if (carries_on and length + counts[number] >= PROSE_WORDS) or _runs_on(words, counts, number, length):
            joins.add(number)
    return joins


def _runs_on(words: list[str], counts: list[int], number: int, length: int) -> bool:
    """A short piece (a link's words) between prose that has no end and prose that goes on in lower case."""
    above, here = words[number - 1], words[number]
    if above[-1] in ":|»›>" or length < 2:
        return False
    if _last_word(above) in _hanging_words() and length >= 3 and above[-1].isalnum():
        return True
    if number + 1 >= len(words) or counts[number] > PROSE_WORDS or ENDS_SENTENCE.search(here):
        return False
    below = words[number + 1]
    goes_on = TEARS.match(below) or (below[0].islower() and counts[number + 1] >= 2)
    return bool(goes_on) and length >= 4


def _last_word(words: str) -> str:
    found = WORD.findall(words[-40:])
    return found[-1].lower() if found else ""


@lru_cache(1)
def _hanging_words() -> frozenset[str]:
    """Words that no line of its own ends with: articles and prepositions."""
    return frozenset({"the", "a", "an", "of", "and", "with", "from", "to", "in", "by", "that"} & function_words("en"))
