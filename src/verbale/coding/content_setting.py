"""A cue with all that its content depends on, and the places around it."""

from verbale.coding.cues import CueCounts, complement, word_class
from verbale.coding.words import Words

NOWHERE = -1
LENGTHS = (1, 3, 6, 12, 25)
"""Where a length in words falls into the next step."""
MOST_GAP = 24
"""How many words may stand between a cue and its content."""
OPENING = {'"', "“", "„", "«", "‘", "``", "''", "「", "'"}
Piece = tuple[int, int]
Taken = list[Piece]


class Setting:
    """A cue with all that its content depends on: its span, its source, its frame."""

    def __init__(
        self, words: Words, cue: int, cue_span: Piece, source: Piece | None, how: str, counts: CueCounts
    ) -> None:
        self.words, self.cue, self.cue_span, self.source, self.how = words, cue, cue_span, source, how
        self.counts = counts
        self.kind = word_class(words, cue)
        self.first, self.after = words.bounds_of(cue)
        self.how_kind = how.split(" ")[0]
        self.clause = complement(words, cue)
        pieces = [cue_span, *([source] if source and self._near(source) else [])]
        self.low = min(first for first, _ in pieces)
        self.high = max(last for _, last in pieces)
        self.is_source_between = bool(source and source[0] > cue_span[1])

    def _near(self, source: Piece) -> bool:
        """Whether only marks and a few words part source and cue, so that content stands outside both."""
        first, last = min(source, self.cue_span), max(source, self.cue_span)
        between = [place for place in range(first[1] + 1, last[0]) if self.words.is_word[place]]
        return len(between) <= 3

    def holds(self, place: int) -> bool:
        """Whether a token belongs to the cue or the source."""
        if self.cue_span[0] <= place <= self.cue_span[1]:
            return True
        return bool(self.source and self.source[0] <= place <= self.source[1])


def next_form(at: Setting) -> str:
    place = at.high + 1 if at.high + 1 < at.after else at.after
    if place >= at.after:
        return "$"
    return at.words.upos[place] if at.words.is_word[place] else at.words.form[place]
