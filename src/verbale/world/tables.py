"""The world tables as read: all rows, with a user's overlay laid over them. Nothing is loaded by halves."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec

from verbale.errors import BadTable
from verbale.tables.load import Place, data_folder
from verbale.world.rows import KEYS, TABLES

OPERATIONS = ("add", "replace", "end", "retract", "alias")
OVERLAY_COLUMN = "op"


def world_folder() -> Place:
    """Where the package keeps the world tables."""
    return data_folder() / "world"


def read_table(place: Place, name: str) -> list[Any]:
    """Every row of a world table, typed. Raises BadTable: file, line, column, what was found, what was wanted."""
    columns, cells, lines = read_cells(place)
    row_type = TABLES[name]
    ordered = _in_order(place, columns, cells, lines, row_type)
    try:
        return msgspec.convert(ordered, list[row_type], strict=False)
    except msgspec.ValidationError:
        raise BadTable(_first_bad_cell(place, ordered, lines, row_type)) from None


def read_cells(place: Place) -> tuple[list[str], list[list[str | None]], list[int]]:
    """A CSV file's header, its cells (an empty one is None), and the line each row ends on."""
    try:
        text = place.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadTable(f"{place}: byte {error.start} is not UTF-8; wanted a CSV file saved as UTF-8") from None
    reader = csv.reader(StringIO(text, newline=""))
    columns = next(reader, None)
    if not columns:
        raise BadTable(f"{place}, line 1: the file is empty; wanted a header")
    cells: list[list[str | None]] = []
    lines: list[int] = []
    for row in reader:
        if not row:
            continue
        if len(row) != len(columns):
            raise BadTable(f"{place}, line {reader.line_num}: {len(row)} cells; wanted {len(columns)}")
        cells.append([cell or None for cell in row])
        lines.append(reader.line_num)
    return columns, cells, lines


def _in_order(place: Place, columns: list[str], cells: list[list[str | None]], lines: list[int],
              row_type: type[msgspec.Struct]) -> list[list[str | None]]:
    """The cells in the order of the row type's fields; columns that are missing and not needed are None."""
    fields = msgspec.structs.fields(row_type)
    names = [field.name for field in fields]
    unknown = [column for column in columns if column not in names]
    missing = [field.name for field in fields if field.required and field.name not in columns]
    if unknown or missing:
        found = f"unknown column {unknown[0]!r}" if unknown else f"no column {missing[0]!r}"
        raise BadTable(f"{place}, line 1: {found}; wanted {', '.join(names)}")
    if columns == names and "source" == names[-1]:
        for row in cells:
            if row[-1] is None:
                row[-1] = ""
        if all(not _has_default(field) for field in fields):
            return cells
    defaults = [None if field.required or field.default is msgspec.NODEFAULT else field.default for field in fields]
    at = [columns.index(name) if name in columns else -1 for name in names]
    return [[default if here < 0 or row[here] is None else row[here] for here, default in zip(at, defaults)]
            for row in cells]


def _has_default(field: msgspec.structs.FieldInfo) -> bool:
    return not field.required and field.name != "source" and field.default is not None


def _first_bad_cell(place: Place, ordered: list[list[str | None]], lines: list[int],
                    row_type: type[msgspec.Struct]) -> str:
    fields = msgspec.structs.fields(row_type)
    for line, row in zip(lines, ordered):
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


class Tables(msgspec.Struct):
    """All rows of all world tables, by table name."""

    rows: dict[str, list[Any]]

    def __getitem__(self, name: str) -> list[Any]:
        return self.rows[name]


def load_tables(overlay: Path | None = None) -> Tables:
    """The package's tables, with the overlay's operations applied where a folder is given.

    Raises BadTable at the first thing that is wrong; then no table is changed.
    """
    folder = world_folder()
    rows = {name: read_table(folder / f"{name}.csv", name) for name in TABLES if (folder / f"{name}.csv").is_file()}
    rows = {name: rows.get(name, []) for name in TABLES}
    if overlay is not None:
        from verbale.world.overlay import apply_overlay

        rows = apply_overlay(rows, overlay)
    return Tables(rows)


def key_of(name: str, row: msgspec.Struct) -> tuple[Any, ...]:
    """What tells a row of a table from the others."""
    return tuple(getattr(row, column) for column in KEYS[name])


def parts(cell: str | None) -> Iterator[str]:
    """The entries of a cell that holds a list parted by `;`."""
    for part in (cell or "").split(";"):
        if part.strip():
            yield part.strip()
