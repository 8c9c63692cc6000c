"""What stands in a record: the coder's findings with people's verdicts laid over them.

A judged fact beats the machine's in every view, and stays when a newer coder finds otherwise: what was accepted or
corrected stands as it was judged, what was rejected stays set aside, also where the coder tells it under another id at
the same place. The same findings and verdicts give the same, in whatever order they came.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from verbale.errors import BadInput
from verbale.model.actor import Actor
from verbale.model.findings import Contact, Event, Statement, Tally
from verbale.record import wire
from verbale.record.corrections import codes_with, corrected, people
from verbale.record.wire import Finding

SAME_PLACE = 0.5
"""Of the longer of two stretches of words, how much both must share for a newer finding to be an older one retold."""


class Stands(msgspec.Struct, frozen=True):
    """A finding as it stands, by whose verdict, and what the coder has for it (None: the same; empty: nothing)."""

    finding: Finding
    judged: str | None = None
    machine: str | None = None


class Verdict(msgspec.Struct, frozen=True):
    """A verdict that counts: the finding as it was judged, and as it is to stand (None: it was rejected)."""

    finding: str
    verdict: str
    about: Finding
    becomes: Finding | None
    first: Finding
    """The finding as it was when a person first judged it."""
    findings: tuple[Finding, ...] = ()
    """Those that the judged one names: who said it, whose event it tells."""
    actors: tuple[Actor, ...] = ()


class Laid(msgspec.Struct, frozen=True):
    """A report's findings with verdicts laid over: what stands, what is set aside, and whom only verdicts name."""

    stands: tuple[Stands, ...]
    aside: tuple[Finding, ...]
    actors: tuple[Actor, ...]
    became: tuple[tuple[str, str], ...]
    """Judged id, and the id under which the coder has it now."""


def lay(machine: Iterable[Finding], verdicts: Iterable[Verdict]) -> Laid:
    """The coder's findings of one report with the verdicts that count on it laid over them."""
    pool = {one.id: one for one in machine}
    verdicts = sorted(verdicts, key=lambda one: one.finding)
    stands: dict[str, Stands] = {}
    aside: dict[str, Finding] = {}
    actors: dict[str, Actor] = {}
    became: list[tuple[str, str]] = []
    own = {one.finding: pool.pop(one.finding, None) for one in verdicts}
    for one in verdicts:
        found = own[one.finding] or _retold(one.about, pool)
        if found:
            pool.pop(found.id, None)
        if one.becomes is None:
            aside |= {found.id: found} if found else {}
            became += [(one.finding, found.id)] if found and found.id != one.finding else []
            continue
        stands[one.finding] = Stands(one.becomes, one.verdict, _machine(found, one.becomes))
        actors |= {actor.id: actor for actor in one.actors}
    for one in verdicts:
        _keep_what_it_rests_on(one, pool, stands, {two.finding for two in verdicts if two.becomes is None} | set(aside))
    stands |= {one.id: Stands(one) for one in pool.values()}
    for judged_one in stands.values():
        if judged_one.judged:
            became += [(judged_one.finding.id, now) for now in _other_id(judged_one)]
    _rename(stands, {now: then for then, now in became if then in stands})
    _tie(stands, aside, {one.finding: one for one in verdicts}, dict(became))
    return Laid(
        tuple(stands[one] for one in sorted(stands)),
        tuple(aside[one] for one in sorted(aside)),
        tuple(actors[one] for one in sorted(actors)),
        tuple(sorted(set(became))),
    )


def _machine(found: Finding | None, becomes: Finding) -> str | None:
    if found is None:
        return ""
    return None if found == becomes else wire.written(found)


def _retold(about: Finding, pool: dict[str, Finding]) -> Finding | None:
    """The coder's finding that tells at the same place what was judged: of its kind, and for an event of its type."""
    best, most = None, SAME_PLACE
    for one in sorted(pool.values(), key=lambda other: other.id):
        if type(one) is not type(about) or not _shares_type(about, one):
            continue
        share = _shared(about.evidence.span, one.evidence.span)
        if share >= most:
            best, most = one, share + 1e-9
    return best


def _shares_type(one: Finding, other: Finding) -> bool:
    if isinstance(one, Statement):
        return True
    if isinstance(one, Contact):
        mine, theirs = ({party.actor or party.words for _, party in wire.parties_of(two)} for two in (one, other))
        return bool(mine & theirs)
    return wire.type_of(one) == wire.type_of(other)


