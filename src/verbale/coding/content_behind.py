"""Content behind its cue ("said that ..."): where it may begin and end, and what speaks for each place."""

from bisect import bisect_right

from verbale.coding.content_setting import LENGTHS, MOST_GAP, NOWHERE, OPENING, Setting, next_form
from verbale.coding.weights import Features
from verbale.coding.words import NO_QUOTE, Words
from verbale.model.reading import ROOT


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
            f"none next {next_form(at)}",
            f"none next {next_form(at)} {has_left}",
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
    return _with_predicate(at, start, ends) or ends or [start]


def _with_predicate(at: Setting, start: int, ends: list[int]) -> list[int]:
    """The ends that take in the main verb of the cue's that-clause: "that the programme, which is new, ended" does not
    end before its verb."""
    if at.how != "that-clause" or at.clause is None or not start <= at.clause:
        return ends
    return [end for end in ends if end >= at.clause]


def _next_deed(at: Setting, start: int) -> int:
    """Where the cue's own subject does something else: a past cannot share the auxiliary of an infinitive or a
    participle, so in "said that both would begin talks, and thanked Chad" the content stops before "and". Past the
    text: nowhere."""
    words = at.words
    for place in range(start + 1, words.bounds_of(start)[1] if start < at.after else start):
        given = words.tokens[place].features
        if words.bare[place] != "conj" or words.upos[place] != "VERB" or "Tense=Past" not in given:
            continue
        head = words.head[place]
        if head < start or not words.has_below(head, "aux") or not _needs_auxiliary(words, head, given):
            continue
        if not words.has_below(place, "nsubj", "nsubj:pass", "aux", "aux:pass"):
            edge = words.left[place]
            return edge if edge > start else len(words)
    return len(words)


def _needs_auxiliary(words: Words, head: int, given: str) -> bool:
    """Whether a verb's auxiliary cannot go on to the past form joined to it: "had armed the rebels, and left"."""
    form = words.tokens[head].features
    return "VerbForm=Inf" in form or ("VerbForm=Part" in form and "VerbForm=Fin" in given)


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
    edge = word_edge(words, end)
    for child in words.children[at.cue]:
        if child > at.cue and word_edge(words, words.right[child]) == edge:
            found.append(words.bare[child])
    if word_edge(words, words.right[at.cue]) == edge:
        found.append("cue")
    if at.clause is not None and word_edge(words, words.right[at.clause]) == edge:
        found.append("clause")
    return found or ["nothing"]


def word_edge(words: Words, place: int) -> int:
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
