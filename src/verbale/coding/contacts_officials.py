"""Who can have a diplomatic contact: one side at least acts for a state, a body of states or an armed group."""

from collections.abc import Sequence

from verbale.coding.events_parties import states_by_code
from verbale.model.findings import Party
from verbale.model.roster import Roster

OFFICIAL_SECTORS = frozenset(
    ("GOV", "MIL", "LEG", "JUD", "SPY", "OPP", "REB", "IGO", "COP", "SEP", "UAF", "INS", "ELI", "PTY")
)
OFFICIAL_KINDS = frozenset(("state", "bloc", "group", "territory"))
OFFICE_WORDS = frozenset(
    (
        "minister",
        "ministers",
        "president",
        "presidents",
        "premier",
        "chancellor",
        "envoy",
        "envoys",
        "official",
        "officials",
        "leader",
        "leaders",
        "ambassador",
        "ambassadors",
        "secretary",
        "diplomat",
        "diplomats",
        "delegation",
        "delegations",
        "negotiator",
        "negotiators",
        "king",
        "queen",
        "prince",
        "emir",
        "sultan",
        "commander",
        "commanders",
        "general",
        "generals",
        "representative",
        "representatives",
        "counterpart",
        "counterparts",
        "lawmakers",
        "parliamentarians",
        "governments",
        "government",
        "commissioner",
        "mediator",
        "mediators",
        "rebels",
        "opposition",
        "sides",
        "parties",
        "speaker",
        "governor",
    )
)
VAGUE = frozenset(("they", "them", "he", "she", "him", "her", "we", "us", "his", "their", "both"))


def is_diplomatic(roster: Roster, parties: Sequence[Party]) -> bool:
    """Whether some parties make a diplomatic contact: one is official, and every other one is at least somebody."""
    return (
        any(is_official(roster, party) for party in parties)
        and sum(is_somebody(roster, party) for party in parties) > 1
    )


def is_official(roster: Roster, party: Party) -> bool:
    """Whether a party acts for a state, a body of states or an armed group: by kind, office, sector, or words."""
    actor = roster.actor_by_id.get(party.actor or "")
    if actor is None:
        return (party.actor or "").startswith("st:") or has_office_word(party.words)
    if actor.kind in OFFICIAL_KINDS or actor.sector in OFFICIAL_SECTORS:
        return True
    return actor.kind in ("person", "unnamed") and (actor.office is not None or has_office_word(party.words))


def is_somebody(roster: Roster, party: Party) -> bool:
    """Whether a party can be met: a person, an office, a state or a body of states; no firm, crowd or thing."""
    actor = roster.actor_by_id.get(party.actor or "")
    if actor is not None:
        if actor.kind in ("person", "unnamed"):
            return True
        return is_official(roster, party) or (actor.kind == "place" and party.how.startswith("place."))
    if party.actor is not None:
        return True
    return has_office_word(party.words) or party.words.lower() in VAGUE or party.how == "side.name"


def has_office_word(words: str) -> bool:
    return not OFFICE_WORDS.isdisjoint(word.strip(".,'’") for word in words.lower().split())


def is_abroad(roster: Roster, visitor: Party, visited: Party) -> bool:
    """Whether a visit leads out of the visitor's own country; one whose country is not known is taken at its word."""
    guest, land = roster.actor_by_id.get(visitor.actor or ""), roster.actor_by_id.get(visited.actor or "")
    country = land.country if land is not None else _country_of_state(visited.actor)
    if land is not None and land.kind == "place" and country is None:
        return False
    return guest is None or guest.country is None or country is None or guest.country != country


def _country_of_state(state: str | None) -> str | None:
    return next((code for code, actor in states_by_code().items() if actor.id == state), None)
