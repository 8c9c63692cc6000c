"""Tables as Parquet files (zstd), written by DuckDB: codes stay text, counts are numbers, days are days."""

import csv
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from verbale.errors import BadInput

TYPES = {
    "background": "BOOLEAN",
    "mutual": "BOOLEAN",
    "day_told": "BOOLEAN",
    "start": "BIGINT",
    "stop": "BIGINT",
    "letters": "BIGINT",
    "level": None,
    "count": "BIGINT",
    "n_events": "BIGINT",
    "n_reports": "BIGINT",
    "n_copies": "BIGINT",
    "n_independent": "BIGINT",
    "n_contacts": "BIGINT",
    "contacts": None,
    "confidence": "DOUBLE",
    "goldstein": "DOUBLE",
    "mean_goldstein": "DOUBLE",
    "plover_score": "DOUBLE",
    "quad_class": "BIGINT",
    "verbal_cooperation": "BIGINT",
    "material_cooperation": "BIGINT",
    "verbal_conflict": "BIGINT",
    "material_conflict": "BIGINT",
    "since": "DATE",
    "until": "DATE",
    "published": "DATE",
    "first_day": "DATE",
    "last_day": "DATE",
    "first_seen": "DATE",
    "last_seen": "DATE",
}
"""Columns that are not text. Every code is text: a CAMEO 020 read as a number is another code."""


def write(rows: Iterable[dict[str, Any]], columns: tuple[str, ...], target: str | Path) -> int:
    """Write rows to a file; how many. Raises BadInput where DuckDB is not installed."""
    try:
        import duckdb
    except ImportError:
        raise BadInput("Parquet needs DuckDB: pip install 'verbale[formats]'") from None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "rows.csv"
        number = _as_csv(rows, columns, place)
        with duckdb.connect() as connection:
            names = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
            read = (
                f"read_csv('{_quoted(place)}', header = false, all_varchar = true, columns = {{{names}}}, "
                "nullstr = '\\N', delim = ',', quote = '\"', escape = '\"', auto_detect = false, "
                "strict_mode = true, max_line_size = 64000000)"
            )
            chosen = ", ".join(_column(column) for column in columns)
            connection.execute(
                f"COPY (SELECT {chosen} FROM {read}) TO '{_quoted(Path(target))}' (FORMAT parquet, COMPRESSION zstd)"
            )
    return number


def _as_csv(rows: Iterable[dict[str, Any]], columns: tuple[str, ...], place: Path) -> int:
    number = 0
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        for row in rows:
            cells = (row.get(column) for column in columns)
            writer.writerow(["\\N" if cell is None else str(cell).replace("\x00", "\ufffd") for cell in cells])
            number += 1
    return number


def _column(column: str) -> str:
    kind = TYPES.get(column)
    return f'CAST("{column}" AS {kind}) AS "{column}"' if kind else f'"{column}"'


def _quoted(place: Path) -> str:
    return str(place).replace("'", "''")
