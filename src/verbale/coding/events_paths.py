"""Where a rule says to look for who and whom, beyond plain prepositions: named paths of the rule language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from verbale.model.reading import ROOT

if TYPE_CHECKING:
    from verbale.coding.match import Act, Matcher


def _between(matcher: Matcher, act: Act) -> list[int]:
    """The sides of "talks between", and of "the signing of a pact between"."""
    roles = matcher.roles
    found = roles.obliques(act.place, "between", "among")
    return found or [
        one for thing in roles.obliques(act.place, "of") for one in roles.obliques(thing, "between", "among", "with")
    ]


def _passive_or_object(matcher: Matcher, act: Act) -> list[int]:
    """Objects; not the one the rule asks for, unless it is someone: "expelled two diplomats"."""
    return [
        one
        for one in matcher.roles.objects(act.place)
        if one not in act.places[1:] or matcher.lemmas[one] in matcher.rules.acting_nouns
    ]


def _clause_whom(matcher: Matcher, act: Act) -> list[int]:
    """Whom the clause inside is aimed at, where no rule knows its verb: "deliver blows to Chad"."""
    roles = matcher.roles
    for clause in roles.clauses(act.place):
        found = roles.obliques_around(clause, "to", "against", "on", "with", "from") or list(roles.objects(clause))
        found = [one for one in found if _is_someone(matcher, one)]
        if found:
            return found
    return []


def _is_someone(matcher: Matcher, place: int) -> bool:
    """A name, someone who acts, or a thing told by whose it is."""
    roles = matcher.roles
    if roles.tokens[place].upos in ("PROPN", "PRON") or matcher.lemmas[place] in matcher.rules.acting_nouns:
        return True
    owners = (*roles.modifiers(place), *roles.possessors(place), *roles.obliques(place, "of", "by"))
    return any(roles.tokens[one].text[:1].isupper() for one in owners)


def _aim_whom(matcher: Matcher, act: Act) -> list[int]:
    """Whom what is done for is aimed at: "went on strike to protest against", "marched demanding that"."""
    roles = matcher.roles
    for place in (act.place, *act.places[1:]):
        for clause in roles.below(place, "advcl", "xcomp", "acl"):
            aim = matcher.act_at(clause)
            if aim is not None and aim.whom:
                return list(aim.whom)
            found = roles.obliques_around(clause, "against", "from", "of", "on")
            if found:
                return found
    return []


def _if_subject(matcher: Matcher, act: Act) -> list[int]:
    """Whose conduct the threat or refusal hangs on: "unless Chad withdraws"."""
    roles = matcher.roles
    heads = [act.place, *roles.clauses(act.place)]
    for head in heads:
        for clause in roles.below(head, "advcl"):
            marks = {
                matcher.lemmas[child] for child in roles.children[clause] if roles.tokens[child].relation == "mark"
            }
            if marks & {"if", "unless", "until", "should", "because", "after"}:
                return list(roles.subjects(clause) or roles.objects(clause))
    return []


Path = Callable[["Matcher", "Act"], "list[int] | tuple[int, ...]"]


def _paths() -> dict[str, Path]:
    """From the word of an act to the words that fill a role, by the path's name in the frames."""
    return {
        "subj": lambda m, a: m.roles.subjects(a.place),
        "obj": _passive_or_object,
        "object": lambda m, a: m.roles.objects(a.place),
        "iobj": lambda m, a: m.roles.recipients(a.place),
        "poss": lambda m, a: m.roles.possessors(a.place),
        "mod": lambda m, a: [one for one in m.roles.modifiers(a.place) if m.roles.tokens[one].text[:1].isupper()],
        "between": _between,
        "gov": lambda m, a: m.roles.governing_subjects(a.place),
        "inner.who": lambda m, a: a.inner.who if a.inner else [],
        "inner.whom": lambda m, a: a.inner.whom if a.inner else [],
        "clause.subj": lambda m, a: [
            one for clause in m.roles.clauses(a.place) for one in m.roles.below(clause, "nsubj", "nsubj:pass")
        ],
        "clause.whom": lambda m, a: _clause_whom(m, a),
        "aim.whom": lambda m, a: _aim_whom(m, a),
        "if.subj": lambda m, a: _if_subject(m, a),
        "head": lambda m, a: [m.roles.tokens[a.place].head] if m.roles.tokens[a.place].head != ROOT else [],
    }


PATHS = _paths()
