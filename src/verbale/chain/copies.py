"""Looks in a record for reports that are copies of one text, and notes them there."""

import zlib
from collections.abc import Iterator
from itertools import islice

from verbale.ingest.copies import BANDS, HASHES, ONE_RUN_OF, Text, compared, text_of
from verbale.record import copies
from verbale.record.copies import CopyPair
from verbale.record.store import Record

AT_ONCE = 50
"""Reports a transaction."""
LEAST_MARKS = 2


def note_copies(record: Record) -> int:
    """Compare every report that was not yet looked at with all others of its likes; how many pairs of copies are new.

    Bands of min-hashes and a part of the word runs find the likes; an exact look at both texts decides.
    """
    waiting = iter(copies.not_compared(record))
    found = 0
    while batch := list(islice(waiting, AT_ONCE)):
        with record.change():
            copies.lay_out(record)
            for report_id in batch:
                found += _note(record, report_id)
    return found


def _note(record: Record, report_id: str) -> int:
    own = _text(record, report_id)
    if own is None:
        return 0
    bands, runs = list(_band_marks(own)), list(_run_marks(own))
    names = copies.likes(record, bands, 1) | copies.likes(record, runs, LEAST_MARKS)
    pairs = []
    for name in sorted(names - {report_id}):
        other = _text(record, name)
        same = compared(*sorted((own, other), key=lambda text: text.id)) if other is not None else None
        if same is not None:
            pairs.append(CopyPair(same.one, same.other, same.likeness, same.held))
    copies.keep(record, report_id, {*bands, *runs}, pairs)
    return len(pairs)


def shared_sentences(record: Record, one: str, other: str) -> tuple[str, ...]:
    """Up to seven sentences that stand in both reports: the evidence that they are copies."""
    texts = [_text(record, name) for name in sorted((one, other))]
    if None in texts:
        return ()
    same = compared(*[text for text in texts if text is not None])
    return same.shared if same is not None else ()


def _text(record: Record, report_id: str) -> Text | None:
    report = record.report(report_id)
    return text_of(report) if report is not None and report.text else None


def _band_marks(text: Text) -> Iterator[int]:
    rows = HASHES // BANDS
    for band in range(BANDS if text.signature else 0):
        yield zlib.crc32(repr((band, text.signature[band * rows:(band + 1) * rows])).encode()) << 1


def _run_marks(text: Text) -> Iterator[int]:
    """Marks of runs are odd, those of bands even, so that the two are never taken for each other."""
    return (run << 1 | 1 for run in text.runs if run % ONE_RUN_OF == 0)
