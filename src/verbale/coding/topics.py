"""Topics: what was spoken of, whether it was on the agenda, and who raised it."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec

from verbale.coding.contacts_parties import parties_at
from verbale.coding.topics_agenda import Item, agenda_items
from verbale.coding.topics_lexicon import TopicWords, topic_words
from verbale.model.evidence import evidence_for
from verbale.model.findings import Event, Party, Statement, TopicFound, finding_id
from verbale.model.reading import Sentence, Token
from verbale.model.roster import Mention, Roster
from verbale.model.span import Span

Told = TypeVar("Told", Statement, Event)

LAND_KINDS = ("place", "state", "territory")
REGION_IDS = "pl:"
LONGEST_LABEL_WORDS = 9  # a longer phrase is a clause cut badly; of 200 agenda items read, two real ones were longer
MOST_REGIONS = 5
"""Regions of one state that may be topics of one report; more are a list of where something took place."""
REASONS = {
    "topic.agenda.term": "a term of this topic stands in what was talked about",
    "topic.agenda.place": "a land or sea that was talked about",
    "topic.agenda.words": "what was talked about, in the report's words; no topic of the table has a term in it",
    "topic.term": "a term of this topic",
    "topic.place": "a region, sea or disputed land that the report speaks of",
    "topic.land": "a land that a statement speaks of, and that neither speaks nor acts in this report",
}


class Hit(msgspec.Struct, frozen=True):
    """A topic at a place, before the places of one topic are joined."""

    topic: str
    label: str
    span: Span
    rule: str
    raised_by: Party | None = None

    @property
    def is_agenda(self) -> bool:
        return self.rule.startswith("topic.agenda")


def topics_in(
    roster: Roster, statements: Sequence[Statement] = (), events: Sequence[Event] = (), rules: object = None
) -> list[TopicFound]:
    """The topics of a report, in text order, each once with all its places; on the agenda where any place says so."""
    words = topic_words()
    acting = _acting_lands(roster, statements, events)
    hits: list[Hit] = []
    for sentence in roster.reading.sentences:
        hits += _hits_in(roster, sentence, words, statements, acting)
    return _joined(roster, _without_lists(roster, hits))


def _without_lists(roster: Roster, hits: list[Hit]) -> list[Hit]:
    """Without regions of one state that a report only lists, as the provinces that vote: none of them is its topic."""
    agenda = {hit.topic for hit in hits if hit.is_agenda}
    listed: dict[str, set[str]] = {}
    for hit in hits:
        actor = roster.actor_by_id.get(hit.topic)
        if hit.rule == "topic.place" and hit.topic not in agenda and actor is not None and actor.country:
            listed.setdefault(actor.country, set()).add(hit.topic)
    left_out = {topic for topics in listed.values() if len(topics) > MOST_REGIONS for topic in topics}
    return [hit for hit in hits if hit.topic not in left_out]


def agenda_in(roster: Roster, sentence: Sentence) -> list[tuple[Item, Hit]]:
    """The agenda of one sentence, in text order, with the cue that brings each item in."""
    words = topic_words()
    return [
        (item, hit) for item in agenda_items(sentence, words) for hit in _agenda_hits(roster, sentence, item, words, ())
    ]


def topics_at(spans: Iterable[Span], topics: Iterable[TopicFound]) -> tuple[str, ...]:
    """Ids of the topics that have a place inside one of some stretches of the text, in order of their first places."""
    stretches = list(spans)
    return tuple(
        dict.fromkeys(
            one.topic
            for one in topics
            if any(stretch.covers(place) for place in (one.evidence.span, *one.evidence.also) for stretch in stretches)
        )
    )


def statements_with_topics(statements: Iterable[Statement], topics: Sequence[TopicFound]) -> list[Statement]:
    """Each statement with the topics that stand in its content."""
    return [
        msgspec.structs.replace(one, topics=topics_at(one.content_outer or one.content, topics)) for one in statements
    ]


def events_with_topics(events: Iterable[Event], topics: Sequence[TopicFound]) -> list[Event]:
    """Each event with the topics that stand in its words."""
    return [
        msgspec.structs.replace(one, topics=topics_at((one.evidence.span, *one.evidence.also), topics))
        for one in events
    ]


def _hits_in(
    roster: Roster, sentence: Sentence, words: TopicWords, statements: Sequence[Statement], acting: set[str]
) -> list[Hit]:
    found: list[Hit] = []
    for item in agenda_items(sentence, words):
        found += _agenda_hits(roster, sentence, item, words, statements)
    taken = [hit.span for hit in found]
    for topic, is_strong, span in _terms_in(sentence, words, 0, len(sentence.tokens) - 1):
        if is_strong and not any(span.overlaps(other) and hit.topic == topic for other, hit in zip(taken, found)):
            found.append(Hit(topic, words.labels[topic], span, "topic.term", _speaker_at(statements, span)))
    for mention in roster.mentions_by_sentence.get(sentence.number, ()):
        hit = _mention_hit(roster, mention, words, statements, acting)
        if hit is not None and not any(hit.span.overlaps(other.span) and hit.topic == other.topic for other in found):
            found.append(hit)
    return found


def _agenda_hits(
    roster: Roster, sentence: Sentence, item: Item, words: TopicWords, statements: Sequence[Statement]
) -> list[Hit]:
    tokens = sentence.tokens
    whole = Span(tokens[item.first].start, tokens[item.last].stop)
    text = roster.reading.report.text
    raised_by = _raised_by(roster, sentence, item, statements, whole)
    found = [
        Hit(topic, words.labels[topic], span, "topic.agenda.term", raised_by)
        for topic, _, span in _terms_in(sentence, words, item.first, item.last)
    ]
    lands = [
        mention
        for mention in roster.mentions_by_sentence.get(sentence.number, ())
        if whole.covers(mention.head)
        and _land(roster, mention)
        and not any(hit.span.overlaps(mention.head) for hit in found)
    ]
    found += [
        Hit(*_land_topic(roster, mention, words), mention.head, "topic.agenda.place", raised_by)
        for mention in lands
        if tokens[item.head].span.overlaps(mention.head) or (len(lands) == 1 and not found)
    ]
    is_short = item.last - item.first < LONGEST_LABEL_WORDS
    if not found and is_short and not _is_fragment(tokens[item.head], item, words) and not _is_someone(
        roster, sentence, item
    ):
        label = " ".join(whole.of(text).split())
        found.append(Hit("tp:" + "-".join(label.lower().split()), label, whole, "topic.agenda.words", raised_by))
    return found


def _is_fragment(head: Token, item: Item, words: TopicWords) -> bool:
    """Whether a phrase is too little to be a topic: "efforts", "global efforts", "challenges" with no word of whose."""
    if head.lemma.lower() in words.fragments:
        return item.last <= head.place
    return False


def _is_someone(roster: Roster, sentence: Sentence, item: Item) -> bool:
    """Whether an item is a person or a body, not a matter: "spoke about him"."""
    head = sentence.tokens[item.head]
    return any(
        mention.head.start <= head.start < mention.head.stop
        and mention.kind in ("name", "title", "role", "pronoun", "set", "unnamed")
        for mention in roster.mentions_by_sentence.get(sentence.number, ())
    )


def _terms_in(sentence: Sentence, words: TopicWords, first: int, last: int) -> list[tuple[str, bool, Span]]:
    forms = [token.text.lower().replace("’", "'") for token in sentence.tokens]
    lemmas = [token.lemma.lower() for token in sentence.tokens]
    known = words.first_words
    found, place = [], first
    while place <= last:
        if forms[place] not in known and lemmas[place] not in known:
            place += 1
            continue
        term = words.term_at(forms, lemmas, place)
        if term is None or term[2] - 1 > last:
            place += 1
            continue
        topic, is_strong, after = term
        found.append((topic, is_strong, Span(sentence.tokens[place].start, sentence.tokens[after - 1].stop)))
        place = after
    return found


def _land(roster: Roster, mention: Mention) -> str | None:
    """The id of the land, sea or region that a mention names; None for people, bodies and towns."""
    if len(mention.actors) != 1:
        return None
    actor = roster.actor_by_id.get(mention.actors[0])
    if actor is None or actor.id.startswith("ct:") or mention.kind not in ("place", "name", "capital"):
        return None
    return actor.id if actor.kind in LAND_KINDS and mention.kind != "capital" else None


def _land_topic(roster: Roster, mention: Mention, words: TopicWords) -> tuple[str, str]:
    """Topic id and label of a land: the table's own topic where one has its name, else the land itself."""
    actor = roster.actor_by_id[mention.actors[0]]
    slug = "-".join(actor.name.lower().split())
    return (slug, words.labels[slug]) if slug in words.labels else (actor.id, actor.name)


