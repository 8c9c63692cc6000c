"""What a cue does: the act, its lemma, whether the claim is negated, whether it happened at all."""

from verbale.coding.content_setting import NOWHERE
from verbale.coding.cues import complement
from verbale.coding.draft import Draft
from verbale.coding.speech_lexicon import ActRow, SpeechLexicon
from verbale.coding.words import Words, stem
from verbale.model.reading import ROOT

NEGATIONS = {"not", "n't", "n’t", "never", "no", "nor", "neither"}
MAYBE = {"might", "may", "could"}
ASKERS = {"q", "question", "reporter"}
"""Labels of those who ask at a briefing, also where they do not end with a question mark."""
WITHHELD = {"say", "reply", "confirm", "announce", "discuss", "stress"}
"""Acts that, negated, are declined: "did not say whether"."""


def row_of(words: Words, draft: Draft, lexicon: SpeechLexicon) -> ActRow | None:
    """The lexicon's row for a cue; None for a cue it does not list, and for quotations without one."""
    if draft.cue == NOWHERE or draft.cue_span is None:
        return None
    first, last = draft.cue_span
    if draft.how == "transcript":
        return None
    others = [words.lemma[place] for place in range(first, last + 1) if place != draft.cue]
    if last + 1 < len(words):
        others.append(words.lemma[last + 1])
    return lexicon.act(words.lemma[draft.cue], others, words.upos[draft.cue] in ("NOUN", "ADJ"))


def act_of(words: Words, draft: Draft, row: ActRow | None) -> str:
    """The act: of the lexicon; of a question, ask; else say. A negated one of saying is to decline."""
    if draft.how == "transcript" and words.form[draft.cue] in ASKERS:
        return "ask"
    if row is None:
        quoted = draft.cue == NOWHERE or draft.how in ("transcript", "colon", "signed")
        return "ask" if quoted and _is_question(words, draft) else "say"
    if row.act in WITHHELD and row.cue_class == "speech" and negated(words, draft.cue):
        return "decline"
    if row.act == "request" and _asks_whether(words, draft):
        return "ask"
    return "say" if row.act == "according" else row.act


def _is_question(words: Words, draft: Draft) -> bool:
    last = draft.content[-1][1]
    return any(words.form[place] == "?" for place in range(max(0, last - 1), last + 1))


def _asks_whether(words: Words, draft: Draft) -> bool:
    """Whether what is asked is a question, not a favour: a quoted question, or a clause with whether, if, what."""
    if words.lemma[draft.cue] != "ask":
        return False
    if _is_question(words, draft):
        return True
    first = words.form[draft.content[0][0]]
    return first in ("whether", "if", "what", "how", "why", "when", "where", "who", "which", "about")


def cue_lemma_of(words: Words, draft: Draft, lexicon: SpeechLexicon) -> str | None:
    """The cue's lemma with its particle or fixed partner: "point out", "make clear", "according to"."""
    if draft.cue == NOWHERE or draft.cue_span is None:
        return None
    lemma = lexicon.spellings.get(stem(words.lemma[draft.cue]), words.lemma[draft.cue])
    if words.form[draft.cue] == "according":
        return "according to"
    for child in words.children[draft.cue]:
        if draft.cue < child <= draft.cue_span[1]:
            if words.relation[child] == "compound:prt":
                return f"{lemma} {words.form[child]}"
            if words.bare[child] == "xcomp" and words.upos[child] == "ADJ":
                return f"{lemma} {words.form[child]}"
    return lemma


def negated(words: Words, place: int) -> bool:
    """Whether a word has a negation of its own."""
    return place >= 0 and any(words.form[child] in NEGATIONS for child in words.children[place])


def polarity_of(words: Words, draft: Draft, row: ActRow | None) -> str:
    """affirmed or negated: what the speaker holds of the content's main claim. Denying and not believing turn it."""
    turns = negated(words, content_head(words, draft))
    if row is not None and row.act == "deny":
        turns = not turns
    if row is not None and row.cue_class == "attitude" and negated(words, draft.cue):
        turns = not turns
    return "negated" if turns else "affirmed"


def class_of(words: Words, draft: Draft, row: ActRow | None, lexicon: SpeechLexicon) -> str:
    """speech, attitude, evidence. What a thing "suggests" is evidence, an unlisted cue in a frame of speech speech."""
    if row is None:
        told = draft.how.split(" ")[0] in (
            "quote",
            "colon",
            "inserted",
            "transcript",
            "signed",
            "quoted-as-saying",
            "in-words-of",
            "that-clause",
        )
        return "speech" if told or draft.cue == NOWHERE or words.upos[draft.cue] == "PUNCT" else "attitude"
    by_a_thing = draft.source is not None and words.lemma[draft.source] in lexicon.witnesses
    if by_a_thing and row.act in ("propose", "say", "stress", "confirm", "announce"):
        return "evidence"
    return row.cue_class


def content_head(words: Words, draft: Draft) -> int:
    """The main word of the content: its clause's head where the tree has one, else the highest of its first piece."""
    clause = complement(words, draft.cue) if draft.cue >= 0 else None
    if clause is not None and draft.holds(clause):
        return clause
    for first, last in draft.content:
        for place in range(first, last + 1):
            head = words.head[place]
            if (head == ROOT or not draft.holds(head)) and words.is_word[place]:
                return place
    return NOWHERE


def is_hypothetical(words: Words, draft: Draft, lexicon: SpeechLexicon) -> bool:
    """Whether it is only supposed that somebody says it: under "if" or "unless", or "might say"."""
    if draft.cue == NOWHERE or draft.level != 1:
        return False
    row = row_of(words, draft, lexicon)
    if row is not None and row.cue_class != "speech":
        return False
    for child in words.children[draft.cue]:
        if words.bare[child] == "mark" and words.form[child] in ("if", "unless", "until"):
            return True
        if words.form[child] == "should" and child == words.bounds_of(draft.cue)[0]:
            return True
        if words.bare[child] == "aux" and words.form[child] in MAYBE:
            return not any(words.form[other] in ("not", "n't", "only") for other in words.children[draft.cue])
    return False