def _shared(one: Any, other: Any) -> float:
    both = min(one.stop, other.stop) - max(one.start, other.start)
    return both / max(len(one), len(other), 1)


def names_of(finding: Finding) -> Iterator[str]:
    """Ids of the findings that a finding names."""
    if isinstance(finding, Statement):
        named: list[str | None] = [finding.parent, finding.same_as]
    elif isinstance(finding, Contact):
        named = [finding.event]
    elif isinstance(finding, (Event, Tally)):
        named = [finding.asserted_by]
    else:
        named = []
    yield from (one for one in named if one)


def _other_id(one: Stands) -> list[str]:
    """The id under which the coder has a judged finding, where it is another."""
    now = json.loads(one.machine)["id"] if one.machine else one.finding.id
    return [now] if now != one.finding.id else []


def _rename(stands: dict[str, Stands], ids: dict[str, str]) -> None:
    """What names a finding by the id of today names it by the id it was judged under."""
    for key, one in list(stands.items()) if ids else ():
        changed = {
            field: ids[value]
            for field in ("event", "asserted_by", "parent", "same_as")
            if (value := getattr(one.finding, field, None)) in ids
        }
        if changed and one.judged is None:
            stands[key] = Stands(msgspec.structs.replace(one.finding, **changed), None, wire.written(one.finding))


def _keep_what_it_rests_on(
    verdict: Verdict, pool: dict[str, Finding], stands: dict[str, Stands], rejected: set[str]
) -> None:
    """A judged finding keeps those it names, also where the coder does not find them any more; but not those that
    people rejected.
    """
    if verdict.becomes is None:
        return
    kept = {one.id: one for one in verdict.findings}
    open_ids = list(names_of(verdict.becomes))
    while open_ids:
        one = open_ids.pop()
        if one not in pool and one not in stands and one not in rejected and one in kept:
            found = _retold(kept[one], pool)
            stands[one] = Stands(kept[one], "kept", wire.written(pool.pop(found.id)) if found else "")
        if one in kept:
            open_ids += [other for other in names_of(kept[one]) if other not in stands]


def _tie(
    stands: dict[str, Stands],
    aside: dict[str, Finding],
    verdicts: dict[str, Verdict],
    became: dict[str, str],
) -> None:
    """A contact and its event are one claim told twice: a verdict on one counts for the other, if that has none."""
    has_own = set(verdicts) | set(became.values())
    contacts = [one for one in [*(two.finding for two in stands.values()), *aside.values()] if isinstance(one, Contact)]
    times: dict[str, int] = {}
    for contact in contacts:
        times[contact.event] = times.get(contact.event, 0) + 1
    for contact in contacts:
        if times[contact.event] > 1:
            continue
        pair = (contact.id, contact.event)
        for one, other in (pair, pair[::-1]):
            if one in has_own and other not in has_own and other in stands:
                _follow(one, other, stands, aside, verdicts.get(one))


def _follow(
    one: str, other: str, stands: dict[str, Stands], aside: dict[str, Finding], verdict: Verdict | None
) -> None:
    """Let one finding stand, or not, as the other was judged."""
    follower = stands[other]
    if one in aside or (verdict and verdict.becomes is None):
        stands.pop(other)
        if follower.machine != "":
            aside[other] = _read(follower.machine) if follower.machine else follower.finding
    elif verdict and one in stands:
        after = told_alike(_before(stands[one], verdict), stands[one].finding, follower.finding)
        machine = follower.machine if follower.judged == "kept" else _machine(follower.finding, after)
        stands[other] = Stands(after, stands[one].judged, machine)


def _before(stands: Stands, verdict: Verdict) -> Finding:
    """What the coder told of a judged finding: today, or where it finds it no more, when it was first judged."""
    if stands.machine is None:
        return stands.finding
    return _read(stands.machine) if stands.machine else verdict.first


def _read(body: str) -> Finding:
    return wire.read_finding(_kind_of(json.loads(body)["id"], body), body)


SHARED = {"when": "when", "status": "status", "place": "where", "parties": "parties"}
"""Fields of a contact, and what its event calls them; parties are those who act and those acted on together."""


