"""An input before it is read: its bytes, where they are from, what is known of them, and what may be too much."""

import importlib
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from verbale.errors import BadInput
from verbale.ingest.clean import decoded
from verbale.model.report import Problem, Report
from verbale.model.when import DateClue

HEAD_BYTES = 4096
LARGEST_BYTES = 64 * 2**20
"""Inputs that are not streamed may have so many bytes: no article is larger, and memory has an end."""
LONGEST_TEXT = 5_000_000
"""Letters of a single text; a longer one is a dump of many articles, not an article."""


MOST_LINES = 50_000
Columns = dict[str, str]
"""Which column of a table holds what: `{"text": "body_html", "published": "day"}`."""


class Input:
    """Bytes to read, where they are from, and what is known of them beforehand."""

    def __init__(self, raw: bytes | None, place: str, path: Path | None = None, size: int | None = None,
                 title: str | None = None, url: str | None = None, source: str | None = None,
                 published: date | None = None, depth: int = 0,
                 columns: Columns | None = None, clues: tuple[DateClue, ...] = (), charset: str | None = None) -> None:
        self._raw, self.place, self.path, self._size = raw, place, path, size
        self.title, self.url, self.source, self.published = title, url, source, published
        self.columns = columns or {}
        self.clues, self.charset = clues, charset
        """What is known of its day from elsewhere (a feed, a site map), and the encoding its host names."""
        self.depth = depth
        """How many archives it lay in."""

    @cached_property
    def raw(self) -> bytes:
        if self._raw is not None:
            return self._raw
        assert self.path is not None
        return self.path.read_bytes()

    @property
    def length(self) -> int:
        return self._size if self._size is not None else len(self._raw or b"")

    @cached_property
    def head(self) -> bytes:
        if self._raw is not None or self.path is None:
            return (self._raw or b"")[:HEAD_BYTES]
        with self.path.open("rb") as file:
            return file.read(HEAD_BYTES)

    @property
    def ending(self) -> str:
        return Path(self.place).suffix.lower()

    def inside(self, raw: bytes, name: str, **known: Any) -> "Input":
        """An input that lies in this one: a file of an archive, an attachment."""
        return Input(raw, f"{self.place}!{name}", depth=self.depth + 1, columns=self.columns, **known)

    def text(self, declared: str | None = None) -> str:
        """The input as text. Raises BadInput where it is none, is empty, or is longer than any article."""
        words = decoded(self.raw, self.charset or declared)
        if not words.strip():
            raise BadInput("is empty: nothing but white space")
        if len(words) > LONGEST_TEXT:
            raise BadInput(
                f"{len(words):,} letters are no single article (at most {LONGEST_TEXT:,}); cut it into articles, "
                "or give them as JSON lines"
            )
        if words.count("\n") > MOST_LINES:
            raise BadInput(
                f"{words.count(chr(10)):,} lines are no single article (at most {MOST_LINES:,}); is it a table?"
            )
        return words


Reader = Callable[[Input], Iterator[Report | Problem]]


class Kind:
    """A kind of input: its name, the endings and first bytes that tell it, and the reader."""

    def __init__(self, name: str, read: Reader, endings: tuple[str, ...] = (), starts: re.Pattern[bytes] | None = None,
                 streams: bool = False) -> None:
        self.name, self.read, self.endings, self.starts, self.streams = name, read, endings, starts, streams


def needed(module: str, what: str, extra: str = "formats") -> ModuleType:
    """A library that only some inputs need. Raises BadInput that says what to install."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise BadInput(
            f"{what} needs {module.split('.')[0]}, which is not installed: pip install 'verbale[{extra}]'"
        ) from None
