"""Pronouns with the actors they may mean; one is chosen only where it stands out."""

from typing import NamedTuple

from verbale.model.actor import Actor
from verbale.model.reading import ROOT
from verbale.model.roster import Candidate
from verbale.world.salience import (
    Joined,
    drafts_before,
    joined_before,
    quotation_at,
    same_clause_subjects,
    weigh,
)
from verbale.world.scene import Draft, Scene
from verbale.world.speaking import label_speaker, speakers_near

MASCULINE = frozenset({"he", "him", "his"})
FEMININE = frozenset({"she", "her", "hers"})
PLURAL = frozenset({"they", "them", "their", "theirs"})
NEUTER = frozenset({"it", "its"})
WE = frozenset({"we", "us", "our", "ours"})
FIRST = frozenset({"i", "me", "my", "mine"})
PRONOUNS = MASCULINE | FEMININE | PLURAL | NEUTER | WE | FIRST
POSSESSIVE = frozenset({"his", "her", "their", "its", "our", "my"})
CLEAR = 1.5
"""How many times the second's weight the first needs, to be chosen."""
PERSON_KINDS = frozenset({"person", "unnamed"})


class Ranked(NamedTuple):
    """Candidates of a pronoun and, where one stands out, who it is."""

    actors: tuple[str, ...]
    certainty: str
    how: str
    reason: str
    candidates: tuple[Candidate, ...]


def pronouns_in(scene: Scene, number: int) -> list[int]:
    """Bits of the pronouns of a line that may mean an actor."""
    line = scene.lines[number]
    found = []
    for place, bit in enumerate(line.bits):
        if bit.low not in PRONOUNS or place in line.taken:
            continue
        token = line.sentence.tokens[bit.token]
        if token.upos not in ("PRON", "DET") or token.bare_relation == "expl" or bit.raw == "US":
            continue
        if bit.low == "it" and _is_empty(line, place):
            continue
        found.append(place)
    return found


def _is_empty(line, place: int) -> bool:
    """As in "It is clear that": nobody is meant."""
    following = [line.low(here) for here in range(place + 1, place + 9)]
    if following and following[0] in (
        "is",
        "was",
        "'s",
        "would",
        "will",
        "may",
        "remains",
        "remained",
        "seems",
        "seemed",
        "became",
        "has",
    ):
        return (
            "that" in following[1:7] or "to" in following[1:5] or "whether" in following[1:7] or "if" in following[1:4]
        )
    return bool(line.low(place - 1) in ("made", "make", "makes", "making", "find", "found"))


def resolve(scene: Scene, number: int, place: int) -> Ranked:
    """Rank whom a third-person pronoun may mean."""
    low = scene.lines[number].bits[place].low
    if low in PLURAL:
        return _plural(scene, number, place)
    if low in NEUTER:
        found = _rank(
            scene,
            number,
            place,
            lambda actor: actor.kind not in PERSON_KINDS and actor.kind != "population",
            "pronoun.thing",
        )
        return _only_if_subject(scene, number, place, found)
    gender = "f" if low in FEMININE else "m"
    ranked = _rank(
        scene, number, place, lambda actor: _is_person(actor) and actor.gender in (None, gender), "pronoun.person"
    )
    return ranked


def _only_if_subject(scene: Scene, number: int, place: int, found: Ranked) -> Ranked:
    """An actor for "it" only where it is the subject of this sentence or the one before, with no rival noun."""
    if not found.actors:
        return found
    near = [
        draft
        for draft in drafts_before(scene, number, place, 1)
        if draft.actors == found.actors and draft.position in ("subject", "top")
    ]
    if not near or _has_other_subject(scene, number, place, near[-1]):
        return found._replace(actors=(), certainty="low", reason="nothing says that it means an actor")
    return found._replace(certainty="medium")


def _has_other_subject(scene: Scene, number: int, place: int, draft: Draft) -> bool:
    """Whether between a mention and a pronoun another noun is the subject of something."""
    for here in range(draft.line, number + 1):
        line = scene.lines[here]
        after = draft.after if here == draft.line else 0
        before = place if here == number else len(line.bits)
        for bit in line.bits[after:before]:
            token = line.sentence.tokens[bit.token]
            if token.bare_relation == "nsubj" and token.upos in ("NOUN", "PROPN"):
                return True
    return False


def _is_person(actor: Actor) -> bool:
    return actor.kind == "person" or actor.kind == "unnamed"


