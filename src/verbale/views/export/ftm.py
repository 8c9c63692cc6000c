"""FollowTheMoney entities, a line each: actors, reports as articles, findings as events and mentions of their words.

FtM has no place for a quotation's letters: the words stand in `summary`, what is claimed in `name`, and `proof` names
the article. Ids keep to the letters that FtM allows.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from verbale.model.actor import Actor
from verbale.model.ids import content_id
from verbale.record.find import Found
from verbale.record.store import Record
from verbale.views.export.rows import found_of
from verbale.views.export.states import states

Row = dict[str, Any]
SCHEMA = {
    "person": "Person",
    "state": "PublicBody",
    "organisation": "Organization",
    "bloc": "Organization",
    "group": "Organization",
}
"""Others (a population, someone unnamed, a territory) are what FtM calls a legal entity."""
KINDS = ("contact", "event", "statement")
MOST_NAMED, LONGEST_NAME = 6, 380  # FtM takes no name of 385 letters or more
CHANNELS = {
    "in person": "meeting",
    "phone": "telephone call",
    "video": "video call",
    "letter": "letter",
    "unknown": "contact",
}
ID_LETTERS = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?")


def entities(record: Record) -> Iterator[Row]:
    """Actors by id, then reports, then contacts, events and statements, by id."""
    for row in record.rows("SELECT DISTINCT id FROM actor WHERE kind <> 'place' ORDER BY id"):
        yield _actor(record, row["id"])
    for report_id in record.report_ids():
        yield _article(record, report_id)
    for kind in KINDS:
        for one in found_of(record, kind):
            yield _event(one)


def entity_id(ours: str) -> str:
    """Our id as FtM allows it: `pe:lavrov-sergey` is pe-lavrov-sergey; other letters give a hash."""
    tried = ours.replace(":", "-")
    return tried if ID_LETTERS.fullmatch(tried) else content_id("x", ours)


def _entity(ours: str, schema: str, **properties: Any) -> Row:
    """An entity without empty properties; each value once, in the order told."""
    kept = {
        name: list(
            dict.fromkeys(
                str(value)
                for value in (values if isinstance(values, (list, tuple)) else [values])
                if value not in (None, "")
            )
        )
        for name, values in properties.items()
    }
    return {
        "id": entity_id(ours),
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
    }


def _actor(record: Record, actor_id: str) -> Row:
    """An actor as all reports together know him."""
    from verbale.record import wire

    known: list[Actor] = [
        wire.read_actor(row["body"])
        for row in record.rows("SELECT body FROM actor WHERE id = ? ORDER BY report", [actor_id])
    ]
    countries = [_iso2(one.country) for one in known]
    schema = SCHEMA.get(known[0].kind, "LegalEntity")
    names = [one.name for one in known]
    if schema == "Person":
        return _entity(
            actor_id,
            schema,
            name=names,
            nationality=countries,
            position=[one.office for one in known],
            gender=[{"f": "female", "m": "male"}.get(one.gender or "") for one in known],
        )
    return _entity(actor_id, schema, name=names, country=countries)


def _article(record: Record, report_id: str) -> Row:
    row = record.row("SELECT title, url, source, published, text_hash FROM report WHERE id = ?", [report_id])
    report = record.report(report_id)
    assert row is not None and report is not None
    return _entity(
        report_id,
        "Article",
        title=row["title"] or report_id,
        sourceUrl=_address(row["url"]),
        publisher=row["source"],
        publishedAt=row["published"],
        author=report.author,
        language="eng" if report.language == "en" else None,
    )


def _event(one: Found) -> Row:
    involved = [
        entity_id(party.actor)
        for party in one.parties
        if party.actor and party.role not in ("where", "about", "addressee")
    ]
    involved += [entity_id(party.actor) for party in one.parties if party.actor and party.role == "addressee"]
    own = one.body.get("when")
    days: Row = {}
    if own and own["since"] and own["until"]:
        last = (date.fromisoformat(own["until"]) - timedelta(days=1)).isoformat()
        days = {"date": own["since"]} if own["since"] == last else {"startDate": own["since"], "endDate": last}
    return _entity(
        one.id,
        "Event",
        name=_name(one),
        summary=one.words,
        involved=involved,
        **days,
        location=one.names("where"),
        proof=entity_id(one.report),
        sourceUrl=_address(one.url),
        keywords=[one.kind, one.type, one.mode, one.status, *one.topics],
        publisher=None,
    )


def _name(one: Found) -> str:
    """What is claimed, as a line; of many parties the first few are named."""
    who = _few(one.names("who", "party", "speaker", "co-speaker")) or "someone"
    whom = _few(one.names("whom", "addressee"))
    what = CHANNELS.get(one.type, one.type) if one.kind == "contact" else one.type
    status = f" ({one.status})" if one.status not in (None, "happened") else ""
    link = f" to {whom}" if one.kind == "statement" else f" - {whom}"
    return f"{who}: {what}{status}{link if whom else ''}"[:LONGEST_NAME]


def _few(names: list[str]) -> str:
    left = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {left} more" if left > 0 else "")


def _iso2(country: str | None) -> str | None:
    known = states().get(country or "")
    return known.iso2.lower() if known and known.iso2 else None


def _address(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) else None
