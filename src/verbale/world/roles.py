"""Roles without a name: "the Turkish president", "the minister", "his Turkish counterpart", "a senior US official"."""

from dataclasses import dataclass

from verbale.model.roster import Candidate
from verbale.model.when import Period
from verbale.world.cast import Claim, Person
from verbale.world.generic import office_actor, unnamed_actor
from verbale.world.phrases import Phrase
from verbale.world.scene import Draft, Scene
from verbale.world.word_lists import RoleWord, words

CHAIRS = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "supreme_leader", "head_of_body"}
)
"""Offices that one person holds at a time; the tables can say who."""
SURE_DAYS = 1100
"""A window up to three years wide seldom sees one person both in and out of a chair that the report speaks of."""
WIDER = {
    "minister": lambda office: (
        office == "minister" or (office.endswith("_minister") and not office.startswith("deputy"))
    ),
    "leader": lambda office: (
        office in ("head_of_state", "head_of_government", "crown_prince", "party_leader", "opposition_leader", "leader")
    ),
    "secretary": lambda office: (
        office in ("foreign_minister", "defence_minister", "secretary") or office.endswith("_minister")
    ),
    "diplomat": lambda office: (
        office in ("foreign_minister", "deputy_foreign_minister", "envoy", "diplomat", "ambassador", "spokesperson")
    ),
    "official": lambda office: True,
    "politician": lambda office: True,
    "envoy": lambda office: office in ("envoy", "ambassador"),
    "head_of_body": lambda office: (
        office in ("head_of_body", "chairperson")
    ),
    "head_of_state": lambda office: office in ("head_of_state",),
}


@dataclass
class Answer:
    """Whom a role means, and why."""

    actors: tuple[str, ...]
    how: str
    certainty: str
    reason: str
    candidates: tuple[Candidate, ...] = ()
    owner: str | None = None
    """Of a counterpart, or of "his minister": whom the possessive means."""


def fits_role(office: str | None, wanted: str | None) -> bool:
    """Whether an office is of the kind a role word names: any minister is "the minister"."""
    if office is None or wanted is None:
        return False
    return office == wanted or (wanted in WIDER and WIDER[wanted](office))


def offices_held(scene: Scene, person: Person) -> set[tuple[str, str | None]]:
    """The offices somebody has in the report's days: what the text says, else what the tables say."""
    key = (person.id, len(person.claims))
    if key not in scene.held or not person.id:
        scene.held[key] = _offices_held(scene, person)
    return scene.held[key]


def _offices_held(scene: Scene, person: Person) -> set[tuple[str, str | None]]:
    said = {
        (claim.role.office, claim.of)
        for claim in person.claims
        if claim.role and claim.role.office and claim.tense is None
    }
    past = {claim.role.office for claim in person.claims if claim.role and claim.tense == "past"}
    held = set(said)
    if person.entity is not None and not past:
        held |= {(term.office_kind, term.of) for term in scene.world.offices_of(person.entity, scene.period)}
    return held


def state_of_person(scene: Scene, person: Person) -> str | None:
    """Id of the state somebody belongs to or acts for."""
    of = next((claim.of for claim in person.claims if claim.of), None)
    if of is not None:
        return scene.world.state_of(of) or of
    if person.actor is not None and person.actor.country:
        return scene.world.state_with_code(person.actor.country)
    return None


def people_in_role(
    scene: Scene, cast: list[Person], wanted: str | None, of: str | None, role: RoleWord | None = None
) -> list[Person]:
    """Those of the report who hold a kind of office, of one state or body where it is given."""
    found = []
    for person in cast:
        for office, place in offices_held(scene, person):
            if not fits_role(office, wanted):
                continue
            home = place or state_of_person(scene, person)
            if of is None or home == of or (scene.world.state_of(home or "") == of and of.startswith("st:")):
                found.append(person)
                break
    if not found and role is not None:
        found = [
            person
            for person in cast
            if any(
                claim.role is not None
                and claim.tense is None
                and claim.role.words == role.words
                and (of is None or claim.of == of)
                for claim in person.claims
            )
        ]
    return found


def before(people: list[Person], draft_line: int, draft_bit: int) -> list[Person]:
    """People named before a place of the report, the last-named first."""

    def last(person: Person) -> tuple[int, int]:
        return max(
            ((run.line, run.first) for run in person.runs if (run.line, run.first) < (draft_line, draft_bit)),
            default=(-1, -1),
        )

    return sorted((person for person in people if last(person) > (-1, -1)), key=last, reverse=True)


