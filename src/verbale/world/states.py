"""States, bodies, capitals and nationalities as mentions: who acts, and what is only where something happens."""

from verbale.model.actor import Actor
from verbale.model.reading import ROOT, Token
from verbale.world.generic import generic_agent
from verbale.world.phrases import CLITICS, ORGAN_SECTORS, organ_at
from verbale.world.scene import Draft, Found, Line, Scene, governor, head_token, top_of_group
from verbale.world.word_lists import words

STRAIGHT_NAMES = frozenset({"official", "short", "alias", "abbrev", "translit", "misspelling", "full name"})
MADE_BY = frozenset("led backed made occupied controlled based funded supported sponsored brokered mediated trained built supplied "
                    "owned flagged held annexed affiliated allied linked aligned run imposed produced administered".split())
NO_PARTY = frozenset("speaking born style language speakers descent origin".split())
MODIFIERS = ("amod", "compound", "nummod", "nmod:poss")


def add_states(scene: Scene) -> None:
    """A mention for every state, body, group and place that stands outside titles and roles."""
    for number, line in enumerate(scene.lines):
        _add_organs(scene, number, line)
        for found in line.surfaces:
            if found.entity is None or found.entry is None or found.first in line.taken or _is_inside_body(scene, line, found):
                continue
            _add_found(scene, number, line, found)
        _add_unknown_bodies(scene, number, line)


def _is_inside_body(scene: Scene, line: Line, found: Found) -> bool:
    """A state's name in a body's longer name: "U.S. Agency for International Development"."""
    if found.entity in scene.world.orgs or found.entity in scene.world.groups:
        return False
    return any(label == "ORG" and first <= found.first and found.after <= after and after - first > found.after - found.first
               and line.low(found.after) not in CLITICS for first, after, label in line.names)


def _add_found(scene: Scene, number: int, line: Line, found: Found) -> None:
    entry = found.entry
    assert entry is not None and found.entity is not None
    if entry.kind in ("adjective", "demonym"):
        _add_nationality(scene, number, line, found)
    elif entry.kind == "metonym" and entry.organ not in (None, "government", "leadership"):
        _add_organ(scene, number, found.first, found.after, found.first, found.entity, entry.organ or "government", entry.form)
    elif entry.kind == "metonym":
        _add_capital(scene, number, line, found)
    elif found.entity in scene.world.orgs or found.entity in scene.world.groups:
        _add(scene, number, found, "name", (found.entity,), "name.body", found.reason)
    else:
        _add_place_or_state(scene, number, line, found)


def _add(scene: Scene, number: int, found: Found, kind: str, actors: tuple[str, ...], how: str, reason: str,
         after: int | None = None, head: tuple[int, int] | None = None) -> Draft | None:
    if not all(scene.actor(actor) for actor in actors):
        return None
    certainty = "medium" if found.others and not _same_state(scene, found) else "high"
    head_first, head_after = head or (found.first, found.after)
    draft = Draft(number, found.first, after or found.after, head_first, head_after, kind, actors, how, certainty, (), reason, "sing")
    if certainty == "medium":
        draft.candidates = _alternatives(scene, found)
    return scene.add(draft)


def _same_state(scene: Scene, found: Found) -> bool:
    """Whether all that the words may mean lies in one state, or is a far smaller namesake of a place."""
    home = scene.world.state_of(found.entity or "")
    rivals = [other for other in found.others if scene.world.state_of(other) != home]
    return all(other.startswith("ct:") for other in rivals) and not (found.entity or "").startswith("ct:") or not rivals


def _alternatives(scene: Scene, found: Found):
    from verbale.model.roster import Candidate

    listed = [entity for entity in (found.entity or "", *found.others[:4]) if scene.actor(entity)]
    return tuple(Candidate(entity, 0.7 if place == 0 else 0.3 / len(found.others), found.reason if place == 0 else "has the same name")
                 for place, entity in enumerate(listed))


# -- places ----------------------------------------------------------------------------------------------------------


