"""Contexts of an act: the lexicon over its predicate and its arguments, not over the whole sentence."""

from verbale.coding.match import Act
from verbale.coding.roles import Roles
from verbale.coding.rules import Rules

OUTSIDE = frozenset(("acl:relcl", "parataxis", "ccomp", "advcl", "conj"))
MOST = 4
"""Contexts an event may have: more are noise in four of five sentences we read."""


def contexts_of(act: Act, roles: Roles, rules: Rules) -> tuple[str, ...]:
    """Contexts in the order found: the rule's own first, then by the words."""
    found = dict.fromkeys(act.core().contexts)
    found.update(dict.fromkeys(act.contexts))
    for place in clause_of(act, roles):
        lemma = roles.lemmas[place]
        for context in rules.contexts.get(lemma, ()):
            found.setdefault(context)
    return tuple(found)[:MOST]


def mode_by_words(act: Act, roles: Roles, rules: Rules) -> str | None:
    """The mode that a word of the clause tells where the rule tells none: "wounded two in a bomb attack"."""
    table = rules.mode_words.get(act.coded.type)
    if not table:
        return None
    found = {roles.lemmas[place] for place in clause_of(act, roles)}
    return next((mode for mode, words in table if not words.isdisjoint(found)), None)


def act_by_words(act: Act, roles: Roles, rules: Rules) -> str | None:
    """The finer act that a word of the clause and of its aim tells: "demonstrated for independence"."""
    table = rules.act_words.get(act.coded.type)
    if not table:
        return None
    places = set(clause_of(act, roles))
    for place in act.places:
        for child in roles.below(place, "advcl", "xcomp", "acl"):
            places.update(roles.sentence.subtree(child))
    found = {roles.lemmas[place] for place in places}
    return next((name for name, words in table if not words.isdisjoint(found)), None)


def clause_of(act: Act, roles: Roles) -> list[int]:
    """The words of the act's own clause, in text order."""
    found, waiting = set(), [*act.chain(), *act.who, *act.whom]
    if act.inner is not None:
        waiting += act.inner.chain()
    while waiting:
        place = waiting.pop()
        if place in found:
            continue
        found.add(place)
        for child in roles.children[place]:
            relation = roles.tokens[child].relation
            if relation in OUTSIDE and not (
                relation == "conj" and roles.tokens[child].upos in ("NOUN", "PROPN", "ADJ")
            ):
                continue
            waiting.append(child)
    return sorted(found)
