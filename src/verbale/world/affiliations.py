"""From what text and tables say of somebody to the actor: office in words, code, country, sector."""

from dataclasses import replace

import msgspec

from verbale.model.actor import Actor
from verbale.model.ids import content_id
from verbale.model.when import Period
from verbale.world.cast import Claim, Person
from verbale.world.scene import Scene
from verbale.world.spellings import fold
from verbale.world.word_lists import RoleWord, organ_sectors


def make_actor(scene: Scene, person: Person) -> Actor:
    """The actor a person is as of the window; the report's own words fill what the tables leave out."""
    claim = _best_claim(scene, person)
    if person.entity is not None:
        actor = scene.world.actor(person.entity, scene.period)
        if actor is not None:
            return _with_claim(scene, _as_far_as_known(scene, actor, person), person, claim)
    return _new_actor(scene, person, claim)


def _as_far_as_known(scene: Scene, actor: Actor, person: Person) -> Actor:
    """Without an office that the text does not give, where the report's window is open and may lie outside its days."""
    said = {claim.role.office for claim in person.claims if claim.role is not None and claim.tense is None}
    past = {claim.role.office for claim in person.claims if claim.role is not None and claim.tense == "past"}
    is_open = scene.period.days is None
    if actor.office_kind is None or not (is_open or actor.office_kind in past) or said:
        return actor
    terms = scene.world.offices_of(actor.id, scene.period)
    if actor.office_kind not in past and any(
        term.office_kind == actor.office_kind and term.covers(scene.period) for term in terms
    ):
        return actor
    country = actor.country
    state = scene.world.state_with_code(country) if country else None
    code = code_of(scene, state, None)[0] if state else None
    return msgspec.structs.replace(
        actor, office=None, office_kind=None, sector=None, status=None, code=code or country
    )


def _best_claim(scene: Scene, person: Person) -> Claim | None:
    claims = [claim for claim in person.claims if claim.role is not None] or [
        claim for claim in person.claims if claim.of and not claim.counterpart
    ]
    now = [claim for claim in claims if claim.tense is None] or claims
    return max(
        now,
        key=lambda claim: (
            bool(claim.role and claim.role.office not in (None, "official", "diplomat", "minister", "leader")),
            claim.of is not None,
        ),
        default=None,
    )


def _with_claim(scene: Scene, actor: Actor, person: Person, claim: Claim | None) -> Actor:
    gender = actor.gender or person.gender
    actor = _home_first(scene, actor)
    if claim is not None and claim.tense == "past" and actor.office_kind is None and actor.country:
        words, _, _ = office_of(scene, claim, actor.country)
        return msgspec.structs.replace(
            actor, office=words, sector="ELI", code=f"{actor.code or actor.country}ELI", gender=gender
        )
    if claim is not None and claim.role is not None and claim.tense is None and claim.role.office:
        terms = [
            term
            for term in scene.world.offices_of(actor.id, scene.period)
            if term.office_kind == claim.role.office and (claim.of is None or term.of == claim.of)
        ]
        meant = _chair_meant(scene, actor, [term.of for term in terms])
        term = next((term for term in terms if term.of == meant), terms[0] if terms else None)
        if term is None and actor.office_kind is None:
            at_home = replace(claim, of=claim.of or scene.world.state_of(actor.id))
            words, code, country = office_of(scene, at_home, actor.country)
            return msgspec.structs.replace(
                actor,
                office=words,
                office_kind=claim.role.office,
                gender=gender,
                sector=claim.role.sector,
                code=code or actor.code,
                country=country or actor.country,
            )
        is_head = claim.role.office in ("head_of_state", "head_of_government")
        if term is not None and (actor.office_kind != claim.role.office or is_head):
            words, _, _ = office_of(scene, replace(claim, of=term.of), actor.country)
            return msgspec.structs.replace(
                actor, office=words, office_kind=claim.role.office, gender=gender, status=term.status
            )
    return msgspec.structs.replace(actor, gender=gender) if gender != actor.gender else actor


