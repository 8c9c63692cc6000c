"""The world tables as read: all rows, with a user's overlay laid over them. Nothing is loaded by halves."""

import csv
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec

from verbale.errors import BadTable
from verbale.tables.load import Place, data_folder
from verbale.world.rows import KEYS, TABLES


def world_folder() -> Place:
    """Where the package keeps the world tables."""
    return data_folder() / "world"


def read_table(place: Place, name: str) -> list[Any]:
    """Every row of a world table, typed. Raises BadTable: file, line, column, what was found, what was wanted."""
    row_type = TABLES[name]
    columns, cells = read_cells(place)
    ordered = in_order(place, columns, cells, row_type)
    try:
        return msgspec.convert(ordered, list[row_type], strict=False)  # type: ignore[valid-type]
    except msgspec.ValidationError:
        raise BadTable(_first_bad_cell(place, ordered, row_type)) from None


def read_cells(place: Place) -> tuple[list[str], list[list[str | None]]]:
    """A CSV file's header and its cells; an empty cell is None. Refuses rows of another length than the header."""
    columns, rows = _parsed(place)
    width = len(columns)
    cells: list[list[str | None]] = [[cell or None for cell in row] for row in rows if row]
    if any(len(row) != width for row in cells):
        line, row = next((line, row) for line, row in zip(line_numbers(place), cells) if len(row) != width)
        raise BadTable(f"{place}, line {line}: {len(row)} cells; wanted {width} ({', '.join(columns)})")
    return columns, cells


def _parsed(place: Place) -> tuple[list[str], Any]:
    try:
        text = place.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTable(f"{place}: byte {error.start} is not UTF-8; wanted a CSV file saved as UTF-8") from None
    reader = csv.reader(StringIO(text, newline=""))
    columns = next(reader, None)
    if not columns:
        raise BadTable(f"{place}, line 1: the file is empty; wanted a header")
    return columns, reader


def line_numbers(place: Place) -> list[int]:
    """The line of the file that each row ends on, in order."""
    _, reader = _parsed(place)
    return [reader.line_num for row in reader if row]


def in_order(place: Place, columns: list[str], cells: list[list[str | None]],
             row_type: type[msgspec.Struct]) -> list[list[Any]]:
    """The cells in the order of the row type's fields, with its defaults where they are empty."""
    fields = msgspec.structs.fields(row_type)
    names = [field.name for field in fields]
    unknown = [column for column in columns if column not in names]
    missing = [field.name for field in fields if field.required and field.name not in columns]
    if unknown or missing:
        found = f"unknown column {unknown[0]!r}" if unknown else f"no column {missing[0]!r}"
        raise BadTable(f"{place}, line 1: {found}; wanted {', '.join(names)}")
    if columns != names:
        at = [columns.index(name) if name in columns else None for name in names]
        cells = [[None if here is None else row[here] for here in at] for row in cells]
    for number, field in enumerate(fields):
        if not field.required and field.default is not None:
            for row in cells:
                if row[number] is None:
                    row[number] = field.default
    return cells


def _first_bad_cell(place: Place, ordered: list[list[Any]], row_type: type[msgspec.Struct]) -> str:
    fields = msgspec.structs.fields(row_type)
    for line, row in zip(line_numbers(place), ordered):
        for field, cell in zip(fields, row):
            try:
                msgspec.convert(cell, field.type, strict=False)
            except msgspec.ValidationError:
                return f"{place}, line {line}, column {field.name}: found {cell or ''!r}; wanted {_wanted(field.type)}"
    return f"{place}: a row breaks its schema"


def _wanted(kind: Any) -> str:
    words = {str: "some text", int: "a whole number", float: "a number"}
    kinds = getattr(kind, "__args__", (kind,))
    return " or ".join(words.get(one, "nothing") for one in kinds)


@contextmanager
def no_collecting() -> Iterator[None]:
    """Leave the garbage collector out while many rows are made that all stay; it would look at them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Tables(msgspec.Struct):
    """All rows of all world tables, by table name."""

    rows: dict[str, list[Any]]
    own_sources: frozenset[str] = frozenset()
    """What a user's folder names as its sources; sources.csv need not have them."""

    def __getitem__(self, name: str) -> list[Any]:
        return self.rows[name]


def load_tables(overlay: Path | None = None) -> Tables:
    """The package's tables, with the overlay's operations applied where a folder is given.

    Raises BadTable at the first thing that is wrong; then no table is changed.
    """
    folder = world_folder()
    with no_collecting():
        return _load_all(folder, overlay)


def _load_all(folder: Place, overlay: Path | None) -> Tables:
    rows = {name: read_table(folder / f"{name}.csv", name) for name in TABLES if (folder / f"{name}.csv").is_file()}
    rows = {name: rows.get(name, []) for name in TABLES}
    if overlay is not None:
        from verbale.world.overlay import apply_overlay, sources_of

        return Tables(apply_overlay(rows, overlay), sources_of(overlay))
    return Tables(rows)


def key_of(name: str, row: msgspec.Struct) -> tuple[Any, ...]:
    """What tells a row of a table from the others."""
    return tuple(getattr(row, column) for column in KEYS[name])


def parts(cell: str | None) -> Iterator[str]:
    """The entries of a cell that holds a list parted by `;`."""
    for part in (cell or "").split(";"):
        if part.strip():
            yield part.strip()
