"""Dictionaries in the format of PETRARCH read: verbs with their patterns, and actors with their dates.

The format is as PETRARCH's own documentation has it: `#` and `;` begin a comment, `<!-- -->` holds one; `_` joins
words; `{...}` lists irregular forms; `[...]` holds a code; a line with `+` adds a name, one with a code alone a dated
code.
Nothing of those dictionaries comes with this program: files are a user's own.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from verbale.errors import BadTable

NO_CODE = "---"
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
CODE = re.compile(r"\[([^\]]*)\]")
FORMS = re.compile(r"\{([^}]*)\}")
BLOCK = re.compile(r"^(?:-{3}|#{3})\s*(.*?)\s*(?:-{3}|#{3})?\s*$")


class Pattern(msgspec.Struct, frozen=True):
    """One line under a verb: what stands before and behind the verb, and the code that it gives."""

    line: int
    words: tuple[str, ...]
    code: str


class Verb(msgspec.Struct, frozen=True):
    """A verb of a block: its name ("CALL_OFF"), irregular forms, own code."""

    line: int
    name: str
    forms: tuple[str, ...]
    code: str


class Block(msgspec.Struct, frozen=True):
    """Verbs that share patterns."""

    verbs: tuple[Verb, ...]
    patterns: tuple[Pattern, ...]


class VerbDictionary(msgspec.Struct, frozen=True):
    blocks: tuple[Block, ...]
    synsets: dict[str, tuple[str, ...]]
    """Words by the label of their set, without `&`."""
    unread: tuple[tuple[int, str], ...]
    """Lines that are none of these, with their numbers."""


class DatedCode(msgspec.Struct, frozen=True):
    """A code and the days it holds for; both None where it holds whenever no other does."""

    code: str
    since: str | None = None
    until: str | None = None


class ActorEntry(msgspec.Struct, frozen=True):
    """An actor: all names, and the codes it has in turn."""

    line: int
    names: tuple[str, ...]
    codes: tuple[DatedCode, ...]


def read_verbs(place: Path) -> VerbDictionary:
    """The blocks and word sets of a verb dictionary. Raises BadTable where the file is no text."""
    blocks: list[Block] = []
    synsets: dict[str, list[str]] = {}
    unread: list[tuple[int, str]] = []
    verbs: list[Verb] = []
    patterns: list[Pattern] = []
    code, label = NO_CODE, ""

    def close() -> None:
        if verbs:
            blocks.append(Block(tuple(verbs), tuple(patterns)))
        verbs.clear()
        patterns.clear()

    for number, raw, line in _lines(place):
        head = BLOCK.match(raw.strip()) if raw.strip().startswith(("---", "###")) else None
        if head is not None:
            close()
            code, label = _code_in(head.group(1)) or NO_CODE, ""
        elif line.startswith("&"):
            label = line[1:].split()[0].strip("_")
            synsets[label] = []
        elif line.startswith("+") and label:
            synsets[label].append(line[1:].strip())
        elif line.startswith("-"):
            words = tuple(CODE.sub("", line[1:]).split())
            patterns.append(Pattern(number, words, _code_in(line) or NO_CODE))
        elif line.startswith(("~", "+")):
            unread.append((number, line))
        else:
            if patterns:
                close()
                code = NO_CODE
            label = ""
            name = FORMS.sub("", CODE.sub("", line)).split()
            if len(name) != 1:
                unread.append((number, line))
                continue
            forms = FORMS.search(line)
            verbs.append(Verb(number, name[0], tuple(forms.group(1).split()) if forms else (), _code_in(line) or code))
    close()
    return VerbDictionary(tuple(blocks), {name: tuple(words) for name, words in synsets.items()}, tuple(unread))


def read_actors(place: Path) -> list[ActorEntry]:
    """The entries of an actor dictionary, in its order. Raises BadTable where the file is no text."""
    found: list[ActorEntry] = []
    names: list[str] = []
    codes: list[DatedCode] = []
    begun = 0

    def close() -> None:
        if names:
            found.append(ActorEntry(begun, tuple(names), tuple(codes)))
        names.clear()
        codes.clear()

    for number, _, line in _lines(place):
        if line.startswith("+"):
            names.append(CODE.sub("", line[1:]).strip())
        elif line.startswith("["):
            codes += [_dated(one) for one in CODE.findall(line)]
        else:
            close()
            begun = number
            names.append(CODE.sub("", line).strip())
        if not line.startswith("["):
            codes += [_dated(one) for one in CODE.findall(line)]
    close()
    return found


def _lines(place: Path) -> Iterator[tuple[int, str, str]]:
    """Each line with content: its number, as it stands, and without comments."""
    try:
        text = place.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = place.read_text(encoding="latin-1")
    except OSError as error:
        raise BadTable(
            f"{place}: cannot be read ({error.strerror}); wanted a dictionary in PETRARCH's format"
        ) from None
    text = COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)
    for number, raw in enumerate(text.splitlines(), start=1):
        is_head = raw.strip().startswith("###")
        line = raw.strip() if is_head else re.split(r"[#;]", raw)[0].strip()
        if line and (not is_head or line.strip("# ")):
            yield number, raw, line


def _code_in(line: str) -> str | None:
    found = CODE.search(line)
    return found.group(1).split(":")[0].strip() or None if found else None


def _dated(content: str) -> DatedCode:
    """ "USAGOV 450703-470121", "AFGELI <20010101", "RUS": a code with its days."""
    code, _, days = content.strip().partition(" ")
    days = days.strip()
    if days.startswith("<"):
        return DatedCode(code, None, _day(days[1:]))
    if days.startswith(">"):
        return DatedCode(code, _day(days[1:]), None)
    if "-" in days:
        since, _, until = days.partition("-")
        return DatedCode(code, _day(since), _day(until))
    return DatedCode(code)


def _day(digits: str) -> str | None:
    """ "19450703" or "450703" as 1945-07-03; two digits above 25 are of the last century. None where it is no day."""
    digits = digits.strip()
    if len(digits) == 6:
        digits = ("19" if int(digits[:2] or 0) > NEWEST_SHORT_YEAR else "20") + digits
    if len(digits) != 8 or not digits.isdigit():
        return None
    year, month, day = digits[:4], digits[4:6], digits[6:]
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return year


NEWEST_SHORT_YEAR = 25
"""A year of two digits up to this one is of this century: the dictionaries in use end before it."""
