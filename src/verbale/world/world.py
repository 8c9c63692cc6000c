"""The world: states, bodies, people and places, and who held which office on which day."""

import re
from collections import defaultdict
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from verbale.model.actor import Actor
from verbale.model.when import Period
from verbale.world.gazetteer import Gazetteer, NameEntry, Surface
from verbale.world.naming import name_entries
from verbale.world.offices import Offices, Tenure, days_of
from verbale.world.places import Place, Places
from verbale.world.rows import GroupRow, OrgRow, PersonRow
from verbale.world.spellings import fold
from verbale.world.tables import Tables, load_tables, no_collecting, parts

STATE_OFFICE_OF = {
    "foreign_minister": "foreign minister of", "defence_minister": "defence minister of",
    "head_of_state": "head of state of", "head_of_government": "head of government of",
}


class KnownDay(msgspec.Struct, frozen=True):
    """A dated event: a text that tells it as past was written on `since` or later."""

    id: str
    label: str
    since: date
    words: tuple[str, ...]
    source: str


class Answer(msgspec.Struct, frozen=True):
    """What we know of a person on a day: the actor, the terms that say so, and one sentence of explanation for each."""

    actor: Actor
    tenures: tuple[Tenure, ...]
    lines: tuple[str, ...]


class World:
    """All world tables, with look-up by id, by name and by day."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.places = Places(tables["places"], tables["cities"])
        self.people: dict[str, PersonRow] = {row.id: row for row in tables["people"]}
        for row in tables["officials"]:
            if row.person not in self.people:
                self.people[row.person] = PersonRow(row.person, row.name, row.of, source=row.source)
        self.orgs: dict[str, OrgRow] = {row.id: row for row in tables["orgs"]}
        self.groups: dict[str, GroupRow] = {row.id: row for row in tables["groups"]}

    # -- names ---------------------------------------------------------------------------------------------------

    @cached_property
    def gazetteer(self) -> Gazetteer:
        with no_collecting():
            return Gazetteer(name_entries(self.tables))

    def find(self, text: str, start: int = 0, stop: int | None = None) -> list[Surface]:
        """Every known name in a text (or a stretch of it), in order, without overlap; spans count `text`'s letters."""
        return self.gazetteer.find(text, start, stop)

    def named(self, words: str) -> list[NameEntry]:
        """What a whole name may mean, whatever its case and marks."""
        return self.gazetteer.named(words)

    @staticmethod
    def fold(text: str) -> str:
        """The plain spelling that names are compared by."""
        return fold(text)

    def people_named(self, name: str, period: Period | None = None) -> list[str]:
        """Ids of the people a whole name or a surname may mean; with a period, those in an office then come first."""
        found = list(dict.fromkeys(entry.entity for entry in self.named(name) if entry.entity.startswith("pe:")))
        if period is None:
            return found
        return sorted(found, key=lambda person: not self.offices.of_person(person, period))

    # -- offices -------------------------------------------------------------------------------------------------

    @cached_property
    def offices(self) -> Offices:
        return Offices(self.tables["tenures"], self.tables["offices"], self.tables["officials"])

    def holders(self, office_kind: str, of: str, period: Period | None = None) -> list[Tenure]:
        """Who held an office (`foreign_minister`, `st:tr`) in a period, by first day; empty where no row says."""
        return self.offices.of_chair(office_kind, of, period)

    def offices_of(self, person: str, period: Period | None = None) -> list[Tenure]:
        """A person's terms of office that meet a period, the highest office first."""
        return self.offices.of_person(person, period)

    def gaps(self, office_kind: str, state: str) -> list[Period]:
        """The stretches since 1990 for which no row says who held an office of a state: marked, not filled by guess."""
        return [Period(since.since, until.since) for row in self.tables["gaps"]
                if row.office == office_kind and row.of == state
                and (since := days_of(row.since)) and (until := days_of(row.until))]

    # -- states, bodies, places ----------------------------------------------------------------------------------

    def place(self, place_id: str) -> Place | None:
        """Where and what a place is; None where no table has the id."""
        return self.places.get(place_id)

    def state_of(self, entity: str) -> str | None:
        """Id of the state that a place, organ, group or person belongs to; None for none or several."""
        if entity in self.places:
            return self.places.state_of(entity)
        if entity in self.orgs:
            return self.orgs[entity].country
        if entity in self.groups:
            return next(parts(self.groups[entity].countries), None)
        if entity in self.people:
            return self.people[entity].country
        return None

    def state_with_code(self, iso3: str) -> str | None:
        """Id of the state with an ISO 3166 alpha-3 code (Kosovo XKX)."""
        return self.places.state_by_iso3.get(iso3)

    def capital_of(self, state: str) -> str | None:
        """Id of the city where a state's government sits; None where no table says."""
        place = self.places.get(state)
        return place.capitals[0] if place and place.capitals else None

    def state_with_capital(self, city: str) -> str | None:
        """Id of the state whose capital, or one of whose capitals, a city is."""
        return self.places.state_by_capital.get(city)

    @cached_property
    def _members(self) -> dict[str, list[tuple[str, str, Period]]]:
        found: dict[str, list[tuple[str, str, Period]]] = defaultdict(list)
        for row in self.tables["members"]:
            first, last = days_of(row.since), days_of(row.until)
            period = Period(first.since if first else None, last.since if last else None)
            found[row.org].append((row.member, row.role, period))
        return found

    def members(self, org: str, day: date | None = None, role: str = "member") -> list[str]:
        """Ids of the states in an organisation or bloc on a day (any time, without a day), by id."""
        return sorted({member for member, its_role, period in self._members.get(org, ())
                       if its_role == role and (day is None or period.contains(day))})

    @cached_property
    def known_days(self) -> tuple[KnownDay, ...]:
        """Dated events that bound a text's day when it tells them as past, by day."""
        found = [KnownDay(row.id, row.label, days.since, tuple(parts(row.words)), row.source)
                 for row in self.tables["known_days"] if (days := days_of(row.since)) and days.since]
        return tuple(sorted(found, key=lambda one: one.since))

    # -- actors --------------------------------------------------------------------------------------------------

    def actor(self, entity: str, period: Period | None = None) -> Actor | None:
        """The actor of an id as of some days: a person with the office held then. None where no table has the id."""
        if entity in self.people:
            return self._person(self.people[entity], period)
        if entity in self.orgs:
            return self._org(self.orgs[entity])
        if entity in self.groups:
            return self._group(self.groups[entity])
        return self._place_actor(entity)

    def _place_actor(self, entity: str) -> Actor | None:
        place = self.places.get(entity)
        if place is None:
            return None
        state = place.state
        kind = {"state": "state", "former": "state", "territory": "territory", "disputed": "territory"}.get(
            place.kind, "place")
        row = self.places.rows.get(entity)
        code = row.cameo if row and row.cameo else self._cameo(state)
        sector = "PRE" if kind == "territory" and place.kind == "disputed" else None
        return Actor(entity, kind, place.name, code, self.places.iso3(state), sector)

    def _org(self, row: OrgRow) -> Actor:
        kind = "bloc" if row.kind == "bloc" else "organisation"
        code = row.cameo or (f"{self._cameo(row.country)}{row.sector or ''}" if row.country else None)
        return Actor(row.id, kind, row.name, code, self.places.iso3(row.country), row.sector)

    def _group(self, row: GroupRow) -> Actor:
        state = next(parts(row.countries), None)
        return Actor(row.id, "group", row.name, row.cameo, self.places.iso3(state), row.sector)

    def _person(self, row: PersonRow, period: Period | None) -> Actor:
        held = self.offices.main(row.id, period)
        if held is None:
            code = self._cameo(row.country)
            return Actor(row.id, "person", row.name, code, self.places.iso3(row.country), None, gender=row.gender)
        kind = self.offices.kinds.get(held.office_kind)
        sector = kind.sector if kind else None
        return Actor(row.id, "person", row.name, self._office_code(held, sector), self._country_of(held, row), sector,
                     office_words(self, held), held.office_kind, row.gender, held.status_in(period))

    def _country_of(self, held: Tenure, row: PersonRow) -> str | None:
        if held.of in self.orgs and not self.orgs[held.of].country:
            return None
        return self.places.iso3(self.state_of(held.of) or row.country)

    def _office_code(self, held: Tenure, sector: str | None) -> str | None:
        if held.of in self.orgs:
            return self._org(self.orgs[held.of]).code
        base = self._cameo(held.of)
        return f"{base}{sector or ''}" if base else None

    def _cameo(self, state: str | None) -> str | None:
        row = self.places.rows.get(state or "")
        return (row.cameo or row.iso3) if row else None

    def label(self, entity: str) -> str:
        """A name for people to read; the id itself where no table has it."""
        for rows in (self.people, self.orgs, self.groups, self.places.rows):
            if entity in rows:
                return rows[entity].name
        place = self.places.get(entity)
        return place.name if place else entity

    # -- who -----------------------------------------------------------------------------------------------------

    def who(self, name: str, day: date | None = None) -> list[Answer]:
        """Everyone a name may mean, with the offices held on a day (or ever) and where each is known from."""
        from verbale.world.who import answers

        return answers(self, name, day)


