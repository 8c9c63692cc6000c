"""Roles with neither name nor state: "The minister", "the President"; and whose government publishes the text."""

from verbale.model.roster import Candidate
from verbale.world.cast import Person
from verbale.world.phrases import Phrase
from verbale.world.roles import (
    CHAIRS,
    Answer,
    before,
    holder_answer,
    name_of,
    offices_held,
    people_in_role,
    people_in_tense,
    state_of_person,
    sure_of,
)
from verbale.world.runs import Run
from verbale.world.scene import Scene
from verbale.world.word_lists import RoleWord, word_table, words

SUBORDINATE = frozenset({"deputy", "assistant", "under", "undersecretary", "vice", "principal"})
"""A deputy minister is not "the minister"."""
HEAD_LETTERS = 400
REACH = 3
"""How many sentences back a state is looked for whose office-holder a bare role may be."""



def bare_role(scene: Scene, cast: list[Person], phrase: Phrase, role: RoleWord) -> Answer:
    """As in "The minister", "the president", with no state: those of the report who are that, the last-named first."""
    known = people_in_role(scene, cast, role.office, None, role)
    if role.office == "official" and role.words not in ("official", "government official", "senior official"):
        known = _by_words(cast, role.words)
    if phrase.tense is not None:
        known = people_in_tense(cast, phrase.tense, role.office, None)
    if role.gender:
        known = [person for person in known if person.gender in (None, role.gender)]
    if role.words == "secretary":
        known = [person for person in known if _is_called_secretary(person)] or known
    known = [person for person in known if not any(rule(scene, person, phrase, role) for rule in RULED_OUT)]
    near = before(known, phrase.line, phrase.first)
    if not near and scene.lines[phrase.line].sentence.segment == scene.lines[0].sentence.segment:
        said = [person for person in known if _is_said_to_be(person, role)]
        near = sorted(said, key=lambda person: min((run.line, run.first) for run in person.runs))
    home = house_state(scene, cast)
    if (
        (not near or _is_abroad(scene, cast, near[0], phrase, home))
        and home is not None
        and _is_title_in(role, home)
        and role.office in CHAIRS | {"secretary", "vice_president"}
        and phrase.tense is None
    ):
        found = _of_house(scene, role, home)
        if found.actors or not near:
            return found
    if not near:
        return _not_named(scene, phrase, role)
    listed = tuple(
        Candidate(person.id, score, f"{name_of(person)} is {_said_role(person)}")
        for person, score in zip(near, (0.8, 0.4, 0.2, 0.1, 0.05))
    )
    if len(near) == 1:
        certainty = sure_of(scene, near[0], role.office) if role.office not in ("official", "politician") else "medium"
        return Answer(
            (near[0].id,), "role.bare", certainty, f"{name_of(near[0])} is the only {role.words} named so far", listed
        )
    if _is_much_nearer(near, phrase):
        reason = f"{name_of(near[0])} is the {role.words} named last"
        return Answer((near[0].id,), "role.bare", "medium", reason, listed)
    return Answer((), "role.bare", "low", f"{len(near)} in the report may be meant", listed)


def _is_said_to_be(person: Person, role: RoleWord) -> bool:
    """Whether the text itself calls somebody so: "President Obama" for "the President"."""
    return any(
        claim.role is not None and claim.tense is None and claim.role.office == role.office for claim in person.claims
    )


def _is_title_in(role: RoleWord, home: str) -> bool:
    """Whether a state's own texts would call an office so: there is no foreign minister in Washington."""
    titles = word_table()["house_titles"].get(home, {}).get(role.office if role.office != "secretary" else "")
    return titles is None or role.words in titles


def _is_monarch(scene: Scene, person: Person, phrase: Phrase, role: RoleWord) -> bool:
    """A king is a head of state, but not "the President"."""
    if role.words != "president":
        return False
    titles = words("monarchs", "titles")
    if any(claim.role is not None and claim.role.words in titles for claim in person.claims):
        return True
    terms = scene.world.offices_of(person.entity, scene.period) if person.entity else []
    return any((term.label or "").lower() in titles for term in terms)