def _add_place_or_state(scene: Scene, number: int, line: Line, found: Found) -> None:
    actor = scene.actor(found.entity or "")
    if actor is None:
        return
    if actor.kind in ("place", "territory") and found.entity and not found.entity.startswith("st:"):
        if not _is_proper(line, found) or found.entity.startswith("ct:") and not _is_city_here(scene, line, found):
            return
        _add(scene, number, found, "place", (found.entity,), "place.name", found.reason)
    elif stands_for_where(line, found):
        _add(scene, number, found, "place", (actor.id,), "place.preposition", "says where something is or goes")
    else:
        _add(scene, number, found, "name", (actor.id,), "name.state", found.reason)


def _is_proper(line: Line, found: Found) -> bool:
    tokens = line.sentence.tokens
    return all(tokens[line.bits[place].token].upos in ("PROPN", "ADJ", "ADP", "DET") for place in range(found.first, found.after)) \
        and tokens[line.bits[found.first].token].upos == "PROPN"


def _is_city_here(scene: Scene, line: Line, found: Found) -> bool:
    """Whether a city's name is that city: seen as a place or after a preposition, alone, and in no other state than said."""
    covering = next(((first, after, label) for first, after, label in line.names if first <= found.first and found.after <= after), None)
    if covering is not None and (covering[2] not in ("LOC", "NORP") or covering[:2] != (found.first, found.after)
                                 and line.low(found.after) != ","):
        return False
    if covering is None and preposition_of(line, found.first) not in ("in", "at", "near", "from", "to", "outside", "of"):
        return False
    if line.low(found.after) != ",":
        return True
    home = scene.world.state_of(found.entity or "")
    following = line.starts.get(found.after + 1)
    said = following.entity if following is not None and following.entity else None
    if line.low(found.after + 1) in words("us_states", "names") or " ".join((line.low(found.after + 1), line.low(found.after + 2))) in words(
            "us_states", "names"):
        said = "st:us" if not (said or "").startswith("st:") or line.low(found.after + 1) == "georgia" else said
    if said is None or not said.startswith("st:") or said == home:
        return True
    option = next((other for other in found.others if scene.world.state_of(other) == said), None)
    if option is None:
        return False
    found.entity, found.reason = option, f"in {scene.world.label(said)}, as the text says"
    return True


def preposition_of(line: Line, first: int) -> str:
    """The preposition right before a name, an article or "Republic of" left out; "" where none stands."""
    here = first - 1
    while here >= 0 and (line.low(here) in ("the", "neighbouring", "neighboring", "nearby", "both", "war", "torn", "northern", "southern",
                                            "eastern", "western", "central") or line.bits[here].low.endswith("ern")):
        here -= 1
    token = line.sentence.tokens[line.bits[here].token] if here >= 0 else None
    return token.text.lower() if token is not None and (token.upos in ("ADP", "SCONJ", "PART") or token.text.lower() in ("to", "in")) else ""


def group_preposition(line: Line, first: int, after: int) -> str:
    """The preposition of a name, or of the first name of its list ("in Syria and Iraq")."""
    direct = preposition_of(line, first)
    if direct:
        return direct
    place = head_token(line, first, after)
    tokens = line.sentence.tokens
    if tokens[place].bare_relation in ("conj", "appos", "flat", "compound"):
        top = top_of_group(line.sentence, place)
        case = next((token for token in line.sentence.below(top, "case")), None)
        return case.text.lower() if case is not None else ""
    return ""


def stands_for_where(line: Line, found: Found) -> bool:
    """Whether a state's name says where: "in Turkey", "flew to Egypt", "Sochi, Russia"."""
    preposition = group_preposition(line, found.first, found.after)
    if preposition in words("place_of", "always"):
        return True
    if preposition in ("to", "from", "out"):
        return _goes(line, head_token(line, found.first, found.after))
    before = line.ends.get(found.first - 1)
    if line.low(found.first - 1) == "," and before is not None and (before.entity or "").startswith(("ct:", "pl:")):
        return True
    return is_dateline(line, found.after) and found.first <= 2


