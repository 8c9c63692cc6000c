"""Claims: what one source says of one term of office, in one shape whatever the source."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from verbale.world.offices import days_of
from worldmaking.reading import hand, raw


@dataclass
class Claim:
    """A source says that this person held this office from then to then."""

    person: str
    """A key that joins the claims about one person: a Wikidata id, or name and state."""
    name: str
    kind: str
    of: str
    label: str
    since: str
    until: str
    families: set[str] = field(default_factory=set)
    """Independent sources: wikidata, factbook, ungd, usvisits, reign, page, memory."""
    as_of: str = ""
    end: str = ""
    """unknown or memory; empty where the end is as well known as the rest."""
    acting: str = ""
    sources: set[str] = field(default_factory=set)
    qid: str = ""
    other_names: set[str] = field(default_factory=set)
    born: int | None = None

    @property
    def first_day(self) -> date:
        days = days_of(self.since)
        return days.since if days and days.since else date(1900, 1, 1)

    @property
    def end_day(self) -> date:
        """The first day it surely was over, or a far day where it is open."""
        days = days_of(self.until)
        if days is None or days.since is None or days.until is None:
            return date(2100, 1, 1)
        return days.since if len(self.until) == 10 else days.until


HEAD_OF_STATE = re.compile(
    r"(Federal |Acting )?President$|King$|Queen$|[Mm]onarch$|[Ee]mir$|Sultan$|Emperor$|\(president\)$|Captain Regent$"
    r"|Yang di_pertuan Agong|Chairman of the Presidential Council$|President of Montenegro$|Grand Duke$|Prince$"
    r"|President of the Palestinian National Authority$|(Bosniak|Croat|Serb) Member of the Presidency$"
    r"|President of the Governing Council$|President of the Republic$|Emir of Abu Dhabi$|$")
HEAD_OF_GOVERNMENT = re.compile(
    r"(Acting )?Prime Minister$|(Federal )?Chancellor$|Taoiseach$|Premier( of the State Council)?$"
    r"|(Chairman|President) of the Council of Ministers$|\(pm-enwiki\)$|Prime Minister of Montenegro$"
    r"|Prime Minister of the Palestinian National Authority$|Alternate Prime Minister$|President of the Government$|$")
DEFENCE_SIDE = re.compile(
    r"Associate|Materiel|Science|Equipment|Head of|cabinet|Veterans|Support|Production|Secretary of State to|"
    r"Secretary of the National|Space|Home Front|Civil Defence|Liberation|Gendarmerie|Personnel|Industry|"
    r"Public Order|Provincial Administration|Policing")
REGIONAL = re.compile(r"(?i)^(premier|minister-president|president|prime minister|governor|chief minister) of ")
ASSEMBLY = re.compile(r"(?i)congress|parliament|council|storting|riigikogu|landtag|senate|assembly|yuan|lok sabha|"
                      r"rajya sabha|seanad|leader of the|legislat|dewan|control yuan")
SHARED = re.compile(r"Captain Regent|Member of the Presidency|Governing Council|Alternate")


def office_kind(kind: str, label: str, country: str, source: str) -> str | None:
    """The office a labelled row is about; None for what is no office of this state's own."""
    if kind == "head_of_state":
        if label in ("Governor-General", "Governor General"):
            return "governor_general"
        if HEAD_OF_STATE.match(label):
            return kind
        return "assembly_officer" if ASSEMBLY.search(label) else ("regional_head" if REGIONAL.match(label) else None)
    if kind == "head_of_government":
        if "crimea" in source:
            return None
        if label == "Premier" and country not in ("CHN", "TWN", "PRK", "BMU", "CYM", "TCA", "AIA"):
            return "regional_head"
        if HEAD_OF_GOVERNMENT.match(label):
            return kind
        return "regional_head" if REGIONAL.match(label) else None
    if kind == "defence_minister":
        if "chief" in label or "cheief" in label:
            return "chief_of_staff_armed_forces"
        return "minister" if DEFENCE_SIDE.search(label) else kind
    if kind == "foreign_minister" and (label == "(mos-foreign)" or (label == "Foreign Secretary")):
        return "deputy_foreign_minister"
    return kind


