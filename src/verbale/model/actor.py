"""Actors: states, organisations, groups and people that act in the record."""

import msgspec

ACTOR_KINDS = ("state", "organisation", "person", "group", "bloc", "territory", "place", "population", "unnamed")


class Actor(msgspec.Struct, frozen=True):
    """Someone who can meet, speak or act, as of the report's day.

    Ids: `st:tr`, `org:nato`, `pe:lavrov-sergey`, `gr:pkk`.

    People the tables do not know get an id from their name and affiliation (`pn:…`) and are actors of the record alike.
    """

    id: str
    kind: str
    name: str
    code: str | None = None
    """CAMEO actor code on that day: RUS, RUSGOV, IGOUNO; None where none fits."""
    country: str | None = None
    """ISO 3166 alpha-3 (Kosovo XKX) of the state it belongs to."""
    sector: str | None = None
    """PLOVER sector: GOV, MIL, LEG, JUD, SPY, OPP, REB, COP, IGO, NGO, MED, BUS, CVL ..."""
    office: str | None = None
    """The office held on that day, in words: "foreign minister of Russia"."""
    office_kind: str | None = None
    """foreign_minister, head_of_state, head_of_government, defence_minister, spokesperson, head_of_body ..."""
    gender: str | None = None
    """f or m, where a table or a word of the text says so."""
    status: str | None = None
    """How the office is known: confirmed, single, unverified, or None where the text itself names it."""