def _mention_hit(
    roster: Roster, mention: Mention, words: TopicWords, statements: Sequence[Statement], acting: set[str]
) -> Hit | None:
    land = _land(roster, mention)
    if land is None:
        return None
    speaker = _speaker_at(statements, mention.span)
    if land.startswith(REGION_IDS):
        return Hit(*_land_topic(roster, mention, words), mention.head, "topic.place", speaker)
    if land not in acting and speaker is not None:
        return Hit(*_land_topic(roster, mention, words), mention.head, "topic.land", speaker)
    return None


def _acting_lands(roster: Roster, statements: Sequence[Statement], events: Sequence[Event]) -> set[str]:
    """States whose people speak or act in the report: they are parties, not topics."""
    people = [party.actor for one in statements for party in ([one.speaker] if one.speaker else [])]
    people += [party.actor for event in events for party in (*event.who, *event.whom)]
    known = [roster.actor_by_id[actor] for actor in people if actor in roster.actor_by_id]
    countries = {actor.country for actor in known if actor.country}
    return {actor.id for actor in roster.actors if actor.country in countries}


def _raised_by(
    roster: Roster, sentence: Sentence, item: Item, statements: Sequence[Statement], span: Span
) -> Party | None:
    """Who raised it: the one subject of "raised", else the speaker in whose words it stands."""
    if item.is_raised:
        who = parties_at(roster, sentence, item.who)
        if len(who) == 1:
            return who[0]
    return _speaker_at(statements, span)


