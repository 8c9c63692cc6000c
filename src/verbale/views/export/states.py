"""Codes of states in the systems that data sets are joined by."""

from functools import lru_cache

import msgspec

from verbale.tables.load import csv_rows, data_folder
from verbale.world.rows import PlaceRow


class StateCodes(msgspec.Struct, frozen=True):
    """One state's name and codes; None where a system has none for it."""

    name: str
    iso3: str
    iso2: str | None
    isonum: str | None
    cow: str | None
    gw: str | None
    fips: str | None


@lru_cache(maxsize=1)
def states() -> dict[str, StateCodes]:
    """Codes by ISO alpha-3. Today's state where a code passed from an older one."""
    rows = [row for row in csv_rows(data_folder() / "world" / "places.csv", PlaceRow) if row.iso3]
    rows.sort(key=lambda row: (row.until or "9999", row.kind == "state"))
    return {row.iso3: StateCodes(row.name, row.iso3, row.iso2, row.isonum, row.cow, row.gw, row.fips)
            for row in rows if row.iso3}


@lru_cache(maxsize=1)
def places() -> dict[str, tuple[str, float | None, float | None, str | None]]:
    """Name, latitude, longitude and state (ISO alpha-3) by the id of a place or city."""
    from verbale.world.rows import CityRow

    rows = csv_rows(data_folder() / "world" / "places.csv", PlaceRow)
    iso3 = {row.id: row.iso3 for row in rows}
    found = {row.id: (row.name, row.lat, row.lon, row.iso3 or iso3.get(row.parent or "")) for row in rows}
    found |= {row.id: (row.name, row.lat, row.lon, iso3.get(row.country))
              for row in csv_rows(data_folder() / "world" / "cities.csv", CityRow)}
    return found
