"""Noun phrases around a role word: "the former Turkish foreign minister", "the Presidents of the two countries"."""

from dataclasses import dataclass, field

from verbale.world.bodies import (
    ARTICLES,
    CLITICS,
    SMALL_JOINERS,
    body_before,
    body_of_state_before,
    is_state_at,
    is_state_or_body,
    named_body_at,
    number_of,
    organ_at,
    organ_before,
    past_article,
    set_of_states_at,
)
from verbale.world.scene import Found, Line
from verbale.world.word_lists import RoleMatch, RoleWord, Trie, role_trie, words

POSSESSIVES = frozenset({"his", "her", "their", "its", "our", "my", "your", "whose"})
COUNTERPARTS = {"counterpart": False, "counterparts": True, "homologue": False, "homologues": True}
OF_WORDS = frozenset({"of", "for", "from"})


@dataclass
class Phrase:
    """A role phrase in a line, taken apart."""

    line: int
    first: int
    after: int
    """The whole phrase, from its article to the end of "of Turkey"."""
    role_first: int
    role_after: int
    match: RoleMatch | None
    """None for a counterpart."""
    counterpart: bool = False
    plural: bool = False
    determiner: str | None = None
    possessive: int | None = None
    """Bit of "his", "her", "their"."""
    owner: Found | None = None
    """The state or body before "'s"."""
    owner_name: tuple[int, int] | None = None
    """Bits of a person before "'s"."""
    adjectives: list[Found] = field(default_factory=list)
    of: list[Found] = field(default_factory=list)
    of_set: tuple[int, int] | None = None
    """Bits of "the two countries" after "of"."""
    organ: str | None = None
    body: tuple[int, int] | None = None
    """Bits of a body that the model names and no table knows: "chief of the State Intelligence Agency"."""
    count: int | None = None
    tense: str | None = None
    """past ("former"), future ("incoming"), None."""
    anonymous: bool = False
    """Article and modifiers say that the report does not name the person."""
    modifiers: list[str] = field(default_factory=list)
    named: bool = False
    """A name follows or stands beside it; it is then a title."""

    def role(self, iso3: str | None) -> RoleWord | None:
        return self.match.for_country(iso3) if self.match else None

    @property
    def states(self) -> list[Found]:
        """Whose role it is, as far as the phrase says."""
        named = self.of or ([self.owner] if self.owner else [])
        return named or self.adjectives


def phrases_of(number: int, line: Line) -> list[Phrase]:
    """All role phrases of a line, left to right, without overlap of their role words."""
    found, place = [], 0
    while place < len(line.bits):
        low = line.bits[place].low
        if low in COUNTERPARTS or (low == "opposite" and line.low(place + 1) in ("number", "numbers")):
            length = 2 if low == "opposite" else 1
            phrase = Phrase(number, place, place + length, place, place + length, None, counterpart=True)
            phrase.plural = COUNTERPARTS.get(low, line.low(place + 1) == "numbers")
        else:
            match = longest_role(line, place)
            if match is None or _is_other_use(line, place, match):
                place += 1
                continue
            phrase = Phrase(
                number, place, place + match.length, place, place + match.length, match, plural=match.plural
            )
        _take_portfolio(line, phrase)
        _look_left(line, phrase)
        _look_right(line, phrase)
        phrase.anonymous = _is_anonymous(phrase)
        found.append(phrase)
        place = max(phrase.role_after, place + 1)
    return [phrase for phrase in found if not any(_is_modifier_of(phrase, other) for other in found)]


def _is_modifier_of(phrase: Phrase, other: Phrase) -> bool:
    """Whether a role word is only a part of another phrase's modifiers: "deputy" in "the deputy secretary"."""
    return other is not phrase and other.first <= phrase.role_first and phrase.role_after <= other.role_first


def longest_role(line: Line, place: int) -> RoleMatch | None:
    """The longest role phrase that starts at a bit."""
    node: Trie = role_trie()
    found: RoleMatch | None = None
    while place < len(line.bits):
        if line.bits[place].low not in node:
            break
        node = node[line.bits[place].low]
        found = node.get("", found)
        place += 1
    return found


