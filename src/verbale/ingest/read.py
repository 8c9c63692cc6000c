"""Any input to reports: files, folders, standard input. A bad input is a Problem and stops nothing else."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from verbale.errors import BadInput
from verbale.ingest.dating import day_of
from verbale.ingest.inputs import LARGEST_BYTES, Columns, Input
from verbale.ingest.kinds import kind_named, reports_in
from verbale.ingest.pages import HTML_START
from verbale.model.report import Problem, Report

STDIN = "-"
NO_ARTICLES = frozenset((
    ".bib", ".c", ".cfg", ".css", ".db", ".db-shm", ".db-wal", ".gif", ".ini", ".ipynb", ".jpeg", ".jpg", ".js",
    ".lock", ".mp3", ".mp4", ".png", ".py", ".r", ".sh", ".sqlite", ".svg", ".toml", ".webp", ".yaml", ".yml",
))
"""What lies beside articles in a folder and is none: settings, programs, pictures, a record of ours."""


def read(source: str | Path, kind: str | None = None, columns: Columns | None = None) -> Iterator[Report | Problem]:
    """Every report of a file, a folder (with its folders) or standard input (`-`), in the order of their names.

    `kind` says what the input is where it should not be guessed ("page text", "html", ...); `columns` says which column
    of a table holds what ({"text": "body"}). What cannot be read is a Problem: one a file, or one a record of a file
    that holds many. Raises BadInput for a kind that there is not.
    """
    if kind is not None:
        kind_named(kind)
    if str(source) == STDIN:
        yield from _read_stdin(kind, columns)
        return
    if str(source).startswith(("http://", "https://")):
        yield Problem(str(source), "failed", "is an address, and reading fetches nothing; `verbale fetch` does")
        return
    path = Path(source)
    if path.is_dir():
        yield from _read_folder(path, kind, columns)
    elif path.exists():
        yield from _read_file(path, kind, columns)
    else:
        yield Problem(str(source), "failed", "there is no such file or folder")


def read_text(text: str, kind: str | None = None, title: str | None = None, url: str | None = None,
              source: str | None = None, published: date | str | None = None, place: str | None = None) -> Report:
    """The report of one text (a page's text, plain text or HTML). Raises BadInput where there is nothing to read.

    What is known of it may be given: title, address, publisher, day (a date, or words that name one).
    """
    input_ = Input(text.encode("utf-8", "replace"), place or "text", title=title, url=url, source=source,
                   published=_day(published))
    chosen = kind_named(kind or ("html" if HTML_START.match(input_.head) else "page text"))
    for found in chosen.read(input_):
        if isinstance(found, Problem):
            raise BadInput(f"{found.place}: {found.reason}")
        return found
    raise BadInput(f"{place or 'text'}: holds no article")


def _day(published: date | str | None) -> date | None:
    if published is None or isinstance(published, date):
        return published
    day = day_of(published)
    if day is None:
        raise BadInput(f"{published!r} is no day; give it as 2024-03-05")
    return day


def _read_folder(folder: Path, kind: str | None, columns: Columns | None) -> Iterator[Report | Problem]:
    found = False
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            found = True
            if kind is None and path.suffix.lower() in NO_ARTICLES:
                yield Problem(str(path), "skipped", f"a {path.suffix} file is no article; name it by itself to read it")
            else:
                yield from _read_file(path, kind, columns)
    if not found:
        yield Problem(str(folder), "failed", "the folder holds no files")


def _read_file(path: Path, kind: str | None, columns: Columns | None) -> Iterator[Report | Problem]:
    try:
        size = path.stat().st_size
        if size == 0:
            yield Problem(str(path), "failed", "the file is empty")
            return
        yield from reports_in(Input(None, str(path), path=path, size=size, columns=columns), kind)
    except OSError as error:
        yield Problem(str(path), "failed", f"cannot be opened: {error.strerror or error}")


def _read_stdin(kind: str | None, columns: Columns | None) -> Iterator[Report | Problem]:
    raw = sys.stdin.buffer.read(LARGEST_BYTES + 1)
    if not raw.strip():
        yield Problem(STDIN, "failed", "standard input is empty")
    else:
        yield from reports_in(Input(raw, STDIN, columns=columns), kind)
