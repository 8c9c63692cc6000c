"""The working table of `identify`: a report's words cut small, the names found in them, and mentions in the making."""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from verbale.model.actor import Actor
from verbale.model.reading import ROOT, Name, Reading, Sentence, Token
from verbale.model.roster import Candidate
from verbale.model.span import Span
from verbale.model.when import DateWindow, Period
from verbale.world.gazetteer import NameEntry, Surface
from verbale.world.spellings import fold
from verbale.world.world import World

HYPHENS = frozenset("-‐‑‒–—−")
PARTERS = HYPHENS | {"/"}


class Bit(NamedTuple):
    """A word or a part of a hyphenated one; hyphens between are left out."""

    low: str
    """Folded."""
    raw: str
    start: int
    stop: int
    token: int


@dataclass
class Line:
    """A sentence's bits, with the tables' names that stand in it by the bits they cover."""

    sentence: Sentence
    bits: list[Bit]
    surfaces: list["Found"] = field(default_factory=list)
    starts: dict[int, "Found"] = field(default_factory=dict)
    """The surface that starts at a bit."""
    ends: dict[int, "Found"] = field(default_factory=dict)
    """The surface that ends before a bit."""
    names: list[tuple[int, int, str]] = field(default_factory=list)
    """The model's names: first bit, bit after, label."""
    taken: set[int] = field(default_factory=set)
    """Bits inside a mention that swallows what stands in it."""
    drafts: list["Draft"] = field(default_factory=list)
    quotes: list[int | None] | None = None
    """For each bit the number of the quotation it stands in; None before anybody asked."""
    groups: tuple[int, list] | None = None
    """How many mentions there were when the joined groups were last made, and the groups."""
    content: dict[int, int] | None = None
    """For each token inside what a verb of speech says, that verb; None before anybody asked."""

    def low(self, place: int) -> str:
        return self.bits[place].low if 0 <= place < len(self.bits) else ""

    def span(self, first: int, after: int) -> Span:
        return Span(self.bits[first].start, self.bits[after - 1].stop)

    @cached_property
    def bit_stops(self) -> list[int]:
        return [bit.stop for bit in self.bits]

    def bit_at(self, letter: int) -> int | None:
        """The bit that holds a letter, or the next one; None behind the last."""
        place = bisect_right(self.bit_stops, letter)
        return place if place < len(self.bits) else None


@dataclass
class Found:
    """A table name in a line: the bits it covers and what it may mean; `chosen` once the context has decided."""

    first: int
    after: int
    span: Span
    entries: tuple[NameEntry, ...]
    label: str | None = None
    """What the language model takes it for."""
    entity: str | None = None
    entry: NameEntry | None = None
    others: tuple[str, ...] = ()
    """Entities it may mean as well."""
    reason: str = ""


@dataclass
class Draft:
    """A mention in the making."""

    line: int
    first: int
    after: int
    head_first: int
    head_after: int
    kind: str
    actors: tuple[str, ...] = ()
    how: str = ""
    certainty: str = "high"
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""
    number: str | None = None
    gender: str | None = None
    position: str = ""
    """subject, object, oblique, possessor: how the words stand in their clause."""
    speaks: bool | None = None
    """Whether it is the subject of a verb of speech; None before anybody asked."""