def _home_first(scene: Scene, actor: Actor) -> Actor:
    """Who holds one office in several states at once holds first that of a state in the report, the own one first."""
    terms = [term for term in scene.world.offices_of(actor.id, scene.period) if term.office_kind == actor.office_kind]
    chairs = list(dict.fromkeys(term.of for term in terms))
    if len(chairs) < 2:
        return actor
    chosen = _chair_meant(scene, actor, chairs)
    if chosen is None:
        return actor
    code, country = code_of(scene, chosen, actor.sector)
    kind = scene.world.offices.kinds.get(actor.office_kind or "")
    label = kind.label if kind else (actor.office_kind or "").replace("_", " ")
    return msgspec.structs.replace(actor, office=f"{label} of {scene.world.label(chosen)}", code=code, country=country)


def _chair_meant(scene: Scene, actor: Actor, chairs: list[str]) -> str | None:
    """Of several states with one head: the one of the report, the own state first; None where nothing says which."""
    home = scene.world.state_of(actor.id)
    spoken = [of for of in chairs if of in scene.spoken_of]
    if home in spoken or (home in chairs and not spoken):
        return home
    return spoken[0] if spoken else None


def office_of(scene: Scene, claim: Claim, country: str | None = None) -> tuple[str | None, str | None, str | None]:
    """A claimed office in words, its actor code, and its country."""
    role = claim.role
    if role is None:
        return None, *(code_of(scene, claim.of, None) if claim.of else (None, country))
    words = f"{claim.organ.replace('_', ' ')} {role.words}" if claim.organ else role.words
    if claim.of is None:
        words = f"{words} of {claim.body}" if claim.body else words
        return (f"former {words}" if claim.tense == "past" else words), None, country
    label = scene.world.label(claim.of)
    words = f"{words} of {claim.body or label}"
    code, iso3 = code_of(scene, claim.of, "ELI" if claim.tense == "past" else sector_of(role, claim.organ))
    return (f"former {words}" if claim.tense == "past" else words), code, iso3 or country


def sector_of(role: RoleWord | None, organ: str | None) -> str | None:
    if organ in organ_sectors():
        return organ_sectors()[organ]
    return role.sector if role else None


def code_of(scene: Scene, of: str, sector: str | None) -> tuple[str | None, str | None]:
    """The CAMEO code of someone of a sector in a state or body, and the state's ISO code."""
    actor = scene.world.actor(of, scene.period)
    if actor is None:
        return None, None
    if actor.kind in ("state", "territory", "place"):
        base = actor.code or actor.country
        return (f"{base}{sector or ''}" if base and sector != "IGO" else base), actor.country
    return actor.code, actor.country


def _new_actor(scene: Scene, person: Person, claim: Claim | None) -> Actor:
    name = _written_name(scene, person)
    words, code, country = office_of(scene, claim) if claim else (None, None, None)
    role = claim.role if claim else None
    sector = (
        "ELI"
        if claim and claim.tense == "past" and role and role.sector == "GOV"
        else sector_of(role, claim.organ if claim else None)
    )
    slug = "-".join(fold(name).replace(".", "").replace("'", "").split())
    if country is not None and len(person.fullest) > 1:
        identity = f"pn:{slug}-{country.lower()}"
    else:
        identity = f"pn:{slug}@{content_id('r', scene.reading.report.id)[2:8]}"
    return Actor(
        identity,
        "person",
        name,
        code,
        country,
        sector,
        words,
        role.office if role and not (claim and claim.tense) else None,
        person.gender or (role.gender if role else None),
        None,
    )


def _written_name(scene: Scene, person: Person) -> str:
    run = max(person.runs, key=lambda run: (run.after - run.first, -run.line))
    line = scene.lines[run.line]
    text = scene.reading.report.text
    name = " ".join(line.span(run.first, run.after).of(text).split())
    return name.title() if name.isupper() and len(name) > 3 else name


def terms_claimed(scene: Scene, person: Person) -> list[tuple[Claim, list[Period]]]:
    """For each office the report says somebody holds now: the days the tables give for it."""
    found: list[tuple[Claim, list[Period]]] = []
    if person.entity is None:
        return found
    for claim in person.claims:
        if claim.role is None or claim.tense is not None or not claim.role.office:
            continue
        terms = [
            term
            for term in scene.world.offices_of(person.entity)
            if term.office_kind == claim.role.office and (claim.of is None or term.of == claim.of)
        ]
        if terms:
            found.append((claim, [term.period for term in terms]))
    return found
