"""How far a cue reaches: auxiliaries and adverbs before its head, particles, objects and prepositions behind it."""

from verbale.coding.cues import CueTails, complement, cue_tails, phrase_end, word_class
from verbale.coding.speech_lexicon import speech_lexicon
from verbale.coding.weights import Features, Weights
from verbale.coding.words import NO_QUOTE, Words
from verbale.model.reading import ROOT

MOST_BEFORE, MOST_BEHIND = 7, 9


def cue_start_candidates(words: Words, cue: int, source: tuple[int, int] | None) -> list[int]:
    """Tokens at which the cue may begin: its head, and words before it up to a comma or the source."""
    first = words.bounds_of(cue)[0]
    starts = [cue]
    for place in range(cue - 1, max(first, cue - MOST_BEFORE) - 1, -1):
        if (
            (source and source[0] <= place <= source[1])
            or not words.is_word[place]
            or words.quote[place] != words.quote[cue]
        ):
            break
        starts.append(place)
    return starts


def cue_start_features(words: Words, cue: int, start: int, source: tuple[int, int] | None) -> Features:
    """What speaks for a cue to begin here."""
    kind = word_class(words, cue)
    taken = _tie(words, cue, start)
    first = words.bounds_of(cue)[0]
    before = start - 1
    if before < first:
        left_out = "^"
    elif source and source[0] <= before <= source[1]:
        left_out = "source"
    elif not words.is_word[before]:
        left_out = words.form[before]
    else:
        left_out = _tie(words, cue, before)
    return [
        f"from {taken}",
        f"from {taken} {kind}",
        f"leaves {left_out}",
        f"leaves {left_out} {kind}",
        f"from {taken} leaves {left_out}",
        f"form {words.form[start]}" if words.upos[start] in _CLOSED else f"word {words.upos[start]}",
        f"words {min(4, cue - start)} {kind}",
        f"leaves word {words.upos[before]}" if before >= first else "leaves nothing",
    ]


_CLOSED = {"AUX", "PART", "ADP", "PRON", "DET", "SCONJ", "CCONJ"}


def cue_end_candidates(words: Words, cue: int, source: tuple[int, int] | None) -> list[int]:
    """Tokens at which the cue may end (counted in): its head, and words behind it up to a mark or the source."""
    after = words.bounds_of(cue)[1]
    ends = [cue]
    for place in range(cue + 1, min(after, cue + MOST_BEHIND)):
        if (source and source[0] <= place <= source[1]) or words.quote[place] != words.quote[cue]:
            break
        if not words.is_word[place] and words.form[place] != ":":
            break
        ends.append(place)
    return ends


def cue_end_features(words: Words, cue: int, end: int, how: str, tails: CueTails) -> Features:
    """What speaks for a cue to end here; `how` is its frame."""
    kind = word_class(words, cue)
    taken = _tie(words, cue, end)
    following = end + 1
    after = words.bounds_of(cue)[1]
    if following >= after:
        left_out, next_word = "$", "$"
    else:
        left_out = _tie(words, cue, following)
        next_word = (
            words.form[following]
            if words.upos[following] in _CLOSED or not words.is_word[following]
            else words.upos[following]
        )
    last = words.form[end] if words.upos[end] in ("ADP", "PART", "SCONJ") else words.upos[end]
    clause = complement(words, cue)
    frame_kind = how.split(" ")[0]
    features = [
        f"to {taken}",
        f"to {taken} {kind}",
        f"leaves {left_out}",
        f"to {taken} leaves {left_out}",
        f"last {last}",
        f"next {next_word}",
        f"words {min(5, end - cue)} {kind}",
        f"words {min(3, end - cue)} {frame_kind}",
        f"{frame_kind} to {taken}",
        f"last {last} next {next_word}",
    ]
    if cue + 1 < after and words.is_word[cue + 1]:
        step = tails.step(words.lemma[cue], words.form[cue + 1])
        features.append(f"tail {step} {'taken' if end > cue else 'left'}")
        if end == cue + 1:
            features.append(f"tail {step} last")
    if end > cue:
        features += _reach_features(words, cue, end, tails)
    if clause is not None and clause > cue:
        edge = words.left[clause]
        features.append("before clause" if following == edge else "in clause" if end >= edge else "short of clause")
        if end >= edge:
            features.append(
                f"in clause to {'head' if end == clause else 'past head' if end > clause else 'before head'}"
            )
    if following < after and words.quote[following] != NO_QUOTE:
        features.append("up to quote")
    return features


def _reach_features(words: Words, cue: int, end: int, tails: CueTails) -> Features:
    """What the words taken in behind the head are by the lists: a verb ("seemed to blame") or a noun that reports."""
    features = []
    if words.upos[end] in ("VERB", "NOUN", "ADJ"):
        row = speech_lexicon().act(words.lemma[end], [], is_noun=words.upos[end] != "VERB")
        listed = "unlisted" if row is None else row.cue_class
        features.append(f"takes {listed} {words.upos[end]}")
        features.append(f"takes {listed} {words.upos[end]} after {words.form[end - 1] if end - 1 > cue else 'head'}")
    if end + 1 < len(words) and words.is_word[end + 1]:
        step = tails.step(words.lemma[end], words.form[end + 1])
        features.append(f"tail of last {step}")
        if words.upos[end] in ("NOUN", "VERB"):
            features.append(f"tail of last {step} {words.upos[end]}")
    last = end - 1
    if words.upos[end] in ("ADP", "PART") and last > cue:
        features.append(f"second tail {tails.step(words.lemma[last], words.form[end])} {words.upos[last]}")
    return features


def _tie(words: Words, cue: int, place: int) -> str:
    """How a word hangs on the cue: by which relation the part that holds it, and whether it leads that part."""
    if place == cue:
        return "head"
    at, depth = place, 0
    while words.head[at] not in (ROOT, cue):
        at = words.head[at]
        depth += 1
    if words.head[at] == ROOT:
        return "above" if words.hangs_under(cue, place) else "outside"
    relation = words.relation[at]
    if relation.startswith(("obl", "nmod")):
        relation = f"{words.bare[at]} {words.case(at)}" if words.case(at) else words.bare[at]
    inner = "" if depth == 0 else f" {words.bare[place]}"
    return relation + inner


def cue_span(words: Words, cue: int, source: tuple[int, int] | None, how: str, weights: Weights) -> tuple[int, int]:
    """First and last token of the cue."""
    starts = cue_start_candidates(words, cue, source)
    fixed = phrase_end(words, cue)
    ends = [fixed] if fixed is not None else cue_end_candidates(words, cue, source)
    start = starts[weights.best("cue start", [cue_start_features(words, cue, place, source) for place in starts])[0]]
    end = ends[weights.best("cue end", [cue_end_features(words, cue, place, how, cue_tails()) for place in ends])[0]]
    return start, end
