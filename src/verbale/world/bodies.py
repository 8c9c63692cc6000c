"""Names of organs and bodies around a role, and sets of states, as they stand in a line."""

from verbale.world.scene import Found, Line
from verbale.world.word_lists import organ_starts, organs, word_table, words

ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "such"})


CLITICS = frozenset({"'s", "'"})


def number_of(low: str) -> int | None:
    return word_table()["sets"]["numbers"].get(low)


def organ_before(line: Line, after: int) -> tuple[str, int] | None:
    """A state's organ named right before a bit ("foreign ministry spokesman"): which, and its first bit."""
    for length in (4, 3, 2, 1):
        first = after - length
        if first < 0:
            continue
        organ = organs().get(tuple(bit.low for bit in line.bits[first:after]))
        if organ is not None:
            return organ, first
    return None


def organ_at(line: Line, first: int) -> tuple[str, int] | None:
    """A state's organ named from a bit on: which, and the bit after."""
    if line.bits[first].low not in organ_starts():
        return None
    for length in (4, 3, 2, 1):
        organ = organs().get(tuple(bit.low for bit in line.bits[first : first + length]))
        if organ is not None and first + length <= len(line.bits):
            return organ, first + length
    return None


SMALL_JOINERS = frozenset({"of", "for", "and", "the", "on", "to", ",", "&"})


def is_state_at(line: Line, place: int) -> bool:
    found = line.starts.get(place)
    return found is not None and is_state_or_body(found)


def past_article(line: Line, place: int) -> int:
    """The bit where a name may start: behind "the", unless the name has it ("the Kingdom of Saudi Arabia")."""
    return place + 1 if line.low(place) == "the" and place not in line.starts else place


def named_body_at(line: Line, first: int) -> tuple[int, int] | None:
    """Bits of an organisation's name by the model that starts at a bit and is longer than any table name there."""
    known = line.starts.get(first)
    for start, after, label in line.names:
        if start == first and label == "ORG" and (known is None or known.after < after):
            return start, after
    return None


BODY_NOUNS = frozenset(
    {"ministry", "department", "office", "agency", "council", "committee", "commission", "bureau", "authority"}
)


def body_of_state_before(line: Line, after: int) -> tuple[Found, int] | None:
    """A state before a body in capitals before a role: "German Ministry for Economic Affairs State Secretary"."""
    here, has_noun = after, False
    while here > 0 and after - here < 10:
        found = line.ends.get(here)
        if found is not None and is_state_or_body(found) and has_noun:
            return found, found.first
        bit = line.bits[here - 1]
        if not bit.raw[:1].isupper() and bit.low not in SMALL_JOINERS:
            return None
        has_noun = has_noun or bit.low in BODY_NOUNS
        here -= 1
    return None


def body_before(line: Line, after: int) -> tuple[int, int] | None:
    known = line.ends.get(after)
    for start, stop, label in line.names:
        if stop == after and label == "ORG" and (known is None or known.first > start):
            return start, stop
    return None


OPEN_ENDS = frozenset({"of", "that", "in", "with", "where", "whose", "which", "who"})


def set_of_states_at(line: Line, place: int) -> tuple[int, int] | None:
    """Bits of "the two countries", "both nations", "the three neighbouring states" from a bit on.

    A number without an article ("two countries") points at none in particular; nor does "the countries of the south".
    """
    if line.low(place) not in words("sets", "pointers"):
        return None
    here, number = place, None
    for _ in range(5):
        low = line.low(here)
        if low in words("sets", "states"):
            is_open = number is None and line.low(place) != "both" and line.low(here + 1) in OPEN_ENDS
            return None if is_open else (place, here + 1)
        number = number_of(low) or number
        if number_of(low) is None and low not in words("sets", "between") and low not in words("sets", "pointers"):
            return None
        here += 1
    return None


def is_state_or_body(found: Found) -> bool:
    return any(not entry.entity.startswith(("pe:", "ct:", "pl:")) or entry.kind == "metonym" for entry in found.entries)
