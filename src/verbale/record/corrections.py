"""What a person may set right in a finding, and the finding with it set right.

Values are text, as typed or chosen on a page. People are given by id (`pe:lavrov-sergey`), by name, or by a state's
three letters; several are parted by semicolons. Days are `2020-12-29`, a month `2020-12`, or `since/until` half-open.
"""

import re
import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from verbale.errors import BadInput
from verbale.model.actor import Actor
from verbale.model.findings import BOUNDS, CHANNELS, STATEMENT_KINDS, STATUSES, Contact, Event, Party, Statement
from verbale.model.span import Span
from verbale.model.when import Period
from verbale.record import wire
from verbale.record.names import folded
from verbale.record.wire import Finding
from verbale.tables.ontology import NO_STATUS, Coded, load_ontology

Who = Callable[[str], Actor | None]
"""Who a name means on the day of the report, for those that the record does not know."""

VISITS = (
    "state",
    "official",
    "working",
    "private",
    "transit",
    "summit margin",
    "multilateral",
    "funeral",
    "inauguration",
    "consultations",
)
LEVELS = ("head of state", "head of government", "minister", "deputy", "envoy", "official")
OUTCOMES = ("agreed", "signed", "joint statement", "no result")
POLARITIES = ("affirmed", "negated")


class Field(msgspec.Struct, frozen=True):
    """Something that can be set right: its name, what a value looks like, and the values there are, where few."""

    name: str
    takes: str
    """choice, text, number, party, parties or days."""
    choices: tuple[str, ...] = ()
    may_be_empty: bool = False
    about: str = ""


DAYS = (
    Field("days", "days", (), True, "2020-12-29, 2020-12, or 2020-12-29/2021-01-02 (up to, not with)"),
    Field("since", "days", (), True, "first day"),
    Field("until", "days", (), True, "day after the last"),
)


def fields_of(kind: str) -> tuple[Field, ...]:
    """What can be set right in a finding of this kind, in the order of a form."""
    ontology = load_ontology()
    types = tuple(ontology.types)
    modes = tuple(dict.fromkeys(mode for _, mode in ontology.modes))
    return {
        "statement": (
            Field("speaker", "party", (), True),
            Field("addressee", "party", (), True),
            Field("act", "text"),
            Field("kind", "choice", STATEMENT_KINDS),
            Field("polarity", "choice", POLARITIES),
            *DAYS,
        ),
        "event": (
            Field("type", "choice", types),
            Field("mode", "choice", modes, True),
            Field("cameo", "text", (), True, "CAMEO code; left out, it is derived from type and mode"),
            Field("status", "choice", STATUSES),
            Field("who", "parties", (), True),
            Field("whom", "parties", (), True),
            Field("where", "party", (), True),
            Field("background", "choice", ("yes", "no")),
            *DAYS,
        ),
        "contact": (
            Field("channel", "choice", CHANNELS),
            Field("status", "choice", STATUSES),
            Field("parties", "parties"),
            Field("place", "party", (), True),
            Field("visit", "choice", VISITS, True),
            Field("level", "choice", LEVELS, True),
            Field("outcome", "choice", OUTCOMES, True),
            *DAYS,
        ),
        "tally": (
            Field("channel", "choice", CHANNELS),
            Field("count", "number"),
            Field("bound", "choice", BOUNDS),
            Field("who", "parties"),
            *DAYS,
        ),
        "topic": (Field("topic", "text"), Field("label", "text"), Field("role", "choice", ("agenda", "mentioned"))),
    }[kind]


