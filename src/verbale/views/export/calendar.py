"""Contacts as a calendar (RFC 5545): held, planned, called off. Only those whose days are known."""

from typing import IO

from verbale.record import wire
from verbale.record.find import Found
from verbale.record.store import Record
from verbale.views import wording
from verbale.views.export.rows import found_of

STATUS = {"happened": "CONFIRMED", "ongoing": "CONFIRMED", "cancelled": "CANCELLED"}
LONGEST_DAYS = 31
"""A contact known no closer than this is no entry of a calendar."""


def write(record: Record, out: IO[str]) -> int:
    """Write every contact with known days as a day's event; how many."""
    _line(out, "BEGIN:VCALENDAR")
    for line in ("VERSION:2.0", "PRODID:-//verbale//contacts//EN"):
        _line(out, line)
    number = 0
    for one in found_of(record, "contact"):
        finding = wire.read_finding("contact", wire.msgspec.json.encode(one.body).decode())
        assert isinstance(finding, wire.Contact)
        if finding.when is None or finding.when.days is None or finding.when.days > LONGEST_DAYS:
            continue
        _event(record, one, finding, out)
        number += 1
    _line(out, "END:VCALENDAR")
    return number


def _event(record: Record, one: Found, contact: wire.Contact, out: IO[str]) -> None:
    findings = record.findings(one.report)
    assert findings is not None and contact.when is not None
    name = wording.namer(findings.actors)
    summary = wording.contact_words(contact, name, wording.topic_labels(findings))
    told = f"“{wording.one_line(one.words)}” {one.title or ''} {one.url or one.report}"
    for line in (
        "BEGIN:VEVENT",
        f"UID:{one.id}@verbale",
        f"DTSTAMP:{(one.published or '19700101').replace('-', '')}T000000Z",
        f"DTSTART;VALUE=DATE:{contact.when.since:%Y%m%d}",
        f"DTEND;VALUE=DATE:{contact.when.until:%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        f"DESCRIPTION:{_escaped(told)}",
        f"LOCATION:{_escaped(name(contact.place))}" if contact.place else "",
        f"STATUS:{STATUS.get(one.status or '', 'TENTATIVE')}",
        "END:VEVENT",
    ):
        if line:
            _line(out, line)


def _escaped(text: str) -> str:
    for letter in "\\;,":
        text = text.replace(letter, "\\" + letter)
    return " ".join(text.split())


def _line(out: IO[str], line: str) -> None:
    """A content line, folded so that no piece has more than 75 bytes."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > 74:
            out.write(piece + "\r\n")
            piece = " "
        piece += letter
    out.write(piece + "\r\n")
