"""Paragraphs and sentences of a text, by rules that each decide one kind of doubtful end.

Word lists: data/lexicon/en/abbreviations.csv and sentence_starters.csv.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import msgspec

from verbale.language.tokens import Cut, abbreviations
from verbale.tables.load import csv_rows, data_folder

STOPS = ".!?…。！？"
CLOSERS = "”’\"'»)]›」』"
OPENERS = "“‘\"'«([‹「『„‚—–-"
NOTE = r"(?:\s?\[\d{1,3}\])*+"  # [3]: the number of a note belongs to the sentence before it
# A stop, what closes with it (an opening mark that stands alone closes too: "from Washington. “"), then a gap.
CANDIDATE = re.compile(rf"([{re.escape(STOPS)}]+)([{re.escape(CLOSERS)}]*(?:\s?[“„\"](?=\s|$))?{NOTE})(\s+)")
GLUED = re.compile(r"(?<=[a-z]{3})([.!?])([”\"’)]?)(?=[A-Z][a-z])(?!\w+@|Com\b|Org\b|Net\b)")
SHORTEST_WRAPPED, LONGEST_WRAPPED = 45, 100  # letters of a line in text wrapped by hand or by an old mailer
JOIN, SPLIT = False, True


class Starter(msgspec.Struct, frozen=True):
    """A word that, capitalised after a doubtful full stop, opens a new sentence."""

    form: str
    source: str


@cache
def starters() -> frozenset[str]:
    return frozenset(row.form for row in csv_rows(data_folder() / "lexicon/en/sentence_starters.csv", Starter))


class Doubt(NamedTuple):
    """A place where a sentence may end."""

    before: str
    """The word before the stop, without its opening marks."""
    stop: str
    closed: str
    """Marks that close right behind the stop."""
    after: str
    """What follows, without its opening marks; never empty."""
    opened: str
    """The opening marks before `after`."""
    first: bool
    """Whether `before` is the first word of its sentence."""


def before_lower_case(doubt: Doubt) -> bool | None:
    """`"Will you sign?" a reporter asked.`; but text without capitals ends at `door. the guy` and `well! they`."""
    if not doubt.after[0].islower() or doubt.after.startswith(("http", "www.")):
        return None
    if doubt.closed or doubt.opened or len(doubt.stop) > 1 or doubt.stop in "…":
        return JOIN
    plain_word = re.fullmatch(r"[a-z]{3,}", doubt.before) and doubt.before + "." not in abbreviations()
    return SPLIT if doubt.stop in "!?" or plain_word else JOIN


def before_mark(doubt: Doubt) -> bool | None:
    """`etc., and`: nothing that opens a sentence follows."""
    return JOIN if doubt.after[0] in ",;:)%" else None


REPORTING = re.compile(
    r"(?:[A-Z][\w.’'-]*\s){1,5}(?:said|says|asked|asks|added|told|wrote|tweeted|replied|shouted|cried|exclaimed)\b")


def before_reporting(doubt: Doubt) -> bool | None:
    """`"Shall we sign?" Jan Novak asked.`"""
    if doubt.stop[-1] in "!?" and set(doubt.closed) & set("”\"’'»"):
        return JOIN if REPORTING.match(doubt.after) and not doubt.opened else None
    return None


def list_number(doubt: Doubt) -> bool | None:
    """`1. The sides agree`: the number of a point."""
    point = re.fullmatch(r"\d{1,2}(\.\d{1,2})*|[IVX]+|[A-Za-z]", doubt.before)
    return JOIN if doubt.first and doubt.stop == "." and point else None


def abbreviation(doubt: Doubt) -> bool | None:
    """`Mr. Lee`, `on Jan. 5`, `Acme Corp. The`: as the kind of the abbreviation says."""
    if doubt.stop != "." or doubt.closed:
        return None
    kind = abbreviations().get(doubt.before + ".")
    if kind in ("title", "before"):
        return JOIN
    if kind == "month":
        return JOIN if doubt.after[0].isdigit() else None
    if kind == "end":
        return _opens(doubt)
    return None


def dotted_letters(doubt: Doubt) -> bool | None:
    """`U.S. President`, `6 p.m. Monday`; but `in the U.S. The talks`."""
    if doubt.stop == "." and not doubt.closed and re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", doubt.before):
        return _opens(doubt)
    return None


def initial(doubt: Doubt) -> bool | None:
    """`J. Smith`; `Vitamin C. The` ends a sentence, and so does `and I.`"""
    if doubt.stop == "." and not doubt.closed and re.fullmatch(r"[A-Za-z]", doubt.before) and doubt.before != "I":
        return _opens(doubt)
    return None


def _opens(doubt: Doubt) -> bool:
    """After a short form only a word that likes to open sentences, or an opening quotation mark, opens one."""
    word = re.match(r"[\w’']+", doubt.after)
    return bool(word and word.group() in starters()) or bool(set(doubt.opened) & set("“\"«„"))


RULES: list[Callable[[Doubt], bool | None]] = [
    before_lower_case, before_mark, before_reporting, list_number, abbreviation, dotted_letters, initial,
]


def paragraphs_in(text: str, start: int = 0, stop: int | None = None) -> list[Cut]:
    """Places of the paragraphs between two letters, trimmed; a line is one, unless its block was wrapped by hand."""
    stop = len(text) if stop is None else stop
    found = []
    for block in re.finditer(r"\S(?:.|\n(?!\s*\n)|\r(?!\n))*", text[start:stop]):
        lines = [Cut(line.start(), line.end()) for line in re.finditer(r"[^\n\r\u2028\u2029\v\f]+", block.group())]
        pieces = [Cut(0, len(block.group()))] if _is_wrapped(block.group(), lines) else lines
        found += [Cut(start + block.start() + piece.start, start + block.start() + piece.stop) for piece in pieces]
    trimmed = (_trimmed(text, *piece) for piece in found)
    return _rejoined(text, [piece for piece in trimmed if piece.start < piece.stop])


def _rejoined(text: str, pieces: list[Cut]) -> list[Cut]:
    """Lines that a page's end cut in the middle of a sentence, as one: "of the Court and the" with "various duties"."""
    joined: list[Cut] = []
    for piece in pieces:
        if joined and _goes_on(text[joined[-1].start:joined[-1].stop], text[piece.start:piece.stop]):
            joined[-1] = Cut(joined[-1].start, piece.stop)
        else:
            joined.append(piece)
    return joined


