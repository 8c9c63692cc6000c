"""From a phrase that names an actor to its state and PLOVER sector: "Panamanian immigration inspectors" is PAN COP."""

import re
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise

import msgspec

from verbale.model.when import Period
from verbale.world.gazetteer import NameEntry, Surface
from verbale.world.spellings import fold
from verbale.world.world import World

LONGEST_PHRASE = 6
PREPOSITIONS = frozenset([
    "of", "in", "at", "from", "for", "to", "against", "by", "with", "on", "over", "near", "across", "under",
    "outside", "inside", "among",
])
FORMER = frozenset([
    "former", "ex", "retired", "deposed", "ousted", "toppled", "erstwhile", "late", "onetime", "exiled",
])
HEADS_OF_ANYTHING = frozenset([
    "president", "head", "director", "chief", "leader", "leaders", "chairman", "chairwoman", "chairperson", "member",
    "members", "spokesman", "spokeswoman", "spokesperson", "official", "officials", "representative",
    "representatives", "founder", "secretary", "general", "delegate", "delegates", "supporters", "supporter",
    "commander", "deputy", "adviser", "advisor", "agency", "department", "association", "federation", "alliance",
    "network",
])
"""Words whose sector is that of what they head, where that is told: "president of the Human Rights League"."""
POSSESSED_BY_STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
POINTING = frozenset(["to", "against", "toward", "towards"])
GROUP_WORDS = frozenset([
    "team", "group", "groups", "number", "dozens", "hundreds", "thousands", "several", "some", "many", "most", "all",
    "couple", "pair", "band", "members", "part", "parts", "majority", "delegation", "crew", "series", "handful",
    "scores", "wave", "leaders",
])
PEOPLE_WORDS = {"ordinary": "CVL", "displaced": "REF"}
TITLES = frozenset([
    "mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "sheikh", "the", "a", "an", "sen", "rep", "gen",
    "col", "lt", "maj", "prof", "hon", "his", "her",
])


class Agent(msgspec.Struct, frozen=True):
    """What a phrase says of an actor: whose it is, what kind, who exactly, and why."""

    country: str | None
    """ISO alpha-3; UNO or IGO for bodies of states; None where the phrase does not tell."""
    sector: str | None
    """PLOVER sector; None for a state or people as a whole."""
    second: str | None = None
    actor: str | None = None
    """Id of the actor in the world tables, where the phrase names one."""
    name: str | None = None
    office: str | None = None
    reason: str = ""

    @property
    def code(self) -> str | None:
        """State and sector as one actor code: RUSGOV; None where neither is known."""
        return (self.country or "") + (self.sector or "") or None


class RoleLexicon:
    """Words that tell a sector, longest phrase first."""

    def __init__(self, world: World) -> None:
        self.rows = {fold(row.phrase): row for row in world.tables["role_words"]}

    def found(self, words: list[str]) -> list[tuple[int, int, str]]:
        """Role phrases in folded words: first word, word after the last, phrase; longest first at each place."""
        places = []
        here = 0
        while here < len(words):
            for stop in range(min(len(words), here + LONGEST_PHRASE), here, -1):
                phrase = " ".join(words[here:stop])
                if phrase in self.rows:
                    places.append((here, stop, phrase))
                    here = stop
                    break
            else:
                here += 1
        return places


