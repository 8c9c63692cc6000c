"""The first page: what is most worth reading and why, the latest, what the record holds, and a box to read more."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from verbale.record import find
from verbale.record.find import Found
from verbale.record.store import Record
from verbale.tables.ontology import load_ontology
from verbale.views.web.articles import latest_reports
from verbale.views.web.page import Page, Visit
from verbale.views.web.saying import plain, sentence

CANDIDATES = 150
"""Of the latest contacts and of the latest events, so many are weighed."""
SHOWN = 7
PAIRS = 8


class Weighed(msgspec.Struct, frozen=True):
    """A finding with what makes it worth reading."""

    found: Found
    sentence: str
    reasons: tuple[str, ...]
    score: int


class Candidate(msgspec.Struct, frozen=True):
    """A finding before it is read whole: its row and its body."""

    id: str
    kind: str
    report: str
    since: str
    status: str
    code: str | None
    body: dict[str, Any]


Reason = tuple[int, Callable[[Record, Candidate], str | None]]


def _leaders(record: Record, one: Candidate) -> str | None:
    level = one.body.get("level")
    if one.kind == "contact" and level in ("head of state", "head of government") and one.status == "happened":
        return f"at the level of {level}"
    return None


def _outcome(record: Record, one: Candidate) -> str | None:
    outcome = one.body.get("outcome")
    return f"outcome: {outcome}" if outcome in ("agreed", "signed", "joint statement") else None


def _hostile(record: Record, one: Candidate) -> str | None:
    quad = load_ontology().quad_class(one.code) if one.kind == "event" else None
    return "a hostile deed, not only words" if quad == 4 and not one.body.get("background") else None


def _helpful(record: Record, one: Candidate) -> str | None:
    quad = load_ontology().quad_class(one.code) if one.kind == "event" else None
    return "a friendly deed, not only words" if quad == 2 and not one.body.get("background") else None


def _many(record: Record, one: Candidate) -> str | None:
    row = record.row(
        "SELECT n_independent, differ FROM happening JOIN member ON member.happening = happening.id WHERE finding = ?",
        [one.id],
    )
    return f"told by {row['n_independent']} independent sources" if row and row["n_independent"] > 1 else None


def _disputed(record: Record, one: Candidate) -> str | None:
    row = record.row(
        "SELECT differ FROM happening JOIN member ON member.happening = happening.id WHERE finding = ?", [one.id]
    )
    differ = json.loads(row["differ"]) if row else {}
    return f"reports differ on {' and '.join(differ)}" if differ else None


def _denied(record: Record, one: Candidate) -> str | None:
    return "told as denied" if one.status == "denied" else None


def _called_off(record: Record, one: Candidate) -> str | None:
    return f"a contact {one.status}" if one.kind == "contact" and one.status in ("cancelled", "postponed") else None


def _first_contact(record: Record, one: Candidate) -> str | None:
    """The first contact of two states that the record knows, where it knows them from before."""
    if one.kind != "contact" or one.status != "happened" or not one.since:
        return None
    pair = record.row(
        "SELECT one, other FROM dyad WHERE finding = (SELECT number FROM finding WHERE id = ?) AND one < other LIMIT 1",
        [one.id],
    )
    if not pair:
        return None
    values = [pair["one"], pair["other"], one.since]
    before = "SELECT 1 FROM dyad WHERE one = ? AND other = ? AND kind = {} AND since < ? AND since > '' LIMIT 1"
    is_first = not record.row(before.format("'contact'"), values)
    return (
        "the first contact of these states in the record"
        if is_first and record.row(before.format("'event'"), values)
        else None
    )


REASONS: tuple[Reason, ...] = (
    (4, _leaders),
    (3, _many),
    (3, _disputed),
    (3, _outcome),
    (3, _hostile),
    (3, _first_contact),
    (2, _called_off),
    (2, _helpful),
    (2, _denied),
)
"""What makes a finding worth reading, and how much each weighs; all that hold are shown beside it."""


def worth_reading(record: Record) -> list[Weighed]:
    """The latest findings that most speaks for, one a report, each with its reasons; of equals the latest first."""
    weighed = []
    for one in _candidates(record):
        reasons = [(weight, said) for weight, reason in REASONS if (said := reason(record, one))]
        if reasons:
            weighed.append((sum(weight for weight, _ in reasons), one, tuple(said for _, said in reasons)))
    weighed.sort(key=lambda kept: (kept[0], kept[1].since, kept[1].id), reverse=True)
    shown: dict[str, Weighed] = {}
    for score, one, why in weighed:
        if one.report in shown:
            continue
        found = find.finding(record, one.id)
        if found:
            shown[one.report] = Weighed(found, sentence(record, found), why, score)
        if len(shown) == SHOWN:
            break
    return list(shown.values())


def _candidates(record: Record) -> Iterator[Candidate]:
    for kind in ("contact", "event"):
        rows = record.rows(
            "SELECT id, kind, report, since, status, code, body FROM finding WHERE kind = ? "
            "AND since IS NOT NULL ORDER BY since DESC LIMIT ?",
            [kind, CANDIDATES],
        )
        for row in rows:
            yield Candidate(
                row["id"],
                row["kind"],
                row["report"],
                row["since"] or "",
                row["status"] or "happened",
                row["code"],
                json.loads(row["body"]),
            )


def home(visit: Visit) -> Page:
    record = visit.record
    counts = visit.memory.keep("counts", lambda: _counts(record))
    runs = record.runs_latest(1)
    contacts = find.contacts(record, limit=6)
    reports = latest_reports(record, 8)
    worth = visit.memory.keep("worth", lambda: worth_reading(record))
    pairs = visit.memory.keep("pairs", lambda: _pairs(record))
    values = {
        "counts": counts,
        "run": runs[0] if runs else None,
        "contacts": contacts,
        "reports": reports,
        "pairs": pairs,
        "worth": worth,
    }
    return Page(
        "home.html",
        values,
        {
            "counts": counts,
            "runs": plain(runs),
            "worth_reading": plain(worth),
            "contacts": plain(contacts),
            "reports": reports,
            "pairs": pairs,
        },
    )


def _counts(record: Record) -> dict[str, int]:
    counts = dict.fromkeys(("statement", "event", "contact", "tally", "topic"), 0)
    counts |= {
        row[0]: row[1] for row in record.rows("SELECT kind, sum(n) FROM facet WHERE facet = 'type' GROUP BY kind")
    }
    counts["report"] = record.rows("SELECT count(*) FROM report")[0][0]
    counts["judged"] = record.rows("SELECT count(DISTINCT finding) FROM judgement")[0][0]
    counts["happening"] = record.rows("SELECT count(*) FROM happening")[0][0]
    return counts


def _pairs(record: Record) -> list[dict[str, Any]]:
    rows = record.rows(
        "SELECT one, other, sum(n) AS findings FROM dyad_count WHERE one < other GROUP BY one, other "
        f"ORDER BY findings DESC, one, other LIMIT {PAIRS}"
    )
    return [
        dict(row) | {"names": f"{state_name(record, row['one'])} and {state_name(record, row['other'])}"}
        for row in rows
        if row["findings"]
    ]


def state_name(record: Record, country: str) -> str:
    """A state's name in this record; its code where the record has none."""
    row = record.row(
        "SELECT actor.name FROM actor_name JOIN actor ON actor.id = actor_name.id "
        "WHERE actor_name.country = ? AND actor_name.kind = 'state' LIMIT 1",
        [country],
    )
    return row["name"] if row else country
