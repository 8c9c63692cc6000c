"""Attestations: days on which a source saw someone in an office, without saying since when."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from worldmaking.reading import raw
from worldmaking.same import shares_name

FOREIGN = re.compile(r"(?i)(minister|secretary).*(foreign|foregn|external) |Foreign Secretary|^Secretary of State$|"
                     r"(foreign|external) (affairs|relations|minister)")
LESSER = re.compile(r"(?i)^(deputy|vice)[- ]?minister|minister of state|^deputy secretary|permanent|ambassador|"
                    r"representative|delegation|parliamentary|director")
HEAD_OF_STATE_POST = re.compile(r"(?i)^((constitutional )?president( and|$|,)|head of state|king|amir|emir|sultan|"
                                r"chairman of the presidency|captain regent|prince$|queen)")
HEAD_OF_GOVERNMENT_POST = re.compile(r"(?i)^(prime minister|chancellor|federal chancellor|taoiseach|head of government|"
                                     r"president of the (council of ministers|government)|premier)")
GENERAL_DEBATE = (9, 25)
"""The debate opens in the fourth week of September; the table gives the year only."""
VISIT_TITLES = (
    (re.compile(r"(Acting |Interim |Deputy )?(Prime Minister|Taoiseach|Chancellor|Premier|Federal Chancellor) "),
     "head_of_government"),
    (re.compile(r"(President|King|Emir|Amir|Sultan|Queen|Emperor|Pope|Chairman|Grand Duke|Prince) "), "head_of_state"),
)
VISIT_STATES = {
    "China, People’s Republic of": "CHN", "Congo, Republic of": "COG", "Germany, Federal Republic of": "DEU",
    "Macedonia, Former Yugoslav Republic of": "MKD", "Macedonia": "MKD", "North Macedonia": "MKD",
    "Democratic Republic of the Congo (Zaire)": "COD", "Congo, Democratic Republic of": "COD",
    "Slovak Republic": "SVK", "Cote d’Ivoire": "CIV", "Korea, South": "KOR", "South Korea": "KOR", "Korea": "KOR",
    "Turkey": "TUR", "Türkiye": "TUR", "Czech Republic": "CZE", "Czechia": "CZE", "Bosnia-Herzegovina": "BIH",
    "Bosnia and Herzegovina": "BIH", "Western Samoa": "WSM", "Somoa": "WSM", "Cape Verde": "CPV", "Cabo Verde": "CPV",
    "The Gambia": "GMB", "Vatican City": "VAT", "Brunei": "BRN", "Brunei Darussalam": "BRN", "Swaziland": "SWZ",
    "Eswatini": "SWZ", "Burma": "MMR", "East Timor": "TLS", "St. Lucia": "LCA", "Saint Lucia": "LCA",
    "St. Vincent and the Grenadines": "VCT", "St. Kitts and Nevis": "KNA", "Micronesia": "FSM", "Bahamas": "BHS",
    "Sao Tome and Principe": "STP", "Afghanistan (Interim Authority)": "AFG", "Kosovo": "XKX",
}


@dataclass(frozen=True)
class Attestation:
    """On this day this person, so spelt, was seen in this office of this state."""

    name: str
    kind: str
    of: str
    day: date
    family: str


def attestations(shared: Path, by_iso3: dict[str, str]) -> list[Attestation]:
    """Every attestation of the two sources that give days: General Debate speakers, visitors to the United States."""
    seen = speakers(shared, by_iso3)
    return [*seen, *between(shared, by_iso3, seen), *visitors(shared, by_iso3)]


def speakers(shared: Path, by_iso3: dict[str, str]) -> list[Attestation]:
    found = []
    for row in raw(shared, "un_general_debate_speakers_1990_2024"):
        of = by_iso3.get(row["iso3"].strip())
        name = clean_name(row["speaker"])
        if of is None or not name:
            continue
        day = date(int(row["year"]), *GENERAL_DEBATE)
        post = row["post"].strip()
        for kind in kinds_of_post(post):
            if row["iso3"] == "ESP" and post == "President":
                kind = "head_of_government"
            found.append(Attestation(name, kind, of, day, "ungd"))
    return found


UNTITLED = ("", "Deputy Prime Minister", "Vice-President", "Chair of the Delegation", "Head of Government",
            "Delegation")
"""Posts printed in place of a fuller one: a minister who is also deputy head, or no post at all."""
TITLED_HIGHER = ("", "Deputy Prime Minister")
"""A minister who is also deputy head is often printed with the higher title alone."""
BETWEEN_YEARS = 3


def between(shared: Path, by_iso3: dict[str, str], seen: list[Attestation]) -> list[Attestation]:
    """Speakers without a full post who were foreign minister a year off, or before and after, and nobody else."""
    ministers: dict[str, list[Attestation]] = {}
    for sight in seen:
        if sight.kind == "foreign_minister":
            ministers.setdefault(sight.of, []).append(sight)
    found = []
    for row in raw(shared, "un_general_debate_speakers_1990_2024"):
        of, name = by_iso3.get(row["iso3"].strip()), clean_name(row["speaker"])
        if of is None or row["post"].strip() not in UNTITLED or not name:
            continue
        day = date(int(row["year"]), *GENERAL_DEBATE)
        near = [sight for sight in ministers.get(of, ()) if abs(sight.day.year - day.year) <= BETWEEN_YEARS]
        before = max((sight for sight in near if sight.day < day), key=lambda one: one.day, default=None)
        after = min((sight for sight in near if sight.day > day), key=lambda one: one.day, default=None)
        on_the_day = any(sight.day == day for sight in near)
        sides = [one for one in (before, after) if one is not None]
        same = [one for one in sides if shares_name(one.name, name)]
        next_year = row["post"].strip() in TITLED_HIGHER and any(abs(one.day.year - day.year) == 1 for one in same)
        if not on_the_day and (len(same) == 2 or next_year):
            found.append(Attestation(name, "foreign_minister", of, day, "ungd"))
    return found


def kinds_of_post(post: str) -> list[str]:
    """The offices that a printed post names; several where it joins them."""
    if LESSER.search(post):
        return []
    found = []
    if HEAD_OF_STATE_POST.match(post):
        found.append("head_of_state")
    if HEAD_OF_GOVERNMENT_POST.match(post):
        found.append("head_of_government")
    if FOREIGN.search(post):
        found.append("foreign_minister")
    return found


def visitors(shared: Path, by_iso3: dict[str, str]) -> list[Attestation]:
    states = {row["name"]: row["iso3"] for row in raw(shared, "countries")} | VISIT_STATES
    found = []
    for row in raw(shared, "us_visits_by_foreign_leaders_1990_2024"):
        of = by_iso3.get(states.get(row["country"], ""))
        title = row["visitor_with_title"]
        if of is None or "-elect" in title or "-designate" in title or title.startswith(("Deputy", "Crown", "Vice")):
            continue
        for pattern, kind in VISIT_TITLES:
            match = pattern.match(title)
            if match:
                if states.get(row["country"]) == "ESP" and title.startswith("President"):
                    kind = "head_of_government"
                found.append(Attestation(clean_name(title[match.end():]), kind, of, date.fromisoformat(row["since"]),
                                         "usvisits"))
                break
    return found


HONORIFICS = re.compile(r"(?i)^((h\.?e\.?|mr|mrs|ms|dr|sir|dame|lord|sheikh|shaikh|general|gen|lieutenant|colonel|"
                        r"major|captain|prof|professor|hon|the|his|her|excellency|majesty|mwalimu|dato|datuk|seri|sri|tan|"
                        r"baron|baroness|prince|king|president)\.?\s+)+")


def clean_name(words: str) -> str:
    """A printed name without titles before and notes after it."""
    words = re.sub(r"\(.*?\)|,.*$", "", words).strip()
    words = re.sub(r"\s+", " ", HONORIFICS.sub("", words))
    return " ".join(part.capitalize() if part.isupper() and len(part) > 2 else part for part in words.split())
