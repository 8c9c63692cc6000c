"""Tallies: claimed numbers of contacts ("met three times in the past year"). They never become dated events."""

from collections.abc import Iterable, Iterator

import msgspec

from verbale.coding.contacts_channel import channel_of, noun_phrase, told_channel
from verbale.coding.contacts_counts import Count, bounded, count_before, ordinal_of
from verbale.coding.contacts_lexicon import ContactWords, contact_words
from verbale.coding.contacts_parties import asserted_by, is_named, is_several, parties_at, state_of_place
from verbale.coding.contacts_when import times_in, window_of
from verbale.coding.roles import Roles
from verbale.model.evidence import evidence_for
from verbale.model.findings import Party, Statement, Tally, finding_id
from verbale.model.reading import ROOT, Sentence, Token
from verbale.model.roster import Roster
from verbale.model.span import Span, covering
from verbale.model.when import TimeExpression

LIGHT_VERBS = frozenset(
    (
        "have",
        "hold",
        "conduct",
        "make",
        "exchange",
        "take",
        "participate",
        "attend",
        "share",
        "stage",
        "complete",
        "see",
        "join",
        "arrange",
    )
)
AHEAD = frozenset(("will", "would", "shall", "should", "could", "may", "might", "must", "can", "’ll", "'ll"))
DENIALS = frozenset(("not", "n't", "n’t", "never", "neither", "nor", "no"))
COUNT_REACH = 10  # words from a verb to its count: "spoken with Name Surname by telephone four times" has seven
PARTNERS = ("with", "between", "among", "to", "and")
NO_MEMBERS = frozenset(("include",))
REASONS = {
    "times": "a verb of contact with a number of times",
    "number": "contacts of one kind, counted",
    "ordinal": "the number that this contact has in a row of them",
    "listed": "stands in a list of counted contacts of the same people",
}


class Claim(msgspec.Struct):
    """A count found in a sentence, before it is known whose it is and of what time."""

    rule: str
    verb: int | None
    noun: int | None
    count: Count
    who: list[Party]
    window: TimeExpression | None = None
    is_window_shared: bool = False
    """Whether the window stands with another count of the same list."""

    @property
    def place(self) -> int:
        return self.verb if self.verb is not None else self.noun or 0


def tallies_in(roster: Roster, statements: Iterable[Statement], rules: object = None) -> list[Tally]:
    """Every claimed number of contacts, in text order.

    Needs two parties, named or settled; a count ahead ("will meet twice"), denied, or without number is none.
    """
    words, told = contact_words(), list(statements)
    found: list[Tally] = []
    for sentence in roster.reading.sentences:
        if not _may_count(sentence, words):
            continue
        claims = sorted(_claims(roster, sentence, words), key=lambda claim: claim.place)
        found += [tally for claim in claims if (tally := _tally(roster, sentence, claim, words, told)) is not None]
    return found


def _may_count(sentence: Sentence, words: ContactWords) -> bool:
    """A quick look: a word of contact and a number word, or no tree is walked."""
    forms = {token.text.lower() for token in sentence.tokens}
    has_number = not forms.isdisjoint(words.all_numbers) or any(form[0].isdigit() or "-" in form for form in forms)
    lemmas = {token.lemma for token in sentence.tokens} if has_number else set()
    return not lemmas.isdisjoint(words.verbs) or not lemmas.isdisjoint(words.nouns)


def _claims(roster: Roster, sentence: Sentence, words: ContactWords) -> list[Claim]:
    roles = Roles(sentence)
    found = [claim for token in sentence.tokens for claim in _claims_at(roster, sentence, roles, token, words)]
    found = _each_once(found)
    counted = {claim.verb: claim for claim in found if claim.verb is not None}
    found += [claim for verb in list(counted) for claim in _listed_with(sentence, verb, counted, words)]
    _share(sentence, found)
    return [
        claim for claim in found if len(claim.who) > 1 or any(is_several(roster, sentence, one) for one in claim.who)
    ]


