"""Around a contact: where, whose guest, on what occasion, what kind of visit, and what came of it."""

from collections.abc import Sequence

from verbale.coding.contacts_scene import Scene, Telling
from verbale.coding.events_parties import states_by_code
from verbale.model.findings import Event, Party
from verbale.model.reading import Sentence, Token
from verbale.model.span import Span

VENUES = ("in", "at", "near", "outside")
HOSTING = frozenset(("host", "receive", "welcome", "greet", "entertain"))
MARGINS = frozenset(("sideline", "sidelines", "margin", "margins", "fringe", "fringes"))
OCCASION_NOUNS = frozenset(
    (
        "summit",
        "conference",
        "assembly",
        "forum",
        "session",
        "meeting",
        "ministerial",
        "dialogue",
        "ceremony",
        "funeral",
        "inauguration",
        "council",
        "congress",
        "week",
        "talk",
        "gathering",
        "visit",
        "event",
    )
)
RANKED_OUTCOMES = ("signed", "joint statement", "agreed", "no result")
STATEMENT_REACH = 3  # sentences after the contact: further down it is the statement of another
SIGNING = frozenset(("sign", "initial", "signing", "conclude", "seal"))


def place_of(scene: Scene, tellings: Sequence[Telling]) -> Party | None:
    """Where they met, from the event or from a place in its clause; None for calls and where none is told."""
    if any(telling.channel in ("phone", "video", "letter") for telling in tellings):
        return None
    for telling in tellings:
        if telling.event.where is not None:
            return telling.event.where
    for telling in tellings:
        found = _place_in_clause(scene, telling) or _place_on_line(scene, telling)
        if found is not None:
            return found
    return None


def _place_on_line(scene: Scene, telling: Telling) -> Party | None:
    """A place after "in" or "at" that follows the contact before the next verb, wherever the tree hung it."""
    tokens = telling.sentence.tokens
    lands = [
        mention for mention in scene.roster.mentions_by_sentence.get(telling.sentence.number, ()) if mention.actors
    ]
    for here in range(telling.token.place + 1, len(tokens)):
        token = tokens[here]
        if token.upos in ("VERB", "SCONJ") and not any(
            mention.span.start <= token.start < mention.span.stop for mention in lands
        ):
            return None
        if token.text.lower() not in VENUES:
            continue
        for mention in lands:
            actor = scene.roster.actor_by_id.get(mention.actors[0])
            gap = scene.text[token.stop : mention.span.start].strip().lower()
            if (
                mention.span.start > token.start
                and gap in ("", "the")
                and actor
                and actor.kind in ("place", "state", "territory")
            ):
                return Party(actor.id, mention.span.of(scene.text), mention.span, mention.how, mention.certainty)
    return None


def _place_in_clause(scene: Scene, telling: Telling) -> Party | None:
    sentence = telling.sentence
    for mention in scene.roster.mentions_by_sentence.get(sentence.number, ()):
        head = sentence.head_of(mention.span)
        if head is None or head.place not in telling.places or not mention.actors:
            continue
        actor = scene.roster.actor_by_id.get(mention.actors[0])
        if actor is None or actor.kind not in ("place", "state", "territory"):
            continue
        is_goal = telling.event.mode == "visit" and head.head == telling.token.place and head.bare_relation == "obj"
        cases = {token.lemma.lower() for token in sentence.below(head.place, "case")}
        if cases & set(VENUES) or is_goal or (telling.event.mode == "visit" and "to" in cases):
            return Party(actor.id, mention.span.of(scene.text), mention.span, mention.how, mention.certainty)
    return None


def host_of(
    scene: Scene, tellings: Sequence[Telling], parties: Sequence[Party], place: Party | None, channel: str
) -> str | None:
    """The state that received them: of the place, else of whoever "hosted" or "received"; None for calls."""
    if channel in ("phone", "video", "letter"):
        return None
    country = None
    here = scene.roster.actor_by_id.get(place.actor) if place and place.actor else None
    if here is not None:
        country = here.country
    if country is None:
        for telling in tellings:
            if telling.token.lemma.lower() in HOSTING and telling.event.who and telling.event.who[0].actor:
                receiver = scene.roster.actor_by_id.get(telling.event.who[0].actor)
                country = receiver.country if receiver else None
    state = states_by_code().get(country or "")
    return state.id if state else None


def visit_of(scene: Scene, tellings: Sequence[Telling]) -> str | None:
    """The kind of visit that its clause names: state, official, working ... summit margin; None where none is told."""
    for telling in tellings:
        forms = [token.text.lower() for token in _clause_tokens(telling)]
        lemmas = [token.lemma.lower() for token in _clause_tokens(telling)]
        found = scene.words.phrase_in("visit", forms) or scene.words.phrase_in("visit", lemmas)
        if found:
            return found
        if telling.event.mode == "multilateral":
            return "multilateral"
    return None


