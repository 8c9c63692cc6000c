"""The record as plain rows: one kind of finding a table, one finding a row. Codes are text; zeros in front matter."""

from collections.abc import Callable, Iterator
from typing import Any

from verbale.record import wire
from verbale.record.find import Found, Who
from verbale.record.store import Record
from verbale.tables.ontology import Ontology, load_ontology

Row = dict[str, Any]
KINDS = ("event", "contact", "statement", "tally", "topic")
REPORT_COLUMNS = (
    "report",
    "title",
    "url",
    "source",
    "published",
    "why_not",
    "since",
    "until",
    "text_sha256",
    "letters",
    "doubts",
)
EVIDENCE = ("words", "start", "stop", "rule", "reason", "confidence", "judged", "report", "title", "url", "published")
OWN = {
    "event": (
        "since",
        "until",
        "day_told",
        "type",
        "mode",
        "contexts",
        "status",
        "background",
        "cameo",
        "cameo_root",
        "quad_class",
        "goldstein",
        "plover_score",
        "who",
        "who_code",
        "who_id",
        "whom",
        "whom_code",
        "whom_id",
        "mutual",
        "where",
        "where_role",
        "asserted_by",
        "predicate",
    ),
    "contact": (
        "since",
        "until",
        "day_told",
        "channel",
        "visit",
        "level",
        "status",
        "parties",
        "parties_code",
        "parties_id",
        "host",
        "place",
        "occasion",
        "agenda",
        "outcome",
        "trip",
        "event",
    ),
    "statement": (
        "since",
        "until",
        "day_told",
        "act",
        "kind",
        "cue",
        "cue_class",
        "polarity",
        "level",
        "parent",
        "zone",
        "speaker",
        "speaker_code",
        "speaker_id",
        "addressee",
        "addressee_code",
        "addressee_id",
        "via",
        "topics",
        "stance",
        "content",
        "verbatim",
    ),
    "tally": (
        "since",
        "until",
        "day_told",
        "channel",
        "count",
        "bound",
        "window_words",
        "who",
        "who_code",
        "who_id",
        "asserted_by",
    ),
    "topic": ("topic", "label", "role", "raised_by", "raised_by_code", "raised_by_id"),
}


def columns_of(kind: str) -> tuple[str, ...]:
    """The columns of the table of a kind of finding."""
    return ("id", *OWN[kind], *EVIDENCE)


def reports(record: Record) -> Iterator[Row]:
    """Every report, without its text."""
    for row in record.connection.execute("SELECT * FROM report ORDER BY id"):
        coded = wire.read_coded(row["coded"])
        yield {
            "report": row["id"],
            "title": row["title"],
            "url": row["url"],
            "source": row["source"],
            "published": row["published"],
            "why_not": coded.window.why_not,
            "since": row["since"],
            "until": row["until"],
            "text_sha256": row["text_hash"],
            "letters": len(row["text"]),
            "doubts": "; ".join(coded.doubts),
        }


def found_of(record: Record, kind: str) -> Iterator[Found]:
    """Every finding of a kind by id: an order that does not depend on how the record was made."""
    from verbale.record import find

    for row in record.connection.execute("SELECT id FROM finding WHERE kind = ? ORDER BY id", [kind]):
        one = find.finding(record, row["id"])
        assert one is not None
        yield one


def findings(record: Record, kind: str) -> Iterator[Row]:
    """A table of findings: what all kinds have in common, the columns of this kind between."""
    own: Callable[[Found], Row] = {
        "event": _event,
        "contact": _contact,
        "statement": _statement,
        "tally": _tally,
        "topic": _topic,
    }[kind]
    for one in found_of(record, kind):
        yield {"id": one.id, **own(one), **_evidence(one)}


def _evidence(one: Found) -> Row:
    evidence = one.body["evidence"]
    return {
        "words": one.words,
        "start": one.start,
        "stop": one.stop,
        "rule": evidence["rule"],
        "reason": evidence["reason"],
        "confidence": one.confidence,
        "judged": one.judged,
        "report": one.report,
        "title": one.title,
        "url": one.url,
        "published": one.published,
    }


