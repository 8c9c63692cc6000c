"""I and we: whoever speaks or signs, and that person's side; left to the statements where several speak."""

from verbale.model.roster import Candidate
from verbale.world.pronouns import FIRST, PERSON_KINDS, WE, Ranked, ranked_choice
from verbale.world.salience import joined_in, quotation_at, salient_states, state_behind
from verbale.world.scene import Draft, Scene
from verbale.world.speaking import label_speaker, speakers_near

FIRST_LINES = 6
"""Among how many sentences those are named who sign a joint text."""
UNSIGNED = 0.15
"""What a candidate for the we of an unsigned text weighs: to be shown, too little to be chosen."""


def author_of(scene: Scene) -> Draft | None:
    """Who signs a release: the one person named in one of the first lines that has no verb."""
    for line in scene.lines[:3]:
        if len(line.bits) > 14 or any(token.upos in ("VERB", "AUX") for token in line.sentence.tokens):
            continue
        people = [
            draft
            for draft in line.drafts
            if len(draft.actors) == 1 and scene.actors[draft.actors[0]].kind in PERSON_KINDS
        ]
        if len(people) == 1 and people[0].first == 0:
            return people[0]
    return None


def signer_of(scene: Scene) -> str | None:
    """The official of the tables who signs: "Antony J. Blinken, Secretary of State" under the title, or as the author.

    None where the author is no official by the words beside the name, as a reporter is.
    """
    drafted = author_of(scene)
    if drafted is not None:
        actor = scene.actors[drafted.actors[0]]
        return actor.id if actor.office_kind or drafted.kind == "title" else None
    name, _, title = (scene.reading.report.author or "").partition(",")
    words = [word for word in name.split() if not (len(word) == 2 and word.endswith("."))]
    people = scene.world.people_named(" ".join(words)) if title.strip() and len(words) > 1 else []
    officials = [person for person in people if scene.world.offices_of(person)]
    return officials[0] if len(officials) == 1 and scene.actor(officials[0]) else None


def first_person(scene: Scene, number: int, place: int, home: str | None) -> Ranked:
    """I and we: the speaker, the speaker's side; left to the statements where several speak."""
    low = scene.lines[number].bits[place].low
    weighed: dict[str, tuple[float, str]] = {}
    quoted = quotation_at(scene, number, place) is not None
    label = None if quoted else label_speaker(scene, number)
    signer = signer_of(scene) if label is None and not quoted else None
    if signer is not None:
        return _of_signer(scene, low, signer)
    if label is None and not quoted and any(scene.labels or ()):
        return Ranked((), "low", "pronoun.label", "a question from someone the transcript does not name", ())
    if label is not None:
        for entity in label.actors or tuple(one.actor for one in label.candidates[:3]):
            _add_side(scene, low, entity, 1.2, weighed)
        if home is not None and low in WE and scene.actor(home):
            weighed[home] = (1.0, "the publisher's own state")
        ranked = sorted(
            ((entity, value, reason) for entity, (value, reason) in weighed.items()), key=lambda one: (-one[1], one[0])
        )
        return ranked_choice(ranked, "pronoun.label")._replace(certainty="medium")
    for order, draft in enumerate(speakers_near(scene, number, place)[:4]):
        share = (1.0, 0.35, 0.2, 0.1)[order]
        listed = [(entity, 1.0) for entity in draft.actors] or [(one.actor, one.score) for one in draft.candidates[:3]]
        if home is not None and not quoted:
            break
        for entity, part in listed:
            _add_side(scene, low, entity, share * part, weighed)
    if not weighed and home is not None and not quoted and low in WE and scene.actor(home):
        weighed[home] = (0.6, "the publisher's own state")
    if not weighed:
        sides = _sides_of_text(scene, number, place) if low in WE and not quoted else ()
        return Ranked((), "low", "pronoun.speaker", "no speaker is named near", sides)
    ranked = sorted(
        ((entity, value, reason) for entity, (value, reason) in weighed.items()), key=lambda one: (-one[1], one[0])
    )
    found = ranked_choice(ranked, "pronoun.speaker")
    if low in WE and len(found.actors) == 1:
        known = {one.actor for one in found.candidates}
        sides = () if quoted else _sides_of_text(scene, number, place)
        more = tuple(one for one in sides if one.actor not in known)
        return found._replace(certainty="low", actors=(), candidates=(*found.candidates, *more)[:20])
    return found._replace(certainty="medium" if found.certainty == "high" else found.certainty)


def _sides_of_text(scene: Scene, number: int, place: int) -> tuple[Candidate, ...]:
    """Whose "we" an unsigned text may be: the states joined in its first sentences, else those it speaks of most."""
    for line in range(min(FIRST_LINES, len(scene.lines))):
        for group in joined_in(scene, line):
            states = {state for draft in group.members for actor in draft.actors
                      if (state := state_behind(scene, actor)[0]) is not None and scene.actor(state)}
            if len(states) > 1 and len(states) == len(group.members):
                return tuple(Candidate(state, UNSIGNED, "named together at the head of the text")
                             for state in sorted(states))
    listed = salient_states(scene, number, place)[:3]
    return tuple(Candidate(state, UNSIGNED, "a state the text speaks of") for state, _ in listed if scene.actor(state))


def _of_signer(scene: Scene, low: str, signer: str) -> Ranked:
    """I, in a signed release: who signs it; we: the signer's state, with the signer, who speaks, before it."""
    reason = f"{scene.actors[signer].name} signs the report"
    if low in FIRST:
        return Ranked((signer,), "medium", "pronoun.signer", reason, (Candidate(signer, 1.0, reason),))
    state, _ = state_behind(scene, signer)
    candidates = [Candidate(signer, 0.5, reason)]
    if state is None or scene.actor(state) is None:
        return Ranked((), "low", "pronoun.signer", "the signer's side", tuple(candidates))
    if low != "we":
        candidates = []  # "our values" and "with us" are no one person's
    candidates.append(Candidate(state, 0.5, "the side of who signs the report"))
    return Ranked((state,), "medium", "pronoun.signer", "the side of who signs the report", tuple(candidates))


def _add_side(scene: Scene, low: str, entity: str, share: float, weighed: dict[str, tuple[float, str]]) -> None:
    actor = scene.actors.get(entity)
    if actor is None:
        return
    state, _ = state_behind(scene, entity)
    if low in WE and state is not None:
        scene.actor(state)
        old = weighed.get(state, (0.0, ""))[0]
        weighed[state] = (old + 0.8 * share, f"the side of {actor.name}, who speaks")
    value = share * (0.5 if low in WE and state is not None else 1.0)
    old = weighed.get(entity, (0.0, ""))[0]
    weighed[entity] = (old + value, f"{actor.name} speaks")
