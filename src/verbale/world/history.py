"""Who held an office of a state one after another, with the stretches that no row tells marked as gaps."""

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from verbale.model.when import Period
from verbale.world.who import STATUS_WORDS, until_words

if TYPE_CHECKING:
    from verbale.world.world import World

CHAIRS = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister")
"""The offices whose gaps the tables mark, from 1990 on."""
GAP = "gap"


class Stretch(msgspec.Struct, frozen=True):
    """Claims: someone held an office of a state in these days; or, as a gap, that no row says who did."""

    office: str
    of: str
    since: date | None
    until: date | None
    """The day after the last; None where no end is known."""
    status: str
    """confirmed, single, attested, unverified; `gap` where nobody is known."""
    person: str | None = None
    name: str | None = None
    acting: bool = False
    source: str = ""
    line: str = ""
    """The stretch as a sentence."""


def state_named(world: "World", name: str) -> str | None:
    """The state, territory or body that a name, a code (TUR) or an id (st:tr) means; None where no table knows it."""
    if world.place(name) is not None or name in world.orgs:
        return name
    found = world.state_with_code(name.upper())
    if found is not None:
        return found
    entities = [entry.entity for entry in world.named(name) if entry.entity.startswith(("st:", "org:"))]
    return entities[0] if entities else None


def history(world: "World", of: str, office: str) -> list[Stretch]:
    """All terms of an office of a state or body, and its gaps, by their first day."""
    held = [
        Stretch(office, of, term.since, term.until, term.status, term.person, world.label(term.person), term.acting,
                term.source, f"{term.since or 'an unknown day'}, {until_words(term)}: {world.label(term.person)}"
                + (" (acting)" if term.acting else "")
                + f": {term.status} ({STATUS_WORDS.get(term.status, term.status)}; {term.source})")
        for term in world.holders(office, of)
    ]
    return sorted([*held, *(_gap(office, of, one) for one in world.gaps(office, of))],
                  key=lambda one: (one.since or date.min, one.status == GAP))


def _gap(office: str, of: str, period: Period) -> Stretch:
    line = f"{period.since}, until {period.until}: gap: no source says who held it"
    return Stretch(office, of, period.since, period.until, GAP, line=line)