def _days(one: Found) -> Row:
    own = one.body.get("when") or one.body.get("window")
    return {"since": one.since, "until": one.until, "day_told": bool(own)}


def _people(one: Found, column: str, *roles: str) -> Row:
    who = [party for party in one.parties if party.role in roles]
    return {
        column: _joined(party.name for party in who),
        f"{column}_code": _joined(party.code or "" for party in who),
        f"{column}_id": _joined(party.actor or "" for party in who),
    }


def _joined(parts: Any) -> str:
    return "; ".join(parts)


def _event(one: Found) -> Row:
    ontology, body = load_ontology(), one.body
    return {
        **_days(one),
        "type": one.type,
        "mode": one.mode,
        "contexts": _joined(body["contexts"]),
        "status": one.status,
        "background": one.background,
        **codes(ontology, one),
        **_people(one, "who", "who"),
        **_people(one, "whom", "whom"),
        "mutual": body["mutual"],
        "where": _joined(one.names("where")),
        "where_role": body["where_role"],
        "asserted_by": body["asserted_by"],
        "predicate": body["predicate"],
    }


def codes(ontology: Ontology, one: Found) -> Row:
    """What is derived from type, mode and context by the versioned table; None where the table has nothing."""
    return {
        "cameo": one.code,
        "cameo_root": one.code[:2] if one.code else None,
        "quad_class": ontology.quad_class(one.code),
        "goldstein": ontology.goldstein(one.code),
        "plover_score": ontology.score(one.type, one.mode),
    }


def _contact(one: Found) -> Row:
    body = one.body
    return {
        **_days(one),
        "channel": one.type,
        "visit": body["visit"],
        "level": body["level"],
        "status": one.status,
        **_people(one, "parties", "party"),
        "host": body["host"],
        "place": _joined(one.names("where")),
        "occasion": body["occasion"],
        "agenda": _joined(one.topics),
        "outcome": body["outcome"],
        "trip": body["trip"],
        "event": body["event"],
    }


def _statement(one: Found) -> Row:
    body = one.body
    return {
        **_days(one),
        "act": one.type,
        "kind": body["kind"],
        "cue": body["cue_lemma"],
        "cue_class": body["cue_class"],
        "polarity": body["polarity"],
        "level": body["level"],
        "parent": body["parent"],
        "zone": body["zone"],
        **_people(one, "speaker", "speaker", "co-speaker"),
        **_people(one, "addressee", "addressee"),
        "via": body["via"],
        "topics": _joined(one.topics),
        "stance": _joined(f"{stance['toward']} {stance['polarity']}" for stance in body["stance"]),
        "content": _joined(f"{span['start']}-{span['stop']}" for span in body["content"]),
        "verbatim": _joined(f"{span['start']}-{span['stop']}" for span in body["verbatim"]),
    }


def _tally(one: Found) -> Row:
    body = one.body
    return {
        **_days(one),
        "channel": one.type,
        "count": body["count"],
        "bound": body["bound"],
        "window_words": body["window_words"],
        **_people(one, "who", "who"),
        "asserted_by": body["asserted_by"],
    }


def _topic(one: Found) -> Row:
    body = one.body
    return {"topic": one.type, "label": body["label"], "role": body["role"], **_people(one, "raised_by", "raised by")}


def sides(one: Found) -> tuple[list[Who], list[Who]]:
    """Who acts and on whom."""
    return (
        [party for party in one.parties if party.role == "who"],
        [party for party in one.parties if party.role == "whom"],
    )


def directed(one: Found) -> Iterator[tuple[Who | None, Who | None]]:
    """The directed pairs of an event as exports want them: a mutual one in both directions, each ordered pair once.

    An event with one side only gives a pair with None.
    """
    who, whom = sides(one)
    if one.body["mutual"]:
        everyone = who + whom
        pairs = [(a, b) for a in everyone for b in everyone if a is not b and a.actor != b.actor]
        yield from pairs
        if not pairs and everyone:
            yield everyone[0], None
        return
    for actor in who or [None]:  # type: ignore[list-item]
        for target in whom or [None]:  # type: ignore[list-item]
            yield actor, target
