"""What points back: roles without a name, counterparts, sets and pronouns, in the order of the text."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial

from verbale.model.roster import Candidate
from verbale.world.anaphors import anaphor_answer, anaphors_in
from verbale.world.bare_roles import bare_role, house_state
from verbale.world.cast import Person, role_of
from verbale.world.counterparts import counterpart
from verbale.world.first_person import first_person
from verbale.world.generic import unnamed_actor
from verbale.world.phrases import Phrase
from verbale.world.pronouns import FIRST, WE, pronoun_draft, pronouns_in, resolve
from verbale.world.roles import (
    Answer,
    body_words,
    claim_for,
    name_of,
    one_of_state,
    owners_of,
    people_in_role,
    role_for,
    state_of_person,
)
from verbale.world.salience import weigh
from verbale.world.scene import Draft, Scene
from verbale.world.sets import general_sets, people_meant, roles_of_states, states_meant
from verbale.world.word_lists import RoleWord, words

Waiting = tuple[int, int, Callable[[], None]]


def add_pending(scene: Scene, cast: list[Person], unnamed: list[Phrase]) -> None:
    """Roles, counterparts, sets and pronouns, in the order of the text: each may point at the ones before it."""
    by_line: dict[int, list[Phrase]] = defaultdict(list)
    for phrase in unnamed:
        by_line[phrase.line].append(phrase)
    first_persons: list[tuple[int, int]] = []
    for number in range(len(scene.lines)):
        waiting = _waiting(scene, cast, number, by_line[number], first_persons)
        for _, _, add in sorted(waiting, key=lambda one: one[:2]):
            add()
    home = house_state(scene, cast)
    for number, place in first_persons:
        scene.add(pronoun_draft(scene, number, place, first_person(scene, number, place, home)))


def _waiting(
    scene: Scene, cast: list[Person], number: int, phrases: list[Phrase], first_persons: list[tuple[int, int]]
) -> list[Waiting]:
    """What a line holds that points back: where it starts, in which order at one place, and what adds it.

    The first person waits for all others, since its speaker may be named after it.
    """
    line = scene.lines[number]
    found: list[Waiting] = []
    owned = {phrase.possessive for phrase in phrases}
    for phrase in phrases:
        found.append((phrase.first, 2, partial(_add_role, scene, cast, phrase)))
    for first, after, what in anaphors_in(scene, number):
        found.append((first, 0, partial(_add_anaphor, scene, number, first, after, what)))
    for first, after, what, count in general_sets(scene, number):
        found.append((first, 3, partial(_add_general_set, scene, cast, number, first, after, what, count)))
    for place in pronouns_in(scene, number):
        if place in owned:
            continue
        if line.bits[place].low in WE | FIRST:
            first_persons.append((number, place))
        else:
            found.append((place, 1, partial(_add_pronoun, scene, number, place)))
    return found


def _add_pronoun(scene: Scene, number: int, place: int) -> None:
    scene.add(pronoun_draft(scene, number, place, resolve(scene, number, place)))


def _add_general_set(
    scene: Scene, cast: list[Person], number: int, first: int, after: int, what: str, count: int | None
) -> None:
    line = scene.lines[number]
    if (
        any(
            draft.kind == "set" and draft.first <= first < draft.after and draft.first != first for draft in line.drafts
        )
        and what != "states"
    ):
        return
    if what == "people":
        answer = people_meant(
            scene, cast, Phrase(number, first, after, after - 1, after, None, plural=True, count=count), None
        )
    else:
        answer = states_meant(scene, cast, number, first, count)
    if answer.actors or answer.candidates:
        _add_answer(scene, number, first, after, after - 1, "set", answer, "plur")


def _add_anaphor(scene: Scene, number: int, first: int, after: int, what: str) -> None:
    if any(draft.first < after and first < draft.after for draft in scene.lines[number].drafts):
        return
    answer = anaphor_answer(scene, number, first, what)
    if answer.actors or answer.candidates:
        _add_answer(scene, number, first, after, after - 1, "role", answer, "sing")


def _add_answer(
    scene: Scene,
    number: int,
    first: int,
    after: int,
    head: int,
    kind: str,
    answer: Answer,
    plural: str,
    gender: str | None = None,
    head_after: int | None = None,
) -> None:
    scene.add(
        Draft(
            number,
            first,
            after,
            head,
            head_after or (after if kind == "set" and head == after - 1 else head + 1),
            kind,
            answer.actors,
            answer.how,
            answer.certainty,
            answer.candidates,
            answer.reason,
            plural,
            gender,
        )
    )


def _add_role(scene: Scene, cast: list[Person], phrase: Phrase) -> None:
    answer, kind = _role_answer(scene, cast, phrase)
    _add_possessive(scene, phrase, answer)
    if answer is None or (kind == "set" and not answer.actors and not answer.candidates):
        return
    role = phrase.role(None)
    gender = role.gender if role else None
    _add_answer(
        scene,
        phrase.line,
        phrase.first,
        phrase.after,
        phrase.role_first,
        kind,
        answer,
        "plur" if phrase.plural else "sing",
        gender,
        phrase.role_after,
    )


def _add_possessive(scene: Scene, phrase: Phrase, answer: Answer | None) -> None:
    """The "his" of "his Turkish counterpart" means whoever the counterpart was read off."""
    if phrase.possessive is None or scene.lines[phrase.line].bits[phrase.possessive].low in WE | FIRST | {
        "your",
        "whose",
    }:
        return
    found = resolve(scene, phrase.line, phrase.possessive)
    if answer is not None and answer.owner is not None:
        known = [one for one in found.candidates if one.actor == answer.owner]
        others = tuple(one for one in found.candidates if one.actor != answer.owner)
        chosen = known[0] if known else Candidate(answer.owner, 0.6, "has the office that the counterpart shares")
        found = found._replace(
            actors=(answer.owner,),
            certainty=answer.certainty,
            candidates=(chosen, *others),
            how="pronoun.owner",
            reason="has the office that the counterpart shares",
        )
    scene.add(pronoun_draft(scene, phrase.line, phrase.possessive, found))


def _role_answer(scene: Scene, cast: list[Person], phrase: Phrase) -> tuple[Answer | None, str]:
    states = list(dict.fromkeys(found.entity for found in phrase.states if found.entity))
    if phrase.counterpart:
        return _counterpart_answer(scene, cast, phrase, states), "counterpart"
    role = role_of(scene, phrase, states[0] if states else None)
    assert role is not None
    is_of_body = role.words == "head" and phrase.possessive is not None and not states
    if is_of_body or _is_bureau(scene, phrase) or _is_event(scene, phrase):
        return None, "role"
    if phrase.of_set is not None:
        meant = states_meant(scene, cast, phrase.line, phrase.of_set[0], None)
        if meant.actors:
            return roles_of_states(scene, cast, phrase, list(meant.actors)), "set"
        return Answer((), "set.states", "low", meant.reason, meant.candidates), "set"
    if phrase.plural and len(states) > 1:
        return roles_of_states(scene, cast, phrase, states), "set"
    if phrase.plural and (
        phrase.anonymous
        or (phrase.determiner is None and phrase.count is None and not phrase.owner and phrase.possessive is None)
    ):
        return _unnamed(scene, phrase, states)
    if phrase.plural and len(states) == 1:
        return _of_one_state(scene, cast, phrase, states[0])
    if phrase.plural and (phrase.possessive is not None or phrase.owner_name is not None):
        return _those_of_owner(scene, cast, phrase, role), "set"
    if phrase.plural:
        return people_meant(scene, cast, phrase, role), "set"
    if phrase.anonymous:
        return _unnamed(scene, phrase, states)
    if phrase.owner_name is not None or (phrase.possessive is not None and not states):
        return _of_owner(scene, cast, phrase)
    if (
        states
        and phrase.determiner is None
        and not phrase.owner
        and not phrase.of
        and role.office in (None, "official", "diplomat")
    ):
        return _unnamed(scene, phrase, states)
    if states:
        return one_of_state(scene, cast, phrase, role, states[0]), "role"
    if phrase.determiner in ("the", "this", "that"):
        return bare_role(scene, cast, phrase, role), "role"
    return None, "role"


def _is_bureau(scene: Scene, phrase: Phrase) -> bool:
    """As in "Office of the Spokesperson": a bureau, not the person."""
    low = scene.lines[phrase.line].low
    if low(phrase.after) in ("'s", "'") and low(phrase.after + 1) in ("office", "bureau", "residence", "desk"):
        return True
    return low(phrase.first - 1) == "of" and low(phrase.first - 2) in (
        "office",
        "bureau",
        "residence",
        "desk",
        "post",
        "position",
        "role",
        "title",
    )


def _is_event(scene: Scene, phrase: Phrase) -> bool:
    """As in "the Leaders' Summit": a meeting of some, which names none of them."""
    low = scene.lines[phrase.line].low
    return phrase.plural and low(phrase.after) == "'" and low(phrase.after + 1) in words("events", "nouns")


def _unnamed(scene: Scene, phrase: Phrase, states: list[str]) -> tuple[Answer | None, str]:
    """As in "A senior US official", "Turkish diplomats": somebody of that state, without a name."""
    told = phrase.role(None)
    if not states and told is not None and len(told.countries) == 1:
        states = [state for state in (scene.world.state_with_code(told.countries[0]),) if state]
    if not states:
        return Answer((), "unnamed.nobody", "low", "the report names neither person nor state"), "unnamed"
    role = role_of(scene, phrase, states[0])
    assert role is not None
    actor = unnamed_actor(scene, role, states[0], phrase.organ, body_words(scene, phrase))
    if actor is None:
        return None, "unnamed"
    return Answer(
        (actor.id,),
        "unnamed.affiliated",
        "high",
        f"somebody of {scene.world.label(states[0])} whom the report does not name",
    ), "unnamed"


def _of_one_state(scene: Scene, cast: list[Person], phrase: Phrase, state: str) -> tuple[Answer | None, str]:
    """As in "The Turkish ministers": those of the report, else nameless officials."""
    role = role_of(scene, phrase, state)
    assert role is not None
    known = people_in_role(scene, cast, role.office, state, role)
    if (phrase.count is not None and len(known) == phrase.count) or len(known) > 1:
        return Answer(
            tuple(person.id for person in known),
            "set.of_state",
            "medium",
            f"those of {scene.world.label(state)} in the report",
        ), "set"
    return _unnamed(scene, phrase, [state])


def _those_of_owner(scene: Scene, cast: list[Person], phrase: Phrase, role: RoleWord) -> Answer | None:
    """As in "their foreign ministers" of two presidents, and "his aides": of the owner's state, nameless or known."""
    low = scene.lines[phrase.line].low
    if phrase.possessive is not None and low(phrase.possessive) == "their":
        return people_meant(scene, cast, phrase, role)
    owner = next(iter(_owners(scene, cast, phrase)), None)
    state = state_of_person(scene, owner) if owner is not None else None
    if state is None or (phrase.possessive is not None and low(phrase.possessive) in WE | FIRST | {"your", "whose"}):
        return None
    answer, _ = _unnamed(scene, phrase, [state])
    if answer is not None and owner is not None:
        answer.certainty, answer.owner = "medium", owner.id
    return answer


