"""Contacts told by a verb and the names beside it: fills in sides that the tree lost, and finds what no frame fitted.

"X spoke today with the foreign minister of Y, Z": a parser often hangs "with", the title and the name on three
different words. Where both sides stand on the line, a CONSULT event gets them, and a contact without event gets one.
"""

from collections.abc import Sequence

import msgspec

from verbale.coding.contacts_channel import channel_of, clause_places, told_channel
from verbale.coding.contacts_counts import count_before
from verbale.coding.contacts_lexicon import ContactWords, contact_words
from verbale.coding.contacts_officials import is_abroad, is_diplomatic
from verbale.coding.contacts_parties import asserted_by, state_of_place
from verbale.coding.contacts_sides import Line
from verbale.coding.contacts_when import report_days
from verbale.coding.events import merged
from verbale.coding.rules import Rules
from verbale.model.evidence import evidence_for
from verbale.model.findings import Event, Party, Statement, finding_id
from verbale.model.reading import Sentence, Token
from verbale.model.roster import Roster
from verbale.model.span import Span, covering
from verbale.model.when import Period, anchored
from verbale.tables.ontology import Coded

WITH_VERBS = {
    "meet": ("with",),
    "speak": ("with", "to"),
    "talk": ("with", "to"),
    "confer": ("with",),
    "consult": ("with",),
    "converse": ("with",),
    "chat": ("with",),
    "negotiate": ("with",),
    "huddle": ("with",),
    "dine": ("with",),
    "lunch": ("with",),
}
OBJECT_VERBS = frozenset(("meet", "phone", "telephone", "host", "receive", "welcome", "greet"))
LIST_VERBS = frozenset(("meet", "speak", "talk", "confer", "negotiate", "discuss", "review"))
MATTERS = frozenset(("discuss", "review", "talk", "exchange", "explore", "consider"))
PURPOSES = ("intended", "hypothetical")
GOING = frozenset(("travel", "fly", "arrive", "visit"))
VISIT_VERBS = frozenset(("make", "pay", "begin", "start", "undertake", "complete", "conclude", "end"))
SPEAKING = frozenset(("speak", "talk"))
HOSTS = frozenset(("host", "receive", "welcome", "greet"))
LIGHT_VERBS = frozenset(
    ("hold", "have", "conduct", "participate", "take", "join", "attend", "co-chair", "chair", "host", "convene")
)
TELLING_VERBS = OBJECT_VERBS | LIGHT_VERBS | LIST_VERBS | VISIT_VERBS | GOING | WITH_VERBS.keys()
AGREEING = frozenset(("agree", "decide", "arrange", "undertake", "resolve"))
AHEAD = frozenset(("will", "shall", "’ll", "'ll"))
MAYBE = frozenset(("would", "may", "might", "could", "can", "should", "must"))
DENIALS = frozenset(("not", "n't", "n’t", "never", "neither", "nor"))
NOUN_REACH = 8  # words from "held" to "talks": "held a lengthy and detailed round of bilateral talks" has seven
CONTEXTS = ("diplomatic",)
SAME_WORDS = 0.5


class Told(msgspec.Struct, frozen=True):
    """A contact read off the line: its verb and noun, both sides, and whether it lies ahead."""

    sentence: Sentence
    verb: Token
    noun: Token | None
    who: tuple[Party, ...]
    whom: tuple[Party, ...]
    status: str

    @property
    def carrier(self) -> Token:
        return self.noun or self.verb

    @property
    def span(self) -> Span:
        spans = [self.verb.span, self.carrier.span, *(party.span for party in (*self.who, *self.whom) if party.span)]
        return covering(spans)


def with_told_contacts(
    roster: Roster, events: Sequence[Event], statements: Sequence[Statement], rules: Rules
) -> list[Event]:
    """The events, CONSULT ones with their sides completed, and those added that are told by a contact verb and two
    sides.
    """
    words = contact_words()
    found = list(events)
    for sentence in roster.reading.sentences:
        for told in told_in(roster, sentence, words):
            number = _event_of(found, told)
            if number is None:
                found.append(_new_event(roster, told, statements, rules, words))
            else:
                found[number] = _completed(roster, found[number], told)
    found = [event for event in found if not _is_purpose(event, found, roster)]
    return merged(sorted(found, key=lambda event: event.evidence.span))


def _is_purpose(event: Event, events: Sequence[Event], roster: Roster) -> bool:
    """ "met to discuss the border": what a contact was held for is its agenda, no second contact of the same people."""
    if event.type != "CONSULT" or event.status not in PURPOSES or not MATTERS & set((event.predicate or "").split()):
        return False
    sentence = roster.reading.sentence_at(event.evidence.span.start)
    people = {party.actor for party in (*event.who, *event.whom)}
    return sentence is not None and any(
        other.type == "CONSULT"
        and other.status not in PURPOSES
        and sentence.span.covers(other.evidence.span)
        and people <= {party.actor for party in (*other.who, *other.whom)}
        for other in events
    )