def _goes(line: Line, place: int) -> bool:
    above = governor(line.sentence, place)
    if above == ROOT:
        return False
    return line.sentence.tokens[above].lemma.lower() in words("place_of", "motion")


def is_dateline(line: Line, after: int) -> bool:
    """"ANKARA, Turkey (Reuters) -", "MOSCOW, December 29": a place in capitals that opens a report."""
    return after <= 4 and line.bits[after - 1].raw.isupper() and len(line.bits[after - 1].raw) > 3 and line.low(after) in (
        ",", "(", "—", "–", "--", ":")


# -- capitals --------------------------------------------------------------------------------------------------------


def _add_capital(scene: Scene, number: int, line: Line, found: Found) -> None:
    city = next((other for other in found.others if other.startswith("ct:")), None)
    is_government, why = capital_acts(line, found)
    if is_government:
        draft = _add(scene, number, found, "capital", (found.entity or "",), "capital.government",
                     f"{found.entry.form if found.entry else 'the capital'} stands for its government: {why}")
        if draft is not None:
            draft.certainty = "high" if why not in ("it is named among governments",) else "medium"
            draft.candidates = ()
        return
    place = city if city and scene.actor(city) else found.entity or ""
    draft = _add(scene, number, found, "place", (place,), "place.capital", why)
    if draft is not None:
        draft.certainty, draft.candidates = "high", ()


def capital_acts(line: Line, found: Found) -> tuple[bool, str]:
    """Whether a capital's name means the government, and why."""
    tokens = line.sentence.tokens
    head = tokens[head_token(line, found.first, found.after)]
    follower = line.low(found.after)
    if is_dateline(line, found.after):
        return False, "it opens the report as its dateline"
    preposition = group_preposition(line, found.first, found.after)
    if follower in ("based", "born", "area", "bound") or follower == "," and line.ends.get(found.first) is None and line.starts.get(
            found.after + 1) is not None and line.starts[found.after + 1].entity == found.entity:
        return False, "named as a place"
    if follower in CLITICS:
        return _owned(line, found)
    if head.bare_relation in ("compound", "amod", "nmod") and not preposition and head.head != ROOT and head.head > head.place:
        return _compound(line, tokens[head.head])
    if preposition in ("to", "from", "of", "for", "on"):
        return _after_loose_preposition(line, head, preposition)
    if preposition in words("capital", "place_prepositions"):
        return False, f"it stands after {preposition!r}"
    if preposition in words("capital", "government_prepositions"):
        return True, f"it stands after {preposition!r}"
    return _by_clause(line, head)


def _owned(line: Line, found: Found) -> tuple[bool, str]:
    here = found.after + 1
    while here < len(line.bits) and here < found.after + 5:
        token = line.sentence.tokens[line.bits[here].token]
        if line.low(here) in words("capital", "place_possessions"):
            return False, f"what it owns is a place: {line.bits[here].raw!r}"
        if token.upos in ("NOUN", "PROPN"):
            break
        here += 1
    return True, "it owns a deed or a policy"


def _compound(line: Line, noun: Token) -> tuple[bool, str]:
    lemma = noun.lemma.lower()
    if lemma in words("capital", "place_nouns") or noun.text.lower() in words("capital", "place_nouns") or noun.upos == "PROPN":
        return False, f"it names the place of {noun.text!r}"
    return True, f"it stands before {noun.text!r}"


