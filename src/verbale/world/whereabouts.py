"""Whether a name says where something is: prepositions, verbs of going, datelines, a city and its state."""

from verbale.model.reading import ROOT
from verbale.world.scene import Found, Line, Scene, governor, head_token, top_of_group
from verbale.world.word_lists import words


def is_city_here(scene: Scene, line: Line, found: Found) -> bool:
    """Whether a city's name is that city: a place to the model or after a preposition, in no other state than said."""
    covering = next(
        ((first, after, label) for first, after, label in line.names if first <= found.first and found.after <= after),
        None,
    )
    if covering is not None and (
        covering[2] not in ("LOC", "NORP")
        or (covering[:2] != (found.first, found.after) and line.low(found.after) != ",")
    ):
        return False
    if covering is None and preposition_of(line, found.first) not in (
        "in",
        "at",
        "near",
        "from",
        "to",
        "outside",
        "of",
    ):
        return False
    if line.low(found.after) != ",":
        return True
    home = scene.world.state_of(found.entity or "")
    following = line.starts.get(found.after + 1)
    said = following.entity if following is not None and following.entity else None
    if line.low(found.after + 1) in words("us_states", "names") or " ".join(
        (line.low(found.after + 1), line.low(found.after + 2))
    ) in words("us_states", "names"):
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
    while here >= 0 and (
        line.low(here)
        in (
            "the",
            "neighbouring",
            "neighboring",
            "nearby",
            "both",
            "war",
            "torn",
            "northern",
            "southern",
            "eastern",
            "western",
            "central",
        )
        or line.bits[here].low.endswith("ern")
    ):
        here -= 1
    token = line.sentence.tokens[line.bits[here].token] if here >= 0 else None
    return (
        token.text.lower()
        if token is not None and (token.upos in ("ADP", "SCONJ", "PART") or token.text.lower() in ("to", "in"))
        else ""
    )


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
    head = line.sentence.tokens[head_token(line, found.first, found.after)]
    if head.bare_relation in ("compound", "amod") or (head.relation == "nmod:poss" and head.head > head.place):
        return False
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
    """As in "ANKARA, Turkey (Reuters) -", "MOSCOW, December 29": a place in capitals that opens a report."""
    return (
        after <= 4
        and line.bits[after - 1].raw.isupper()
        and len(line.bits[after - 1].raw) > 3
        and line.low(after) in (",", "(", "—", "–", "--", ":")
    )