def verb_lemma(token: Token) -> str:
    """A verb's lemma; where the model's is no word we know, the one of ours that its form comes from ("telephoned")."""
    lemma, form = token.lemma.lower(), token.text.lower()
    if lemma in TELLING_VERBS:
        return lemma
    stems = (form.removesuffix(ending) for ending in ("d", "ed", "s", "ing") if form.endswith(ending))
    return next((stem for stem in stems if stem in TELLING_VERBS), lemma)


def told_in(roster: Roster, sentence: Sentence, words: ContactWords) -> list[Told]:
    """The contacts that a sentence tells by a verb with both sides beside it; counted and denied ones are none."""
    verbs = [token for token in sentence.tokens if token.upos == "VERB" and verb_lemma(token) in TELLING_VERBS]
    if not verbs or len(roster.mentions_by_sentence.get(sentence.number, ())) < 2:
        return []
    line = Line(roster, sentence)
    told = [_told_by(line, sentence, verb, words) for verb in verbs]
    return [one for one in told if one is not None]


def _told_by(line: Line, sentence: Sentence, verb: Token, words: ContactWords) -> Told | None:
    lemma = verb_lemma(verb)
    noun, start = None, None
    if lemma in WITH_VERBS:
        link = line.link_after(verb.place, *WITH_VERBS[lemma])
        start = link + 1 if link is not None else None
    if start is None and lemma in OBJECT_VERBS:
        start = verb.place + 1
    if start is None and lemma in LIGHT_VERBS:
        noun = _contact_noun(sentence, verb, words)
        link = line.link_after(noun.place, "with") if noun else None
        start = link + 1 if link is not None else None
    agreed = _told_agreed(line, sentence, verb, words)
    if agreed is not None:
        return agreed
    status = _status(sentence, verb)
    if status is None or _is_counted(sentence, verb, noun, words):
        return None
    if start is None:
        return _told_by_list(line, sentence, verb, status, words) or _told_visit(line, sentence, verb, status, words)
    whom = line.side_after(start)
    who = line.side_before(verb.place) if _has_own_subject(sentence, verb) else []
    if not _is_side(whom, line, needs_person=lemma in OBJECT_VERBS and noun is None) or not _is_side(
        who, line, needs_person=False
    ):
        return None
    named = {party.actor for party in who if party.actor}
    whom = [party for party in whom if party.actor is None or party.actor not in named]
    if not whom or not is_diplomatic(line.roster, [*who, *whom]):
        return None
    return Told(sentence, verb, noun, tuple(who), tuple(whom), status)


def _told_agreed(line: Line, sentence: Sentence, verb: Token, words: ContactWords) -> Told | None:
    """ "X and Y agreed to meet in May", "both sides agreed to hold the next talks in Z": a contact planned by both."""
    if verb.bare_relation != "xcomp" or verb.place == 0 or sentence.tokens[verb.place - 1].text.lower() != "to":
        return None
    head, lemma = sentence.tokens[verb.head], verb_lemma(verb)
    noun = _contact_noun(sentence, verb, words) if lemma in LIGHT_VERBS else None
    if head.lemma.lower() not in AGREEING or _status(sentence, head) != "happened" or not (noun or lemma == "meet"):
        return None
    link = line.link_after((noun or verb).place, "with")
    who = line.side_before(head.place)
    named = {party.actor for party in who}
    whom = [party for party in line.side_after(link + 1) if party.actor not in named] if link is not None else []
    if not _is_side(who, line, needs_person=False) or len(who) + len(whom) < 2:
        return None
    return Told(sentence, verb, noun, tuple(who), tuple(whom), "planned") if is_diplomatic(
        line.roster, [*who, *whom]) else None


def _told_by_list(line: Line, sentence: Sentence, verb: Token, status: str, words: ContactWords) -> Told | None:
    """ "X and Y spoke by video link": both sides are the subject; speaking needs a channel, or it may be in public."""
    lemma = verb_lemma(verb)
    has_object = bool(sentence.below(verb.place, "obj"))
    if (
        lemma not in LIST_VERBS
        or not _has_own_subject(sentence, verb)
        or has_object is not (lemma in ("discuss", "review"))
    ):
        return None
    if lemma in SPEAKING and told_channel(sentence, clause_places(sentence, verb.place), words) is None:
        return None
    who = line.side_before(verb.place)
    if len(who) < 2 or not all(_is_side([party], line, needs_person=lemma != "meet") for party in who):
        return None
    if not is_diplomatic(line.roster, who):
        return None
    return Told(sentence, verb, None, tuple(who), (), status)


