"""Frames that are put right by rule, since each is rare and plain: "quoted Novak as saying", a dash and a name."""

import re

from verbale.coding.content_setting import Piece
from verbale.coding.draft import Draft
from verbale.coding.words import NO_QUOTE, Words, stem

QUOTING = {stem("quote"), stem("cite")}
SAYING = {"saying", "telling", "adding", "stating"}
DASHES = {"—", "–", "-", "--", "―"}
AFTERWARDS = {"by", "on", "in", "at", "to"}
FEWEST_QUOTED = 3
MOST_NAME_WORDS = 6


def quoting_word(words: Words, place: int) -> int | None:
    """The "quoted" that a "saying" belongs to ("quoted Novak as saying"); None for any other word."""
    if words.form[place] not in SAYING or place == 0 or words.form[place - 1] != "as":
        return None
    first = words.bounds_of(place)[0]
    return next((one for one in range(place - 2, max(first, place - 14) - 1, -1) if _quotes(words, one)), None)


def _quotes(words: Words, place: int) -> bool:
    return stem(words.lemma[place]) in QUOTING and words.upos[place] in ("VERB", "AUX")


def quoted_as_saying(words: Words, cue: int, chance: float) -> Draft | None:
    """ "Reuters quoted Novak as saying X", "X, Novak was quoted as saying by Reuters": Novak's words, by Reuters."""
    if not _quotes(words, cue):
        return None
    after = words.bounds_of(cue)[1]
    saying = next((place for place in range(cue + 1, min(after, cue + 14)) if quoting_word(words, place) == cue), None)
    if saying is None:
        return None
    source = _quoted_one(words, cue, saying)
    if source is None:
        return None
    phrase = _phrase(words, source, cue, saying)
    piece = _behind(words, saying, after) or _in_front(words, cue, phrase)
    if piece is None:
        return None
    is_cut = source > cue or any(words.case(child) == "by" and child < saying for child in words.children[cue])
    span = (cue, cue) if is_cut else (cue, saying)
    reason = "who is quoted as saying speaks; who quotes him only passes it on"
    return Draft(cue, span, source, phrase, [piece], max(chance, 0.7), "quoted-as-saying", "obj", [reason])


def _behind(words: Words, saying: int, after: int) -> Piece | None:
    """What is said behind "as saying"; None where only the medium or the day stands there."""
    last = after - 1
    while last > saying + 1 and not words.is_word[last] and words.quote[last] == NO_QUOTE:
        last -= 1
    first = saying + 1
    while first < last and not words.is_word[first] and words.quote[first] == NO_QUOTE:
        first += 1
    if first > last or not any(words.is_word[place] for place in range(first, last + 1)):
        return None
    if any(words.quote[place] != NO_QUOTE for place in range(first, last + 1)):
        return first, last
    is_said = any(words.upos[place] in ("VERB", "AUX") for place in range(first, last + 1))
    return (first, last) if is_said and words.form[first] not in AFTERWARDS else None


def _in_front(words: Words, cue: int, phrase: Piece) -> Piece | None:
    """What is said before "Novak was quoted as saying": the sentence up to the comma before those who quote."""
    first = words.bounds_of(cue)[0]
    last = min([phrase[0], *[words.left[child] for child in words.children[cue] if words.bare[child] == "nsubj"]]) - 1
    while last >= first and not words.is_word[last] and words.quote[last] == NO_QUOTE:
        last -= 1
    return (first, last) if last > first else None


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


def in_words_of(words: Words) -> list[Draft]:
    """ "In Novak's words, X", "X, in the words of Novak": the rest of the sentence is Novak's. No "in other words"."""
    found = []
    for place in range(len(words)):
        if words.form[place] == "words" and words.quote[place] == NO_QUOTE:
            draft = _in_words(words, place)
            if draft is not None:
                found.append(draft)
    return found


def _in_words(words: Words, place: int) -> Draft | None:
    first = words.bounds_of(place)[0]
    opening = next((one for one in range(place - 1, max(first, place - 9) - 1, -1) if words.form[one] == "in"), None)
    if opening is None or any(words.quote[one] != NO_QUOTE for one in range(opening, place)):
        return None
    owner, last = _owner(words, opening, place)
    if owner is None:
        return None
    pieces = _around_phrase(words, opening, last)
    if not pieces:
        return None
    if owner < place:
        span, source = (place, place), (opening + 1, owner)
    else:
        span, source = (opening, place + 1), (place + 2, last)
    reason = "in somebody's words: the rest of the sentence is what he said"
    return Draft(place, span, owner, source, pieces, 0.8, "in-words-of", "owner", [reason])


def _owner(words: Words, opening: int, place: int) -> tuple[int | None, int]:
    """Whose words they are, and the last token of the phrase; None for "in other words" and for the reporter's own."""
    if words.form[place + 1 : place + 2] == ["of"] and words.form[opening + 1 : place] == ["the"]:
        head = next(
            (one for one in words.children[place] if one > place and words.upos[one] in ("PROPN", "NOUN", "PRON")), None
        )
        if head is None:
            return None, place
        last = head
        while (
            last + 1 <= words.right[head] and words.form[last + 1] not in (",", ":") and _same(words, last + 1, place)
        ):
            last += 1
        return head, last
    for one in range(place - 1, opening, -1):
        if words.form[one] in ("his", "her", "their"):
            return one, place
        if words.form[one] in ("'s", "’s", "'", "’") and one - 1 > opening:
            return one - 1, place
    return None, place


def _same(words: Words, place: int, other: int) -> bool:
    return words.quote[place] == words.quote[other]


def _around_phrase(words: Words, opening: int, last: int) -> list[Piece]:
    """The sentence's words before and behind a phrase that commas or marks set off; none where nothing sets it off."""
    first, after = words.bounds_of(opening)
    behind = last + 1
    is_first = opening == first
    is_parted = behind < after and (words.form[behind] in (",", ":") or words.quote[behind] != NO_QUOTE)
    before_mark = opening > first and not words.is_word[opening - 1]
    if not (is_first and is_parted) and not (before_mark and (is_parted or not any(words.is_word[behind:after]))):
        return []
    pieces = []
    low, high = first, opening - 1
    while high >= low and not words.is_word[high] and words.quote[high] == NO_QUOTE:
        high -= 1
    if high >= low:
        pieces.append((low, high))
    low, high = behind, after - 1
    while low <= high and not words.is_word[low] and words.quote[low] == NO_QUOTE:
        low += 1
    while high >= low and not words.is_word[high] and words.quote[high] == NO_QUOTE:
        high -= 1
    if low <= high and any(words.is_word[low : high + 1]):
        pieces.append((low, high))
    return pieces


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
