"""Several at once: "the two presidents", "both sides", "the foreign ministers of Russia and Turkey"."""

from collections.abc import Sequence

from verbale.model.roster import Candidate
from verbale.world.bodies import set_of_states_at
from verbale.world.cast import Person, role_of
from verbale.world.phrases import Phrase
from verbale.world.roles import Answer, before, one_of_state, people_in_role
from verbale.world.salience import joined_before, salient_states, state_behind
from verbale.world.scene import Line, Scene
from verbale.world.word_lists import RoleWord, word_table, words

SURE = {"high": 2, "medium": 1, "low": 0}


def roles_of_states(scene: Scene, cast: list[Person], phrase: Phrase, states: list[str]) -> Answer:
    """The holders of one office in several states, one each."""
    answers = []
    for state in states:
        role = role_of(scene, phrase, state)
        assert role is not None
        answers.append(one_of_state(scene, cast, phrase, role, state))
    actors = tuple(actor for answer in answers for actor in answer.actors)
    candidates = tuple(one for answer in answers for one in answer.candidates)
    if len(actors) < len(states):
        return Answer(
            actors if all(answer.actors for answer in answers) else (),
            "set.of_states",
            "low",
            "not every one of them is known",
            candidates,
        )
    certainty = min((answer.certainty for answer in answers), key=lambda level: SURE[level])
    return Answer(actors, "set.of_states", certainty, "; ".join(answer.reason for answer in answers), candidates)


def states_meant(scene: Scene, cast: list[Person], line: int, bit: int, count: int | None) -> Answer:
    """As in "The two countries", "both sides": the states the report has in mind there."""
    wanted = count or 2
    same_line = _distinct(
        scene,
        [
            draft.actors
            for draft in scene.lines[line].drafts
            if draft.first < bit and draft.kind not in ("place", "pronoun")
        ],
    )
    if len(same_line) == wanted:
        return _known(scene, same_line, "high" if count else "medium", f"the {wanted} named before it in the sentence")
    for group in joined_before(scene, line, bit, reach=2):
        states = _distinct(scene, [member.actors for member in group.members])
        if len(states) == wanted:
            return _known(scene, states, "high" if count else "medium", "named together just before")
    sides = _sides_in_one_land(scene, line, bit, wanted)
    if sides:
        listed = tuple(Candidate(side, 1.0, "named together before") for side in sides)
        return Answer(tuple(sides), "set.sides", "medium", "two sides within one land, named together before", listed)
    ranked = salient_states(scene, line, bit)
    if len(ranked) == wanted:
        return _known(
            scene,
            [state for state, _ in ranked],
            "high" if count else "medium",
            f"the only {wanted} the report has spoken of",
        )
    previous = _previous_states(scene, line, wanted)
    if previous:
        return _known(scene, previous, "medium", "the states of the sentence before", ranked)
    strong = [one for one in ranked if one[1] > 0.6]
    if (len(ranked) > wanted and ranked[wanted - 1][1] >= 1.6 * ranked[wanted][1]) or len(strong) == wanted:
        return _known(
            scene, [state for state, _ in ranked[:wanted]], "medium", "the states the report speaks of most", ranked
        )
    later = _later_states(scene, line, bit, [state for state, _ in ranked], wanted)
    if len(ranked) < wanted and later:
        return _known(scene, later, "medium", "the states named in the same sentence")
    return Answer((), "set.states", "low", f"which {wanted} are meant is not clear", _candidates(ranked))


SIDES_REACH = 12
"""How many sentences back the two sides of a conflict within one land are looked for."""


def _sides_in_one_land(scene: Scene, line: int, bit: int, wanted: int) -> list[str]:
    """A government and those it fights, joined by "and" before: where states cannot be meant, as both are of one."""
    for group in joined_before(scene, line, bit, reach=SIDES_REACH):
        members = list(dict.fromkeys(actor for member in group.members for actor in member.actors))
        lands = _distinct(scene, [member.actors for member in group.members])
        actors = [scene.actors.get(member) for member in members]
        if len(members) != wanted or len(lands) >= wanted or any(actor is None for actor in actors):
            continue
        if all(actor.kind in ("organisation", "group", "state") for actor in actors if actor) \
                and any(actor.sector in ("REB", "OPP", "MIL") for actor in actors if actor):
            return members
    return []


