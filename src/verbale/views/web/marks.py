"""A report's text cut into pieces for the reader's page: which findings mark each, paragraph by paragraph."""

from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import Any

import msgspec

from verbale.model.findings import Findings, Statement
from verbale.model.report import Report
from verbale.model.span import Span
from verbale.views import wording


class Piece(msgspec.Struct, frozen=True):
    """A run of letters that the same findings mark."""

    text: str
    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    starts: tuple[str, ...]
    """Findings whose first letter this piece holds: here their links lead."""
    repair: str | None = None
    """What the letters are read as, where they are read as others."""


class Note(msgspec.Struct, frozen=True):
    """A finding in the margin."""

    id: str
    kind: str
    head: str
    note: str
    confidence: float
    rule: str
    verdict: str | None


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph with its pieces and the notes that begin in it; `furniture` holds the label of what is not read."""

    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    kind: str
    is_furniture: bool


class Block(msgspec.Struct, frozen=True):
    """Paragraphs that are shown together: one of the article, or a run of furniture, which is folded."""

    paragraphs: tuple[Paragraph, ...]
    is_furniture: bool

    @property
    def kinds(self) -> str:
        return ", ".join(dict.fromkeys(one.kind for one in self.paragraphs))


def blocks(found: list[Paragraph]) -> list[Block]:
    """Paragraphs one by one, runs of furniture as one."""
    made = []
    for is_furniture, run in groupby(found, key=lambda one: one.is_furniture):
        run_of = tuple(run)
        made += [Block(run_of, True)] if is_furniture else [Block((one,), False) for one in run_of]
    return made


def paragraphs(report: Report, findings: Findings, verdicts: dict[str, str]) -> list[Paragraph]:
    """Every letter of the text, in order, in paragraphs of the kind their segment has."""
    notes = _notes(findings, verdicts)
    marked = [(span, note) for note, spans in notes for span in spans]
    found = []
    for span, kind in _cut(report):
        text = span.of(report.text)
        if not text.strip():
            continue
        here = [(mark, note) for mark, note in marked if mark.overlaps(span)]
        starting = [note for note, spans in notes if span.start <= spans[0].start < span.stop]
        found.append(Paragraph(tuple(_pieces(report, span, here)), tuple(starting), kind,
                               kind not in ("body", "title")))
    return found


def _cut(report: Report) -> Iterable[tuple[Span, str]]:
    """Paragraphs of each segment, and what lies between segments, in order."""
    at = 0
    for segment in sorted(report.segments, key=lambda one: one.span):
        if at < segment.span.start:
            yield Span(at, segment.span.start), "between"
        yield from ((span, segment.kind) for span in _lines(report.text, segment.span))
        at = max(at, segment.span.stop)
    if at < len(report.text):
        yield Span(at, len(report.text)), "between"


def _lines(text: str, within: Span) -> Iterable[Span]:
    start = within.start
    while start < within.stop:
        end = text.find("\n", start, within.stop)
        end = within.stop if end < 0 else end + 1
        yield Span(start, end)
        start = end


def _pieces(report: Report, span: Span, marks: list[tuple[Span, Note]]) -> Iterable[Piece]:
    repairs = [one for one in report.repairs if one.span.overlaps(span)]
    ends = {span.start, span.stop}
    for one in [mark for mark, _ in marks] + [repair.span for repair in repairs]:
        ends |= {letter for letter in (one.start, one.stop) if span.start < letter < span.stop}
    borders = sorted(ends)
    for start, stop in pairwise(borders):
        here = [(mark, note) for mark, note in marks if mark.start <= start and stop <= mark.stop]
        repair = next((one.read_as or one.reason for one in repairs
                       if one.span.start <= start and stop <= one.span.stop), None)
        yield Piece(Span(start, stop).of(report.text), tuple(note.id for _, note in here),
                    tuple(sorted({note.kind for _, note in here})),
                    tuple(dict.fromkeys(note.id for mark, note in here if mark.start == start)), repair)


def _notes(findings: Findings, verdicts: dict[str, str]) -> list[tuple[Note, tuple[Span, ...]]]:
    """Margin notes with the places they mark, in text order. A contact's event is not told twice."""
    name, label = wording.namer(findings.actors), wording.topic_labels(findings)
    speakers = {one.id: name(one.speaker) if one.speaker else "nobody named" for one in findings.statements}
    contacts = {one.event for one in findings.contacts}
    found: list[tuple[Note, tuple[Span, ...]]] = []

    def add(one: Any, kind: str, head: str, note: str = "") -> None:
        spans = one.content if isinstance(one, Statement) and one.content else (one.evidence.span, *one.evidence.also)
        found.append((Note(one.id, kind, head, note, one.evidence.confidence, one.evidence.rule, verdicts.get(one.id)),
                      tuple(spans)))

    def told(asserted_by: str | None) -> str:
        return f"told by {speakers[asserted_by]}" if asserted_by in speakers else ""

    for statement in findings.statements:
        certainty = statement.speaker.certainty if statement.speaker else "high"
        add(statement, "statement", wording.statement_words(statement, name),
            "" if certainty == "high" else f"{certainty} certainty")
    for event in findings.events:
        if event.id not in contacts:
            add(event, "event", wording.event_words(event, name), told(event.asserted_by))
    for contact in findings.contacts:
        add(contact, "contact", wording.contact_words(contact, name, label))
    for tally in findings.tallies:
        add(tally, "tally", wording.tally_words(tally, name), told(tally.asserted_by))
    for topic in findings.topics:
        add(topic, "topic", topic.label, f"raised by {name(topic.raised_by)}" if topic.raised_by else "")
    return sorted(found, key=lambda pair: (pair[1][0], pair[0].id))
