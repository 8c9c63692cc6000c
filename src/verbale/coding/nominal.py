"""Nouns that report ("his claim that A"): what befalls the claim is no part of it, and no statement of its own."""

from verbale.coding.cues import complement
from verbale.coding.draft import Draft
from verbale.coding.words import NO_QUOTE, Words
from verbale.model.reading import ROOT


def is_nominal(words: Words, draft: Draft) -> bool:
    """Whether a statement is told by a noun with a clause: "the accusation that Oslo had lied"."""
    return draft.cue >= 0 and words.upos[draft.cue] == "NOUN" and complement(words, draft.cue) is not None


def settle_nominal(words: Words, kept: list[Draft]) -> None:
    """Ends what a noun reports with its clause, and drops the passive that tells the claim's fate ("was rejected")."""
    for draft in [one for one in kept if is_nominal(words, one)]:
        draft.content = [(first, _clause_end(words, draft, first, last)) for first, last in draft.content]
        around = draft.parent
        if around is None or not _is_fate(words, around, draft):
            continue
        kept.remove(around)
        for other in kept:
            if other.parent is around:
                other.parent, other.level = None, 1


def _is_fate(words: Words, around: Draft, draft: Draft) -> bool:
    """Whether a statement is only a passive without an agent whose subject is the noun: "the claim was rejected"."""
    if around.cue < 0 or around.source is not None or words.head[draft.cue] != around.cue:
        return False
    return words.relation[draft.cue] == "nsubj:pass"


def _clause_end(words: Words, draft: Draft, first: int, last: int) -> int:
    """The last token of a noun's clause: before ", and left for Oslo", where the main verb's subject goes on, and
    before the verb that the noun is the subject of."""
    head = words.head[draft.cue]
    if first < draft.cue:
        return last
    if head != ROOT and first < head <= last and words.bare[draft.cue] in ("nsubj", "csubj"):
        last = _before(words, first, words.left[head] if words.left[head] > draft.cue else head)
    for place in range(first + 1, last + 1):
        if words.bare[place] != "conj" or words.upos[place] != "VERB" or words.quote[place] != NO_QUOTE:
            continue
        edge = words.left[place] + (words.form[words.left[place]] == ",")
        if (
            edge > first
            and words.form[edge] == "and"
            and words.form[edge - 1] == ","
            and not words.has_below(place, "nsubj", "nsubj:pass", "aux", "aux:pass", "mark")
            and words.has(place, "Tense=Past")
            and words.has(place, "VerbForm=Fin")
        ):
            return _before(words, first, edge)
    return last


def _before(words: Words, first: int, place: int) -> int:
    place -= 1
    while place > first and not words.is_word[place] and words.quote[place] == NO_QUOTE:
        place -= 1
    return max(first, place)
