"""Contacts as people keep them by hand: a row a contact and pair of parties (visits), and a row a journey (trips)."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from verbale.record.find import Found, Who
from verbale.record.store import Record
from verbale.views.export.rows import found_of
from verbale.views.export.states import places, states

Row = dict[str, Any]
PARTY = ("name", "office", "country", "iso3", "cow", "gw", "id")
VISITS = (
    "contact",
    *(f"who_{one}" for one in PARTY),
    *(f"whom_{one}" for one in PARTY),
    "first_day",
    "last_day",
    "day_known",
    "country",
    "place",
    "channel",
    "kind",
    "level",
    "host",
    "occasion",
    "delegation",
    "agenda",
    "outcome",
    "status",
    "trip",
    "cameo",
    "words",
    "start",
    "stop",
    "confidence",
    "judged",
    "report",
    "title",
    "source",
    "url",
    "published",
)
TRIPS = (
    "trip",
    *(f"who_{one}" for one in PARTY),
    "first_day",
    "last_day",
    "countries",
    "places",
    "kinds",
    "met",
    "n_contacts",
    "n_reports",
    "statuses",
    "agenda",
    "outcomes",
    "contacts",
    "words",
    "report",
    "title",
    "source",
    "url",
    "published",
)


def visits(record: Record) -> Iterator[Row]:
    """A row a contact and pair of parties, by the contact's id. `day_known`: day, month, year, days, or empty where the
    text tells none. `delegation` names the further parties.
    """
    for one in found_of(record, "contact"):
        parties = _parties(one)
        people = {actor.id: actor for actor in record.actors(one.report)}
        source = record.row("SELECT source FROM report WHERE id = ?", [one.report])
        event = record.row("SELECT code FROM finding WHERE id = ?", [one.body["event"]])
        for who, whom in combinations(parties, 2) if len(parties) > 1 else [(party, None) for party in parties]:
            others = [party.name for party in parties if party not in (who, whom)]
            yield {
                "contact": one.id,
                **_side("who", who, people),
                **_side("whom", whom, people),
                **_days(one),
                **_place(one),
                "channel": one.type,
                "kind": one.body["visit"],
                "level": one.body["level"],
                "host": _country_name(one.body["host"], people),
                "occasion": one.body["occasion"],
                "delegation": "; ".join(others),
                "agenda": "; ".join(one.topics),
                "outcome": one.body["outcome"],
                "status": one.status,
                "trip": one.body["trip"],
                "cameo": event["code"] if event else None,
                "words": one.words,
                "start": one.start,
                "stop": one.stop,
                "confidence": one.confidence,
                "judged": one.judged,
                "report": one.report,
                "title": one.title,
                "source": source["source"] if source else None,
                "url": one.url,
                "published": one.published,
            }


def trips(record: Record) -> Iterator[Row]:
    """A row a journey, by its id: contacts that the coder tied to one, with whoever is in all of them. Journeys that
    several reports tell are one where a contact of theirs is one happening (`verbale happenings` joins them).
    """
    tied: dict[str, list[Found]] = {}
    for one in found_of(record, "contact"):
        if one.body["trip"]:
            tied.setdefault(one.body["trip"], []).append(one)
    for trip, contacts in sorted(_told_again(record, tied).items()):
        contacts.sort(key=lambda one: (one.since or "", one.report, one.start, one.id))
        people = {actor.id: actor for actor in record.actors(contacts[0].report)}
        traveller = _traveller(contacts)
        met = [
            party.name
            for one in contacts
            for party in _parties(one)
            if traveller is None or party.actor != traveller.actor
        ]
        row = record.row("SELECT source FROM report WHERE id = ?", [contacts[0].report])
        days = [_days(one) for one in contacts]
        yield {
            "trip": trip,
            **_side("who", traveller, people),
            "first_day": min((day["first_day"] for day in days if day["first_day"]), default=None),
            "last_day": max((day["last_day"] for day in days if day["last_day"]), default=None),
            "countries": _joined(_place(one)["country"] for one in contacts),
            "places": _joined(_place(one)["place"] for one in contacts),
            "kinds": _joined(one.body["visit"] for one in contacts),
            "met": _joined(met),
            "n_contacts": len(_apart(record, contacts)),
            "n_reports": len({one.report for one in contacts}),
            "statuses": _joined(one.status for one in contacts),
            "agenda": _joined(topic for one in contacts for topic in one.topics),
            "outcomes": _joined(one.body["outcome"] for one in contacts),
            "contacts": _joined(one.id for one in contacts),
            "words": " … ".join(dict.fromkeys(one.words for one in contacts)),
            "report": contacts[0].report,
            "title": contacts[0].title,
            "source": row["source"] if row else None,
            "url": contacts[0].url,
            "published": contacts[0].published,
        }


def _told_again(record: Record, tied: dict[str, list[Found]]) -> dict[str, list[Found]]:
    """Journeys under the least id of those that share a happening and a traveller."""
    named = {trip: trip for trip in tied}

    def least(trip: str) -> str:
        while named[trip] != trip:
            trip = named[trip]
        return trip

    first: dict[tuple[str, str | None], str] = {}
    for trip, contacts in sorted(tied.items()):
        traveller = _traveller(sorted(contacts, key=lambda one: (one.since or "", one.start, one.id)))
        for one in contacts:
            row = record.row("SELECT happening FROM member WHERE finding = ?", [one.id])
            if row and traveller:
                known = least(first.setdefault((row["happening"], traveller.actor), trip))
                one_id, other_id = sorted((known, least(trip)))
                named[other_id] = one_id
    found: dict[str, list[Found]] = {}
    for trip, contacts in tied.items():
        found.setdefault(least(trip), []).extend(contacts)
    return found


def _parties(one: Found) -> list[Who]:
    return [party for party in one.parties if party.role == "party"]


def _apart(record: Record, contacts: list[Found]) -> set[str]:
    """The contacts, each happening once."""
    rows = {one.id: record.row("SELECT happening FROM member WHERE finding = ?", [one.id]) for one in contacts}
    return {row["happening"] if row else one for one, row in rows.items()}


def _traveller(contacts: list[Found]) -> Who | None:
    """Who is in every contact; of several the first named, of nobody None."""
    ids = [{party.actor for party in _parties(one)} for one in contacts]
    return next(
        (party for party in _parties(contacts[0]) if party.actor and all(party.actor in one for one in ids)), None
    )


def _side(column: str, party: Who | None, people: dict[str, Any]) -> Row:
    actor = people.get(party.actor or "") if party else None
    known = states().get(actor.country or "") if actor else None
    values = (
        party.name if party else None,
        actor.office if actor else None,
        known.name if known else None,
        actor.country if actor else None,
        known.cow if known else None,
        known.gw if known else None,
        party.actor if party else None,
    )
    return {f"{column}_{name}": value for name, value in zip(PARTY, values)}


def _days(one: Found) -> Row:
    """First and last day, both counted in; empty where the text tells none, never the report's own."""
    when = one.body["when"]
    if not when or not when["since"] or not when["until"]:
        return {"first_day": when and when["since"], "last_day": None, "day_known": "open" if when else ""}
    since, last = date.fromisoformat(when["since"]), date.fromisoformat(when["until"]) - timedelta(days=1)
    return {"first_day": since.isoformat(), "last_day": last.isoformat(), "day_known": _exactness(since, last)}


def _exactness(since: date, last: date) -> str:
    if since == last:
        return "day"
    if since.day == 1 and (last + timedelta(days=1)).day == 1:
        return (
            "month"
            if (since.year, since.month) == (last.year, last.month)
            else ("year" if since.month == 1 and last.month == 12 else "days")
        )
    return "days"


def _place(one: Found) -> Row:
    where = next((party for party in one.parties if party.role == "where"), None)
    if where is None:
        return {"country": None, "place": None}
    name, _, _, iso3 = places().get(where.actor or "") or (where.name, None, None, None)
    known = states().get(iso3 or "")
    return {"country": known.name if known else None, "place": name}


def _country_name(host: str | None, people: dict[str, Any]) -> str | None:
    if not host:
        return None
    if host in people:
        return people[host].name
    return (places().get(host) or (host,))[0]


def _joined(parts: Any) -> str:
    return "; ".join(dict.fromkeys(part for part in parts if part))
