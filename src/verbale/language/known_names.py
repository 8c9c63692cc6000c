"""Names that the tables know: states, places, organisations, armed groups, peoples. They settle what the network saw.

Tables: data/world/names.csv, orgs.csv, groups.csv, places.csv and data/lexicon/en/name_labels.csv, which has the last
word; its label `none` is for capitalised words that name nobody.
"""

import csv
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from verbale.language.tokens import words_of
from verbale.tables.load import csv_rows, data_folder

LABEL_OF_PREFIX = {"st": "LOC", "pl": "LOC", "org": "ORG", "gr": "ORG"}
LABEL_OF_KIND = {"demonym": "NORP", "adjective": "NORP"}
SKIPPED_KINDS = ("misspelling", "translit")
NO_NAME = "none"


class NameLabel(msgspec.Struct, frozen=True):
    """A form and its label: PER, ORG, LOC, NORP, or none."""

    form: str
    label: str
    source: str


class Known(NamedTuple):
    label: str
    sure: bool
    """False for a form that others bear too: it relabels what was found and adds nothing."""


class Match(NamedTuple):
    start: int
    stop: int
    known: Known


def _world_rows(file: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader((data_folder() / "world" / file).read_text(encoding="utf-8").splitlines())


def _forms() -> Iterator[tuple[str, Known]]:
    for row in _world_rows("names.csv"):
        if row["kind"] in SKIPPED_KINDS or row.get("lang") not in ("", "en", None):
            continue
        label = LABEL_OF_KIND.get(row["kind"]) or LABEL_OF_PREFIX.get(row["entity"].split(":")[0])
        if label and (row["kind"] != "metonym" or label == "LOC"):
            yield row["name"], Known(label, row["kind"] != "metonym" and not row.get("ambiguous"))
    for file in ("orgs.csv", "groups.csv", "places.csv"):
        for row in _world_rows(file):
            label = LABEL_OF_PREFIX.get(row["id"].split(":")[0])
            if label and row["name"]:
                yield row["name"], Known(label, " " in row["name"] or label == "LOC")
    for own in csv_rows(data_folder() / "lexicon/en/name_labels.csv", NameLabel):
        yield own.form, Known(own.label, True)


@cache
def _index() -> dict[str, dict[tuple[str, ...], Known]]:
    """By first word: the words of each form, with what it names."""
    index: dict[str, dict[tuple[str, ...], Known]] = {}
    for form, known in _forms():
        words = tuple(words_of(form.removeprefix("the ").removeprefix("The ")))
        if words and words[0][:1].isalpha() and any(letter.isupper() for letter in words[-1]):
            index.setdefault(words[0], {})[words] = known
    return index


def known_names(words: list[str]) -> list[Match]:
    """The longest known names of a sentence, left to right, as they are spelt in the tables."""
    index, found, place = _index(), [], 0
    words = [word.replace("’", "'") for word in words]
    while place < len(words):
        forms = index.get(words[place], {})
        fitting = [form for form in forms if tuple(words[place:place + len(form)]) == form]
        if fitting:
            form = max(fitting, key=len)
            found.append(Match(place, place + len(form), forms[form]))
            place += len(form)
        else:
            place += 1
    return found
