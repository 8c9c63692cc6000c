"""Bodies that the language model sees and no table knows: where their names begin and end, and what is none."""

from collections.abc import Callable

from verbale.model.actor import Actor
from verbale.world.bodies import BODY_NOUNS, organ_at
from verbale.world.organs import is_inside_body
from verbale.world.scene import Draft, Line, Scene
from verbale.world.spellings import fold
from verbale.world.word_lists import words

Bits = tuple[int, int]
"""First bit and the bit after."""
SHORTEST = 4
"""Letters of a body's first word that can stand for it."""
COUNTED = frozenset(
    {"a", "an", "any", "every", "each", "another", "no", "my", "your", "his", "her", "their", "our", "this"}
)
"""Before a body's own name none of these stands: "an AUMF" is a thing of that kind."""


def add_unknown_bodies(scene: Scene, number: int, line: Line) -> None:
    """A mention for every organisation that the model sees and no table knows."""
    for start, stop, label in line.names:
        inner = [found for found in line.surfaces if start < found.after and found.first < stop and found.entity]
        if label != "ORG" or any(not is_inside_body(scene, line, found) for found in inner):
            continue
        first, after = whole_name(line, start, stop)
        if first >= after or any(place in line.taken for place in range(first, after)):
            continue
        if any(rule(scene, line, first, after) for rule in NO_BODY):
            continue
        state = next(
            (scene.actor(found.entity or "") for found in inner if (found.entity or "").startswith("st:")), None
        )
        name = name_of(scene, line, first, after)
        person = _surname_of(scene, name)
        if person is not None:
            why = "the family name of someone whom the report names in full"
            bits = (number, first, after, first, after)
            scene.add(Draft(*bits, "name", (person,), "name.surname", "medium", (), why, "sing"))
            continue
        known = _named_before(scene, name)
        if known is not None:
            why = "the first word of a body that the report names in full"
            bits = (number, first, after, first, after)
            scene.add(Draft(*bits, "name", (known,), "name.short", "medium", (), why, "sing"))
            continue
        actor = Actor(
            f"on:{slug_of(name)}", "organisation", name, state.code if state else None, state.country if state else None
        )
        scene.actors.setdefault(actor.id, actor)
        why = "an organisation by its name; no table knows it"
        scene.add(
            Draft(
                number, first, after, first, after, "name", (actor.id,), "name.unknown_body", "medium", (), why, "sing"
            )
        )


def _surname_of(scene: Scene, name: str) -> str | None:
    """As in "Sun replied" behind "Vice Minister Sun Weidong": the one person whose name begins or ends so."""
    low = fold(name)
    if " " in low:
        return None
    known = {actor.id for actor in scene.actors.values()
             if actor.kind == "person" and " " in actor.name and low in (fold(actor.name).split()[0],
                                                                         fold(actor.name).split()[-1])}
    return known.pop() if len(known) == 1 else None


HALVES = frozenset(("north", "south"))


def add_halves(scene: Scene, number: int, line: Line) -> None:
    """As in "denounced the North" where the report names North Korea: the one state whose name begins so."""
    for place, bit in enumerate(line.bits):
        is_alone = bit.low in HALVES and bit.raw[:1].isupper() and place and line.low(place - 1) == "the"
        after = line.bits[place + 1] if place + 1 < len(line.bits) else None
        if not is_alone or place in line.taken or place in line.starts or (
                after is not None and (after.raw[:1].isupper() or after.low in ("of", "-"))):
            continue
        states = {actor.id for actor in scene.actors.values()
                  if actor.kind == "state" and fold(actor.name).startswith(f"{bit.low} ")}
        if len(states) == 1:
            why = f"the state of the report whose name begins with {bit.raw}"
            scene.add(Draft(number, place, place + 1, place, place + 1, "name", (states.pop(),), "name.half", "medium",
                            (), why, "sing"))
            line.taken.add(place)


def _named_before(scene: Scene, name: str) -> str | None:
    """As in "ties with Haqqani" behind "the Haqqani network": the one group or body whose name begins so."""
    low = fold(name)
    if " " in low or len(low) < SHORTEST:
        return None
    known = {actor.id for actor in scene.actors.values()
             if actor.id.startswith(("org:", "gr:")) and fold(actor.name).split()[0] == low}
    return known.pop() if len(known) == 1 else None


def whole_name(line: Line, first: int, after: int) -> Bits:
    """The bits of a body's name without its article, and with what the model cut off behind it."""
    if line.low(first) == "the":
        first += 1
    while after > first and line.low(after - 1) in ("of", "for", "and", "the"):
        after -= 1
    if first >= after:
        return first, after
    if line.low(first) in BODY_NOUNS and any(line.low(place) in ("of", "for") for place in range(first, after)):
        return first, _end_of_list(line, after)
    return first, _end_of_compound(line, after)


def _end_of_compound(line: Line, after: int) -> int:
    """As in "Lion Air", of which the model saw "Lion": capitalised words that hang together with the last one."""
    while after < len(line.bits) and _is_free_capital(line, after):
        last, here = (line.sentence.tokens[line.bits[place].token] for place in (after - 1, after))
        is_tied = last.head == here.place or here.head == last.place
        is_noun = here.upos == "PROPN" or (here.upos == "NOUN" and last.head == here.place)
        if not is_noun or here.place != last.place + 1 or not is_tied:
            break
        after += 1
    return after