def _clause_tokens(telling: Telling) -> list[Token]:
    """The clause of a contact in text order, with the phrases that hang on its verb."""
    sentence = telling.sentence
    own = set(telling.places)
    above = telling.token
    if above.upos not in ("VERB", "AUX") and above.head >= 0 and sentence.tokens[above.head].upos == "VERB":
        own.add(above.head)
        for child in sentence.below(above.head, "obl", "obj", "nsubj"):
            own |= set(sentence.subtree(child.place))
    for child in sentence.below(above.place, "obl", "obj", "nmod"):
        own |= set(sentence.subtree(child.place))
    return [sentence.tokens[place] for place in sorted(own)]


def occasion_of(scene: Scene, tellings: Sequence[Telling]) -> str | None:
    """The occasion in its words: what they met on the sidelines of, else the gathering at which they met; None
    where none is told.
    """
    for telling in tellings:
        tokens = _clause_tokens(telling)
        for token in tokens:
            if token.lemma.lower() in MARGINS:
                for inner in telling.sentence.below(token.place, "nmod"):
                    return _phrase(scene, telling.sentence, inner)
        for token in tokens:
            if (
                token.lemma.lower() in OCCASION_NOUNS
                and token.place != telling.token.place
                and _is_at(telling.sentence, token)
            ):
                return _phrase(scene, telling.sentence, token)
    return None


def _is_at(sentence: Sentence, token: Token) -> bool:
    """ "at the Munich Security Conference", "during the General Assembly": a gathering with a name or a determiner."""
    cases = {child.lemma.lower() for child in sentence.below(token.place, "case")}
    named = token.upos == "PROPN" or any(
        child.upos == "PROPN" for child in sentence.below(token.place, "compound", "amod", "nmod")
    )
    return bool(cases & {"at", "during"}) and named


def _phrase(scene: Scene, sentence: Sentence, token: Token) -> str:
    """A noun phrase without its preposition, article, clauses and what follows in a list."""
    kept = [token.place]
    for child in sentence.below(token.place):
        if child.bare_relation in ("case", "punct", "acl", "advcl", "conj", "cc", "appos", "parataxis", "det"):
            continue
        cases = {case.lemma.lower() for case in sentence.below(child.place, "case")}
        if child.place > token.place and not cases & {"of", "for", "on"}:
            continue
        kept += sentence.subtree(child.place)
    span = Span(sentence.tokens[min(kept)].start, sentence.tokens[max(kept)].stop)
    return " ".join(span.of(scene.text).split())


def outcome_of(
    scene: Scene, tellings: Sequence[Telling], parties: Sequence[Party], events: Sequence[Event]
) -> str | None:
    """What came of it: agreed, signed, joint statement, no result; None where the report tells nothing of the kind."""
    if all(
        telling.event.status in ("planned", "intended", "called for", "hypothetical", "cancelled", "postponed")
        for telling in tellings
    ):
        return None
    people = {party.actor for party in parties if party.actor}
    found = {_told_outcome(scene, telling) for telling in tellings}
    found |= {_event_outcome(event, people) for event in events}
    found.add(_statement_after(scene, tellings))
    return next((outcome for outcome in RANKED_OUTCOMES if outcome in found), None)


def _event_outcome(event: Event, people: set[str]) -> str | None:
    """What an event says came of the contact of some people: they signed, they agreed; None for events of others."""
    who = {party.actor for party in (*event.who, *event.whom) if party.actor}
    if event.status != "happened" or event.background or len(who & people) < 2 or not who <= people:
        return None
    if SIGNING & set((event.predicate or "").split()):
        return "signed"
    return "agreed" if event.type == "AGREE" else None


def _statement_after(scene: Scene, tellings: Sequence[Telling]) -> str | None:
    """ "a joint statement", where one is told in the sentence of the contact or in one of the next."""
    first = min(telling.sentence.number for telling in tellings)
    near = [one for one in scene.roster.reading.sentences if first <= one.number <= first + STATEMENT_REACH]
    said = {scene.words.phrase_in("outcome", [token.text.lower() for token in sentence.tokens]) for sentence in near}
    return "joint statement" if "joint statement" in said else None


def _told_outcome(scene: Scene, telling: Telling) -> str | None:
    """An outcome that the clause of the contact names itself: "talks ended without agreement"."""
    sentence = telling.sentence
    span = (
        sentence.subtree(telling.token.head)
        if telling.token.head >= 0 and telling.token.upos == "NOUN"
        else telling.places
    )
    forms = [sentence.tokens[place].text.lower() for place in span]
    found = scene.words.phrase_in("outcome", forms)
    if found in ("agreed", "signed"):  # a verb of its own: the AGREE event knows its parties better
        return None
    return found
