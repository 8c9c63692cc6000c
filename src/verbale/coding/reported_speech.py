"""Frames that are put right by rule, since each is rare and plain: "quoted Novak as saying", a dash and a name."""

import re

from verbale.coding.content_setting import Piece
from verbale.coding.draft import Draft
from verbale.coding.words import NO_QUOTE, Words, stem

QUOTING = {stem("quote"), stem("cite")}
SAYING = {"saying", "telling", "adding", "stating"}
DASHES = {"—", "–", "-", "--", "―"}
FEWEST_QUOTED = 3
MOST_NAME_WORDS = 6


def quoted_as_saying(words: Words, cue: int, chance: float) -> Draft | None:
    """ "Reuters quoted Novak as saying X", "Novak was quoted as saying X": Novak's words, by way of Reuters."""
    if stem(words.lemma[cue]) not in QUOTING:
        return None
    after = words.bounds_of(cue)[1]
    saying = next(
        (
            place
            for place in range(cue + 1, min(after, cue + 14))
            if words.form[place] in SAYING and words.form[place - 1] == "as"
        ),
        None,
    )
    if saying is None or saying + 1 >= after:
        return None
    source = _quoted_one(words, cue, saying)
    if source is None:
        return None
    last = after - 1
    while last > saying + 1 and not words.is_word[last] and words.quote[last] == NO_QUOTE:
        last -= 1
    first = saying + 1
    while first < last and not words.is_word[first] and words.quote[first] == NO_QUOTE:
        first += 1
    span = (cue, cue) if source > cue else (cue, saying)
    reason = "who is quoted as saying speaks; who quotes him only passes it on"
    return Draft(
        cue,
        span,
        source,
        _phrase(words, source, cue, saying),
        [(first, last)],
        max(chance, 0.7),
        "quoted-as-saying",
        "obj",
        [reason],
    )


def _quoted_one(words: Words, cue: int, saying: int) -> int | None:
    """Who is quoted: the subject of the passive, else the object."""
    passive = [child for child in words.children[cue] if words.relation[child] == "nsubj:pass"]
    objects = [child for child in words.children[cue] if words.bare[child] == "obj" and cue < child < saying]
    if passive:
        return passive[0]
    if objects:
        return objects[0]
    nouns = [place for place in range(cue + 1, saying - 1) if words.upos[place] in ("PROPN", "NOUN", "PRON")]
    return nouns[0] if nouns else None


def _phrase(words: Words, head: int, cue: int, saying: int) -> Piece:
    first, last = words.left[head], words.right[head]
    if head > cue:
        first, last = max(first, cue + 1), min(last, saying - 2)
    else:
        last = min(last, cue - 1)
    return min(first, head), max(last, head)


def signed(words: Words, number: int) -> Draft | None:
    """A quotation with a dash and a name behind it, and nothing more in the paragraph: the name's words."""
    places = words.places(words.quotations[number].outer)
    if not places or sum(words.is_word[place] for place in places) < FEWEST_QUOTED:
        return None
    dash = places[-1] + 1
    if dash >= len(words) or words.form[dash] not in DASHES or _paragraph(words, dash) != _paragraph(words, places[-1]):
        return None
    name = [
        place
        for place in range(dash + 1, min(len(words), dash + 2 + MOST_NAME_WORDS))
        if _paragraph(words, place) == _paragraph(words, dash)
    ]
    if (
        not name
        or len(name) > MOST_NAME_WORDS
        or any(words.upos[place] != "PROPN" for place in name if words.is_word[place])
    ):
        return None
    if not any(one.label == "PER" and one.span.start == words.start[name[0]] for one in words.reading.names):
        return None
    if re.search(r"\w[-–]\w", words.words(name[0], name[-1])):
        return None
    last = max(place for place in name if words.is_word[place])
    reason = "a dash and a name sign the quotation"
    return Draft(
        dash, (dash, dash), name[0], (name[0], last), [(places[0], places[-1])], 0.8, "signed", "dash", [reason]
    )


def _paragraph(words: Words, place: int) -> int:
    return words.reading.sentences[words.sentence[place]].paragraph
