"""Cities worth knowing: the large ones, the capitals, and towns where states meet."""

from pathlib import Path

from verbale.world.rows import CityRow, PlaceRow
from verbale.world.spellings import fold
from worldmaking.people import GIVEN_NAMES
from worldmaking.reading import hand, raw, slug
from worldmaking.states import state_id

LARGE = 100_000
"""Inhabitants: 6,183 cities of the raw table have as many. At 50,000 the table doubles and village names that are
also surnames and words come in."""


GREAT = 400_000
"""A city that is called like a person must have as many people: George in South Africa and Elizabeth in New Jersey are
hardly ever meant."""


def people_words(shared: Path) -> set[str]:
    """Given names and surnames of office-holders, folded."""
    found = set(GIVEN_NAMES)
    for table in ("office_holders_core", "office_holders_other"):
        for row in raw(shared, table):
            if row["country"] in ENGLISH_NAMES:
                found.update(fold(row["person"]).split())
    return found


ENGLISH_NAMES = frozenset(["USA", "GBR", "CAN", "AUS", "NZL", "IRL", "ZAF", "JAM"])


def city_rows(shared: Path) -> list[CityRow]:
    """Cities of at least LARGE inhabitants, capitals, and those that our hand list names."""
    by_hand = hand("cities")
    surnames = people_words(shared)
    extra = {(row["country"], fold(row["name"])): row for row in by_hand}
    capital_names = {(row["iso2"].lower(), fold(name)) for row in raw(shared, "countries")
                     for name in row["capital"].split(";")}
    capital_names |= {(row["state"], fold(name)) for row in hand("capitals") for name in row["capitals"].split(";")}
    found: dict[str, CityRow] = {}
    seen: set[tuple[str, str]] = set()
    for row in raw(shared, "cities"):
        country = row["country"].lower()
        key = (country, fold(row["name"]))
        if key in seen or row["name"] in NOT_CITIES:
            continue
        added = extra.pop(key, None)
        if int(row["population"]) < LARGE and added is None and key not in capital_names:
            continue
        if key[1] in surnames and int(row["population"]) < GREAT and added is None and key not in capital_names:
            continue
        seen.add(key)
        names = added["names"] if added else None
        found[row["geonameid"]] = CityRow(f"ct:{row['geonameid']}", row["name"], state_id(country), float(row["lat"]),
                                          float(row["lon"]), int(row["population"]), names or None,
                                          "geonames" + (";hand" if added else ""))
    rows = list(found.values())
    for (country, key), row in extra.items():
        rows.append(CityRow(f"ct:{country}-{key.replace(' ', '-').replace(chr(39), '')}", row["name"],
                            state_id(country), float(row["lat"]), float(row["lon"]), None, row["names"] or None,
                            "hand"))
    return rows


NOT_CITIES = frozenset([
    "Of", "Reading", "Mobile", "Orange", "Enterprise", "Independence", "Police", "Union", "Hub", "Erode", "Shaping",
    "Man", "Simmering", "Surprise", "Centennial", "Oral", "Commonwealth", "Corona", "Delta", "Springs", "Saga", "Ann",
    "Ho", "San", "Bo", "Concord", "Paradise", "Same", "Bar", "Ota", "Ede", "Aba", "Mau",
])
"""Names of cities that are first of all words; Nice and Reading stand in the hand list with their context."""


def capitals(shared: Path, cities: list[CityRow]) -> dict[str, str]:
    """Ids of each state's capitals, the seat of government first; by the state's own two letters."""
    by_name = {(row.country, fold(name)): row.id for row in cities
               for name in (row.name, *(row.names or "").split(";"))}
    by_hand = {row["state"]: row["capitals"] for row in hand("capitals")}
    found = {}
    for row in raw(shared, "countries"):
        names = by_hand.get(row["id"], row["capital"])
        ids = [by_name.get((state_id(row["id"]), fold(name))) for name in names.split(";") if name]
        if any(ids):
            found[row["id"]] = ";".join(filter(None, ids))
    return found


AS_STATES = frozenset({"Western Sahara", "Falkland Islands", "Greenland"})
"""Territories that stand among the states."""


def other_places(shared: Path, by_iso3: dict[str, str]) -> tuple[list[PlaceRow], list[dict[str, str]]]:
    """Seas, regions, disputed areas, bases and venues, and the other names they go by."""
    raw_rows = [row | {"from": "hand"} for row in raw(shared, "regions_seas")]
    rows, names = [], []
    for row in raw_rows + [row | {"from": "hand"} for row in hand("places")]:
        if row["kind"] == "place" or row["name"] in AS_STATES:
            continue
        place_id = f"pl:{slug(row['name'])}"
        parents = ";".join(by_iso3[code] for code in row["countries"].split(";") if code in by_iso3)
        cameo = {"pl:abkhazia": "GEO", "pl:transnistria": "MDA"}.get(place_id)
        lat, lon = (float(row[column]) if row[column] else None for column in ("lat", "lon"))
        rows.append(PlaceRow(place_id, row["kind"], row["name"], cameo=cameo, lat=lat, lon=lon, parent=parents or None,
                             source=row["from"]))
        names += [{"entity": place_id, "name": name} for name in row["aliases"].split(";") if name]
    return rows, names
