"""Who is meant: the mentions of a reading, the actors they name on the report's day, and the window narrowed by them.

Order: table names decided, role phrases cut, people gathered and looked up, the window narrowed, then every mention in
the order of the text: titles, states, roles, counterparts, sets, pronouns.
"""

from verbale.model.actor import Actor
from verbale.model.reading import Reading
from verbale.model.roster import Candidate, Mention, Roster
from verbale.world.bearings import choose_all
from verbale.world.cast import Person, add_repeats, cast_of, iso3_of, look_up, make_actor, terms_claimed
from verbale.world.generic import unnamed_actor
from verbale.world.names import Run, runs_of
from verbale.world.phrases import Phrase, phrases_of
from verbale.world.pronouns import WE, FIRST, first_person, pronoun_draft, pronouns_in, resolve
from verbale.world.repairs import repair_names
from verbale.world.roles import (
    Answer, bare_role, body_words, claim_for, counterpart, house_state, main_office, offices_held, one_of_state, owners_of, people_in_role,
    role_for, state_of_person,
)
from verbale.world.salience import weigh
from verbale.world.scene import Draft, Scene, scene_of
from verbale.world.sets import general_sets, people_meant, roles_of_states, states_meant
from verbale.world.states import add_states
from verbale.world.windowing import Bound, is_wide, known_day_bounds, narrowed
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
    _add_pending(scene, cast, unnamed)
    mentions = _mentions(scene)
    return Roster(reading, mentions, _actors_of(scene, mentions), scene.window)


# -- people ----------------------------------------------------------------------------------------------------------


def _people(scene: Scene, runs: list[Run], phrases: dict[int, list[Phrase]]) -> list[Person]:
    """The cast, looked up twice: the offices named narrow the window, and the narrower window decides between namesakes."""
    cast = cast_of(scene, runs, {})
    repair_names(scene, cast)
    look_up(scene, cast)
    cast = [person for person in cast if not _is_doubtful(person)]
    add_repeats(scene, cast)
    before = scene.window.period
    scene.window = narrowed(scene.window, _bounds(scene, cast, phrases))
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


def _is_doubtful(person: Person) -> bool:
    """A bare surname of the tables that the model took for no name, and that no title and no office bears out."""
    return person.entity is None and not person.claims and all(run.source == "tables" and not run.gender for run in person.runs)


def _bounds(scene: Scene, cast: list[Person], phrases: dict[int, list[Phrase]]) -> list[Bound]:
    """What the offices in the text say of its day."""
    if not is_wide(scene.window):
        return []
    text = scene.reading.report.text
    old_lines = {time.sentence for time in scene.reading.times if time.period is not None}
    bounds = []
    for person in cast:
        for claim, periods in terms_claimed(scene, person):
            if scene.lines[claim.line].sentence.number in old_lines and len(person.runs) < 2:
                continue
            run = next((run for run in person.runs if run.line == claim.line), person.runs[0])
            span = scene.lines[run.line].span(run.whole_first, run.whole_after)
            name = scene.world.label(person.entity or "")
            days = " and ".join(f"{period.since or '?'} to {period.until or 'now or unknown'}" for period in periods)
            role = claim.role.words if claim.role else ""
            bounds.append(Bound(periods, "office", span.of(text), span, f"{name} is called {role}: {days}", len(person.runs)))
    bounds += _bounds_by_role(scene, cast, phrases)
    return bounds + known_day_bounds(scene.reading, scene.world)


def _bounds_by_role(scene: Scene, cast: list[Person], phrases: dict[int, list[Phrase]]) -> list[Bound]:
    """An office that the text names apart from its holder: the one person of the report who ever held it."""
    bounds: list[Bound] = []
    seen: set[tuple[str, str]] = set()
    for number, listed in phrases.items():
        for phrase in listed:
            if phrase.named or phrase.match is None or phrase.tense is not None or phrase.anonymous:
                continue
            for found in phrase.states:
                role = phrase.role(iso3_of(scene, found.entity))
                if found.entity is None or role is None or not role.office or (role.office, found.entity) in seen:
                    continue
                seen.add((role.office, found.entity))
                bounds += _bound_of_holder(scene, cast, phrase, role.office, role.words, found.entity, number)
    return bounds