def _claims_at(roster: Roster, sentence: Sentence, roles: Roles, token: Token, words: ContactWords) -> Iterator[Claim]:
    verb, noun, count, rule = _counted(sentence, token, words)
    if count is None:
        return
    ruling = verb if verb is not None else _ruling_verb(sentence, noun)
    if ruling is not None and _is_ahead_or_denied(sentence, ruling):
        return
    who = _who(roster, sentence, roles, verb, noun)
    times = times_in(roster, sentence, _around(sentence, verb, noun))
    window = times[0] if times else None
    if count.is_ordinal and count.value == 1 and window is None:
        return
    yield Claim(rule, verb, noun, count, who, window)


def _counted(sentence: Sentence, token: Token, words: ContactWords) -> tuple[int | None, int | None, Count | None, str]:
    """Verb, noun, count and rule where a word is what is counted, or counts; no count where it does neither."""
    lemma = token.lemma.lower()
    if lemma in ("time", "occasion"):
        verb, noun = _contact_over(sentence, token, words)
        if verb is None and noun is None:
            return None, None, None, ""
        count = count_before(sentence, token, words)
        return verb, noun, count, "ordinal" if count and count.is_ordinal else "times"
    if token.text.lower() in words.times:
        verb, noun = _contact_over(sentence, token, words)
        if verb is None or token.place < verb:
            return None, None, None, ""
        return verb, noun, bounded(sentence, token, words.times[token.text.lower()], token.place, words), "times"
    if token.upos in ("NOUN", "PROPN") and lemma in words.nouns and not _is_event_name(sentence, token):
        count = count_before(sentence, token, words)
        return (
            _light_verb(sentence, token, words),
            token.place,
            count,
            "ordinal" if count and count.is_ordinal else "number",
        )
    ordinal = ordinal_of(token, words)
    if ordinal is not None and (subject := _counted_subject(sentence, token, words)) is not None:
        return None, subject.place, Count(ordinal, "exactly", token.place, token.place, is_ordinal=True), "ordinal"
    return None, None, None, ""


def _contact_over(sentence: Sentence, token: Token, words: ContactWords) -> tuple[int | None, int | None]:
    """The verb of contact that "three times" counts, with its noun ("held talks three times"); None, None for
    others.
    """
    below = [child for child in sentence.below(token.place, "acl") if child.upos in ("VERB", "AUX")]
    above = [sentence.tokens[token.head]] if token.head != ROOT else []
    for verb in (*above, *below):
        if verb.upos not in ("VERB", "AUX"):
            if verb.lemma.lower() in words.nouns and verb.head != ROOT:
                light = _light_verb(sentence, verb, words)
                if light is not None:
                    return light, verb.place
            continue
        if verb.lemma.lower() in words.verbs and not _is_other_sense(sentence, verb, token):
            return verb.place, None
        if verb.lemma.lower() in LIGHT_VERBS:
            for thing in sentence.below(verb.place, "obj", "obl"):
                if thing.lemma.lower() in words.nouns and thing.upos in ("NOUN", "PROPN"):
                    return verb.place, thing.place
    return _contact_on_line(sentence, token, words), None


def _contact_on_line(sentence: Sentence, token: Token, words: ContactWords) -> int | None:
    """The verb of contact right before a count, wherever the tree hung it; None where another verb stands between."""
    for place in range(token.place - 1, max(-1, token.place - COUNT_REACH - 1), -1):
        verb = sentence.tokens[place]
        if verb.upos == "VERB":
            fits = verb.lemma.lower() in words.verbs and not _is_other_sense(sentence, verb, token)
            return place if fits else None
        if verb.text in (",", ";", ":"):
            return None
    return None


