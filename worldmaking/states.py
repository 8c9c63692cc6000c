"""States, territories, former states and what they are called."""

import re
from pathlib import Path

from babel import Locale

from verbale.world.rows import NameRow, PlaceRow
from worldmaking.reading import hand, raw, slug

CLDR = "cldr"
CODES = "iso;cow;gw"
CAMEO_OF = {"tl": "TMP", "xk": "KSV"}
CAMEO_DEPENDENCY = {"as": "USAASM", "gi": "GBRGIB", "gl": "DNKGRL"}
"""Where CAMEO's code is not ISO's."""


def state_id(iso2: str) -> str:
    return f"st:{iso2.lower()}"


def states_by_iso3(shared: Path) -> dict[str, str]:
    """Our id of every state and territory by ISO alpha-3."""
    found = {row["iso3"]: state_id(row["id"]) for row in raw(shared, "countries")}
    return found | {"XKX": "st:xk", "UNK": "st:xk"}


def english_name(row: dict[str, str]) -> str:
    """The short English name: CLDR's, without its brackets, and with a newsroom's "and"."""
    name = Locale("en").territories.get(row["iso2"]) or row["name"]
    plain = {"CD": "Democratic Republic of the Congo", "CG": "Republic of the Congo", "HK": "Hong Kong", "MO": "Macao",
             "MM": "Myanmar", "PS": "Palestine", "CI": "Ivory Coast", "CZ": "Czechia", "TR": "Turkey",
             "VA": "Holy See"}.get(row["iso2"])
    name = plain or re.sub(r" \(.*\)| SAR China", "", name)
    return name.replace(" & ", " and ").replace("St. ", "Saint ").replace("’", "'")


def state_places(shared: Path, capitals: dict[str, str]) -> list[PlaceRow]:
    """Every state and territory with its codes and dates, and the former states since 1990."""
    days = {row["state"]: row for row in hand("state_days")}
    found = []
    for row in raw(shared, "countries"):
        its_days = days.get(row["id"], {})
        is_state = row["un_member"] == "1" or row["id"] in ("tw", "xk", "ps", "va")
        un_since = its_days.get("un_since") or ("1945" if row["un_member"] == "1" else None)
        parent = None if is_state else PARENTS.get(row["id"])
        name = english_name(row)
        found.append(PlaceRow(
            state_id(row["id"]), "state" if is_state else "territory", name,
            row["official_name"] if row["official_name"] != name else None, row["iso2"],
            "XKX" if row["id"] == "xk" else row["iso3"], row["isonum"] or None,
            its_days.get("cow") or row["cow_num"] or None, its_days.get("gw") or row["gw_num"] or None,
            row["fips"] or None, CAMEO_OF.get(row["id"]) or CAMEO_DEPENDENCY.get(row["id"]) or row["iso3"],
            row["wikidata"] or None, None, None, parent, capitals.get(row["id"]),
            un_since if un_since != "1945" else None, its_days.get("since") or None, its_days.get("until") or None,
            "cldr;country-codes;cow;gw" + (";hand" if its_days else "")))
    return found + former_places(days)


PARENTS = {
    "ax": "st:fi", "as": "st:us", "gu": "st:us", "mp": "st:us", "pr": "st:us", "vi": "st:us", "um": "st:us",
    "ai": "st:gb", "bm": "st:gb", "fk": "st:gb", "gi": "st:gb", "gg": "st:gb", "je": "st:gb", "im": "st:gb",
    "io": "st:gb", "ky": "st:gb", "ms": "st:gb", "pn": "st:gb", "sh": "st:gb", "tc": "st:gb", "vg": "st:gb",
    "gs": "st:gb", "gf": "st:fr", "gp": "st:fr", "mq": "st:fr", "re": "st:fr", "yt": "st:fr", "nc": "st:fr",
    "pf": "st:fr", "pm": "st:fr", "wf": "st:fr", "bl": "st:fr", "mf": "st:fr", "tf": "st:fr", "aw": "st:nl",
    "cw": "st:nl", "sx": "st:nl", "bq": "st:nl", "fo": "st:dk", "gl": "st:dk", "hk": "st:cn", "mo": "st:cn",
    "cc": "st:au", "cx": "st:au", "nf": "st:au", "hm": "st:au", "ck": "st:nz", "nu": "st:nz", "tk": "st:nz",
    "sj": "st:no", "bv": "st:no",
}

