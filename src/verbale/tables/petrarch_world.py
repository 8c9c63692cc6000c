"""Actors of a PETRARCH dictionary as rows of the world tables, to lie in a user's overlay folder."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

import msgspec

from verbale.tables.load import data_folder
from verbale.tables.petrarch_frames import Skipped
from verbale.tables.petrarch_read import ActorEntry, DatedCode

OFFICES = {
    "GOV": "official",
    "MIL": "chief_of_staff_armed_forces",
    "LEG": "legislator",
    "JUD": "judge",
    "SPY": "intelligence_chief",
    "OPP": "opposition_leader",
    "REB": "group_leader",
    "REL": "religious_leader",
}
"""The office that stands for a sector of the dictionary, which names no offices."""
PAST = "ELI"
"""Former office-holders: they follow from the days of their office, so that these spans need no row."""
BODIES = {"IGO": "igo", "NGO": "ngo", "NGM": "ngo", "MNC": "firm"}
GROUPS = frozenset(("REB", "INS", "SEP", "UAF", "PRM"))
LOOSE_GROUPS = ("IMG", "UAF", "CRM")
SOURCE = "petrarch"
SOURCE_ROW = {"key": SOURCE, "title": "PETRARCH dictionaries of the user's own", "licence": "the user's"}
SHORT = 5
COLUMNS = {
    "names": ("entity", "name", "kind", "lang", "organ", "since", "until", "ambiguous", "source"),
    "people": ("id", "name", "country", "gender", "born", "qid", "shorts", "aliases", "source"),
    "tenures": (*("person", "office", "of", "label", "since", "until", "end", "as_of", "acting", "status", "source"),),
    "orgs": (*("id", "kind", "name", "cameo", "country", "sector", "part_of", "seat", "since", "until", "source"),),
    "sources": ("key", "title", "url", "licence", "retrieved", "attribution"),
    "groups": ("id", "name", "cameo", "sector", "countries", "since", "until", "source"),
}

Row = dict[str, str]


class Actors(msgspec.Struct, frozen=True):
    """Rows by table, and what was left out."""

    tables: dict[str, tuple[Row, ...]]
    skipped: tuple[Skipped, ...]


def actors_of(entries: Iterable[ActorEntry]) -> Actors:
    """World rows for the entries whose names no table of ours has."""
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    skipped: list[Skipped] = []
    given: set[str] = set()
    for entry in entries:
        names = [name for name in dict.fromkeys(map(proper, entry.names)) if name]
        fresh = [name for name in names if name.lower() not in _known_names() and name.lower() not in given]
        codes = [one for one in entry.codes if one.code not in ("", "---")]
        reason = "no code" if not codes else "known already" if not fresh else _added(tables, fresh, codes)
        if reason:
            skipped.append(Skipped(entry.line, entry.names[0], reason))
        else:
            given.update(name.lower() for name in fresh)
    if any(tables.values()):
        tables["sources"].append(SOURCE_ROW)
    return Actors({name: tuple(rows) for name, rows in tables.items() if rows}, tuple(skipped))


def proper(name: str) -> str:
    """ "JAMES_BYRNES_" as James Byrnes; a short single word, an abbreviation, stays in capitals."""
    words = name.strip("_ ").replace("_", " ").split()
    if len(words) == 1 and len(words[0]) <= SHORT and not set(words[0]) & set("AEIOUY"):
        return words[0]
    return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in words)


def _added(tables: dict[str, list[Row]], names: list[str], codes: list[DatedCode]) -> str | None:
    """Puts an entry's rows into the tables; the reason where it cannot be."""
    first = codes[0].code
    state = _states().get(first[:3])
    if state is not None and len(first) == 3:
        tables["names"] += [
            {"entity": _states().get(one.code, state), "name": name, "kind": "alias", **_days(one), "source": SOURCE}
            for one in codes
            for name in names
        ]
        return None
    if state is not None and any(one.since or one.until for one in codes):
        return _add_person(tables, names, codes, state)
    ident = _slug(names[0])
    days = _days(codes[0])
    if (state is not None and first[3:6] in GROUPS) or first[:3] in LOOSE_GROUPS:
        sector = first[3:6] if state else "REB"
        row = {"id": f"gr:user-{ident}", "name": names[0], "cameo": first, "sector": sector, "countries": state or ""}
        tables["groups"].append({**row, **days, "source": SOURCE})
        _add_names(tables, f"gr:user-{ident}", names[1:])
        return None
    kind = BODIES.get(first[:3]) or ("organ" if state is not None else None)
    if kind is None:
        return f"code {first} is of no state, body or group that our tables have"
    sector = first[3:6] if state is not None else first[:3]
    row = {"id": f"org:user-{ident}", "kind": kind, "name": names[0], "cameo": first, "country": state or ""}
    tables["orgs"].append({**row, "sector": sector, **days, "source": SOURCE})
    _add_names(tables, f"org:user-{ident}", names[1:])
    return None


def _add_person(tables: dict[str, list[Row]], names: list[str], codes: list[DatedCode], state: str) -> str | None:
    ident = f"pe:user-{_slug(names[0])}"
    person = {"id": ident, "name": names[0], "country": state, "aliases": ";".join(names[1:]), "source": SOURCE}
    tables["people"].append(person)
    for one in codes:
        office = OFFICES.get(one.code[3:6])
        home = _states().get(one.code[:3])
        if office is None or home is None or not (one.since or one.until):
            continue
        row = {"person": ident, "office": office, "of": home, "label": office.replace("_", " "), **_days(one)}
        tables["tenures"].append({**row, "status": "single", "source": SOURCE})
    return None


def _add_names(tables: dict[str, list[Row]], entity: str, names: list[str]) -> None:
    tables["names"] += [{"entity": entity, "name": name, "kind": "alias", "source": SOURCE} for name in names]


def _days(one: DatedCode) -> Row:
    """Until is the first day that no longer counts, while the dictionary's last day counts."""
    until = one.until or ""
    if len(until) == len("2004-03-05"):
        until = (date.fromisoformat(until) + timedelta(days=1)).isoformat()
    return {"since": one.since or "", "until": until}


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _rows(table: str) -> list[Row]:
    with (data_folder() / "world" / f"{table}.csv").open(encoding="utf-8", newline="") as file:  # type: ignore[call-overload]
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def _states() -> dict[str, str]:
    """State ids by CAMEO code."""
    rows = [row for row in _rows("places") if row["id"].startswith("st:")]
    open_first = sorted(rows, key=lambda row: bool(row["until"]), reverse=True)
    return {code: row["id"] for row in open_first for code in (row["iso3"], row["cameo"]) if code and len(code) == 3}


@lru_cache(maxsize=1)
def _known_names() -> frozenset[str]:
    """Names that our tables have, in small letters."""
    found = {row["name"].lower() for table in ("names", "places", "orgs", "groups", "people") for row in _rows(table)}
    for row in _rows("people"):
        found.update(part.strip().lower() for part in (row["aliases"] or "").split(";") if part.strip())
    return frozenset(found)
