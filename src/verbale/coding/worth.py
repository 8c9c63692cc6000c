"""What is worth a record of what is said: a content that says something, by a cue that tells of words."""

from functools import lru_cache

import msgspec

from verbale.coding.content_setting import NOWHERE
from verbale.coding.cues import complement
from verbale.coding.draft import Draft
from verbale.coding.speech_lexicon import speech_lexicon
from verbale.coding.words import NO_QUOTE, Words, stem
from verbale.tables.load import csv_rows, data_folder

SAYING = frozenset(("say", "tell", "criticise", "criticize", "attack"))
EMPTY = frozenset(("that", "what", "which", "who", "whom", "you", "me", "us", "to", "is", "was", "in", "on"))
"""Words that say nothing alone: the "what is" of "what I will say is", the "to you" of "as I said to you"."""
SPEAKING = frozenset(("speak", "talk", "appear", "testify"))
SETTINGS = frozenset(("on", "at", "in", "to", "with", "from", "before", "after", "during", "by", "via"))
HEARD = frozenset(("report", "speak", "talk", "write"))
MUSING = frozenset(("think", "say", "want", "show", "decline"))
"""Acts that add nothing to a first person's own words: "I think", "I can tell you", "we've seen"."""
SEEING = frozenset(("see", "know", "understand", "mean", "feel", "hear", "say", "tell", "talk"))


FEW = 3
POINTERS = frozenset(
    (
        *("that", "this", "it", "them", "so", "what", "which", "because", "those", "these", "there"),
        *("us", "him", "her", "to"),
    )
)


class DeedRow(msgspec.Struct, frozen=True):
    """Words that in these frames tell of a deed, not of words: "commit further attacks", "consists of"."""

    words: tuple[str, ...]
    frames: tuple[str, ...]
    source: str


@lru_cache(maxsize=1)
def deeds() -> dict[str, set[str]]:
    """The frames in which a word (by stem) tells of a deed."""
    found: dict[str, set[str]] = {}
    for row in csv_rows(data_folder() / "lexicon" / "en" / "cue_deeds.csv", DeedRow):
        for word in row.words:
            found.setdefault(stem(word), set()).update(row.frames)
    return found


ATTACKING = frozenset(("attack", "hit", "strike", "target", "bombard", "assault"))


class BlowRow(msgspec.Struct, frozen=True):
    """Words that, as who attacks or in what is attacked, tell of blows and not of words."""

    words: tuple[str, ...]
    part: str
    """source or content."""
    source: str


@lru_cache(maxsize=1)
def blows() -> dict[str, frozenset[str]]:
    """The words of blows by the part that they stand in."""
    rows = csv_rows(data_folder() / "lexicon" / "en" / "cue_blows.csv", BlowRow)
    return {part: frozenset(word for row in rows if row.part == part for word in row.words)
            for part in ("source", "content")}


def says_something(words: Words, draft: Draft) -> bool:
    """Whether a draft is worth a record: its cue tells of words, its content holds some, and it adds to what is
    around it. Turns of a transcript always do."""
    if draft.cue == NOWHERE or draft.how == "transcript":
        return True
    if draft.level == 2 and draft.parent is not None and not _adds(words, draft, draft.parent):
        return False
    if _is_named_so(words, draft):
        return False
    if _is_quoted(words, draft):
        return True
    return not (
        draft.how.split(" ")[0] in deeds().get(stem(words.lemma[draft.cue]), ())
        or _is_setting_only(words, draft)
        or _is_instruction(words, draft)
        or _is_bare_noun(words, draft)
        or (draft.how == "as-clause" and _is_pointer(words, draft))
        or _is_that_said(words, draft)
        or _is_blow(words, draft)
    ) and _has_words(words, draft)


def _is_blow(words: Words, draft: Draft) -> bool:
    """Whether "attacked" is meant of arms: by forces, or with drones, or on a port."""
    if words.lemma[draft.cue] not in ATTACKING or words.upos[draft.cue] == "NOUN":
        return False
    places = [place for first, last in draft.content for place in range(first, last + 1)]
    by_arms = draft.source is not None and words.lemma[draft.source] in blows()["source"]
    return by_arms or any(
        words.lemma[place] in blows()["content"] and words.bare[place] != "compound" for place in places)


def _is_quoted(words: Words, draft: Draft) -> bool:
    """Whether the content holds words in marks that its cue stands outside of."""
    return any(
        words.quote[place] not in (NO_QUOTE, words.quote[draft.cue])
        for first, last in draft.content
        for place in range(first, last + 1)
    )


