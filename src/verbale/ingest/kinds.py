"""The kinds of input that are read, how each is told, and the reader of each. The one list: add a kind here."""

import re
from collections.abc import Iterator

from verbale.errors import BadInput
from verbale.ingest.addresses import MAP_START, read_map
from verbale.ingest.archive import read_gzip, read_warc, read_zip
from verbale.ingest.document import read_docx, read_pdf, read_rtf
from verbale.ingest.feed import read_feed
from verbale.ingest.inputs import LARGEST_BYTES, Input, Kind
from verbale.ingest.mail import read_mail
from verbale.ingest.pages import HTML_START, read_html, read_page_text
from verbale.ingest.press_exports import read_factiva, read_nexis
from verbale.ingest.tables import read_csv, read_json, read_json_lines, read_parquet
from verbale.model.report import Problem, Report

_XML = rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}(?:<\?[^>]{0,300}\?>\s*){0,3}"
KINDS: tuple[Kind, ...] = (
    Kind(
        "feed",
        read_feed,
        (".rss", ".atom"),
        re.compile(_XML + rb"(?:<!DOCTYPE\s[^>]{0,300}>\s*)?<(?:rss|feed|rdf:RDF)\b", re.DOTALL),
    ),
    Kind("site map", read_map, starts=MAP_START),
    Kind("html", read_html, (".html", ".htm", ".xhtml"), HTML_START),
    Kind(
        "warc",
        read_warc,
        (".warc", ".warc.gz", ".wet", ".wet.gz", ".warc.wet.gz", ".warc.zst"),
        re.compile(rb"WARC/1\.[01]"),
        streams=True,
    ),
    Kind("pdf", read_pdf, (".pdf",), re.compile(rb"%PDF-")),
    Kind("rtf", read_rtf, (".rtf",), re.compile(rb"\{\\rtf")),
    Kind("docx", read_docx, (".docx",)),
    Kind("nexis", read_nexis),
    Kind("factiva", read_factiva),
    Kind("zip", read_zip, (".zip",), re.compile(rb"PK\x03\x04|PK\x05\x06"), streams=True),
    Kind("json lines", read_json_lines, (".jsonl", ".ndjson", ".jsonlines"), streams=True),
    Kind("json", read_json, (".json",)),
    Kind("csv", read_csv, (".csv", ".tsv"), streams=True),
    Kind("parquet", read_parquet, (".parquet",), re.compile(rb"PAR1"), streams=True),
    Kind(
        "mail",
        read_mail,
        (".eml", ".mht", ".mhtml"),
        re.compile(
            rb"(?:Received|Return-Path|Delivered-To|MIME-Version|From|Message-ID): .*\r?\n"
            rb"(?:[\w-]+:|[ \t])"
        ),
    ),
    Kind("gzip", read_gzip, (".gz",), re.compile(rb"\x1f\x8b"), streams=True),
    Kind("page text", read_page_text, (".txt", ".text", ".md", "")),
)
BINARY = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|\x7fELF|MZ[\x00-\xff]\x00|\xd0\xcf\x11\xe0|Rar!|7z\xbc\xaf|RIFF|ID3|OggS"
    rb"|SQLite format 3"
)
_NAMED_BEFORE_BYTES = ("docx", "warc", "json lines", "csv")
"""Kinds whose ending tells more than the first bytes do: a docx is a ZIP, a packed WARC a gzip, a table may begin as
anything."""


def kind_named(name: str) -> Kind:
    """The kind of this name. Raises BadInput with all names."""
    for kind in KINDS:
        if kind.name == name.lower().replace("-", " ").replace("_", " "):
            return kind
    raise BadInput(f"there is no kind {name!r}; kinds are {', '.join(kind.name for kind in KINDS)}")


def told_by_bytes(head: bytes) -> Kind | None:
    """The kind that an input's first bytes tell; None where they are plain text or unknown."""
    return next((kind for kind in KINDS if kind.starts and kind.starts.match(head.removeprefix(b"\xef\xbb\xbf"))), None)


def kind_of_input(input_: Input) -> Kind:
    """The kind by the file's ending and its first bytes, else page text. Raises BadInput for other binary files."""
    head, name = input_.head.removeprefix(b"\xef\xbb\xbf"), input_.place.lower()
    by_ending = next((kind for kind in KINDS if any(ending and name.endswith(ending) for ending in kind.endings)), None)
    if by_ending and by_ending.name in _NAMED_BEFORE_BYTES:
        return by_ending
    by_bytes = told_by_bytes(head)
    if by_bytes and not (by_ending and by_ending.name == "page text" and by_bytes.name in ("html", "mail", "feed")):
        return by_bytes
    if BINARY.match(head):
        raise BadInput(f"is a binary file of a kind that is not read{f' ({input_.ending})' if input_.ending else ''}")
    if by_ending is None and re.match(rb'\s*\{\s*"[\w ]{1,40}"\s*:', head):
        return kind_named("json lines")
    return by_ending or kind_named("page text")


def reports_in(input_: Input, name: str | None = None) -> Iterator[Report | Problem]:
    """What the right reader makes of an input; whatever it stumbles over becomes a Problem, and nothing else stops."""
    try:
        kind = kind_named(name) if name else kind_of_input(input_)
        if not kind.streams and input_.length > LARGEST_BYTES:
            raise BadInput(
                f"{input_.length / 2**20:.0f} MB is no single article (at most {LARGEST_BYTES // 2**20} MB); "
                "cut it into articles, or give them as JSON lines"
            )
        yield from kind.read(input_)
    except BadInput as error:
        yield Problem(input_.place, "failed", " ".join(str(error).split()))
    except Exception as error:  # a library that breaks on one input must not take the others along
        reason = " ".join(str(error).split())[:200]
        yield Problem(input_.place, "failed", f"cannot be read: {type(error).__name__}: {reason}")
