"""Transcripts: paragraphs that begin with a speaker's label ("MS. BERG:", "QUESTION:"), each that speaker's words."""

import re
from dataclasses import dataclass

from verbale.coding.draft import Draft
from verbale.coding.words import Words

LABEL = re.compile(
    r"(?P<name>Q|A|QUESTION|ANSWER|(?:THE )?[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]+){0,4}(?: \([^)\n]{1,40}\))?)"
    r"(?P<mark>:|\s{2,}|\xa0|(?<=Q) (?=[A-Z\"“'’(…–—-]))"
    r"|\(\((?P<inner>[^()\n]{2,40})\)\)"
)
"""A name in capitals at the head of a paragraph, then a colon; "Q" and "A" may stand with spaces alone, "Q" with one.
Interviews of Wikinews put the name between double brackets."""
FEWEST_LABELS = 2
AFTER_LABEL = {":", "-", "–", "—", ")", "))"}
QUESTIONS = {"Q", "QUESTION"}


@dataclass
class Turn:
    """What one speaker says before the next label."""

    label: tuple[int, int]
    pieces: list[tuple[int, int]]

    @property
    def first(self) -> int:
        return self.label[0]


def turns_in(words: Words) -> list[Turn]:
    """The turns of a transcript, in order; none where fewer than two paragraphs have a label."""
    turns: list[Turn] = []
    for first, last in _paragraphs(words):
        label = _label(words, first, last)
        if label is not None:
            body = label[1] + 1
            while body <= last and not words.is_word[body] and words.form[body] in AFTER_LABEL:
                body += 1
            turns.append(Turn(label, [(body, last)] if body <= last else []))
        elif turns:
            turns[-1].pieces.append((first, last))
    turns = [turn for turn in turns if turn.pieces]
    return turns if len(turns) >= FEWEST_LABELS else []


def _paragraphs(words: Words) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    before = None
    for number, (first, after) in enumerate(words.bounds):
        paragraph = words.reading.sentences[number].paragraph
        if found and paragraph == before:
            found[-1] = (found[-1][0], after - 1)
        elif after > first:
            found.append((first, after - 1))
        before = paragraph
    return found


def _label(words: Words, first: int, last: int) -> tuple[int, int] | None:
    """The tokens of a paragraph's label, its marks left out; None where it has none."""
    start = words.start[first]
    match = LABEL.match(words.text, start, words.stop[last])
    if match is None:
        return None
    if match["inner"]:
        low, high = match.span("inner")
    elif match["mark"] == ":" or match["name"] in ("Q", "A"):
        low, high = match.span("name")
    else:
        return None
    tokens = [place for place in range(first, last + 1) if low <= words.start[place] < high]
    return (tokens[0], tokens[-1]) if tokens else None


def transcript_drafts(words: Words, turns: list[Turn]) -> list[Draft]:
    """Each turn as a statement of level 1 in direct speech."""
    found = []
    for turn in turns:
        head = turn.label[1]
        named = [place for place in range(turn.label[0], turn.label[1] + 1) if words.is_word[place]]
        source = named[-1] if named else head
        reason = "the paragraph begins with the speaker's label"
        found.append(Draft(turn.label[1], None, source, turn.label, turn.pieces, 0.95, "transcript", "label", [reason]))
    return found


def within_turn(draft: Draft, turn: Draft) -> None:
    """Keeps a statement inside a turn off the turn's label: its content, and its source where that is more."""
    draft.content = [
        (max(first, low), min(last, high))
        for first, last in draft.content
        for low, high in turn.content
        if max(first, low) <= min(last, high)
    ]
    if draft.source_span is not None and not turn.holds(draft.source_span[0]):
        start = next((place for place in range(*draft.source_span) if turn.holds(place)), draft.source_span[1])
        draft.source_span = (start, draft.source_span[1]) if turn.holds(start) else draft.source_span
