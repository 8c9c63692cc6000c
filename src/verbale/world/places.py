"""States, territories, cities, seas and other places, as the tables know them."""

from datetime import date

import msgspec

from verbale.world.offices import days_of
from verbale.world.rows import CityRow, PlaceRow
from verbale.world.tables import parts


class Place(msgspec.Struct, frozen=True):
    """Somewhere on the map: what kind, where (degrees; None unknown), and the state it lies in or is."""

    id: str
    kind: str
    """state, former, territory, disputed, city, sea, strait, canal, region, base, venue."""
    name: str
    lat: float | None
    lon: float | None
    state: str | None
    """Id of the state; its own id for a state; None for seas and what lies in several."""
    iso3: str | None = None
    population: int | None = None
    capitals: tuple[str, ...] = ()


class Places:
    """Places by id, and which city is whose capital."""

    def __init__(self, places: list[PlaceRow], cities: list[CityRow]) -> None:
        self.rows = {row.id: row for row in places}
        self._cities = {row.id: row for row in cities}
        self.state_by_iso3: dict[str, str] = {}
        self.state_by_capital: dict[str, str] = {}
        for row in places:
            if row.iso3 and row.kind in ("state", "territory"):
                self.state_by_iso3.setdefault(row.iso3, row.id)
            for capital in parts(row.capitals):
                self.state_by_capital.setdefault(capital, row.id)

    def __contains__(self, place_id: str) -> bool:
        return place_id in self.rows or place_id in self._cities

    def get(self, place_id: str) -> Place | None:
        """The place of an id; None where no table has it."""
        row = self.rows.get(place_id)
        if row is not None:
            capitals = tuple(parts(row.capitals))
            lat, lon = row.lat, row.lon
            if lat is None and capitals and capitals[0] in self._cities:
                lat, lon = self._cities[capitals[0]].lat, self._cities[capitals[0]].lon
            return Place(row.id, row.kind, row.name, lat, lon, self.state_of(row.id), row.iso3, None, capitals)
        city = self._cities.get(place_id)
        if city is None:
            return None
        return Place(city.id, "city", city.name, city.lat, city.lon, city.country, self.iso3(city.country),
                     city.population)

    def state_of(self, place_id: str) -> str | None:
        """The state that a place lies in; a state's own id; None for seas and for places of several states."""
        city = self._cities.get(place_id)
        if city is not None:
            return city.country
        row = self.rows.get(place_id)
        if row is None:
            return None
        return row.id if row.kind in ("state", "former") or not row.parent else row.parent.split(";")[0]

    def iso3(self, state: str | None) -> str | None:
        row = self.rows.get(state or "")
        return row.iso3 if row else None

    def exists(self, place_id: str, day: date) -> bool:
        """Whether a state existed on a day; True for places without dates."""
        row = self.rows.get(place_id)
        since, until = days_of(row.since if row else None), days_of(row.until if row else None)
        return not (since and since.since and since.since > day) and not (until and until.since and until.since <= day)
