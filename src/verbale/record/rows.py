"""How findings lie in the tables: one row each with its body, and the parties, topics and pairs of states beside it."""

import sqlite3
from collections.abc import Iterable
from itertools import product

from verbale.model.actor import Actor
from verbale.model.findings import Contact, Event, Statement
from verbale.model.when import DateWindow
from verbale.record import wire
from verbale.record.names import folded
from verbale.record.standing import Stands
from verbale.record.wire import Finding, day_text

CERTAINTY_WEIGHTS = {"high": 1.0, "medium": 0.8, "low": 0.6}
NOBODY_WEIGHT = 0.7
"""How much a doubtful party takes from the confidence of a finding, when people are asked what to judge first."""


def write_actors(connection: sqlite3.Connection, report: str, actors: Iterable[Actor], judged: bool = False) -> None:
    for actor in actors:
        connection.execute(
            "INSERT OR IGNORE INTO actor VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                report,
                actor.id,
                actor.kind,
                actor.name,
                actor.code,
                actor.country,
                actor.sector,
                actor.office,
                wire.written(actor),
                int(judged),
            ),
        )
        connection.execute(
            "INSERT OR IGNORE INTO actor_name VALUES (?, ?, ?, ?)",
            (folded(actor.name), actor.id, actor.country or "", actor.kind),
        )


def write_finding(
    connection: sqlite3.Connection, stands: Stands, window: DateWindow, actors: dict[str, Actor], run: str
) -> None:
    """A finding as it stands, with all that is asked for beside it."""
    finding = stands.finding
    evidence, days = finding.evidence, wire.days_of(finding, window)
    number = connection.execute(
        "INSERT INTO finding (id, report, run, kind, type, mode, code, status, background, asserted_by, start, stop, "
        "words, rule, confidence, since, until, body, judged, machine, sure) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            finding.id,
            evidence.report,
            run,
            wire.KIND_OF[type(finding)],
            wire.type_of(finding),
            getattr(finding, "mode", None) or getattr(finding, "visit", None),
            getattr(finding, "cameo", None),
            getattr(finding, "status", None),
            int(getattr(finding, "background", False)),
            getattr(finding, "asserted_by", None),
            evidence.span.start,
            evidence.span.stop,
            evidence.words,
            evidence.rule,
            evidence.confidence,
            day_text(days.since),
            day_text(days.until),
            wire.written(finding),
            stands.judged,
            stands.machine,
            sureness(finding),
        ),
    ).lastrowid
    parties = [
        (role, party.actor, country_of(actors.get(party.actor or "")), party.words)
        for role, party in wire.parties_of(finding)
    ]
    if isinstance(finding, Statement):
        parties += [
            ("about", stance.toward, country_of(actors.get(stance.toward)), stance.words) for stance in finding.stance
        ]
    connection.executemany(
        "INSERT INTO party VALUES (?, ?, ?, ?, ?, ?)",
        [(number, role, place, actor, country, words) for place, (role, actor, country, words) in enumerate(parties)],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO about VALUES (?, ?)", [(number, topic) for topic in wire.topics_of(finding)]
    )
    connection.executemany(
        "INSERT OR IGNORE INTO dyad VALUES (?, ?, ?, ?, ?)",
        [
            (one, other, wire.KIND_OF[type(finding)], day_text(days.since) or "", number)
            for one, other in sorted(dyads_of(finding, actors))
        ],
    )


def sureness(finding: Finding) -> float:
    """From 0 to 1: the confidence of a finding, less where its least certain party is in doubt."""
    chief = [party for role, party in wire.parties_of(finding) if role != "where"]
    weights = [CERTAINTY_WEIGHTS.get(party.certainty, 1.0) * (1 if party.actor else NOBODY_WEIGHT) for party in chief]
    return round(finding.evidence.confidence * min(weights, default=NOBODY_WEIGHT), 4)


def country_of(actor: Actor | None) -> str | None:
    """The state an actor acts for, as ISO alpha-3; None where it acts for none."""
    return actor.country if actor else None


def dyads_of(finding: Finding, actors: dict[str, Actor]) -> set[tuple[str, str]]:
    """Directed pairs of countries that an event or a contact ties; a mutual one ties them both ways."""

    def countries(role: str) -> set[str]:
        found = {country_of(actors.get(party.actor or "")) for one, party in wire.parties_of(finding) if one == role}
        return {country for country in found if country}

    if isinstance(finding, Contact):
        all_parties = countries("party")
        return {(one, other) for one, other in product(all_parties, all_parties) if one != other}
    if not isinstance(finding, Event):
        return set()
    who, whom = countries("who"), countries("whom")
    pairs = {(one, other) for one, other in product(who, whom) if one != other}
    if finding.mutual:
        everyone = who | whom
        pairs |= {(one, other) for one, other in product(everyone, everyone) if one != other}
    return pairs