def _is_other_sense(sentence: Sentence, verb: Token, counting: Token) -> bool:
    """ "called for", "met the target", "received aid": the object is a thing, or the particle makes another verb."""
    lemma = verb.lemma.lower()
    if lemma == "call":
        return bool(sentence.below(verb.place, "xcomp", "ccomp")) or any(
            child.lemma.lower() in ("for", "on", "off")
            for other in sentence.below(verb.place, "obl", "compound:prt")
            for child in (other, *sentence.below(other.place, "case"))
        )
    if lemma in ("receive", "meet", "welcome", "host", "greet"):
        return any(
            thing.upos == "NOUN" and thing.place != counting.place and not _is_people(sentence, thing)
            for thing in sentence.below(verb.place, "obj")
        )
    return False


PEOPLE_ENDINGS = ("er", "or", "ist", "ent", "ant", "an", "part", "voy", "mat", "ef", "ng", "side", "ial", "ary")


def _is_people(sentence: Sentence, noun: Token) -> bool:
    """Whether a common noun may be someone: it has a name beside it, or an ending of words for people."""
    if sentence.below(noun.place, "appos", "flat"):
        return True
    return noun.lemma.lower().endswith(PEOPLE_ENDINGS)


def _light_verb(sentence: Sentence, noun: Token, words: ContactWords) -> int | None:
    """The verb that has the noun as its contact: "had ... conversations", "taken part in a video conference"."""
    here = noun
    for _ in range(3):
        if here.head == ROOT:
            return None
        above = sentence.tokens[here.head]
        if above.upos == "VERB":
            fits = here.bare_relation in ("obj", "obl", "nmod", "conj") and above.lemma.lower() in LIGHT_VERBS
            return above.place if fits else None
        if here.bare_relation not in ("conj", "nmod") or above.lemma.lower() not in (
            "part",
            *words.nouns,
            "number",
            "total",
            "series",
        ):
            return None
        here = above
    return None


def _is_event_name(sentence: Sentence, noun: Token) -> bool:
    """ "the 14th BRICS Summit", "a Security Council session": a body's own numbering counts no contact of two."""
    return (
        noun.upos == "PROPN"
        or any(token.upos == "PROPN" and token.bare_relation == "compound" for token in sentence.below(noun.place))
        or (
            noun.lemma.lower() == "conference"
            and told_channel(sentence, noun_phrase(sentence, noun.place), contact_words()) != "video"
        )
    )


def _counted_subject(sentence: Sentence, ordinal: Token, words: ContactWords) -> Token | None:
    """The contact that is "their third" or "the fifth between them"."""
    for subject in sentence.below(ordinal.place, "nsubj"):
        if subject.lemma.lower() in words.nouns and sentence.below(ordinal.place, "cop"):
            return subject
    return None


def _ruling_verb(sentence: Sentence, place: int | None) -> int | None:
    """The nearest predicate over a noun: its tense says whether the contact was."""
    if place is None:
        return None
    here = sentence.tokens[place]
    while here.head != ROOT:
        if here.bare_relation in ("nsubj", "obj", "obl") or here.upos == "VERB":
            return here.head if here.upos != "VERB" else here.place
        here = sentence.tokens[here.head]
    return here.place


def _is_ahead_or_denied(sentence: Sentence, verb: int) -> bool:
    token = sentence.tokens[verb]
    helpers = sentence.below(verb, "aux", "cop", "advmod", "det")
    if token.relation == "conj" and not any(child.bare_relation == "aux" for child in helpers) and token.head != ROOT:
        return _is_ahead_or_denied(sentence, token.head) if sentence.tokens[token.head].upos == "VERB" else False
    lemmas = {child.lemma.lower() for child in helpers} | {child.text.lower() for child in helpers}
    if lemmas & (AHEAD | DENIALS):
        return True
    infinitive = any(
        child.lemma.lower() == "to" and child.bare_relation in ("mark", "aux") for child in sentence.below(verb)
    )
    return infinitive and "have" not in lemmas and token.relation in ("xcomp", "advcl", "acl", "ccomp")