def _end_of_list(line: Line, after: int) -> int:
    """As in "Bureau of Population, Refugees, and Migration", of which the model saw the first two words."""
    here = after
    while line.low(here) == "," and _is_free_capital(line, here + 1):
        here += 2
    joiner = here + (line.low(here) == ",")
    if line.low(joiner) in ("and", "&") and _is_free_capital(line, joiner + 1) and (here > after or joiner == here):
        is_listed = here > after or line.low(joiner - 2) == ","
        return joiner + 2 if is_listed else after
    return after


def _is_free_capital(line: Line, place: int) -> bool:
    """Whether a bit is a capitalised word that starts no name of the tables."""
    return place < len(line.bits) and line.bits[place].raw[:1].isupper() and place not in line.starts


def name_of(scene: Scene, line: Line, first: int, after: int) -> str:
    return " ".join(line.span(first, after).of(scene.reading.report.text).split())


def slug_of(name: str) -> str:
    return "-".join(fold(name).replace("'", "").replace(".", "").split())


# -- what is no body ---------------------------------------------------------------------------------------------------


def _is_unfit(scene: Scene, line: Line, first: int, after: int) -> bool:
    """Names of two letters, and names with a number in them."""
    slug = slug_of(name_of(scene, line, first, after))
    return len(slug) < 3 or any(letter.isdigit() for letter in slug)


def _is_small(scene: Scene, line: Line, first: int, after: int) -> bool:
    """Words without a capital, or that have none elsewhere in the report: "Accretion disks", "accretion disks"."""
    raw = [line.bits[place].raw for place in range(first, after)]
    if not any(any(letter.isupper() for letter in word) for word in raw):
        return True
    is_alone = len(raw) == 1 and raw[0][1:].islower()
    return is_alone and any(bit.raw == raw[0].lower() for other in scene.lines for bit in other.bits)


def _is_undertaking(scene: Scene, line: Line, first: int, after: int) -> bool:
    """As in "Project Azorian", "the Copenhagen Conference": something done or held."""
    if line.low(first) in words("body_nouns", "first"):
        return True
    city = line.starts.get(first)
    is_city = city is not None and any(entry.entity.startswith("ct:") for entry in city.entries)
    return line.low(after - 1) in ("conference", "summit", "talks", "forum") and after == first + 2 and is_city


def _is_in_brackets_of_thing(scene: Scene, line: Line, first: int, after: int) -> bool:
    """As in "Family Parole (FP) Program": initials that stand in brackets inside a longer name."""
    name = line.low(first)
    return after == first + 1 and any(
        bit.low == name and other.low(place - 1) == "(" and other.low(place + 1) == ")"
        and other.bits[place + 2].raw[:1].isupper()
        for other in scene.lines
        for place, bit in enumerate(other.bits[:-2])
    )


def _is_organ(scene: Scene, line: Line, first: int, after: int) -> bool:
    """An organ that its state alone would tell: "the Foreign Ministry"."""
    return organ_at(line, first) is not None and after - first <= 2


def _is_common_noun(scene: Scene, line: Line, first: int, after: int) -> bool:
    """As in "the Department", "this world Organization": a body that was named in full elsewhere."""
    is_plain = all(line.bits[place].raw.islower() for place in range(first, after - 1))
    known = BODY_NOUNS | words("body_nouns", "ends")
    low = line.low(after - 1)
    plurals = ("governments", "ministries", "agencies")
    return is_plain and (low in known or low in plurals or low.removesuffix("s") in known)


def _is_prize(scene: Scene, line: Line, first: int, after: int) -> bool:
    """A prize, a law or a scholarship, whole or cut: "International Women" of the "... Women of Courage Award"."""
    here = after
    while here < len(line.bits) and here - after < 4 and (
        line.bits[here].raw[:1].isupper() or (line.low(here) == "of" and here == after)
    ):
        here += 1
    return any(line.low(place) in words("body_nouns", "prizes") for place in range(after - 1, here))


def _is_listed(scene: Scene, line: Line, first: int, after: int) -> bool:
    """Craft and the like that are written as bodies are."""
    return " ".join(line.low(place) for place in range(first, after)) in words("body_nouns", "no_bodies")


def _is_counted(scene: Scene, line: Line, first: int, after: int) -> bool:
    """A name that anywhere in the report stands behind "an" or "our": a thing of that kind, no body."""
    name = [line.low(place) for place in range(first, after)]
    length = len(name)
    return any(
        [other.low(place) for place in range(start, start + length)] == name and _has_counter(other, start, length)
        for other in scene.lines
        for start, _, label in other.names
        if label == "ORG"
    )


def _has_counter(line: Line, first: int, length: int) -> bool:
    tokens = line.sentence.tokens
    last = tokens[line.bits[min(first + length, len(line.bits)) - 1].token]
    if last.bare_relation in ("compound", "amod", "nmod:poss") or line.low(first + length) in ("'s", "'"):
        return False
    here = first - 1
    while here >= 0 and first - here < 4 and tokens[line.bits[here].token].upos in ("ADJ", "NOUN", "PROPN"):
        here -= 1
    return line.low(here) in COUNTED


NO_BODY: tuple[Callable[[Scene, Line, int, int], bool], ...] = (
    _is_unfit,
    _is_small,
    _is_undertaking,
    _is_in_brackets_of_thing,
    _is_organ,
    _is_common_noun,
    _is_prize,
    _is_listed,
    _is_counted,
)
