"""Acts that are only counted: "met three times", "more than ten calls". They are tallies, never events."""

from verbale.coding.match import Act
from verbale.coding.roles import Roles

TIMES = frozenset(("time", "occasion"))
OFTEN = frozenset(("twice", "thrice", "repeatedly", "often", "frequently", "regularly", "routinely"))
COUNTED_NOUNS = frozenset(
    ("conversation", "call", "meeting", "talk", "visit", "conference", "summit", "round", "contact", "trip")
)
MANY = frozenset(("several", "numerous", "dozen", "many", "multiple"))


def is_counted(act: Act, roles: Roles) -> bool:
    """Whether the act, or one told in the same breath, is given as a number of times."""
    if act.coded.type != "CONSULT":
        return False
    places = [*act.chain(), *act.places]
    if any(_has_count(place, roles) for place in places):
        return True
    token = roles.tokens[act.place]
    siblings = [*roles.below(act.place, "conj")]
    if token.relation == "conj":
        siblings += [token.head, *roles.below(token.head, "conj")]
    return any(
        _has_count(place, roles) or any(_has_count(thing, roles) for thing in roles.objects(place))
        for place in siblings
        if place != act.place
    )


def _has_count(place: int, roles: Roles) -> bool:
    for child in roles.children[place]:
        token = roles.tokens[child]
        lemma = token.lemma.lower()
        if lemma in TIMES and (
            roles.below(child, "nummod") or any(roles.lemmas[under] in MANY for under in roles.children[child])
        ):
            return True
        if lemma in OFTEN and lemma in ("twice", "thrice"):
            return True
        if token.relation == "nummod" and roles.lemmas[place] in COUNTED_NOUNS and lemma not in ("one", "1"):
            return True
    return False
