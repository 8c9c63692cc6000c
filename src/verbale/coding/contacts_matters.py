"""The agenda of a contact: what its own clause brings in, and what its people are told to have discussed after it."""

from collections.abc import Sequence

from verbale.coding.contacts_parties import parties_at
from verbale.coding.contacts_scene import Scene, Telling
from verbale.coding.topics import agenda_in
from verbale.coding.topics_agenda import Item
from verbale.model.findings import Party
from verbale.model.reading import Sentence

FOLLOWING = 4  # sentences: in 40 releases read, what was discussed stood within the four after the meeting was told


def agenda_of(
    scene: Scene, tellings: Sequence[Telling], parties: Sequence[Party], contacts_in_report: int
) -> tuple[str, ...]:
    """Topic ids in the order told: of the sentences that tell the contact, and of those after in which its people
    discuss.
    """
    people = {party.actor for party in parties if party.actor}
    own = {telling.sentence.number for telling in tellings}
    last = max(own)
    found: list[str] = []
    for sentence in scene.roster.reading.sentences:
        if sentence.number in own:
            mine = contacts_in_report == 1 or _only_telling(scene, sentence, tellings)
            found += [
                hit.topic
                for item, hit in agenda_in(scene.roster, sentence)
                if mine or _belongs(scene, sentence, item, people)
            ]
        elif min(own) < sentence.number <= last + FOLLOWING:
            found += [
                hit.topic
                for item, hit in agenda_in(scene.roster, sentence)
                if item.who and _belongs(scene, sentence, item, people)
            ]
    return tuple(dict.fromkeys(found))


def _only_telling(scene: Scene, sentence: Sentence, tellings: Sequence[Telling]) -> bool:
    return all(telling.sentence.number == sentence.number for telling in tellings)


def _belongs(scene: Scene, sentence: Sentence, item: Item, people: set[str]) -> bool:
    """Whether those who discuss are people of the contact; unnamed ones ("the two") count as theirs."""
    who = parties_at(scene.roster, sentence, item.who)
    return all(party.actor is None or party.actor in people for party in who)