def values_of(finding: Finding, name: Callable[[Party], str] = lambda party: party.words) -> dict[str, str]:
    """The fields of a finding as they are now, written as they would be typed."""
    said = {}
    for field in fields_of(wire.KIND_OF[type(finding)]):
        if field.takes == "days":
            days = _days_of(finding) or Period()
            ends = {"since": wire.day_text(days.since) or "", "until": wire.day_text(days.until) or ""}
            said[field.name] = ends[field.name] if field.name in ends else "/".join(ends.values()).strip("/")
            continue
        value = getattr(finding, field.name)
        if field.takes in ("party", "parties"):
            parties = value if isinstance(value, tuple) else (value,) if value else ()
            said[field.name] = "; ".join(map(name, parties))
        elif isinstance(value, bool):
            said[field.name] = "yes" if value else "no"
        else:
            said[field.name] = "" if value is None else str(value)
    return said


class People(msgspec.Struct):
    """Looks up whom a correction names; whoever was looked up and is not the report's yet is in `added`."""

    connection: Any
    report: str
    text: str
    near: int
    who: Who | None = None
    added: dict[str, Actor] = {}

    def party(self, typed: str) -> Party:
        """A party as typed. One that nobody knows keeps its words and has no actor."""
        actor = self._actor(typed)
        words = typed if actor is None or not re.match(r"[a-z]+[:-]|[A-Z]{3}$", typed) else actor.name
        places = [found.start() for found in re.finditer(re.escape(words), self.text)] if words else []
        at = min(places, key=lambda place: abs(place - self.near), default=None)
        span = None if at is None else Span(at, at + len(words))
        return Party(actor.id if actor else None, words, span, "judged")

    def _actor(self, typed: str) -> Actor | None:
        here = [
            wire.read_actor(row["body"])
            for row in self.connection.execute("SELECT body FROM actor WHERE report = ? ORDER BY id", [self.report])
        ]
        if found := self._one(typed, here):
            return found
        if self.who and (known := self.who(typed)):
            self.added[known.id] = known
            return known
        if found := self._one(typed, self._of_record(typed)):
            self.added[found.id] = found
        return found

    def _one(self, typed: str, actors: list[Actor]) -> Actor | None:
        """The one actor that is meant: by id, by a state's code, by the whole name, by a part of it."""
        for fits in (
            lambda one: one.id == typed,
            lambda one: one.kind == "state" and one.country == typed,
            lambda one: folded(one.name) == folded(typed),
            lambda one: folded(typed) in folded(one.name),
        ):
            found = {one.id: one for one in actors if fits(one)}
            if len(found) > 1:
                raise BadInput(f"{typed!r} may be {' or '.join(sorted(found))}; give the id")
            if found:
                return next(iter(found.values()))
        return None

    def _of_record(self, typed: str) -> list[Actor]:
        """Actors of other reports under this name, each as of the report nearest in the record."""
        ids = {
            row["id"]
            for row in self.connection.execute(
                "SELECT id FROM actor_name WHERE folded = ? OR id = ? OR (kind = 'state' AND country = ?)",
                [folded(typed), typed, typed],
            )
        }
        return [
            wire.read_actor(
                self.connection.execute(
                    "SELECT body FROM actor WHERE id = ? ORDER BY report LIMIT 1", [one]
                ).fetchone()["body"]
            )
            for one in sorted(ids)
            if self.connection.execute("SELECT 1 FROM actor WHERE id = ?", [one]).fetchone()
        ]


def people(connection: sqlite3.Connection, finding: Finding, who: Who | None = None) -> People:
    """The look-up for corrections of a finding."""
    report = finding.evidence.report
    row = connection.execute("SELECT text FROM report WHERE id = ?", [report]).fetchone()
    return People(connection, report, row["text"] if row else "", finding.evidence.span.start, who, {})


