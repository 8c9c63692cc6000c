"""From words in a tree to the parties they name: lists taken apart, pronouns settled, places left out."""

from collections.abc import Iterable

from verbale.model.findings import Party, Statement
from verbale.model.reading import Sentence, Token
from verbale.model.roster import Mention, Roster
from verbale.model.span import Span

NO_PARTY_KINDS = ("place",)
OFFICE_ENDINGS = (
    "leader",
    "minister",
    "president",
    "diplomat",
    "envoy",
    "official",
    "ambassador",
    "secretary",
    "chief",
    "counterpart",
)
PLURAL_PRONOUNS = frozenset(("they", "them", "their", "both", "we", "us", "our"))


def parties_at(roster: Roster, sentence: Sentence, places: Iterable[int]) -> list[Party]:
    """The parties that words of a sentence name, each actor once, in text order; a place is no party."""
    found: list[Party] = []
    for place in places:
        for party in parties_of(roster, sentence, sentence.tokens[place]):
            if not is_named(party, found):
                found.append(party)
    return found


def is_named(party: Party, among: Iterable[Party]) -> bool:
    """Whether an actor stands in a list already; one that we cannot tell, by its words."""
    if party.actor is None:
        return any(other.words == party.words for other in among)
    return any(other.actor == party.actor for other in among)


def parties_of(roster: Roster, sentence: Sentence, token: Token) -> list[Party]:
    """The parties that one head word names; a set ("the two presidents") names several."""
    mention = mention_of(roster, sentence, token)
    if mention is not None:
        if mention.kind in NO_PARTY_KINDS:
            return []
        words = mention.span.of(roster.reading.report.text)
        if mention.actors:
            return [Party(actor, words, mention.span, mention.how, mention.certainty) for actor in mention.actors]
        settled = pair_before(roster, sentence, token) if token.text.lower() in PLURAL_PRONOUNS else []
        return settled or [
            Party(None, words, mention.span, mention.how, "low", tuple(one.actor for one in mention.candidates))
        ]
    if token.text.lower() in PLURAL_PRONOUNS:
        return pair_before(roster, sentence, token)
    return _unnamed(roster, sentence, token)


def _unnamed(roster: Roster, sentence: Sentence, token: Token) -> list[Party]:
    """Several people of an office whom no table names ("the two foreign ministers"), by their words alone."""
    if token.upos != "NOUN" or not token.has("Number=Plur") or not token.lemma.lower().endswith(OFFICE_ENDINGS):
        return []
    first = min([token.place, *(child.place for child in sentence.below(token.place) if child.place < token.place)])
    span = Span(sentence.tokens[first].start, token.stop)
    return [Party(None, span.of(roster.reading.report.text), span, "phrase", "low")]


def is_several(roster: Roster, sentence: Sentence, party: Party) -> bool:
    """Whether words that we cannot settle name more than one ("the two presidents")."""
    if party.actor is not None or party.span is None:
        return False
    head = sentence.head_of(party.span)
    return head is not None and (head.has("Number=Plur") or head.text.lower() in PLURAL_PRONOUNS)


def state_of_place(roster: Roster, sentence: Sentence, token: Token) -> Party | None:
    """The state whose place is visited: Russia for "Moscow"; by words alone where the report's actors hold no such
    state.
    """
    mention = mention_of(roster, sentence, token)
    if mention is None or not mention.actors:
        return None
    words = mention.span.of(roster.reading.report.text)
    here = roster.actor_by_id.get(mention.actors[0])
    if here is None or here.kind == "state":
        return Party(mention.actors[0], words, mention.span, "place.visited", mention.certainty)
    states = [
        actor.id for actor in roster.actors if actor.kind == "state" and actor.country == here.country and here.country
    ]
    return Party(states[0] if states else here.id, words, mention.span, "place.visited", "medium")


def mention_of(roster: Roster, sentence: Sentence, token: Token) -> Mention | None:
    """The mention whose head holds a word; else the shortest mention that holds it."""
    holding = [
        mention
        for mention in roster.mentions_by_sentence.get(sentence.number, ())
        if mention.span.start <= token.start < mention.span.stop
    ]
    heads = [mention for mention in holding if mention.head.start <= token.start < mention.head.stop]
    return min(heads or holding, key=lambda mention: len(mention.span), default=None)


def pair_before(roster: Roster, sentence: Sentence, token: Token) -> list[Party]:
    """Whom a plural pronoun means where nobody settled it: the people of the nearest clause before that names two
    or more.
    """
    text = roster.reading.report.text
    before = [
        mention for mention in roster.mentions_by_sentence.get(sentence.number, ()) if mention.span.stop <= token.start
    ]
    for mention in reversed(before):
        if len(mention.actors) > 1:
            return [
                Party(actor, mention.span.of(text), mention.span, "plural.set", "medium") for actor in mention.actors
            ]
    joined = _joined(sentence, [mention for mention in before if len(mention.actors) == 1 and mention.kind != "place"])
    found: list[Party] = []
    for mention in joined:
        party = Party(mention.actors[0], mention.span.of(text), mention.span, "plural.list", "medium")
        if not is_named(party, found):
            found.append(party)
    return found if len(found) > 1 else []


def _joined(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """The last mentions that one list joins ("Erdogan and his Russian counterpart")."""
    for last in reversed(mentions):
        head = sentence.head_of(last.head)
        if head is None or head.relation != "conj":
            continue
        first = sentence.tokens[head.head]
        members = {first.place, *(token.place for token in sentence.below(first.place, "conj"))}
        found = [
            mention
            for mention in mentions
            if (own := sentence.head_of(mention.head)) is not None and own.place in members
        ]
        if len(found) > 1:
            return found
    return []


def asserted_by(statements: Iterable[Statement], span: Span) -> str | None:
    """The innermost statement whose content holds a place; None for the report's own voice."""
    holding = [one for one in statements if any(content.covers(span) for content in (*one.content, *one.content_outer))]
    return max(holding, key=lambda one: one.level).id if holding else None
