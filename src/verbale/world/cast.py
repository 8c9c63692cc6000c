"""The people of a report: whole names and surnames brought together, and looked up by name, office and day."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache

import msgspec

from verbale.model.actor import Actor
from verbale.model.when import Period
from verbale.world.names import is_month, take_titles
from verbale.world.offices import Tenure
from verbale.world.phrases import Phrase
from verbale.world.runs import Run
from verbale.world.scene import Line, Scene
from verbale.world.spellings import fold
from verbale.world.tables import parts
from verbale.world.word_lists import RoleWord, given_names, words
from verbale.world.world import World

SURNAME_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "KHM", "SGP", "JPN"})
FATHERS = frozenset({"bin", "bint", "ibn"})
"""Behind these stands a father's name, which is no surname: King Salman is not Mohammed bin Salman."""
BODY_HEADS = frozenset({"head_of_state", "head_of_government", "chairperson", "leader", "secretary"})
ATTESTED_GAP = timedelta(days=4 * 366)
NEWS_RANK = 4
"""Offices so high that the news may name their holders by surname alone."""


@dataclass
class Claim:
    """A role that the text gives somebody: "Russian Foreign Minister"."""

    role: RoleWord | None
    of: str | None
    """Id of the state or body; None where the text does not say."""
    tense: str | None = None
    counterpart: Phrase | None = None
    organ: str | None = None
    line: int = 0
    body: str | None = None
    """The name of a body that no table knows."""


@dataclass
class Person:
    """Somebody in the report, by all names the report gives."""

    names: list[tuple[str, ...]]
    runs: list[Run]
    entity: str | None = None
    """Of the tables; None where they do not know the person."""
    others: tuple[str, ...] = ()
    """Further people of the tables it may be."""
    claims: list[Claim] = field(default_factory=list)
    gender: str | None = None
    certainty: str = "high"
    how: str = "name.exact"
    reason: str = ""
    actor: Actor | None = None
    repaired: bool = False

    @property
    def fullest(self) -> tuple[str, ...]:
        return max(self.names, key=len)

    @property
    def id(self) -> str:
        return self.actor.id if self.actor else ""

    def offices(self) -> list[tuple[str, str | None]]:
        """The offices that text and tables give: kind, and of what."""
        found = [
            (claim.role.office, claim.of)
            for claim in self.claims
            if claim.role and claim.role.office and claim.tense is None
        ]
        return found


def cast_of(scene: Scene, runs: list[Run]) -> list[Person]:
    """Everyone named in the report, in order of first mention."""
    people: list[Person] = []
    for run in sorted(runs, key=lambda run: (-_length(run, scene) > -2, run.line, run.first)):
        parts = run.parts(scene)
        if not parts:
            continue
        person = _known_already(people, parts, run, scene)
        if person is None:
            person = Person([parts], [])
            people.append(person)
        elif parts not in person.names:
            person.names.append(parts)
        person.runs.append(run)
        person.gender = person.gender or run.gender
        person.claims += [claim_of(scene, phrase, run.line) for phrase in run.phrases]
        if run.home is not None and run.home.entity is not None:
            person.claims.append(Claim(None, run.home.entity, None, None, None, run.line))
    people.sort(key=lambda person: min((run.line, run.first) for run in person.runs))
    return people


def _length(run: Run, scene: Scene) -> int:
    return len(run.parts(scene))


def claim_of(scene: Scene, phrase: Phrase, line: int) -> Claim:
    of = next((found.entity for found in phrase.states if found.entity), None)
    if phrase.counterpart:
        return Claim(None, of, phrase.tense, phrase, None, line)
    role = role_of(scene, phrase, of)
    if of is None and role is not None and len(role.countries) == 1:
        of = scene.world.state_with_code(role.countries[0])
    body = scene.lines[line].span(*phrase.body).of(scene.reading.report.text) if phrase.body else None
    return Claim(role, of, phrase.tense, None, phrase.organ, line, body)


def role_of(scene: Scene, phrase: Phrase, of: str | None) -> RoleWord | None:
    """The role a phrase names in a state or body: the president of a body is its head, no head of state."""
    role = phrase.role(iso3_of(scene, of))
    org = scene.world.orgs.get(of or "")
    if role is not None and org is not None and org.country is None and role.office in BODY_HEADS:
        return msgspec.structs.replace(role, office="head_of_body", sector="IGO")
    return role


def iso3_of(scene: Scene, entity: str | None) -> str | None:
    if entity is None:
        return None
    state = scene.world.state_of(entity)
    return scene.world.places.iso3(state) if state else None


def _known_already(people: list[Person], parts: tuple[str, ...], run: Run, scene: Scene) -> Person | None:
    """The person of the report that a name belongs to; the last-named one where several fit."""
    fitting = [person for person in people if _fits(person, parts, run)]
    if not fitting and len(parts) == 1 and parts[0] in given_names():
        fitting = [person for person in people if any(len(name) > 1 and name[0] == parts[0] for name in person.names)]
        return fitting[0] if len(fitting) == 1 else None
    if not fitting:
        return None
    if len(fitting) == 1:
        return fitting[0]
    called_so = [one for one in fitting if parts in one.names and len(one.names) > 1]
    if len(called_so) == 1 and not run.phrases:
        return called_so[0]
    claimed = {claim_of(scene, phrase, run.line).of for phrase in run.phrases} - {None}
    closer = [one for one in fitting if claimed & {claim.of for claim in one.claims}] or fitting
    before = [one for one in closer if min((r.line, r.first) for r in one.runs) <= (run.line, run.first)] or closer
    return max(
        before,
        key=lambda one: max(
            ((r.line, r.first) for r in one.runs if (r.line, r.first) <= (run.line, run.first)), default=(-1, -1)
        ),
    )