def told_alike(before: Finding, judged: Finding, other: Finding) -> Finding:
    """A contact's event, or an event's contact, with what was set right in the other: parties, days, place, status."""
    contact, event = (other, judged) if isinstance(other, Contact) else (judged, other)
    if not isinstance(contact, Contact) or not isinstance(event, Event):
        return other
    was, now = _shared_fields(before), _shared_fields(judged)
    changes: dict[str, Any] = {field: now[field] for field in SHARED if was[field] != now[field]}
    if isinstance(other, Event):
        changes = {SHARED[field]: value for field, value in changes.items()}
        if parties := changes.pop("parties", None):
            changes |= {"who": parties[:1], "whom": parties[1:]}
        changes |= codes_with(other, changes) if "status" in changes else {}
    return msgspec.structs.replace(other, **changes) if changes else other


def _shared_fields(one: Finding) -> dict[str, Any]:
    """What a contact and its event have in common, by the contact's names."""
    if isinstance(one, Event):
        return {"when": one.when, "status": one.status, "place": one.where, "parties": (*one.who, *one.whom)}
    assert isinstance(one, Contact)
    return {field: getattr(one, field) for field in SHARED}


# Reading verdicts and the coder's findings from the tables.


def verdicts_on(connection: sqlite3.Connection, report: str) -> list[Verdict]:
    """The verdicts that count on a report's findings: of each finding the last one not taken back."""
    given: dict[str, list[sqlite3.Row]] = {}
    for row in connection.execute("SELECT * FROM judgement WHERE report = ? ORDER BY number", [report]):
        before = given.setdefault(row["finding"], [])
        if row["verdict"] != "undo":
            before.append(row)
        elif before:
            before.pop()
    return [_verdict(connection, rows[-1], rows[0]["about"]) for rows in given.values() if rows and rows[-1]["about"]]


def _verdict(connection: sqlite3.Connection, row: sqlite3.Row, first: str) -> Verdict:
    kind = _kind_of(row["finding"], row["about"])
    about = wire.read_finding(kind, row["about"])
    becomes = wire.read_finding(kind, row["becomes"]) if row["becomes"] else None
    if becomes is None and row["verdict"] in ("accept", "correct"):
        becomes = _as_told(connection, about, json.loads(row["correction"] or "{}"))
    rests_on = json.loads(row["rests_on"] or "{}")
    findings: tuple[Finding, ...] = tuple(
        msgspec.convert(body, wire.KINDS[of]) for of, body in rests_on.get("findings", ())
    )
    return Verdict(
        row["finding"],
        row["verdict"],
        about,
        becomes,
        wire.read_finding(kind, first),
        findings,
        tuple(msgspec.convert(rests_on.get("actors", ()), tuple[Actor, ...])),
    )


def _as_told(connection: sqlite3.Connection, about: Finding, correction: dict[str, str]) -> Finding:
    """What stands by a verdict of version 1, which kept only what was judged; one that makes no sense today changes
    nothing.
    """
    try:
        return corrected(about, correction, people(connection, about)) if correction else about
    except BadInput:
        return about


_KIND_OF_PREFIX = {"st": "statement", "ev": "event", "co": "contact", "ta": "tally", "to": "topic"}


def _kind_of(finding: str, body: str) -> str:
    """The kind of a judged body: by the letters its id begins with, else by its fields."""
    prefix = finding.split("-", 1)[0]
    if prefix in _KIND_OF_PREFIX:
        return _KIND_OF_PREFIX[prefix]
    fields = set(json.loads(body))
    names = {kind: {one.name for one in msgspec.structs.fields(type_)} for kind, type_ in wire.KINDS.items()}
    return max(wire.KINDS, key=lambda kind: len(fields & names[kind]))


def machine_findings(connection: sqlite3.Connection, report: str) -> list[Finding]:
    """What the coder found in a report, verdicts aside, in text order."""
    found = []
    for row in connection.execute(
        "SELECT kind, ifnull(machine, body) AS body FROM finding WHERE report = ? "
        "UNION ALL SELECT kind, body FROM set_aside WHERE report = ?",
        [report, report],
    ):
        if row["body"]:
            found.append(wire.read_finding(row["kind"], row["body"]))
    return sorted(found, key=lambda one: (one.evidence.span, one.id))
