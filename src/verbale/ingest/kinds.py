"""The kinds of input that are read, how each is told, and the reader of each. The one list: add a kind here."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from verbale.errors import BadInput
from verbale.ingest.build import report_of
from verbale.ingest.clean import decoded
from verbale.ingest.html import article_in
from verbale.model.report import Problem, Report

HEAD_BYTES = 4096
LONGEST_TEXT = 5_000_000
"""Letters of a single text; a longer one is a dump of many articles, not an article."""


class Input:
    """Bytes to read, where they are from, and what is known of them beforehand."""

    def __init__(self, raw: bytes | None, place: str, path: Path | None = None, size: int | None = None,
                 title: str | None = None, url: str | None = None, source: str | None = None,
                 published: date | None = None, depth: int = 0) -> None:
        self._raw, self.place, self.path, self._size = raw, place, path, size
        self.title, self.url, self.source, self.published = title, url, source, published
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

    def text(self, declared: str | None = None) -> str:
        """The input as text. Raises BadInput where it is none, is empty, or is longer than any article."""
        words = decoded(self.raw, declared)
        if not words.strip():
            raise BadInput("is empty: nothing but white space")
        if len(words) > LONGEST_TEXT:
            raise BadInput(f"{len(words):,} letters are no single article (at most {LONGEST_TEXT:,}); cut it into articles, "
                           "or give them as JSON lines")
        return words


Reader = Callable[[Input], Iterator[Report | Problem]]


class Kind:
    """A kind of input: its name, the endings and first bytes that tell it, and the reader."""

    def __init__(self, name: str, read: Reader, endings: tuple[str, ...] = (), starts: re.Pattern[bytes] | None = None,
                 streams: bool = False) -> None:
        self.name, self.read, self.endings, self.starts, self.streams = name, read, endings, starts, streams


def read_page_text(input_: Input) -> Iterator[Report | Problem]:
    """One report of a text; a text in which no article is found is a report that says so in its segments."""
    yield report_of(input_.text(), title=input_.title, url=input_.url, source=input_.source, published=input_.published,
                    place=input_.place)


_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def read_html(input_: Input) -> Iterator[Report | Problem]:
    """One report of an HTML page."""
    declared = _DECLARED.search(input_.head)
    words = input_.text(declared.group(1).decode("ascii") if declared else None)
    found = article_in(words, input_.url)
    yield report_of(found.text, title=input_.title or found.title, url=found.url, source=input_.source or found.site,
                    author=found.author, published=input_.published, place=input_.place, clues=found.clues,
                    segments=found.segments, taken_for="html")


HTML_START = re.compile(rb"\s*(?:<!--.{0,400}?-->\s*){0,9}<(?:!doctype\s+html|html|head|body|article|meta|div|p)\b",
                        re.IGNORECASE | re.DOTALL)
KINDS: tuple[Kind, ...] = (
    Kind("html", read_html, (".html", ".htm", ".xhtml"), HTML_START),
    Kind("page text", read_page_text, (".txt", ".text", ".md", "")),
)
BINARY = re.compile(rb"%PDF|PK\x03\x04|\x89PNG|\xff\xd8\xff|GIF8|\x7fELF|MZ[\x00-\xff]\x00|\x1f\x8b|\xd0\xcf\x11\xe0|Rar!"
                    rb"|7z\xbc\xaf|RIFF|ID3|OggS")


def kind_named(name: str) -> Kind:
    """The kind of this name. Raises BadInput with all names."""
    for kind in KINDS:
        if kind.name == name or kind.name == name.replace("-", " "):
            return kind
    raise BadInput(f"there is no kind {name!r}; kinds are {', '.join(kind.name for kind in KINDS)}")


def kind_of_input(input_: Input) -> Kind:
    """The kind by first bytes, then by the file's ending, else page text. Raises BadInput for other binary files."""
    head = input_.head.removeprefix(b"\xef\xbb\xbf")
    for kind in KINDS:
        if kind.starts and kind.starts.match(head) and not (kind.name == "html" and input_.ending in (".txt", ".md")):
            return kind
    for kind in KINDS:
        if input_.ending in kind.endings and input_.ending:
            return kind
    if BINARY.match(head):
        raise BadInput(f"is a binary file of a kind we do not read{f' ({input_.ending})' if input_.ending else ''}")
    return kind_named("page text")
