"""What was on the agenda: the things that "discussed", "talks on", "the agenda included" and the like bring in."""

from collections.abc import Iterator

import msgspec

from verbale.coding.roles import Roles
from verbale.coding.topics_lexicon import TopicWords
from verbale.model.reading import ROOT, Sentence, Token

TALKS = frozenset(
    (
        "talk",
        "meeting",
        "agenda",
        "discussion",
        "conversation",
        "call",
        "negotiation",
        "consultation",
        "topic",
        "issue",
        "dialogue",
        "summit",
        "subject",
        "matter",
    )
)
EXAMPLES = frozenset(("including", "include", "like", "such"))
INNER = (
    "of",
    "in",
    "on",
    "about",
    "including",
    "include",
    "over",
    "around",
    "between",
    "with",
    "against",
    "regarding",
    "concerning",
    "to",
    "such as",
    "as",
)
RAISING = frozenset(("raise", "bring", "underscore", "emphasize", "emphasise", "stress", "highlight"))
CONTENTLESS = ("acl", "acl:relcl", "advcl", "appos", "parataxis", "cc", "punct", "conj")


class Item(msgspec.Struct, frozen=True):
    """One thing on an agenda: its head word, its first and last word, the cue, and whose talk it was (head words)."""

    head: int
    first: int
    last: int
    cue: int
    who: tuple[int, ...] = ()
    is_raised: bool = False


def agenda_items(sentence: Sentence, words: TopicWords) -> list[Item]:
    """The things on the agenda in one sentence, in text order, each head word once; the deeper cue wins."""
    cues = [token for token in sentence.tokens if token.lemma in words.cues]
    if not cues:
        return []
    roles = Roles(sentence)
    found: dict[int, Item] = {}
    for token in cues:
        for thing in _brought_in(roles, token, words):
            raised = token.lemma.lower() in RAISING
            who = tuple(_talkers(roles, token, words))
            for head in _items(roles, thing, words):
                first, last = item_edges(sentence, head)
                found.setdefault(head, Item(head, first, last, token.place, who, raised))
    return sorted(found.values(), key=lambda item: item.first)


def _talkers(roles: Roles, token: Token, words: TopicWords) -> list[int]:
    """Who talked: the subjects of a verb, the owner and partners of a noun ("his talks with her included")."""
    if token.upos != "VERB":
        return [*roles.owner(token.place), *roles.obliques(token.place, "with", "between")]
    subjects = list(roles.subjects(token.place))
    if words.verbs.get(token.lemma.lower()) != "talks":
        return subjects
    partners = [one for talk in subjects for one in roles.obliques(talk, "with", "between", "of")]
    return [*(one for talk in subjects for one in roles.possessors(talk)), *partners]


def _brought_in(roles: Roles, token: Token, words: TopicWords) -> Iterator[int]:
    lemma = token.lemma.lower()
    if token.upos == "VERB" and lemma in words.verbs:
        role = words.verbs[lemma]
        if role == "obj":
            yield from _objects(roles, token.place)
        elif role == "talks":
            if any(roles.tokens[one].lemma.lower() in TALKS for one in roles.subjects(token.place)):
                yield from _objects(roles, token.place)
                yield from _besides(roles, token.place)
        elif role == "views":
            for thing in roles.objects(token.place):
                if roles.tokens[thing].lemma.lower() in ("view", "opinion"):
                    yield from roles.obliques_around(token.place, "on", "about")
        else:
            yield from _not_times(roles, roles.obliques(token.place, *role.split("|")))
    elif token.upos == "NOUN" and lemma in words.nouns:
        role = words.nouns[lemma]
        if lemma == "agenda" and any(roles.lemmas[one] == "on" for one in roles.below(token.place, "case")):
            yield from roles.below(token.place, "nsubj")
        if role == "item":
            yield from roles.below(token.place, "appos")
            yield from roles.below(token.place, "conj")
        else:
            yield from _not_times(roles, roles.obliques(token.place, *role.split("|")))
            yield from _beside_verb(roles, token, role)


def _besides(roles: Roles, place: int) -> list[int]:
    """What else was talked of: "in addition to the border, their talks included trade"."""
    added = [one for one in roles.below(place, "obl") if roles.lemmas[one] == "addition"]
    found = [*roles.obliques(place, "besides"), *(thing for one in added for thing in roles.below(one, "nmod"))]
    return [one for one in found if roles.tokens[one].upos in ("NOUN", "PROPN")]


def _objects(roles: Roles, place: int) -> list[int]:
    return [one for one in roles.objects(place) if roles.tokens[one].upos in ("NOUN", "PROPN", "ADJ", "NUM")]


