"""What a reader has in mind at a place of the report: who was named before, how near, and how prominently."""

from dataclasses import dataclass

from verbale.model.reading import ROOT
from verbale.world.scene import Draft, Line, Scene, governor, head_token, top_of_group
from verbale.world.word_lists import words

WEIGHTS = {"subject": 1.0, "top": 0.9, "object": 0.6, "possessor": 0.45, "oblique": 0.4}
"""How far a place in the clause makes its owner the next pronoun's."""
RECENCY = 0.55
"""What a sentence of distance leaves of the weight."""
SPEAKER_BONUS = 0.5
REACH = 6
ACROSS_QUOTE = 0.35
IN_CONTENT = 0.45
"""Who stands only in what somebody said ("he added that Erdogan ...") comes less to mind than the one who said it."""


@dataclass
class Joined:
    """Mentions joined by "and": "Erdogan and his Russian counterpart"."""

    line: int
    first: int
    after: int
    members: list[Draft]
    position: str


def is_speaker(scene: Scene, draft: Draft) -> bool:
    """Whether a mention is the subject of a verb of speech, or stands after "according to"."""
    if draft.speaks is None:
        draft.speaks = _speaks(scene, draft)
    return draft.speaks


def _speaks(scene: Scene, draft: Draft) -> bool:
    line = scene.lines[draft.line]
    sentence = line.sentence
    place = head_token(line, draft.head_first, draft.head_after)
    if line.low(draft.first - 1) == "to" and line.low(draft.first - 2) == "according":
        return True
    top = sentence.tokens[top_of_group(sentence, place)]
    return (
        top.bare_relation == "nsubj"
        and top.head != ROOT
        and sentence.tokens[top.head].lemma.lower() in words("speech_verbs", "lemmas")
    )


def quotation_at(scene: Scene, line: int, bit: int) -> int | None:
    """Number of the outer quotation that a bit stands in; None outside."""
    here = scene.lines[line]
    if here.quotes is None:
        span = here.sentence.span
        near = [
            (number, one.outer)
            for number, one in enumerate(scene.reading.quotations)
            if one.level == 1 and one.outer.overlaps(span)
        ]
        here.quotes = [
            next((number for number, outer in near if outer.start <= piece.start < outer.stop), None)
            for piece in here.bits
        ]
    return here.quotes[bit]


def drafts_before(scene: Scene, line: int, bit: int, reach: int = REACH) -> list[Draft]:
    """Mentions that start before a place, within some sentences, in text order. The title counts as near the lead."""
    found = []
    for number in range(max(0, line - reach), line + 1):
        for draft in scene.lines[number].drafts:
            if number < line or draft.first < bit:
                found.append(draft)
    found.sort(key=lambda draft: (draft.line, draft.first))
    return found


def same_clause_subjects(scene: Scene, line: int, bit: int) -> set[str]:
    """Actors that are the subject of the verb a pronoun is the object of: "him" is not its own clause's subject."""
    here = scene.lines[line]
    place = here.bits[bit].token
    token = here.sentence.tokens[place]
    if token.bare_relation not in ("obj", "iobj", "obl"):
        return set()
    above = governor(here.sentence, place)
    barred: set[str] = set()
    for draft in here.drafts:
        if (
            draft.position == "subject"
            and governor(here.sentence, head_token(here, draft.head_first, draft.head_after)) == above
        ):
            barred.update(draft.actors)
    return barred


def content_of(scene: Scene, line: int) -> dict[int, int]:
    """For each token inside what a verb of speech says: the place of that verb, the outermost one."""
    here = scene.lines[line]
    if here.content is None:
        here.content = {}
        sentence = here.sentence
        for token in sentence.tokens:
            if token.bare_relation != "ccomp" or token.head == ROOT or token.place in here.content:
                continue
            if sentence.tokens[token.head].lemma.lower() in words("speech_verbs", "lemmas"):
                for place in sentence.subtree(token.place):
                    here.content.setdefault(place, token.head)
    return here.content


def content_place(scene: Scene, line: int, bit: int) -> tuple[int, int] | None:
    """Which verb of speech has a bit in what it says; None where none has."""
    verb = content_of(scene, line).get(scene.lines[line].bits[bit].token)
    return None if verb is None else (line, verb)


def weigh(scene: Scene, line: int, bit: int, fits) -> list[tuple[str, float, str]]:
    """Actors named before a place that `fits` takes, with weight and reason, the weightiest first."""
    quote, content = quotation_at(scene, line, bit), content_place(scene, line, bit)
    weights: dict[str, tuple[float, str]] = {}
    for draft in drafts_before(scene, line, bit):
        if draft.kind == "place" or not (draft.actors or draft.candidates):
            continue
        shares = _shares(draft)
        for entity, share in shares:
            actor = scene.actors.get(entity)
            if actor is None or not fits(actor):
                continue
            value, reason = _weight(scene, draft, line, quote, content)
            if draft.line == line and draft.after == bit - 1 and scene.lines[line].low(bit - 1) == "and":
                value, reason = value + 1.0, "joined to it by 'and'"
            value *= share
            old = weights.get(entity, (0.0, ""))
            if value > old[0]:
                weights[entity] = (value + 0.15 * old[0], reason)
            else:
                weights[entity] = (old[0] + 0.15 * value, old[1])
    return sorted(
        ((entity, value, reason) for entity, (value, reason) in weights.items()), key=lambda one: (-one[1], one[0])
    )


