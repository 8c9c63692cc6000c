"""An `export jsonl --without-text` held against the receiver's own copies of the texts: every hash, place and word."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from verbale.model.findings import Findings
from verbale.model.ids import text_hash
from verbale.model.report import Report
from verbale.record import wire
from verbale.record.verify import Fault, Verification, places_of

WORDS_KEPT = 25
"""Of a finding's words when texts are left out: enough to see what it rests on, too few to stand for the article."""
CUT = " …"
"""Ends words that were cut."""


class SharedLine(msgspec.Struct, frozen=True):
    """One report as it is shared: with or without its text, always with the hash of it."""

    report: Report
    text_sha256: str
    findings: Findings
    places: tuple[str, ...] = ()


def shortened(words: str) -> str:
    """The first words of a long stretch, and a mark that there were more."""
    parts = words.split()
    return words if len(parts) <= WORDS_KEPT else " ".join(parts[:WORDS_KEPT]) + CUT


def verify_lines(lines: Iterable[str], texts: Callable[[str], str | None]) -> Verification:
    """Read shared lines against a receiver's texts; `texts` gives one by its SHA-256, None where unknown."""
    faults: list[Fault] = []
    reports = findings = evidence = withheld = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            shared = msgspec.json.decode(line, type=SharedLine)
        except msgspec.DecodeError as error:
            faults.append(Fault(f"line {number}", f"this is no line of `verbale export jsonl`: {error}"))
            continue
        reports += 1
        text = shared.report.text or texts(shared.text_sha256)
        found = list(wire.all_findings(shared.findings))
        findings += len(found)
        if text is None:
            withheld += 1
        elif text_hash(text) != shared.text_sha256:
            faults.append(Fault(shared.report.id, "the text is not the one whose hash was shared"))
        for one in found:
            faults += [Fault(one.id, what) for what in _own_faults(one, shared.findings)]
            if text:
                places = list(places_of(one))
                evidence += len(places)
                faults += [Fault(one.id, what) for what in _faults_at(text, places)]
    return Verification(reports, findings, evidence, tuple(faults), withheld)


def _own_faults(one: wire.Finding, findings: Findings) -> Iterator[str]:
    """What is wrong without any text: someone named who is not there, or another report's words."""
    if one.evidence.report != findings.report:
        yield "its words are said to be of another report"
    known = {actor.id for actor in findings.actors}
    for _, party in wire.parties_of(one):
        if party.actor and party.actor not in known:
            yield f"names the actor {party.actor}, which the report's actors do not hold"


def _faults_at(text: str, places: list[tuple[Any, str | None]]) -> Iterator[str]:
    for span, words in places:
        if not 0 <= span.start <= span.stop <= len(text):
            yield f"place {span.start} to {span.stop} lies outside the text of {len(text)} letters"
        elif words is not None and words not in (span.of(text), shortened(span.of(text))):
            yield f"at {span.start} to {span.stop} the text has {span.of(text)[:60]!r}, what was shared {words[:60]!r}"
