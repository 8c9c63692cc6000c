"""The page of an actor: who it is, offices with days and sources, contacts, statements, and with whom it deals."""

from typing import Any

from verbale.record import find
from verbale.record.find import Found
from verbale.record.store import Record
from verbale.views.web.memory import TooLong, within
from verbale.views.web.page import Missing, Page, Visit, address
from verbale.views.web.saying import days, plain, row

SHOWN = 8
RELATIONS_SHOWN = 12
RELATIONS_SECONDS = 0.08
SEARCH_SECONDS = 0.05
STATUS_WORDS = {
    "confirmed": "two sources or more",
    "single": "one source",
    "attested": "seen in office on days",
    "unverified": "no source: general knowledge",
}


def actor(visit: Visit) -> Page:
    record, id_ = visit.record, visit.asked["id"]
    rows = record.rows(
        "SELECT DISTINCT name, kind, code, country, office FROM actor WHERE id = ? ORDER BY office LIMIT 50", [id_]
    )
    if not rows:
        raise Missing(f"No actor {id_} is in this record.")
    names = list(dict.fromkeys(row["name"] for row in rows))
    offices = _offices(visit, id_)
    told = list(dict.fromkeys(row["office"] for row in rows if row["office"]))
    groups = [
        ("contacts", "Contacts", _latest(record, id_, "contact", ("party",)), address("/contacts", actor=id_)),
        (
            "said",
            "What they said",
            _latest(record, id_, "statement", ("speaker", "co-speaker")),
            address("/statements", speaker=id_),
        ),
        (
            "about",
            "What was said about them",
            _latest(record, id_, "statement", ("about",)),
            address("/statements", about=id_),
        ),
        ("events", "Events", _latest(record, id_, "event", ("who", "whom")), address("/events", actor=id_)),
    ]
    relations = _relations(record, id_)
    country = rows[0]["country"]
    values = {
        "id": id_,
        "name": names[0],
        "names": names[1:],
        "actor": dict(rows[0]),
        "told": told,
        "offices": offices,
        "groups": groups,
        "relations": relations,
        "is_state": rows[0]["kind"] == "state" and bool(country),
    }
    data = {
        "id": id_,
        "names": names,
        "kind": rows[0]["kind"],
        "code": rows[0]["code"],
        "country": country,
        "offices_told": told,
        "offices": offices,
        "relations": relations,
        **{key: plain(found) for key, _, found, _ in groups},
    }
    return Page("actor.html", values, data, [row(one) for _, _, found, _ in groups for one in found])


def _offices(visit: Visit, id_: str) -> list[dict[str, Any]]:
    """Terms of office that the world tables know, the latest first; for a state, who led it and its diplomacy."""
    world = visit.world()
    if id_.startswith("pe:"):
        tenures = world.offices_of(id_)
    elif id_ in world.places:
        tenures = [
            one
            for kind in ("head_of_state", "head_of_government", "foreign_minister")
            for one in world.holders(kind, id_)
        ]
    else:
        tenures = []
    tenures = sorted(tenures, key=lambda one: (one.since is None, one.since, one.person), reverse=True)
    sources = {source.key: source for source in world.tables["sources"]}
    found = []
    for one in tenures:
        of = world.actor(one.of)
        person = world.people.get(one.person)
        found.append(
            {
                "person": one.person,
                "name": person.name if person else one.person,
                "office": one.label or one.office_kind.replace("_", " "),
                "of": of.name if of else one.of,
                "of_id": one.of,
                "since": str(one.since) if one.since else None,
                "until": str(one.until) if one.until else None,
                "days": days(str(one.since) if one.since else None, str(one.until) if one.until else None),
                "status": STATUS_WORDS.get(one.status, one.status),
                "acting": one.acting,
                "source": "; ".join(_source(key, sources) for key in _proofs(one.source)),
            }
        )
    return found


def _proofs(source: str) -> list[str]:
    """The keys of what proves a row; those that prove nothing only where there is no other."""
    keys = [key for key in source.split(";") if key]
    return [key for key in keys if key not in ("hand", "memory")] or keys


def _source(key: str, sources: dict[str, Any]) -> str:
    """A source as the tables name it: its title, and what of it, where the key says so."""
    name, _, part = key.partition(":")
    title = sources[name].title.split(":")[0].split(",")[0] if name in sources else name
    return f"{title} ({part})" if part else title


def _latest(record: Record, id_: str, kind: str, roles: tuple[str, ...]) -> list[Found]:
    """The latest findings in which the actor has one of the roles; the first found where sorting takes too long."""
    marks = ", ".join("?" * len(roles))
    question = (
        "SELECT DISTINCT finding.id, finding.since FROM party JOIN finding ON finding.number = party.finding "
        f"WHERE party.actor = ? AND party.role IN ({marks}) AND finding.kind = ? "
    )
    try:
        with within(record, SEARCH_SECONDS):
            rows = record.rows(question + "ORDER BY finding.since DESC, finding.id LIMIT ?", [id_, *roles, kind, SHOWN])
    except TooLong:
        rows = record.rows(
            "SELECT id, since FROM finding WHERE kind = ? AND EXISTS (SELECT 1 FROM party WHERE "
            f"party.finding = finding.number AND actor = ? AND role IN ({marks})) ORDER BY since DESC LIMIT ?",
            [kind, id_, *roles, SHOWN],
        )
    return [found for row in rows if (found := find.finding(record, row["id"]))]


def _relations(record: Record, id_: str) -> list[dict[str, Any]]:
    """Whom the actor is told of with most in contacts and events; empty where counting takes too long."""
    question = (
        "SELECT other.actor AS id, count(DISTINCT other.finding) AS n FROM party AS own JOIN party AS other "
        "ON other.finding = own.finding AND other.actor <> own.actor AND other.role IN ('party', 'who', 'whom') "
        "WHERE own.actor = ? AND own.role IN ('party', 'who', 'whom') GROUP BY other.actor "
        f"ORDER BY n DESC, other.actor LIMIT {RELATIONS_SHOWN}"
    )
    try:
        with within(record, RELATIONS_SECONDS):
            rows = record.rows(question, [id_])
    except TooLong:
        return []
    found = []
    for one in rows:
        known = record.row("SELECT name, kind, country FROM actor WHERE id = ? LIMIT 1", [one["id"]])
        if known:
            found.append({"id": one["id"], "name": known["name"], "kind": known["kind"], "findings": one["n"]})
    return found
