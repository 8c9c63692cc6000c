"""Tables with a text in each row: JSON lines, JSON, CSV, Parquet. A bad row is a Problem of its own."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import IO, Any

import msgspec

from verbale.errors import BadInput
from verbale.ingest.build import titled_report
from verbale.ingest.clean import decoded
from verbale.ingest.dating import day_of
from verbale.ingest.inputs import LONGEST_TEXT, Columns, Input, needed
from verbale.ingest.pages import HTML_START, html_report
from verbale.model.report import Problem, Report
from verbale.tables.load import csv_rows, data_folder

LONGEST_LINE = 16 * 2**20
MOST_COLUMNS = 2_000
_SPACES = re.compile(r"[\s-]+")
FIELDS = ("text", "title", "url", "source", "author", "published", "language")


class ColumnName(msgspec.Struct, frozen=True):
    """A name that tables give a column, and which field it holds; earlier rows go first."""

    column: str
    field: str
    source: str


@lru_cache(1)
def column_names() -> dict[str, list[str]]:
    """The names each field goes by. Source: data/ingest/columns.csv."""
    found: dict[str, list[str]] = {field: [] for field in FIELDS}
    for row in csv_rows(data_folder() / "ingest" / "columns.csv", ColumnName):
        found[row.field].append(row.column)
    return found


def read_json_lines(input_: Input) -> Iterator[Report | Problem]:
    """A report for each line that is a JSON object with a text."""
    with _opened(input_) as file:
        number = 0
        while raw := file.readline(LONGEST_LINE + 1):
            number += 1
            place = f"{input_.place}:{number}"
            if len(raw) > LONGEST_LINE:
                while raw and not raw.endswith(b"\n"):
                    raw = file.readline(LONGEST_LINE)
                yield Problem(place, "failed", f"the line is longer than {LONGEST_LINE // 2**20} MB")
            elif raw.strip():
                yield _of_json(raw, place, input_)


def _of_json(raw: bytes, place: str, input_: Input) -> Report | Problem:
    try:
        row = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        try:
            row = json.loads(raw.decode("utf-8", "replace"), strict=False)
        except (ValueError, RecursionError):
            return Problem(place, "failed", f"is no JSON: {error}")
    if not isinstance(row, dict):
        return Problem(place, "failed", "is no JSON object with named fields")
    return row_report(row, place, input_)


def read_json(input_: Input) -> Iterator[Report | Problem]:
    """A report of a JSON object with a text, or of each in a list (or of a file that is JSON lines after all)."""
    words = decoded(input_.raw)
    try:
        tree = json.loads(words, strict=False)
    except RecursionError:
        raise BadInput("is JSON nested too deep") from None
    except ValueError as error:
        if re.match(r"\s*\{.*\}\s*\n\s*\{", words[:1_000_000], re.DOTALL):
            yield from read_json_lines(input_)
            return
        raise BadInput(f"is no JSON: {error}") from None
    rows = tree if isinstance(tree, list) else _list_in(tree) or [tree]
    for number, row in enumerate(rows, 1):
        place = f"{input_.place}:{number}" if len(rows) > 1 else input_.place
        if isinstance(row, dict):
            yield row_report(row, place, input_)
        else:
            yield Problem(place, "failed", "is no JSON object with named fields")


def _list_in(tree: Any) -> list | None:
    """The list of articles in an answer that wraps it: {"articles": [...]}."""
    if not isinstance(tree, dict):
        return None
    lists = [value for value in tree.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    has_text = any(name in tree for name in column_names()["text"])
    return lists[0] if len(lists) == 1 and not has_text else None


def read_csv(input_: Input) -> Iterator[Report | Problem]:
    """A report for each row of a table with a header; commas, semicolons, tabs or bars part its cells."""
    csv.field_size_limit(LONGEST_LINE)
    encoding = "utf-16" if input_.head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    with _opened(input_) as raw, io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as file:
        try:
            dialect: Any = csv.Sniffer().sniff(
                input_.head.decode("utf-8", "replace").split("\n")[0], delimiters=",;\t|"
            )
        except csv.Error:
            dialect = csv.excel
        reader = csv.reader(_without_nul(file), delimiter=dialect.delimiter)
        header = [name.strip() for name in next(reader, [])]
        if not header or len(header) > MOST_COLUMNS:
            raise BadInput(f"has {len(header)} columns in its first line; wanted a header, at most {MOST_COLUMNS}")
        _check_columns(header, input_)
        yield from _of_rows(reader, header, input_)


def _of_rows(reader: Any, header: list[str], input_: Input) -> Iterator[Report | Problem]:
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(f"{input_.place}:{reader.line_num}", "failed", f"is no row of the table: {error}")
            continue
        place = f"{input_.place}:{reader.line_num}"
        if len(cells) > len(header):
            yield Problem(place, "failed", f"has {len(cells)} cells; the header has {len(header)}")
        elif any(cells):
            yield row_report(dict(zip(header, cells)), place, input_)


def _without_nul(file: Iterable[str]) -> Iterator[str]:
    for line in file:
        yield line.replace("\0", "")


def read_parquet(input_: Input) -> Iterator[Report | Problem]:
    """A report for each row of a Parquet file; only the columns that are known are read."""
    if input_.path is None:
        raise BadInput("is a Parquet file inside another input; unpack it first")
    duckdb = needed("duckdb", "reading Parquet")
    link = duckdb.connect(config={"autoinstall_known_extensions": False, "memory_limit": "512MB", "threads": 1})
    try:
        columns = list(link.read_parquet(str(input_.path)).columns)
        _check_columns(columns, input_)
        chosen = list(dict.fromkeys(name for field in FIELDS if (name := _column(field, set(columns), input_))))
        quoted = ", ".join('"' + name.replace('"', '""') + '"' for name in chosen)
        rows = link.execute(f"SELECT {quoted} FROM read_parquet(?)", [str(input_.path)])
        number = 0
        while batch := rows.fetchmany(256):
            for cells in batch:
                number += 1
                yield row_report(dict(zip(chosen, cells)), f"{input_.place}:{number}", input_)
    except duckdb.Error as error:
        raise BadInput(f"is no Parquet file that can be read: {str(error).splitlines()[0]}") from None
    finally:
        link.close()


def _opened(input_: Input) -> IO[bytes]:
    return input_.path.open("rb") if input_.path is not None else io.BytesIO(input_.raw)


def _column(field: str, names: set[str], input_: Input) -> str | None:
    """Which of a table's columns holds a field: as asked, else the first usual name, in any case."""
    if field in input_.columns:
        return input_.columns[field] if input_.columns[field] in names else None
    lower = {_SPACES.sub("_", name.strip().lower()): name for name in sorted(names)}
    return next((lower[name] for name in column_names()[field] if name in lower), None)


