"""States, bodies, capitals and nationalities as mentions: who acts, and what is only where something happens."""

from verbale.model.actor import Actor
from verbale.world.bodies import CLITICS
from verbale.world.capitals import capital_acts
from verbale.world.generic import generic_agent
from verbale.world.organs import add_organ, add_organs, is_inside_body
from verbale.world.scene import Draft, Found, Line, Scene
from verbale.world.unknown_bodies import add_halves, add_unknown_bodies
from verbale.world.whereabouts import is_city_here, preposition_of, stands_for_where
from verbale.world.word_lists import words

STRAIGHT_NAMES = frozenset({"official", "short", "alias", "abbrev", "translit", "misspelling", "full name"})
MADE_BY = frozenset(
    [
        "led",
        "backed",
        "made",
        "occupied",
        "controlled",
        "based",
        "funded",
        "supported",
        "sponsored",
        "brokered",
        "mediated",
        "trained",
        "built",
        "supplied",
        "owned",
        "flagged",
        "held",
        "annexed",
        "affiliated",
        "allied",
        "linked",
        "aligned",
        "run",
        "imposed",
        "produced",
        "administered",
    ]
)
NO_PARTY = frozenset(["speaking", "born", "style", "language", "speakers", "descent", "origin"])
MODIFIERS = ("amod", "compound", "nummod", "nmod:poss")


def add_states(scene: Scene) -> None:
    """A mention for every state, body, group and place that stands outside titles and roles."""
    for number, line in enumerate(scene.lines):
        add_organs(scene, number, line)
        for found in line.surfaces:
            if (
                found.entity is None
                or found.entry is None
                or found.first in line.taken
                or is_inside_body(scene, line, found)
                or _is_money_or_people(line, found)
            ):
                continue
            _add_found(scene, number, line, found)
        add_halves(scene, number, line)
        add_unknown_bodies(scene, number, line)


def _is_money_or_people(line: Line, found: Found) -> bool:
    """As in "US$", "African American" and "Finnish Americans": no state is meant."""
    if "$" in line.bits[found.after - 1].raw or line.low(found.after)[:1] == "$":
        return True
    if line.low(found.after).startswith("american") and _is_of_people(line, found):
        return True
    before = line.ends.get(found.first)
    is_american = line.low(found.first).startswith("american")
    return is_american and (
        line.low(found.first - 1) in words("companies", "hyphenated")
        or (before is not None and _is_of_people(line, before))
    )


def _is_of_people(line: Line, found: Found) -> bool:
    """Whether a surface is a state's adjective or people."""
    return all(entry.kind in ("adjective", "demonym") for entry in found.entries)


def _add_found(scene: Scene, number: int, line: Line, found: Found) -> None:
    entry = found.entry
    assert entry is not None and found.entity is not None
    if entry.kind in ("adjective", "demonym"):
        _add_nationality(scene, number, line, found)
    elif entry.kind == "metonym" and entry.organ not in (None, "government", "leadership", "organisation"):
        add_organ(
            scene, number, found.first, found.after, found.first, found.entity, entry.organ or "government", entry.form
        )
    elif entry.kind == "metonym":
        _add_capital(scene, number, line, found)
    elif found.entity in scene.world.orgs or found.entity in scene.world.groups:
        _add(scene, number, found, "name", (found.entity,), "name.body", found.reason)
    else:
        _add_place_or_state(scene, number, line, found)


def _add(
    scene: Scene,
    number: int,
    found: Found,
    kind: str,
    actors: tuple[str, ...],
    how: str,
    reason: str,
    after: int | None = None,
    head: tuple[int, int] | None = None,
) -> Draft | None:
    if not all(scene.actor(actor) for actor in actors):
        return None
    certainty = "medium" if found.others and not _same_state(scene, found) else "high"
    head_first, head_after = head or (found.first, found.after)
    draft = Draft(
        number,
        found.first,
        after or found.after,
        head_first,
        head_after,
        kind,
        actors,
        how,
        certainty,
        (),
        reason,
        "sing",
    )
    if certainty == "medium":
        draft.candidates = _alternatives(scene, found)
    return scene.add(draft)


def _same_state(scene: Scene, found: Found) -> bool:
    """Whether all that the words may mean lies in one state, or is a far smaller namesake of a place."""
    home = scene.world.state_of(found.entity or "")
    rivals = [other for other in found.others if scene.world.state_of(other) != home]
    return (
        all(other.startswith("ct:") for other in rivals) and not (found.entity or "").startswith("ct:")
    ) or not rivals


def _alternatives(scene: Scene, found: Found):
    from verbale.model.roster import Candidate

    listed = [entity for entity in (found.entity or "", *found.others[:4]) if scene.actor(entity)]
    return tuple(
        Candidate(
            entity, 0.7 if place == 0 else 0.3 / len(found.others), found.reason if place == 0 else "has the same name"
        )
        for place, entity in enumerate(listed)
    )


# -- places ----------------------------------------------------------------------------------------------------------


def _add_place_or_state(scene: Scene, number: int, line: Line, found: Found) -> None:
    actor = scene.actor(found.entity or "")
    if actor is None:
        return
    if actor.kind in ("place", "territory") and found.entity and not found.entity.startswith("st:"):
        is_city = found.entity.startswith("ct:")
        if is_city and not (_is_proper(line, found) and is_city_here(scene, line, found)):
            return
        if not is_city and not any(bit.raw[:1].isupper() for bit in line.bits[found.first : found.after]):
            return
        _add(scene, number, found, "place", (found.entity,), "place.name", found.reason)
    elif stands_for_where(line, found):
        _add(scene, number, found, "place", (actor.id,), "place.preposition", "says where something is or goes")
    else:
        _add(scene, number, found, "name", (actor.id,), "name.state", found.reason)


