"""What was said: where the content of a cue begins and ends, on either side of it, candidates weighed.

Content stands behind its cue (said THAT ...), before it ("...," he said) or on both sides. Its inner edge nearly
always touches the cue or the source; what must be found is the outer edge.
"""

from verbale.coding.content_before import left_ends, left_start_features, left_starts
from verbale.coding.content_behind import right_end_features, right_ends, right_start_features, right_starts
from verbale.coding.content_setting import NOWHERE, Piece, Setting
from verbale.coding.weights import Weights
from verbale.coding.words import NO_QUOTE

TELLING = ("tell", "inform", "assure", "remind")


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


def told_besides_hearer(at: Setting, pieces: list[Piece]) -> list[Piece]:
    """The pieces without one that only names who is told ("as Novak told the Oslo Post"); where nothing is left, the
    clause before the "as", else the one behind."""
    words = at.words
    if words.lemma[at.cue] not in TELLING or not pieces:
        return pieces
    hearers = [child for child in words.children[at.cue] if words.bare[child] in ("obj", "iobj") and child > at.cue]
    kept = [
        (first, last)
        for first, last in pieces
        if not any(first <= hearer <= last for hearer in hearers)
        or any(words.upos[place] in ("VERB", "AUX") for place in range(first, last + 1))
        or words.quote[first] != NO_QUOTE
    ]
    if len(kept) == len(pieces) or at.how_kind != "as-clause":
        return kept or pieces
    last = at.low - 1
    while last >= at.first and (not words.is_word[last] or words.form[last] == "as"):
        last -= 1
    if last > at.first and not any(first <= last for first, _ in kept):
        kept = [(at.first, last), *kept]
    return kept or _main_behind(at, max(words.right[hearer] for hearer in hearers)) or pieces


def _main_behind(at: Setting, hearer_end: int) -> list[Piece]:
    """The main clause behind "As Novak told the Oslo Post, ...", to the end of its sentence."""
    words = at.words
    first, last = hearer_end + 1, at.after - 1
    while first < at.after and not words.is_word[first] and words.quote[first] == NO_QUOTE:
        first += 1
    while last > first and not words.is_word[last] and words.quote[last] == NO_QUOTE:
        last -= 1
    return [(first, last)] if last > first else []
