"""Quotations by their marks, paired by state: what is open, and what stands on both sides of a mark.

Counting marks fails on every odd one; here each mark is read for itself, and a mark used wrongly leaves a defect.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from verbale.model.reading import Quotation
from verbale.model.span import Span


class Paragraph(NamedTuple):
    """A stretch of text in which marks pair; a quotation left open goes on only in the next of the same `zone`."""

    start: int
    stop: int
    zone: str = "body"


class Family(NamedTuple):
    """Marks that go together: what opens, what closes, and the two glyphs of a well-made pair."""

    name: str
    opens: str
    closes: str


FAMILIES = [
    Family("double", "“„‟", "”“"),
    Family("straight double", '"″', '"″'),
    Family("guillemets", "«»", "»«"),
    Family("single", "‘‚‛", "’‘"),
    Family("straight single", "'`", "'"),
    Family("single guillemets", "‹›", "›‹"),
    Family("corner", "「", "」"),
    Family("white corner", "『", "』"),
]
MARKS = {glyph: family for family in FAMILIES for glyph in family.opens + family.closes}
SINGLES = ("single", "straight single")
DIRECTED = {"“": "open", "„": "open", "”": "close", "‘": "open", "‚": "open", "「": "open", "『": "open", "」": "close",
            "』": "close"}
PARTNER = {"“": "”", "”": "“", "‘": "’", "’": "‘", "„": "“", "«": "»", "»": "«", "‚": "‘", "‹": "›", "›": "‹",
           "「": "」", "」": "「", "『": "』", "』": "『"}
BEFORE_OPENING = "([{—–-/:;=" + "".join(MARKS)
AFTER_CLOSING = ".,;:!?)]}…—–-/" + "".join(MARKS)
FAR = 4000  # letters that are looked ahead for a mark; no quotation inside a paragraph is longer
ELISION = re.compile(r"['’‘](?:\d\d(?:\D|$)|(?i:em|cause|til|tis|twas|n)\b)")
CLOSED_SOON = re.compile(r"['’‘][\w ]{1,12}['’](?!\w)")


@dataclass
class Open:
    """A quotation that has begun."""

    place: int
    glyph: str
    family: Family
    defects: list[str] = field(default_factory=list)
    carries_on: "Found | None" = None


@dataclass
class Found:
    """A quotation from its opening mark to its closing one, or to the end of its paragraph."""

    outer: Span
    inner: Span
    level: int
    defects: list[str]
    carries_on: "Found | None" = None
    family: Family | None = None
    left_open: bool = False


def quotations_in(text: str, paragraphs: list[Paragraph]) -> tuple[Quotation, ...]:
    """Quotations in text order. One that runs over paragraphs, each reopened with a mark, is one record a paragraph.

    An apostrophe is no mark. A mark that cannot stand where it stands (a space and an opening mark at the end of a
    quotation) is read as what was meant, and told in `defects`.
    """
    found: list[Found] = []
    left_open: Found | None = None
    zone = ""
    for paragraph in paragraphs:
        if paragraph.zone != zone:
            if left_open:
                left_open.defects.append("unclosed")
            left_open, zone = None, paragraph.zone
        here = list(_Pairing(text, paragraph, left_open).go())
        if left_open and not any(one.carries_on is left_open for one in here):
            left_open.defects.append("unclosed")
        found += here
        left_open = next((one for one in here if one.left_open and one.level == 1), None)
    if left_open:
        left_open.defects.append("unclosed")
    kept = [one for one in found if not _is_apostrophe_after_all(one)]
    kept.sort(key=lambda one: (one.outer.start, -one.outer.stop))
    number = {id(one): place for place, one in enumerate(kept)}
    return tuple(
        Quotation(one.outer, one.inner, one.level, number.get(id(one.carries_on)), tuple(one.defects)) for one in kept)


def _is_apostrophe_after_all(one: Found) -> bool:
    """A single mark that nothing closed is far more often an apostrophe."""
    return one.family is not None and one.family.name in SINGLES and "unclosed" in one.defects


class _Pairing:
    """The marks of one paragraph, read from left to right."""

    def __init__(self, text: str, paragraph: Paragraph, left_open: Found | None):
        self.text, self.paragraph, self.left_open = text, paragraph, left_open
        self.open: list[Open] = []
        self.found: list[Found] = []

    def go(self) -> Iterator[Found]:
        for place in range(self.paragraph.start, self.paragraph.stop):
            glyph = self.text[place]
            family = MARKS.get(glyph)
            if family and not self._is_apostrophe(place, glyph, family):
                self._read(place, glyph, family)
        while self.open:
            self._end_with_paragraph(self.open.pop())
        yield from self.found

    def _read(self, place: int, glyph: str, family: Family) -> None:
        before, after = self._around(place)
        can_open = self._can_open(before, after, family)
        can_close = self._can_close(before, after, family)
        partner = self._partner(glyph, family)
        meant = DIRECTED.get(glyph)
        if partner is not None:
            mixed = meant == "open" and can_open and self.open[partner].family is not family
            if mixed or self._reopens(place, glyph, meant, can_open, can_close):
                self._begin(place, glyph, family, [])
            elif can_close or not can_open or meant == "close":
                self._close(partner, place, glyph, before)
            else:
                self._begin_anew(partner, place, glyph, family)
        elif can_open and meant != "close":
            self._begin(place, glyph, family, [])
        elif meant == "close" and can_open and not can_close:
            self._begin(place, glyph, family, [_wrong(place, glyph)])
        elif can_close:
            self._close_unopened(place, glyph, family, before)
        elif meant == "open" or self._closes_later(place, family):
            self._begin(place, glyph, family, [f"space after mark at {place}"] if after.isspace() else [])

    def _around(self, place: int) -> tuple[str, str]:
        """The letters before and after; the paragraph's ends count as space."""
        before = self.text[place - 1] if place > self.paragraph.start else " "
        after = self.text[place + 1] if place + 1 < self.paragraph.stop else " "
        return before, after

    def _can_open(self, before: str, after: str, family: Family) -> bool:
        open_side = before.isspace() or before in BEFORE_OPENING
        if family.name in ("guillemets", "corner", "white corner"):
            return open_side or family.name != "guillemets"
        return open_side and not after.isspace() and after not in ".,;:!?)]"

    def _can_close(self, before: str, after: str, family: Family) -> bool:
        close_side = after.isspace() or after in AFTER_CLOSING
        if family.name == "guillemets":
            return close_side
        return not before.isspace() and (close_side or before in ".,!?…")

    def _partner(self, glyph: str, family: Family) -> int | None:
        """The open quotation that this mark may close, as a place in the stack; singles never close over a double."""
        for depth in range(len(self.open) - 1, -1, -1):
            one = self.open[depth]
            if one.family is family or self._may_mix(one, glyph):
                return depth
            if family.name in SINGLES:
                return None
        return None

    def _may_mix(self, one: Open, glyph: str) -> bool:
        """Pages mix curly and straight: “like this" and 'like this’."""
        doubles, singles = ("double", "straight double"), SINGLES
        other = MARKS[glyph].name
        return any(one.family.name in kind and other in kind for kind in (doubles, singles))

    def _reopens(self, place: int, glyph: str, meant: str | None, can_open: bool, can_close: bool) -> bool:
        """Whether an opening mark inside an open quotation of its kind begins an inner one: two closing ones follow."""
        if meant != "open" or not can_open or can_close:
            return False
        rest = self.text[place + 1:min(self.paragraph.stop, place + FAR)]
        following = [mark for mark in rest if mark in (glyph, PARTNER.get(glyph, ""))]
        return following[:2] == [PARTNER.get(glyph, "")] * 2

    def _begin(self, place: int, glyph: str, family: Family, defects: list[str]) -> None:
        opened = Open(place, glyph, family, defects)
        if not self.open and not self.found and self._carries_on(place, family):
            opened.carries_on = self.left_open
        self.open.append(opened)

    def _carries_on(self, place: int, family: Family) -> bool:
        if not self.left_open or self.left_open.family is not family:
            return False
        return not self.text[self.paragraph.start:place].strip()

    def _begin_anew(self, partner: int, place: int, glyph: str, family: Family) -> None:
        """An opening mark where one of its kind is open: the earlier was never closed and ends before this one."""
        while len(self.open) > partner:
            earlier = self.open.pop()
            if earlier.family.name not in SINGLES:
                stop = place
                while stop > earlier.place + 1 and self.text[stop - 1].isspace():
                    stop -= 1
                self._keep(earlier, stop, stop, ["unclosed"])
        self._begin(place, glyph, family, [])

    def _close(self, partner: int, place: int, glyph: str, before: str) -> None:
        while len(self.open) > partner + 1:
            inner = self.open.pop()
            if inner.family.name not in SINGLES:
                self._keep(inner, place, place, ["unclosed"])
        opened = self.open.pop()
        inner_stop = place
        while inner_stop > opened.place + 1 and self.text[inner_stop - 1].isspace():
            inner_stop -= 1
        defects = []
        if DIRECTED.get(glyph) == "open" and opened.glyph not in "„‚»":
            defects.append(_wrong(place, glyph))
        elif before in " \n" and opened.family.name not in ("guillemets", "corner"):
            defects.append(f"space before mark at {place}")
        self._keep(opened, inner_stop, place + 1, defects)

    def _close_unopened(self, place: int, glyph: str, family: Family, before: str) -> None:
        """A closing mark with nothing open: what was left open before goes on to here, or the opening mark is lost."""
        start = self.paragraph.start
        if self.found or self.open or family.name in SINGLES:
            return
        carried = self.left_open if self.left_open and self.left_open.family is family else None
        looks_closed = before in ".,!?…" and DIRECTED.get(glyph) == "close"
        if carried or looks_closed:
            self.found.append(Found(Span(start, place + 1), Span(start, place), 1, ["unopened"], carried, family))

    def _end_with_paragraph(self, opened: Open) -> None:
        stop = self.paragraph.stop
        if self.open:  # the outer one ends here too and tells it
            if opened.family.name not in SINGLES:
                self._keep(opened, stop, stop, ["unclosed"])
            return
        one = self._keep(opened, stop, stop, [])
        one.left_open = True

    def _keep(self, opened: Open, inner_stop: int, outer_stop: int, defects: list[str]) -> Found:
        level = 1 + sum(
            one.family.name not in SINGLES or self._closes_later(one.place, one.family) for one in self.open)
        inner_start = opened.place + 1
        while inner_start < inner_stop and self.text[inner_start].isspace():
            inner_start += 1
        one = Found(Span(opened.place, outer_stop), Span(inner_start, max(inner_start, inner_stop)), level,
                    opened.defects + defects, opened.carries_on, opened.family)
        self.found.append(one)
        return one

    def _is_apostrophe(self, place: int, glyph: str, family: Family) -> bool:
        """`O'Neill`, `the presidents' talks`, `'90s`: a single mark that belongs to a word."""
        if family.name not in SINGLES:
            return bool(family.name == "straight double" and self._is_inches(place))
        before, after = self._around(place)
        if before.isalnum() and after.isalnum():
            return True
        if ELISION.match(self.text, place) and not before.isalnum():
            return not self._closes_soon(place)
        if before.isalpha() and not after.isalnum():
            is_open = any(one.family.name in SINGLES for one in self.open)
            return not is_open or (before in "sS" and after == " " and self._closes_later(place, family))
        return glyph == "`"

    def _is_inches(self, place: int) -> bool:
        before, after = self._around(place)
        return before.isdigit() and (after.isspace() or after == ",") and not self.open

    def _closes_soon(self, place: int) -> bool:
        """Whether a quotation of a word or two that begins like an elision is closed: 'em' or ‘90s’."""
        return bool(CLOSED_SOON.match(self.text, place, self.paragraph.stop))

    def _closes_later(self, place: int, family: Family) -> bool:
        """Whether a mark that can only close one of this kind stands further on in the paragraph."""
        for later in range(place + 1, min(self.paragraph.stop, place + FAR)):
            if self.text[later] in family.closes:
                before, after = self._around(later)
                free = family.name not in SINGLES or not before.isalpha() or before not in "sS"
                if free and not after.isalnum() and not before.isspace():
                    return True
        return False


def _wrong(place: int, glyph: str) -> str:
    meant = f" for U+{ord(PARTNER[glyph]):04X}" if glyph in PARTNER else ""
    return f"wrong mark at {place}: U+{ord(glyph):04X}{meant}"
