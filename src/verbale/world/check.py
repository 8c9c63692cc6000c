"""Looks over the world tables: each row alone, then across tables. Each rule is small and named; all are in RULES."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import msgspec

from verbale.world.offices import tenure_of
from verbale.world.rows import NAME_KINDS, TABLES, TENURE_STATUSES
from verbale.world.tables import Tables, key_of, line_numbers, parts, world_folder
from verbale.world.world import World

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?$")
QID = re.compile(r"Q[1-9]\d*$")
SECTORS = frozenset([
    "GOV", "MIL", "LEG", "JUD", "SPY", "COP", "PRM", "OPP", "REB", "UAF", "UNK", "PTY", "AGR", "BUS", "CRM", "CVL",
    "EDU", "ELI", "JRN", "LAB", "MED", "REF", "PRE", "REL", "SOC", "IGO", "NGO", "BUD", "MOS", "CHR", "JEW", "HIN",
    "SHI", "SUN",
])
PLACE_KINDS = frozenset([
    "state", "territory", "former", "disputed", "region", "sea", "strait", "canal", "corridor", "base", "venue",
])
ORG_KINDS = frozenset(["igo", "bloc", "organ", "party", "firm", "media", "ngo", "population"])


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with one cell: table, the row's key, column, what was found, what was wanted."""

    table: str
    key: str
    column: str
    found: str
    wanted: str
    row: int | None = None
    """Number of the row in its table, from 0; None where the rows of several are at odds."""

    def __str__(self) -> str:
        return f"{self.table}.csv, {self.key}, column {self.column}: found {self.found!r}; wanted {self.wanted}"


class Known:
    """All ids of all tables, for rules that look one up."""

    def __init__(self, tables: Tables) -> None:
        self.places = {row.id for row in tables["places"]}
        self.cities = {row.id for row in tables["cities"]}
        self.orgs = {row.id for row in tables["orgs"]}
        self.groups = {row.id for row in tables["groups"]}
        self.people = {row.id for row in tables["people"]} | {row.person for row in tables["officials"]}
        self.offices = {row.kind for row in tables["offices"]}
        self.topics = {row.id for row in tables["topics"]}
        self.sources = {row.key for row in tables["sources"]} | tables.own_sources
        self.entities = self.places | self.cities | self.orgs | self.groups | self.people


Found = tuple[str, str, str]
"""Column, what was found, what was wanted."""
Rule = tuple[str, Callable[[Any, Known], Iterator[Found]]]
"""The table it is for, and what looks at a row."""


def refers(table: str, column: str, ids: str, wanted: str, many: bool = False) -> Rule:
    """The rule that a column names ids of another table."""
    def rule(row: Any, known: Known) -> Iterator[Found]:
        cell = getattr(row, column)
        for one in (parts(cell) if many else [cell] if cell else []):
            if one not in getattr(known, ids):
                yield column, one, wanted
    return table, rule


def one_of(table: str, column: str, allowed: frozenset[str] | tuple[str, ...]) -> Rule:
    """The rule that a column holds one of a few words, or nothing."""
    def rule(row: Any, known: Known) -> Iterator[Found]:
        cell = getattr(row, column)
        if cell is not None and cell not in allowed:
            yield column, cell, "one of " + ", ".join(sorted(allowed))
    return table, rule


RULES = (
    refers("names", "entity", "entities", "the id of a place, city, body, group or person"),
    one_of("names", "kind", NAME_KINDS),
    one_of("names", "ambiguous", ("1",)),
    one_of("places", "kind", PLACE_KINDS),
    one_of("orgs", "kind", ORG_KINDS),
    refers("tenures", "person", "people", "the id of a person in people.csv"),
    refers("tenures", "office", "offices", "a kind of office in offices.csv"),
    refers("tenures", "of", "entities", "the id of a state, body or group"),
    one_of("tenures", "status", TENURE_STATUSES),
    one_of("tenures", "end", ("unknown", "memory")),
    one_of("tenures", "acting", ("acting", "shared")),
    refers("officials", "office", "offices", "a kind of office in offices.csv"),
    refers("officials", "of", "entities", "the id of a state"),
    refers("gaps", "office", "offices", "a kind of office in offices.csv"),
    refers("gaps", "of", "places", "the id of a state in places.csv"),
    refers("people", "country", "places", "the id of a state in places.csv"),
    one_of("people", "gender", ("f", "m")),
    refers("members", "org", "orgs", "the id of a body in orgs.csv"),
    refers("members", "member", "places", "the id of a state in places.csv"),
    refers("orgs", "country", "places", "the id of a state in places.csv"),
    refers("orgs", "part_of", "orgs", "the id of a body in orgs.csv"),
    one_of("orgs", "sector", SECTORS),
    refers("groups", "countries", "places", "ids of states in places.csv", many=True),
    one_of("groups", "sector", SECTORS),
    refers("cities", "country", "places", "the id of a state in places.csv"),
    refers("places", "parent", "places", "ids of states in places.csv", many=True),
    refers("places", "capitals", "cities", "ids of cities in cities.csv", many=True),
    one_of("offices", "chair", ("one", "many")),
    one_of("offices", "sector", SECTORS),
    refers("topic_terms", "topic", "topics", "the id of a topic in topics.csv"),
    one_of("topic_terms", "kind", ("strong", "weak")),
    one_of("role_words", "sector", SECTORS),
    one_of("role_words", "second", SECTORS),
    refers("role_words", "country", "places", "the id of a state in places.csv"),
)
DATES = ("since", "until", "as_of", "un_since")


