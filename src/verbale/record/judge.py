"""A person's verdicts on findings: added, never changed; the last one counts, and `undo` takes the last one back."""

import json
from datetime import UTC, datetime

from verbale.errors import BadInput
from verbale.model.findings import Judgement
from verbale.model.ids import content_id
from verbale.record.store import Record

VERDICTS = ("accept", "reject", "correct", "undo")
# What a person may set right, by kind of finding; the rest is places and words, which only the text can change.
CORRECTABLE = {
    "statement": ("speaker", "act", "kind", "polarity"),
    "event": ("type", "mode", "status", "who", "whom", "since", "until", "where"),
    "contact": ("channel", "visit", "level", "status", "parties", "since", "until", "place"),
    "tally": ("channel", "count", "bound", "who"),
    "topic": ("topic", "role"),
}


def judge(record: Record, finding: str, verdict: str, by: str, reason: str = "",
          correction: dict[str, str] | None = None) -> Judgement:
    """Write down a verdict. Refused: an unknown finding or verdict, no name, a correction of what none can correct."""
    row = record.row("SELECT kind, body FROM finding WHERE id = ?", [finding])
    if row is None:
        raise BadInput(f"{finding}: no such finding; `verbale find` shows ids")
    if verdict not in VERDICTS:
        raise BadInput(f"verdict {verdict!r}: wanted {', '.join(VERDICTS)}")
    if not by.strip():
        raise BadInput("a verdict needs the name of who gives it")
    if (verdict == "correct") != bool(correction):
        raise BadInput("`correct` says which field becomes what; the other verdicts do not")
    unknown = sorted(set(correction or {}) - set(CORRECTABLE[row["kind"]]))
    if unknown:
        raise BadInput(f"{unknown[0]!r} of a {row['kind']} cannot be corrected; "
                       f"{', '.join(CORRECTABLE[row['kind']])} can")
    at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    with record.change() as connection:
        number = (connection.execute("SELECT max(number) FROM judgement").fetchone()[0] or 0) + 1
        made = content_id("ju", finding, number, verdict, by, at)
        given = Judgement(made, finding, verdict, by, at, reason, correction)
        connection.execute("INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                           (number, given.id, finding, verdict, by, at, reason,
                            json.dumps(correction, sort_keys=True, ensure_ascii=False) if correction else None,
                            row["body"]))
    return given


def judgements(record: Record, finding: str | None = None) -> list[Judgement]:
    """Every verdict, or those on one finding, in the order given."""
    where, values = ("WHERE finding = ?", [finding]) if finding else ("", [])
    return [Judgement(row["id"], row["finding"], row["verdict"], row["by"], row["at"], row["reason"],
                      json.loads(row["correction"]) if row["correction"] else None)
            for row in record.rows(f"SELECT * FROM judgement {where} ORDER BY number", values)]


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
    """The verdicts that count on the findings of a report."""
    judged = record.rows("SELECT DISTINCT judgement.finding FROM judgement JOIN finding "
                         "ON finding.id = judgement.finding WHERE finding.report = ?", [report])
    return [one for row in judged if (one := standing(record, row["finding"]))]
