"""Events as directed acts: what the event data sets call an event, from which each of their formats is written."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from verbale.model.report import Report
from verbale.record import find, merge
from verbale.record.find import Found, Who
from verbale.record.store import Record
from verbale.tables.ontology import load_ontology
from verbale.views.export.rows import codes, directed, found_of
from verbale.views.export.states import places, states

EXPORTED = ("happened", "ongoing")
"""What those data sets take for an event; what is planned, denied or called for has no place in their columns."""


class Side(msgspec.Struct, frozen=True):
    """One party of an act, with the parts of its code."""

    name: str
    code: str | None
    country: str | None
    sectors: tuple[str, ...]
    group: str | None
    title: str | None
    words: str
    start: int | None
    state: str | None
    """Name of the state."""


class Act(msgspec.Struct, frozen=True):
    """One directed act: a meeting of two gives two."""

    id: str
    number: int
    """A number made of what it tells of, for formats that want one: the same in each report that tells it."""
    found: Found
    actor: Side | None
    target: Side | None
    day: date | None
    """The first day of the time told, where that is one day; else None."""
    cameo: str
    cameo_name: str
    quad: int | None
    goldstein: float | None
    score: float | None
    report: Report
    place: tuple[str, float | None, float | None, str | None] | None
    paragraph: int
    is_lead: bool
    mentions: int
    happening: str
    """What it tells of: a happening, or the event itself where one report alone tells it."""
    is_first: bool
    """Whether it stands for that happening; others only mention it again."""
    n_reports: int
    n_sources: int


def acts(record: Record, every_status: bool = False) -> Iterator[Act]:
    """Every coded event as directed acts, by id; events without a CAMEO code have no place in these formats.

    What several reports tell of one thing has one number, and is `first` once: where it is told most closely.
    """
    ontology, told = load_ontology(), Told(record)
    report: Report | None = None
    people: dict[str, msgspec.Struct] = {}
    for found in found_of(record, "event"):
        if not found.code or not (every_status or found.status in EXPORTED):
            continue
        if report is None or report.id != found.report:
            report = record.report(found.report)
            people = {actor.id: actor for actor in record.actors(found.report)}
        assert report is not None
        derived = codes(ontology, found)
        name = ontology.cameo[found.code].name if found.code in ontology.cameo else ""
        paragraph = report.text.count("\n\n", 0, found.start) + 1
        body = report.segments_of("body")
        lead_end = report.text.find("\n\n", body[0].span.start + 1) if body else -1
        for actor, target in directed(found):
            act_id = f"{found.id}:{_pair(actor, target)}"
            one_thing, is_first = told.of(found, _pair(actor, target))
            yield Act(
                act_id,
                _number(f"{one_thing}:{_pair(actor, target)}"),
                found,
                _side(actor, people),
                _side(target, people),
                _one_day(found),
                found.code,
                name,
                derived["quad_class"],
                derived["goldstein"],
                derived["plover_score"],
                report,
                _place(found),
                paragraph,
                lead_end < 0 or found.start < lead_end,
                1 + len(found.body["evidence"]["also"]),
                one_thing,
                is_first,
                *told.counts(found),
            )


def _pair(actor: Who | None, target: Who | None) -> str:
    return f"{actor.actor if actor else ''}>{target.actor if target else ''}"


class Told:
    """Which events of a record tell of one thing, and which of them tells it most closely (the chief).

    Happenings are joined anew where the record has changed since they were last joined.
    """

    def __init__(self, record: Record) -> None:
        if not merge.is_merged(record):
            merge.merge(record)
        self.record = record
        self._pairs: dict[str, set[str]] = {}
        self._happening: dict[str, str] = {}
        self._chief: dict[str, str] = {}
        self._counts: dict[str, tuple[int, int]] = {}
        question = (
            "SELECT member.happening, happening.n_reports, happening.n_independent, event.id AS event FROM member "
            "JOIN happening ON happening.id = member.happening JOIN finding AS told ON told.id = member.finding "
            "JOIN finding AS event ON event.id = CASE told.kind WHEN 'contact' "
            "THEN json_extract(told.body, '$.event') ELSE told.id END "
            "WHERE happening.n_reports > 1 AND part = 'tells' ORDER BY member.happening, event.code IS NULL, "
            "event.status NOT IN ('happened', 'ongoing'), event.judged IS NULL, "
            "ifnull(julianday(event.until) - julianday(event.since), 1e9), event.id"
        )
        for row in record.connection.execute(question):
            self._happening[row["event"]] = row["happening"]
            self._chief.setdefault(row["happening"], row["event"])
            self._counts[row["happening"]] = (row["n_reports"], row["n_independent"])

    def of(self, found: Found, pair: str) -> tuple[str, bool]:
        """The one thing that an event tells of a pair of parties (a happening, else the event itself), and whether this
        event is the one to stand for it. A pair that the chief does not name is the event's own.
        """
        happening = self._happening.get(found.id)
        if happening is None:
            return found.id, True
        chief = self._chief[happening]
        if chief == found.id:
            return happening, True
        return (happening, False) if pair in self._pairs_of(chief) else (found.id, True)

    def counts(self, found: Found) -> tuple[int, int]:
        """How many reports tell it, and how many independent sources."""
        return self._counts.get(self._happening.get(found.id, ""), (1, 1))

    def _pairs_of(self, event: str) -> set[str]:
        if event not in self._pairs:
            found = find.finding(self.record, event)
            self._pairs[event] = {_pair(*pair) for pair in directed(found)} if found else set()
        return self._pairs[event]


def _number(act_id: str) -> int:
    """18 digits of a hash: the same act has the same number in every export."""
    import hashlib

    return int.from_bytes(hashlib.blake2b(act_id.encode(), digest_size=8).digest(), "big") % 10**18


def _side(who: Who | None, people: dict) -> Side | None:
    if who is None:
        return None
    actor = people.get(who.actor or "")
    code = actor.code if actor else None
    country = actor.country if actor else None
    sectors = tuple(one for one in _threes(code) if one != country)
    group = sectors[-1] if sectors[:1] == ("IGO",) and len(sectors) > 1 else None
    known = states().get(country or "")
    return Side(
        who.name,
        code,
        country,
        sectors or ((actor.sector,) if actor and actor.sector else ()),
        group,
        actor.office if actor else None,
        who.words,
        None,
        known.name if known else None,
    )


def _threes(code: str | None) -> list[str]:
    return [code[at : at + 3] for at in range(0, len(code), 3)] if code else []


def _one_day(found: Found) -> date | None:
    if not found.since or not found.until:
        return None
    since, until = date.fromisoformat(found.since), date.fromisoformat(found.until)
    return since if until - since == timedelta(days=1) else None


def _place(found: Found) -> tuple[str, float | None, float | None, str | None] | None:
    where = next((one for one in found.parties if one.role == "where"), None)
    if where is None:
        return None
    return places().get(where.actor or "") or (where.name, None, None, None)
