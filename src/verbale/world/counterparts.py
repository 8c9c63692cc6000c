"""Counterparts: who holds the possessor's office in another state."""

from verbale.model.roster import Candidate
from verbale.world.cast import Person
from verbale.world.generic import office_actor
from verbale.world.phrases import Phrase
from verbale.world.roles import (
    Answer,
    before,
    holder_answer,
    name_of,
    offices_held,
    people_in_role,
    role_for,
    state_of_person,
)
from verbale.world.scene import Scene
from verbale.world.word_lists import words

FOREIGN_POLICY_BODY = "org:eu"
"""The body whose head, in the tables, is its foreign policy chief: a peer of foreign ministers."""


def counterpart(scene: Scene, cast: list[Person], possessors: list[Person], of: str | None, phrase: Phrase) -> Answer:
    """Who holds the possessor's office in another state. `possessors`: who "his" may be, the likeliest first."""
    possessors = [person for person in possessors if offices_held(scene, person) or state_of_person(scene, person)]
    if of is not None:
        possessors = [person for person in possessors if state_of_person(scene, person) != of]
    listed: list[Candidate] = []
    first: Answer | None = None
    chosen: Person | None = None
    for place, owner in enumerate(possessors[:3]):
        answer = _counterpart_of(scene, cast, owner, of, phrase)
        if answer is None:
            continue
        weight = (0.8, 0.3, 0.15)[place]
        listed += [Candidate(actor, weight, answer.reason) for actor in answer.actors]
        listed += [Candidate(one.actor, weight * one.score, one.reason) for one in answer.candidates]
        if first is None:
            first, chosen = answer, owner
    unique = tuple({one.actor: one for one in reversed(listed)}.values())
    unique = tuple(sorted(unique, key=lambda one: -one.score))
    if first is None:
        return Answer((), "counterpart.unknown", "low", "whose counterpart is meant is not clear", unique)
    return Answer(first.actors, first.how, first.certainty, first.reason, unique, chosen.id if chosen else None)


def main_office(scene: Scene, person: Person) -> tuple[str, str | None] | None:
    """The office somebody acts in here: what the text says first, else the highest of the tables."""
    said = [
        (claim.role.office, claim.of)
        for claim in person.claims
        if claim.role and claim.role.office and claim.tense is None
    ]
    exact = [
        one for one in said if one[0] not in ("minister", "leader", "official", "secretary", "politician", "diplomat")
    ]
    if exact:
        return exact[0]
    if person.entity is not None:
        actor = scene.world.actor(person.entity, scene.period)
        term = scene.world.offices.main(person.entity, scene.period)
        if actor is not None and term is not None:
            return term.office_kind, term.of
    return said[0] if said else None


def _counterpart_of(scene: Scene, cast: list[Person], owner: Person, of: str | None, phrase: Phrase) -> Answer | None:
    held = main_office(scene, owner)
    if held is None:
        return None
    kind, place = held
    others = [person for person in cast if person is not owner]
    if of is None:
        peers = [
            person
            for person in before(people_in_role(scene, others, kind, None), phrase.line, phrase.first)
            if state_of_person(scene, person) != state_of_person(scene, owner)
        ]
        if len(peers) == 1:
            return Answer(
                (peers[0].id,),
                "counterpart.report",
                "medium",
                f"{name_of(peers[0])} has the office of {name_of(owner)} on the other side",
            )
        return None
    name, kinds = scene.world.label(of), _peer_kinds(kind, of, place)
    for wanted in kinds:
        known = people_in_role(scene, others, wanted, of)
        if len(known) == 1:
            return Answer(
                (known[0].id,),
                "counterpart.possessor",
                "high",
                f"{name_of(owner)} is {kind.replace('_', ' ')}; that of {name} is {name_of(known[0])}, in the report",
            )
        if len(known) > 1:
            near = before(known, phrase.line, phrase.first) or known
            return Answer(
                (near[0].id,),
                "counterpart.possessor",
                "medium",
                f"the last-named of {len(known)} in that office of {name}",
            )
    role = role_for(kind)
    for wanted in kinds:
        found = holder_answer(scene, wanted, of, role_for(wanted))
        if found is not None:
            found.how = "counterpart.holder"
            found.reason = f"{name_of(owner)} is {kind.replace('_', ' ')}; {found.reason}"
            return found
    actor = office_actor(scene, role, of)
    if actor is None:
        return None
    return Answer(
        (actor.id,),
        "counterpart.office",
        "medium",
        f"{name_of(owner)} is {kind.replace('_', ' ')}; that office of {name}, no name known",
    )


def _peer_kinds(kind: str, of: str, place: str | None) -> tuple[str, ...]:
    """Offices that meet as peers: a president's counterpart may be a prime minister where no president governs."""
    if place == FOREIGN_POLICY_BODY and kind == "head_of_body":
        return ("foreign_minister",)
    if kind == "head_of_state" and of in words("monarchies", "states"):
        return "head_of_government", "head_of_state"
    if kind == "head_of_state":
        return "head_of_state", "head_of_government"
    if kind == "head_of_government":
        return "head_of_government", "head_of_state"
    return (kind,)
