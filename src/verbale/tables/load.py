"""Reads our data files into typed rows. The row type is the schema; a bad row is refused by file, line and column."""

import csv
import tomllib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

import msgspec

from verbale.errors import BadTable

Row = TypeVar("Row", bound=msgspec.Struct)
Place = Path | Traversable


def data_folder() -> Traversable:
    """Where the package keeps its own tables."""
    return resources.files("verbale") / "data"


def csv_rows(place: Place, row_type: type[Row]) -> list[Row]:
    """Every row of a CSV file as `row_type`. An empty cell is None, or the empty list, where the type allows it.

    Lists inside a cell are parted by `;`. Dates may be short (2004, 2004-03) only where the type is str.
    Raises BadTable: file, line, column, what was found, what was wanted.
    """
    return [row for _, row in csv_rows_with_lines(place, row_type)]


def csv_rows_with_lines(place: Place, row_type: type[Row]) -> Iterator[tuple[int, Row]]:
    hints = get_type_hints(row_type)
    required = {field.name for field in msgspec.structs.fields(row_type) if field.required}
    with place.open(encoding="utf-8", newline="") as file:  # type: ignore[call-overload]
        reader = csv.reader(file)
        columns = next(reader, None)
        if columns is None:
            raise BadTable(f"{place}: the file is empty; wanted a header with {', '.join(hints)}")
        unknown = [column for column in columns if column not in hints]
        missing = [column for column in required if column not in columns]
        if unknown or missing:
            found = f"unknown column {unknown[0]!r}" if unknown else f"no column {missing[0]!r}"
            raise BadTable(f"{place}, line 1: {found}; wanted {', '.join(hints)}")
        shapes = [(column, wanted, get_args(wanted) or (wanted,), getattr(wanted, "__origin__", None) in (tuple, list))
                  for column in columns for wanted in [hints[column]]]
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(columns):
                raise BadTable(f"{place}, line {reader.line_num}: {len(cells)} cells; wanted {len(columns)}")
            values: dict[str, Any] = {}
            for (column, wanted, kinds, is_list), cell in zip(shapes, cells):
                if wanted is str:
                    values[column] = cell
                elif is_list:
                    values[column] = tuple(part.strip() for part in cell.split(";") if part.strip())
                elif str in kinds and cell:
                    values[column] = cell
                else:
                    values[column] = _cell(place, reader.line_num, column, cell, wanted, kinds)
            yield reader.line_num, row_type(**values)


def _cell(place: Place, line: int, column: str, cell: str, wanted: Any, kinds: tuple[Any, ...]) -> Any:
    if cell == "" and type(None) in kinds:
        return None
    try:
        return msgspec.convert(cell, wanted, strict=False)
    except msgspec.ValidationError:
        name = " or ".join(getattr(kind, "__name__", str(kind)) for kind in kinds)
        raise BadTable(f"{place}, line {line}, column {column}: found {cell!r}; wanted {name}") from None


def toml_table(place: Place) -> dict[str, Any]:
    """A TOML file as plain dicts and lists. Raises BadTable with the parser's line and column."""
    try:
        return tomllib.loads(place.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadTable(f"{place}: {error}") from None
