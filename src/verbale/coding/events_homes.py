"""Whose land people are of whom no table knows, and where an act took place: what the words around them say.

"Rebels shelled the army" tells no state; "in Chad" behind it does. Such homes are only likely: they are told as
`alternatives` of the party, never as its actor.
"""

import msgspec

from verbale.coding.events_parties import PRIVATE_PHRASE, TITLES, Parties
from verbale.coding.match import Act
from verbale.coding.roles import Roles
from verbale.model.findings import Party
from verbale.model.roster import Mention

VENUES = frozenset(("in", "at", "near", "on", "outside", "into", "across", "around", "throughout", "through"))
OF_HOME = frozenset(("in", "of", "from", "at"))
AUTHORITY = frozenset(
    ("king", "queen", "emir", "sultan", "archbishop", "pope", "general", "gen.", "lt.", "judge", "sheikh")
)


def with_homes(act: Act, roles: Roles, parties: Parties, who: tuple[Party, ...], whom: tuple[Party, ...]):
    """Both sides, those without a state of their own with the likely one: of a place in their phrase, of the other
    side's people, else the only state that their clause names.
    """
    if not any(_is_homeless(party, parties) for party in (*who, *whom)):
        return who, whom
    sole = _only_state(act, roles, parties)
    return (
        tuple(_settled(party, whom, roles, parties, sole) for party in who),
        tuple(_settled(party, who, roles, parties, sole) for party in whom),
    )


def _is_homeless(party: Party, parties: Parties) -> bool:
    if party.alternatives or party.span is None:
        return False
    if party.actor is None:
        return party.how not in ("place.unknown", PRIVATE_PHRASE)
    actor = parties.actor(party.actor)
    return actor is not None and actor.kind in ("person", "unnamed") and actor.code is None and actor.country is None


def _settled(party: Party, others: tuple[Party, ...], roles: Roles, parties: Parties, sole: str | None) -> Party:
    if not _is_homeless(party, parties):
        return party
    home = _home_in_phrase(party, roles, parties)
    if home is None and _is_public_person(party, parties):
        home = _home_of_people(others, parties) or (None if _is_foreign(others, parties) else sole)
    if home is None:
        return party
    return msgspec.structs.replace(party, how=f"{party.how}.home", certainty="low", alternatives=(home,))


def _home_in_phrase(party: Party, roles: Roles, parties: Parties) -> str | None:
    """The state of a place that hangs on the party's own noun: "prisoners in Dili", "Baghdad University"."""
    inside = roles.sentence.tokens_in(party.span) if party.span else []
    head = roles.sentence.head_of(party.span) if party.span else None
    below = roles.obliques(head.place, *OF_HOME) if head is not None else []
    for place in (*(token.place for token in inside), *below):
        state = parties.state_at(place)
        if state is not None:
            return state
    return None


def _is_public_person(party: Party, parties: Parties) -> bool:
    """Someone whose words say that he is of some state's public life: rebels, a judge, opposition leader N."""
    words = party.words.lower().split()
    named = party.words.startswith(TITLES) or any(
        word in AUTHORITY or word in parties.rules.political for word in words
    )
    return named or any(word.rstrip("s") in parties.rules.political for word in words)


def _home_of_people(others: tuple[Party, ...], parties: Parties) -> str | None:
    """The one state of the people or organs on the other side; a bare state may as well be foreign to them."""
    actors = [parties.actor(other.actor or next(iter(other.alternatives), "")) for other in others]
    homes = {actor.country for actor in actors if actor is not None and actor.kind != "state" and actor.country}
    return parties.state_of(next(iter(homes))) if len(homes) == 1 else None


def _is_foreign(others: tuple[Party, ...], parties: Parties) -> bool:
    """Whether the other side is a state as such, so that the only state named is no home of this one."""
    return any(
        (actor := parties.actor(other.actor or "")) is not None and actor.kind in ("state", "organisation", "bloc")
        for other in others
    )


def _only_state(act: Act, roles: Roles, parties: Parties) -> str | None:
    """The one state that the act's clause names, by a name, a nationality or a place; None where there are several."""
    found = {state for place in roles.sentence.subtree(act.place) for state in (parties.state_at(place),) if state}
    return next(iter(found)) if len(found) == 1 else None


def place_in_clause(places: list[int], roles: Roles, parties: Parties) -> Mention | None:
    """The first place named in an act's own clause behind a word of place: "at this jail in Haifa"."""
    for place in places:
        mention = parties.place_at(place)
        if mention is None:
            continue
        case, head = roles.case(place), roles.tokens[place].head
        if case == "of" and head >= 0:
            case = roles.case(head)
        if case in VENUES or (roles.tokens[place].relation == "appos" and head >= 0 and roles.case(head) in VENUES):
            return mention
    return None
