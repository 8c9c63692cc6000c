"""Readings of gold texts, parsed once and kept in a folder outside the repository."""

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from verbale.language.parser import OnnxParser
from verbale.model.ids import text_hash
from verbale.model.reading import Reading
from verbale.model.report import Report, Segment
from verbale.model.span import Span


def plain_report(text: str, name: str = "") -> Report:
    """A text as a report whose every letter is body; empty texts are one empty segment."""
    return Report(
        f"r-{text_hash(text)[:16]}",
        text,
        (Segment("body", Span(0, len(text)), "given as plain text"),),
        place=name or None,
    )


def gold_rows(path: Path) -> list[dict]:
    """Rows of a gold file, the first annotator's only where a text was read by several."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [row for row in rows if row.get("primary", True)]


def readings(rows: list[dict], parser: OnnxParser, cache: Path | None) -> Iterator[Reading]:
    """A reading for each row, in order; from the cache where this parser version has read the same text."""
    for row in rows:
        report = plain_report(row["text"], row["id"])
        place = cache / parser.version[:12] / f"{report.id}.msgpack" if cache else None
        if place and place.is_file():
            yield msgspec.msgpack.decode(place.read_bytes(), type=Reading)
            continue
        reading = next(iter(parser.parse([report])))
        if place:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(msgspec.msgpack.encode(reading))
        yield reading
