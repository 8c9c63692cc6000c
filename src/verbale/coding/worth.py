"""What is worth a record of what is said: a content that says something."""

from verbale.coding.content_setting import NOWHERE
from verbale.coding.draft import Draft
from verbale.coding.words import NO_QUOTE, Words

SAYING = frozenset(("say", "tell", "criticise", "criticize", "attack"))
EMPTY = frozenset(("that", "what", "which", "who", "whom", "you", "me", "us", "to", "is", "was", "in", "on"))
"""Words that say nothing alone: the "what is" of "what I will say is", the "to you" of "as I said to you"."""


def says_something(words: Words, draft: Draft) -> bool:
    """Whether what is said holds a word of its own, not only a day or "what" and "you".

    Quoted words and turns of a transcript always do, and so do feelings: "they welcomed that".
    """
    if draft.cue == NOWHERE or draft.how in ("transcript", "quote", "colon") or words.lemma[draft.cue] not in SAYING:
        return True
    places = [place for first, last in draft.content for place in range(first, last + 1)]
    if any(words.quote[place] != NO_QUOTE for place in places):
        return True
    times = [time.span for time in words.reading.times]
    return any(
        words.is_word[place]
        and words.form[place] not in EMPTY
        and words.upos[place] != "NUM"
        and not any(span.start <= words.start[place] < span.stop for span in times)
        for place in places
    )
