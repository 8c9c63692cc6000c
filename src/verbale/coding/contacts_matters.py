"""The agenda of a contact: what its own clause brings in, and what its people are told to have discussed after it."""

from collections.abc import Sequence

from verbale.coding.contacts_parties import parties_at
from verbale.coding.contacts_scene import Scene, Telling
from verbale.coding.topics import agenda_in
from verbale.coding.topics_agenda import Item
from verbale.model.findings import Party
from verbale.model.reading import Sentence
from verbale.model.span import Span

HELD = ("happened", "ongoing")
FOLLOWING = 4  # sentences: in 40 releases read, what was discussed stood within the four after the meeting was told


def agenda_of(
    scene: Scene, tellings: Sequence[Telling], parties: Sequence[Party], others: Sequence[Span]
) -> tuple[str, ...]:
    """Topic ids in the order told: of the sentences that tell the contact, and of those after where its people discuss.

    `others` are the places of the report's other contacts that were held: what unnamed people discussed belongs to the
    contact told last, and inside one sentence to the first.
    """
    people = {party.actor for party in parties if party.actor}
    places = [span for telling in tellings for span in (telling.event.evidence.span, *telling.event.evidence.also)]
    own = {sentence.number for span in places if (sentence := scene.roster.reading.sentence_at(span.start)) is not None}
    is_held = tellings[0].event.status in HELD
    found: list[str] = []
    for sentence in scene.roster.reading.sentences:
        items = agenda_in(scene.roster, sentence) if min(own) <= sentence.number <= max(own) + FOLLOWING else []
        if sentence.number in own:
            is_ours = _is_first(sentence, places, others)
            found += [hit.topic for item, hit in items if _belongs(scene, sentence, item, people, is_ours)]
        else:
            is_ours = is_held and _is_last_told(sentence, places, others)
            found += [hit.topic for item, hit in items if item.who and _belongs(scene, sentence, item, people, is_ours)]
    return tuple(dict.fromkeys(found))


def _is_first(sentence: Sentence, places: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether no other contact is told earlier in a sentence."""
    mine = min(span.start for span in places if sentence.span.covers(span))
    return not any(sentence.span.covers(span) and span.start < mine for span in others)


def _is_last_told(sentence: Sentence, places: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether no other contact is told between this one and a sentence after it."""
    mine = max((span.start for span in places if span.start < sentence.span.start), default=-1)
    return not any(mine < span.start < sentence.span.start for span in others)


def _belongs(scene: Scene, sentence: Sentence, item: Item, people: set[str], is_ours: bool) -> bool:
    """Whether those who discuss are people of the contact; unnamed ones ("the two") and nobody are where it is ours."""
    who = parties_at(scene.roster, sentence, item.who)
    named = [party for party in who if party.actor is not None]
    return all(party.actor in people for party in named) if named else is_ours