def _after_loose_preposition(line: Line, head: Token, preposition: str) -> tuple[bool, str]:
    above = governor(line.sentence, head.place)
    before = line.sentence.tokens[head.place - 2] if head.place > 1 else None
    if before is not None and before.upos == "NOUN" and before.lemma.lower() in words("capital", "government_nouns"):
        return True, f"{before.text!r} is between governments"
    if above == ROOT:
        return False, "named as a place"
    token = line.sentence.tokens[above]
    lemma = token.lemma.lower()
    if lemma in words("place_of", "motion"):
        return False, f"{token.text!r} goes to or from a place"
    if preposition in ("for", "on"):
        if lemma in ("leave", "depart", "head", "embark", "set"):
            return False, f"{token.text!r} goes to a place"
        return True, f"it stands after {preposition!r}"
    if lemma in words("capital", "government_nouns") or lemma in words("capital", "government_verbs"):
        return True, f"{token.text!r} is between governments"
    if preposition == "of" and token.upos in ("NOUN", "VERB") and lemma in ("government", "accuse", "criticism", "ally", "part", "behalf"):
        return True, f"{token.text!r} is of a government"
    return False, f"it stands after {preposition!r}"


def _by_clause(line: Line, head: Token) -> tuple[bool, str]:
    top = line.sentence.tokens[top_of_group(line.sentence, head.place)]
    if top.head == ROOT:
        return top.upos == "PROPN" and len(line.bits) > 3, "it is named among governments"
    verb = line.sentence.tokens[top.head]
    lemma = verb.lemma.lower()
    if top.bare_relation == "nsubj":
        passive = top.relation == "nsubj:pass"
        if passive and lemma in words("capital", "place_passives"):
            return False, f"a place is {verb.text}"
        if not passive and lemma in words("capital", "place_verbs"):
            return False, f"a place can {lemma}"
        has_copula = any(child.relation == "cop" for child in line.sentence.below(verb.place))
        if has_copula and verb.upos in ("NOUN", "PROPN") and lemma in ("city", "capital", "place", "home", "venue", "town", "host"):
            return False, "the sentence says that it is a place"
        return True, f"it is the subject of {verb.text!r}"
    if top.bare_relation in ("obj", "iobj"):
        if lemma in words("place_of", "motion") or lemma in words("capital", "place_passives") or lemma in ("reach", "see", "hold"):
            return False, f"{verb.text!r} takes a place"
        return True, f"it is the object of {verb.text!r}"
    return False, "nothing says that it acts"


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
    if head.upos in ("NOUN", "PROPN") and head.bare_relation not in ("amod", "compound", "nmod:poss", "flat") or follower in CLITICS:
        _add_people(scene, number, line, found, actor)
        return
    noun = _noun_after(line, found.after)
    if noun is not None and actor.kind in ("state", "territory"):
        first, after = noun
        agent = _agent(scene, line, found, first, after)
        if agent is not None:
            scene.actors.setdefault(agent.id, agent)
            _add(scene, number, found, "nationality", (agent.id,), "nationality.agents",
                 f"{line.bits[after - 1].raw} of {actor.name}", after, (after - 1, after))
            return
    _add(scene, number, found, "nationality", (actor.id,), "nationality.adjective", f"the adjective of {actor.name}")


def _add_people(scene: Scene, number: int, line: Line, found: Found, actor: Actor) -> None:
    low = line.bits[found.after - 1].low
    before = line.low(found.first - 1)
    if before in ("in", "into", "speak", "spoke", "speaks") and not low.endswith("s"):
        return
    draft = _add(scene, number, found, "nationality", (actor.id,), "nationality.people", f"the people or the side of {actor.name}")
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
            if following is None or following.upos not in ("NOUN", "PROPN") or following.place == token.place or here + 1 in line.starts \
                    or token.bare_relation not in ("compound", "amod", "nmod"):
                return first, here + 1
        elif token.upos not in ("ADJ", "NUM", "ADV", "VERB") or not line.bits[here].low.isalnum():
            return None
        here += 1
    return None


def _agent(scene: Scene, line: Line, found: Found, first: int, after: int) -> Actor | None:
    """A generic agent of a state, "Syrian rebels", "Israeli troops"; None where the noun is no agent."""
    return generic_agent(scene, [bit.low for bit in line.bits[first:after]], found.entity or "")


# -- organs and unknown bodies ---------------------------------------------------------------------------------------


