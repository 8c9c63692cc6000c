"""When two lines say the same: letters and digits compared, marks, spaces and case left out."""

import re
import unicodedata

from verbale.model.span import Span

_MARKS = re.compile(r"[\W_]+")


def bare(words: str) -> str:
    """Letters and digits only, in lower case, compatibility forms made one."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", words).casefold())


def same(one: str, other: str) -> bool:
    return bare(one) == bare(other)


def tail_start(line: str, tail: str) -> int | None:
    """Where, at the end of `line`, the words of `tail` begin; None where it does not end with them.

    Marks that open the tail ("«", "“") are taken along: `HomeNEWS"We agree"` ends with `“We agree”` from the mark on.
    """
    wanted = bare(tail)
    if not wanted or not bare(line).endswith(wanted):
        return None
    place, left = len(line), len(wanted)
    while left > 0 and place > 0:
        place -= 1
        left -= len(bare(line[place]))
    if left != 0:
        return None
    opening = len(tail) - len(tail.lstrip("\"'“”„«‘’([¿¡"))
    while opening and place and not line[place - 1].isalnum() and not line[place - 1].isspace():
        place, opening = place - 1, opening - 1
    return place


def head_stop(line: str, head: str) -> int | None:
    """Where, at the start of `line`, the words of `head` stop; None where it does not start with them."""
    wanted = bare(head)
    if not wanted or not bare(line).startswith(wanted):
        return None
    left = len(wanted)
    for place, char in enumerate(line):
        left -= len(bare(char))
        if left == 0:
            stop = place + 1
            while stop < len(line) and line[stop] in "\"'”’»)]!?.":
                stop += 1
            return stop
        if left < 0:
            return None
    return None


def trimmed(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.stop - len(words) + len(words.rstrip())))