def _is_named_with_it(scene: Scene, person: Person, phrase: Phrase, role: RoleWord) -> bool:
    """As in "the President met President Hollande": whoever the sentence goes on to name with the title is another."""
    return any(
        run.line == phrase.line
        and run.first >= phrase.after
        and any(title.match is not None and title.match.first.words == role.words for title in run.phrases)
        for run in person.runs
    )


def _has_other_title(scene: Scene, person: Person, phrase: Phrase, role: RoleWord) -> bool:
    """Of heads of bodies: the president of the Assembly is not "the Secretary-General"."""
    if role.office != "head_of_body":
        return False
    titles = [claim.role.words for claim in person.claims if claim.role is not None and claim.tense is None]
    terms = scene.world.offices_of(person.entity, scene.period) if person.entity else []
    titles += [(term.label or "").lower().replace("-", " ") for term in terms if term.office_kind == "head_of_body"]
    told = [title for title in titles if title]
    return bool(told) and not any(title.startswith(role.words) for title in told)


RULED_OUT = (_is_monarch, _is_named_with_it, _has_other_title)


def _not_named(scene: Scene, phrase: Phrase, role: RoleWord) -> Answer:
    """Nobody of the report has the role: the head of a body it speaks of, or a chair of the one state spoken of."""
    found = _of_body_near(scene, phrase, role) if role.office == "head_of_body" else None
    if found is None and role.office in CHAIRS:
        found = _of_state_near(scene, phrase, role)
    return found or Answer((), "role.bare", "low", f"nobody named before is {role.words}")


def _of_body_near(scene: Scene, phrase: Phrase, role: RoleWord) -> Answer | None:
    """As in "the Secretary-General" in a text that speaks of the United Nations alone of such bodies."""
    bodies = []
    for line in scene.lines:
        for found in line.surfaces:
            row = scene.world.orgs.get(found.entity or "")
            if row is not None and row.country is None:
                bodies.append(row.part_of if row.part_of in scene.world.orgs and _is_of_un(row.part_of) else row.id)
    asked = list(dict.fromkeys(bodies))
    heads = [of for of in asked if _has_head(scene, of, role)]
    if len(heads) != 1:
        return None
    answer = holder_answer(scene, "head_of_body", heads[0], role)
    if answer is not None:
        answer.certainty = "medium"
    return answer


def _is_of_un(entity: str | None) -> bool:
    return entity == "org:un"


def _has_head(scene: Scene, of: str, role: RoleWord) -> bool:
    """Whether the tables have a body's head for the report's days, under that title or under none."""
    terms = scene.world.holders("head_of_body", of, scene.period)
    labels = {(term.label or "").lower().replace("-", " ") for term in terms}
    return bool(terms) and (not any(labels) or any(label.startswith(role.words) for label in labels))


def _of_state_near(scene: Scene, phrase: Phrase, role: RoleWord) -> Answer | None:
    """As in "Greece ... the Prime Minister's decision": candidates from the states named just before."""
    states: list[str] = []
    for number in range(max(0, phrase.line - REACH), phrase.line + 1):
        for draft in scene.lines[number].drafts:
            if number < phrase.line or draft.first < phrase.first:
                states += [actor for actor in draft.actors if actor.startswith("st:") and ":" not in actor[3:]]
    listed: list[Candidate] = []
    for state in dict.fromkeys(reversed(states)):
        if not _is_title_in(role, state):
            continue
        terms = scene.world.holders(role.office or "", state, scene.period)
        people = list(dict.fromkeys(term.person for term in terms))
        why = f"{role.words} of {scene.world.label(state)}, which was named before"
        if len(people) == 1 and scene.period.days is not None and scene.actor(people[0]):
            listed.append(Candidate(people[0], round(0.6 * 0.6 ** len(listed), 3), why))
    if not listed:
        return None
    return Answer((), "role.bare", "low", "nobody named before has the role; a state was", tuple(listed[:4]))


def _by_words(cast: list[Person], wanted: str) -> list[Person]:
    return [
        person
        for person in cast
        if any(claim.role is not None and claim.role.words == wanted for claim in person.claims)
    ]