def _bound_of_holder(scene: Scene, cast: list[Person], phrase: Phrase, office: str, words: str, of: str, number: int) -> list[Bound]:
    if any(claim.role and claim.role.office == office and claim.of == of for person in cast for claim in person.claims):
        return []
    holders = []
    for person in cast:
        terms = [term for term in scene.world.offices_of(person.entity or "") if term.office_kind == office and term.of == of]
        if terms and not any(claim.tense == "past" for claim in person.claims):
            holders.append((person, terms))
    if len(holders) != 1:
        return []
    person, terms = holders[0]
    span = scene.lines[number].span(phrase.first, phrase.after)
    name = scene.world.label(person.entity or "")
    days = " and ".join(f"{term.since or '?'} to {term.until or 'now or unknown'}" for term in terms)
    return [Bound([term.period for term in terms], "office", span.of(scene.reading.report.text), span,
                  f"{name} is the only one of the report who was ever {words} of {scene.world.label(of)}: {days}", 1)]


def _name_counterparts(scene: Scene, cast: list[Person]) -> None:
    """"His Turkish counterpart, Mevlüt Çavuşoğlu": the name has the possessor's office."""
    for person in cast:
        for claim in person.claims:
            phrase = claim.counterpart
            if phrase is None:
                continue
            owners = [other for other in cast if other is not person and other.runs[0].line <= claim.line
                      and main_office(scene, other) is not None and state_of_person(scene, other) != claim.of]
            run = max((run for run in person.runs if run.line == claim.line), key=lambda run: run.first, default=None)
            if not owners or run is None:
                continue
            owner = max(owners, key=lambda other: max((r.line, r.first) for r in other.runs if (r.line, r.first) < (run.line, run.first))
                        if any((r.line, r.first) < (run.line, run.first) for r in other.runs) else (-1, -1))
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
            candidates = tuple(Candidate(other, 0.5, "has the same name") for other in person.others[:5] if scene.actor(other))
            actors = (actor.id,) if person.entity or not person.others or len(person.fullest) > 1 else ()
            scene.add(Draft(run.line, run.whole_first, run.whole_after, run.first, run.after, kind, actors, how,
                            person.certainty if person.entity else "medium" if len(person.fullest) == 1 else "high",
                            candidates, reason, "sing", actor.gender))


def _how(scene: Scene, person: Person, run: Run) -> tuple[str, str]:
    if person.repaired:
        return "name.repaired", person.reason
    if person.entity is None:
        return "name.new", "named in the report; no table knows the name"
    if len(run.parts(scene)) < len(person.fullest) and len(person.fullest) > 1:
        return "name.surname", f"short for {' '.join(word.title() for word in person.fullest)}, whom the report names in full: {person.reason}"
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
    for found in [*phrase.of, *([phrase.owner] if phrase.owner else [])]:
        line.taken.difference_update(range(found.first, found.after))
    if phrase.possessive is not None:
        line.taken.discard(phrase.possessive)
    if phrase.owner_name is not None:
        line.taken.difference_update(range(*phrase.owner_name))


# -- what waits for what was named before ------------------------------------------------------------------------------


def _add_pending(scene: Scene, cast: list[Person], unnamed: list[Phrase]) -> None:
    """Roles, counterparts, sets and pronouns, in the order of the text: each may point at the ones before it."""
    by_line: dict[int, list[tuple[int, int, object]]] = {}
    for phrase in unnamed:
        by_line.setdefault(phrase.line, []).append((phrase.first, 1, phrase))
    home = house_state(scene)
    late: list[tuple[int, int]] = []
    for number, line in enumerate(scene.lines):
        waiting = list(by_line.get(number, []))
        sets = [(first, 0, (first, after, what, count)) for first, after, what, count in general_sets(scene, number)]
        owned = {phrase.possessive for _, _, phrase in waiting if isinstance(phrase, Phrase)}
        waiting += [(place, 2, place) for place in pronouns_in(scene, number) if place not in owned] + sets
        for _, kind, item in sorted(waiting, key=lambda one: (one[0], -one[1])):
            if kind == 0:
                _add_general_set(scene, cast, number, *item)
            elif kind == 1:
                _add_role(scene, cast, item)
            elif line.bits[item].low in WE or line.bits[item].low in FIRST:
                late.append((number, item))
            else:
                scene.add(pronoun_draft(scene, number, item, resolve(scene, number, item)))
    for number, place in late:
        scene.add(pronoun_draft(scene, number, place, first_person(scene, number, place, home)))


def _add_general_set(scene: Scene, cast: list[Person], number: int, first: int, after: int, what: str, count: int | None) -> None:
    line = scene.lines[number]
    if any(draft.kind == "set" and draft.first <= first < draft.after and draft.first != first for draft in line.drafts) and what != "states":
        return
    if what == "people":
        answer = people_meant(scene, cast, Phrase(number, first, after, after - 1, after, None, plural=True, count=count), None)
    else:
        answer = states_meant(scene, cast, number, first, count)
    if answer.actors or answer.candidates:
        _add_answer(scene, number, first, after, after - 1, "set", answer, "plur")