def row_faults(table: str, row: Any, known: Known) -> Iterator[Found]:
    """What is wrong with one row, looked at alone and against the ids of the other tables."""
    for of, rule in RULES:
        if of == table:
            yield from rule(row, known)
    yield from _date_faults(row)
    yield from _code_faults(row)
    for key in parts(getattr(row, "source", None)):
        if key.split(":")[0] not in known.sources:
            yield "source", key, "a key of sources.csv (a part after a colon is free)"


def _date_faults(row: Any) -> Iterator[Found]:
    sound = {}
    for column in DATES:
        cell = getattr(row, column, None)
        if cell is None:
            continue
        if not DATE.match(cell) or not _is_calendar(cell):
            yield column, cell, "a date: 2004, 2004-03 or 2004-03-09"
        else:
            sound[column] = cell
    since, until = sound.get("since"), sound.get("until")
    if since and until and until[:len(since)] < since[:len(until)]:
        yield "until", until, f"a date not before the first day, {since}"
    if since and until and len(since) == len(until) == 10 and until <= since:
        yield "until", until, f"a date after the first day, {since}"


def _is_calendar(cell: str) -> bool:
    numbers = [int(part) for part in cell.split("-")]
    try:
        date(*numbers, *([1] * (3 - len(numbers))))
    except ValueError:
        return False
    return True


def _code_faults(row: Any) -> Iterator[Found]:
    for column, pattern, wanted in (("qid", QID, "a Wikidata id such as Q43"),
                                    ("iso2", re.compile(r"[A-Z]{2}$"), "two capital letters"),
                                    ("iso3", re.compile(r"[A-Z]{3}$"), "three capital letters")):
        cell = getattr(row, column, None)
        if cell is not None and not pattern.match(cell):
            yield column, cell, wanted
    for column, most in (("lat", 90), ("lon", 180)):
        degrees = getattr(row, column, None)
        if degrees is not None and abs(degrees) > most:
            yield column, str(degrees), f"degrees from -{most} to {most}"


def table_faults(tables: Tables) -> list[Fault]:
    """Every fault of all tables: rows alone, ids across tables, keys given twice, chairs with two holders."""
    known = Known(tables)
    found = []
    for table in TABLES:
        seen: dict[tuple[Any, ...], int] = {}
        for number, row in enumerate(tables[table]):
            key = key_of(table, row)
            shown = " ".join(str(part) for part in key if part)
            if seen.setdefault(key, number) != number:
                found.append(Fault(table, shown, "all", shown, "a key that no other row has", number))
            found += [Fault(table, shown, *what, number) for what in row_faults(table, row, known)]
    return [*found, *chair_faults(tables)]


def chair_faults(tables: Tables) -> list[Fault]:
    """Two people who certainly hold one chair on one day, where no row says that it is shared or acting."""
    single = {row.kind for row in tables["offices"] if row.chair == "one"}
    chairs: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in tables["tenures"]:
        if row.office in single and not row.acting:
            chairs[row.office, row.of].append(tenure_of(row))
    found = []
    for (office, of), held in chairs.items():
        sure = sorted((one for one in held if one.certain), key=lambda one: one.certain.since or date.min)
        for one, later in pairwise(sure):
            if one.person != later.person and one.certain.meets(later.certain) and not _from_memory_only(one, later):
                found.append(Fault("tenures", f"{office} of {of}", "until", f"{one.person} until {one.certain.until}",
                                   f"an end before {later.person} begins on {later.certain.since}, or `shared`"))
    return found


def _from_memory_only(one: Any, later: Any) -> bool:
    """Open terms from memory claim no days: one may stand beside a sighting of another."""
    return "unverified" in (one.status, later.status) and (one.until is None or later.until is None)


def faults(world: World) -> list[str]:
    """Every fault of a world's tables, a line each; none for sound tables."""
    lines: dict[str, list[int]] = {}
    found = []
    for fault in table_faults(world.tables):
        if fault.row is None:
            found.append(str(fault))
            continue
        if fault.table not in lines:
            lines[fault.table] = line_numbers(world_folder() / f"{fault.table}.csv")
        numbers = lines[fault.table]
        where = f"line {numbers[fault.row]}, " if fault.row < len(numbers) else ""
        found.append(f"world/{fault.table}.csv, {where}column {fault.column}: found {fault.found!r}; "
                     f"wanted {fault.wanted}")
    return found
