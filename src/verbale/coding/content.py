"""What was said: where the content of a cue begins and ends, on either side of it, candidates weighed.

Content stands behind its cue (said THAT ...), before it ("...," he said) or on both sides. Its inner edge nearly
always touches the cue or the source; what must be found is the outer edge.
"""

from bisect import bisect_right

from verbale.coding.cues import CueCounts, complement, word_class
from verbale.coding.weights import Features, Weights
from verbale.coding.words import NO_QUOTE, Words
from verbale.model.reading import ROOT

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


def skip_marks(words: Words, place: int, after: int) -> int:
    """The next token that is a word or opens a quotation."""
    while place < after and not words.is_word[place] and words.form[place] not in OPENING:
        place += 1
    return place


def right_starts(at: Setting) -> list[int]:
    """Tokens behind the cue at which content may begin, NOWHERE first; also a quotation right after the sentence."""
    words = at.words
    starts = [NOWHERE]
    for place in range(_clause_edge(at), min(at.after, at.cue_span[1] + MOST_GAP)):
        if at.holds(place) or (not words.is_word[place] and words.form[place] not in OPENING):
            continue
        if words.quote[place] != NO_QUOTE and words.quote[place] == words.quote[place - 1] != words.quote[at.cue]:
            continue
        starts.append(place)
    if (
        at.after < len(words)
        and words.quote[at.after] != NO_QUOTE
        and words.quote[at.after - 1] != words.quote[at.after]
        and _may_lead_to(words, at.after)
    ):
        starts.append(at.after)
    return starts


def _clause_edge(at: Setting) -> int:
    """The first token behind the cue that may begin its content: "that", where one opens the cue's own clause."""
    words, first = at.words, at.cue_span[1] + 1
    if at.clause is None or at.clause < at.cue:
        return first
    edge = words.left[at.clause]
    return edge if edge > first and words.form[edge] == "that" and words.bare[edge] == "mark" else first


def _may_lead_to(words: Words, start: int) -> bool:
    """Whether the sentence before a quotation may introduce it: in its paragraph, by a colon, or where nothing else
    does. A quotation of the next paragraph with words of its own around it (“...,” she said) has its own cue."""
    sentences = words.reading.sentences
    before, here = sentences[words.sentence[start - 1]], sentences[words.sentence[start]]
    if before.paragraph == here.paragraph or words.form[start - 1] == ":":
        return True
    return not any(
        words.is_word[place] and words.quote[place] == NO_QUOTE for place in range(start, words.bounds_of(start)[1])
    )


def right_start_features(at: Setting, start: int, has_left: str) -> Features:
    """What speaks for content to begin at a token behind the cue; `has_left` says what stands before it."""
    words = at.words
    if start == NOWHERE:
        return [
            "none",
            f"none {at.how}",
            f"none {has_left}",
            f"none {has_left} {at.how_kind}",
            f"none {at.kind}",
            f"none next {_next_form(at)}",
            f"none next {_next_form(at)} {has_left}",
            f"none {'source behind' if at.is_source_between else 'source before'} {has_left}",
        ]
    gap_from = at.cue_span[1] + 1
    if at.source and at.source[0] >= gap_from and at.source[1] < start:
        gap_from = at.source[1] + 1
    gap = [place for place in range(gap_from, start) if words.is_word[place] and not at.holds(place)]
    tie = _tie(words, at.cue, start)
    where = "next sentence" if start >= at.after else "touches" if not gap else f"gap {min(4, len(gap))}"
    features = [
        where,
        f"{where} {has_left}",
        f"{where} {at.how_kind}",
        f"tie {tie}",
        f"tie {tie} {at.how_kind}",
        f"{where} tie {tie}",
    ]
    form = words.form[start]
    if form in ("that", "whether", "to", "for", "how", "what", "why", "if", "of", "about", "as", "by", "on", "against"):
        features += [f"word {form}", f"word {form} {where}"]
    if words.quote[start] != NO_QUOTE and words.quote[start] != words.quote[at.cue]:
        before = words.form[start - 1]
        features += [
            "quote",
            f"quote {where}",
            f"quote after {before}" if not words.is_word[start - 1] else "quote after word",
            f"quote {where} {has_left}",
        ]
        if start >= at.after:
            same = (
                words.reading.sentences[words.sentence[start]].paragraph
                == words.reading.sentences[words.sentence[at.cue]].paragraph
            )
            ends_colon = words.form[at.after - 1] == ":"
            features.append(f"next sentence {'same' if same else 'new'} paragraph {'colon' if ends_colon else ''}")
    if not words.is_word[start - 1]:
        features += [f"after {words.form[start - 1]}", f"after {words.form[start - 1]} {has_left}"]
    if at.clause is not None and at.clause > at.cue:
        edge = words.left[at.clause]
        features.append("clause starts" if start == edge else "before clause" if start < edge else "inside clause")
    if gap:
        features += [f"skips {_tie(words, at.cue, gap[0])}", f"skips {words.upos[gap[-1]]}"]
        if not words.is_word[start - 1]:
            features.append(f"skips and {words.form[start - 1]}")
    features.append(f"starts {words.upos[start]}")
    return features


