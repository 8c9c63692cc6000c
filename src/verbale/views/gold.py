"""Judgements as gold cases: TOML as `tests/gold` has it, with the text's paragraph or stand-off without it.

A case is a paragraph in which every finding of a kind was judged, so that what it lists is all that should be found;
what was rejected is not listed. Every judged finding also stands in `judged.toml`, by hash and place, without text.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from verbale.model.findings import Contact, Event, Party, Statement, Tally, TopicFound
from verbale.model.report import Report
from verbale.model.span import Span
from verbale.model.when import Period
from verbale.record import judge, standing, wire
from verbale.record.store import Record
from verbale.record.wire import Finding

FILES = {"statement": "statements", "event": "events", "contact": "contacts", "tally": "tallies", "topic": "topics"}
Block = dict[str, Any]


class Case(msgspec.Struct, frozen=True):
    """A paragraph with all that should be found in it of one kind."""

    kind: str
    name: str
    text: str
    day: date | None
    why: str
    blocks: tuple[Block, ...]


def export(record: Record, folder: Path, without_text: bool = False) -> dict[str, int]:
    """Write the gold files; how many cases or findings each holds. Files that would be empty are not written."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, list[str]] = {"judged": [_toml("judged", block) for block in stand_off(record)]}
    for one in () if without_text else cases(record):
        files.setdefault(FILES[one.kind], []).append(_case_text(one))
    head = "# Judged by people, exported by `verbale gold export`.\n"
    for name, parts in files.items():
        if parts:
            (folder / f"{name}.toml").write_text(head + "\n" + "\n".join(parts), encoding="utf-8", newline="\n")
    return {name: len(parts) for name, parts in files.items() if parts}


def stand_off(record: Record) -> Iterator[Block]:
    """Every finding on which a verdict stands, without words: report, hash, place, verdict, fields as they stand."""
    for row in record.rows("SELECT DISTINCT finding, report FROM judgement ORDER BY report, finding"):
        given = standing.verdicts_on(record.connection, row["report"])
        one = next((verdict for verdict in given if verdict.finding == row["finding"]), None)
        said = judge.standing(record, row["finding"])
        if one is None or said is None:
            continue
        report = record.row("SELECT text_hash, url FROM report WHERE id = ?", [row["report"]])
        finding = one.becomes or one.about
        span = finding.evidence.span
        block: Block = {
            "report": row["report"],
            "url": report["url"] if report else None,
            "text_sha256": report["text_hash"] if report else None,
            "start": span.start,
            "stop": span.stop,
            "kind": wire.KIND_OF[type(finding)],
            "verdict": one.verdict,
            "by": said.by,
            "at": said.at,
            "why": said.reason or None,
        }
        yield block | ({} if one.becomes is None else _fields(finding, None, record))


def cases(record: Record) -> Iterator[Case]:
    """Cases with text, by report, kind and place."""
    for report_id in [row["report"] for row in record.rows("SELECT DISTINCT report FROM judgement ORDER BY report")]:
        report = record.report(report_id)
        if report is None or not report.text:
            continue
        verdicts = {one.finding: one for one in standing.verdicts_on(record.connection, report_id)}
        found = standing.machine_findings(record.connection, report_id)
        stands = record.findings(report_id)
        assert stands is not None
        for kind in FILES:
            of_kind = [one for one in found if wire.KIND_OF[type(one)] == kind]
            judged = {
                row["id"]
                for row in record.rows(
                    "SELECT id FROM finding WHERE report = ?1 AND kind = ?2 AND judged IS NOT NULL UNION "
                    "SELECT id FROM set_aside WHERE report = ?1 AND kind = ?2",
                    [report_id, kind],
                )
            }
            standing_now = [one for one in wire.all_findings(stands) if wire.KIND_OF[type(one)] == kind]
            yield from _of_kind(record, report, kind, of_kind, standing_now, judged, verdicts)