def _is_named_so(words: Words, draft: Draft) -> bool:
    """Whether a passive that no named one does only holds a word or two in marks: "is restricted to 'Stefan W'"."""
    is_passive = draft.how == "quote" and words.has_below(draft.cue, "nsubj:pass", "aux:pass")
    if not is_passive or (draft.source is not None and words.name[draft.source]):
        return False
    if speech_lexicon().act(words.lemma[draft.cue], [], is_noun=False) is not None:
        return False
    places = [place for first, last in draft.content for place in range(first, last + 1)]
    return sum(words.is_word[place] and words.quote[place] != NO_QUOTE for place in places) <= FEW


def _adds(words: Words, draft: Draft, parent: Draft) -> bool:
    """Whether a nested statement says more than the one around it: not "I think" in one's own words, nor "you know"."""
    if draft.source is None:
        return True
    form = words.form[draft.source]
    if form == "you" or _is_pointer(words, draft):
        return False
    label = parent.source_span if parent.how == "transcript" else None
    if label is not None and label[0] <= draft.source <= label[1]:
        return False
    if form not in ("i", "we") or not (parent.how == "transcript" or words.quote[draft.source] != NO_QUOTE):
        return True
    row = speech_lexicon().act(words.lemma[draft.cue], words.lemma[draft.cue + 1 : draft.cue + 2], is_noun=False)
    if row is None or row.act in MUSING - {"want"}:
        return False
    return (form == "we" or row.act != "want") and words.lemma[draft.cue] not in SEEING


def _is_pointer(words: Words, draft: Draft) -> bool:
    """Whether the content is only words that point elsewhere: "both sides seek that", "as Oslo asks us to"."""
    places = [place for first, last in draft.content for place in range(first, last + 1) if words.is_word[place]]
    return all(words.form[place] in POINTERS for place in places)


def _has_words(words: Words, draft: Draft) -> bool:
    """Whether what is said holds a word of its own, not only a day or "what" and "you"."""
    if draft.how in ("quote", "colon") or words.lemma[draft.cue] not in SAYING:
        return True
    times = [time.span for time in words.reading.times]
    return any(
        words.is_word[place]
        and words.form[place] not in EMPTY
        and words.upos[place] != "NUM"
        and not any(span.start <= words.start[place] < span.stop for span in times)
        for first, last in draft.content
        for place in range(first, last + 1)
    )


def _is_setting_only(words: Words, draft: Draft) -> bool:
    """Whether the content only says where or to whom one spoke: "spoke on Radio Oslo", "reports to the leaders"."""
    places = [place for first, last in draft.content for place in range(first, last + 1)]
    if any(words.upos[place] in ("VERB", "AUX") for place in places):
        return False
    last = words.form[draft.cue_span[1]] if draft.cue_span else ""
    preposition = last if last in SETTINGS else words.form[places[0]]
    lemma = words.lemma[draft.cue]
    if lemma in HEARD and preposition in ("to", "with"):
        return True
    named = any(words.name[place] for place in places)
    return lemma in SPEAKING and preposition in SETTINGS and (preposition != "on" or named)


def _is_instruction(words: Words, draft: Draft) -> bool:
    """Whether the reader is told to do something: "See below for corrections", "Contact the press office"."""
    if draft.level != 1 or words.upos[draft.cue] != "VERB" or complement(words, draft.cue) is not None:
        return False
    if draft.source is not None and words.bare[draft.source] not in ("obj", "iobj"):
        return False
    if words.has_below(draft.cue, "nsubj", "nsubj:pass", "expl", "aux", "aux:pass", "mark", "csubj"):
        return False
    return words.relation[draft.cue] == "root" and (
        words.has(draft.cue, "Mood=Imp") or (words.has(draft.cue, "VerbForm=Inf") and draft.path == "")
    )


def _is_that_said(words: Words, draft: Draft) -> bool:
    """Whether a sentence only turns to the other side: "That said, the talks go on"."""
    first = words.bounds_of(draft.cue)[0]
    return draft.source == first and draft.cue == first + 1 and words.words(first, draft.cue).lower() == "that said"


def _is_bare_noun(words: Words, draft: Draft) -> bool:
    """Whether a noun without an owner or a clause is the cue: the "support" of "budgetary support"."""
    is_compound = draft.source is not None and words.bare[draft.source] == "compound" and not words.name[draft.source]
    return (
        words.upos[draft.cue] == "NOUN"
        and (draft.source is None or is_compound)
        and complement(words, draft.cue) is None
        and draft.how.split(" ")[0] in ("bare", "preposition", "object")
    )