def _next_form(at: Setting) -> str:
    place = at.high + 1 if at.high + 1 < at.after else at.after
    if place >= at.after:
        return "$"
    return at.words.upos[place] if at.words.is_word[place] else at.words.form[place]


def right_ends(at: Setting, start: int) -> list[int]:
    """Tokens at which content that begins at `start` may end (counted in): before the cue when it begins before it."""
    words = at.words
    after = min(words.bounds_of(start)[1], _next_deed(at, start))
    ends: list[int] = []
    for place in range(start, after):
        if at.holds(place):
            break
        quote = words.quote[place]
        if quote != NO_QUOTE and place + 1 < after and words.quote[place + 1] == quote != words.quote[at.cue]:
            continue
        if (
            not words.is_word[place]
            and quote == NO_QUOTE
            and words.form[place] not in OPENING | {"”", "»", "]", ")", "%"}
        ):
            continue
        ends.append(place)
    return ends or [start]


def _next_deed(at: Setting, start: int) -> int:
    """Where the cue's own subject does something else: a past cannot share the auxiliary of an infinitive, so in
    "said that both would begin talks, and thanked Chad" the content stops before "and". Past the text: nowhere."""
    words = at.words
    for place in range(start + 1, words.bounds_of(start)[1] if start < at.after else start):
        given = words.tokens[place].features
        if words.bare[place] != "conj" or words.upos[place] != "VERB" or "Tense=Past" not in given:
            continue
        head = words.head[place]
        if head < start or "VerbForm=Inf" not in words.tokens[head].features or not words.has_below(head, "aux"):
            continue
        if not words.has_below(place, "nsubj", "nsubj:pass", "aux", "aux:pass"):
            edge = words.left[place]
            return edge if edge > start else len(words)
    return len(words)


def right_end_features(at: Setting, start: int, end: int) -> Features:
    """What speaks for content to end at a token."""
    words = at.words
    after = words.bounds_of(start)[1]
    following = end + 1
    marks = []
    while following < after and not words.is_word[following] and words.form[following] not in OPENING:
        marks.append(words.form[following])
        following += 1
    mark = marks[0] if marks else "none"
    features = []
    if following >= after:
        features += ["sentence ends", f"sentence ends {at.how_kind}", f"sentence ends {at.kind}"]
        opened = "$"
    else:
        opened, top = _opened(at, start, end, following)
        features += [f"opens {opened}", f"opens {opened} {mark}", f"opens {opened} {at.how_kind}", f"mark {mark}"]
        features.append(f"mark {mark} {words.upos[following]}")
        if words.mark(top):
            features.append(f"opens {words.bare[top]} {words.mark(top)} {mark}")
        if words.upos[following] in ("CCONJ", "SCONJ", "PRON", "ADP", "DET", "ADV", "PUNCT", "PART"):
            features.append(f"next {words.form[following]} {'mark' if marks else ''}")
        if top == words.head[at.cue] or words.hangs_under(at.cue, top):
            features.append("opens above cue")
        if words.upos[top] == "VERB" and at.counts.lemma_rate(words.lemma[top], "VERB") > 0.5:
            features += ["opens a cue", f"opens a cue {opened}"]
        if words.bare[top] == "conj":
            subject = "own subject" if words.has_below(top, "nsubj", "nsubj:pass") else "no subject"
            features.append(f"opens conj {subject} {words.upos[top]} {opened.split(' of ')[-1]} {mark}")
            features.append(f"opens conj {_form_of(words, top)} after {_form_of(words, words.head[top])}")
    features += [f"closes {closed}" for closed in _closed(at, start, end)]
    crossing = _crossing(at, start, end)
    features += [f"crossing {min(3, crossing)}", f"crossing {min(3, crossing)} {mark}"]
    length = end - start
    features.append(f"length {bisect_right(LENGTHS, length)} {at.how_kind}")
    if words.quote[start] != NO_QUOTE and words.quote[start] != words.quote[at.cue]:
        if words.quote[end] == words.quote[start]:
            features += ["quote closes", f"quote closes {opened.split(' ')[0] if opened != '$' else '$'}"]
        else:
            features.append("past quote")
    elif words.quote[end] != NO_QUOTE and words.quote[end] != words.quote[at.cue]:
        features.append("later quote closes")
    return features