def core_claims(shared: Path, by_iso3: dict[str, str]) -> list[Claim]:
    """The claims of the table of office-holders: Wikidata, the factbook, and what is from memory."""
    found = []
    printed = {row["printed"]: row["name"] for row in hand("factbook_names")}
    for row in raw(shared, "office_holders_core"):
        of = f"org:{row['org']}" if row["org"] else by_iso3.get(row["country"])
        name = row["person"].split(",")[0].strip()
        name = printed.get(name, name)
        if of is None or not re.search(r"[A-Za-z]", name):
            continue
        kind = office_kind(row["office_kind"], row["office"], row["country"], row["source"])
        if row["org"] and kind in ORG_HEADS:
            row["office"] = row["office"] or ORG_HEADS[kind]
            kind = "head_of_body"
        if kind is None or kind in ("other", "", "president", "trade_minister"):
            continue
        found.append(_core_claim(row, name, kind, of))
    return found + world_bodies(shared) + ministers_of_the_world(shared, by_iso3)


ORG_HEADS = {"secretary_general": "Secretary-General", "director_general": "Director General", "president": "President",
             "high_representative": "High Representative", "managing_director": "Managing Director",
             "chairperson": "Chairperson", "prosecutor": "Prosecutor", "high_commissioner": "High Commissioner"}


def _core_claim(row: dict[str, str], name: str, kind: str, of: str) -> Claim:
    source = row["source"]
    families = {family for family, mark in (("wikidata", "EP:"), ("factbook", "factbook")) if mark in source}
    from_memory = "unsourced" in row["confidence"] and "end" not in row["confidence"] and "open" not in row[
        "confidence"] and "wikidata" not in row["confidence"]
    if from_memory and not families:
        families = {"memory"}
    until, end = row["valid_to"], ""
    as_of = row["as_of"]
    if "unsourced-end" in source or "end date unsourced" in row["confidence"]:
        end = "memory"
    if row["status"].startswith("stale"):
        end = "unknown"
    if row["confidence"].startswith("wikidata term ended"):
        end = "memory"
    acting = "acting" if "Acting" in row["office"] else ("shared" if SHARED.search(row["office"]) else "")
    key = row["wikidata"] or f"{name}|{of}"
    keys = {part.split("/")[0] for part in source.split(";") if part.startswith("EP:")}
    sources = {"wikidata:" + key[3:] for key in keys} | (families & {"factbook"}) | ({"memory"} & families)
    label = row["office"] if not row["office"].startswith("(") else ""
    return Claim(key, name, kind, of, label, row["valid_from"], until, families, as_of, end, acting, sources,
                 row["wikidata"])


def ministers_of_the_world(shared: Path, by_iso3: dict[str, str]) -> list[Claim]:
    """The list of all foreign ministers in office on 10 January 2023; its rows do not say of which state.

    The state is that of the person's other rows in the same office, or stands in hand/foreign_ministers_2023.csv.
    """
    rows = [row for row in raw(shared, "office_holders_core") if row["office_kind"] == "foreign_minister"]
    states = {row["wikidata"]: by_iso3[row["country"]] for row in rows if row["wikidata"] and row["country"] in by_iso3}
    by_hand = {row["qid"]: row for row in hand("foreign_ministers_2023")}
    found = []
    for row in rows:
        told = by_hand.get(row["wikidata"])
        of = told["of"] if told else states.get(row["wikidata"])
        if row["country"] != "x-int" or of is None:
            continue
        kind = "head_of_body" if of.startswith("org:") else "foreign_minister"
        found.append(Claim(row["wikidata"], row["person"], kind, of, "", row["valid_from"], "", {"wikidata"},
                           row["as_of"], "", told["acting"] if told else "", {"wikidata:world"}, row["wikidata"]))
    return found