def _not_times(roles: Roles, places: list[int]) -> list[int]:
    """ "talks on Monday" are not about Monday."""
    return [
        one
        for one in places
        if roles.tokens[one].upos in ("NOUN", "PROPN", "VERB")
        and roles.tokens[one].text.rstrip(".") not in DAYS
        and not roles.tokens[one].text[:1].isdigit()
    ]


DAYS = frozenset(
    (
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan",
        "Feb",
        "Aug",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
        "sidelines",
        "margins",
        "phone",
        "telephone",
        "eve",
        "basis",
        "conference",
        "behalf",
        "level",
        "day",
        "hour",
        "part",
    )
)


def _beside_verb(roles: Roles, token: Token, role: str) -> list[int]:
    """ "held talks in Geneva on Syria": the phrase hangs on the verb."""
    if token.bare_relation != "obj" or token.head == ROOT or "of" in role.split("|"):
        return []
    return [one for one in _not_times(roles, roles.obliques(token.head, *role.split("|"))) if one > token.place]


def _items(roles: Roles, thing: int, words: TopicWords, depth: int = 0) -> list[int]:
    """Head words of the topics in a phrase: lists apart, general words ("issues") left for what they are of."""
    token = roles.tokens[thing]
    lemma = token.lemma.lower()
    if lemma in words.empty or token.upos in ("PRON", "DET") or depth > 3:
        return []
    found: list[int] = []
    is_general = lemma in words.generic or token.text.lower() in words.generic
    if is_general:
        for deeper in _inner(roles, thing):
            found += _items(roles, deeper, words, depth + 1)
    if not found and not (is_general and not roles.modifiers(thing)):
        found.append(thing)
    for other in (*roles.below(thing, "conj"), *_set_off(roles, thing)):
        if roles.tokens[other].upos in ("NOUN", "PROPN"):
            found += _items(roles, other, words, depth)
    return list(dict.fromkeys(found))


def _set_off(roles: Roles, thing: int) -> list[int]:
    """Members of a list that repeat its preposition: "dealt with ports, with telephone lines"."""
    case = roles.case(thing)
    later = _later(roles, thing) if case else []
    return [one for one in later if roles.case(one) == case and _after_comma(roles.sentence, one)]


def _later(roles: Roles, thing: int) -> list[int]:
    """What hangs on a word, or on the list in its `of` phrase: parsers hang the next member on either."""
    near = [thing, *roles.below(thing, "nmod")]
    return [one for place in near for one in roles.below(place, "nmod") if one > thing]


def _after_comma(sentence: Sentence, place: int) -> bool:
    first = min(sentence.subtree(place))
    return any(token.text == "," for token in sentence.tokens[max(0, first - 1) : first + 1])


def _inner(roles: Roles, thing: int) -> list[int]:
    found = roles.obliques(thing, *INNER)
    found += roles.below(thing, "appos")
    for child in roles.children[thing]:
        token = roles.tokens[child]
        if token.lemma.lower() in EXAMPLES and token.upos == "VERB":
            found += roles.objects(child) or roles.below(child, "obj")
    return [one for one in found if roles.tokens[one].upos in ("NOUN", "PROPN", "ADJ")]


def item_edges(sentence: Sentence, head: int) -> tuple[int, int]:
    """First and last word of a topic phrase: modifiers and `of` phrases stay; determiners, clauses and lists go."""
    places = [head]
    for child in sentence.below(head):
        if child.relation in CONTENTLESS or child.bare_relation in ("punct", "cc", "case", "conj", "det"):
            continue
        if child.bare_relation == "nmod" and child.place > head:
            if _after_comma(sentence, child.place):
                continue
            places += [place for place in sentence.subtree(child.place) if not _is_beyond(sentence, place, child.place)]
        elif child.bare_relation in ("amod", "compound", "nmod", "flat", "nummod", "fixed") or child.place < head:
            places += sentence.subtree(child.place)
    first, last = min(places), max(places)
    while first < head and sentence.tokens[first].upos in ("DET", "PUNCT", "CCONJ", "ADP", "PRON"):
        first += 1
    return first, last


def _is_beyond(sentence: Sentence, place: int, top: int) -> bool:
    """Whether a clause or a list stands between a word and the phrase it belongs to."""
    while place != top:
        token = sentence.tokens[place]
        if token.bare_relation == "nmod" and _after_comma(sentence, place):
            return True
        if token.bare_relation in ("acl", "advcl", "appos", "parataxis", "conj"):
            return True
        place = token.head
    return False
