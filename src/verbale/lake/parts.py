"""How a shard lies in the lake: one Parquet part in each of the tables, and last of all its row in the manifest.

A part is written under another name and renamed: it is there whole or not at all. A shard is there when its manifest
row is, so that a kill between two parts leaves nothing that counts.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from verbale.ingest.inputs import needed
from verbale.model.actor import Actor
from verbale.model.findings import Findings, Statement
from verbale.model.report import Problem, Report
from verbale.record import rows as record_rows
from verbale.record import wire
from verbale.record.names import folded
from verbale.record.wire import Finding, day_text

TABLES: dict[str, dict[str, str]] = {
    "report": {
        "shard": "VARCHAR", "id": "VARCHAR", "places": "VARCHAR[]", "title": "VARCHAR", "url": "VARCHAR",
        "source": "VARCHAR", "language": "VARCHAR", "published": "VARCHAR", "since": "VARCHAR", "until": "VARCHAR",
        "text": "VARCHAR", "body": "VARCHAR", "coded": "VARCHAR", "findings_hash": "VARCHAR", "findings": "INTEGER",
    },
    "actor": {
        "shard": "VARCHAR", "report": "VARCHAR", "id": "VARCHAR", "kind": "VARCHAR", "name": "VARCHAR",
        "folded": "VARCHAR", "code": "VARCHAR", "country": "VARCHAR", "sector": "VARCHAR", "office": "VARCHAR",
        "body": "VARCHAR",
    },
    "finding": {
        "shard": "VARCHAR", "id": "VARCHAR", "report": "VARCHAR", "kind": "VARCHAR", "type": "VARCHAR",
        "mode": "VARCHAR", "code": "VARCHAR", "status": "VARCHAR", "background": "BOOLEAN", "asserted_by": "VARCHAR",
        "start": "INTEGER", "stop": "INTEGER", "words": "VARCHAR", "rule": "VARCHAR", "confidence": "DOUBLE",
        "since": "VARCHAR", "until": "VARCHAR", "topics": "VARCHAR[]", "dyads": "VARCHAR[]",
        "parties": "STRUCT(role VARCHAR, actor VARCHAR, country VARCHAR, name VARCHAR, code VARCHAR, words VARCHAR, "
                   "certainty VARCHAR)[]",
        "body": "VARCHAR",
    },
    "problem": {"shard": "VARCHAR", "place": "VARCHAR", "outcome": "VARCHAR", "reason": "VARCHAR"},
}
"""The tables and their columns, as DuckDB types. `body` is the whole as JSON; the columns beside it are asked for."""
LEAST_BUFFER = 2**20


def rows_of(shard: str, coded: Iterable[Any], problems: Iterable[Problem]) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table. One text read twice is one report, which keeps the better known particulars."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for places, report, findings in _each_once(coded):
        actors = {actor.id: actor for actor in findings.actors}
        listed = list(wire.all_findings(findings))
        found["report"].append({"shard": shard, "places": places, **_report_row(report, findings, len(listed))})
        found["actor"] += [{"shard": shard, "report": report.id, **_actor_row(actor)} for actor in findings.actors]
        found["finding"] += [{"shard": shard, **_finding_row(one, findings, actors)} for one in listed]
    found["problem"] += [{"shard": shard, "place": one.place, "outcome": one.outcome, "reason": one.reason}
                         for one in problems]
    return found


def _each_once(coded: Iterable[Any]) -> Iterator[tuple[list[str], Report, Findings]]:
    """Each report once with the places it was read from; of two by one id the one that the record would keep."""
    kept: dict[str, tuple[list[str], Report, Findings]] = {}
    for one in coded:
        report, findings = one.report, one.findings
        if (known := kept.get(report.id)) is None:
            kept[report.id] = ([report.place or ""], report, findings)
            continue
        known[0].append(report.place or "")
        if _rank(report) < _rank(known[1]):
            kept[report.id] = (known[0], report, findings)
    yield from kept.values()


def _rank(report: Report) -> tuple[bool, str]:
    return report.window.published is None, wire.report_body(report)


def _report_row(report: Report, findings: Findings, number: int) -> dict[str, Any]:
    window = findings.window
    return {
        "id": report.id, "title": report.title, "url": report.url, "source": report.source,
        "language": report.language, "published": day_text(window.published), "since": day_text(window.period.since),
        "until": day_text(window.period.until), "text": report.text, "body": wire.report_body(report),
        "coded": wire.written(wire.CodedRow(window, findings.doubts)),
        "findings_hash": wire.findings_hash(findings), "findings": number,
    }


def _actor_row(actor: Actor) -> dict[str, Any]:
    return {"id": actor.id, "kind": actor.kind, "name": actor.name, "folded": folded(actor.name), "code": actor.code,
            "country": actor.country, "sector": actor.sector, "office": actor.office, "body": wire.written(actor)}


def _finding_row(finding: Finding, findings: Findings, actors: dict[str, Actor]) -> dict[str, Any]:
    evidence, days = finding.evidence, wire.days_of(finding, findings.window)
    return {
        "id": finding.id, "report": findings.report, "kind": wire.KIND_OF[type(finding)],
        "type": wire.type_of(finding), "mode": getattr(finding, "mode", None) or getattr(finding, "visit", None),
        "code": getattr(finding, "cameo", None), "status": getattr(finding, "status", None),
        "background": getattr(finding, "background", False), "asserted_by": getattr(finding, "asserted_by", None),
        "start": evidence.span.start, "stop": evidence.span.stop, "words": evidence.words, "rule": evidence.rule,
        "confidence": evidence.confidence, "since": day_text(days.since), "until": day_text(days.until),
        "topics": wire.topics_of(finding), "parties": list(_parties(finding, actors)),
        "dyads": [f"{one}>{other}" for one, other in sorted(record_rows.dyads_of(finding, actors))],
        "body": wire.written(finding),
    }


def _parties(finding: Finding, actors: dict[str, Actor]) -> Iterator[dict[str, Any]]:
    for role, party in wire.parties_of(finding):
        actor = actors.get(party.actor or "")
        yield {"role": role, "actor": party.actor, "country": actor.country if actor else None,
               "name": actor.name if actor else None, "code": actor.code if actor else None, "words": party.words,
               "certainty": party.certainty}
    for stance in finding.stance if isinstance(finding, Statement) else ():
        actor = actors.get(stance.toward)
        yield {"role": "about", "actor": stance.toward, "country": actor.country if actor else None,
               "words": stance.words}


def write(folder: Path, shard: str, tables: dict[str, list[dict[str, Any]]], manifest: dict[str, Any]) -> None:
    """The parts of a shard, then its manifest row. A table without rows has no part."""
    for name, rows in tables.items():
        if rows:
            _write_part(folder / name, shard, TABLES[name], rows)
    put(folder / "manifest" / f"{shard}.json", msgspec.json.encode(manifest) + b"\n")


def _write_part(folder: Path, shard: str, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
    folder.mkdir(exist_ok=True)
    lines, part = (folder / f".{shard}.{os.getpid()}.{ending}" for ending in ("jsonl", "parquet"))
    try:
        longest = LEAST_BUFFER
        with lines.open("wb") as file:
            for row in rows:
                longest = max(longest, file.write(msgspec.json.encode(row) + b"\n"))
        with connected() as link:
            link.execute(f"COPY (SELECT * FROM read_json({quoted(lines)}, format = 'newline_delimited', "
                         f"maximum_object_size = {longest}, columns = {_as_struct(columns)})) "
                         f"TO {quoted(part)} (FORMAT parquet, COMPRESSION zstd)")
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, folder / f"part-{shard}.parquet")
    finally:
        lines.unlink(missing_ok=True)
        part.unlink(missing_ok=True)


def put(path: Path, content: bytes) -> None:
    """A file that is there whole or not at all."""
    path.parent.mkdir(exist_ok=True)
    part = path.parent / f".{path.name}.{os.getpid()}"
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def connected() -> Any:
    """A DuckDB connection that keeps to one core and a bounded memory, and fetches nothing."""
    duckdb = needed("duckdb", "a lake of Parquet parts")
    return duckdb.connect(config={"autoinstall_known_extensions": False, "threads": 1, "memory_limit": "512MB"})


def quoted(path: Path | str) -> str:
    """A path as DuckDB's SQL takes it."""
    return "'" + str(path).replace("'", "''") + "'"


def _as_struct(columns: dict[str, str]) -> str:
    return "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items()) + "}"
