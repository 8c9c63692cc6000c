"""Where, to whom and through what a statement was made: addressee, occasion, medium, time."""

from dataclasses import dataclass

from verbale.coding.draft import Draft
from verbale.coding.speakers import Speakers
from verbale.coding.speech_lexicon import ActRow, SpeechLexicon, speech_lexicon
from verbale.coding.words import NO_QUOTE, Words
from verbale.model.findings import Party
from verbale.model.roster import Roster
from verbale.model.span import Span
from verbale.model.when import Period, anchored

HEARING = {"to", "with"}
SETTING_CASES = {
    "in",
    "at",
    "during",
    "after",
    "before",
    "on",
    "following",
    "ahead",
    "alongside",
    "from",
    "through",
    "via",
    "to",
    "with",
    "by",
    "outside",
    "inside",
    "near",
}


SHARED = {"meeting", "press", "event"}
MEETING = {"meet", "arrive", "return", "attend", "speak", "talk", "visit", "brief"}
ALONE = {
    *("show", "programme", "program", "news", "podcast", "broadcast", "radio", "television"),
    *("interview", "statement", "letter", "tweet", "post", "article", "column", "message", "call", "phone"),
}
"""Occasions that one person has for himself: they do not go on when another speaks."""


@dataclass
class Carried:
    """The occasion that goes on: for the same speaker till he has another, for all where all were there."""

    span: Span | None = None
    speaker: str | None = None
    is_shared: bool = False

    def carry(
        self, held: Span | None, speaker: Party | None, words: Words, lexicon: SpeechLexicon, is_spoken: bool
    ) -> Span | None:
        """The occasion of a statement that names `held`, or names none; None where nothing goes on, as for feelings
        and for what was written."""
        if not is_spoken:
            return held
        name = (speaker.actor or speaker.words) if speaker else None
        if held is not None:
            inside = [words.lemma[place] for place in words.places(held)]
            kinds = {lexicon.occasions[lemma] for lemma in inside if lemma in lexicon.occasions}
            self.span, self.speaker = held, name
            self.is_shared = bool(kinds & SHARED) and not ALONE & set(inside)
            return held
        return self.span if self.is_shared or (name is not None and name == self.speaker) else None


TO_CLAUSES = ("xcomp", "advcl", "acl", "ccomp")
ASKING = {"request", "demand", "ask", "propose", "warn"}
"""Acts that turn to who is to do it: "urged Oslo to sign", "called on both sides to talk"."""


def addressee(words: Words, draft: Draft, row: ActRow | None, speakers: Speakers) -> Party | None:
    """Who was spoken to: the object of "tell", who stands after "to", who is asked to do it; None where nobody is."""
    if draft.cue < 0:
        return None
    met = _asked(words, draft, row)
    met = _met(words, draft, row) if met is None else met
    if met is not None:
        return _hearer(words, met, speakers)
    for child in _outside(words, draft):
        if words.head[child] != draft.cue and not draft.holds(words.head[child]):
            continue
        relation = words.bare[child]
        hears = row is not None and row.hearer == "object"
        is_object = relation == "iobj" or (hears and relation in ("obj", "nsubj") and child > draft.cue)
        is_object = is_object and (row is None or row.act not in ASKING or _can_hear(words, child))
        is_to = relation == "obl" and words.case(child) in HEARING and row is not None and row.cue_class == "speech"
        is_to = is_to and (row is None or row.act != "reply" or _can_hear(words, child))
        if not (is_object or is_to) or _in_statement(words, draft, child):
            continue
        return _hearer(words, child, speakers)
    return None


def _met(words: Words, draft: Draft, row: ActRow | None) -> int | None:
    """Whom it is said to where the content begins with him: "thanked Norway for its help". Who is accused need not
    be there."""
    if row is None or row.hearer != "object" or row.act == "accuse":
        return None
    starts = [first for first, _ in draft.content]
    objects = [child for child in words.children[draft.cue] if words.bare[child] == "obj" and child > draft.cue]
    return next((child for child in objects if words.left[child] in starts and _can_hear(words, child)), None)