def _who(roster: Roster, sentence: Sentence, roles: Roles, verb: int | None, noun: int | None) -> list[Party]:
    """Both sides: subjects, "with" and "between", whose contact it is, and the place visited for its state."""
    places: list[int] = []
    visited: list[Party] = []
    if verb is not None:
        places += roles.subjects(verb)
        places += roles.obliques(verb, *PARTNERS)
        token = sentence.tokens[verb]
        if noun is None and token.lemma.lower() in contact_words().verbs:
            places += roles.objects(verb)
            if contact_words().verbs[token.lemma.lower()].place == "visits":
                visited += _visited(roster, sentence, [*roles.objects(verb), *roles.obliques(verb, "to")])
    if noun is not None:
        places += roles.possessors(noun)
        places += roles.obliques(noun, *PARTNERS, "of", "by")
        places += _owners_of_ordinal(sentence, roles, noun)
        if contact_words().nouns[sentence.tokens[noun].lemma.lower()].place == "visits":
            around = [noun] if verb is None else [noun, verb]
            visited += _visited(roster, sentence, [place for here in around for place in roles.obliques(here, "to")])
    found = parties_at(roster, sentence, dict.fromkeys(places))
    return found + [party for party in visited if not is_named(party, found)]


def _visited(roster: Roster, sentence: Sentence, places: list[int]) -> list[Party]:
    return [
        party for place in places if (party := state_of_place(roster, sentence, sentence.tokens[place])) is not None
    ]


def _owners_of_ordinal(sentence: Sentence, roles: Roles, noun: int) -> list[int]:
    """Whose the predicate's ordinal is: "the meeting was their third", "was the fifth between Chile and Peru"."""
    head = sentence.tokens[noun].head
    if head == ROOT or sentence.tokens[noun].bare_relation != "nsubj":
        return []
    return [*roles.possessors(head), *roles.obliques(head, *PARTNERS)]


def _each_once(claims: list[Claim]) -> list[Claim]:
    """One claim a verb and noun; the better bound of two ("three times" over a bare noun)."""
    found: dict[tuple[int | None, int | None], Claim] = {}
    for claim in claims:
        found.setdefault((claim.verb, claim.noun), claim)
    return list(found.values())


def _chain(sentence: Sentence, verb: int) -> list[int]:
    """The verbs that one list joins, this one among them, by the tree or, where that lost it, along the line."""
    first = _top(sentence, verb)
    by_tree = {
        place
        for place in sentence.subtree(first)
        if sentence.tokens[place].relation == "conj" and _top(sentence, place) == first
    }
    return sorted({first, verb, *by_tree, *_run(sentence, verb)})


def _run(sentence: Sentence, verb: int) -> list[int]:
    """Verbs after a comma or "and", in the same form, without a subject of their own: "met, taken part, had"."""
    found = []
    for step in (1, -1):
        place = verb + step
        begins = step < 0 and _begins_member(sentence, verb)
        while 0 <= place < len(sentence.tokens):
            token = sentence.tokens[place]
            if token.text in (";", ":", "“", "”") or (token.relation.startswith("nsubj") and token.head != verb):
                break
            if token.upos == "VERB" and token.lemma.lower() not in NO_MEMBERS:
                if not (_begins_member(sentence, place) if step > 0 else begins):
                    break
                found.append(place)
                begins = step < 0 and _begins_member(sentence, place)
            place += step
    return found


def _begins_member(sentence: Sentence, place: int) -> bool:
    """Whether a verb stands right after a comma or "and", as a member of a list does."""
    before = sentence.tokens[place - 1].text.lower() if place else ""
    return before in (",", "and") and sentence.tokens[place].has("Tense=Past")


def _top(sentence: Sentence, place: int) -> int:
    token = sentence.tokens[place]
    while token.relation == "conj" and token.head != ROOT:
        place, token = token.head, sentence.tokens[token.head]
    return place


