"""Who the people of a report are in the tables: by whole name, else by surname where title, state and day agree."""

import re
from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta
from functools import lru_cache

from verbale.model.when import Period
from verbale.world.cast import Person, same_given, same_name
from verbale.world.offices import Tenure
from verbale.world.runs import Run
from verbale.world.scene import Scene
from verbale.world.spellings import fold
from verbale.world.tables import parts
from verbale.world.word_lists import given_names, words
from verbale.world.world import World

ATTESTED_GAP = timedelta(days=4 * 366)
OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "IGO"})
NEWS_RANK = 4
"""Offices so high that the news may name their holders by surname alone."""


def look_up(scene: Scene, people: list[Person]) -> None:
    """Find each person in the tables: by whole name, then by surname where title and state agree."""
    for person in people:
        _look_up(scene, person)
    _merge_by_entity(people)


def _look_up(scene: Scene, person: Person) -> None:
    whole = [name for name in person.names if len(name) > 1]
    found: dict[str, float] = {}
    for name in whole or person.names:
        for entity in scene.world.people_named(" ".join(name)) or (
            near_names(scene.world, name) if len(name) > 1 else ()
        ):
            found.setdefault(entity, 0.0)
    for run in person.runs:
        titled = _titled_name(scene, run)
        for entity in (*run.entities, *(scene.world.people_named(titled) if titled else ())):
            found.setdefault(entity, 0.0)
    if _is_given_name_alone(person):
        found = {entity: 0.0 for entity in found if scene.world.state_of(entity) in scene.spoken_of}
    for entity in found:
        found[entity] = _fit(scene, person, entity)
    ranked = sorted(found.items(), key=lambda item: (-item[1], _rank(scene, item[0]), item[0]))
    ranked = [(entity, score) for entity, score in ranked if score > -2]
    if not ranked:
        return
    best, score = ranked[0]
    ranked = [ranked[0], *(one for one in ranked[1:] if not is_twin(scene.world, one[0], best))]
    rivals = [entity for entity, other in ranked[1:] if other > score - 1.5]
    is_told = not whole and score >= 0.5 and _is_only_one_of_state(scene, person, best, found)
    if not whole and score < 2 and not is_told and not _stands_out(scene, best, [entity for entity, _ in ranked[1:]]):
        least = 0.4 if _has_title(person) else 0
        person.others = tuple(entity for entity, value in ranked[:5] if value > least and _is_at_hand(scene, entity))
        return
    if rivals and score - ranked[1][1] < 0.5 and not _stands_out(scene, best, rivals):
        person.others = tuple(entity for entity, _ in ranked[:5])
        person.certainty = "low"
        return
    support = _support(scene, best, score) or _by_whole_name(scene, best, bool(whole) and not rivals)
    if support is None:
        person.others = tuple(entity for entity, _ in ranked[:5])
        return
    person.entity, person.home = best, scene.world.state_of(best)
    person.others = tuple(rivals)
    person.certainty = support if not rivals and (whole or score >= 2) else "medium"
    person.how = "name.exact" if whole else "name.surname"
    person.reason = _why(scene, person, best, bool(whole), score)


def is_twin(world: World, one: str, other: str) -> bool:
    """Whether two ids have one name and one state: a person whom two sources brought in is not two people."""
    first, second = world.people.get(one), world.people.get(other)
    if first is None or second is None or first.country is None or first.country != second.country:
        return False
    return fold(first.name) == fold(second.name)


def _has_title(person: Person) -> bool:
    """Whether a title says what somebody is: a namesake of the tables who is not that is somebody else."""
    return any(claim.role is not None for claim in person.claims)


def _is_given_name_alone(person: Person) -> bool:
    """Whether the report calls somebody by a first name only, with no title: "his children Elizabeth and Susan"."""
    only = person.names[0] if len(person.names) == 1 else ()
    is_titled = person.claims or any(run.whole_first < run.first for run in person.runs)
    return len(only) == 1 and only[0] in given_names() and not is_titled


def _is_at_hand(scene: Scene, entity: str) -> bool:
    """Whether somebody's state is one that the report speaks of, or one whose people the news names by surname."""
    home = scene.world.state_of(entity)
    return home is None or home in scene.spoken_of or home in words("prominent", "states")


def _titled_name(scene: Scene, run: Run) -> str | None:
    """The name with the title right before it, as the tables have some people: "King Abdullah", "Pope Francis"."""
    if run.after - run.first > 1 or run.whole_first >= run.first:
        return None
    return " ".join(bit.low for bit in scene.lines[run.line].bits[run.first - 1 : run.after])


def _is_only_one_of_state(scene: Scene, person: Person, entity: str, found: Collection[str]) -> bool:
    """As in "Ambassador Insanally of Guyana": the one official of that surname whom the tables have in that state."""
    home = scene.world.state_of(entity)
    is_official = any(claim.role is not None and claim.role.sector in OFFICIAL for claim in person.claims)
    is_of_home = home is not None and any(claim.of == home for claim in person.claims)
    return is_official and is_of_home and not any(
        other != entity and scene.world.state_of(other) == home for other in found
    )


def _by_whole_name(scene: Scene, entity: str, is_only_one: bool) -> str | None:
    """medium for the one bearer of a whole name who is in an office in the report's days, whatever his title here."""
    return "medium" if is_only_one and scene.world.offices_of(entity, scene.period) and scene.period.days else None


def _support(scene: Scene, entity: str, score: float) -> str | None:
    """high where office, title or state speak for someone beside the name, medium where fame does; None else."""
    home = scene.world.state_of(entity)
    if score >= 0.5 or home in scene.spoken_of:
        return "high"
    return "medium" if home in words("prominent", "states") or home is None else None


