"""A report's text cut into pieces for the reader's page: which findings mark each, paragraph by paragraph."""

from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import Any

import msgspec

from verbale.model.findings import Findings, Statement
from verbale.model.report import Report
from verbale.model.span import Span
from verbale.views import wording
from verbale.views.web.saying import past


class Note(msgspec.Struct, frozen=True):
    """A finding in the margin: its number in the order of the text, who, what, and what else is to be known."""

    number: int
    id: str
    kind: str
    who: str
    what: str
    note: str
    confidence: float
    rule: str
    verdict: str | None


class Piece(msgspec.Struct, frozen=True):
    """A run of letters that the same findings mark."""

    text: str
    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    starts: tuple[Note, ...]
    """Findings whose first letter this piece holds: here their links lead."""
    ends: tuple[Note, ...]
    """Findings whose first stretch ends with this piece, in this paragraph at least: here their numbers stand."""
    repair: str | None = None
    """What the letters are read as, where they are read as others."""


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph with its pieces and the notes that begin in it; `furniture` holds the label of what is not read."""

    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    kind: str
    is_furniture: bool
    number: int | None = None
    """Of the article's paragraphs, from 1; None for title and furniture."""

    @property
    def topics(self) -> tuple[Note, ...]:
        return tuple(one for one in self.notes if one.kind == "topic")

    @property
    def facts(self) -> tuple[Note, ...]:
        return tuple(one for one in self.notes if one.kind != "topic")


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
    first = {note.id: spans[0].start for note, spans in notes}
    found: list[Paragraph] = []
    numbered = 0
    for span, kind in _cut(report):
        text = span.of(report.text)
        if not text.strip():
            continue
        numbered += kind == "body"
        here = [(mark, note) for mark, note in marked if mark.overlaps(span)]
        starting = [note for note, spans in notes if span.start <= spans[0].start < span.stop]
        found.append(
            Paragraph(
                tuple(_pieces(report, span, here, first)),
                tuple(starting),
                kind,
                kind not in ("body", "title"),
                numbered if kind == "body" else None,
            )
        )
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


def _pieces(report: Report, span: Span, marks: list[tuple[Span, Note]], first: dict[str, int]) -> Iterable[Piece]:
    repairs = [one for one in report.repairs if one.span.overlaps(span)]
    last = span.start + len(span.of(report.text).rstrip())
    marks = [(Span(mark.start, min(mark.stop, last)), note) for mark, note in marks if mark.start < last]
    ends = {span.start, span.stop}
    for one in [mark for mark, _ in marks] + [repair.span for repair in repairs]:
        ends |= {letter for letter in (one.start, one.stop) if span.start < letter < span.stop}
    borders = sorted(ends)
    for start, stop in pairwise(borders):
        here = [(mark, note) for mark, note in marks if mark.start <= start and stop <= mark.stop]
        repair = next(
            (one.read_as or one.reason for one in repairs if one.span.start <= start and stop <= one.span.stop), None
        )
        yield Piece(
            Span(start, stop).of(report.text),
            tuple(note.id for _, note in here),
            tuple(sorted({note.kind for _, note in here})),
            tuple(note for mark, note in here if first[note.id] == start == mark.start),
            tuple(note for mark, note in here if first[note.id] == mark.start and mark.stop == stop),
            repair,
        )


def _notes(findings: Findings, verdicts: dict[str, str]) -> list[tuple[Note, tuple[Span, ...]]]:
    """Margin notes with the places they mark, in text order. A contact's event is not told twice."""
    name, label = wording.namer(findings.actors), wording.topic_labels(findings)
    speakers = {one.id: name(one.speaker) if one.speaker else "nobody named" for one in findings.statements}
    contacts = {one.event for one in findings.contacts}
    found: list[tuple[Any, str, str, str]] = []

    def told(asserted_by: str | None) -> str:
        return f"told by {speakers[asserted_by]}" if asserted_by in speakers else ""

    for statement in findings.statements:
        certainty = statement.speaker.certainty if statement.speaker else "high"
        found.append(
            (
                statement,
                "statement",
                wording.statement_words(statement, name),
                "" if certainty == "high" else f"speaker of {certainty} certainty",
            )
        )
    for event in findings.events:
        if event.id not in contacts:
            found.append((event, "event", wording.event_words(event, name), told(event.asserted_by)))
    for contact in findings.contacts:
        found.append((contact, "contact", wording.contact_words(contact, name, label), ""))
    for tally in findings.tallies:
        found.append((tally, "tally", wording.tally_words(tally, name), told(tally.asserted_by)))
    for topic in findings.topics:
        found.append((topic, "topic", topic.label, f"raised by {name(topic.raised_by)}" if topic.raised_by else ""))
    placed = sorted(
        ((_spans(one), one, kind, head, note) for one, kind, head, note in found),
        key=lambda pair: (pair[0][0], pair[1].id),
    )
    numbers = iter(range(1, len(placed) + 1))
    return [
        (_note(0 if kind == "topic" else next(numbers), one, kind, head, note, verdicts), spans)
        for spans, one, kind, head, note in placed
    ]


def _note(number: int, one: Any, kind: str, head: str, note: str, verdicts: dict[str, str]) -> Note:
    who, _, what = head.partition(" · ")
    if kind == "statement":
        act, _, more = what.partition(" · ")
        what = past(act) + (f" · {more}" if more else "")
    return Note(number, one.id, kind, who, what, note, one.evidence.confidence, one.evidence.rule, verdicts.get(one.id))


def _spans(one: Any) -> tuple[Span, ...]:
    if isinstance(one, Statement) and one.content:
        return tuple(one.content)
    return (one.evidence.span, *one.evidence.also)
