"""The people of a report: whole names and surnames brought together, and looked up by name, office and day."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import msgspec

from verbale.model.actor import Actor
from verbale.world.names import is_month, take_titles
from verbale.world.phrases import Phrase
from verbale.world.runs import Run
from verbale.world.scene import Found, Line, Scene
from verbale.world.word_lists import RoleWord, given_names

SURNAME_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "KHM", "SGP", "JPN"})
FATHERS = frozenset({"bin", "bint", "ibn"})
"""Behind these stands a father's name, which is no surname: King Salman is not Mohammed bin Salman."""
BODY_HEADS = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "chairperson", "leader", "secretary"}
)
"""Offices that a body's head has where it is no state: the EU's "top diplomat" is its High Representative."""


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
    options: tuple[str, ...] = ()
    """All states and bodies that the words for `of` may mean: both Congos."""
    found: Found | None = None
    """The words for `of`."""


@dataclass
class Person:
    """Somebody in the report, by all names the report gives."""

    names: list[tuple[str, ...]]
    runs: list[Run]
    entity: str | None = None
    """Of the tables; None where they do not know the person."""
    home: str | None = None
    """The state of someone of the tables."""
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
        if (of := _state_behind_name(scene, run)) is not None:
            person.claims.append(Claim(None, of, line=run.line))
        if run.home is not None and run.home.entity is not None:
            person.claims.append(Claim(None, run.home.entity, None, None, None, run.line))
    people.sort(key=lambda person: min((run.line, run.first) for run in person.runs))
    return people


def share_states(scene: Scene, cast: list[Person]) -> None:
    """As in "Ukrainian Prime Minister A, Foreign Minister B, and Deputy Foreign Minister C": C is of Ukraine too.

    Somebody whom no table knows, with a title of no state, takes the state of the two named before in the list.
    """
    by_line: dict[int, list[tuple[Run, Person]]] = defaultdict(list)
    for person in cast:
        for run in person.runs:
            by_line[run.line].append((run, person))
    for number, listed in by_line.items():
        line = scene.lines[number]
        homes: list[str | None] = []
        last: Run | None = None
        for run, person in sorted(listed, key=lambda one: one[0].first):
            before = last.whole_after if last is not None else run.whole_first
            between = [line.low(place) for place in range(before, run.whole_first)]
            if between not in ([","], ["and"], [",", "and"]) or not run.phrases:
                homes = []
            claims = [claim for claim in person.claims if claim.line == number and claim.role is not None]
            if len(homes) > 1 and homes[-1] == homes[-2] and person.entity is None:
                for claim in claims:
                    if claim.of is None and claim.body is None and claim.tense is None:
                        claim.of = homes[-1] if claim.role and claim.role.sector == "GOV" else None
            homes.append(next((claim.of for claim in claims if claim.of), person.home))
            last = run


def _state_behind_name(scene: Scene, run: Run) -> str | None:
    """As in "Ambassador Berg of Norway", "Mr. Lee of Korea": the state behind a name that has a title before it."""
    line = scene.lines[run.line]
    if line.low(run.after) != "of" or run.whole_first == run.first:
        return None
    found = line.starts.get(run.after + 1 + (line.low(run.after + 1) == "the" and run.after + 1 not in line.starts))
    if found is None or found.entity is None or not found.entity.startswith("st:") or found.others:
        return None
    return None if any(claim.of for claim in map(_of_phrase(scene, run.line), run.phrases)) else found.entity


def _of_phrase(scene: Scene, line: int) -> Callable[[Phrase], Claim]:
    return lambda phrase: claim_of(scene, phrase, line)


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
    named = next((found for found in phrase.states if found.entity), None)
    shared = named.entries if named is not None and named.others else ()
    options = tuple(dict.fromkeys(entry.entity for entry in shared))
    return Claim(role, of, phrase.tense, None, phrase.organ, line, body, options, named)


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
    fitting = [person for person in people if _fits(person, parts, run) and not is_another(scene, person, run, parts)]
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
    return max(before, key=lambda one: (not _is_former(one), _last_place(one, run)))


def _is_former(person: Person) -> bool:
    """Whether all titles that somebody has here are past ones: "Former President Bush"."""
    titles = [claim.tense for claim in person.claims if claim.role is not None]
    return bool(titles) and all(tense == "past" for tense in titles)


def _last_place(person: Person, run: Run) -> tuple[int, int]:
    """Where somebody was last named before a name."""
    here = (run.line, run.first)
    return max(((one.line, one.first) for one in person.runs if (one.line, one.first) <= here), default=(-1, -1))


def _fits(person: Person, parts: tuple[str, ...], run: Run) -> bool:
    if run.gender and person.gender and run.gender != person.gender:
        return False
    return any(same_name(known, parts) for known in person.names)


ONE_CHAIR = frozenset({"head_of_state", "head_of_government", "foreign_minister", "defence_minister"})


def is_another(scene: Scene, person: Person, run: Run, parts: tuple[str, ...]) -> bool:
    """Whether two titles of one surname are two people's: Foreign Minister Ivanov and Defence Minister Ivanov.

    They are where the tables have two of that surname who fit the two titles in the report's days, and no one who fits
    both; "Former President Bush" is not President Bush where two of the name were president.
    """
    if len(parts) != 1 or not run.phrases:
        return False
    here = [(role.office, phrase.tense) for phrase in run.phrases if (role := phrase.role(None)) is not None]
    there = [(claim.role.office, claim.tense) for claim in person.claims if claim.role is not None]
    titles = [one for one in here if one[0] in ONE_CHAIR]
    others = [one for one in there if one[0] in ONE_CHAIR]
    if not titles or not others or set(titles) & set(others):
        return False
    ours, theirs = (_namesakes(scene, parts[0], *told[0]) for told in (titles, others))
    return bool(ours) and bool(theirs) and not ours & theirs


def _namesakes(scene: Scene, surname: str, office: str | None, tense: str | None) -> set[str]:
    """People of a surname who hold an office in the report's days, or (past tense) held it and do not hold it now."""
    found = set()
    for entity in scene.world.people_named(surname):
        terms = [term for term in scene.world.offices_of(entity) if term.office_kind == office]
        is_now = any(term.meets(scene.period) for term in terms)
        if (is_now and tense is None) or (terms and not is_now and tense == "past"):
            found.add(entity)
    return found


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
    return all(any(same_given(given, other) for other in long[:-1]) for given in short[:-1])


def same_given(given: str, other: str) -> bool:
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