def _distinct(scene: Scene, actors: list[tuple[str, ...]]) -> list[str]:
    found: list[str] = []
    for group in actors:
        for entity in group:
            state, _ = state_behind(scene, entity)
            if state is not None and state not in found:
                found.append(state)
    return found


def _previous_states(scene: Scene, line: int, wanted: int) -> list[str]:
    for number in (line - 1, line - 2):
        if number < 0:
            break
        states = _distinct(
            scene, [draft.actors for draft in scene.lines[number].drafts if draft.kind not in ("place", "pronoun")]
        )
        if len(states) == wanted:
            return states
        if states:
            break
    return []


def _later_states(scene: Scene, line: int, bit: int, known: list[str], wanted: int) -> list[str]:
    states = known + [
        state
        for state in _distinct(scene, [draft.actors for draft in scene.lines[line].drafts if draft.first > bit])
        if state not in known
    ]
    return states if len(states) == wanted else []


def _known(
    scene: Scene, states: list[str], certainty: str, reason: str, ranked: Sequence[tuple[str, float]] = ()
) -> Answer:
    for state in states:
        scene.actor(state)
    ordered = _in_text_order(scene, states)
    listed = [(state, 1.0) for state in ordered] + [one for one in ranked if one[0] not in states]
    return Answer(tuple(ordered), "set.states", certainty, reason, _candidates(listed))


def _in_text_order(scene: Scene, states: list[str]) -> list[str]:
    """States by where the report first brings each to mind."""
    order: dict[str, tuple[int, int]] = {}
    for draft in scene.drafts:
        for entity in draft.actors:
            state, _ = state_behind(scene, entity)
            if state in states:
                order[state] = min(order.get(state, (draft.line, draft.first)), (draft.line, draft.first))
    return sorted(states, key=lambda state: order.get(state, (len(scene.lines), 0)))


def _candidates(ranked: list[tuple[str, float]]) -> tuple[Candidate, ...]:
    top = ranked[0][1] if ranked else 1.0
    return tuple(Candidate(state, round(value / top, 2), "spoken of before") for state, value in ranked[:5])


def people_meant(scene: Scene, cast: list[Person], phrase: Phrase, role: RoleWord | None) -> Answer:
    """As in "The two presidents", "the ministers", "both leaders": people of that role in the report."""
    count = phrase.count
    known = _in_role(scene, cast, role)
    if role is not None and role.gender:
        known = [person for person in known if person.gender in (None, role.gender)]
    near = before(known, phrase.line, phrase.first)
    wanted = count or 2
    joined = _joined_people(scene, known, phrase, wanted)
    if joined:
        return _people(
            joined, "high" if count and len(near) <= wanted else "medium", "named together just before", near
        )
    if len(near) == wanted:
        return _people(near, "high" if count else "medium", f"the {len(near)} of that role named so far", near)
    if len(near) > wanted and count is None:
        return (
            _people(near, "low", "all of that role named so far", near)
            if len(near) <= 4
            else _open(near, "several may be meant")
        )
    if len(near) > wanted:
        recent = [person for person in near if _last_line(person, phrase.line) >= phrase.line - 2]
        if len(recent) == wanted:
            return _people(recent, "medium", "the ones of that role named in the last sentences", near)
        return _open(near, f"{len(near)} of that role are in the report")
    if (role is not None and role.office and count == 2) or (
        role is not None and role.office and count is None and len(near) < 2
    ):
        filled = _by_states(scene, cast, phrase, near)
        if filled is not None:
            return filled
    if len(known) == wanted:
        return _people(known, "medium", "the ones of that role in the report", known)
    return _open(near or known, "not enough of that role are named")