def _told_visit(line: Line, sentence: Sentence, verb: Token, status: str, words: ContactWords) -> Told | None:
    """ "X made a working visit to Y": the land visited is the other side."""
    lemma = verb_lemma(verb)
    noun = _contact_noun(sentence, verb, words) if lemma in VISIT_VERBS else None
    if lemma in VISIT_VERBS and (noun is None or words.nouns[noun.lemma.lower()].place != "visits"):
        return None
    if lemma not in VISIT_VERBS and lemma not in GOING:
        return None
    link = verb.place if lemma == "visit" else line.link_after((noun or verb).place, "to", "in")
    after = sentence.tokens[link + 1 : link + 4] if link is not None else ()
    land = next((token for token in after if token.upos == "PROPN"), None)
    visited = state_of_place(line.roster, sentence, land) if land else None
    who = line.side_before(verb.place)
    if visited is None or not _is_side(who, line, needs_person=True) or not is_abroad(line.roster, who[0], visited):
        return None
    if not is_diplomatic(line.roster, [*who, visited]):
        return None
    return Told(sentence, verb, noun, tuple(who), (visited,), status)


def _contact_noun(sentence: Sentence, verb: Token, words: ContactWords) -> Token | None:
    for place in range(verb.place + 1, min(len(sentence.tokens), verb.place + NOUN_REACH + 1)):
        token = sentence.tokens[place]
        if token.upos == "VERB":
            return None
        if token.upos == "NOUN" and token.lemma.lower() in words.nouns:
            after = sentence.tokens[place + 1] if place + 1 < len(sentence.tokens) else None
            if after is not None and after.upos == "NOUN" and after.lemma.lower() in words.nouns:
                return after
            return token
    return None


def _has_own_subject(sentence: Sentence, verb: Token) -> bool:
    """Whether somebody stands as its subject on the line: no infinitive and no participle that hangs on a noun."""
    return not ((verb.has("VerbForm=Ger") and verb.bare_relation in ("acl", "advcl")) or verb.bare_relation == "amod")


def _status(sentence: Sentence, verb: Token) -> str | None:
    """happened or planned; None for infinitives, denials and what only may be."""
    helpers = [*sentence.below(verb.place, "aux", "aux:pass", "advmod", "mark", "cop")]
    near = sentence.tokens[max(0, verb.place - 3) : verb.place]
    forms = {token.text.lower() for token in helpers} | {
        token.text.lower() for token in near if token.upos in ("AUX", "PART")
    }
    if (
        forms & DENIALS
        or forms & MAYBE
        or verb.relation.endswith(":pass")
        or any(one.relation == "aux:pass" for one in helpers)
    ):
        return None
    if verb.place and sentence.tokens[verb.place - 1].text.lower() == "to":
        return None
    if forms & AHEAD:
        return "planned"
    return (
        "happened"
        if verb.has("Tense=Past")
        or forms & {"has", "have", "had"}
        or verb.text.lower().endswith(("ed", "met", "oke", "eld"))
        else None
    )


def _is_counted(sentence: Sentence, verb: Token, noun: Token | None, words: ContactWords) -> bool:
    if noun is not None and (count := count_before(sentence, noun, words)) is not None and not count.is_ordinal:
        return True
    for token in sentence.below(verb.place):
        if token.text.lower() in words.times and token.place > verb.place and token.text.lower() != "once":
            return True
        if token.lemma.lower() in ("time", "occasion") and count_before(sentence, token, words) is not None:
            return True
    return False


def _is_side(parties: list[Party], line: Line, needs_person: bool) -> bool:
    """Whether somebody is on that side; for verbs with an object, somebody who can be met ("met the target" is
    none).
    """
    if not parties:
        return False
    kinds = [line.roster.actor_by_id[party.actor].kind for party in parties if party.actor in line.roster.actor_by_id]
    if needs_person:
        return any(kind in ("person", "unnamed") for kind in kinds) or any(
            party.how == "side.name" for party in parties
        )
    return bool(kinds) or any(party.how in ("side.name", "side.words") for party in parties)


def _event_of(events: list[Event], told: Told) -> int | None:
    """The CONSULT event that tells the same contact by the same word; None where there is none."""
    for number, event in enumerate(events):
        if event.type != "CONSULT" or not told.sentence.span.covers(event.evidence.span):
            continue
        lemmas = (event.predicate or "").split()
        if (
            event.evidence.span.overlaps(told.carrier.span)
            and lemmas
            and {told.carrier.lemma, told.verb.lemma} & set(lemmas)
        ):
            return number
    return None


