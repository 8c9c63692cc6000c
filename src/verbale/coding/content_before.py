"""Content before its cue ("...," he said): where it may begin and end, and what speaks for each place."""

from verbale.coding.content_setting import NOWHERE, OPENING, Setting, next_form
from verbale.coding.weights import Features
from verbale.coding.words import NO_QUOTE
from verbale.model.reading import ROOT


def left_ends(at: Setting) -> int:
    """The last token of content before the cue: what stands before cue and source, commas left out; else NOWHERE."""
    words = at.words
    place = at.low - 1
    while place >= at.first and not words.is_word[place] and words.quote[place] == NO_QUOTE:
        place -= 1
    if place < at.first:
        if (
            at.first > 0
            and words.quote[at.first - 1] != NO_QUOTE
            and at.first == at.low
            and words.quote[at.first] == NO_QUOTE
            and _shares_paragraph(at, at.first - 1)
        ):
            return at.first - 1
        return NOWHERE
    return place


def _shares_paragraph(at: Setting, place: int) -> bool:
    sentences = at.words.reading.sentences
    return sentences[at.words.sentence[place]].paragraph == sentences[at.words.sentence[at.cue]].paragraph


def left_starts(at: Setting, end: int) -> list[int]:
    """Tokens at which content before the cue may begin, NOWHERE first."""
    words = at.words
    first = words.bounds_of(end)[0]
    starts = [NOWHERE]
    for place in range(first, end + 1):
        quote = words.quote[place]
        if quote != NO_QUOTE and place > first and words.quote[place - 1] == quote != words.quote[at.cue]:
            continue
        if not words.is_word[place] and words.form[place] not in OPENING:
            continue
        if at.holds(place):
            continue
        starts.append(place)
    return starts


def left_start_features(at: Setting, start: int, end: int) -> Features:
    """What speaks for content before the cue to begin at a token, or for there being none."""
    words = at.words
    mark = _marks_between(at, end)
    quoted = words.quote[end] != NO_QUOTE and words.quote[end] != words.quote[at.cue]
    side = "source behind" if at.is_source_between else "no source" if at.source is None else "source before"
    if start == NOWHERE:
        features = [
            "none",
            f"none {at.how}",
            f"none mark {mark}",
            f"none {mark} {at.how_kind}",
            f"none {side} {mark}",
            f"none relation {words.relation[at.cue]}",
            f"none {'quoted' if quoted else 'plain'}",
            f"none {'quoted' if quoted else 'plain'} {mark}",
            f"none {at.kind}",
            f"none {at.kind} {mark}",
            f"none next {next_form(at)}",
            f"none ends {words.upos[end]}",
        ]
        if words.has_below(at.cue, "nsubj:pass", "aux:pass"):
            features.append("none passive")
        return features
    first = words.bounds_of(end)[0]
    before = start - 1
    marks = not words.is_word[before] and before >= first
    features = []
    if before < first:
        features += ["sentence starts", f"sentence starts {at.how_kind}", f"sentence starts {mark}"]
        left_out = "^"
    else:
        left_out = _left_out(at, start, end, before)
        features += [
            f"leaves {left_out}",
            f"leaves {left_out} {at.how_kind}",
            f"after {words.form[before] if marks else words.upos[before]}",
            f"leaves {left_out} {'mark' if marks else ''}",
        ]
        if words.upos[before] in ("CCONJ", "SCONJ", "ADV"):
            features.append(f"after {words.form[before]}")
    features += [f"holds {kind}" for kind in _held(at, start, end)]
    crossing = sum(1 for place in range(first, start) if start <= words.head[place] <= end and words.is_word[place])
    crossing += sum(1 for place in range(start, end + 1) if first <= words.head[place] < start and words.is_word[place])
    features.append(f"crossing {min(3, crossing)}")
    if words.quote[start] != NO_QUOTE and words.quote[start] != words.quote[at.cue]:
        features += [
            "quote opens",
            f"quote opens {'to its end' if words.quote[start] == words.quote[end] else 'and goes on'}",
        ]
    if not quoted and words.quote[start] == NO_QUOTE:
        features.append(f"plain {at.how_kind}")
    length = end - start
    features.append(
        f"length {0 if length < 1 else 1 if length < 3 else 2 if length < 6 else 3 if length < 12 else 4} {at.how_kind}"
    )
    features.append(f"starts {words.upos[start]}")
    if words.form[start] in (
        "and",
        "but",
        "that",
        "which",
        "who",
        "what",
        "so",
        "if",
        "when",
        "while",
        "as",
        "because",
        "for",
    ):
        features.append(f"word {words.form[start]}")
    return features


def _marks_between(at: Setting, end: int) -> str:
    marks = [at.words.form[place] for place in range(end + 1, at.low) if not at.words.is_word[place]]
    last = at.words.form[end] if not at.words.is_word[end] else ""
    return (marks[0] if marks else "none") + (f" {last}" if last in ('"', "”", "''", ",") else "")


def _left_out(at: Setting, start: int, end: int, before: int) -> str:
    """How the largest part that ends right before a start hangs on the rest."""
    words, top = at.words, before
    while words.head[top] != ROOT and words.right[words.head[top]] < start:
        top = words.head[top]
    head = words.head[top]
    onto = (
        "root"
        if head == ROOT
        else "cue"
        if head == at.cue
        else "content"
        if start <= head <= end
        else "above"
        if words.hangs_under(at.cue, head)
        else "other"
    )
    return f"{words.relation[top]} of {onto}"


def _held(at: Setting, start: int, end: int) -> list[str]:
    """Which head of the tree the content before a cue holds: the cue's governor, its clause, its subject."""
    words, found = at.words, []
    head = words.head[at.cue]
    if head != ROOT and start <= head <= end:
        whole = words.left[head] >= start
        found.append(f"governor {words.relation[at.cue]} {'whole' if whole else 'cut'}")
    for child in words.children[at.cue]:
        if start <= child <= end and words.head[child] == at.cue:
            whole = words.left[child] >= start
            edge = "from edge" if words.left[child] == start else ""
            found.append(f"{words.relation[child]} {'whole' if whole else 'cut'} {edge}")
    return found or ["nothing"]
