"""Quotations that a colon introduces and no cue has claimed: Novak took to the radio: “We sign.”"""

from verbale.coding.cue_spans import cue_span
from verbale.coding.draft import Draft
from verbale.coding.orphans import is_clause, unclaimed
from verbale.coding.sources import NONE_CANDIDATE, choose_source, source_span
from verbale.coding.weights import Weights
from verbale.coding.words import NO_QUOTE, Words
from verbale.model.reading import ROOT

COLON_CHANCE = 0.6
LONG = 6
"""So many words behind a colon are spoken, also without a verb: "Oh no, really big news from the port!" """


def introduced(words: Words, kept: list[Draft], weights: Weights) -> None:
    """Gives each quoted sentence right behind a colon, if it is nobody's yet, to the main verb before the colon: to the
    statement of that verb or of a word under it where there is one, else to a new one."""
    for number in unclaimed(words, kept):
        places = words.places(words.quotations[number].outer)
        if not places or not (is_clause(words, number) or sum(words.is_word[place] for place in places) >= LONG):
            continue
        first, last = places[0], places[-1]
        verb = _verb_before(words, first)
        if verb is None:
            continue
        told = [
            draft
            for draft in kept
            if draft.level == 1 and draft.cue >= 0 and words.hangs_under(draft.cue, verb) and draft.cue < first
        ]
        if told:
            draft = max(told, key=lambda one: (one.cue == verb, one.cue))
            draft.content = [*[piece for piece in draft.content if _is_said(words, piece)], (first, last)]
            draft.reasons.append("a colon introduces the quotation")
        else:
            made = _new(words, verb, (first, last), weights)
            if made is not None:
                kept.append(made)


def _verb_before(words: Words, first: int) -> int | None:
    """The main verb of the words before a colon that stands right before a quotation, in its paragraph."""
    colon = first - 1
    if colon < 1 or words.form[colon] != ":" or words.quote[colon] != NO_QUOTE:
        return None
    sentences = words.reading.sentences
    if sentences[words.sentence[colon]].paragraph != sentences[words.sentence[first]].paragraph:
        return None
    place = colon - 1
    begin = words.bounds_of(colon)[0]
    while words.head[place] != ROOT and begin <= words.head[place] < colon:
        place = words.head[place]
    has_subject = words.has_below(place, "nsubj") and not words.has_below(place, "cop")
    return place if words.upos[place] == "VERB" and has_subject else None


def _is_said(words: Words, piece: tuple[int, int]) -> bool:
    """Whether a piece of content has words of its own beside the quotation: a clause or marks."""
    return any(words.quote[place] != NO_QUOTE or words.upos[place] == "VERB" for place in range(piece[0], piece[1] + 1))


def _new(words: Words, verb: int, piece: tuple[int, int], weights: Weights) -> Draft | None:
    source, path, _ = choose_source(words, verb, weights)
    subjects = [child for child in words.children[verb] if words.bare[child] == "nsubj"]
    if source == NONE_CANDIDATE:
        source, path = subjects[0], "nsubj"
    if not piece[0] > source:
        return None
    span = source_span(words, source, verb, weights)
    cue = cue_span(words, verb, span, "colon", weights)
    return Draft(verb, cue, source, span, [piece], COLON_CHANCE, "colon", path, ["a colon introduces the quotation"])