def _completed(roster: Roster, event: Event, told: Told) -> Event:
    """An event with the sides read off the line, where those name more people than the tree gave it."""
    if not told.whom and verb_lemma(told.verb) in MATTERS and not _has_with(told, event):
        return msgspec.structs.replace(event, who=told.who, whom=())  # "discussed Chad and Mali": they are the matter
    before = [*event.who, *event.whom]
    sides = (*told.who, *told.whom)
    fewer = _named(sides) < _named(before) and _people(roster, sides) < _people(roster, before)
    if fewer or len(sides) < 2:
        return event
    kept = [
        party
        for party in before
        if party.span is not None
        and not any(side.span and side.span.overlaps(party.span) for side in sides)
        and party.actor is not None
        and all(party.actor != side.actor for side in sides)
        and _is_person(roster, party)
    ]
    span = covering([event.evidence.span, told.span])
    if not told.sentence.span.covers(span):
        span = event.evidence.span
    evidence = evidence_for(
        event.evidence.report,
        roster.reading.report.text,
        span,
        event.evidence.rule,
        event.evidence.reason + "; sides read off the line",
        event.evidence.confidence,
        event.evidence.also,
    )
    who = (*told.who, *(party for party in kept if party in event.who))
    whom = (*told.whom, *(party for party in kept if party in event.whom))
    when, when_words = (event.when, event.when_words) if event.when else time_of(roster, told)
    return msgspec.structs.replace(event, evidence=evidence, who=who, whom=whom, when=when, when_words=when_words)


def _has_with(told: Told, event: Event) -> bool:
    """Whether the other side stands behind "with": "discussed the border with Chad"."""
    places = {party.span.start for party in event.whom if party.span}
    return any(
        token.text.lower() == "with" and any(token.stop <= start <= token.stop + 12 for start in places)
        for token in told.sentence.tokens[told.verb.place :]
    )


def _named(parties: Sequence[Party]) -> int:
    return sum(party.actor is not None for party in parties)


def _people(roster: Roster, parties: Sequence[Party]) -> int:
    return sum(1 + _is_person(roster, party) + (party.how == "side.name") for party in parties)


def _is_person(roster: Roster, party: Party) -> bool:
    actor = roster.actor_by_id.get(party.actor or "")
    return actor is not None and actor.kind == "person"


def _new_event(roster: Roster, told: Told, statements: Sequence[Statement], rules: Rules, words: ContactWords) -> Event:
    report = roster.reading.report
    channel = channel_of(told.sentence, told.verb.place, words, told.noun.place if told.noun else None)
    noun_place = words.nouns[told.noun.lemma.lower()].place if told.noun else None
    is_visit = verb_lemma(told.verb) in HOSTS | GOING or noun_place == "visits"
    mode = "phone" if channel in ("phone", "video", "letter") else "visit" if is_visit else None
    coded = Coded("CONSULT", mode)
    when, when_words = time_of(roster, told)
    confidence = 0.85 if all(party.actor for party in (*told.who, *told.whom)) else 0.7
    carrier = "” + “".join(token.text for token in (told.verb, told.noun) if token is not None)
    evidence = evidence_for(
        report.id, report.text, told.span, "contact.told", f"“{carrier}” between two sides; {told.status}", confidence
    )
    return Event(
        finding_id("ev", report.id, told.span, "CONSULT", mode, told.verb.place),
        evidence,
        "CONSULT",
        mode,
        CONTEXTS,
        told.who,
        told.whom,
        told.status,
        False,
        True,
        asserted_by(statements, told.carrier.span),
        rules.ontology.cameo_of(coded, CONTEXTS, told.status),
        None,
        None,
        when,
        when_words,
        " ".join(token.lemma for token in (told.verb, told.noun) if token is not None),
    )


def time_of(roster: Roster, told: Told) -> tuple[Period | None, Span | None]:
    """The days of a contact and the words that name them: the time nearest to its verb, not across another verb."""
    tense = "future" if told.status == "planned" else "past"
    nearest, best = 99, None
    for one in roster.reading.times:
        if one.sentence != told.sentence.number or one.kind == "recurrence":
            continue
        distance = _words_between(told, one.span)
        if distance is not None and distance < nearest:
            nearest, best = distance, one
    if best is None:
        return None, None
    return anchored(best, report_days(roster), tense), best.span


def _words_between(told: Told, span: Span) -> int | None:
    """How many words lie between the verb and a time; None where another verb lies there, or the time is inside a
    side's words.
    """
    if any(party.span and party.span.covers(span) for party in (*told.who, *told.whom)):
        return None
    between = [
        token
        for token in told.sentence.tokens
        if min(told.verb.stop, span.stop) <= token.start < max(told.verb.start, span.start)
    ]
    if any(
        token.upos == "VERB" and token.place not in (told.verb.place,) and not _in_side(told, token)
        for token in between
    ):
        return None
    return len(between)


def _in_side(told: Told, token: Token) -> bool:
    return any(party.span and party.span.covers(token.span) for party in (*told.who, *told.whom))