def _add_organs(scene: Scene, number: int, line: Line) -> None:
    """"the Turkish foreign ministry", "Egypt's parliament", "the Ministry of Defence of Poland"."""
    place = 0
    while place < len(line.bits):
        organ = organ_at(line, place) if place not in line.taken and place not in line.starts else None
        if organ is None:
            place += 1
            continue
        kind, after = organ
        if line.low(after) == "council" or _is_verb(line, after - 1):
            place = after
            continue
        first, state = _organ_owner(scene, line, place)
        if state is None and line.low(after) == "of":
            found = line.starts.get(after + 2 if line.low(after + 1) == "the" else after + 1)
            if found is not None and found.entity and found.entity.startswith("st:"):
                state, after = found.entity, found.after
        if state is not None:
            _add_organ(scene, number, first, after, place, state, kind, None)
            line.taken.update(range(first, after))
        place = after


def _is_verb(line: Line, place: int) -> bool:
    return line.sentence.tokens[line.bits[place].token].upos in ("VERB", "AUX")


def _organ_owner(scene: Scene, line: Line, place: int) -> tuple[int, str | None]:
    here, state = place, None
    for _ in range(4):
        found = line.ends.get(here - 1) if line.low(here - 1) in CLITICS else line.ends.get(here)
        if found is not None and found.entity is not None and found.entity.startswith("st:"):
            state, here = found.entity, found.first
            break
        token = line.sentence.tokens[line.bits[here - 1].token] if here > 0 else None
        if token is None or token.upos not in ("ADJ",):
            break
        here -= 1
    if state is None:
        return place, None
    return (here - 1 if line.low(here - 1) == "the" else here), state


def organ_actor(scene: Scene, state: str, organ: str, form: str | None = None) -> Actor | None:
    """A state's organ as an actor: "foreign ministry of Turkey", TURGOV."""
    owner = scene.actor(state)
    if owner is None:
        return None
    identity = f"{state}:{organ}"
    known = scene.actors.get(identity)
    if known is not None:
        return known
    sector = ORGAN_SECTORS.get(organ, "GOV")
    base = owner.code or owner.country
    name = form or f"{organ.replace('_', ' ')} of {owner.name}"
    actor = Actor(identity, "organisation", name, f"{base}{sector}" if base else None, owner.country, sector)
    scene.actors[identity] = actor
    return actor


def _add_organ(scene: Scene, number: int, first: int, after: int, head: int, state: str, organ: str, form: str | None) -> None:
    if not state.startswith("st:"):
        return
    actor = organ_actor(scene, state, organ, None if organ in ("government", "army", "police") else form)
    if actor is None:
        return
    owner = scene.actor(state)
    scene.add(Draft(number, first, after, head, after, "name", (actor.id,), "name.organ", "high", (),
                    f"an organ of {owner.name if owner else state}", "sing"))


def _add_unknown_bodies(scene: Scene, number: int, line: Line) -> None:
    """Organisations that the model sees and no table knows."""
    from verbale.world.spellings import fold

    for first, after, label in line.names:
        inner = [found for found in line.surfaces if first < found.after and found.first < after and found.entity]
        if label != "ORG" or any(not _is_inside_body(scene, line, found) for found in inner):
            continue
        if any(place in line.taken for place in range(first, after)):
            continue
        if line.low(first) == "the":
            first += 1
        if first >= after or organ_at(line, first) is not None and after - first <= 2:
            continue
        name = " ".join(line.span(first, after).of(scene.reading.report.text).split())
        slug = "-".join(fold(name).replace("'", "").replace(".", "").split())
        if len(slug) < 3 or any(letter.isdigit() for letter in slug):
            continue
        state = next((scene.actor(found.entity or "") for found in inner if (found.entity or "").startswith("st:")), None)
        actor = Actor(f"on:{slug}", "organisation", name, state.code if state else None, state.country if state else None)
        scene.actors.setdefault(actor.id, actor)
        scene.add(Draft(number, first, after, first, after, "name", (actor.id,), "name.unknown_body", "medium", (),
                        "an organisation by its name; no table knows it", "sing"))
