"""Lesser officials since 2010: one compact row a term, by full name only."""

import re
from pathlib import Path

from verbale.world.rows import OfficialRow, PersonRow
from verbale.world.spellings import fold
from worldmaking.reading import raw, slug

ENDED_AFTER = "2010"
KINDS = (
    (r"(?i)deputy (prime )?minister|deputy secretary", "deputy_minister"),
    (r"(?i).*(justice of|judge|chief justice|supreme court|constitutional court|attorney|prosecutor|solicitor)",
     "judge"),
    (r"(?i)(speaker|president of the (house|senate|national|parliament|chamber|legis)|leader of the (house|senate))",
     "assembly_officer"),
    (r"(?i)(lieutenant )?governor (of|general)|mayor|lord mayor|prefect|chief minister|premier|intendant|"
     r"minister-president|head of (the )?(region|republic|administration)|administrator", "regional_head"),
    (r"(?i)commander|chief of (the )?(army|navy|air|defence|general)|vice chief", "chief_of_staff_armed_forces"),
    (r"(?i).*(minister|secretary|treasurer|commissioner)", "minister"),
    (r"(?i)ambassador|permanent representative|high commissioner|consul|head of mission", "ambassador"),
    (r"(?i)first (lady|gentleman)", "relative"),
    (r"(?i)advis[eo]r", "adviser"),
    (r"(?i).*(intelligence|security service)", "intelligence_chief"),
)


def kind_of(label: str) -> str:
    """The office kind of a label; `official` for what none of KINDS names."""
    return next((kind for pattern, kind in KINDS if re.match(pattern, label)), "official")


def official_rows(shared: Path, by_iso3: dict[str, str], ids: dict[str, str], done: set[tuple[str, str, str]],
                  people: list[PersonRow]) -> list[OfficialRow]:
    """Terms of the second raw table that ended after ENDED_AFTER and stand in no other table.

    `ids` gives the ids of people by key; `people` those with rows of their own, met again by name and state; `done` the
    (person key, state, first day) already in tenures.
    """
    taken = {row.id for row in people}
    named = {(fold(row.name), row.country): row.id for row in people if row.country}
    found: dict[tuple[str, str, str, str], OfficialRow] = {}
    made: dict[str, str] = {}
    for row in raw(shared, "office_holders_other"):
        of = by_iso3.get(row["country"])
        name = row["person"].split(",")[0].strip()
        label = row["office"].strip("()").replace("-enwiki", "")
        if of is None or not re.search(r"[A-Za-z]", name) or len(name.split()) < 2:
            continue
        if row["valid_to"] and row["valid_to"] < ENDED_AFTER:
            continue
        if row["valid_to"] and row["valid_to"] <= row["valid_from"]:
            continue
        key = row["wikidata"] or f"{name}|{of}"
        if (key, of, row["valid_from"]) in done and not row["office"].startswith("Chief"):
            continue
        if row["office_kind"] != "ambassador" and kind_of(label) == "official":
            continue
        person = ids.get(key) or made.get(key) or named.get((fold(name), of)) or _new_id(name, of, taken)
        made.setdefault(key, person)
        kind = "ambassador" if row["office_kind"] == "ambassador" else kind_of(label)
        official = OfficialRow(person, name, of, kind, label if not row["office"].startswith("(") else None,
                               row["valid_from"] or None, row["valid_to"] or None,
                               row["as_of"] if not row["valid_to"] else None, "wikidata")
        found.setdefault((person, of, kind, row["valid_from"]), official)
    return list(found.values())


def _new_id(name: str, of: str, taken: set[str]) -> str:
    base = f"pe:{slug(fold(name))}"
    for tail in ("", f"-{of[3:]}", *(f"-{of[3:]}{number}" for number in range(2, 50))):
        if base + tail not in taken:
            taken.add(base + tail)
            return base + tail
    raise ValueError(f"too many officials are called {name}")