def _can_hear(words: Words, place: int) -> bool:
    """Whether a word can stand for somebody who listens: a name, a pronoun, or people; "efforts" cannot."""
    if words.upos[place] in ("PROPN", "PRON") or any(
        words.name[child] and words.bare[child] in ("amod", "nmod") for child in words.children[place]
    ):
        return words.form[place] not in ("it", "this", "that", "itself")
    return words.lemma[place] in speech_lexicon().hearers


def _asked(words: Words, draft: Draft, row: ActRow | None) -> int | None:
    """Who is asked to do something: the object, or who stands after "on", beside an infinitive."""
    if row is None or row.act not in ASKING or words.upos[draft.cue] != "VERB":
        return None
    for child in words.children[draft.cue]:
        is_object = words.bare[child] in ("obj", "iobj")
        is_on = words.bare[child] == "obl" and words.case(child) in ("on", "upon")
        if child < draft.cue or not (is_object or is_on) or not _can_hear(words, child):
            continue
        behind = [*words.children[draft.cue], *words.children[child]]
        if any(one > child and words.bare[one] in TO_CLAUSES and words.mark(one) == "to" for one in behind):
            return child
    return None


def _in_statement(words: Words, draft: Draft, place: int) -> bool:
    """Whether a word is part of the content or the source. An accusation's content may begin with whom it meets."""
    if draft.source_span and draft.source_span[0] <= place <= draft.source_span[1]:
        return True
    return draft.holds(place)


def _hearer(words: Words, head: int, speakers: Speakers) -> Party:
    mention = speakers.mention_of(head)
    if mention is not None:
        text = mention.span.of(words.text)
        return Party(
            mention.actors[0] if len(mention.actors) == 1 else None, text, mention.span, mention.how, mention.certainty
        )
    first, last = words.left[head], words.right[head]
    for child in words.children[head]:
        if words.bare[child] == "case":
            first = max(first, child + 1)
        elif child > head and words.bare[child] in ("acl", "nmod", "obl", "punct", "appos"):
            last = min(last, words.left[child] - 1)
    span = words.span(min(first, head), max(last, head))
    return Party(None, span.of(words.text), span, "object of the cue", "medium")


def occasion(words: Words, draft: Draft, lexicon: SpeechLexicon, roster: Roster) -> Span | None:
    """The words that say at what meeting, briefing or place it was said; None where the cue's sentence has none."""
    if draft.cue < 0:
        return None
    for child in _outside(words, draft):
        if words.bare[child] not in ("obl", "advcl", "nmod") or not _is_setting(words, child):
            continue
        if words.bare[child] == "advcl" and not _tells_occasion(words, child, lexicon):
            continue
        first, last = words.left[child], _clear(words, draft, child)
        if last < first:
            continue
        told = any(words.lemma[place] in lexicon.occasions for place in range(first, last + 1))
        if told or _is_venue(words, child, roster):
            return words.span(first, last)
    return None


def _tells_occasion(words: Words, head: int, lexicon: SpeechLexicon) -> bool:
    """Whether a clause is itself an occasion: "after meeting Berg", "before the talks began"; not "while no date has
    been announced for the release"."""
    if words.mark(head) in ("while", "as"):
        return words.lemma[head] in MEETING or words.lemma[head] in lexicon.occasions
    near = [head, *[child for child in words.children[head] if words.bare[child] in ("nsubj", "obj", "obl", "xcomp")]]
    return any(words.lemma[place] in lexicon.occasions or words.lemma[place] in MEETING for place in near)


def _outside(words: Words, draft: Draft) -> list[int]:
    """Words of the cue's sentence that hang on the cue, on its hearer or the verb it goes with, and are no part of the
    statement; those too that the tree hangs on the content, which a quotation's end parts from it."""
    tops = set(_tops(words, draft.cue))
    first, after = words.bounds_of(draft.cue)
    return [
        place
        for place in range(first, after)
        if (words.head[place] in tops or draft.holds(words.head[place])) and not _in_statement(words, draft, place)
    ]


def _is_setting(words: Words, place: int) -> bool:
    if words.case(place) in SETTING_CASES:
        return True
    return words.mark(place) in ("after", "before", "while", "as", "following")