def one_of_state(scene: Scene, cast: list[Person], phrase: Phrase, role: RoleWord, of: str) -> Answer:
    """Who holds a role in a state or body: someone of the report, else of the tables, else the bare office."""
    wanted = role.office
    name = scene.world.label(of)
    if phrase.organ is None or wanted != "spokesperson":
        known = people_in_role(scene, cast, wanted, of, role)
        if phrase.tense is not None:
            known = people_in_tense(cast, phrase.tense, wanted, of)
        if len(known) == 1:
            return Answer(
                (known[0].id,),
                "role.report",
                sure_of(scene, known[0], wanted),
                f"the only {role.words} of {name} in the report is {name_of(known[0])}",
            )
        if len(known) > 1:
            near = before(known, phrase.line, phrase.first) or known
            return Answer(
                (near[0].id,),
                "role.report",
                "medium",
                f"the last-named {role.words} of {name}",
                _listed(near, role, name),
            )
    else:
        known = [
            person
            for person in people_in_role(scene, cast, wanted, of, role)
            if any(claim.organ == phrase.organ for claim in person.claims)
        ]
        if len(known) == 1:
            return Answer(
                (known[0].id,), "role.report", "high", f"its only {role.words} in the report is {name_of(known[0])}"
            )
    if phrase.tense is not None:
        return Answer((), "role.former", "low", f"a {phrase.tense} {role.words} of {name} without a name")
    if wanted in CHAIRS:
        found = holder_answer(scene, wanted, of, role)
        if found is not None:
            return found
    if wanted == "leader":
        found = _leader(scene, of)
        if found is not None:
            return found
    if wanted in CHAIRS or (wanted and wanted not in WIDER):
        actor = office_actor(scene, role, of, phrase.organ, body_words(scene, phrase))
    else:
        actor = unnamed_actor(scene, role, of, phrase.organ, body_words(scene, phrase))
    if actor is None:
        return Answer((), "role.unknown", "low", f"no table knows the {role.words} of {name}")
    return Answer(
        (actor.id,), "role.office", "medium", f"the {role.words} of {name}; neither report nor tables name the person"
    )


def body_words(scene: Scene, phrase: Phrase) -> str | None:
    """The name of a body in a role phrase that no table knows: "State Intelligence Agency"."""
    return scene.lines[phrase.line].span(*phrase.body).of(scene.reading.report.text) if phrase.body else None


def sure_of(scene: Scene, person: Person, wanted: str | None) -> str:
    """high where the report itself gives the office, or its days are few; medium where the tables alone do."""
    said = any(claim.role and fits_role(claim.role.office, wanted) for claim in person.claims)
    days = scene.period.days
    return "high" if said or (days is not None and days <= SURE_DAYS) else "medium"


def name_of(person: Person) -> str:
    return person.actor.name if person.actor else " ".join(person.fullest)


def _listed(people: list[Person], role: RoleWord, name: str) -> tuple[Candidate, ...]:
    share = [0.6, 0.25, 0.1, 0.05]
    return tuple(
        Candidate(person.id, share[min(place, 3)], f"{role.words} of {name} in the report")
        for place, person in enumerate(people[:6])
    )


def people_in_tense(cast: list[Person], tense: str, wanted: str | None, of: str | None) -> list[Person]:
    return [
        person
        for person in cast
        if any(
            claim.tense == tense
            and claim.role
            and fits_role(claim.role.office, wanted)
            and (of is None or claim.of == of)
            for claim in person.claims
        )
    ]


def _leader(scene: Scene, of: str) -> Answer | None:
    """The leader of a state in the report's days: the chair that rules there, where the word lists say which it is."""
    if not _has_days(scene.period):
        return None
    kinds = ("head_of_state", "head_of_government")
    ruling = next((kind for kind in ("supreme_leader", *kinds) if of in words("leaders", kind)), None)
    people: dict[str, str] = {}
    for kind in (ruling,) if ruling else kinds:
        for term in scene.world.holders(kind, of, scene.period):
            people.setdefault(term.person, term.status)
    known = [person for person in people if scene.actor(person)]
    if len(known) == 1:
        reason = f"{scene.world.label(known[0])} ruled in the report's days ({people[known[0]]})"
        return Answer((known[0],), "role.holder", "medium", reason)
    if not known:
        return None
    listed = tuple(Candidate(person, 1 / len(known), "in a ruling chair in the report's days") for person in known)
    return Answer((), "role.leader", "low", "several may be its leader: the text does not say which", listed[:8])


def holder_answer(scene: Scene, kind: str, of: str, role: RoleWord) -> Answer | None:
    """Whom the tables give for the report's days: a person where there is just one; None where none is known."""
    terms = scene.world.holders(kind, of, scene.period)
    people = list(dict.fromkeys(term.person for term in terms))
    if not people or not _has_days(scene.period):
        return None
    name = scene.world.label(of)
    days = scene.period.days
    if len(people) == 1:
        term = terms[0]
        scene.actor(people[0])
        sure = days is not None and days <= 62 and term.covers(scene.period) and term.status != "unverified"
        return Answer(
            (people[0],),
            "role.holder",
            "high" if sure else "medium",
            f"{scene.world.label(people[0])} was {role.words} of {name} in the report's days ({term.status})",
        )
    office = office_actor(scene, role, of)
    if office is None:
        return None
    listed = tuple(
        Candidate(person, 1 / len(people), f"{role.words} of {name} in part of the report's window")
        for person in people
        if scene.actor(person)
    )
    return Answer(
        (office.id,),
        "role.office",
        "medium",
        f"{len(people)} people held it in the report's window; the office is meant",
        listed[:8],
    )


def _has_days(period: Period) -> bool:
    return period.since is not None and period.until is not None


# -- counterparts ----------------------------------------------------------------------------------------------------


def role_for(kind: str) -> RoleWord:
    """A role word for an office kind, to speak of it."""
    return RoleWord(kind.replace("_", " "), kind, "GOV", None, (), None, None, "")


def owners_of(scene: Scene, cast: list[Person], draft: Draft) -> list[Person]:
    """The people of the cast that a mention means."""
    return [person for person in cast if person.id in draft.actors]


def claim_for(scene: Scene, kind: str, of: str | None, line: int) -> Claim:
    return Claim(role_for(kind), of, None, None, None, line)
