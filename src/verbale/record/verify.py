"""Reads a record again from end to end: every word at its place, every reference to something that is there."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from verbale.model.evidence import Evidence
from verbale.model.findings import Party
from verbale.model.ids import text_hash
from verbale.model.span import Span
from verbale.record import standing, wire
from verbale.record.store import Record


class Fault(msgspec.Struct, frozen=True):
    """Something in a record that is not as it must be: where, and what."""

    where: str
    what: str


class Verification(msgspec.Struct, frozen=True):
    """What was read again, and every fault that was found; none means that the record holds."""

    reports: int
    findings: int
    evidence: int
    """Places whose words were held against the text."""
    faults: tuple[Fault, ...]
    withheld: int = 0
    """Reports whose text is not in the record (shared without text, or forgotten): their places could not be read."""

    @property
    def holds(self) -> bool:
        return not self.faults


def verify(record: Record, texts: Callable[[str], str | None] | None = None) -> Verification:
    """Read everything again.

    `texts` gives the text of a report by its SHA-256 where the record itself does not hold it; None where unknown.
    """
    faults = [*_file_faults(record), *_run_faults(record)]
    reports = findings = evidence = withheld = 0
    reading = record.connection.execute("SELECT id, text, text_hash, body, coded, title, url FROM report ORDER BY id")
    for row in reading:
        reports += 1
        text = row["text"] or (texts(row["text_hash"]) if texts else None)
        if not text:
            withheld += 1
        elif text_hash(text) != row["text_hash"]:
            faults.append(Fault(row["id"], "the text is not what its hash says: it was changed after it was stored"))
        faults += [Fault(row["id"], what) for what in _report_faults(row, text)]
        for one in record.rows("SELECT * FROM finding WHERE report = ?", [row["id"]]):
            findings += 1
            finding = wire.read_finding(one["kind"], one["body"])
            places = list(places_of(finding))
            evidence += len(places) if text else 0
            faults += [Fault(one["id"], what) for what in _finding_faults(record, one, finding, text, places)]
            if one["machine"] and text:
                machine = wire.read_finding(one["kind"], one["machine"])
                faults += [Fault(one["id"], what) for what in _wrong_places(text, list(places_of(machine)))]
        for one in record.rows("SELECT * FROM set_aside WHERE report = ?", [row["id"]]):
            findings += 1
            places = list(places_of(wire.read_finding(one["kind"], one["body"])))
            evidence += len(places) if text else 0
            faults += [Fault(one["id"], what) for what in _wrong_places(text, places)] if text else []
        faults += [Fault(row["id"], what) for what in _verdict_faults(record, row["id"])]
    return Verification(reports, findings, evidence, tuple(faults), withheld)


def _verdict_faults(record: Record, report: str) -> Iterator[str]:
    """Verdicts that do not stand as they were given."""
    if not (verdicts := standing.verdicts_on(record.connection, report)):
        return
    laid = standing.lay(standing.machine_findings(record.connection, report), verdicts)
    there = {row["id"]: (row["body"], row["judged"]) for row in record.rows(
        "SELECT id, body, judged FROM finding WHERE report = ?", [report])}
    if there != {one.finding.id: (wire.written(one.finding), one.judged) for one in laid.stands}:
        yield "what stands is not what the coder's findings and people's verdicts give"


def places_of(thing: Any) -> Iterator[tuple[Span, str | None]]:
    """Every place in a struct with the words it must hold (None: any words)."""
    if isinstance(thing, Span):
        yield thing, None
    elif isinstance(thing, Evidence):
        yield thing.span, thing.words
        yield from ((span, None) for span in thing.also)
    elif isinstance(thing, Party):
        if thing.span:
            yield thing.span, thing.words
    elif isinstance(thing, msgspec.Struct):
        for field in thing.__struct_fields__:
            yield from places_of(getattr(thing, field))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from places_of(part)


def _finding_faults(record: Record, row: sqlite3.Row, finding: Any, text: str | None,
                    places: list[tuple[Span, str | None]]) -> Iterator[str]:
    if finding.id != row["id"] or finding.evidence.report != row["report"]:
        yield "its row and its body name different findings or reports"
    if (row["start"], row["stop"], row["words"]) != (*_ends(finding.evidence.span), finding.evidence.words):
        yield "its row and its body give different places or words"
    if not finding.evidence.rule or not finding.evidence.reason:
        yield "no rule or no reason is given"
    if not 0 <= finding.evidence.confidence <= 1:
        yield f"confidence {finding.evidence.confidence} is not between 0 and 1"
    yield from _missing(record, row["report"], finding)
    if text:
        yield from _wrong_places(text, places)


def _wrong_places(text: str, places: list[tuple[Span, str | None]]) -> Iterator[str]:
    for span, words in places:
        if not 0 <= span.start <= span.stop <= len(text):
            yield f"place {span.start} to {span.stop} lies outside the text of {len(text)} letters"
        elif words is not None and span.of(text) != words:
            yield f"at {span.start} to {span.stop} the text has {span.of(text)[:60]!r}, the record {words[:60]!r}"


def _missing(record: Record, report: str, finding: Any) -> Iterator[str]:
    """Findings and actors that it names and that are not there."""
    for other in standing.names_of(finding):
        if not record.row("SELECT 1 FROM finding WHERE id = ?1 AND report = ?2 UNION ALL "
                          "SELECT 1 FROM set_aside WHERE id = ?1 AND report = ?2 UNION ALL "
                          "SELECT 1 FROM judgement WHERE finding = ?1 AND verdict = 'reject'", [other, report]):
            yield f"names the finding {other}, which is not in the record"
    for _, party in wire.parties_of(finding):
        if party.actor and not record.row("SELECT 1 FROM actor WHERE id = ? AND report = ?", [party.actor, report]):
            yield f"names the actor {party.actor}, which the report's actors do not hold"


def _report_faults(row: sqlite3.Row, text: str | None) -> Iterator[str]:
    report, coded = wire.read_report(row["body"], ""), wire.read_coded(row["coded"])
    if report.id != row["id"] or (report.title, report.url) != (row["title"], row["url"]):
        yield "its row and its body differ"
    if (coded.window.published is None) == (coded.window.why_not is None):
        yield "a report has a day, or a reason why none is known; this one has both or neither"
    if not text:
        return
    places: list[tuple[Span, str | None]] = [(segment.span, None) for segment in report.segments]
    places += [(repair.span, repair.raw) for repair in report.repairs]
    for clue in coded.window.clues:
        if clue.span:
            places.append((clue.span, clue.words or None))
    yield from _wrong_places(text, places)


def _file_faults(record: Record) -> Iterator[Fault]:
    connection, place = record.connection, str(record.path)
    for (answer,) in connection.execute("PRAGMA integrity_check"):
        if answer != "ok":
            yield Fault(place, f"integrity: {answer}")
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield Fault(place, f"a row of {row[0]} names a row of {row[2]} that is not there")
    for index in ("report_words", "finding_words"):
        try:
            connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield Fault(index, f"the word index does not match the texts: {error}")


def _run_faults(record: Record) -> Iterator[Fault]:
    for row in record.rows("SELECT DISTINCT run, report FROM run_input WHERE outcome = 'coded' AND report NOT IN "
                           "(SELECT id FROM report) AND report NOT IN (SELECT report FROM forgotten)"):
        yield Fault(row["run"], f"counts report {row['report']} as coded, which is not in the record")
    counted = ("SELECT sum(n) FROM facet WHERE facet = 'type'", "SELECT sum(n) FROM dyad_count")
    for question, table in zip(counted, ("finding", "dyad")):
        if (record.rows(question)[0][0] or 0) != record.rows(f"SELECT count(*) FROM {table}")[0][0]:
            yield Fault(table, "the counts kept beside it are not those of its rows")
    for row in record.rows("SELECT id, correction FROM judgement WHERE correction IS NOT NULL"):
        if not isinstance(json.loads(row["correction"]), dict):
            yield Fault(row["id"], "a correction must say which field becomes what")


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.stop
