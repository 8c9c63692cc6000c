"""Checks that rules name: what the columns of the rule language cannot say. Each gets the matcher, the word, the act
inside.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verbale.coding.match import Act, Matcher


def _progressive(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """ "is going to": the word stands in its -ing form."""
    return matcher.roles.tokens[place].text.lower().endswith("ing")


def _obliged_clause(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """The clause inside says what another must do: "said that the parties must talk", not "we must talk"."""
    for clause in matcher.roles.clauses(place):
        if any(matcher.lemmas[one] in ("we", "i") for one in matcher.roles.subjects(clause)):
            continue
        for child in matcher.roles.children[clause]:
            token = matcher.roles.tokens[child]
            if (token.relation == "aux" and token.lemma.lower() in ("must", "should")) or (
                token.lemma.lower() == "need" and token.relation == "aux"
            ):
                return True
        if matcher.lemmas[clause] in ("need", "have") and matcher.roles.below(clause, "xcomp"):
            return True
    return False


def _future_clause(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """The clause inside lies ahead: "warned that it would strike"."""
    return any(
        matcher.roles.tokens[child].relation == "aux"
        and matcher.lemmas[child] in ("will", "would", "shall", "may", "could", "might")
        for clause in matcher.roles.clauses(place)
        for child in matcher.roles.children[clause]
    )


def _negated(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """The predicate is negated: "does not recognise"."""
    roles = matcher.roles
    if any(matcher.lemmas[child] in ("not", "n't", "n’t", "never", "no") for child in roles.children[place]):
        return True
    return any(matcher.lemmas[child] == "no" for thing in roles.objects(place) for child in roles.children[thing])


def _national_object(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """The object is told by its land or maker: "a Russian system", "Chinese goods"."""
    roles = matcher.roles
    return any(
        roles.tokens[child].upos in ("ADJ", "PROPN") and matcher._names_land(child)
        for thing in roles.objects(place)
        for child in roles.modifiers(thing)
    )


def _no_object(matcher: Matcher, place: int, inner: Act | None) -> bool:
    return not matcher.roles.objects(place)


def _lone_call(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """ "called on the minister", and asked nothing of him: no object, no infinitive."""
    return (
        not matcher.roles.objects(place)
        and not matcher.roles.clauses(place)
        and not any(matcher.roles._has_to(child) for child in matcher.roles.below(place, "advcl", "xcomp"))
    )


def _own_clause(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """What is threatened is the threatener's own deed: an infinitive, or a clause whose subject is a pronoun; not what
    he says he will not do ("promised not to attack").
    """
    roles = matcher.roles
    if any(
        matcher.lemmas[child] in ("not", "never") for clause in roles.clauses(place) for child in roles.children[clause]
    ):
        return False
    subjects = [one for clause in roles.clauses(place) for one in roles.below(clause, "nsubj")]
    return all(roles.tokens[one].upos == "PRON" for one in subjects)


LABOUR = frozenset(
    (
        "worker",
        "union",
        "teacher",
        "employee",
        "wage",
        "pay",
        "miner",
        "driver",
        "nurse",
        "doctor",
        "labor",
        "labour",
        "staff",
        "pilot",
        "farmer",
        "student",
        "train",
        "hunger",
        "trade",
        "guard",
        "end",
        "call",
        "job",
    )
)
ARMS = frozenset(
    (
        "missile",
        "air",
        "drone",
        "military",
        "army",
        "troop",
        "jet",
        "kill",
        "bomb",
        "target",
        "force",
        "rocket",
        "attack",
        "retaliatory",
        "base",
        "aircraft",
        "warplane",
        "navy",
        "militant",
        "general",
        "commander",
        "carry",
    )
)


def _labour_near(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """A strike in a sentence about work, and not about arms."""
    return not LABOUR.isdisjoint(matcher.lemmas) and not _arms_near(matcher, place, inner)


def _arms_near(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """A strike in a sentence about arms."""
    return len(ARMS.intersection(matcher.lemmas)) > 1 or "military" in matcher.lemmas or "missile" in matcher.lemmas


def _no_complement(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """Neither object nor clause: people who demonstrate, not facts that demonstrate something."""
    return not matcher.roles.objects(place) and not matcher.roles.below(place, "ccomp", "xcomp")


def _has_object(matcher: Matcher, place: int, inner: Act | None) -> bool:
    return bool(matcher.roles.objects(place))


def _plural_subject(matcher: Matcher, place: int, inner: Act | None) -> bool:
    subjects = matcher.roles.subjects(place)
    return len(subjects) > 1 or any("Number=Plur" in matcher.roles.tokens[one].features for one in subjects)


def _person_object(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """The object is someone: a name, a pronoun, or a word for people or bodies that act."""
    for thing in matcher.roles.objects(place):
        token = matcher.roles.tokens[thing]
        if token.upos in ("PROPN", "PRON") or matcher.lemmas[thing] in matcher.rules.acting_nouns:
            return True
        if matcher.roles.is_each_other(thing):
            return True
    return False


def _passive(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """What is done to somebody: "was tried for murder", not "tried for a deal"."""
    return matcher.roles.is_passive(place)


def _peacekeeping(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """The clause speaks of keeping a peace: "sent troops to serve as peacekeepers"."""
    places = matcher.roles.sentence.subtree(place)
    return any(matcher.lemmas[one].startswith(("peacekeep", "peace-keep")) for one in places)


def _labour(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """A strike of workers, not of jets: nothing under the noun names a weapon or a target."""
    act = matcher._noun_act(next(iter(matcher.roles.objects(place)), place))
    return act is None or act.coded.type != "ASSAULT"


def _measured_object(matcher: Matcher, place: int, inner: Act | None) -> bool:
    """The object only measures what it holds: "ended two days of talks"."""
    measures = ("day", "hour", "week", "month", "minute", "round", "session", "series")
    return any(matcher.lemmas[thing] in measures for thing in matcher.roles.below(place, "obj"))


CHECK: dict[str, Callable[[Matcher, int, Act | None], bool]] = {
    "peacekeeping": _peacekeeping,
    "labour": _labour,
    "progressive": _progressive,
    "obliged_clause": _obliged_clause,
    "future_clause": _future_clause,
    "negated": _negated,
    "national_object": _national_object,
    "no_object": _no_object,
    "has_object": _has_object,
    "labour_near": _labour_near,
    "arms_near": _arms_near,
    "no_complement": _no_complement,
    "own_clause": _own_clause,
    "lone_call": _lone_call,
    "plural_subject": _plural_subject,
    "person_object": _person_object,
    "measured_object": _measured_object,
    "passive": _passive,
}