class Agents:
    """Reads phrases against one world."""

    def __init__(self, world: World) -> None:
        self.world = world

    @cached_property
    def lexicon(self) -> RoleLexicon:
        return RoleLexicon(self.world)

    def agent_of(self, text: str, day: date | None = None, context: str = "") -> Agent:
        """The state and sector of the actor that a phrase names, on a day, with the words around it as a hint."""
        period = Period.day(day) if day else None
        surfaces = self.world.find(text)
        person = self._person(text, surfaces, period, context)
        if person is not None:
            return person
        body = self._body(text, surfaces)
        country, metonym = self._country(text, surfaces, context)
        role = self._role(text, surfaces)
        if body is not None and (role is None or not self._role_beats(role, body, text)):
            return body
        if role is not None:
            return self._with_role(role, country, text)
        if metonym is not None:
            return metonym
        return self._bare(text, surfaces, country)

    # -- people --------------------------------------------------------------------------------------------------

    def _person(self, text: str, surfaces: list[Surface], period: Period | None, context: str) -> Agent | None:
        hint = {state for state, _ in self._states(self.world.find(context))} if context else set()
        named = {state for state, _ in self._states(surfaces)}
        for surface in surfaces:
            people = [entry for entry in surface.entries if entry.kind in ("full name", "surname")
                      and entry.entity.startswith("pe:")]
            if not people or (len(people) < len(surface.entries) and people[0].kind == "surname"):
                continue
            if people[0].kind == "surname" and not self._may_be_surname(text, surface, surfaces):
                continue
            entity = self._best_person([entry.entity for entry in people], period, hint | named)
            if entity is not None:
                return self._as_agent(entity, period, text, surface)
        return None

    def _may_be_surname(self, text: str, surface: Surface, surfaces: list[Surface]) -> bool:
        """A bare surname counts where it ends the phrase and only roles, titles and known names stand before it."""
        rest = text[surface.span.stop:].strip(" .,'’s")
        if rest or len(surface.form) < 3:
            return False
        before = text[:surface.span.start]
        for known in reversed([one for one in surfaces if one.span.stop <= surface.span.start]):
            before = before[:known.span.start] + " " * len(known.span) + before[known.span.stop:]
        words = fold(before).split()
        spoken_of = {number for start, stop, _ in self.lexicon.found(words) for number in range(start, stop)}
        capitals = {fold(word) for word in before.split() if word[:1].isupper()}
        return not any(word in capitals and number not in spoken_of and word not in TITLES
                       for number, word in enumerate(words))

    def _best_person(self, people: list[str], period: Period | None, states: set[str]) -> str | None:
        def weight(person: str) -> tuple[bool, bool, int, int]:
            held = self.world.offices_of(person, period)
            ever = self.world.offices_of(person)
            rank = min((self.world.offices.rank(one.office_kind) for one in held), default=10)
            best = min((self.world.offices.rank(one.office_kind) for one in ever), default=10)
            return self.world.people[person].country not in states if states else False, not held, rank, best
        return min(dict.fromkeys(people), key=weight, default=None)

    def _as_agent(self, person: str, period: Period | None, text: str, surface: Surface) -> Agent:
        actor = self.world.actor(person, period or Period())
        assert actor is not None
        held = self.world.offices.main(person, period)
        kind = self.world.offices.kinds.get(held.office_kind) if held else None
        sector, second = (kind.sector, kind.second_sector) if kind else (None, None)
        before = fold(text[:surface.span.start])
        if held is None or _says_former(before):
            role = self._role(text[:surface.span.start], []) if before else None
            sector, second = self._sector_without_office(person, period, role, before)
        if actor.country == "VAT":
            return Agent(None, "REL", None, person, actor.name, actor.office, "head of a church")
        country = actor.country
        if held and held.of.startswith("org:") and not country:
            country = self._body_country(held.of)
        return Agent(country, sector, second, person, actor.name, actor.office,
                     f"{actor.name}: {actor.office or 'no office known on the day'}")

    def _sector_without_office(self, person: str, period: Period | None, role: "str | None",
                               before: str) -> tuple[str | None, str | None]:
        ever = self.world.offices_of(person)
        if role is not None and not _says_former(before):
            row = self.lexicon.rows[role]
            return row.sector, row.second
        later = [one for one in ever if period and period.since and one.until and one.until <= period.since]
        ranks = [self.world.offices.rank(one.office_kind) for one in (later or ever)]
        if ranks:
            military = all(one.office_kind == "chief_of_staff_armed_forces" for one in ever)
            return ("MIL" if military else "ELI"), None
        return "CVL", None

    # -- bodies and groups ---------------------------------------------------------------------------------------

    def _body(self, text: str, surfaces: list[Surface]) -> Agent | None:
        """The body or group that a phrase names; not one that the phrase only points to ("ambassador to NATO")."""
        for surface in surfaces:
            before = fold(text[:surface.span.start]).split()
            if POINTING.intersection(before):
                break
            for entry in surface.entries:
                if entry.entity.startswith(("org:", "gr:")) and self._is_actor(entry.entity):
                    return self._body_agent(entry, text, surface)
        return None

    def _is_actor(self, entity: str) -> bool:
        """Whether a name stands for an actor of its own: a people or a bloc is spoken of as whose, not as who."""
        row = self.world.orgs.get(entity)
        return row is None or row.kind not in ("population", "bloc")

    def _body_agent(self, entry: NameEntry, text: str, surface: Surface) -> Agent:
        actor = self.world.actor(entry.entity)
        assert actor is not None
        sector: str | None = actor.sector
        country = actor.country or self._body_country(entry.entity)
        if sector in ("IGO",):
            sector = None
        return Agent(country, sector, None, entry.entity, actor.name, None, f"{actor.name} by name")

    def _body_country(self, org: str) -> str | None:
        row = self.world.orgs.get(org)
        if row is None or row.kind == "ngo":
            return None
        if row.kind != "igo":
            return None
        parts = {org, row.part_of or ""}
        return "UNO" if "org:un" in parts and row.cameo and row.cameo.startswith("IGOUNO") and (
            row.part_of == "org:un" or org == "org:un") else "IGO"

    def _role_beats(self, role: str, body: Agent, text: str) -> bool:
        """Whether a role word says more than the body's name: "UN spokesman" is the UN, "AKP lawmaker" a lawmaker."""
        if role in HEADS_OF_ANYTHING or role.split()[-1] in HEADS_OF_ANYTHING:
            return False
        name = fold(body.name or "")
        return role not in name and self.lexicon.rows[role].sector not in (body.sector, "GOV", "ELI")

    # -- states --------------------------------------------------------------------------------------------------

    def _states(self, surfaces: list[Surface]) -> list[tuple[str, NameEntry]]:
        found = []
        for surface in surfaces:
            for entry in sorted(surface.entries, key=lambda one: not one.entity.startswith("st:")):
                state = self.world.state_of(entry.entity)
                if entry.entity in self.world.orgs and self.world.orgs[entry.entity].kind != "population":
                    continue
                if state and entry.entity.startswith(("st:", "ct:", "pl:", "org:")) and entry.kind != "translit":
                    found.append((state, entry))
                    break
        return sorted(found, key=lambda one: one[1].entity.startswith("ct:") and len(one[1].form) < LONGEST_PHRASE)

    def _country(self, text: str, surfaces: list[Surface], context: str) -> tuple[str | None, Agent | None]:
        states = self._states(surfaces)
        if not states:
            hinted = self._states(self.world.find(context)) if context else []
            return (self.world.places.iso3(hinted[0][0]) if hinted else None), None
        state, entry = states[0]
        iso3 = self.world.places.iso3(state)
        if iso3 == "ATA":
            iso3 = None
        whole = fold(text) in {entry_form(entry), "the " + entry_form(entry)}
        if entry.kind == "metonym" and whole:
            sector = {"legislature": "LEG", "defence_ministry": "MIL", "military": "MIL", "intelligence": "SPY"}.get(
                entry.organ or "", "GOV")
            return iso3, Agent(iso3, sector, None, state, None, None, f"{entry.form} stands for the {entry.organ}")
        if whole and entry.entity.startswith("ct:"):
            is_capital = self.world.state_with_capital(entry.entity) is not None
            return iso3, Agent(iso3, "GOV" if is_capital else "CVL", None, entry.entity, None, None,
                               f"{entry.form}, a city")
        if whole and entry.entity.startswith("pl:") and self.world.places.rows[entry.entity].kind == "disputed":
            return iso3, Agent(iso3, "PRE", None, entry.entity, None, None, f"{entry.form}, a disputed territory")
        return iso3, None

    # -- roles ---------------------------------------------------------------------------------------------------

    def _role(self, text: str, surfaces: list[Surface]) -> str | None:
        """The role phrase that heads the phrase: the last of the first stretch before a preposition that has any."""
        words = fold(text.replace("'s ", " 's ").replace("’s ", " 's ")).split()
        found = self.lexicon.found(words)
        if not found:
            return None
        cuts = [number for number, word in enumerate(words) if word in PREPOSITIONS
                and not any(start < number < stop for start, stop, _ in found)]
        stretches = [-1, *cuts, len(words)]
        for begin, end in pairwise(stretches):
            inside = [place for place in found if begin < place[0] < end]
            if not inside:
                continue
            head = self._head(inside, words)
            if head in GROUP_WORDS and any(place[0] >= end for place in found):
                continue
            after = [place[2] for place in found if place[0] > end]
            if after and head in HEADS_OF_ANYTHING and self.lexicon.rows[after[0]].sector not in ("GOV", "CVL", "UNK"):
                return after[0]
            return head
        return None

    def _head(self, inside: list[tuple[int, int, str]], words: list[str]) -> str:
        last = inside[-1][2]
        if len(inside) > 1 and last in HEADS_OF_ANYTHING:
            phrases = [place[2] for place in inside]
            return max(phrases, key=lambda phrase: (phrase not in HEADS_OF_ANYTHING, len(phrase)))
        weights = {place[2]: self.lexicon.rows[place[2]].weight for place in inside}
        heaviest = max(weights.values())
        return [phrase for phrase in weights if weights[phrase] == heaviest][-1] if heaviest > 1 else last

    def _with_role(self, role: str, country: str | None, text: str) -> Agent:
        row = self.lexicon.rows[role]
        sector, second = row.sector, row.second
        folded = fold(text)
        if _says_former(folded) and sector in ("GOV", "LEG", "ELI", "SPY"):
            sector, second = "ELI", None
        if row.country and country is None:
            country = self.world.places.iso3(row.country)
        return Agent(country, sector, second, None, None, None, f"{role}: {sector}")

    def _bare(self, text: str, surfaces: list[Surface], country: str | None) -> Agent:
        words = fold(text).split()
        for word, sector in PEOPLE_WORDS.items():
            if word in words:
                return Agent(country, sector, reason=f"{word}: {sector}")
        people = next((entry.entity for surface in surfaces for entry in surface.entries
                       if entry.entity in self.world.orgs and self.world.orgs[entry.entity].kind == "population"), None)
        if people is not None:
            return Agent(country, "CVL", None, people, self.world.label(people), None, "a people by name")
        return Agent(country, None, reason="a state or people as a whole" if country else "nothing known")


def entry_form(entry: NameEntry) -> str:
    return fold(entry.form)


def _says_former(folded: str) -> bool:
    words = folded.split()
    return bool(FORMER.intersection(words)) or bool(re.match(r"ex ", folded))


@lru_cache(maxsize=4)
def agents(world: World) -> Agents:
    return Agents(world)


def agent_of(text: str, day: date | None = None, context: str = "", world: World | None = None) -> Agent:
    """The state and PLOVER sector of the actor that a phrase names, on a day.

    `context` is any text around it that may tell the state. Nothing known gives an Agent of Nones.
    """
    from verbale.world.world import load_world

    return agents(world or load_world()).agent_of(text, day, context)
