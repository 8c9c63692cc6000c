"""Actors that a report does not name: "Syrian rebels", "a senior US official", "the Turkish president"."""

from functools import lru_cache

from verbale.model.actor import Actor
from verbale.world.scene import Scene
from verbale.world.spellings import fold
from verbale.world.word_lists import RoleWord, word_table, words
from verbale.world.world import World

POPULATION_SECTORS = frozenset({"CVL", "REF", "LAB", "AGR", "EDU", "MED", "BUS"})


@lru_cache(maxsize=4)
def _role_words(world: World) -> dict[str, str]:
    return word_table()["agents"] | {fold(row.phrase): row.sector for row in world.tables["role_words"]}


def sector_of_noun(world: World, low: list[str]) -> str | None:
    """The PLOVER sector that the end of a noun phrase tells: "government forces" MIL; None where it names no agent."""
    known = _role_words(world)
    if low[-1] in words("no_agents", "nouns"):
        return None
    for first in range(len(low)):
        phrase = " ".join(low[first:])
        for form in (
            phrase,
            phrase[:-1] if phrase.endswith("s") else phrase,
            phrase[:-3] + "y" if phrase.endswith("ies") else phrase,
        ):
            if form in known:
                return known[form]
    return None


def generic_agent(scene: Scene, low: list[str], state: str) -> Actor | None:
    """A nameless agent of a state by its noun ("rebels" of Syria: SYRREB); None where the noun is no agent."""
    sector = sector_of_noun(scene.world, low)
    owner = scene.actor(state)
    if sector in (None, "UNK") or owner is None:
        return None
    base = owner.code or owner.country
    kind = "population" if sector in POPULATION_SECTORS else "group"
    name = f"{' '.join(low)} of {owner.name}"
    return Actor(
        f"ag:{state.split(':', 1)[1]}:{sector.lower()}:{'-'.join(low)}",
        kind,
        name,
        f"{base}{sector}" if base else None,
        owner.country,
        sector,
    )


def office_actor(
    scene: Scene, role: RoleWord, of: str, organ: str | None = None, body: str | None = None
) -> Actor | None:
    """The holder, whoever it is, of an office of a state or body: "president of Turkey"."""
    from verbale.world.affiliations import code_of, sector_of

    owner = scene.actor(of)
    if owner is None:
        return None
    kind = role.office or fold(role.words).replace(" ", "_")
    part = organ or "-".join(fold(body or "").split())
    identity = f"of:{of.split(':', 1)[1]}:{part + ':' if part else ''}{kind}"
    code, country = code_of(scene, of, sector_of(role, organ))
    words = f"{organ.replace('_', ' ')} {role.words}" if organ else role.words
    held = f"{words} of {body or owner.name}"
    actor = Actor(identity, "unnamed", held, code, country, sector_of(role, organ), held, role.office)
    return scene.actors.setdefault(identity, actor)


def unnamed_actor(
    scene: Scene, role: RoleWord, of: str, organ: str | None = None, body: str | None = None
) -> Actor | None:
    """Somebody of a state or body whom the report leaves without a name: "a senior US official"."""
    from verbale.world.affiliations import code_of, sector_of

    owner = scene.actor(of)
    if owner is None:
        return None
    words = f"{organ.replace('_', ' ')} {role.words}" if organ else role.words
    part = "-".join(fold(body).split()) + ":" if body else ""
    identity = f"un:{of.split(':', 1)[1]}:{part}{'-'.join(words.split())}"
    sector = sector_of(role, organ)
    code, country = code_of(scene, of, sector)
    return scene.actors.setdefault(
        identity,
        Actor(
            identity,
            "unnamed",
            f"unnamed {words} of {body or owner.name}",
            code,
            country,
            sector,
            None,
            None,
            role.gender,
        ),
    )
