"""The act between two parties that are given: which of a sentence's acts is theirs."""

from typing import NamedTuple

from verbale.coding.match import Act, Matcher
from verbale.coding.roles import Roles
from verbale.coding.rules import Rules
from verbale.coding.status import Status, status_of
from verbale.model.reading import ROOT, Reading, Sentence
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


def way_between(reading: Reading, source: Span | None, target: Span | None) -> list[tuple[Sentence, list[int]]]:
    """Content words on the way through the tree from one party to the other, by sentence; the root's where one is
    missing.
    """
    found = []
    for sentence in reading.sentences:
        spans = [span for span in (source, target) if span is not None and sentence.span.overlaps(span)]
        heads = [head for span in spans if (head := sentence.head_of(span)) is not None]
        if not heads:
            continue
        ways = [_upward(sentence, head.place) for head in heads]
        shared = set(ways[0]).intersection(*ways[1:]) if len(ways) > 1 else set(ways[0][-1:])
        lowest = next((place for place in ways[0] if place in shared), ways[0][-1])
        places = {lowest}
        for way in ways:
            places.update(way[: way.index(lowest)] if lowest in way else way)
        inside = {token.place for span in spans for token in sentence.tokens_in(span)}
        places |= {
            child
            for place in list(places)
            for child in sentence.children[place]
            if sentence.tokens[child].bare_relation in ("xcomp", "obj", "ccomp") and child not in inside
        }
        kept = [
            place
            for place in sorted(places)
            if place not in inside and sentence.tokens[place].upos in ("VERB", "NOUN", "ADJ")
        ]
        found.append((sentence, kept))
    return found


def _upward(sentence: Sentence, place: int) -> list[int]:
    found = [place]
    while sentence.tokens[found[-1]].head != ROOT and len(found) < 40:
        found.append(sentence.tokens[found[-1]].head)
    return found
