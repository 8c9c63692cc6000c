"""What each report tells of contacts and events, read from a record for comparing."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from verbale.record import wire
from verbale.record.likeness import Told
from verbale.record.store import Record

LEFT_OUT = ("hypothetical", "called for", "failed")
"""Told as not being so, or not yet settled: no happening."""
MONTHS = {
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
}
NUMBER_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}


def told(record: Record, only: Iterable[str] | None = None) -> Iterator[Told]:
    """Contacts, and events that are no contact's, by report and id; of all, or of the findings named."""
    contacts = {
        row["event"]
        for row in record.rows("SELECT json_extract(body, '$.event') AS event FROM finding WHERE kind = 'contact'")
    }
    some, values = (
        ("AND finding.id IN (SELECT value FROM json_each(?))", [wire.msgspec.json.encode(list(only)).decode()])
        if only is not None
        else ("", [])
    )
    question = (
        "SELECT finding.*, report.published, report.body AS about, report.source FROM finding "
        f"JOIN report ON report.id = finding.report WHERE kind IN ('contact', 'event') AND background = 0 {some} "
        "ORDER BY finding.report, finding.id"
    )
    report, known, actors = None, None, {}
    for row in record.connection.execute(question, values):
        if row["id"] in contacts or row["status"] in LEFT_OUT:
            continue
        if row["report"] != report:
            report, known = row["report"], wire.read_report(row["about"], "")
            actors = {
                one["id"]: (one["kind"], one["country"])
                for one in record.rows("SELECT id, kind, country FROM actor WHERE report = ?", [report])
            }
        yield _told(row, known, actors)


def _told(row: sqlite3.Row, report: Any, actors: dict[str, tuple[str, str | None]]) -> Told:
    finding = wire.read_finding(row["kind"], row["body"])
    parties = [(role, party) for role, party in wire.parties_of(finding) if role != "where" and party.actor]
    place = next((party.actor or party.words for role, party in wire.parties_of(finding) if role == "where"), None)
    ids = frozenset(party.actor for _, party in parties if party.actor)
    doers = frozenset(_state(party.actor, actors) for role, party in parties if role == "who" and party.actor)
    is_contact = row["kind"] == "contact"
    is_mutual = is_contact or getattr(finding, "mutual", False)
    return Told(
        row["id"],
        row["report"],
        row["kind"],
        "CONSULT" if is_contact else row["type"],
        row["type"] if is_contact else "unknown",
        ids,
        frozenset(country for one in ids if one in actors and (country := actors[one][1])),
        frozenset(one for one in ids if one in actors and actors[one][0] == "person"),
        _date(row["since"]),
        _date(row["until"]),
        getattr(finding, "when", None) is not None,
        place,
        row["status"] or "",
        frozenset(wire.topics_of(finding)),
        words_of(row["words"]),
        row["published"] or "",
        report.signature,
        report.origin or report.source or report.url or report.id,
        frozenset() if is_mutual else doers,
        getattr(finding, "mode", None) if not is_contact else None,
        numbers_of(row["words"]),
    )


def _state(actor: str, actors: dict[str, tuple[str, str | None]]) -> str:
    """The state an actor acts for; he himself where he acts for none."""
    return (actors.get(actor, ("", None))[1]) or actor


def words_of(words: str) -> frozenset[str]:
    """Words of four letters and more, in lower case: what two tellings may share."""
    return frozenset(re.findall(r"\w{4,}", words.lower()))


def numbers_of(words: str) -> frozenset[str]:
    """Numbers told, days and years aside: "20 diplomats", "twelve"; a number that is a day of a month is none."""
    found = set()
    pieces = re.findall(r"\d+(?:[.,]\d+)*|[A-Za-z]+", words)
    for place, piece in enumerate(pieces):
        beside = {one.lower() for one in pieces[max(0, place - 1) : place + 2]}
        if piece[0].isdigit() and not beside & MONTHS and not re.fullmatch(r"(19|20)\d\d", piece):
            found.add(piece.replace(",", ""))
        elif piece.lower() in NUMBER_WORDS:
            found.add(str(NUMBER_WORDS[piece.lower()]))
    return frozenset(found)


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