def _is_other_use(line: Line, place: int, match: RoleMatch) -> bool:
    """Role words that are verbs or adjectives here: "chair the talks", "general elections", "head to Paris"."""
    tokens = line.sentence.tokens
    last = tokens[line.bits[place + match.length - 1].token]
    if last.upos in ("VERB", "ADV", "AUX"):
        return True
    if (
        match.length == 1
        and last.upos == "ADJ"
        and match.first.words in ("general", "major", "chief", "principal", "private")
    ):
        return True
    if match.length == 1 and match.first.words in (
        "head",
        "general",
        "major",
        "director",
        "chief",
        "justice",
        "captain",
        "host",
        "secretary",
    ):
        follower = tokens[last.place + 1] if last.place + 1 < len(tokens) else None
        if last.bare_relation in ("compound", "amod") and follower is not None and follower.upos == "NOUN":
            return True
    if line.low(place - 1) == "of" and line.low(place - 2) in ("house", "chamber", "council"):
        return True
    found = line.starts.get(place) or _covering(line, place)
    if found is not None and all(entry.entity.startswith("pe:") for entry in found.entries):
        return False
    return found is not None and found.after > place + match.length and found.first <= place


def _covering(line: Line, place: int) -> Found | None:
    return next((found for found in line.surfaces if found.first <= place < found.after), None)


def _look_left(line: Line, phrase: Phrase) -> None:
    """Take modifiers, adjectives of states, an organ, a possessor and an article before the role words."""
    here = phrase.first = _field_before(line, phrase)
    joined = False
    while here > 0:
        before = here - 1
        low = line.bits[before].low
        if low == ")" and line.low(here - 3) == "(":
            here -= 3
            continue
        found = line.ends.get(here)
        organ = organ_before(line, here)
        if organ is not None and phrase.organ is None and not joined:
            phrase.organ, here = organ[0], organ[1]
            continue
        body = body_before(line, here) if phrase.body is None and not joined else None
        if body is not None:
            phrase.body, here = body, body[0]
            inner = line.starts.get(here)
            if inner is not None and is_state_or_body(inner):
                phrase.adjectives.insert(0, inner)
            continue
        if found is not None and is_state_or_body(found):
            if not _is_topic(phrase, found):
                phrase.adjectives.insert(0, found)
            here, joined = found.first, False
            continue
        if low in CLITICS and before > 0:
            here = _take_owner(line, phrase, before)
            break
        if low in POSSESSIVES:
            phrase.possessive, phrase.determiner = before, low
            here = before
            break
        if low in ARTICLES:
            if low == "that" and line.sentence.tokens[line.bits[before].token].upos != "DET":
                break
            phrase.determiner = low
            here = before
            break
        if (
            low in ("and", ",", "or", "&")
            and phrase.adjectives
            and phrase.adjectives[0].first == here
            and _adjective_before(line, before)
        ):
            here, joined = before, True
            continue
        if low == "," and not phrase.adjectives:
            break
        if not _take_modifier(line, phrase, before):
            owned = body_of_state_before(line, here) if phrase.body is None and not phrase.adjectives else None
            if owned is None:
                break
            phrase.body, phrase.adjectives = (owned[0].after, here), [owned[0]]
            here = owned[1]
            continue
        here = before
    phrase.first = here if not joined else here + 1
    _take_article_before_owner(line, phrase)


def _field_before(line: Line, phrase: Phrase) -> int:
    """The first bit of a field in capitals before "Minister": "Road Transport and Bridges Minister"."""
    is_minister = phrase.match is not None and phrase.match.first.words == "minister"
    if not is_minister or not line.bits[phrase.role_first].raw[:1].isupper():
        return phrase.first
    here, last_word = phrase.role_first, phrase.role_first
    plain = words("before_role", "plain") | words("before_role", "past") | {"prime"}
    while here > 0 and phrase.role_first - here < 8:
        bit = line.bits[here - 1]
        is_word = bit.raw[:1].isupper() and bit.low not in plain
        if here in line.ends or not (is_word or bit.low in ("and", ",", "&")):
            break
        if any(first < here <= after and label == "PER" for first, after, label in line.names):
            break
        here -= 1
        last_word = here if is_word else last_word
    return last_word


def _is_topic(phrase: Phrase, found: Found) -> bool:
    """Whether a state's plain name before an envoy says what the envoy is for: "the Syria special envoy"."""
    if (
        phrase.match is None
        or phrase.match.first.office != "envoy"
        or phrase.match.first.words in ("ambassador", "consul")
    ):
        return False
    kinds = {entry.kind for entry in found.entries if entry.entity.startswith("st:")}
    return bool(kinds) and kinds <= {"short", "official"}


