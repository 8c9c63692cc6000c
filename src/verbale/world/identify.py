"""Who is meant: the mentions of a reading, the actors they name on the report's day, and the window narrowed by them.

Order: table names decided, role phrases cut, people gathered and looked up, the window narrowed, then every mention in
the order of the text: titles, states, roles, counterparts, sets, pronouns.
"""

from verbale.model.actor import Actor
from verbale.model.reading import Reading
from verbale.model.roster import Candidate, Mention, Roster
from verbale.world.affiliations import make_actor
from verbale.world.bearings import choose_all
from verbale.world.bodies import ARTICLES
from verbale.world.cast import Person, add_repeats, cast_of, role_of, share_states
from verbale.world.counterparts import main_office
from verbale.world.looking_up import look_up
from verbale.world.names import runs_of
from verbale.world.office_days import office_bounds
from verbale.world.pending import add_pending
from verbale.world.phrases import Phrase, phrases_of
from verbale.world.repairs import repair_names
from verbale.world.roles import (
    claim_for,
    state_of_person,
)
from verbale.world.runs import Run, parted
from verbale.world.scene import Draft, Found, Scene, head_token, scene_of
from verbale.world.states import add_states
from verbale.world.windowing import narrowed
from verbale.world.world import World


def identify(reading: Reading, world: World) -> Roster:
    """The roster of a reading.

    Every mention says by which rule, how surely and why; its `actors` are empty where nothing is sure enough.
    """
    scene = scene_of(reading, world)
    choose_all(scene)
    phrases = {number: phrases_of(number, line) for number, line in enumerate(scene.lines)}
    runs = [run for number, line in enumerate(scene.lines) for run in runs_of(number, line, phrases[number])]
    cast = _people(scene, runs, phrases)
    _add_people(scene, cast)
    unnamed = [phrase for listed in phrases.values() for phrase in listed if not phrase.named]
    for phrase in unnamed:
        _take_bits(scene, phrase)
    add_states(scene)
    add_pending(scene, cast, unnamed)
    mentions = _mentions(scene)
    return Roster(reading, mentions, _actors_of(scene, mentions), scene.window)


# -- people ----------------------------------------------------------------------------------------------------------


def _people(scene: Scene, runs: list[Run], phrases: dict[int, list[Phrase]]) -> list[Person]:
    """The cast, looked up twice: offices narrow the window, and the narrower window decides between namesakes."""
    cast = cast_of(scene, parted(scene, runs))
    repair_names(scene, cast)
    scene.offices_named = _offices_named(scene, phrases)
    look_up(scene, cast)
    cast = [person for person in cast if not _is_doubtful(scene, person)]
    add_repeats(scene, cast, phrases)
    _settle_states(scene, cast)
    share_states(scene, cast)
    before = scene.window.period
    scene.window = narrowed(scene.window, office_bounds(scene, cast, phrases))
    if scene.window.period != before:
        scene.actors.clear()
        for person in cast:
            if person.entity is None and person.others:
                look_up(scene, [person])
    for person in cast:
        person.actor = make_actor(scene, person)
        scene.actors[person.actor.id] = person.actor
    _name_counterparts(scene, cast)
    return cast


def _offices_named(scene: Scene, phrases: dict[int, list[Phrase]]) -> frozenset[tuple[str, str]]:
    """As in "congratulate Mr. Berg on his election as President of the General Assembly"."""
    found = set()
    unnamed = [phrase for listed in phrases.values() for phrase in listed if not phrase.named and not phrase.plural]
    for phrase in unnamed:
        for state in phrase.states:
            role = role_of(scene, phrase, state.entity)
            if state.entity is not None and role is not None and role.office and phrase.tense is None:
                found.add((role.office, state.entity))
    return frozenset(found)


def _settle_states(scene: Scene, cast: list[Person]) -> None:
    """A state's name that several share means the state of its office-holder: "President Kabila of Congo"."""
    for person in cast:
        if person.home is None:
            continue
        for claim in person.claims:
            if claim.found is not None and claim.of in claim.options and _means_home(claim.found, person.home):
                claim.of = person.home
        for run in person.runs:
            line = scene.lines[run.line]
            place = run.after + 1 + (line.low(run.after + 1) == "the")
            if line.low(run.after) == "of" and place in line.starts:
                _means_home(line.starts[place], person.home)


def _means_home(found: Found, home: str) -> bool:
    """Make a shared name mean a state, if it is one of those it may mean; whether it is."""
    entry = next((entry for entry in found.entries if entry.entity == home), None)
    if entry is None or not found.others:
        return False
    found.entity, found.entry, found.others = home, entry, ()
    found.reason = "the state of the office-holder named with it"
    return True


def _is_doubtful(scene: Scene, person: Person) -> bool:
    """A bare surname of the tables that the model took for no name, and that no title and no office bears out.

    So is a single word that the model took for a person's name, if it does nothing and owns nothing in the report: it
    may be a book or a film.
    """
    if person.entity is not None or person.claims or any(run.gender for run in person.runs):
        return False
    if all(run.source == "tables" for run in person.runs):
        return True
    return len(person.fullest) == 1 and not any(_acts(scene, run) for run in person.runs)


