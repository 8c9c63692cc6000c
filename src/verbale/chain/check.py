"""Looks over all data files: each alone, then each room's tables together."""

import csv
import importlib
import importlib.util
import io
import tomllib
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from verbale.errors import VerbaleError
from verbale.tables.load import data_folder

Place = Path | Traversable

# A room's tables as that room reads them: (module, function, does it take a user's folder?). Typed rows, codes that
# other tables must know, names that may not be given twice are checked there.
LOADERS = (
    ("verbale.tables.ontology", "load_ontology", False),
    ("verbale.world.world", "load_world", True),
    ("verbale.coding.rules", "load_rules", True),
)
# Checks across files that a room keeps for its tables: each takes what the loader gave and yields lines of fault.
ACROSS = (("verbale.world.check", "faults"),)


MADE_BY_FITTING = ("feature",)
"""Columns whose cells a program wrote, blanks and all."""


def check(overlay: Path | None = None) -> list[str]:
    """Every fault of our tables (and of a user's folder laid over them), a line each: file, line, what is wrong."""
    faults = list(_files_of(data_folder(), "data"))
    if overlay:
        faults += _files_of(overlay, str(overlay))
    loaded: dict[str, Any] = {}
    for module, name, takes_folder in LOADERS:
        try:
            load = getattr(importlib.import_module(module), name)
            loaded[module] = load(overlay) if takes_folder else load()
        except VerbaleError as error:
            faults.append(str(error))
    for module, name in ACROSS:
        if (world := loaded.get("verbale.world.world")) and importlib.util.find_spec(module):
            faults += getattr(importlib.import_module(module), name)(world)
    return faults


def _files_of(folder: Place, shown: str) -> Iterator[str]:
    for one in sorted(folder.iterdir(), key=lambda place: place.name):
        name = f"{shown}/{one.name}"
        if one.is_dir():
            yield from _files_of(one, name)
        elif one.name.endswith(".csv"):
            yield from (f"{name}, {fault}" for fault in csv_faults(one))
        elif one.name.endswith(".toml"):
            yield from (f"{name}: {fault}" for fault in _toml_faults(one))


def csv_faults(place: Place) -> Iterator[str]:
    """What no table of ours may have: a ragged row, a stray blank, a row twice, no source, an end before its start."""
    try:
        rows = list(csv.reader(io.StringIO(place.read_text(encoding="utf-8"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        yield f"line 1: cannot be read as CSV in UTF-8 ({error})"
        return
    if not rows:
        yield "line 1: the file is empty; wanted a header"
        return
    header, seen = rows[0], dict[tuple[str, ...], int]()
    for line, row in enumerate(rows[1:], start=2):
        if not row:
            continue
        if len(row) != len(header):
            yield f"line {line}: {len(row)} cells; wanted {len(header)}"
            continue
        if (first := seen.setdefault(tuple(row), line)) != line:
            yield f"line {line}: the same row as line {first}"
        yield from (f"line {line}, {fault}" for fault in _row_faults(dict(zip(header, row))))


def _row_faults(row: dict[str, str]) -> Iterator[str]:
    for column, cell in row.items():
        if cell != cell.strip() and column not in MADE_BY_FITTING:
            yield f"column {column}: found {cell!r}; wanted no blanks around it"
    if "source" in row and not row["source"].strip():
        yield "column source: it is empty; each row names where it is from"
    since, until = row.get("since") or "", row.get("until") or ""
    # Of two years alone the same one is a term within it; of two days the last is the first that counts no more.
    if since and until and (until < since[:len(until)] or (len(since) == len(until) == 10 and until == since)):
        yield f"column until: {until} is not after {since}"


def _toml_faults(place: Place) -> Iterator[str]:
    try:
        tomllib.loads(place.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        yield str(error)
