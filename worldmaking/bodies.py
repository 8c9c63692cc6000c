"""Organisations, national bodies with names of their own, blocs, armed groups, and who belongs to what."""

from pathlib import Path

from verbale.world.rows import GroupRow, MemberRow, NameRow, OrgRow
from worldmaking.reading import hand, raw

NOT_ALIASES = frozenset({"the bloc", "the Commission", "EC", "the Alliance", "EU leaders", "MEPs", "Haqqani", "AA",
                         "JI",
                         "Hashed", "Wagner", "JEM", "SNA", "C"})
"""Aliases of the raw tables that mean too many things to stand alone."""
NGO = {"icrc", "msf", "amnesty", "hrw"}


def org_rows(shared: Path) -> list[OrgRow]:
    """International organisations, bodies, blocs, organs, media, firms, parties and peoples."""
    found = []
    for row in raw(shared, "organisations"):
        sector = "NGO" if row["id"] in NGO else ("JUD" if row["id"] in ("icj", "icc") else "IGO")
        cameo = row["cameo_phoenix"].split(";")[0] or row["cameo_hand"]
        found.append(OrgRow(f"org:{row['id']}", "ngo" if row["id"] in NGO else "igo", row["name"],
                            CAMEO_FIXED.get(row["id"], cameo) or None, None, sector, PART_OF.get(row["id"]),
                            row["seat"] or None, row["valid_from"] or None, row["valid_to"] or None, "phoenix;hand"))
    for row in hand("bodies"):
        country = f"st:{row['country']}" if row["country"] else None
        part = f"org:{row['part_of']}" if row["part_of"] else None
        found.append(OrgRow(f"org:{row['id']}", row["kind"], row["name"], row["cameo"] or None, country,
                            row["sector"] or None, part, None, row["since"] or None, row["until"] or None, "hand"))
    for row in hand("blocs"):
        found.append(OrgRow(f"org:{row['id'].lower()}", "bloc", row["name"], "WST" if row["id"] == "west" else None,
                            source="hand"))
    return found


CAMEO_FIXED = {"osce": "IGOEUROSC", "opcw": "IGOOPW", "guam": "IGO", "au": "IGOAFRAFU", "unhcr": "IGOUNOREFHCR"}
"""Codes where the dictionary has only a general or a wrong one (GUAM was read as the island)."""
PART_OF = {"unsc": "org:un", "unga": "org:un", "unhcr": "org:un", "ohchr": "org:un", "unrwa": "org:un",
           "unicef": "org:un", "wfp": "org:un", "who": "org:un", "iaea": "org:un", "icj": "org:un",
           "eu-commission": "org:eu", "eu-council": "org:eu", "ep": "org:eu", "osce-minsk": "org:osce"}


def group_rows(shared: Path) -> list[GroupRow]:
    """Armed groups, and movements named like them, with the states they act in: the first is where they are at home."""
    found = []
    states = {row["iso3"]: f"st:{row['id']}" for row in raw(shared, "countries")} | {"XKX": "st:xk"}
    for row in [*raw(shared, "armed_groups"), *hand("groups")]:
        if row["id"] in ("saf", "azov"):
            continue
        cameo = row["cameo_hand"]
        sector = GROUP_SECTOR.get(row["id"]) or next(
            (code for code in ("MIL", "PRM", "OPP", "GOV", "REL", "UAF", "CRM", "PTY") if cameo[3:6] == code), "REB")
        countries = ";".join(states[code] for code in row["countries"].split(";") if code in states)
        found.append(GroupRow(f"gr:{row['id']}", row["name"], cameo or None, sector, countries or None,
                              row["valid_from"] or None, row["valid_to"] or None, "phoenix;hand"))
    return found


GROUP_SECTOR = {"isis": "REB", "alqaeda": "REB", "fatah": "PTY", "plo": "REB", "pyd": "PTY", "peshmerga": "MIL",
                "vrs": "MIL", "artsakh-army": "MIL", "chechen-ichkeria": "REB"}


def body_names(shared: Path) -> list[NameRow]:
    """Other names of organisations, bodies, blocs and groups, and the metonyms of governments."""
    found = []
    for table, prefix in (("organisations", "org"), ("armed_groups", "gr")):
        for row in raw(shared, table):
            if row["id"] in ("saf", "azov") and prefix == "gr":
                continue
            for name in row["aliases"].split(";"):
                if name and name not in NOT_ALIASES:
                    found.append(_name(f"{prefix}:{row['id']}", name, row["valid_from"], row["valid_to"],
                                       "phoenix;hand"))
    for table, prefix in (("bodies", "org"), ("blocs", "org"), ("groups", "gr")):
        for row in hand(table):
            names = row.get("names") or row.get("aliases") or ""
            for name in filter(None, names.split(";")):
                since, until = row.get("since") or row.get("valid_from"), row.get("until") or row.get("valid_to")
                found.append(_name(f"{prefix}:{row['id'].lower()}", name, since or "", until or "", "hand"))
    found += [NameRow(row["entity"], row["name"], row["kind"], "en", row["organ"] or None, None, None,
                      row["ambiguous"] or None, "hand") for row in hand("more_names")]
    return found + metonyms(shared)