def _acts(scene: Scene, run: Run) -> bool:
    """Whether a name is a subject, an owner, an addressee or a speaker's label, and has no article."""
    line = scene.lines[run.line]
    if run.source != "model" or run.whole_first < run.first or line.low(run.whole_after) == ":":
        return True
    token = line.sentence.tokens[head_token(line, run.first, run.after)]
    is_with_article = line.low(run.first - 1) in ARTICLES
    return not is_with_article and token.bare_relation in ("nsubj", "vocative", "obj", "iobj", "obl", "root")


def _name_counterparts(scene: Scene, cast: list[Person]) -> None:
    """As in "His Turkish counterpart, Mevlüt Çavuşoğlu": the name has the possessor's office."""
    for person in cast:
        for claim in person.claims:
            phrase = claim.counterpart
            if phrase is None:
                continue
            owners = [
                other
                for other in cast
                if other is not person
                and other.runs[0].line <= claim.line
                and main_office(scene, other) is not None
                and state_of_person(scene, other) != claim.of
            ]
            run = max((run for run in person.runs if run.line == claim.line), key=lambda run: run.first, default=None)
            if not owners or run is None:
                continue
            owner = max(
                owners,
                key=lambda other: (
                    max((r.line, r.first) for r in other.runs if (r.line, r.first) < (run.line, run.first))
                    if any((r.line, r.first) < (run.line, run.first) for r in other.runs)
                    else (-1, -1)
                ),
            )
            held = main_office(scene, owner)
            if held is not None:
                person.claims.append(claim_for(scene, held[0], claim.of, claim.line))
                person.actor = make_actor(scene, person)
                scene.actors[person.actor.id] = person.actor
            break


def _add_people(scene: Scene, cast: list[Person]) -> None:
    for person in cast:
        for run in person.runs:
            line = scene.lines[run.line]
            actor = person.actor
            assert actor is not None
            line.taken.update(range(run.whole_first, run.whole_after))
            _free_named(line, run)
            kind = "title" if run.whole_first < run.first or run.whole_after > run.after else "name"
            how, reason = _how(scene, person, run)
            candidates = tuple(
                Candidate(other, 0.5, "has the same name") for other in person.others[:5] if scene.actor(other)
            )
            actors = (actor.id,) if person.entity or not person.others or len(person.fullest) > 1 else ()
            scene.add(
                Draft(
                    run.line,
                    run.whole_first,
                    run.whole_after,
                    run.first,
                    run.after,
                    kind,
                    actors,
                    how,
                    person.certainty if person.entity else "medium" if len(person.fullest) == 1 else "high",
                    candidates,
                    reason,
                    "sing",
                    actor.gender,
                )
            )


def _how(scene: Scene, person: Person, run: Run) -> tuple[str, str]:
    if person.repaired:
        return "name.repaired", person.reason
    if person.entity is None:
        return "name.new", "named in the report; no table knows the name"
    if len(run.parts(scene)) < len(person.fullest) and len(person.fullest) > 1:
        return (
            "name.surname",
            f"short for {' '.join(word.title() for word in person.fullest)}, named in full here: {person.reason}",
        )
    return person.how, person.reason


def _free_named(line, run: Run) -> None:
    """States named by "of Turkey" or "Turkey's" inside a title stay mentions of their own; adjectives do not."""
    for phrase in run.phrases:
        for found in [*phrase.of, *([phrase.owner] if phrase.owner else [])]:
            line.taken.difference_update(range(found.first, found.after))


def _take_bits(scene: Scene, phrase: Phrase) -> None:
    """A role's own words and its adjectives are no mentions of their own."""
    line = scene.lines[phrase.line]
    line.taken.update(range(phrase.first, phrase.role_after))
    for found in line.surfaces:
        if found.entity in scene.world.orgs and phrase.role_first < found.first and found.after <= phrase.role_after:
            line.taken.difference_update(range(found.first, found.after))
    for found in [*phrase.of, *([phrase.owner] if phrase.owner else [])]:
        line.taken.difference_update(range(found.first, found.after))
    if phrase.possessive is not None:
        line.taken.discard(phrase.possessive)
    if phrase.owner_name is not None:
        line.taken.difference_update(range(*phrase.owner_name))


# -- what waits for what was named before ------------------------------------------------------------------------------


# -- out -------------------------------------------------------------------------------------------------------------


def _mentions(scene: Scene) -> tuple[Mention, ...]:
    found = []
    for line in scene.lines:
        for draft in sorted(line.drafts, key=lambda draft: (draft.first, -draft.after)):
            found.append(
                Mention(
                    line.span(draft.first, draft.after),
                    line.span(draft.head_first, draft.head_after),
                    line.sentence.number,
                    draft.kind,
                    draft.actors,
                    draft.how,
                    draft.certainty,
                    tuple(one for one in draft.candidates if scene.actor(one.actor)),
                    draft.reason,
                    draft.number,
                    draft.gender,
                )
            )
    return tuple(found)


def _actors_of(scene: Scene, mentions: tuple[Mention, ...]) -> tuple[Actor, ...]:
    used = {actor for mention in mentions for actor in mention.actors} | {
        one.actor for mention in mentions for one in mention.candidates
    }
    return tuple(scene.actors[entity] for entity in sorted(used) if entity in scene.actors)