def _said_role(person: Person) -> str:
    claim = next((claim for claim in person.claims if claim.role), None)
    if claim and claim.role:
        return claim.role.words
    return person.actor.office if person.actor and person.actor.office else "in the report"


def _is_much_nearer(near: list[Person], phrase: Phrase) -> bool:
    lines = [max((run.line for run in person.runs if run.line <= phrase.line), default=-9) for person in near[:2]]
    return lines[0] >= phrase.line - 1 and lines[1] < phrase.line - 2


def house_state(scene: Scene, cast: list[Person]) -> str | None:
    """The state whose government publishes the report, or whose official speaks in it; None where nothing says so.

    Told by its address (state.gov, gov.uk, kremlin.ru), else by the spokesperson who answers in a transcript.
    """
    report = scene.reading.report
    place = " ".join(filter(None, (report.url, report.source, report.origin))).lower()
    for ending, state in word_table()["houses"].items():
        if ending in place:
            return state
    return _briefing_state(scene, cast) or _state_here(scene) or _state_of_room(scene)


def _state_of_room(scene: Scene) -> str | None:
    """As in "Aboard Air Force One", at the head of a transcript: the state whose house speaks there."""
    head = scene.reading.report.text[:HEAD_LETTERS].lower()
    return next((state for room, state in word_table()["house_rooms"].items() if room in head), None)


def _state_here(scene: Scene) -> str | None:
    """As in "a dinner here at the White House": whose house speaks."""
    for line in scene.lines:
        for found in line.surfaces:
            if found.entry is None or found.entry.kind != "metonym" or found.entry.organ != "head_of_state":
                continue
            opener = [line.low(place) for place in range(max(0, found.first - 3), found.first)]
            if opener[-3:] == ["here", "at", "the"] or opener[-2:] in (["here", "at"], ["here", "in"]):
                return found.entity
    return None


def _briefing_state(scene: Scene, cast: list[Person]) -> str | None:
    """The state whose spokesperson is labelled as speaking, or to whom a release is said to be attributable."""
    found = set()
    for person in cast:
        if not any(office == "spokesperson" for office, _ in offices_held(scene, person)):
            continue
        if any(_is_labelled(scene, run) or _is_attributed(scene, run) for run in person.runs):
            found.add(state_of_person(scene, person))
    return found.pop() if len(found) == 1 else None


def _is_labelled(scene: Scene, run: Run) -> bool:
    return run.whole_first == 0 and scene.lines[run.line].low(run.whole_after) == ":"


def _is_attributed(scene: Scene, run: Run) -> bool:
    line = scene.lines[run.line]
    return "attributable" in (line.low(place) for place in range(max(0, run.whole_first - 3), run.whole_first))


def _is_abroad(scene: Scene, cast: list[Person], person: Person, phrase: Phrase, home: str | None) -> bool:
    """Whether "the President" of a government's own text is the home one, though a foreign one was named before.

    In a release a foreign holder named within two sentences is meant as well as the home one; at a briefing only one
    named in the same sentence is.
    """
    line = scene.lines[phrase.line]
    if home is None or not line.bits[phrase.role_first].raw[:1].isupper() or state_of_person(scene, person) == home:
        return False
    reach = 0 if any(_is_labelled(scene, run) for one in cast for run in one.runs) else 2
    return all(abs(run.line - phrase.line) > reach or run.line > phrase.line for run in person.runs)


def _is_called_secretary(person: Person) -> bool:
    return any(
        claim.role is not None
        and claim.tense is None
        and "secretary" in (said := claim.role.words.split())
        and not SUBORDINATE & set(said)
        and said[-1] != "general"
        and said[0] != "press"
        for claim in person.claims
    )


def _of_house(scene: Scene, role: RoleWord, home: str) -> Answer:
    kind = "foreign_minister" if role.office == "secretary" else role.office or ""
    found = holder_answer(scene, kind, home, role)
    if found is not None:
        found.certainty = "medium" if found.certainty == "high" else found.certainty
        found.reason += "; the publisher is that state's government"
        return found
    return Answer((), "role.bare", "low", f"nobody named before is {role.words}")
