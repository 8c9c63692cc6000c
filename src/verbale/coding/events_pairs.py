"""The act between two parties that are given: which of a sentence's acts is theirs."""

from typing import NamedTuple

from verbale.coding.match import Act, Matcher
from verbale.coding.roles import Roles
from verbale.coding.rules import Rules
from verbale.coding.status import Status, status_of
from verbale.model.reading import Sentence
from verbale.model.span import Span


class PairAct(NamedTuple):
    """An act, what became of it, and how well it fits the two parties given (from 0 to about 4)."""

    act: Act
    status: Status
    fit: float
    root: str | None


def acts_between(sentence: Sentence, source: Span | None, target: Span | None, rules: Rules) -> list[PairAct]:
    """The acts of a sentence, the best fitting first. A party that is None fits nothing."""
    roles = Roles(sentence, rules.lemmas_of(sentence))
    matcher = Matcher(roles, rules)
    wanted = [_places(sentence, source), _places(sentence, target)]
    found = []
    for act in matcher.acts():
        status = status_of(act, roles, rules)
        fit = _fit(act, roles, wanted[0], wanted[1])
        found.append(PairAct(act, status, fit, root_of(act, status, rules)))
    return sorted(found, key=lambda one: (-one.fit, one.act.frame.is_noun, one.act.place))


def root_of(act: Act, status: Status, rules: Rules) -> str | None:
    """The root in the PLV view."""
    ontology = rules.ontology
    type_ = act.coded.type
    if status.refused and type_ not in ("REJECT",):
        return "REJECT" if ontology.is_cooperative(type_) else "AGREE"
    cameo = {"sanction": "163"}.get(act.coded.act or "") or ("116" if act.coded.mode == "convict" else None)
    return ontology.plv_root(type_, status.status, cameo)


def _places(sentence: Sentence, span: Span | None) -> set[int]:
    return {token.place for token in sentence.tokens_in(span)} if span else set()


def _fit(act: Act, roles: Roles, source: set[int], target: set[int]) -> float:
    who, whom = _hits(_meant(act.who, roles), roles, source), _hits(_meant(act.whom, roles), roles, target)
    fit = 2.0 * who + 1.5 * whom
    if not who and not whom:
        fit += 1.0 * _hits(act.whom, roles, source) + 0.8 * _hits(act.who, roles, target)
    if act.mutual and who and not whom:
        fit += 1.0 * _hits(act.who, roles, target)
    if not whom and target and not target.isdisjoint(roles.sentence.subtree(act.place)):
        fit += 0.5
    if act.frame.row.status == "inner" or act.frame.is_noun:
        fit -= 0.4
    token = roles.tokens[act.place]
    if token.relation in ("advcl", "acl") and act.status is None:
        fit -= 1.6 if roles._has_to(act.place) else 0.6
    return fit


def _meant(places: list[int], roles: Roles) -> list[int]:
    """Pronouns stand for the subject of the clause above as well: "Chad said it will not"."""
    found = list(places)
    for place in places:
        if roles.tokens[place].upos == "PRON" and roles.governing_verb(place) is not None:
            clause = roles.governing_verb(place)
            found += [one for one in roles.governing_subjects(clause) if roles.tokens[one].upos != "PRON"]  # type: ignore[arg-type]
    return found


def _hits(places: list[int], roles: Roles, wanted: set[int]) -> float:
    """1 where a party's head is among the words wanted; less where they only lie inside its phrase."""
    if not wanted:
        return 0.0
    if any(place in wanted for place in places):
        return 1.0
    for place in places:
        if not wanted.isdisjoint(roles.sentence.subtree(place)):
            return 0.7
    return 0.0