def _fits(person: Person, parts: tuple[str, ...], run: Run) -> bool:
    if run.gender and person.gender and run.gender != person.gender:
        return False
    return any(same_name(known, parts) for known in person.names)


def same_name(known: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Whether two forms may name one person: one is the end or a stretch of the other; given names agree."""
    if known == parts:
        return True
    short, long = sorted((known, parts), key=len)
    if len(short) == 1:
        word = short[0]
        if len(long) == 1 or (len(long) > 2 and word == long[-1] and long[-2] in FATHERS):
            return False
        return (
            word == long[-1]
            or (word in long[1:] and len(word) > 3)
            or (word == long[0] and long[0] not in given_names() and len(long) <= 3 and len(word) > 1)
        )
    if short[-1] != long[-1]:
        return short == long[: len(short)] or short == long[1 : 1 + len(short)]
    return all(any(_same_given(given, other) for other in long[:-1]) for given in short[:-1])


def _same_given(given: str, other: str) -> bool:
    plain, second = given.rstrip("."), other.rstrip(".")
    return (
        plain == second
        or (len(plain) == 1 and second.startswith(plain))
        or (len(second) == 1 and plain.startswith(second))
        or (len(plain) > 3 and (second.startswith(plain) or plain.startswith(second)))
        or _near(plain, second)
    )


def _near(one: str, two: str) -> bool:
    """Spellings of one given name: "sergei" and "sergey", "mohammad" and "mohammed"."""
    if abs(len(one) - len(two)) > 1 or min(len(one), len(two)) < 4 or one[0] != two[0]:
        return False
    if len(one) == len(two):
        return sum(a != b for a, b in zip(one, two)) <= 1
    short, long = sorted((one, two), key=len)
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def add_repeats(scene: Scene, cast: list[Person], phrases: dict[int, list[Phrase]]) -> None:
    """Further places where somebody of the report is named by the last word of his name, which the model left out."""
    last: dict[str, list[Person]] = defaultdict(list)
    for person in cast:
        if len(person.fullest) > 1 or person.claims or person.entity:
            for word in {person.fullest[-1], *(name[-1] for name in person.names)}:
                if len(word) > 2:
                    last[word].append(person)
    for number, line in enumerate(scene.lines):
        taken = {
            place
            for person in cast
            for run in person.runs
            if run.line == number
            for place in range(run.whole_first, run.whole_after)
        }
        for place, bit in enumerate(line.bits):
            owners = last.get(bit.low)
            if (
                owners is None
                or len(owners) > 1
                or place in taken
                or not bit.raw[:1].isupper()
                or is_month(line, place)
                or not _is_free(line, place, last.keys())
            ):
                continue
            run = Run(number, place, place + 1, "again", whole_first=place, whole_after=place + 1)
            take_titles(line, run, phrases[number])
            owners[0].runs.append(run)
            owners[0].claims += [claim_of(scene, phrase, number) for phrase in run.phrases]


def _is_free(line: Line, place: int, known: Collection[str]) -> bool:
    """Whether a capitalised word is a name of its own: a proper noun, no place, no part of a longer name."""
    token = line.sentence.tokens[line.bits[place].token]
    found = next((found for found in line.surfaces if found.first <= place < found.after), None)
    if token.upos != "PROPN" or (found is not None and found.entity is not None):
        return False
    if any(first <= place < after and after - first > 1 for first, after, _ in line.names):
        return False
    beside = [line.bits[here] for here in (place - 1, place + 1) if 0 <= here < len(line.bits)]
    return not any(
        other.raw[:1].isupper() and other.raw[:1].isalpha() and other.low not in known and _is_proper(line, other.token)
        for other in beside
    )


def _is_proper(line: Line, token: int) -> bool:
    return line.sentence.tokens[token].upos == "PROPN"


# -- the tables ------------------------------------------------------------------------------------------------------


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
    if not whole and score < 2 and not _stands_out(scene, best, [entity for entity, _ in ranked[1:]]):
        least = 0.4 if _has_title(person) else 0
        person.others = tuple(entity for entity, value in ranked[:5] if value > least and _is_at_hand(scene, entity))
        return
    if rivals and score - ranked[1][1] < 0.5 and not _stands_out(scene, best, rivals):
        person.others = tuple(entity for entity, _ in ranked[:5])
        person.certainty = "low"
        return
    support = _support(scene, best, score)
    if support is None:
        person.others = tuple(entity for entity, _ in ranked[:5])
        return
    person.entity = best
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
    return len(plain) <= len(known) or _same_given(plain[0], known[0])


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
        and scene.period.since is not None
        and all(term.until and term.until <= scene.period.since for term in terms)
    ):
        score -= 0.2
    if person.gender and row and row.gender and row.gender != person.gender:
        score -= 4
    for claim in person.claims:
        if claim.of and claim.of.startswith("st:"):
            places = {scene.world.state_of(term.of) for term in terms} | {state}
            score += 1 if claim.of in places else -3 if places - {None} else 0
        if claim.role and claim.role.office:
            kinds = {claim.role.office}
            good = [
                term
                for term in (terms if claim.tense else in_days)
                if term.office_kind in kinds and (not claim.of or term.of == claim.of)
            ]
            score += 2 if good else -0.5
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


# -- actors ----------------------------------------------------------------------------------------------------------