def _listed_with(sentence: Sentence, verb: int, counted: dict[int, Claim], words: ContactWords) -> list[Claim]:
    """ "taken part in a video conference", in one list with "met three times": one contact, of the same people."""
    found = []
    for other in _chain(sentence, verb):
        token = sentence.tokens[other]
        if (
            other in counted
            or token.upos != "VERB"
            or token.lemma.lower() not in LIGHT_VERBS | {"speak", "talk", "meet"}
        ):
            continue
        noun = next(
            (place for place in sentence.subtree(other) if _is_one_contact(sentence, place, other, words)), None
        )
        if noun is None or _is_ahead_or_denied(sentence, other):
            continue
        counted[other] = Claim("listed", other, noun, Count(1, "exactly", noun, noun), [])
        found.append(counted[other])
    return found


def _is_one_contact(sentence: Sentence, place: int, verb: int, words: ContactWords) -> bool:
    token = sentence.tokens[place]
    if token.upos not in ("NOUN", "PROPN") or token.lemma.lower() not in words.nouns:
        return False
    if not any(child.lemma.lower() == "a" or child.lemma.lower() == "an" for child in sentence.below(place, "det")):
        return False
    return _light_verb(sentence, token, words) == verb


def _share(sentence: Sentence, claims: list[Claim]) -> None:
    """Claims of one list of verbs share their people and their time: the subject stands once, the window once."""
    for claim in claims:
        if claim.verb is None:
            continue
        chain = set(_chain(sentence, claim.verb))
        kin = [other for other in claims if other is not claim and other.verb in chain]
        for other in sorted(kin, key=lambda one: -len(one.who)):
            if len(claim.who) < 2 and len(other.who) > 1:
                claim.who = other.who
            if claim.window is None and other.window is not None:
                claim.window, claim.is_window_shared = other.window, True


def _around(sentence: Sentence, verb: int | None, noun: int | None) -> Span:
    """The letters of the clause in which a window counts: without what hangs on it in a list."""
    place = verb if verb is not None else _clause_head(sentence, noun or 0)
    later = {
        under
        for child in sentence.below(place, "conj", "parataxis", "ccomp")
        for under in sentence.subtree(child.place)
    }
    places = [under for under in sentence.subtree(place) if under not in later]
    return covering([sentence.tokens[under].span for under in places])


def _clause_head(sentence: Sentence, noun: int) -> int:
    token = sentence.tokens[noun]
    return token.head if token.bare_relation in ("nsubj", "obj", "obl") and token.head != ROOT else noun


def _tally(
    roster: Roster, sentence: Sentence, claim: Claim, words: ContactWords, statements: list[Statement]
) -> Tally | None:
    report = roster.reading.report
    places = [
        claim.count.first,
        claim.count.last,
        *([claim.verb] if claim.verb is not None else []),
        *([claim.noun] if claim.noun is not None else []),
    ]
    spans = [sentence.tokens[place].span for place in places]
    own_window = None if claim.is_window_shared else claim.window
    if own_window is not None and not _is_near(own_window.span, covering(spans), report.text):
        own_window = None
    span = covering([*spans, *([own_window.span] if own_window else [])])
    who: list[Party] = []
    for party in claim.who:
        if not is_named(party, who):
            who.append(party)
    channel = channel_of(sentence, claim.place, words, claim.noun)
    confidence = 0.9 if all(party.certainty == "high" for party in who) else 0.7
    evidence = evidence_for(report.id, report.text, span, f"tally.{claim.rule}", REASONS[claim.rule], confidence)
    period = window_of(roster, claim.window) if claim.window else None
    words_of_window = claim.window.span.of(report.text) if claim.window else None
    return Tally(
        finding_id("ta", report.id, span, channel, claim.count.value),
        evidence,
        tuple(who),
        channel,
        claim.count.value,
        claim.count.bound,
        period,
        words_of_window,
        asserted_by(statements, span),
    )


def _is_near(window: Span, core: Span, text: str) -> bool:
    """Whether a window stands in or right beside the words of a count, so that the evidence may take it in."""
    if window.overlaps(core):
        return True
    between = text[core.stop : window.start] if window.start >= core.stop else text[window.stop : core.start]
    return len(between.split()) <= 3