@lru_cache(maxsize=4)
def _by_last_name(world: World) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """People's whole names by their last word, apostrophes left out."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for row in world.tables["people"]:
        for name in (row.name, *parts(row.aliases)):
            plain = _plain(name)
            if len(plain) > 1:
                found[plain[-1]].append((plain, row.id))
    return found


_NO_LETTER = re.compile(r"[^\w -]|_")


def _plain(name: str) -> tuple[str, ...]:
    """The folded words of a name without apostrophes, full stops and the Arabic article."""
    return tuple(word for word in fold(_NO_LETTER.sub("", name)).split() if word not in ("al", "el"))


def near_names(world: World, name: tuple[str, ...]) -> list[str]:
    """People of the tables whose last name is the same and whose given names agree: "Gideon Saar", "Javad Zarif"."""
    plain = _plain(" ".join(name))
    if len(plain) < 2:
        return []
    known = [
        *_by_last_name(world).get(plain[-1], ()),
        *(_by_last_name(world).get(plain[-2], ()) if len(plain) > 2 else ()),
    ]
    fitting = [entity for other, entity in known if same_name(other, plain) and _begins_so(other, plain)]
    return list(dict.fromkeys(fitting))


def _begins_so(known: tuple[str, ...], plain: tuple[str, ...]) -> bool:
    """Whether a longer name than the tables' begins as theirs does: "Jalal Saifur Rahman" is not Saifur Rahman."""
    return len(plain) <= len(known) or same_given(plain[0], known[0])


def _why(scene: Scene, person: Person, entity: str, whole: bool, score: float) -> str:
    name = scene.world.label(entity)
    office = next(iter(scene.world.offices_of(entity, scene.period)), None)
    held = f", {office.label or office.office_kind.replace('_', ' ')} in the report's days" if office else ""
    if whole:
        return f"the name of {name} in the tables{held}"
    return f"surname of {name}{held}; the report gives no other name" + (" and its title agrees" if score >= 2 else "")


def _fit(scene: Scene, person: Person, entity: str) -> float:
    """How well someone of the tables fits what the report says of a person."""
    terms = scene.world.offices_of(entity)
    in_days = [term for term in terms if term.meets(scene.period)]
    state = scene.world.state_of(entity)
    row = scene.world.people.get(entity)
    score = 0.0
    if in_days or _was_between(terms, scene.period):
        score += 0.5
    elif (
        terms
        and not any(claim.tense == "past" for claim in person.claims)
        and scene.period.since is not None
        and all(term.until and term.until <= scene.period.since for term in terms)
    ):
        score -= 0.2
    if person.gender and row and row.gender and row.gender != person.gender:
        score -= 4
    if not person.claims and any((term.office_kind, term.of) in scene.offices_named for term in in_days):
        score += 2
    for claim in person.claims:
        meant = {claim.of, *claim.options} - {None}
        if claim.of and claim.of.startswith("st:"):
            places = {scene.world.state_of(term.of) for term in terms} | {state}
            score += 1 if meant & places else -3 if places - {None} else 0
        if claim.role and claim.role.office:
            is_of_body = bool(claim.of and claim.of.startswith("org:"))
            good = [
                term
                for term in (terms if claim.tense else in_days)
                if (term.office_kind == claim.role.office or is_of_body) and (not meant or term.of in meant)
            ]
            score += 2 if good else -0.5
            if claim.tense == "past" and good and any(term in in_days for term in good):
                score -= 2
    return score


def _was_between(terms: list[Tenure], period: Period) -> bool:
    """Whether somebody is seen in one office both before and after the report's days, not more than ATTESTED_GAP apart.

    Yearly attestations leave holes: a minister seen in 2002 and in 2006 was known to the news of 2004.
    """
    if period.since is None or period.until is None:
        return False
    for kind in {(term.office_kind, term.of) for term in terms}:
        ends = [term.until for term in terms if (term.office_kind, term.of) == kind and term.until]
        starts = [term.since for term in terms if (term.office_kind, term.of) == kind and term.since]
        before = max((day for day in ends if day <= period.since), default=None)
        after = min((day for day in starts if day >= period.until), default=None)
        if before and after and after - before <= ATTESTED_GAP:
            return True
    return False


def _stands_out(scene: Scene, entity: str, rivals: list[str]) -> bool:
    """Whether a bare surname means this one: in a chief office in the report's days, and no namesake in one as high."""
    rank = _rank(scene, entity)
    home = scene.world.state_of(entity)
    if home not in words("prominent", "states") and home not in scene.spoken_of:
        return False
    return rank <= NEWS_RANK and all(_rank(scene, rival) >= rank + 2 for rival in rivals)


def _rank(scene: Scene, entity: str) -> int:
    """The highest office held in the report's days, 1 the highest; 99 for none."""
    return min(
        (scene.world.offices.rank(term.office_kind) for term in scene.world.offices_of(entity, scene.period)),
        default=99,
    )


def _merge_by_entity(people: list[Person]) -> None:
    first: dict[str, Person] = {}
    for person in list(people):
        if person.entity is None:
            continue
        known = first.setdefault(person.entity, person)
        if known is not person:
            known.names += [name for name in person.names if name not in known.names]
            known.runs += person.runs
            known.claims += person.claims
            known.gender = known.gender or person.gender
            if len(person.fullest) > 1 and person.certainty == "high":
                known.certainty, known.reason, known.how = person.certainty, person.reason, person.how
            people.remove(person)
