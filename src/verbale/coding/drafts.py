"""Statements as spans: each likely cue with its source and content, nested ones under the one that holds them."""

from verbale.coding.content import Piece, Setting, choose_content
from verbale.coding.cue_spans import cue_span
from verbale.coding.cues import CueCounts, cue_features, frame, is_candidate
from verbale.coding.draft import Draft
from verbale.coding.orphans import add_orphans, is_clause, unclaimed
from verbale.coding.sources import NONE_CANDIDATE, choose_source, source_span
from verbale.coding.weights import Weights
from verbale.coding.words import NO_QUOTE, Words

LEVEL_ONE = 0.45
"""How likely a cue must be: .45 gave the best whole-triple F on a part of PolNeAR train left out of the fitting."""
RESCUE = 0.12
"""How likely a cue must be where its content is a quoted sentence that no likelier cue has claimed."""
SURE_OVER = 0.35
"""How much likelier a nested cue must be than the one around it to push it out."""


def drafts_in(words: Words, weights: Weights, counts: CueCounts, level_one: float = LEVEL_ONE) -> list[Draft]:
    """Every statement of a text, in text order: level 1 and, with `parent` set, those inside their content."""
    found: list[Draft] = []
    doubtful: list[tuple[float, int]] = []
    for place in range(len(words)):
        if is_candidate(words, place, counts):
            features = cue_features(words, place, counts)
            chance = weights.chance("cue", features)
            if chance >= level_one:
                draft = _draft(words, place, chance, weights, counts)
                if draft:
                    draft.reasons.insert(0, f"cue: {weights.telling('cue', features)}")
                    found.append(draft)
            elif chance >= RESCUE and words.quotations:
                doubtful.append((chance, place))
    kept = _settled(found)
    kept += _rescued(words, kept, doubtful, weights, counts)
    kept += add_orphans(words, kept)
    return sorted(kept, key=lambda draft: (draft.place, draft.level))


def _draft(words: Words, cue: int, chance: float, weights: Weights, counts: CueCounts) -> Draft | None:
    how = frame(words, cue)
    source, path, _ = choose_source(words, cue, weights)
    source_piece = source_span(words, source, cue, weights) if source != NONE_CANDIDATE else None
    piece = cue_span(words, cue, source_piece, how, weights)
    at = Setting(words, cue, piece, source_piece, how, counts)
    pieces, reasons, _ = choose_content(at, weights)
    if not pieces:
        return None
    draft = Draft(
        cue, piece, None if source == NONE_CANDIDATE else source, source_piece, pieces, chance, how, path, reasons
    )
    draft.content = _whole_quotes(words, draft)
    return draft


def _rescued(
    words: Words, kept: list[Draft], doubtful: list[tuple[float, int]], weights: Weights, counts: CueCounts
) -> list[Draft]:
    """Doubtful cues whose content is a quoted sentence that is nobody's yet, the likeliest first."""
    free = {number for number in unclaimed(words, kept) if is_clause(words, number)}
    found: list[Draft] = []
    for chance, place in sorted(doubtful, key=lambda one: (-one[0], one[1])):
        if not free:
            break
        if not _near_quotes(words, place, free):
            continue
        draft = _draft(words, place, chance, weights, counts)
        if draft is None or any(other.level == 1 and other.holds(place) for other in kept):
            continue
        claimed = {words.quote[at] for first, last in draft.content for at in range(first, last + 1)} & free
        if claimed:
            draft.reasons.insert(0, "a doubtful cue, taken since the quotation has no other")
            found.append(draft)
            free -= claimed
    return found


def _near_quotes(words: Words, place: int, numbers: set[int]) -> bool:
    first, after = words.bounds_of(place)
    return any(words.quote[at] in numbers for at in range(max(0, first - 1), min(len(words), after + 1)))


def _whole_quotes(words: Words, draft: Draft) -> list[Piece]:
    """A draft's content with each quotation that it touches taken whole, but for its own cue and source."""
    pieces = []
    for first, last in draft.content:
        while first > 0 and words.quote[first] != NO_QUOTE and words.quote[first - 1] == words.quote[first]:
            if _taken(draft, first - 1):
                break
            first -= 1
        while last + 1 < len(words) and words.quote[last] != NO_QUOTE and words.quote[last + 1] == words.quote[last]:
            if _taken(draft, last + 1):
                break
            last += 1
        pieces.append((first, last))
    return pieces


def _taken(draft: Draft, place: int) -> bool:
    spans = [span for span in (draft.cue_span, draft.source_span) if span]
    return any(first <= place <= last for first, last in spans)


def _settled(found: list[Draft]) -> list[Draft]:
    """Drafts with nesting told: one whose cue lies in another's content is level 2, unless it is much the likelier."""
    order = sorted(found, key=lambda draft: (-sum(last - first for first, last in draft.content), draft.cue))
    kept: list[Draft] = []
    for draft in order:
        around = [other for other in kept if other.level == 1 and other.holds(draft.cue)]
        weak = [other for other in around if draft.chance - other.chance > SURE_OVER and not draft.holds(other.cue)]
        if around and len(weak) == len(around):
            for other in weak:
                kept.remove(other)
            around = []
        if around:
            draft.level, draft.parent = 2, around[0]
        kept.append(draft)
    for draft in kept:
        if draft.parent is not None and draft.parent not in kept:
            draft.parent, draft.level = None, 1
    return kept