def _add_answer(scene: Scene, number: int, first: int, after: int, head: int, kind: str, answer: Answer, plural: str, gender: str | None = None,
                head_after: int | None = None) -> None:
    scene.add(Draft(number, first, after, head, head_after or (after if kind == "set" and head == after - 1 else head + 1), kind, answer.actors,
                    answer.how, answer.certainty, answer.candidates, answer.reason, plural, gender))


def _add_role(scene: Scene, cast: list[Person], phrase: Phrase) -> None:
    answer, kind = _role_answer(scene, cast, phrase)
    _add_possessive(scene, phrase, answer)
    if answer is None or kind == "set" and not answer.actors and not answer.candidates:
        return
    role = phrase.role(None)
    gender = role.gender if role else None
    _add_answer(scene, phrase.line, phrase.first, phrase.after, phrase.role_first, kind, answer, "plur" if phrase.plural else "sing", gender,
                phrase.role_after)


def _add_possessive(scene: Scene, phrase: Phrase, answer: Answer | None) -> None:
    """The "his" of "his Turkish counterpart" means whoever the counterpart was read off."""
    if phrase.possessive is None or scene.lines[phrase.line].bits[phrase.possessive].low in WE | FIRST | {"your", "whose"}:
        return
    found = resolve(scene, phrase.line, phrase.possessive)
    if answer is not None and answer.owner is not None:
        known = [one for one in found.candidates if one.actor == answer.owner]
        others = tuple(one for one in found.candidates if one.actor != answer.owner)
        chosen = known[0] if known else Candidate(answer.owner, 0.6, "has the office that the counterpart shares")
        found = found._replace(actors=(answer.owner,), certainty=answer.certainty, candidates=(chosen, *others), how="pronoun.owner",
                               reason="has the office that the counterpart shares")
    scene.add(pronoun_draft(scene, phrase.line, phrase.possessive, found))


def _role_answer(scene: Scene, cast: list[Person], phrase: Phrase) -> tuple[Answer | None, str]:
    states = list(dict.fromkeys(found.entity for found in phrase.states if found.entity))
    if phrase.counterpart:
        return _counterpart_answer(scene, cast, phrase, states), "counterpart"
    role = phrase.role(iso3_of(scene, states[0] if states else None))
    assert role is not None
    if _is_bureau(scene, phrase):
        return None, "role"
    if phrase.of_set is not None:
        meant = states_meant(scene, cast, phrase.line, phrase.of_set[0], None)
        if meant.actors:
            return roles_of_states(scene, cast, phrase, list(meant.actors)), "set"
        return Answer((), "set.states", "low", meant.reason, meant.candidates), "set"
    if phrase.plural and len(states) > 1:
        return roles_of_states(scene, cast, phrase, states), "set"
    if phrase.plural and (phrase.anonymous or phrase.determiner is None and phrase.count is None and not phrase.owner and phrase.possessive is None):
        return _unnamed(scene, phrase, states)
    if phrase.plural and len(states) == 1:
        return _of_one_state(scene, cast, phrase, states[0])
    if phrase.plural:
        return people_meant(scene, cast, phrase, role), "set"
    if phrase.anonymous:
        return _unnamed(scene, phrase, states)
    if phrase.owner_name is not None or phrase.possessive is not None and not states:
        return _of_owner(scene, cast, phrase)
    if states and phrase.determiner is None and not phrase.owner and not phrase.of and role.office in (None, "official", "diplomat"):
        return _unnamed(scene, phrase, states)
    if states:
        return one_of_state(scene, cast, phrase, role, states[0]), "role"
    if phrase.determiner in ("the", "this", "that"):
        return bare_role(scene, cast, phrase, role), "role"
    return None, "role"


def _is_bureau(scene: Scene, phrase: Phrase) -> bool:
    """"Office of the Spokesperson": a bureau, not the person."""
    low = scene.lines[phrase.line].low
    return low(phrase.first - 1) == "of" and low(phrase.first - 2) in ("office", "bureau", "residence", "desk", "post", "position", "role", "title")


def _unnamed(scene: Scene, phrase: Phrase, states: list[str]) -> tuple[Answer | None, str]:
    """"A senior US official", "Turkish diplomats": somebody of that state, without a name."""
    if not states:
        return Answer((), "unnamed.nobody", "low", "the report names neither person nor state"), "unnamed"
    role = phrase.role(iso3_of(scene, states[0]))
    assert role is not None
    actor = unnamed_actor(scene, role, states[0], phrase.organ, body_words(scene, phrase))
    if actor is None:
        return None, "unnamed"
    return Answer((actor.id,), "unnamed.affiliated", "high", f"somebody of {scene.world.label(states[0])} whom the report does not name"), "unnamed"


