"""Compile the world tables: raw reference tables and our hand tables become `src/verbale/data/world/*.csv`.

    python -m worldmaking.compile --shared ../shared [--report disputes.txt]
"""

import argparse
import sys
from pathlib import Path

from verbale.world.rows import KnownDayRow, NameRow, OfficeRow, PlaceRow, RoleWordRow, SourceRow, TopicRow, TopicTermRow
from worldmaking.attestations import attestations
from worldmaking.bodies import body_names, group_rows, member_rows, org_rows
from worldmaking.cities import capitals, city_rows, other_places
from worldmaking.claims import core_claims, documented_claims, hand_claims, other_claims
from worldmaking.gaps import gap_rows
from worldmaking.officials import official_rows
from worldmaking.people import join_namesakes, person_rows, tenure_rows
from worldmaking.reading import hand, raw, write
from worldmaking.reign import reign_claims
from worldmaking.states import state_names, state_places, states_by_iso3
from worldmaking.terms import Ledger, attest, corrected, in_order, labelled, merged


def places_and_names(shared: Path, by_iso3: dict[str, str]) -> list[PlaceRow]:
    cities = city_rows(shared)
    places = state_places(shared, capitals(shared, cities))
    known = {place.id for place in places} | {city.id for city in cities}
    others, aliases = other_places(shared, by_iso3)
    names = [*state_names(shared), *body_names(shared)]
    names += [NameRow(row["entity"], row["name"], "alias", source="hand") for row in aliases]
    write("cities", cities)
    others = list({place.id: place for place in reversed(others) if place.id not in known}.values())
    write("places", [*places, *others])
    write("orgs", org_rows(shared))
    write("groups", group_rows(shared))
    write("members", member_rows(shared, by_iso3))
    known |= {place.id for place in others}
    write("names", once([name for name in names if not name.entity.startswith("pl:") or name.entity in known]))
    return places


def once(names: list[NameRow]) -> list[NameRow]:
    """The names without those said twice of one thing in one way; the first stands."""
    found: dict[tuple[str, str, str], NameRow] = {}
    for row in names:
        found.setdefault((row.entity, row.name, row.kind), row)
    return list(found.values())


def offices_and_people(shared: Path, by_iso3: dict[str, str]) -> Ledger:
    claims = [*core_claims(shared, by_iso3), *hand_claims(by_iso3), *documented_claims(by_iso3),
              *other_claims(shared, by_iso3)]
    ledger = merged(corrected(claims, by_iso3))
    sightings = attestations(shared, by_iso3)
    reign_claims(shared, by_iso3, ledger, sightings)
    attest(ledger, sightings)
    in_order(ledger)
    labelled(ledger)
    join_namesakes(ledger.claims)
    people, ids = person_rows(ledger.claims)
    write("people", people)
    write("tenures", tenure_rows(ledger.claims, ids))
    done = {(claim.person, claim.of, claim.since) for claim in ledger.claims}
    write("officials", official_rows(shared, by_iso3, ids, done, people))
    write("offices", [OfficeRow(row["kind"], row["label"], row["sector"], row["second_sector"] or None, row["chair"],
                                int(row["rank"]), "hand") for row in hand("offices")])
    return ledger


WEAK_TERMS = frozenset([
    "COP", "MAP", "CFE", "EEZ", "AES", "OHR", "POW", "protocol", "dam", "transit", "transition", "settlements",
    "drones", "acquis", "investment", "satellite", "cartels", "veto", "hostages", "Gaza", "consular", "evacuation",
    "railway", "sanctions", "migrants", "refugees", "pandemic", "vaccine", "embargo", "terrorism", "extremism",
    "hacking", "sabotage", "semiconductors", "heritage", "diaspora", "checkpoint", "mediator", "recognition", "junta",
    "coup", "tribunal", "emissions", "asylum", "ratification", "normalisation",
]) | {
    "code of conduct", "agenda of talks", "2 percent", "5 percent", "good offices", "UN mission", "trade turnover",
    "recognition of results", "rule of law", "human rights", "state visit"}
"""Keywords that also stand in texts about something else: they count only in company."""

ONE_ARTICLES_WORDS = frozenset(["technical military cooperation", "upcoming meeting of the presidents"])
"""Keywords of the raw table that are one article's own wording and no term: left out."""


def topics(shared: Path) -> None:
    rows, terms = [], []
    for row in [*raw(shared, "topics"), *hand("topics")]:
        family = row["family"].partition(",")[0]
        rows.append(TopicRow(row["id"], row["label"], family or "other", row.get("parent") or None, "hand"))
        words = {row["label"]: "strong"} | {word: "weak" if word in WEAK_TERMS else "strong"
                                            for word in row["keywords"].split(";")
                                            if word and word not in ONE_ARTICLES_WORDS}
        terms += [TopicTermRow(row["id"], word, kind, "hand") for word, kind in words.items()]
    terms += [TopicTermRow(row["topic"], row["term"], row["kind"], "hand") for row in hand("topic_terms")]
    write("topics", rows)
    write("topic_terms", {(row.topic, row.term): row for row in terms}.values())


def small_tables() -> None:
    write("known_days", [KnownDayRow(row["id"], row["label"], row["since"], row["words"], row["source"])
                         for row in hand("known_days")])
    write("role_words", [RoleWordRow(row["phrase"], row["sector"], row["second"] or None, float(row["weight"] or 1),
                                     f"st:{row['country']}" if row["country"] else None, "hand")
                         for row in hand("role_words")])
    write("sources", [SourceRow(row["key"], row["title"], row["url"] or None, row["licence"], row["retrieved"] or None,
                                row["attribution"] or None) for row in hand("sources")])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--report", type=Path, help="where to write the disputes (default: standard output)")
    arguments = parser.parse_args()
    by_iso3 = states_by_iso3(arguments.shared)
    places = places_and_names(arguments.shared, by_iso3)
    topics(arguments.shared)
    small_tables()
    ledger = offices_and_people(arguments.shared, by_iso3)
    write("gaps", gap_rows(ledger.claims, places))
    report = "\n".join(sorted(ledger.disputes)) + f"\n{len(ledger.disputes)} disputes\n"
    if arguments.report:
        arguments.report.write_text(report, encoding="utf-8")
    else:
        sys.stdout.write(report)


if __name__ == "__main__":
    main()