HEAD_TITLES = {
    "president": "president", "federal president": "president", "acting president": "acting president",
    "prime minister": "prime minister", "acting prime minister": "acting prime minister", "chancellor": "chancellor",
    "federal chancellor": "chancellor", "taoiseach": "taoiseach", "premier": "premier", "king": "king",
    "queen": "queen", "monarch": "monarch", "emir": "emir", "sultan": "sultan", "emperor": "emperor", "pope": "pope",
    "premier of the state council": "premier", "president of the government": "prime minister",
    "chairman of the council of ministers": "prime minister", "president of the council of ministers": "prime minister",
}
"""How heads of state and government are called, by the label of the table."""


def office_words(world: World, held: Tenure) -> str:
    """An office in words: "foreign minister of Russia", "president of Turkey"."""
    title = HEAD_TITLES.get((held.label or "").lower())
    if title and held.office_kind in ("head_of_state", "head_of_government"):
        return f"{title} of {with_article(world.label(held.of))}"
    kind = world.offices.kinds.get(held.office_kind)
    label = kind.label if kind and kind.chair == "one" and held.of.startswith("st:") else (held.label or (
        kind.label if kind else held.office_kind.replace("_", " ")))
    if " of " in label and held.of.startswith("org:"):
        return label
    return f"{label} of {with_article(world.label(held.of))}"


WANTS_ARTICLE = re.compile(
    r"(United|Republic|Democratic|Federal|European|International|World|African|Arab|Organi[sz]ation|Organization|Council|"
    r"Association|Commonwealth|Netherlands|Philippines|Bahamas|Gambia|Maldives|Seychelles|Comoros|Holy See|UN )|"
    r".*(Islands|Republic|Emirates|Union|Nations|League|Organi[sz]ation|Community|Council|Court|Commission|Parliament|Bank|"
    r"Fund|Agency|Assembly|Treaty Organization)$")


def with_article(name: str) -> str:
    """A name as English has it after "of": "the Netherlands", "Norway"."""
    return f"the {name}" if WANTS_ARTICLE.match(name) else name


@lru_cache(maxsize=2)
def load_world(overlay: Path | None = None) -> World:
    """The world of the package's tables, with a user's folder of corrections laid over them where one is given.

    Raises BadTable (file, line, column, found, wanted) where a table or the overlay is wrong; nothing is then loaded.
    """
    return World(load_tables(overlay))
