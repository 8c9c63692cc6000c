"""Rows to CSV, tab-separated or JSON lines, as a stream: what was written is what the screen would show, all of it."""

import csv
import json
from collections.abc import Iterable
from itertools import chain
from typing import IO, Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula (OWASP, CSV injection)."""


def write_csv(rows: Iterable[dict[str, Any]], out: IO[str], spreadsheet_safe: bool = False, delimiter: str = ",",
              header: bool = True, columns: tuple[str, ...] | None = None) -> int:
    """Write rows with one header, quoted as RFC 4180 wants; how many. `columns`: also where there are no rows."""
    rows = iter(rows)
    first = next(rows, None)
    columns = columns or (tuple(first) if first else ())
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    if header and columns:
        writer.writerow(columns)
    number = 0
    for row in chain([first] if first else [], rows):
        writer.writerow([_cell(row.get(column), spreadsheet_safe) for column in columns])
        number += 1
    return number


def _cell(value: Any, spreadsheet_safe: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value if spreadsheet_safe and value.startswith(FORMULA_STARTS) else value
    return str(value)


def write_tsv(rows: Iterable[dict[str, Any]], out: IO[str], header: bool = True,
              columns: tuple[str, ...] | None = None) -> int:
    """Tab-separated as the event data sets are: no quoting, hence no tab or line end inside a cell."""
    rows = iter(rows)
    first = next(rows, None)
    columns = columns or (tuple(first) if first else ())
    if header and columns:
        out.write("\t".join(columns) + "\n")
    number = 0
    for row in chain([first] if first else [], rows):
        out.write("\t".join(" ".join(_cell(row.get(column), False).split()) for column in columns) + "\n")
        number += 1
    return number


def write_json_lines(rows: Iterable[Any], out: IO[str]) -> int:
    number = 0
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
        number += 1
    return number