def corrected(finding: Finding, correction: dict[str, str], look_up: People) -> Finding:
    """The finding with fields set right. Raises BadInput for a field or value that cannot be, and says what can."""
    kind = wire.KIND_OF[type(finding)]
    fields = {field.name: field for field in fields_of(kind)}
    changes: dict[str, Any] = {}
    for name, typed in correction.items():
        if name not in fields:
            raise BadInput(f"{name!r} of a {kind} cannot be corrected; {', '.join(fields)} can")
        if fields[name].takes != "days":
            changes[name] = _value(fields[name], typed.strip(), look_up)
    given = {name: typed.strip() for name, typed in correction.items() if fields[name].takes == "days"}
    if given:
        changes["window" if kind == "tally" else "when"] = _days(_days_of(finding), given)
    if isinstance(finding, Event):
        changes |= codes_with(finding, changes)
    if isinstance(finding, Contact) and "parties" in changes and len(changes["parties"]) < 2:
        raise BadInput("a contact has two parties or more, parted by semicolons")
    if isinstance(finding, Statement) and "speaker" in changes:
        changes["co_speakers"] = ()
    return msgspec.structs.replace(finding, **changes)


def _value(field: Field, typed: str, look_up: People) -> Any:
    if not typed:
        if not field.may_be_empty:
            raise BadInput(f"{field.name} cannot be empty")
        return () if field.takes == "parties" else None
    if field.takes == "parties":
        return tuple(look_up.party(one.strip()) for one in typed.split(";") if one.strip())
    if field.takes == "party":
        return look_up.party(typed)
    if field.takes == "number":
        if not typed.isdigit() or int(typed) < 1:
            raise BadInput(f"{field.name}: found {typed!r}; wanted a whole number from 1")
        return int(typed)
    if field.choices and typed not in field.choices:
        raise BadInput(f"{field.name}: found {typed!r}; wanted one of {', '.join(field.choices)}")
    return typed == "yes" if field.choices == ("yes", "no") else typed


def codes_with(event: Event, changes: dict[str, Any]) -> dict[str, Any]:
    """The mode and CAMEO code that go with a corrected type, mode or status."""
    ontology = load_ontology()
    type_ = changes.get("type", event.type)
    mode = changes.get("mode", event.mode if type_ == event.type else None)
    if mode and (type_, mode) not in ontology.modes and mode != event.mode:
        modes = [one for of, one in ontology.modes if of == type_]
        raise BadInput(f"mode: found {mode!r}; {type_} has {', '.join(modes) or 'no modes'}")
    if "cameo" in changes:
        if changes["cameo"] and changes["cameo"] not in ontology.cameo:
            raise BadInput(f"cameo: found {changes['cameo']!r}; wanted a code of the codebook, as text (040, 1211)")
        return {"mode": mode}
    status = changes.get("status", event.status)
    if (type_, mode) == (event.type, event.mode) and event.cameo and status in (event.status, "happened", "ongoing"):
        return {"mode": mode}
    code = None if status in NO_STATUS else ontology.cameo_of(Coded(type_, mode), event.contexts, status)
    return {"mode": mode, "cameo": code}


def _days_of(finding: Finding) -> Period | None:
    return getattr(finding, "window", None) or getattr(finding, "when", None)


def _days(now: Period | None, given: dict[str, str]) -> Period | None:
    days = now
    if "days" in given:
        days = _period(given["days"]) if given["days"] else None
    since, until = (days.since, days.until) if days else (None, None)
    if "since" in given:
        since = _day(given["since"])
    if "until" in given:
        until = _day(given["until"])
    if since and until and since >= until:
        raise BadInput(f"days: {since} up to, not with, {until} is no time; `until` is the day after the last")
    return Period(since, until) if since or until else None


def _period(typed: str) -> Period:
    if "/" in typed:
        since, _, until = typed.partition("/")
        return Period(_day(since), _day(until))
    parts = typed.split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 1:
            return Period.year(*numbers)
        return Period.month(*numbers) if len(numbers) == 2 else Period.day(date(*numbers))
    except (ValueError, TypeError):
        raise BadInput(f"{typed!r} is no day; write 2020-12-29, 2020-12, 2020, or since/until") from None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        raise BadInput(f"{typed!r} is no day; write 2020-12-29") from None