@dataclass
class Scene:
    """All that identifying one report works on."""

    reading: Reading
    world: World
    window: DateWindow
    lines: list[Line]
    actors: dict[str, Actor] = field(default_factory=dict)
    held: dict[tuple[str, int], set[tuple[str, str | None]]] = field(default_factory=dict)
    """The offices that people of the report hold, by person and number of claims; see `roles.offices_held`."""
    offices_named: frozenset[tuple[str, str]] = frozenset()
    """Offices that the report names apart from their holders: kind, and of what."""
    labels: list[Draft | None] | None = None
    """For each line of a transcript whose label it stands under; None before anybody asked."""

    @cached_property
    def spoken_of(self) -> frozenset[str]:
        """States that the table names of the report mean or lie in, once these are decided."""
        found = {self.world.state_of(one.entity) for line in self.lines for one in line.surfaces if one.entity}
        return frozenset(state for state in found if state)

    @property
    def period(self) -> Period:
        return self.window.period

    @property
    def drafts(self) -> list[Draft]:
        return [draft for line in self.lines for draft in line.drafts]

    def actor(self, entity: str) -> Actor | None:
        """The actor of an id as of the window; made once."""
        found = self.actors.get(entity)
        if found is None:
            found = self.world.actor(entity, self.period)
            if found is not None:
                self.actors[entity] = found
        return found

    def add(self, draft: Draft) -> Draft:
        line = self.lines[draft.line]
        draft.position = position_of(line, draft)
        line.drafts.append(draft)
        return draft

    def words(self, draft: Draft) -> str:
        return self.lines[draft.line].span(draft.first, draft.after).of(self.reading.report.text)


def scene_of(reading: Reading, world: World) -> Scene:
    """Cut the sentences into bits and lay the tables' names and the model's names over them."""
    lines = [Line(sentence, bits_of(sentence)) for sentence in reading.sentences]
    text = reading.report.text.translate(PLAIN_LETTERS)
    for listed in _by_segment(lines):
        _lay_all(world, text, listed, world.find(text, listed[0].sentence.span.start, listed[-1].sentence.span.stop))
    _lay_names(lines, reading.names)
    return Scene(reading, world, reading.report.window, lines)


def _plain_letters() -> dict[int, str]:
    """Marked letters, curly quotes and dashes with the one plain letter each stands for: the length of a text stays."""
    found = (
        {ord(letter): "'" for letter in "’‘ʼ"}
        | {ord(letter): '"' for letter in "“”„«»"}
        | {ord(letter): "-" for letter in "‐‑‒–—−"}
        | {0xA0: " ", 0x2026: ".", 0x2022: "*"}
    )
    for code in range(0xC0, 0x250):
        plain = "".join(
            letter for letter in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(letter)
        )
        if len(plain) == 1 and plain.isascii():
            found[code] = plain
    return found


PLAIN_LETTERS = _plain_letters()


def _by_segment(lines: list[Line]) -> list[list[Line]]:
    return [list(group) for _, group in groupby(lines, key=lambda line: line.sentence.segment)]


def _longer_within(world: World, text: str, surface: Surface, lines: list[Line]) -> Surface:
    """A longer name that starts behind "the": "the Gulf" hides "Gulf Cooperation Council"."""
    start = surface.span.start + 4
    stop = min(surface.span.stop + 60, lines[-1].sentence.span.stop)
    inner = next(iter(world.find(text, start, stop)), None)
    hidden = inner is not None and inner.span.start == start and inner.span.stop > surface.span.stop
    return inner if inner is not None and hidden else surface


def _lay_all(world: World, text: str, lines: list[Line], surfaces: list[Surface]) -> None:
    at = 0
    for surface in surfaces:
        while at < len(lines) and lines[at].sentence.span.stop <= surface.span.start:
            at += 1
        if at == len(lines):
            break
        if surface.form.startswith("the "):
            surface = _longer_within(world, text, surface, lines)
        span = lines[at].sentence.span
        if span.start <= surface.span.start and surface.span.stop <= span.stop:
            _lay(lines[at], surface)


def bits_of(sentence: Sentence) -> list[Bit]:
    """The bits of a sentence; a dash with spaces around it stays, since it parts what a hyphen joins."""
    bits: list[Bit] = []
    tokens = sentence.tokens
    for token in tokens:
        text = token.text
        if text.isascii() and "-" not in text and "/" not in text:
            bits.append(Bit(text.lower(), text, token.start, token.stop, token.place))
        elif text in PARTERS:
            if _is_dash(tokens, token):
                bits.append(Bit("—", text, token.start, token.stop, token.place))
        elif len(text) != token.stop - token.start or not any(letter in PARTERS for letter in text):
            bits.append(Bit(_low(text), text, token.start, token.stop, token.place))
        else:
            bits += _parts_of(token)
    return bits