def _of_owner(scene: Scene, cast: list[Person], phrase: Phrase) -> tuple[Answer | None, str]:
    """As in "His foreign minister", "Macron's spokesman": that office of the owner's state."""
    role = phrase.role(None)
    assert role is not None
    owners = _owners(scene, cast, phrase)
    state = next((state for person in owners if (state := state_of_person(scene, person))), None)
    if state is None:
        return None, "role"
    answer = one_of_state(scene, cast, phrase, role_of(scene, phrase, state) or role, state)
    if any(person.id in answer.actors for person in owners[:1]):
        return None, "role"
    answer.certainty = "low" if answer.certainty == "low" else "medium"
    answer.reason = f"of the state of {name_of(owners[0])}: {answer.reason}"
    answer.owner = owners[0].id
    return answer, "role"


def _counterpart_answer(scene: Scene, cast: list[Person], phrase: Phrase, states: list[str]) -> Answer | None:
    ours = phrase.possessive is not None and scene.lines[phrase.line].bits[phrase.possessive].low in (
        "our",
        "my",
        "your",
    )
    if ours or (phrase.plural and len(states) == 1 and phrase.possessive is not None and phrase.determiner == "their"):
        actor = unnamed_actor(scene, role_for("official"), states[0]) if states else None
        return Answer(
            (actor.id,) if actor else (),
            "counterpart.officials",
            "medium" if actor else "low",
            "officials of the other side, whom the report does not name",
        )
    owners = _owners(scene, cast, phrase)
    if len(states) < 2:
        return counterpart(scene, cast, owners, states[0] if states else None, phrase)
    answers = [counterpart(scene, cast, owners, state, phrase) for state in states]
    actors = tuple(actor for answer in answers for actor in answer.actors)
    candidates = tuple(one for answer in answers for one in answer.candidates)
    certainty = (
        "low"
        if any(not answer.actors for answer in answers)
        else "medium"
        if any(answer.certainty != "high" for answer in answers)
        else "high"
    )
    return Answer(
        actors,
        "counterpart.several",
        certainty,
        "; ".join(answer.reason for answer in answers),
        candidates,
        next((answer.owner for answer in answers if answer.owner), None),
    )


