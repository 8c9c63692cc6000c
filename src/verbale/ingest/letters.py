"""Letters of another script inside a word: read as the look-alikes they stand for, and noted, never changed."""

import csv
import re
import unicodedata
from collections import Counter
from functools import lru_cache

import msgspec

from verbale.model.report import Repair
from verbale.model.span import Span
from verbale.tables.load import csv_rows, data_folder

SCRIPTS = ("latin", "cyrillic", "greek")
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_CYRILLIC = "Ѐ-ԯ"
_GREEK = "Ͱ-Ͽἀ-῿"
_LETTERS = {"latin": re.compile(f"[{_LATIN}]"), "cyrillic": re.compile(f"[{_CYRILLIC}]"),
            "greek": re.compile(f"[{_GREEK}]")}
_MIXED = re.compile(rf"(?<!\w)(?:(?=\w{{0,60}}[{_LATIN}])\w{{0,60}}[{_CYRILLIC}{_GREEK}]\w{{0,60}}"
                    rf"|(?=\w{{0,60}}[{_CYRILLIC}])\w{{0,60}}[{_GREEK}]\w{{0,60}})(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
LEAST_LETTERS = 3
"""Shorter mixed words are units and formulas (µm, Δt), not names."""
HIDDEN_LETTERS = 4
"""At most so many letters may stand where a foreign run stands: `λου` for `ğ`."""


class LookAlike(msgspec.Struct, frozen=True):
    """Letters of the three scripts that look alike; None where a script has no such letter."""

    latin: str | None
    cyrillic: str | None
    greek: str | None
    source: str


@lru_cache(1)
def look_alikes() -> dict[tuple[str, str], str]:
    """For a letter and a script, the letter of that script that looks like it; earlier rows go first."""
    found: dict[tuple[str, str], str] = {}
    for row in csv_rows(data_folder() / "ingest" / "look_alikes.csv", LookAlike):
        forms = {script: getattr(row, script) for script in SCRIPTS if getattr(row, script)}
        for script, form in forms.items():
            for other in forms.values():
                if other != form:
                    found.setdefault((other, script), form)
    return found


def script_of(letter: str) -> str | None:
    return next((script for script, letters in _LETTERS.items() if letters.match(letter)), None)


def letter_repairs(text: str) -> list[Repair]:
    """Every word of mixed scripts, and how it is read.

    Where each foreign letter has a look-alike, the word is read in the script most of its letters have. Else the
    foreign run stands for any letters: the word is read as another spelling of the same text that fits, or as a name
    of our tables where just one fits. Where none does it is noted and read as it stands. Words of one script are never
    touched.
    """
    if text.isascii():
        return []
    found = []
    for match in _MIXED.finditer(text):
        word = match.group()
        if sum(char.isalpha() for char in word) < LEAST_LETTERS:
            continue
        repair = _by_look(word) or _by_spellings(word, text)
        if repair is not None:
            found.append(Repair(Span(*match.span()), word, *repair))
    return found


def _by_look(word: str) -> tuple[str, str] | None:
    """The word with its foreign letters exchanged, and why; None where a letter has no look-alike."""
    counts = Counter(filter(None, map(script_of, word)))
    most = max(counts.values())
    for script in sorted((one for one, count in counts.items() if count == most), key=SCRIPTS.index):
        letters = [char if script_of(char) in (None, script) else look_alikes().get((char, script)) for char in word]
        if all(letters):
            foreign = ", ".join(sorted(one for one in counts if one != script))
            return "".join(filter(None, letters)), f"{foreign} letters in a {script} word, read as their look-alikes"
    return None


def _by_spellings(word: str, text: str) -> tuple[str, str] | None:
    counts = Counter(filter(None, map(script_of, word)))
    script = counts.most_common(1)[0][0]
    if counts[script] < LEAST_LETTERS:
        return word, "letters of several scripts in a word; read as it stands"
    pattern = _wildcard(word, script)
    here = [other for other in dict.fromkeys(_WORD.findall(text)) if other != word and pattern.fullmatch(other)
            and all(script_of(char) in (None, script) for char in other)]
    known = {name for name in known_names() if pattern.fullmatch(name)}
    if len({_plain(other) for other in here}) == 1:
        better = sorted(name for name in known if _plain(name) == _plain(here[0]))
        why = f"letters of another script stand for unknown ones; the text also spells it {here[0]!r}"
        if better and better[0] not in here:
            return better[0], f"{why}, our tables {better[0]!r}"
        return here[0], why
    if not here and len(known) == 1:
        name = known.pop()
        return name, f"letters of another script stand for unknown ones; of the names we know only {name!r} fits"
    return word, "letters of another script that look like none of its own; no one spelling fits; read as it stands"


def _wildcard(word: str, script: str) -> re.Pattern[str]:
    """The word with each foreign run open, and a final closed letter (`l` before `u`) left as it is."""
    parts, is_open = [], False
    for char in word:
        if script_of(char) in (None, script):
            parts.append(re.escape(char))
            is_open = False
        elif not is_open:
            parts.append(rf"\w{{1,{HIDDEN_LETTERS}}}")
            is_open = True
    return re.compile("".join(parts), re.IGNORECASE)


def _plain(name: str) -> str:
    """A name without marks, in lower case."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in letters if not unicodedata.combining(char)).replace("ı", "i")


@lru_cache(1)
def known_names() -> frozenset[str]:
    """The short names of people in our tables; empty where there are no tables. Read only when a word needs them."""
    place = data_folder() / "world" / "people.csv"
    if not place.is_file():
        return frozenset()
    with place.open(encoding="utf-8") as file:
        return frozenset(name.strip() for row in csv.DictReader(file) for name in (row.get("shorts") or "").split(";")
                         if name.strip())
