"""A person's verdicts on findings: added, never changed; the last one counts, and `undo` takes the last one back.

What stands by them is laid over the coder's findings at once (`standing.lay`), so that every view shows it.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from verbale.errors import BadInput
from verbale.model.actor import Actor
from verbale.model.findings import Judgement
from verbale.model.ids import content_id
from verbale.record import standing as laid
from verbale.record import wire
from verbale.record.corrections import People, Who, corrected, people
from verbale.record.store import Record, settle
from verbale.record.wire import Finding

VERDICTS = ("accept", "reject", "correct", "undo")


def judge(
    record: Record,
    finding: str,
    verdict: str,
    by: str,
    reason: str = "",
    correction: dict[str, str] | None = None,
    who: Who | None = None,
) -> Judgement:
    """Write down a verdict; what stands by it is in every view from now on.

    `correction` says which field becomes what (`corrections.fields_of`); `who` finds actors that the record does not
    know. Refused with BadInput: an unknown finding or verdict, no name, a field or value that cannot be, an undo of
    nothing.
    """
    _check(verdict, by, correction)
    row = _row(record, finding)
    if row is None:
        raise BadInput(f"{finding}: no such finding; `verbale find` shows ids")
    if verdict == "undo" and standing(record, finding) is None:
        raise BadInput(f"{finding}: nothing to take back; no verdict stands on it")
    now = wire.read_finding(row["kind"], row["body"])
    look_up = people(record.connection, now, who)
    becomes = corrected(now, correction, look_up) if correction else now if verdict == "accept" else None
    at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    with record.change() as connection:
        number = (connection.execute("SELECT max(number) FROM judgement").fetchone()[0] or 0) + 1
        made = content_id("ju", finding, number, verdict, by, at)
        given = Judgement(made, finding, verdict, by.strip(), at, reason, correction)
        connection.execute(
            "INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                given.id,
                finding,
                verdict,
                given.by,
                at,
                reason,
                json.dumps(correction, sort_keys=True, ensure_ascii=False) if correction else None,
                row["body"],
                row["report"],
                wire.written(becomes) if becomes else None,
                _rests_on(record, becomes, look_up) if becomes else None,
            ),
        )
        coded = connection.execute("SELECT coded FROM report WHERE id = ?", [row["report"]]).fetchone()["coded"]
        settle(
            connection, row["report"], wire.read_coded(coded).window, laid.machine_findings(connection, row["report"])
        )
    return given


def _check(verdict: str, by: str, correction: dict[str, str] | None) -> None:
    if verdict not in VERDICTS:
        raise BadInput(f"verdict {verdict!r}: wanted {', '.join(VERDICTS)}")
    if not by.strip():
        raise BadInput("a verdict needs the name of who gives it")
    if (verdict == "correct") != bool(correction):
        raise BadInput("`correct` says which field becomes what; the other verdicts do not")


def _row(record: Record, finding: str) -> Any:
    """Where a finding stands now, or where it was set aside."""
    return record.row(
        "SELECT kind, body, report FROM finding WHERE id = ? "
        "UNION ALL SELECT kind, body, report FROM set_aside WHERE id = ?",
        [finding, finding],
    )


def _rests_on(record: Record, becomes: Finding, look_up: People) -> str:
    """The findings that a judged one names, and the actors in all of them: kept, whatever a newer coder finds."""
    named: dict[str, tuple[str, Finding]] = {}
    open_ids = list(laid.names_of(becomes))
    while open_ids:
        one = open_ids.pop()
        row = _row(record, one) if one not in named else None
        if row:
            found = wire.read_finding(row["kind"], row["body"])
            named[one] = (row["kind"], found)
            open_ids += laid.names_of(found)
    actors = {actor.id: actor for actor in record.actors(becomes.evidence.report)} | look_up.added
    wanted = {
        party.actor
        for finding in [becomes, *(two for _, two in named.values())]
        for _, party in wire.parties_of(finding)
    }
    kept: list[Actor] = [actors[one] for one in sorted(one for one in wanted if one) if one in actors]
    return json.dumps(
        {"findings": [[kind, wire.plain(one)] for _, (kind, one) in sorted(named.items())], "actors": wire.plain(kept)},
        ensure_ascii=False,
    )


def judgements(record: Record, finding: str | None = None) -> list[Judgement]:
    """Every verdict, or those on one finding, in the order given."""
    where, values = ("WHERE finding = ?", [finding]) if finding else ("", [])
    return [_read(row) for row in record.rows(f"SELECT * FROM judgement {where} ORDER BY number", values)]


def last_standing(record: Record, by: str) -> Judgement | None:
    """The last verdict of a person that still stands: what an `undo` key takes back; None where there is none."""
    for row in record.rows("SELECT * FROM judgement WHERE by = ? AND verdict <> 'undo' ORDER BY number DESC", [by]):
        last = standing(record, row["finding"])
        if last and last.id == row["id"]:
            return last
    return None


def _read(row: Any) -> Judgement:
    return Judgement(
        row["id"],
        row["finding"],
        row["verdict"],
        row["by"],
        row["at"],
        row["reason"],
        json.loads(row["correction"]) if row["correction"] else None,
    )


def standing(record: Record, finding: str) -> Judgement | None:
    """The verdict that counts: the last one not taken back. None: no person has judged it."""
    given: list[Judgement] = []
    for one in judgements(record, finding):
        if one.verdict != "undo":
            given.append(one)
        elif given:
            given.pop()
    return given[-1] if given else None


def standing_of(record: Record, report: str) -> list[Judgement]:
    """The verdicts that count on the findings of a report, set aside ones too."""
    judged = record.rows("SELECT DISTINCT finding FROM judgement WHERE report = ?", [report])
    return [one for row in judged if (one := standing(record, row["finding"]))]


def set_aside(record: Record, report: str | None = None) -> Iterator[Finding]:
    """What the coder found and people rejected, of one report or of all, by id."""
    where, values = ("WHERE report = ?", [report]) if report else ("", [])
    for row in record.rows(f"SELECT kind, body FROM set_aside {where} ORDER BY id", values):
        yield wire.read_finding(row["kind"], row["body"])


def least_sure(record: Record, kind: str | None = None, limit: int = 20, offset: int = 0) -> list[str]:
    """Ids of findings that nobody has judged, the least sure first; topics only where asked for."""
    what, values = ("kind = ? AND judged IS NULL", [kind]) if kind else ("judged IS NULL AND kind <> 'topic'", [])
    return [
        row["id"]
        for row in record.rows(
            f"SELECT id FROM finding WHERE {what} ORDER BY sure, id LIMIT ? OFFSET ?", [*values, limit, offset]
        )
    ]


def unjudged(record: Record) -> int:
    """How many findings, topics aside, nobody has judged."""
    return record.rows("SELECT count(*) FROM finding WHERE judged IS NULL AND kind <> 'topic'")[0][0]