WORLD_OFFICES = (
    (r"Secretary-General of the United Nations$", "head_of_body", "org:un"),
    (r"Deputy Secretary-General of the United Nations", "deputy_head_of_body", "org:un"),
    (r"Under-Secretary-General", "deputy_head_of_body", "org:un"),
    (r"President of the United Nations General Assembly", "head_of_body", "org:unga"),
    (r"President of the International Court of Justice", "head_of_body", "org:icj"),
    (r"Director-General of the World Trade Organization", "head_of_body", "org:wto"),
    (r"president of the Parliamentary Assembly of the Council of Europe", "head_of_body", "org:cfe-pace"),
)


def world_bodies(shared: Path) -> list[Claim]:
    """Heads of world bodies in the table of office-holders."""
    found = []
    for row in raw(shared, "office_holders_core"):
        if row["country"] != "x-int":
            continue
        for pattern, kind, of in WORLD_OFFICES:
            if re.match(pattern, row["office"]):
                key = row["wikidata"] or f"{row['person']}|{of}"
                found.append(Claim(key, row["person"].split(",")[0], kind, of, row["office"], row["valid_from"],
                                   row["valid_to"], {"wikidata"}, row["as_of"],
                                   "unknown" if row["status"].startswith("stale") else "", "", {"wikidata:world"},
                                   row["wikidata"]))
    return found


OTHER_KINDS = {
    "finance_economy_minister": "finance_minister", "interior_minister": "interior_minister",
    "trade_minister": "trade_minister", "energy_minister": "energy_minister",
}
OTHER_SINCE = "1998"


def other_claims(shared: Path, by_iso3: dict[str, str]) -> list[Claim]:
    """Further ministers who speak and meet in the news: finance, interior, trade, energy, justice."""
    found = []
    for row in raw(shared, "office_holders_other"):
        of = by_iso3.get(row["country"])
        kind = OTHER_KINDS.get(row["office_kind"])
        if kind is None and re.match(r"Minister of Justice|Attorney General$", row["office"]):
            kind = "justice_minister"
        name = row["person"].split(",")[0].strip()
        if of is None or kind is None or row["valid_from"] < OTHER_SINCE or not re.search(r"[A-Za-z]", name):
            continue
        if not re.match(r"(Federal )?(Minister|Secretary|Chancellor of the Exchequer|Attorney)", row["office"]):
            continue
        found.append(Claim(row["wikidata"] or f"{name}|{of}", name, kind, of, row["office"], row["valid_from"],
                           row["valid_to"], {"wikidata"}, row["as_of"], "", "", {row["source"].split("/")[0].replace(
                               "EP:", "wikidata:")}, row["wikidata"]))
    return found


NOT_STATES = {"SUN": "st:su", "YUGFR": "st:yu-fr", "NCY": "pl:northern-cyprus", "NKR": "pl:nagorno-karabakh",
              "PMR": "pl:transnistria"}


def hand_claims(by_iso3: dict[str, str]) -> list[Claim]:
    """Terms from memory, where the raw tables have none; always unverified until a source attests them."""
    found = []
    for row in hand("tenures"):
        of = by_iso3.get(row["of"]) or NOT_STATES.get(row["of"]) or (
            row["of"] if ":" in row["of"] else f"org:{row['of']}")
        found.append(Claim(row["qid"] or f"{row['person']}|{of}", row["person"], row["office"], of, row["label"],
                           row["since"], row["until"], {"memory"}, "2026-02", "", row["acting"], {"memory"},
                           row["qid"]))
    return found


def documented_claims(by_iso3: dict[str, str]) -> list[Claim]:
    """Terms that a public page tells, each row with the address of its page (hand/documented_terms.csv).

    `seen` is the last day, month or year in which the page saw an open term.
    """
    found = []
    for row in hand("documented_terms"):
        of = by_iso3.get(row["of"]) or f"org:{row['of']}"
        page = "page:" + row["page"].split("://")[-1].replace(";", "%3B")
        found.append(Claim(row["qid"] or f"{row['person']}|{of}", row["person"], row["office"], of, row["label"],
                           row["since"], row["until"], {"page"}, row["seen"], "", row["acting"], {page}, row["qid"]))
    return found