AMBIGUOUS = frozenset({"IS", "WHO", "PA", "EC", "AP", "MIT", "GOP", "PAN", "PRI", "IRA", "ETA", "CAR", "CIS", "NAM",
                       "Congress", "Senate", "Islamic State", "Commonwealth", "the Commonwealth", "Western", "Quad",
                       "the Quad", "AU", "ASG", "DPR", "LPR", "FAO", "IDB", "RSF", "SPLA", "ALBA", "ECO", "Meta", "MEK",
                       "General Assembly", "Security Council", "West", "Baltic", "AA", "Anadolu", "Arab", "BLA", "ISI",
                       "EAC", "NLA", "Rada", "Interfax", "Diet", "Majlis", "Islamic Jihad", "RAW", "PPP", "NPC", "CPC"})


def _name(entity: str, name: str, since: str, until: str, source: str) -> NameRow:
    plain = name.replace(".", "")
    kind = "abbrev" if plain.isupper() and len(plain) <= 7 and " " not in plain else "alias"
    return NameRow(entity, name, kind, "en", None, since or None, None, "1" if name in AMBIGUOUS else None, source)


ORGAN_ONLY = frozenset({"Congress", "Foreign Office", "FCDO", "FCO", "State Department", "US State Department", "CIA",
                        "Pentagon", "the Pentagon", "Rada", "Verkhovna Rada", "Bundestag", "Auswärtiges Amt",
                        "German Foreign Office", "Tobruk", "the Capitol"})
"""Metonyms of the raw table that stand as bodies of their own."""


def metonyms(shared: Path) -> list[NameRow]:
    """Palaces, streets and capitals that stand for a government or an office of it."""
    states = {row["iso3"]: f"st:{row['id']}" for row in raw(shared, "countries")} | {"XKX": "st:xk"}
    found = []
    for row in raw(shared, "metonyms"):
        actor = row["actor"]
        entity = states.get(actor) or METONYM_PLACES.get(actor, f"org:{actor}")
        for name in (row["name"].replace(" (Berlin)", ""), *row["aliases"].split(";")):
            if name and name not in ORGAN_ONLY:
                lang = "en" if name.isascii() or name[0] in "ÉBD" else None
                found.append(NameRow(entity, name, "metonym", lang, row["organ"], source="hand"))
    return found


METONYM_PLACES = {"x-artsakh": "pl:nagorno-karabakh", "x-abkhazia": "pl:abkhazia",
                  "x-south-ossetia": "pl:south-ossetia", "x-transnistria": "pl:transnistria"}


def member_rows(shared: Path, by_iso3: dict[str, str]) -> list[MemberRow]:
    """Who belongs to what, and since when; the hand table corrects what the sources have stale."""
    found: dict[tuple[str, str, str], MemberRow] = {}
    for row in raw(shared, "org_members"):
        member = by_iso3.get(row["country"])
        if member is None:
            continue
        role = row["role"] or "member"
        key = (f"org:{row['org']}", member, role)
        source = "factbook" if "factbook" in row["source"] else "cow-igo"
        old = found.get(key)
        since = row["valid_from"] or (old.since if old else None) or None
        until = row["valid_to"] if source == "cow-igo" and row["valid_to"] < "2014" else None
        joined = source if old is None or old.source == source else f"{old.source};{source}"
        found[key] = MemberRow(*key, since or None, (None if old and old.until is None else until) or None,
                               max(row["as_of"] or "", (old.as_of or "") if old else "") or None, joined)
    for row in hand("members"):
        member = by_iso3[row["member"]]
        key = (f"org:{row['org']}", member, row["role"] or "member")
        if row["op"] == "not":
            found.pop(key, None)
            continue
        old = found.get(key)
        sources = [*old.source.split(";")] if old else []
        sources += [f"page:{row['page']}"] if row["page"] else []
        found[key] = MemberRow(*key, row["since"] or (old.since if old else None) or None, row["until"] or None, None,
                               ";".join([*dict.fromkeys(sources), "hand"]))
    for row in hand("blocs"):
        for code in filter(None, row["members"].split(";")):
            key = (f"org:{row['id'].lower()}", by_iso3[code], "member")
            found[key] = MemberRow(*key, source="hand")
    for key, member in list(found.items()):
        if key[0] == "org:arab-league" and key[2] == "member":
            found["org:arab-states", key[1], "member"] = MemberRow("org:arab-states", key[1], source=member.source)
    return list(found.values())