def _goes_on(line: str, following: str) -> bool:
    """Whether a long line breaks off at a plain word and the one below goes on in lower case, as prose does."""
    if len(line) < SHORTEST_WRAPPED or " " not in following or not following[0].islower():
        return False
    return line[-1].isalpha() or (line[-1] == "," and len(line) > LONGEST_WRAPPED)


def _is_wrapped(block: str, lines: list[Cut]) -> bool:
    """Whether line breaks are only there to keep lines short: all but the last are of like length and most go on."""
    if len(lines) < 2:
        return False
    lengths = [line.stop - line.start for line in lines]
    full = lengths[:-1]
    if max(lengths) > LONGEST_WRAPPED or min(full) < SHORTEST_WRAPPED:
        return False
    goes_on = sum(block[line.start:line.stop].rstrip()[-1:] not in STOPS + CLOSERS + ":" for line in lines[:-1])
    return goes_on * 2 > len(full)


def sentences_in(text: str, start: int = 0, stop: int | None = None) -> list[Cut]:
    """Places of the sentences of one paragraph, in order, without overlap; only white space lies between them."""
    stop = len(text) if stop is None else stop
    ends = [found.end(2) for found in CANDIDATE.finditer(text, start, stop)]
    ends += [found.end(2) for found in GLUED.finditer(text, start, stop)]
    cuts, here = [], start
    for end in sorted(ends):
        if end > here and _ends_at(text, here, end, stop):
            cuts.append(_trimmed(text, here, end))
            here = end
    cuts.append(_trimmed(text, here, stop))
    return [cut for cut in cuts if cut.start < cut.stop]


LAST_STOP = re.compile(rf"(\S*?)([{re.escape(STOPS)}]+)([{re.escape(CLOSERS)}]*(?:\s?[“„\"])?{NOTE})$")


def _ends_at(text: str, start: int, end: int, stop: int) -> bool:
    rest = text[end:min(stop, end + 80)].lstrip()
    after = rest.lstrip(OPENERS + " ")
    found = LAST_STOP.search(text, max(start, end - 60), end)
    if not any(letter.isalnum() for letter in after) or not found:
        return False  # marks alone are no sentence
    word_start = found.start()
    doubt = Doubt(
        before=found.group(1).lstrip(OPENERS),
        stop=found.group(2),
        closed=found.group(3).strip(),
        after=after,
        opened=rest[: len(rest) - len(after)].strip(),
        first=not text[start:word_start].strip(),
    )
    for rule in RULES:
        decided = rule(doubt)
        if decided is not None:
            return decided
    return True


def _trimmed(text: str, start: int, stop: int) -> Cut:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return Cut(start, stop)
