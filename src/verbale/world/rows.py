"""The rows of the world tables. A row type is its file's schema; its fields are the columns, in their order."""

import msgspec

NAME_KINDS = (
    "official", "short", "adjective", "demonym", "metonym", "alias", "abbrev", "translit", "misspelling", "full name",
    "surname", "title",
)
TENURE_STATUSES = ("confirmed", "single", "unverified", "attested")


class PlaceRow(msgspec.Struct, frozen=True, array_like=True):
    """A state, territory, former state, disputed area, sea, region, base or venue, with its codes and where it lies."""

    id: str
    kind: str
    name: str
    official: str | None = None
    iso2: str | None = None
    iso3: str | None = None
    isonum: str | None = None
    cow: str | None = None
    gw: str | None = None
    fips: str | None = None
    cameo: str | None = None
    qid: str | None = None
    lat: float | None = None
    lon: float | None = None
    parent: str | None = None
    capitals: str | None = None
    """Ids of cities, parted by `;`, the seat of government first."""
    un_since: str | None = None
    """Day it became a member of the United Nations; None for no member."""
    since: str | None = None
    until: str | None = None
    source: str = ""


class CityRow(msgspec.Struct, frozen=True, array_like=True):
    """A city or town, with the state it lies in by the world's common reckoning."""

    id: str
    name: str
    country: str
    lat: float
    lon: float
    population: int | None = None
    names: str | None = None
    """Other spellings, parted by `;`."""
    source: str = ""


class NameRow(msgspec.Struct, frozen=True, array_like=True):
    """One surface form of one entity."""

    entity: str
    name: str
    kind: str
    lang: str | None = None
    organ: str | None = None
    """Of a metonym: head_of_state, government, foreign_ministry, legislature ..."""
    since: str | None = None
    until: str | None = None
    ambiguous: str | None = None
    """`1` where the words also mean something else in the news."""
    source: str = ""


class OrgRow(msgspec.Struct, frozen=True, array_like=True):
    """An international organisation, a body of one, a bloc of states, or a national institution with its own name."""

    id: str
    kind: str
    """igo, ngo, bloc, organ (of a state), firm, media, party, university."""
    name: str
    cameo: str | None = None
    country: str | None = None
    """Id of the state an organ or a firm belongs to."""
    sector: str | None = None
    part_of: str | None = None
    seat: str | None = None
    since: str | None = None
    until: str | None = None
    source: str = ""


class MemberRow(msgspec.Struct, frozen=True, array_like=True):
    """A state's time in an organisation or a bloc."""

    org: str
    member: str
    role: str = "member"
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    source: str = ""


class GroupRow(msgspec.Struct, frozen=True, array_like=True):
    """An armed or political group that no state answers for."""

    id: str
    name: str
    cameo: str | None = None
    sector: str | None = None
    countries: str | None = None
    since: str | None = None
    until: str | None = None
    source: str = ""


class PersonRow(msgspec.Struct, frozen=True, array_like=True):
    """A person, with all spellings we look for."""

    id: str
    name: str
    country: str | None = None
    gender: str | None = None
    born: int | None = None
    qid: str | None = None
    shorts: str | None = None
    """What the news calls the person at second mention, parted by `;`: "Lavrov", "Le Drian", "Xi"."""
    aliases: str | None = None
    """Other spellings of the whole name, parted by `;`."""
    source: str = ""


class OfficeRow(msgspec.Struct, frozen=True, array_like=True):
    """A kind of office: whether one person holds it, and how its holder is coded."""

    kind: str
    label: str
    """As in "foreign minister"."""
    sector: str
    second_sector: str | None = None
    chair: str = "one"
    """one, or many where several hold it at a time."""
    rank: int = 9
    """What a person is called by who holds several: 1 first."""
    source: str = ""


class TenureRow(msgspec.Struct, frozen=True, array_like=True):
    """A person's time in an office: from its first day up to, not with, its last."""

    person: str
    office: str
    of: str
    label: str | None = None
    since: str | None = None
    until: str | None = None
    end: str | None = None
    """`unknown` where the end is only taken from the successor's start, `memory` where no source gives it."""
    as_of: str | None = None
    """Up to when an open term was seen to go on."""
    acting: str | None = None
    """`acting` or `shared` where the chair may have another holder on the same days."""
    status: str = "single"
    source: str = ""


class OfficialRow(msgspec.Struct, frozen=True, array_like=True):
    """A lesser official's time in an office, in one row: other ministers, governors, judges, ambassadors."""

    person: str
    """The id in people.csv where the person stands there too."""
    name: str
    of: str
    office: str
    label: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    source: str = ""


class GapRow(msgspec.Struct, frozen=True, array_like=True):
    """A stretch of days for which no row says who held a main office of a state."""

    office: str
    of: str
    since: str
    until: str
    source: str = ""


class TopicRow(msgspec.Struct, frozen=True, array_like=True):
    """A topic of international affairs."""

    id: str
    label: str
    family: str
    parent: str | None = None
    source: str = ""


class TopicTermRow(msgspec.Struct, frozen=True, array_like=True):
    """Words that tell a topic: strong ones alone, weak ones in company."""

    topic: str
    term: str
    kind: str = "strong"
    source: str = ""


class KnownDayRow(msgspec.Struct, frozen=True, array_like=True):
    """A dated event that cannot be spoken of, as a past thing, before it happened."""

    id: str
    label: str
    since: str
    words: str
    """Words that name it, parted by `;`."""
    source: str = ""


class RoleWordRow(msgspec.Struct, frozen=True, array_like=True):
    """A word or phrase that says what kind of actor someone is, as PLOVER sectors."""

    phrase: str
    sector: str
    second: str | None = None
    weight: float = 1.0
    country: str | None = None
    """Id of the state that the phrase alone tells ("Arleigh Burke-class")."""
    source: str = ""


class SourceRow(msgspec.Struct, frozen=True, array_like=True):
    """Where rows come from, and under what licence."""

    key: str
    title: str
    url: str | None = None
    licence: str = ""
    retrieved: str | None = None
    attribution: str | None = None


TABLES: dict[str, type[msgspec.Struct]] = {
    "places": PlaceRow, "cities": CityRow, "names": NameRow, "orgs": OrgRow, "members": MemberRow, "groups": GroupRow,
    "people": PersonRow, "offices": OfficeRow, "tenures": TenureRow, "officials": OfficialRow, "gaps": GapRow,
    "topics": TopicRow,
    "topic_terms": TopicTermRow,
    "known_days": KnownDayRow, "role_words": RoleWordRow, "sources": SourceRow,
}
"""File name without `.csv`, and its row type."""

KEYS: dict[str, tuple[str, ...]] = {
    "places": ("id",), "cities": ("id",), "names": ("entity", "name", "kind"), "orgs": ("id",),
    "members": ("org", "member", "role", "since"), "groups": ("id",), "people": ("id",), "offices": ("kind",),
    "tenures": ("person", "office", "of", "since"),
    "officials": ("person", "office", "of", "label", "since"),
    "gaps": ("office", "of", "since"), "topics": ("id",), "topic_terms": ("topic", "term"),
    "known_days": ("id",), "role_words": ("phrase",), "sources": ("key",),
}
"""The columns that tell one row of a table from another; an overlay names a row by them."""