def _of_kind(
    record: Record,
    report: Report,
    kind: str,
    machine: list[Finding],
    stands: list[Finding],
    judged: set[str],
    verdicts: dict[str, standing.Verdict],
) -> Iterator[Case]:
    paragraphs = {_paragraph(report.text, one.evidence.span) for one in [*machine, *stands]}
    for place in sorted(paragraphs):
        inside = [one for one in machine if place.overlaps(one.evidence.span)]
        wanted = [one for one in stands if place.overlaps(one.evidence.span)]
        known = judged | set(verdicts)
        if (not inside and not wanted) or any(one.id not in known for one in [*inside, *wanted]):
            continue
        reasons = [
            said.reason for one in [*inside, *wanted] if (said := judge.standing(record, one.id)) and said.reason
        ]
        yield Case(
            kind,
            f"{report.id} {place.start}-{place.stop} {kind}",
            place.of(report.text),
            report.window.published,
            "; ".join(dict.fromkeys(reasons)),
            tuple(_fields(one, report.text, record) for one in wanted),
        )


def _paragraph(text: str, span: Span) -> Span:
    """The paragraphs that hold a place, white space around them aside."""
    start = text.rfind("\n", 0, span.start) + 1
    stop = text.find("\n", span.stop)
    stop = len(text) if stop < 0 else stop
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return Span(start, stop)


def _fields(one: Finding, text: str | None, record: Record) -> Block:
    """A finding in the words of the gold files. Without text only codes and names, no words of the report."""
    names = {actor.id: actor for actor in record.actors(one.evidence.report)}

    def name(party: Party) -> str:
        actor = names.get(party.actor or "")
        if actor and actor.kind == "state" and actor.country:
            return actor.country
        return actor.name if actor else (party.words if text is not None else "")

    def all_named(parties: tuple[Party, ...]) -> list[str]:
        return [said for said in map(name, parties) if said]

    if isinstance(one, Statement):
        what = " ".join(span.of(text) for span in one.content) if text is not None else None
        return {
            "who": one.speaker.words if one.speaker and text is not None else None,
            "actor": name(one.speaker) or None if one.speaker else "",
            "kind": one.kind,
            "act": one.act,
            "polarity": one.polarity,
            "what": what,
        }
    if isinstance(one, Event):
        return {
            "type": [one.type],
            "mode": one.mode,
            "who": all_named(one.who),
            "whom": all_named(one.whom),
            "status": [one.status],
        }
    if isinstance(one, Contact):
        return {
            "parties": all_named(one.parties),
            "channel": one.channel,
            "status": one.status,
            "visit": one.visit,
            "level": one.level,
            "outcome": one.outcome,
            **_days(one.when),
        }
    if isinstance(one, Tally):
        since = one.window.since if one.window else None
        return {
            "who": all_named(one.who),
            "channel": one.channel,
            "count": one.count,
            "bound": one.bound,
            "since": since,
        }
    assert isinstance(one, TopicFound)
    return {"label": one.label, "role": one.role, "words": one.evidence.words if text is not None else None}


def _days(when: Period | None) -> Block:
    if when is None or when.since is None:
        return {}
    return (
        {"when": when.since}
        if when.is_one_day
        else {"since": when.since, "until": when.until or when.since + timedelta(days=1)}
    )


def _case_text(one: Case) -> str:
    text = _toml(
        "case",
        {
            "name": one.name,
            "day": one.day if one.kind not in ("event", "statement") else None,
            "text": one.text,
            "strength": "must",
            "why": one.why or None,
        },
    )
    if one.kind == "statement":
        said = ", ".join(
            "{" + ", ".join(f"{key} = {_value(value)}" for key, value in block.items() if value is not None) + "}"
            for block in one.blocks
        )
        return text + f"said = [{said}]\n"
    return text + "".join(_toml(f"case.{one.kind}", block) for block in one.blocks)


def _toml(table: str, block: Block) -> str:
    lines = [f"{key} = {_value(value)}" for key, value in block.items() if value is not None]
    return f"[[{table}]]\n" + "".join(line + "\n" for line in lines)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, date)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
