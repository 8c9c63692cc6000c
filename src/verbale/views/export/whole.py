"""The whole record as JSON lines: reports with their findings, equal bytes for equal records."""

from collections.abc import Iterator
from typing import Any

import msgspec

from verbale.record import wire
from verbale.record.shared import WORDS_KEPT as WORDS_KEPT
from verbale.record.shared import shortened
from verbale.record.store import Record

WORDS = ("words", "raw", "reason", "label", "via", "occasion", "window_words")
"""Fields that hold words of a text, or may quote them."""


def lines(record: Record, without_text: bool = False) -> Iterator[dict[str, Any]]:
    """A line a report by id, its places of origin, and its findings; runs and clocks are left out.

    `without_text`: hashes and places stay, the text goes, and words are cut to WORDS_KEPT (`verify --texts` re-reads
    them against a copy of the reader's own).
    """
    for report_id in record.report_ids():
        report, findings = record.report(report_id), record.findings(report_id)
        assert report is not None and findings is not None
        row = record.row("SELECT text_hash FROM report WHERE id = ?", [report_id])
        places = [
            one["place"]
            for one in record.rows("SELECT place FROM sighting WHERE report = ? ORDER BY place", [report_id])
        ]
        if without_text:
            report = msgspec.structs.replace(report, text="", title=None)
        line = {
            "report": wire.plain(report),
            "text_sha256": row["text_hash"] if row else None,
            "places": places,
            "findings": wire.plain(findings),
        }
        yield _without_words(line) if without_text else line


def _without_words(thing: Any) -> Any:
    """The same with every quotation of the text cut short."""
    if isinstance(thing, dict):
        return {
            key: shortened(value) if key in WORDS and isinstance(value, str) else _without_words(value)
            for key, value in thing.items()
        }
    if isinstance(thing, (list, tuple)):
        return [_without_words(one) for one in thing]
    return thing