def _of_one_state(scene: Scene, cast: list[Person], phrase: Phrase, state: str) -> tuple[Answer | None, str]:
    """"The Turkish ministers": those of the report, else nameless officials."""
    role = phrase.role(iso3_of(scene, state))
    assert role is not None
    known = people_in_role(scene, cast, role.office, state, role)
    if phrase.count is not None and len(known) == phrase.count or len(known) > 1:
        return Answer(tuple(person.id for person in known), "set.of_state", "medium", f"those of {scene.world.label(state)} in the report"), "set"
    return _unnamed(scene, phrase, [state])


def _of_owner(scene: Scene, cast: list[Person], phrase: Phrase) -> tuple[Answer | None, str]:
    """"His foreign minister", "Macron's spokesman": that office of the owner's state."""
    role = phrase.role(None)
    assert role is not None
    owners = _owners(scene, cast, phrase)
    state = next((state for person in owners if (state := state_of_person(scene, person))), None)
    if state is None:
        return None, "role"
    answer = one_of_state(scene, cast, phrase, phrase.role(iso3_of(scene, state)) or role, state)
    if any(person.id in answer.actors for person in owners[:1]):
        return None, "role"
    answer.certainty = "low" if answer.certainty == "low" else "medium"
    answer.reason = f"of the state of {_named(owners[0])}: {answer.reason}"
    answer.owner = owners[0].id
    return answer, "role"


def _named(person: Person) -> str:
    return person.actor.name if person.actor else " ".join(person.fullest)


def _counterpart_answer(scene: Scene, cast: list[Person], phrase: Phrase, states: list[str]) -> Answer | None:
    ours = phrase.possessive is not None and scene.lines[phrase.line].bits[phrase.possessive].low in ("our", "my", "your")
    if ours or phrase.plural and len(states) == 1 and phrase.possessive is not None and phrase.determiner == "their":
        actor = unnamed_actor(scene, role_for("official"), states[0]) if states else None
        return Answer((actor.id,) if actor else (), "counterpart.officials", "medium" if actor else "low",
                      "officials of the other side, whom the report does not name")
    owners = _owners(scene, cast, phrase)
    if len(states) < 2:
        return counterpart(scene, cast, owners, states[0] if states else None, phrase)
    answers = [counterpart(scene, cast, owners, state, phrase) for state in states]
    actors = tuple(actor for answer in answers for actor in answer.actors)
    candidates = tuple(one for answer in answers for one in answer.candidates)
    certainty = "low" if any(not answer.actors for answer in answers) else "medium" if any(
        answer.certainty != "high" for answer in answers) else "high"
    return Answer(actors, "counterpart.several", certainty, "; ".join(answer.reason for answer in answers), candidates,
                  next((answer.owner for answer in answers if answer.owner), None))


def _owners(scene: Scene, cast: list[Person], phrase: Phrase) -> list[Person]:
    """Who owns a counterpart or a minister: the name before "'s", whom "his" may mean, else who the clause is about."""
    line = scene.lines[phrase.line]
    if phrase.owner_name is not None:
        for draft in line.drafts:
            if draft.head_first < phrase.owner_name[1] and phrase.owner_name[0] < draft.head_after:
                return owners_of(scene, cast, draft)
    by_id = {person.id: person for person in cast}
    place = phrase.possessive if phrase.possessive is not None else phrase.first
    gender = {"his": "m", "her": "f"}.get(line.bits[place].low) if phrase.possessive is not None else None
    ranked = weigh(scene, phrase.line, place, lambda actor: actor.id in by_id and (gender is None or actor.gender in (None, gender)))
    return [by_id[entity] for entity, _, _ in ranked]


# -- out -------------------------------------------------------------------------------------------------------------


def _mentions(scene: Scene) -> tuple[Mention, ...]:
    found = []
    for line in scene.lines:
        for draft in sorted(line.drafts, key=lambda draft: (draft.first, -draft.after)):
            found.append(Mention(line.span(draft.first, draft.after), line.span(draft.head_first, draft.head_after), line.sentence.number,
                                 draft.kind, draft.actors, draft.how, draft.certainty, draft.candidates, draft.reason, draft.number,
                                 draft.gender))
    return tuple(found)


def _actors_of(scene: Scene, mentions: tuple[Mention, ...]) -> tuple[Actor, ...]:
    used = {actor for mention in mentions for actor in mention.actors} | {one.actor for mention in mentions for one in mention.candidates}
    return tuple(scene.actors[entity] for entity in sorted(used) if entity in scene.actors)


__all__ = ["identify", "offices_held"]