def _tops(words: Words, cue: int) -> list[int]:
    """The cue, and the verb it is a participle of."""
    hearers = [child for child in words.children[cue] if words.bare[child] in ("obj", "iobj") and child > cue]
    head = words.head[cue]
    return [
        cue,
        *hearers,
        *([head] if head >= 0 and words.bare[cue] in ("advcl", "conj", "xcomp", "parataxis") else []),
    ]


def _clear(words: Words, draft: Draft, head: int) -> int:
    """The last word of a phrase before the statement's own parts, end marks left out."""
    last = words.right[head]
    for place in range(words.left[head], words.right[head] + 1):
        if draft.holds(place) or place == draft.cue:
            last = place - 1
            break
    while last > words.left[head] and not words.is_word[last] and words.quote[last] == NO_QUOTE:
        last -= 1
    return last


def _is_venue(words: Words, place: int, roster: Roster) -> bool:
    if words.case(place) not in ("in", "at", "from"):
        return False
    start = words.start[place]
    return any(
        mention.kind == "place" and mention.span.start <= start < mention.span.stop
        for mention in roster.mentions_by_sentence.get(words.sentence[place], [])
    ) or any(name.label == "LOC" and name.span.start <= start < name.span.stop for name in words.reading.names)


def medium(words: Words, draft: Draft, lexicon: SpeechLexicon) -> str | None:
    """What it was said through: "in a tweet", "told Reuters", "was quoted by Reuters"; None where nothing is said."""
    if draft.cue < 0:
        return None
    quoted = words.lemma[draft.cue] in ("quote", "cite")
    for child in _media_places(words, draft):
        case = words.case(child)
        if (
            words.bare[child] == "obl"
            and case in ("in", "on", "via", "through", "by", "with", "to")
            and not _in_statement(words, draft, child)
        ):
            known = lexicon.media.get(words.form[child]) or lexicon.media.get(words.lemma[child])
            if known == "press":
                continue
            if known or (case in ("by", "via", "through") and quoted):
                return known or _name(words, child)
        if words.bare[child] in ("obj", "iobj", "obl", "nsubj") and not _in_statement(words, draft, child):
            if words.upos[child] == "PROPN" and words.form[child] in lexicon.media:
                return lexicon.media[words.form[child]]
            if words.bare[child] in ("obj", "iobj") and _is_agency(words, child):
                return _name(words, child)
        if (
            quoted
            and words.bare[child] == "nsubj"
            and not (draft.source_span and draft.source_span[0] <= child <= draft.source_span[1])
        ):
            return _name(words, child)
    return None


def press_name(words: Words, draft: Draft, lexicon: SpeechLexicon) -> str | None:
    """The paper or agency that a statement's source is ("TASS reported"); None for any other source."""
    if draft.source is None or words.upos[draft.source] != "PROPN":
        return None
    known = lexicon.media.get(words.form[draft.source])
    return (known if known != "press" else None) or None


def _media_places(words: Words, draft: Draft) -> list[int]:
    """What hangs on the cue, and on the "saying" of "was quoted as saying by"."""
    found = list(words.children[draft.cue])
    if draft.how == "quoted-as-saying" and draft.cue_span and draft.cue_span[1] > draft.cue:
        found += words.children[draft.cue_span[1]]
    return found


def _is_agency(words: Words, place: int) -> bool:
    """An organisation that is told something is nearly always a paper or an agency."""
    return words.upos[place] == "PROPN" and any(
        name.label == "ORG" and name.span.start <= words.start[place] < name.span.stop for name in words.reading.names
    )


def _name(words: Words, place: int) -> str:
    name = next((one for one in words.reading.names if one.span.start <= words.start[place] < one.span.stop), None)
    return name.span.of(words.text) if name else words.words(place, place)


def time_of(words: Words, draft: Draft, roster: Roster) -> Period | None:
    """When it was said, where the cue's sentence says so outside the content."""
    here = words.sentence[draft.place]
    for time in words.reading.times:
        if time.sentence != here or time.kind in ("recurrence", "vague"):
            continue
        places = words.places(time.span)
        if not places or any(draft.holds(place) for place in places) or draft.cue < 0:
            continue
        if not any(words.head[place] == draft.cue or words.hangs_under(place, draft.cue) for place in places):
            continue
        return anchored(time, roster.window.period, "past")
    return None