def _shares(draft: Draft) -> list[tuple[str, float]]:
    if not draft.actors:
        return [(one.actor, one.score) for one in draft.candidates] if draft.kind != "pronoun" else []
    if len(draft.actors) == 1:
        return [(draft.actors[0], 1.0)]
    return [(entity, 0.4) for entity in draft.actors]


def _weight(
    scene: Scene, draft: Draft, line: int, quote: int | None, content: tuple[int, int] | None
) -> tuple[float, str]:
    value = WEIGHTS.get(draft.position, 0.4)
    reason = f"{draft.position} {'of this sentence' if draft.line == line else f'{line - draft.line} sentences before'}"
    if is_speaker(scene, draft):
        value, reason = value + SPEAKER_BONUS, f"speaker, {reason}"
    value *= RECENCY ** (line - draft.line)
    if quotation_at(scene, draft.line, draft.first) != quote:
        value *= ACROSS_QUOTE
    elif (said := content_place(scene, draft.line, draft.head_first)) is not None and said != content:
        value *= IN_CONTENT
    return value, reason


def joined_before(scene: Scene, line: int, bit: int, reach: int = 3) -> list[Joined]:
    """Groups joined by "and" that end before a place, the nearest first."""
    found: list[Joined] = []
    for number in range(line, max(-1, line - reach - 1), -1):
        groups = [group for group in joined_in(scene, number) if number < line or group.after <= bit]
        found += reversed(groups)
    return found


def joined_in(scene: Scene, number: int) -> list[Joined]:
    """The groups of a line: mentions with "and" or commas and "and" between."""
    line = scene.lines[number]
    if line.groups is None or line.groups[0] != len(line.drafts):
        line.groups = (len(line.drafts), _joined(line, number))
    return line.groups[1]


def _joined(line: Line, number: int) -> list[Joined]:
    drafts = sorted(
        (draft for draft in line.drafts if draft.kind != "pronoun" and (len(draft.actors) == 1 or draft.candidates)),
        key=lambda draft: (draft.first, -draft.after),
    )
    outer: list[Draft] = []
    for draft in drafts:
        if not outer or draft.first >= outer[-1].after:
            outer.append(draft)
    groups: list[Joined] = []
    chain: list[Draft] = []
    for draft in outer:
        link = _link(line.low, chain[-1].after, draft.first) if chain else None
        if link is None:
            _close(groups, chain, number)
            chain = []
        chain = [*chain, draft]
    _close(groups, chain, number)
    return [group for group in groups if _has_and(line.low, group)]


def _link(low, after: int, first: int) -> str | None:
    between = [low(place) for place in range(after, first)]
    between = [word for word in between if word not in ("the", "both", "then", "'s")]
    return (
        "and"
        if between
        in (["and"], [","], [",", "and"], ["&"], ["as", "well", "as"], [",", "as", "well", "as"], ["together", "with"])
        else None
    )


def _has_and(low, group: Joined) -> bool:
    return any(
        low(place) in ("and", "&", "as", "together")
        for member, following in zip(group.members, group.members[1:])
        for place in range(member.after, following.first)
    )


def _close(groups: list[Joined], chain: list[Draft], number: int) -> None:
    if len(chain) > 1:
        groups.append(Joined(number, chain[0].first, chain[-1].after, list(chain), chain[0].position))


def salient_states(scene: Scene, line: int, bit: int) -> list[tuple[str, float]]:
    """States the report speaks of before a place, as parties, the most prominent first."""
    weights: dict[str, float] = {}
    for draft in drafts_before(scene, line, bit, reach=line + 1):
        if draft.kind == "pronoun":
            continue
        value = (0.3 if draft.kind == "place" else 1.0) * (0.5 + 0.5 * 0.9 ** (line - draft.line))
        for entity in draft.actors:
            state, share = state_behind(scene, entity)
            if state is not None:
                weights[state] = weights.get(state, 0.0) + value * share
    return sorted(weights.items(), key=lambda one: (-one[1], one[0]))


def state_behind(scene: Scene, entity: str) -> tuple[str | None, float]:
    """The state an actor is or acts for, and how strongly it brings it to mind."""
    actor = scene.actors.get(entity)
    if actor is None:
        return None, 0.0
    if actor.kind in ("state", "territory"):
        return entity, 1.0
    if actor.country and actor.kind != "place":
        return scene.world.state_with_code(actor.country), 0.7
    return None, 0.0