def _in_role(scene: Scene, cast: list[Person], role: RoleWord | None) -> list[Person]:
    if role is None:
        return cast
    if role.office in ("official", "politician", None):
        return [
            person for person in cast if any(claim.role and claim.role.words == role.words for claim in person.claims)
        ]
    return people_in_role(scene, cast, role.office, None, role)


def _joined_people(scene: Scene, known: list[Person], phrase: Phrase, wanted: int) -> list[Person]:
    for group in joined_before(scene, phrase.line, phrase.first, reach=2):
        people = [person for member in group.members for person in known if person.id in member.actors]
        people = list({person.id: person for person in people}.values())
        if len(people) == wanted:
            return people
    return []


def _by_states(scene: Scene, cast: list[Person], phrase: Phrase, near: list[Person]) -> Answer | None:
    states = states_meant(scene, cast, phrase.line, phrase.first, 2)
    if len(states.actors) != 2:
        return None
    answer = roles_of_states(scene, cast, phrase, list(states.actors))
    if not answer.actors:
        return None
    answer.how = "set.by_states"
    answer.certainty = "medium" if answer.certainty == "high" else answer.certainty
    answer.reason = f"{states.reason}: {answer.reason}"
    return answer


def _last_line(person: Person, line: int) -> int:
    return max((run.line for run in person.runs if run.line <= line), default=-9)


def _people(people: list[Person], certainty: str, reason: str, near: list[Person]) -> Answer:
    ordered = sorted(people, key=lambda person: min((run.line, run.first) for run in person.runs))
    listed = tuple(
        Candidate(person.id, 1.0 if person in people else 0.3, reason)
        for person in [*ordered, *(one for one in near if one not in people)]
    )
    return Answer(tuple(person.id for person in ordered), "set.people", certainty, reason, listed[:6])


def _open(near: list[Person], reason: str) -> Answer:
    return Answer(
        (), "set.open", "low", reason, tuple(Candidate(person.id, 0.5, "of that role") for person in near[:6])
    )


def general_sets(scene: Scene, number: int) -> list[tuple[int, int, str, int | None]]:
    """Bits of "the two countries", "both sides", "the two men" in a line: first, after, what of, how many."""
    line = scene.lines[number]
    found, place = [], 0
    numbers = word_table()["sets"]["numbers"]
    while place < len(line.bits):
        low = line.bits[place].low
        if (
            low not in ("the", "both", "these", "two", "three", "four", "all", "between", "either", "neither")
            and low not in numbers
        ):
            place += 1
            continue
        states = set_of_states_at(line, place)
        if states is not None:
            found.append((states[0], states[1], "states", _count(line, *states, numbers)))
            place = states[1]
            continue
        here, count = place, None
        while (
            here < len(line.bits)
            and (
                line.low(here) in numbers
                or line.low(here) in ("the", "both", "these", "all", "of")
                or line.low(here) in ("negotiating", "warring", "opposing", "rival")
            )
            and here - place < 4
        ):
            count = 2 if line.low(here) == "both" else numbers.get(line.low(here), count)
            here += 1
        head = line.low(here)
        count = count or {"pair": 2, "duo": 2, "trio": 3}.get(head)
        points = line.low(place) in words("sets", "pointers")
        is_side = points and head in words("sets", "sides") and not (head == "parties" and _is_partisan(line))
        is_people = points and head in ("men", "women", "pair", "duo", "trio", "statesmen", "counterparts") and count
        if (is_side or is_people) and line.low(here + 1) not in ("of", "in") and here > place:
            found.append((place, here + 1, "sides" if is_side else "people", count))
            place = here + 1
            continue
        place += 1
    return found


def _is_partisan(line: Line) -> bool:
    """Whether a sentence speaks of political parties."""
    return any(bit.low in words("sets", "partisan") for bit in line.bits)


def _count(line, first: int, after: int, numbers: dict[str, int]) -> int | None:
    return next((numbers[line.low(place)] for place in range(first, after) if line.low(place) in numbers), None)
