"""What was said: where the content of a cue begins and ends, on either side of it, candidates weighed.

Content stands behind its cue (said THAT ...), before it ("...," he said) or on both sides. Its inner edge nearly
always touches the cue or the source; what must be found is the outer edge.
"""

from verbale.coding.content_before import left_ends, left_start_features, left_starts
from verbale.coding.content_behind import right_end_features, right_ends, right_start_features, right_starts
from verbale.coding.content_setting import NOWHERE, Piece, Setting
from verbale.coding.weights import Weights
from verbale.coding.words import NO_QUOTE


def choose_content(at: Setting, weights: Weights) -> tuple[list[Piece], list[str], float]:
    """The pieces of a cue's content in text order, why they begin and end there, how sure. Empty where none fits."""
    pieces, reasons, belief = [], [], 1.0
    left_end, has_left = left_ends(at), "alone"
    if left_end != NOWHERE:
        starts = left_starts(at, left_end)
        offered = [left_start_features(at, start, left_end) for start in starts]
        number, share = weights.best("content before", offered)
        belief *= share
        if starts[number] != NOWHERE:
            pieces.append((starts[number], left_end))
            has_left = "quote before" if at.words.quote[left_end] != NO_QUOTE else "words before"
            reasons.append(f"before the cue: {weights.telling('content before', offered[number])}")
    starts = right_starts(at)
    offered = [right_start_features(at, start, has_left) for start in starts]
    if not pieces:
        offered = [
            features if start != NOWHERE else [*features, "none at all"] for start, features in zip(starts, offered)
        ]
    number, share = weights.best("content behind", offered)
    belief *= share
    if starts[number] != NOWHERE:
        start = starts[number]
        if pieces and pieces[0][0] == pieces[0][1] and at.words.form[left_end] == "it":
            pieces = []  # "It was reported that": the word stands for what follows
        ends = right_ends(at, start)
        choices = [right_end_features(at, start, end) for end in ends]
        best, share = weights.best("content end", choices)
        belief *= share
        pieces.append((start, ends[best]))
        reasons.append(f"behind the cue to: {weights.telling('content end', choices[best])}")
    return pieces, reasons, belief