def _rank(scene: Scene, number: int, place: int, fits, how: str) -> Ranked:
    barred = set() if _is_possessive(scene, number, place) else same_clause_subjects(scene, number, place)
    is_quoted = quotation_at(scene, number, place) is not None
    speaker_first = next(iter(speakers_near(scene, number, place)), None) if is_quoted else None
    weighed = [one for one in weigh(scene, number, place, fits) if one[0] not in barred]
    if speaker_first is not None:
        weighed = [
            (entity, value * (0.3 if entity in speaker_first.actors else 1.0), reason)
            for entity, value, reason in weighed
        ]
        weighed.sort(key=lambda one: -one[1])
    label = label_speaker(scene, number)
    if label is not None and speaker_first is None:
        weighed = [
            (entity, value * (0.2 if entity in label.actors else 1.0), reason) for entity, value, reason in weighed
        ]
        weighed.sort(key=lambda one: -one[1])
    weighed = _cataphoric(scene, number, place, fits, weighed)
    return ranked_choice(weighed, how)


def _is_possessive(scene: Scene, number: int, place: int) -> bool:
    """Whether a pronoun owns something here: "her" in "her party", not in "asked her"."""
    line = scene.lines[number]
    return line.sentence.tokens[line.bits[place].token].relation == "nmod:poss"


def ranked_choice(weighed: list[tuple[str, float, str]], how: str) -> Ranked:
    if not weighed:
        return Ranked((), "low", how, "nobody named before fits", ())
    total = sum(value for _, value, _ in weighed) or 1.0
    candidates = tuple(Candidate(entity, round(value / total, 3), reason) for entity, value, reason in weighed[:6])
    first = weighed[0]
    if len(weighed) == 1:
        return Ranked(
            (first[0],), "high" if first[1] >= 0.3 else "medium", how, f"the only one that fits: {first[2]}", candidates
        )
    if first[1] >= CLEAR * weighed[1][1]:
        return Ranked((first[0],), "medium", how, f"stands out: {first[2]}", candidates)
    return Ranked((), "low", how, "several may be meant", candidates)


def _cataphoric(
    scene: Scene, number: int, place: int, fits, weighed: list[tuple[str, float, str]]
) -> list[tuple[str, float, str]]:
    """As in "In his speech, Macron said": the subject that follows, where the pronoun opens the sentence."""
    line = scene.lines[number]
    if place > 6 or not _opens_side_clause(line, place):
        return weighed
    known = {entity for entity, _, _ in weighed}
    for draft in sorted(line.drafts, key=lambda draft: draft.first):
        if draft.first > place and draft.position == "subject" and len(draft.actors) == 1 and draft.kind != "pronoun":
            actor = scene.actors.get(draft.actors[0])
            comma = any(line.low(here) == "," for here in range(place, draft.first))
            if actor is None or not fits(actor) or not comma:
                return weighed
            value = max(1.2, 1.6 * weighed[0][1]) if weighed else 1.2
            rest = [one for one in weighed if one[0] != actor.id]
            return (
                [(actor.id, value, "subject of the main clause that follows"), *rest]
                if line.low(place) in POSSESSIVE or actor.id in known or not weighed
                else weighed
            )
    return weighed


def _opens_side_clause(line, place: int) -> bool:
    """Whether a pronoun stands in a phrase or clause before the main one: "in his speech,", "as she left,"."""
    tokens = line.sentence.tokens
    token = tokens[line.bits[place].token]
    for _ in range(4):
        if token.bare_relation in ("obl", "advcl", "advmod"):
            return True
        if token.head == ROOT or token.bare_relation in ("conj", "ccomp", "parataxis"):
            return False
        token = tokens[token.head]
    return False