FORMER = {
    "su": ("Soviet Union", "Union of Soviet Socialist Republics", "SUN", "Soviet", "Soviets",
           "USSR;U.S.S.R."),
    "yu": ("Yugoslavia", "Socialist Federal Republic of Yugoslavia", "YUG", "Yugoslav;Yugoslavian",
           "Yugoslavs", "SFRY"),
    "yu-fr": ("Federal Republic of Yugoslavia", None, "YUG", "", "", "FRY;FR Yugoslavia"),
    "cs-scg": ("Serbia and Montenegro", "State Union of Serbia and Montenegro", "SCG", "", "", ""),
    "cs": ("Czechoslovakia", "Czech and Slovak Federative Republic", "CSK", "Czechoslovak;Czechoslovakian",
           "Czechoslovaks", "CSFR"),
    "dd": ("East Germany", "German Democratic Republic", "DDR", "East German", "East Germans", "GDR"),
    "yd": ("South Yemen", "People's Democratic Republic of Yemen", "YMD", "South Yemeni", "South Yemenis", ""),
}
"""Former states since 1990: name, official name, ISO 3166-3's old alpha-3, adjectives, people, abbreviations."""


def former_places(days: dict[str, dict[str, str]]) -> list[PlaceRow]:
    return [PlaceRow(state_id(key), "former", name, official, None, code, None, days[key]["cow"], days[key]["gw"], None,
                     code, None, None, None, SUCCESSORS[key], None, days[key]["un_since"] or None, days[key]["since"],
                     days[key]["until"], "iso3166-3;hand")
            for key, (name, official, code, *_) in FORMER.items()]


SUCCESSORS = {"su": "st:ru", "yu": "st:rs", "yu-fr": "st:rs", "cs-scg": "st:rs", "cs": "st:cz", "dd": "st:de",
              "yd": "st:ye"}


def state_names(shared: Path) -> list[NameRow]:
    """What states are called: newsroom forms, adjectives, people, and names in other languages."""
    found = [NameRow(state_id(row["state"]), row["name"], row["kind"], "en", None, row["since"] or None,
                     row["until"] or None, row["ambiguous"] or None, "hand") for row in hand("state_names")]
    by_hand = {row["state"]: row for row in hand("adjectives")}
    for row in raw(shared, "countries"):
        words = by_hand.get(row["id"])
        source = "hand" if words else "factbook"
        adjectives = (words["adjectives"] if words else row["adjective"]).split(";")
        people = words["people"].split(";") if words else people_of(row["noun"])
        for word in filter(None, map(str.strip, adjectives)):
            found.append(NameRow(state_id(row["id"]), word, "adjective", "en", source=source))
        for word in filter(None, people):
            found.append(NameRow(state_id(row["id"]), word, "demonym", "en", source=source))
    for key, (_, _, _, adjectives, people, short) in FORMER.items():
        for words, kind in ((adjectives, "adjective"), (people, "demonym"), (short, "abbrev")):
            found += [NameRow(state_id(key), word, kind, "en", source="hand") for word in words.split(";") if word]
    return found + foreign_names(shared)


def people_of(noun: str) -> list[str]:
    """The singular and plural of a word for a people, written as "Angolan(s)" or "Chinese (singular and plural)"."""
    found = []
    for part in re.split(r",| or ", noun.replace(" (singular and plural)", "")):
        word = re.sub(r"\((?!s\)).*?\)", "", part).strip()
        if word.endswith("(s)"):
            found += [word[:-3], word[:-3] + "s"]
        elif word and word != "none":
            found.append(word)
    return found


LANGUAGES = ("ru", "uk", "tr", "el", "hy")
"""Scripts and spellings that stand in English news by mistake or in quotations; others would only add weight."""


def foreign_names(shared: Path) -> list[NameRow]:
    return [NameRow(state_id(row["id"]), row["name"], "translit", row["lang"], source="cldr")
            for row in raw(shared, "country_names_i18n")
            if row["lang"] in LANGUAGES and row["source"].startswith("CLDR") and slug(row["name"]) != row["id"]
            and (row["lang"] != "tr" or row["id"] in TURKISH_KEPT)]


TURKISH_KEPT = {"tr", "ru", "us", "de", "fr", "gb", "gr", "am", "az", "ge", "sy", "iq", "cy", "ua"}
"""Turkish names that no English word collides with, of the states Turkish sources speak of most."""
