"""Reads the raw tables and our hand-written ones, and writes the compiled tables."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from verbale.world.rows import KEYS, TABLES
from verbale.world.spellings import fold

HAND = Path(__file__).parent / "hand"
TARGET = Path(__file__).parents[1] / "src" / "verbale" / "data" / "world"


def raw(shared: Path, name: str) -> list[dict[str, str]]:
    """The rows of a raw reference table."""
    with (shared / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def hand(name: str) -> list[dict[str, str]]:
    """The rows of a table written by us."""
    with (HAND / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, rows: Iterable[Any]) -> int:
    """Write a compiled table, sorted by its key; returns how many rows."""
    columns = [field.name for field in msgspec.structs.fields(TABLES[name])]
    ordered = sorted(rows, key=lambda row: [str(getattr(row, column) or "") for column in (*KEYS[name], *columns)])
    TARGET.mkdir(parents=True, exist_ok=True)
    with (TARGET / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in ordered:
            writer.writerow(["" if (cell := getattr(row, column)) is None else cell for column in columns])
    return len(ordered)


def slug(words: str) -> str:
    """A name as part of an id: plain letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(words).replace("'", "")).strip("-")
