"""Nouns that take up what was named: "the country", "the alliance", "the ministry", "the government"."""

from verbale.model.roster import Candidate
from verbale.world.bodies import organ_at
from verbale.world.organs import organ_actor
from verbale.world.pronouns import resolve
from verbale.world.roles import Answer
from verbale.world.salience import drafts_before, salient_states, same_clause_subjects, state_behind, weigh
from verbale.world.scene import Line, Scene
from verbale.world.spellings import fold
from verbale.world.word_lists import words

AMERICAN = "st:us"
"""Whose government "the administration" is, wherever the report has that state in mind."""
CLEAR_STATE = 2.0
"""How many times the weight of the next state a state needs to be "the country"."""


def anaphors_in(scene: Scene, number: int) -> list[tuple[int, int, str]]:
    """Bits of "the country" and the like in a line, and what kind of thing each takes up: state, body or organ."""
    line = scene.lines[number]
    found = []
    for place in range(len(line.bits) - 1):
        if place + 1 in line.taken:
            continue
        if (after := _owned_country(line, place)) is not None:
            found.append((place, after, "owner's state"))
            continue
        if _is_named_body(line, place):
            found.append((place, place + 2, "named body"))
            continue
        if line.low(place) not in ("the", "this", "that"):
            continue
        if line.low(place) == "this" and is_first_person(line):
            continue
        low = line.low(place + 1)
        after = place + 2
        if line.low(after) in ("of", "'s") and line.low(after) == "of":
            continue
        if line.sentence.tokens[line.bits[place].token].upos != "DET":
            continue
        noun = line.sentence.tokens[line.bits[place + 1].token]
        if noun.upos != "NOUN" or (noun.bare_relation == "compound" and low not in ("government",)):
            continue
        if low in words("anaphors", "state"):
            found.append((place, after, "state"))
        elif low in words("anaphors", "body"):
            found.append((place, after, "body"))
        elif (
            low in words("anaphors", "organ") and (organ := organ_at(line, place + 1)) is not None and organ[1] == after
        ):
            found.append((place, after, organ[0]))
    return found


def is_first_person(line: Line) -> bool:
    """Whether a sentence is somebody's own speech: "this country" is then where he speaks, or his own."""
    return any(bit.low in ("i", "we", "our", "us", "my") for bit in line.bits)


def _owned_country(line: Line, place: int) -> int | None:
    """The bit after "his country", "her own nation": None where a place's words are not that."""
    if line.low(place) not in ("his", "her"):
        return None
    here = place + 1
    while here < len(line.bits) - 1 and line.sentence.tokens[line.bits[here].token].upos == "ADJ" and here - place < 3:
        here += 1
    return here + 1 if line.low(here) in ("country", "nation", "homeland") else None


def _is_named_body(line: Line, place: int) -> bool:
    """As in "the Assembly", "our Organization": a body's noun with a capital, alone behind its article."""
    bit = line.bits[place + 1]
    if line.low(place) not in ("the", "this", "our") or not bit.raw[:1].isupper() or bit.raw.isupper():
        return False
    follower = line.bits[place + 2] if place + 2 < len(line.bits) else None
    is_longer = follower is not None and follower.raw[:1].isupper() and follower.raw[:1].isalpha()
    return (
        bit.low in words("body_nouns", "ends")
        and not is_longer
        and line.low(place + 2) not in ("of", "for", "on")
        and place + 1 not in line.starts
    )


def anaphor_answer(scene: Scene, number: int, place: int, what: str) -> Answer:
    """Which actor a taking-up noun means; open where two come to mind alike."""
    if what == "body":
        return _body(scene, number, place)
    if what == "owner's state":
        return _state_of_owner(scene, number, place)
    if what == "named body":
        return _named_body(scene, number, place)
    if what != "state" and (seat := _seat_behind(scene, number, place)) is not None:
        actor = organ_actor(scene, seat, what)
        if actor is not None:
            return Answer((actor.id,), "anaphor.seat", "high", f"it sits in a city of {scene.world.label(seat)}")
    ranked = _states(scene, number, place)
    if scene.lines[number].low(place + 1) == "island":
        ranked = [one for one in ranked if one[0] in words("anaphors", "islands")]
    if not ranked:
        return Answer((), "anaphor", "low", "no state named before")
    if what == "government" and scene.lines[number].low(place + 1) == "administration":
        ranked = sorted(ranked, key=lambda one: one[0] != AMERICAN)
        ranked = ranked[:1] if ranked[0][0] == AMERICAN else ranked
    total = sum(weight for _, weight in ranked)
    prominent = salient_states(scene, number, place)
    favourites = {state for state, weight in prominent if weight >= 0.8 * prominent[0][1]}
    clear = len(ranked) == 1 or (ranked[0][1] >= CLEAR_STATE * ranked[1][1] and ranked[0][0] in favourites)
    listed = tuple(
        Candidate(_as(scene, state, what), round(weight / total, 3), "named before") for state, weight in ranked[:4]
    )
    if not clear:
        return Answer((), "anaphor", "low", "several states come to mind", listed)
    return Answer(
        (listed[0].actor,),
        "anaphor",
        "medium",
        f"{scene.world.label(ranked[0][0])} is what the report speaks of",
        listed,
    )