def _is_proper(line: Line, found: Found) -> bool:
    tokens = line.sentence.tokens
    return (
        all(
            tokens[line.bits[place].token].upos in ("PROPN", "ADJ", "ADP", "DET")
            for place in range(found.first, found.after)
        )
        and tokens[line.bits[found.first].token].upos == "PROPN"
    )


# -- capitals --------------------------------------------------------------------------------------------------------


def _is_city_name(scene: Scene, found: Found) -> bool:
    """Whether the tables know a city by these words, whatever else they mean."""
    return any(entry.entity.startswith("ct:") for entry in found.entries)


def _add_capital(scene: Scene, number: int, line: Line, found: Found) -> None:
    city = next((other for other in found.others if other.startswith("ct:")), None)
    is_government, why = capital_acts(line, found)
    if city is None and not scene.world.state_with_capital(found.entity or "") and not _is_city_name(scene, found):
        if preposition_of(line, found.first) not in ("in", "at", "near", "outside"):
            _add(scene, number, found, "name", (found.entity or "",), "name.metonym", "stands for its government")
        return
    if is_government:
        draft = _add(
            scene,
            number,
            found,
            "capital",
            (found.entity or "",),
            "capital.government",
            f"{found.entry.form if found.entry else 'the capital'} stands for its government: {why}",
        )
        if draft is not None:
            draft.certainty = "high" if why not in ("it is named among governments",) else "medium"
            draft.candidates = ()
        return
    place = city if city and scene.actor(city) else found.entity or ""
    draft = _add(scene, number, found, "place", (place,), "place.capital", why)
    if draft is not None:
        draft.certainty, draft.candidates = "high", ()


# -- nationalities ---------------------------------------------------------------------------------------------------


def _add_nationality(scene: Scene, number: int, line: Line, found: Found) -> None:
    follower = line.low(found.after)
    if follower in NO_PARTY:
        return
    actor = scene.actor(found.entity or "")
    if actor is None:
        return
    if follower in MADE_BY:
        _add(scene, number, found, "nationality", (actor.id,), "nationality.hyphen", f"{follower}: by {actor.name}")
        return
    tokens = line.sentence.tokens
    head = tokens[line.bits[found.after - 1].token]
    if (
        head.upos in ("NOUN", "PROPN") and head.bare_relation not in ("amod", "compound", "nmod:poss", "flat")
    ) or follower in CLITICS:
        _add_people(scene, number, line, found, actor)
        return
    noun = _noun_after(line, found.after)
    if noun is not None and actor.kind in ("state", "territory"):
        first, after = noun
        agent = None if after - 1 in line.taken else _agent(scene, line, found, first, after)
        if agent is not None:
            scene.actors.setdefault(agent.id, agent)
            draft = _add(
                scene,
                number,
                found,
                "nationality",
                (agent.id,),
                "nationality.agents",
                f"{line.bits[after - 1].raw} of {actor.name}",
                after,
                (after - 1, after),
            )
            if draft is not None and tokens[line.bits[after - 1].token].has("Number=Plur"):
                draft.number = "plur"
            return
    _add(scene, number, found, "nationality", (actor.id,), "nationality.adjective", f"the adjective of {actor.name}")


def _add_people(scene: Scene, number: int, line: Line, found: Found, actor: Actor) -> None:
    low = line.bits[found.after - 1].low
    before = line.low(found.first - 1)
    if before in ("in", "into", "speak", "spoke", "speaks") and not low.endswith("s"):
        return
    draft = _add(
        scene,
        number,
        found,
        "nationality",
        (actor.id,),
        "nationality.people",
        f"the people or the side of {actor.name}",
    )
    if draft is not None:
        draft.certainty = "medium" if draft.certainty == "high" else draft.certainty
        draft.number = "plur"


def _noun_after(line: Line, first: int) -> tuple[int, int] | None:
    """The noun that an adjective goes with: bits from the first modifier to the noun's end."""
    tokens = line.sentence.tokens
    here = first
    while here < len(line.bits) and here < first + 5:
        token = tokens[line.bits[here].token]
        if token.upos in ("NOUN", "PROPN") and here not in line.starts:
            following = tokens[line.bits[here + 1].token] if here + 1 < len(line.bits) else None
            if (
                following is None
                or following.upos not in ("NOUN", "PROPN")
                or following.place == token.place
                or here + 1 in line.starts
                or token.bare_relation not in ("compound", "amod", "nmod")
            ):
                return first, here + 1
        elif token.upos not in ("ADJ", "NUM", "ADV", "VERB") or not line.bits[here].low.isalnum():
            return None
        here += 1
    return None


def _agent(scene: Scene, line: Line, found: Found, first: int, after: int) -> Actor | None:
    """A generic agent of a state, "Syrian rebels", "Israeli troops"; None where the noun is no agent.

    Several words in capitals are a body's own name: "Thai Raksa Chart Party".
    """
    if after - first > 1 and all(line.bits[place].raw[:1].isupper() for place in range(first, after)):
        return None
    return generic_agent(scene, [bit.low for bit in line.bits[first:after]], found.entity or "")


# -- organs and unknown bodies ---------------------------------------------------------------------------------------
