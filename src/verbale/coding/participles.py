"""Participles that go on with what was said: in "said A, adding that B" the second part is a statement of its own."""

from verbale.coding.content_setting import Piece
from verbale.coding.draft import Draft
from verbale.coding.speech_lexicon import speech_lexicon
from verbale.coding.words import NO_QUOTE, Words

CONTINUING = {"add", "continue", "conclude"}
"""Only who has just spoken adds: whatever subject the tree offers, such a participle is the speaker's."""
CLAUSE_FRAMES = ("that-clause", "clause", "quote", "colon", "to-clause")
JOINING = {"and", "but", "also", "further", "while", "then"}


def is_participle(words: Words, place: int) -> bool:
    """Whether a word is a bare participle ("adding") outside quotations, without subject or auxiliary of its own."""
    return (
        words.upos[place] == "VERB"
        and words.form[place].endswith("ing")
        and words.quote[place] == NO_QUOTE
        and not words.has_below(place, "nsubj", "nsubj:pass", "aux", "mark", "case", "det")
    )


def _opening(words: Words, draft: Draft) -> int:
    """The first token of what joins a participle to the words before: its comma, "and", "also"; else its cue."""
    place = draft.cue_span[0] if draft.cue_span else draft.cue
    first = words.bounds_of(draft.cue)[0]
    while place - 1 > first and words.form[place - 1] in JOINING:
        place -= 1
    while place - 1 > first and words.form[place - 1] in (",", ";", "–", "—") and words.quote[place - 1] == NO_QUOTE:
        place -= 1
    return place


def _is_set_off(words: Words, draft: Draft) -> bool:
    opening = _opening(words, draft)
    if opening < (draft.cue_span[0] if draft.cue_span else draft.cue):
        return any(words.form[place] in (",", ";", "–", "—", "and") for place in range(opening, draft.cue))
    return opening > 0 and words.quote[opening - 1] != NO_QUOTE


def apart(words: Words, kept: list[Draft]) -> None:
    """Gives each continuing participle its own statement of level 1, with the speaker before it, and ends the content
    before it there: "said that A, adding that B" are two statements of one speaker."""
    for draft in sorted(kept, key=lambda one: one.cue):
        if draft.cue < 0 or not is_participle(words, draft.cue) or not _is_set_off(words, draft):
            continue
        row = speech_lexicon().act(words.lemma[draft.cue], [], is_noun=False)
        if row is None or row.cue_class != "speech":
            continue
        before = _spoken_before(words, kept, draft)
        if before is None:
            continue
        if draft.source != before.source and not _continues(words, draft, before, kept):
            continue
        draft.source, draft.source_span, draft.path = before.source, before.source_span, before.path
        if draft.parent is before:
            draft.level, draft.parent = 1, None
            _end_before(words, before, draft)
            draft.reasons.append("a participle that goes on with what the same one says")


def _spoken_before(words: Words, kept: list[Draft], draft: Draft) -> Draft | None:
    """The statement that a participle goes on with: the one around it, else the last before it in its sentence."""
    if draft.parent is not None:
        return draft.parent if draft.parent.cue < draft.cue and draft.parent.source is not None else None
    here = words.sentence[draft.cue]
    earlier = [
        one
        for one in kept
        if one is not draft and one.level == 1 and 0 <= one.cue < draft.cue and words.sentence[one.cue] == here
    ]
    found = max(earlier, key=lambda one: one.cue, default=None)
    return found if found is not None and found.source is not None else None


def _continues(words: Words, draft: Draft, before: Draft, kept: list[Draft]) -> bool:
    """Whether a participle must be the earlier speaker's though the tree hangs it on somebody inside the content."""
    if draft.source is None:
        return True
    if not any(before.holds(place) for place in (draft.source, *(draft.source_span or ()))):
        return False
    if words.lemma[draft.cue] in CONTINUING:
        return True
    joined = words.bare[draft.cue] == "conj" or words.form[draft.cue - 1] == "and"
    return joined and any(
        one is not draft and is_participle(words, one.cue) and one.source == before.source and one.cue < draft.cue
        for one in kept
        if one.cue >= 0 and words.sentence[one.cue] == words.sentence[draft.cue]
    )


def _end_before(words: Words, before: Draft, draft: Draft) -> None:
    """Cuts a statement's content before the participle that opens the next one."""
    last = _opening(words, draft) - 1
    pieces: list[Piece] = []
    for first, end in before.content:
        if end < draft.cue:
            pieces.append((first, end))
        elif first <= last:
            pieces.append((first, last))
    before.content = pieces or before.content


def claimed_once(kept: list[Draft]) -> None:
    """Takes from a statement of several pieces those that are another's whole content: no words are said twice."""
    for draft in kept:
        if draft.level != 1 or len(draft.content) < 2:
            continue
        others = {one.content[0] for one in kept if one is not draft and one.level == 1 and len(one.content) == 1}
        own = [piece for piece in draft.content if piece not in others]
        draft.content = own or draft.content