def _speaker_at(statements: Sequence[Statement], span: Span) -> Party | None:
    holding = [
        one
        for one in statements
        if one.speaker and any(content.covers(span) for content in (*one.content, *one.content_outer))
    ]
    return max(holding, key=lambda one: one.level).speaker if holding else None


def _joined(roster: Roster, hits: list[Hit]) -> list[TopicFound]:
    report = roster.reading.report
    by_topic: dict[str, list[Hit]] = {}
    for hit in hits:
        by_topic.setdefault(hit.topic, []).append(hit)
    found = []
    for topic, places in by_topic.items():
        first = next((hit for hit in places if hit.is_agenda), places[0])
        also = tuple(dict.fromkeys(hit.span for hit in places if hit.span != first.span))
        confidence = 0.85 if first.rule == "topic.agenda.term" else 0.75 if first.is_agenda else 0.7
        evidence = evidence_for(report.id, report.text, first.span, first.rule, REASONS[first.rule], confidence, also)
        role = "agenda" if first.is_agenda else "mentioned"
        raised_by = next((hit.raised_by for hit in (first, *places) if hit.raised_by), None)
        found.append(
            TopicFound(finding_id("to", report.id, first.span, topic), evidence, topic, first.label, raised_by, role)
        )
    return sorted(found, key=lambda one: one.evidence.span)
