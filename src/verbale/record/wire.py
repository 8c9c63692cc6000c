"""How the record's types are written: JSON, fields in the order of the types, so that equal things are equal bytes."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from verbale.model.actor import Actor
from verbale.model.findings import Contact, Event, Findings, Party, Statement, Tally, TopicFound
from verbale.model.report import Report
from verbale.model.when import DateWindow, Period

Finding = Statement | Event | Contact | Tally | TopicFound
KINDS: dict[str, type] = {
    "statement": Statement, "event": Event, "contact": Contact, "tally": Tally, "topic": TopicFound,
}
KIND_OF: dict[type, str] = {type_: kind for kind, type_ in KINDS.items()}
_DECODERS: dict[str, msgspec.json.Decoder] = {kind: msgspec.json.Decoder(type_) for kind, type_ in KINDS.items()}


class CodedRow(msgspec.Struct, frozen=True):
    """What a report's coding says of the whole report."""

    window: DateWindow
    doubts: tuple[str, ...] = ()


def written(thing: msgspec.Struct) -> str:
    """A struct as JSON text."""
    return msgspec.json.encode(thing).decode("utf-8")


def read_finding(kind: str, body: str) -> Finding:
    return _DECODERS[kind].decode(body)


def read_actor(body: str) -> Actor:
    return msgspec.json.decode(body, type=Actor)


def read_coded(body: str) -> CodedRow:
    return msgspec.json.decode(body, type=CodedRow)


def report_body(report: Report) -> str:
    """A report without its text and the place it was read from: what is known of it."""
    return written(msgspec.structs.replace(report, text="", place=None))


def read_report(body: str, text: str) -> Report:
    return msgspec.structs.replace(msgspec.json.decode(body, type=Report), text=text)


def order_of(finding: Finding) -> tuple[int, Any, str]:
    """Statements, events, contacts, tallies, topics; each kind in text order."""
    return list(KINDS).index(KIND_OF[type(finding)]), finding.evidence.span, finding.id


def all_findings(findings: Findings) -> Iterator[Finding]:
    """Every finding, in text order within its kind."""
    groups: tuple[tuple[Finding, ...], ...] = (findings.statements, findings.events, findings.contacts,
                                               findings.tallies, findings.topics)
    for group in groups:
        yield from sorted(group, key=lambda one: (one.evidence.span, one.id))


def findings_hash(findings: Findings) -> str:
    """A hash that two codings share only if they found the same, whatever the order they tell it in."""
    digest = hashlib.sha256(written(CodedRow(findings.window, findings.doubts)).encode())
    for actor in sorted(findings.actors, key=lambda one: one.id):
        digest.update(msgspec.json.encode(actor))
    for finding in all_findings(findings):
        digest.update(msgspec.json.encode(finding))
    return digest.hexdigest()


def type_of(finding: Finding) -> str:
    """What kind of statement, event ... it is: act, PLOVER type, channel or topic."""
    if isinstance(finding, Statement):
        return finding.act
    if isinstance(finding, Event):
        return finding.type
    if isinstance(finding, TopicFound):
        return finding.topic
    return finding.channel


def parties_of(finding: Finding) -> Iterator[tuple[str, Party]]:
    """Everyone in a finding with his role."""
    if isinstance(finding, Statement):
        yield from [("speaker", finding.speaker)] if finding.speaker else []
        yield from (("co-speaker", party) for party in finding.co_speakers)
        yield from [("addressee", finding.addressee)] if finding.addressee else []
    elif isinstance(finding, Event):
        yield from (("who", party) for party in finding.who)
        yield from (("whom", party) for party in finding.whom)
        yield from [("where", finding.where)] if finding.where else []
    elif isinstance(finding, Contact):
        yield from (("party", party) for party in finding.parties)
        yield from [("where", finding.place)] if finding.place else []
    elif isinstance(finding, Tally):
        yield from (("who", party) for party in finding.who)
    elif finding.raised_by:
        yield "raised by", finding.raised_by


def topics_of(finding: Finding) -> tuple[str, ...]:
    if isinstance(finding, TopicFound):
        return (finding.topic,)
    return finding.agenda if isinstance(finding, Contact) else getattr(finding, "topics", ())


def days_of(finding: Finding, window: DateWindow) -> Period:
    """The days a finding tells of; the report's own where it tells none."""
    own = finding.window if isinstance(finding, Tally) else getattr(finding, "when", None)
    return own or (Period.day(window.published) if window.published else window.period)


def plain(thing: Any) -> Any:
    """A struct as dicts, lists, text and numbers, with days as text: what JSON lines and templates take."""
    return msgspec.to_builtins(thing)


def day_text(day: date | None) -> str | None:
    return day.isoformat() if day else None