def _form_of(words: Words, place: int) -> str:
    given = words.tokens[place].features if place != ROOT else ""
    return (
        "past"
        if "Tense=Past" in given
        else "pres"
        if "Tense=Pres" in given
        else "inf"
        if "VerbForm=Inf" in given
        else "other"
    )


def _opened(at: Setting, start: int, end: int, following: int) -> tuple[str, int]:
    """How the largest part that begins behind an end hangs on what went before: its relation and onto what."""
    words, top = at.words, following
    while words.head[top] != ROOT and words.left[words.head[top]] >= end + 1:
        top = words.head[top]
    head = words.head[top]
    if head == ROOT:
        return "root", top
    if head == at.cue:
        onto = "cue"
    elif start <= head <= end:
        onto = "content" if not start <= words.head[head] <= end else "inside"
    elif words.hangs_under(at.cue, head):
        onto = "above"
    elif head > end:
        onto = "later"
    else:
        onto = "other"
    return f"{words.relation[top]} of {onto}", top


def _closed(at: Setting, start: int, end: int) -> list[str]:
    """Which parts are whole at an end: the clause of the cue, an object of it, the cue's own phrase."""
    words, found = at.words, []
    edge = _word_edge(words, end)
    for child in words.children[at.cue]:
        if child > at.cue and _word_edge(words, words.right[child]) == edge:
            found.append(words.bare[child])
    if _word_edge(words, words.right[at.cue]) == edge:
        found.append("cue")
    if at.clause is not None and _word_edge(words, words.right[at.clause]) == edge:
        found.append("clause")
    return found or ["nothing"]


def _word_edge(words: Words, place: int) -> int:
    while place > 0 and not words.is_word[place]:
        place -= 1
    return place


def _crossing(at: Setting, start: int, end: int) -> int:
    """How many arcs lead from the content over its end to what would be left out."""
    words = at.words
    after = words.bounds_of(start)[1]
    count = 0
    for place in range(end + 1, after):
        if start <= words.head[place] <= end and words.is_word[place]:
            count += 1
    for place in range(start, end + 1):
        if words.head[place] > end and words.is_word[place]:
            count += 1
    return count


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
        ):
            return at.first - 1
        return NOWHERE
    return place


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
            f"none next {_next_form(at)}",
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


def _tie(words: Words, cue: int, place: int) -> str:
    """How the part that begins at a token hangs on the cue."""
    at = place
    while words.head[at] not in (ROOT, cue):
        at = words.head[at]
    if words.head[at] == ROOT:
        return "governor" if words.hangs_under(cue, place) else "outside"
    edge = "starts" if words.left[at] == place else "in"
    relation = words.bare[at]
    if relation in ("obl", "nmod") and words.case(at):
        relation = (
            f"{relation} {words.case(at)}"
            if words.case(at) in ("to", "in", "on", "at", "with", "about", "of", "for", "by", "as")
            else relation
        )
    return f"{edge} {relation}"


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
