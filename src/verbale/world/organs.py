"""Organs of states: "the Turkish foreign ministry", "Egypt's parliament"."""

from verbale.model.actor import Actor
from verbale.world.bodies import CLITICS, organ_at
from verbale.world.scene import Draft, Found, Line, Scene
from verbale.world.word_lists import organ_sectors, words


def is_inside_body(scene: Scene, line: Line, found: Found) -> bool:
    """A state's name in a body's longer name, as in "U.S. Agency for International Development".

    A known body is inside another only where the longer name ends with a body's noun: "United Nations Refugee Agency".
    """
    is_body = found.entity in scene.world.orgs or found.entity in scene.world.groups
    return any(
        label == "ORG"
        and first <= found.first
        and found.after <= after
        and after - first > found.after - found.first
        and line.low(found.after) not in CLITICS
        and not _is_the_state(line, found, after)
        and (not is_body or (first == found.first and line.low(after - 1) in words("body_nouns", "ends")))
        for first, after, label in line.names
    )


def _is_the_state(line: Line, found: Found, after: int) -> bool:
    """As in "the South African State": a state's name with no more than the word for what it is."""
    return after == found.after + 1 and line.low(found.after) in words("body_nouns", "state")


def add_organs(scene: Scene, number: int, line: Line) -> None:
    """As in "the Turkish foreign ministry", "Egypt's parliament", "the Ministry of Defence of Poland"."""
    place = 0
    while place < len(line.bits):
        organ = organ_at(line, place) if place not in line.taken and place not in line.starts else None
        if organ is None:
            place += 1
            continue
        kind, after = organ
        if line.low(after) == "council" or _is_verb(line, after - 1):
            place = after
            continue
        first, state = _organ_owner(scene, line, place)
        if state is None and line.low(after) == "of":
            found = line.starts.get(after + 2 if line.low(after + 1) == "the" else after + 1)
            if found is not None and found.entity and found.entity.startswith("st:"):
                state, after = found.entity, found.after
        if state is not None:
            add_organ(scene, number, first, after, place, state, kind, None)
            line.taken.update(range(first, after))
        place = after


def _is_verb(line: Line, place: int) -> bool:
    return line.sentence.tokens[line.bits[place].token].upos in ("VERB", "AUX")


def _organ_owner(scene: Scene, line: Line, place: int) -> tuple[int, str | None]:
    here, state = place, None
    for _ in range(4):
        found = line.ends.get(here - 1) if line.low(here - 1) in CLITICS else line.ends.get(here)
        if found is not None and found.entity is not None and found.entity.startswith("st:"):
            state, here = found.entity, found.first
            break
        token = line.sentence.tokens[line.bits[here - 1].token] if here > 0 else None
        if token is None or token.upos not in ("ADJ",):
            break
        here -= 1
    if state is None:
        return place, None
    return (here - 1 if line.low(here - 1) == "the" else here), state


def organ_actor(scene: Scene, state: str, organ: str, form: str | None = None) -> Actor | None:
    """A state's organ as an actor: "foreign ministry of Turkey", TURGOV."""
    owner = scene.actor(state)
    if owner is None:
        return None
    identity = f"{state}:{organ}"
    known = scene.actors.get(identity)
    if known is not None:
        return known
    sector = organ_sectors().get(organ, "GOV")
    base = owner.code or owner.country
    name = form or f"{organ.replace('_', ' ')} of {owner.name}"
    actor = Actor(identity, "organisation", name, f"{base}{sector}" if base else None, owner.country, sector)
    scene.actors[identity] = actor
    return actor


def add_organ(
    scene: Scene, number: int, first: int, after: int, head: int, state: str, organ: str, form: str | None
) -> None:
    if not state.startswith("st:"):
        return
    actor = organ_actor(scene, state, organ, None if organ in ("government", "army", "police") else form)
    if actor is None:
        return
    owner = scene.actor(state)
    scene.add(
        Draft(
            number,
            first,
            after,
            head,
            after,
            "name",
            (actor.id,),
            "name.organ",
            "high",
            (),
            f"an organ of {owner.name if owner else state}",
            "sing",
        )
    )