def check_fields(columns: Columns) -> None:
    """Raises BadInput for a field that there is not."""
    for field in columns:
        if field not in FIELDS:
            raise BadInput(f"there is no field {field!r} for a column; fields are {', '.join(FIELDS)}")


def _check_columns(header: list[str], input_: Input) -> None:
    check_fields(input_.columns)
    for name in input_.columns.values():
        if name not in header:
            raise BadInput(f"has no column {name!r}; its columns are {', '.join(header[:20])}")
    if _column("text", set(header), input_) is None:
        raise BadInput(f"no column is known to hold the text; say which one with text=COLUMN; its columns are "
                       f"{', '.join(header[:20])}")


def row_report(row: dict[str, Any], place: str, input_: Input) -> Report | Problem:
    """The report of one row. A row without a text, or whose text is none, is a Problem."""
    known = {field: _words(row[name]) for field in FIELDS if (name := _column(field, set(row), input_))}
    text = known.get("text")
    if not text or not text.strip():
        usual = ", ".join(column_names()["text"][:4])
        reason = "its text is empty" if "text" in known else f"no field is known to hold the text ({usual} ...)"
        return Problem(place, "skipped" if "text" in known else "failed", reason)
    if len(text) > LONGEST_TEXT:
        return Problem(place, "failed", f"{len(text):,} letters are no single article (at most {LONGEST_TEXT:,})")
    published = day_of(known.get("published") or "")
    if HTML_START.match(text[:4096].encode("utf-8", "replace")):
        page = Input(b"", place, title=known.get("title"), url=known.get("url"), source=known.get("source"),
                     published=published)
        return html_report(text, page)
    return titled_report(known.get("title"), text, url=known.get("url"), source=known.get("source"),
                         author=known.get("author"), published=published, place=place,
                         language=(known.get("language") or "")[:2].lower() or None, taken_for=_kind_name(input_))


def _kind_name(input_: Input) -> str:
    return {".csv": "csv", ".tsv": "csv", ".parquet": "parquet", ".json": "json"}.get(input_.ending, "json lines")


def _words(value: Any) -> str | None:
    """A cell as words; None for an empty one. Lists of names (authors) are joined."""
    if value is None or value == "":
        return None
    if isinstance(value, list):
        return ", ".join(str(one) for one in value if one)
    return value if isinstance(value, str) else str(value)