def _stand_ins(scene: Scene, cast: list[Person]) -> list[Person]:
    """People whom the report calls by their role alone, as if it had named them."""
    known = {person.id for person in cast}
    found = {}
    for draft in scene.drafts:
        actor = (
            scene.actors.get(draft.actors[0])
            if draft.kind in ("role", "counterpart") and len(draft.actors) == 1
            else None
        )
        if actor is None or actor.kind not in ("person", "unnamed") or actor.id in known or not actor.office_kind:
            continue
        of = scene.world.state_with_code(actor.country) if actor.country else None
        person = Person(
            [(actor.name,)],
            [],
            actor.id if actor.kind == "person" else None,
            claims=[claim_for(scene, actor.office_kind, of, draft.line)],
            actor=actor,
        )
        found[actor.id] = person
    return list(found.values())


def _owners(scene: Scene, cast: list[Person], phrase: Phrase) -> list[Person]:
    """Who owns a counterpart or a minister: the name before "'s", whom "his" may mean, else who the clause is about."""
    line = scene.lines[phrase.line]
    if phrase.owner_name is not None:
        for draft in line.drafts:
            if draft.head_first < phrase.owner_name[1] and phrase.owner_name[0] < draft.head_after:
                return owners_of(scene, cast, draft)
    by_id = {person.id: person for person in [*_stand_ins(scene, cast), *cast]}
    place = phrase.possessive if phrase.possessive is not None else phrase.first
    gender = {"his": "m", "her": "f"}.get(line.bits[place].low) if phrase.possessive is not None else None
    ranked = weigh(
        scene,
        phrase.line,
        place,
        lambda actor: actor.id in by_id and (gender is None or actor.gender in (None, gender)),
    )
    return [by_id[entity] for entity, _, _ in ranked]
