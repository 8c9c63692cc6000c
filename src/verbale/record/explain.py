"""Why a finding stands in the record: its words in place, the rule and its reason, who, and what speaks against."""

import json
import re

import msgspec

from verbale.errors import BadInput
from verbale.model.actor import Actor
from verbale.model.findings import Judgement, Party, Statement
from verbale.record import find, judge, wire
from verbale.record.store import Record

CONTEXT_LETTERS = 300
"""At most so much of the paragraph before and after the words."""


class PartyExplained(msgspec.Struct, frozen=True):
    """Someone in a finding: the words that name him, whom they mean, by which rule, how sure, and who else may be."""

    role: str
    words: str
    actor: Actor | None
    how: str
    certainty: str
    alternatives: tuple[str, ...] = ()


class Explanation(msgspec.Struct, frozen=True):
    """All that stands behind one finding."""

    found: find.Found
    before: str
    words: str
    after: str
    rule: str
    reason: str
    confidence: float
    parties: tuple[PartyExplained, ...]
    against: tuple[str, ...]
    """What a careful reader should weigh: other candidates, low certainty, defects of the text, doubts."""
    asserted_by: find.Found | None
    """The statement that tells it; None where the report does so in its own voice."""
    judgements: tuple[Judgement, ...]
    standing: Judgement | None
    machine: wire.Finding | None
    """What the coder has for it where a person's verdict made it another; None where it is the same, or nothing."""
    versions: dict[str, str]
    """Of the run that found it: program, tables, weights."""


def explain(record: Record, finding_id: str) -> Explanation:
    """What stands behind a finding; the first letters of an id will do. Raises BadInput: no such id, or several."""
    found = find.finding(record, whole_id(record, finding_id))
    if found is None:
        raise BadInput(f"{finding_id}: this names a report; `verbale find` shows the ids of its findings")
    where = "set_aside" if found.judged == "reject" else "finding"
    row = record.row(
        f"SELECT {where}.*, report.text, report.coded, run.versions FROM {where} "
        f"JOIN report ON report.id = {where}.report JOIN run ON run.id = {where}.run "
        f"WHERE {where}.id = ?",
        [found.id],
    )
    assert row is not None
    finding = wire.read_finding(row["kind"], row["body"])
    before, after = _around(row["text"], found.start, found.stop)
    parties = tuple(_explained(record, found.report, role, party) for role, party in wire.parties_of(finding))
    doubts = wire.read_coded(row["coded"]).doubts
    asserted_by = getattr(finding, "asserted_by", None)
    told_by = find.finding(record, asserted_by) if asserted_by else None
    return Explanation(
        found,
        before,
        found.words,
        after,
        finding.evidence.rule,
        finding.evidence.reason,
        finding.evidence.confidence,
        parties,
        (*_against(finding, parties), *doubts),
        told_by,
        tuple(judge.judgements(record, found.id)),
        judge.standing(record, found.id),
        wire.read_finding(row["kind"], row["machine"]) if where == "finding" and row["machine"] else None,
        json.loads(row["versions"]),
    )


def whole_id(record: Record, start: str) -> str:
    """The id that begins so. Raises BadInput where none does, or several."""
    ids = find.ids_starting(record, start)
    if start in ids or len(ids) == 1:
        return start if start in ids else ids[0]
    if not ids:
        raise BadInput(f"{start}: no finding has this id; `verbale find` shows ids")
    raise BadInput(f"{start}: several ids start so ({', '.join(ids)}); give more letters")


def _around(text: str, start: int, stop: int) -> tuple[str, str]:
    """The rest of the words' paragraph, before and after them, cut at a word where it is long."""
    opening = max(text.rfind("\n", 0, start) + 1, start - CONTEXT_LETTERS, 0)
    closing = text.find("\n", stop)
    closing = min(len(text) if closing < 0 else closing, stop + CONTEXT_LETTERS)
    before, after = text[opening:start], text[stop:closing]
    if opening > 0 and text[opening - 1] != "\n":
        before = "… " + re.sub(r"^\S*\s", "", before)
    if closing < len(text) and text[closing] != "\n":
        after = re.sub(r"\s\S*$", "", after) + " …"
    return before, after


def _explained(record: Record, report: str, role: str, party: Party) -> PartyExplained:
    known = {actor.id: actor for actor in record.actors(report)}
    others = tuple(known[one].name if one in known else one for one in party.alternatives)
    return PartyExplained(
        role, party.words, known.get(party.actor or ""), party.how, party.certainty, tuple(dict.fromkeys(others))
    )


def _against(finding: wire.Finding, parties: tuple[PartyExplained, ...]) -> list[str]:
    said = []
    for party in parties:
        name = f"{party.role} “{party.words}”" if party.words else party.role
        if party.actor is None:
            said.append(f"{name}: no table says who this is")
        elif party.certainty != "high":
            said.append(f"{name}: taken for {party.actor.name} with {party.certainty} certainty")
        if party.alternatives:
            said.append(f"{name}: might also be {', '.join(party.alternatives)}")
        if party.actor and party.actor.status in ("single", "unverified"):
            said.append(
                f"{party.actor.name}: the office rests on one source only"
                if party.actor.status == "single"
                else f"{party.actor.name}: the office is not confirmed by a source"
            )
    if isinstance(finding, Statement):
        said += [f"the text has a defect here: {defect}" for defect in finding.defects]
    if getattr(finding, "background", False):
        said.append("told as known before, not as this report's news")
    return said