def _plural(scene: Scene, number: int, place: int) -> Ranked:
    """They: a group joined by "and", a set, a people or forces, a body."""
    groups = [
        group for group in joined_before(scene, number, place, reach=3) if all(draft.actors for draft in group.members)
    ]
    sets = [
        draft
        for draft in drafts_before(scene, number, place, 3)
        if len(draft.actors) > 1 and draft.kind in ("set", "pronoun")
    ]
    options: list[tuple[float, tuple[str, ...], str]] = []
    quote = quotation_at(scene, number, place)
    for group in groups:
        actors = tuple(dict.fromkeys(actor for draft in group.members for actor in draft.actors))
        options.append((_group_weight(scene, group, number, quote), actors, "joined by 'and' before"))
    for draft in sets:
        value = {"subject": 1.0, "top": 0.9, "object": 0.6}.get(draft.position, 0.4) * 0.55 ** (number - draft.line)
        options.append(
            (
                value * (1.0 if quotation_at(scene, draft.line, draft.first) == quote else 0.35),
                draft.actors,
                f"{scene.words(draft)!r} before",
            )
        )
    for draft in drafts_before(scene, number, place, 2):
        actor = scene.actors.get(draft.actors[0]) if len(draft.actors) == 1 else None
        if (
            actor is not None
            and (draft.number == "plur" or actor.kind in ("population", "group", "bloc"))
            and draft.kind != "place"
        ):
            value = {"subject": 1.0, "top": 0.9, "object": 0.6}.get(draft.position, 0.4) * 0.55 ** (number - draft.line)
            options.append((value, draft.actors, f"{scene.words(draft)!r} before"))
    options.sort(key=lambda option: -option[0])
    merged: list[tuple[float, tuple[str, ...], str]] = []
    for option in options:
        if not any(set(option[1]) == set(known[1]) for known in merged):
            merged.append(option)
    candidates = _member_candidates(merged)
    if not candidates:
        weighed = weigh(scene, number, place, lambda actor: actor.kind not in ("place",))
        top = weighed[0][1] if weighed else 1.0
        candidates = tuple(
            Candidate(entity, round(0.5 * value / top, 3), reason) for entity, value, reason in weighed[:6]
        )
    if not merged:
        return Ranked((), "low", "pronoun.group", "no group named before", candidates)
    if _has_plural_subject(scene, number, place, merged[0][1]):
        return Ranked((), "low", "pronoun.group", "another plural subject stands nearer", candidates)
    if len(merged) == 1 or merged[0][0] >= CLEAR * merged[1][0]:
        return Ranked(merged[0][1], "medium", "pronoun.group", merged[0][2], candidates)
    return Ranked((), "low", "pronoun.group", "several groups may be meant", candidates)


def _has_plural_subject(scene: Scene, number: int, place: int, chosen: tuple[str, ...]) -> bool:
    """Whether a plural noun that means none of the chosen is a subject before the pronoun in its sentence."""
    line = scene.lines[number]
    for here in range(place):
        token = line.sentence.tokens[line.bits[here].token]
        if token.upos == "NOUN" and token.has("Number=Plur") and token.bare_relation == "nsubj":
            own = [
                draft for draft in line.drafts if draft.first <= here < draft.after and set(draft.actors) & set(chosen)
            ]
            if not own:
                return True
    return _is_of_plural_noun(scene, number, place, chosen)


def _is_of_plural_noun(scene: Scene, number: int, place: int, chosen: tuple[str, ...]) -> bool:
    """Whether what "their" owns hangs on a plural noun, as in "countries in their response"."""
    line = scene.lines[number]
    tokens = line.sentence.tokens
    token = tokens[line.bits[place].token]
    for _ in range(3):
        if token.head == ROOT:
            return False
        token = tokens[token.head]
        if token.place < line.bits[place].token and token.upos == "NOUN" and token.has("Number=Plur"):
            return not any(
                set(draft.actors) & set(chosen)
                and line.bits[draft.first].token <= token.place <= line.bits[draft.after - 1].token
                for draft in line.drafts
            )
    return False


def _group_weight(scene: Scene, group: Joined, number: int, quote: int | None) -> float:
    value = {"subject": 1.0, "top": 0.9, "object": 0.6}.get(group.position, 0.4) * 0.55 ** (number - group.line)
    return value * (1.0 if quotation_at(scene, group.line, group.first) == quote else 0.35)


def _member_candidates(options: list[tuple[float, tuple[str, ...], str]]) -> tuple[Candidate, ...]:
    found: dict[str, Candidate] = {}
    for value, actors, reason in options[:4]:
        for entity in actors:
            found.setdefault(entity, Candidate(entity, round(min(1.0, value), 3), reason))
    return tuple(found.values())[:8]


def pronoun_draft(scene: Scene, number: int, place: int, found: Ranked) -> Draft:
    """A mention for a pronoun with what was found for it."""
    low = scene.lines[number].bits[place].low
    gender = "f" if low in FEMININE else "m" if low in MASCULINE else None
    plural = low in PLURAL or low in WE
    return Draft(
        number,
        place,
        place + 1,
        place,
        place + 1,
        "pronoun",
        found.actors,
        found.how,
        found.certainty,
        found.candidates,
        found.reason,
        "plur" if plural else "sing",
        gender,
    )
