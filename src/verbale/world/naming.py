"""From the tables' rows to the surface forms that the gazetteer looks for."""

from collections.abc import Iterator

from msgspec.structs import replace

from verbale.world.gazetteer import NameEntry
from verbale.world.offices import days_of
from verbale.world.rows import NameRow
from verbale.world.tables import Tables, parts


def name_entries(tables: Tables) -> list[NameEntry]:
    """Every surface form of every table, with what it may mean."""
    told = [*_names(tables["names"]), *_places(tables), *_bodies(tables)]
    known = {(entry.entity, entry.form) for entry in told}
    spelt = [other for entry in told for other in _spelt_out(entry) if (other.entity, other.form) not in known]
    return [*told, *spelt, *_cities(tables), *_people(tables), *_officials(tables)]


SPELT = {
    "US ": ("U.S. ", "United States "), "UN ": ("U.N. ", "United Nations "), "UK ": ("U.K. ", "United Kingdom "),
    "EU ": ("E.U. ", "European Union "),
}
"""What a name may begin with, and the other ways in which the news writes that."""
BOTH_WAYS = (("Organisation", "Organization"), ("Centre", "Center"), ("Defence", "Defense"), ("Programme", "Program"),
             ("Labour", "Labor"), ("Co-operation", "Cooperation"))
"""Words of bodies' names that are written in a British and an American way."""


def _spelt_out(entry: NameEntry) -> Iterator[NameEntry]:
    """The same name written otherwise: "United Nations Refugee Agency", "Organization of African Unity"."""
    for other in SPELT.get(entry.form[:3], ()):
        yield replace(entry, form=other + entry.form[3:])
    if entry.entity.startswith("org:"):
        for pair in BOTH_WAYS:
            for one, other in (pair, pair[::-1]):
                if one in entry.form and other not in entry.form:
                    yield replace(entry, form=entry.form.replace(one, other))


def _names(rows: list[NameRow]) -> Iterator[NameEntry]:
    for row in rows:
        since, until = days_of(row.since), days_of(row.until)
        yield NameEntry(row.entity, row.kind, row.name, row.organ, since.since if since else None,
                        until.since if until else None, bool(row.ambiguous))


def _places(tables: Tables) -> Iterator[NameEntry]:
    for row in tables["places"]:
        yield NameEntry(row.id, "short", row.name)
        if row.official:
            yield NameEntry(row.id, "official", row.official)


def _bodies(tables: Tables) -> Iterator[NameEntry]:
    for table in ("orgs", "groups"):
        for row in tables[table]:
            yield NameEntry(row.id, "official", row.name)


def _cities(tables: Tables) -> Iterator[NameEntry]:
    for row in tables["cities"]:
        yield NameEntry(row.id, "short", row.name)
        for name in parts(row.names):
            yield NameEntry(row.id, "alias", name)


def _people(tables: Tables) -> Iterator[NameEntry]:
    for row in tables["people"]:
        for name in (row.name, *parts(row.aliases)):
            whole = " " in name or "-" in name
            yield NameEntry(row.id, "full name" if whole else "surname", name, ambiguous=not whole)
        for name in parts(row.shorts):
            yield NameEntry(row.id, "surname", name, ambiguous=True)


def _officials(tables: Tables) -> Iterator[NameEntry]:
    known = {(row.id, row.name) for row in tables["people"]}
    for row in tables["officials"]:
        if (row.person, row.name) not in known:
            known.add((row.person, row.name))
            yield NameEntry(row.person, "full name", row.name)