def _adjective_before(line: Line, place: int) -> bool:
    """Whether a state's adjective (or a further comma and one) ends right before a comma or "and".

    A land that "of" ties to what stands before it is another's: "the king of Jordan and Israeli Prime Minister".
    """
    found = line.ends.get(place)
    if found is None and place > 0 and line.bits[place - 1].low == ",":
        found = line.ends.get(place - 1)
    if found is None or not is_state_or_body(found):
        return False
    kinds = {entry.kind for entry in found.entries}
    return line.low(found.first - 1) != "of" or not kinds <= {"short", "official"}


def _take_owner(line: Line, phrase: Phrase, clitic: int) -> int:
    found = line.ends.get(clitic)
    if found is not None and is_state_or_body(found):
        phrase.owner = found
        return found.first
    first = clitic
    while first > 0 and line.bits[first - 1].raw[:1].isupper() and clitic - first < 4:
        first -= 1
    if first < clitic:
        inner = line.starts.get(first)
        if inner is not None and is_state_or_body(inner) and longest_role(line, inner.after) is not None:
            phrase.owner = inner
        else:
            phrase.owner_name = (first, clitic)
        return first
    return clitic + 1


def _take_article_before_owner(line: Line, phrase: Phrase) -> None:
    if phrase.owner is not None and phrase.first > 0 and line.bits[phrase.first - 1].low == "the":
        phrase.first -= 1
        phrase.determiner = "the"
    elif phrase.owner is not None:
        phrase.determiner = "the"


def _take_modifier(line: Line, phrase: Phrase, place: int) -> bool:
    low = line.bits[place].low
    number = number_of(low)
    if number is not None:
        phrase.count = number
        return phrase.plural
    if low in words("before_role", "past"):
        phrase.tense = "past"
    elif low in words("before_role", "future"):
        phrase.tense = "future"
    elif low not in words("before_role", "plain") and low not in words("anonymous", "determiners"):
        token = line.sentence.tokens[line.bits[place].token]
        if token.upos not in ("ADJ", "NUM") or not low.isalpha():
            return False
    phrase.modifiers.insert(0, low)
    return True


def _take_portfolio(line: Line, phrase: Phrase) -> None:
    """A field that no word list has, up to the name: "Minister of Peace Kamil", "Special Envoy for Korean Affairs Noh".

    A minister's field needs no name after it. A state or body after "of" is left to `_take_of`.
    """
    role = phrase.match.first if phrase.match else None
    prepositions = ("for", "on", "of", "to") if role is not None and role.office == "envoy" else ("for", "of")
    if role is None or phrase.plural or line.low(phrase.role_after) not in prepositions:
        return
    start = past_article(line, phrase.role_after + 1)
    if is_state_at(line, start) and role.office != "envoy":
        return
    name = _name_after(line, start)
    if name is not None:
        phrase.role_after = phrase.after = name
        return
    if role.office == "minister" or role.words in ("minister of state", "secretary of state"):
        _take_field(line, phrase)


def _name_after(line: Line, start: int) -> int | None:
    """The first bit of a person's name that follows capitalised words and small joiners from a bit on."""
    names = {first for first, _, label in line.names if label == "PER"}
    names |= {found.first for found in line.surfaces if any(entry.kind == "full name" for entry in found.entries)}
    here = start
    while here < len(line.bits) and here - start < 10:
        if here in names:
            return here if here > start else None
        bit = line.bits[here]
        if (not bit.raw[:1].isupper() and bit.low not in SMALL_JOINERS) or (
            bit.low == "," and line.low(here + 1) == "and"
        ):
            return None
        here += 1
    return None


def _take_field(line: Line, phrase: Phrase) -> None:
    here = phrase.role_after + 1
    while here < len(line.bits) and here - phrase.role_after < 7 and not is_state_at(line, here):
        bit = line.bits[here]
        joins = bit.low in ("and", "of", ",") and here + 1 < len(line.bits) and line.bits[here + 1].raw[:1].isupper()
        if (not joins and not bit.raw[:1].isupper()) or (line.low(here - 1) == "," and bit.low == "and"):
            break
        here += 1
    while line.low(here - 1) in ("and", "of", ","):
        here -= 1
    if here > phrase.role_after + 1:
        phrase.role_after = phrase.after = here


