"""What the offices in a text say of its day: a person called foreign minister bounds it by his terms."""

from verbale.world.affiliations import terms_claimed
from verbale.world.cast import Person, role_of
from verbale.world.phrases import Phrase
from verbale.world.scene import Scene
from verbale.world.windowing import Bound, is_wide, known_day_bounds

WISHED = frozenset(("as", "for"))
"""Before an office that somebody may want or be wished: "endorsed her as president", "ran for president"."""


def office_bounds(scene: Scene, cast: list[Person], phrases: dict[int, list[Phrase]]) -> list[Bound]:
    """What the offices and the known days in the text say of its day."""
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
            bounds.append(
                Bound(periods, "office", span.of(text), span, f"{name} is called {role}: {days}", len(person.runs))
            )
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
            if phrase.first and scene.lines[number].bits[phrase.first - 1].low in WISHED:
                continue
            for found in phrase.states:
                role = role_of(scene, phrase, found.entity)
                if found.entity is None or role is None or not role.office or (role.office, found.entity) in seen:
                    continue
                seen.add((role.office, found.entity))
                bounds += _bound_of_holder(scene, cast, phrase, role.office, role.words, found.entity, number)
    return bounds


def _bound_of_holder(
    scene: Scene, cast: list[Person], phrase: Phrase, office: str, words: str, of: str, number: int
) -> list[Bound]:
    if any(claim.role and claim.role.office == office and claim.of == of for person in cast for claim in person.claims):
        return []
    holders = []
    for person in cast:
        terms = [
            term for term in scene.world.offices_of(person.entity or "") if term.office_kind == office and term.of == of
        ]
        if terms and not any(claim.tense == "past" for claim in person.claims):
            holders.append((person, terms))
    if len(holders) != 1:
        return []
    person, terms = holders[0]
    span = scene.lines[number].span(phrase.first, phrase.after)
    name = scene.world.label(person.entity or "")
    days = " and ".join(f"{term.since or '?'} to {term.until or 'now or unknown'}" for term in terms)
    return [
        Bound(
            [term.period for term in terms],
            "office",
            span.of(scene.reading.report.text),
            span,
            f"{name} is the only one of the report who was ever {words} of {scene.world.label(of)}: {days}",
            1,
        )
    ]