def _seat_behind(scene: Scene, number: int, place: int) -> str | None:
    """As in "the government in Kyiv": the state whose capital follows."""
    line = scene.lines[number]
    found = line.starts.get(place + 3) if line.low(place + 2) == "in" else None
    if found is None:
        return None
    seats = [entry.entity for entry in found.entries if entry.kind == "metonym" and entry.entity.startswith("st:")]
    return seats[0] if seats else None


def _state_of_owner(scene: Scene, number: int, place: int) -> Answer:
    """As in "his country": the state of whom the pronoun means."""
    found = resolve(scene, number, place)
    owners = [*found.actors, *(one.actor for one in found.candidates if one.actor not in found.actors)]
    states = list(dict.fromkeys(state for owner in owners if (state := state_behind(scene, owner)[0]) is not None))
    why = "the state of whom the pronoun means"
    listed = tuple(Candidate(state, 0.5, why) for state in states if scene.actor(state))
    if not listed:
        return Answer((), "anaphor.owner", "low", "whose state is not known")
    chosen = state_behind(scene, found.actors[0])[0] if found.actors else None
    return Answer((chosen,) if chosen else (), "anaphor.owner", "medium" if chosen else "low", why, listed[:4])


def _named_body(scene: Scene, number: int, place: int) -> Answer:
    """As in "the Assembly", "our Organization": the body named before whose name holds the word; else the UN.

    A capital makes it one body's own name; "the Organization" is the United Nations where the report speaks of it.
    """
    noun = scene.lines[number].low(place + 1).replace("organisation", "organization")
    named: list[str] = []
    for draft in drafts_before(scene, number, place, reach=number + 1):
        for entity in draft.actors:
            actor = scene.actors.get(entity)
            if actor is not None and actor.kind in ("organisation", "bloc"):
                named.append(entity)
    words_of = [fold(scene.actors[entity].name).replace("organisation", "organization").split() for entity in named]
    fitting = [entity for entity, low in zip(named, words_of) if noun in low]
    if not fitting and noun == "organization" and any(_is_of_un(scene, entity) for entity in named):
        fitting = ["org:un"] if scene.actor("org:un") else []
    if not fitting:
        return Answer((), "anaphor.body", "low", "no body of that name before")
    listed = tuple(Candidate(entity, 0.5, "named before") for entity in list(dict.fromkeys(reversed(fitting)))[:4])
    return Answer((listed[0].actor,), "anaphor.body", "medium", "the body named last whose name has the word", listed)


def _is_of_un(scene: Scene, entity: str) -> bool:
    row = scene.world.orgs.get(entity)
    return row is not None and "org:un" in (row.id, row.part_of)


def _as(scene: Scene, state: str, what: str) -> str:
    if what == "state":
        return state
    actor = organ_actor(scene, state, what)
    return actor.id if actor is not None else state


def _states(scene: Scene, number: int, place: int) -> list[tuple[str, float]]:
    """States by what was named last, and how: the subject of the last sentences before the report's favourite."""
    weights: dict[str, float] = {}
    barred = same_clause_subjects(scene, number, place + 1)
    for entity, weight, _ in weigh(scene, number, place, lambda actor: bool(actor.country)):
        if entity in barred:
            continue
        state, share = state_behind(scene, entity)
        if state is not None:
            weights[state] = max(weights.get(state, 0.0), weight * share)
    if not weights:
        weights = dict(salient_states(scene, number, place)[:3])
    for state in weights:
        scene.actor(state)
    return sorted(weights.items(), key=lambda one: (-one[1], one[0]))


def _can_be(name: str, noun: str) -> bool:
    """Whether a body may be "the court": one whose name says that it is one; "the group" may be any."""
    return noun not in words("anaphors", "telling") or noun in fold(name).split()


def _body(scene: Scene, number: int, place: int) -> Answer:
    noun = scene.lines[number].low(place + 1)
    ranked = weigh(
        scene,
        number,
        place,
        lambda actor: actor.kind in ("organisation", "bloc", "group") and _can_be(actor.name, noun),
    )
    if not ranked:
        return Answer((), "anaphor", "low", "no body named before")
    total = sum(weight for _, weight, _ in ranked)
    listed = tuple(Candidate(entity, round(weight / total, 3), reason) for entity, weight, reason in ranked[:4])
    if len(ranked) == 1 or ranked[0][1] >= CLEAR_STATE * ranked[1][1]:
        return Answer((ranked[0][0],), "anaphor", "medium", f"the body named last: {ranked[0][2]}", listed)
    return Answer((), "anaphor", "low", "several bodies come to mind", listed)