def _look_right(line: Line, phrase: Phrase) -> None:
    """Take "of Turkey", "of Russia and Turkey", "of the two countries", "elect" after the role words."""
    here = phrase.role_after
    if line.low(here) in ("elect", "designate"):
        phrase.tense = "future"
        here += 1
        phrase.role_after = here
    if (
        (line.low(here) == "in" and phrase.counterpart and phrase.plural and not phrase.adjectives)
        or line.low(here) in OF_WORDS
        or (line.low(here) == "to" and phrase.match is not None and phrase.match.first.office == "envoy")
    ):
        here = _take_of(line, phrase, here)
    if line.low(here) == "(" and line.low(here + 2) == ")" and line.bits[here + 1].raw.isupper():
        here += 3
    phrase.after = max(phrase.after, here)


def _take_of(line: Line, phrase: Phrase, of_place: int) -> int:
    here = of_place + 1
    envoy = phrase.match is not None and phrase.match.first.office == "envoy"
    posted = line.low(of_place) == "to" or (line.low(of_place) == "for" and envoy)
    if (line.low(here) == "the" and here + 1 not in line.starts) or line.low(here) == "both":
        span = set_of_states_at(line, here)
        if span is not None:
            phrase.of_set = span
            return span[1]
    listed: list[Found] = []
    described = _described_body(line, phrase, past_article(line, here), posted)
    if described is not None:
        return described
    body = named_body_at(line, past_article(line, here))
    if body is not None:
        phrase.body = body
        inner = line.starts.get(body[0])
        if inner is not None and is_state_or_body(inner) and not posted:
            phrase.of = [inner]
        return body[1]
    while True:
        start = past_article(line, here)
        found = line.starts.get(start)
        if found is None or not is_state_or_body(found):
            break
        listed.append(found)
        here = found.after
        joiner = here
        if line.low(joiner) == ",":
            joiner += 1
        if line.low(joiner) == "and":
            joiner += 1
        if joiner == here or not _is_listed_on(line, joiner, phrase):
            break
        here = joiner
    if not listed:
        return of_place
    if not posted:
        phrase.of = listed
    return listed[-1].after


def _described_body(line: Line, phrase: Phrase, first: int, posted: bool) -> int | None:
    """The bit after a body told by an adjective: "of the Indonesian National Police", "for the Russian military"."""
    found = line.starts.get(first)
    if found is None or not all(entry.kind in ("adjective", "demonym") for entry in found.entries[:1]) or posted:
        return None
    organ = organ_at(line, found.after) if found.after < len(line.bits) else None
    if organ is not None:
        phrase.organ, phrase.of = organ[0], [found]
        return organ[1]
    here = found.after
    while here < len(line.bits) and here - found.after < 7:
        bit = line.bits[here]
        joins = (
            bit.low in ("of", "for", "and")
            and here > found.after
            and here + 1 < len(line.bits)
            and line.bits[here + 1].raw[:1].isupper()
        )
        if not joins and not (bit.raw[:1].isupper() and bit.raw[:1].isalpha()):
            break
        here += 1
    while here == found.after or (here < len(line.bits) and here - found.after < 3 and line.bits[here].raw.islower()):
        token = line.sentence.tokens[line.bits[here].token] if here < len(line.bits) else None
        if token is None or token.upos not in ("NOUN", "ADJ"):
            break
        here += 1
    if here == found.after:
        return None
    phrase.of, phrase.body = [found], (first, here)
    return here


def _is_listed_on(line: Line, place: int, phrase: Phrase) -> bool:
    """Whether a list of states goes on here: "of Russia and Turkey", but not "of Russia and Turkish troops"."""
    found = line.starts.get(past_article(line, place))
    if found is None or not is_state_or_body(found) or line.low(found.after) in CLITICS:
        return False
    if not phrase.plural:
        return False
    return not any(entry.kind in ("adjective", "demonym") for entry in found.entries[:1])


def _is_anonymous(phrase: Phrase) -> bool:
    if phrase.determiner in ("a", "an"):
        return True
    if phrase.determiner is None and phrase.owner is None and phrase.possessive is None and phrase.owner_name is None:
        listed = words("anonymous", "determiners") - {"two", "three", "four"}
        return any(low in listed for low in phrase.modifiers)
    return False