def _is_dash(tokens: tuple[Token, ...], token: Token) -> bool:
    before = tokens[token.place - 1].stop if token.place else token.start
    after = tokens[token.place + 1].start if token.place + 1 < len(tokens) else token.stop
    return before < token.start and token.stop < after


def _parts_of(token: Token) -> list[Bit]:
    """The bits of a word with hyphens or slashes in it."""
    bits, at = [], 0
    for place, letter in enumerate(token.text + "-"):
        if letter in PARTERS:
            if place > at:
                part = token.text[at:place]
                bits.append(Bit(_low(part), part, token.start + at, token.start + place, token.place))
            at = place + 1
    return bits


def _low(text: str) -> str:
    """Lower case, without marks; apostrophes and full stops stay, so that "'s" and "gen." are what they are."""
    plain = text.translate(PLAIN_LETTERS)
    return plain.lower() if plain.isascii() else fold(text) or text


def _lay(line: Line, surface: Surface) -> None:
    entries = tuple(entry for entry in surface.entries if not entry.entity.startswith("office:"))
    first = line.bit_at(surface.span.start)
    last = line.bit_at(surface.span.stop - 1)
    if not entries or first is None or last is None:
        return
    if line.bits[first].start > surface.span.start or line.bits[last].stop < surface.span.stop:
        return
    while last > first and line.bits[last].low in ("'s", "'"):
        last -= 1
    found = Found(first, last + 1, Span(surface.span.start, line.bits[last].stop), entries)
    line.surfaces.append(found)
    line.starts[first] = found
    line.ends[last + 1] = found


def _lay_names(lines: list[Line], names: tuple[Name, ...]) -> None:
    by_number = {line.sentence.number: line for line in lines}
    for name in names:
        line = by_number.get(name.sentence)
        if line is None:
            continue
        first, last = line.bit_at(name.span.start), line.bit_at(name.span.stop - 1)
        if first is None or last is None:
            continue
        line.names.append((first, last + 1, name.label))
        for found in line.surfaces:
            if found.first < last + 1 and first < found.after:
                found.label = name.label


def head_token(line: Line, first: int, after: int) -> int:
    """Place of the token that the words of some bits hang on."""
    tokens = line.sentence.tokens
    inside = {line.bits[place].token for place in range(first, after)}
    for place in range(first, after):
        token = tokens[line.bits[place].token]
        if token.head not in inside:
            return token.place
    return line.bits[first].token


def position_of(line: Line, draft: Draft) -> str:
    """How a mention stands in its clause; joined words stand as the first of them."""
    return token_position(line.sentence, head_token(line, draft.head_first, draft.head_after))


def token_position(sentence: Sentence, place: int) -> str:
    tokens = sentence.tokens
    for _ in range(6):
        token = tokens[place]
        relation = token.bare_relation
        if relation in ("conj", "appos", "flat", "compound", "fixed", "goeswith") and token.head != ROOT:
            place = token.head
            continue
        if relation in ("nsubj", "csubj"):
            return "subject"
        if relation in ("obj", "iobj"):
            return "object"
        if token.relation == "nmod:poss":
            return "possessor"
        if relation in ("root", "parataxis", "vocative", "dislocated"):
            return "top"
        return "oblique"
    return "oblique"


def governor(sentence: Sentence, place: int) -> int:
    """Place of the word that the whole joined or apposed group hangs on; ROOT at the top."""
    tokens = sentence.tokens
    for _ in range(6):
        token = tokens[place]
        if token.bare_relation in ("conj", "appos", "flat", "compound", "fixed") and token.head != ROOT:
            place = token.head
            continue
        return token.head
    return ROOT


def top_of_group(sentence: Sentence, place: int) -> int:
    """Place of the first word of a joined or apposed group."""
    tokens = sentence.tokens
    for _ in range(6):
        token = tokens[place]
        if token.bare_relation in ("conj", "appos", "flat", "compound", "fixed") and token.head != ROOT:
            place = token.head
            continue
        break
    return place
