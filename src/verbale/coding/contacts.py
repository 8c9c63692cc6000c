"""Contacts: CONSULT events told as diplomats keep them - channel, level, host, place, occasion, agenda, outcome,
trip.
"""

from collections.abc import Sequence

import msgspec

from verbale.coding.contacts_circumstances import host_of, occasion_of, outcome_of, place_of, visit_of
from verbale.coding.contacts_level import level_among
from verbale.coding.contacts_lexicon import contact_words
from verbale.coding.contacts_matters import HELD, agenda_of
from verbale.coding.contacts_officials import is_abroad, is_diplomatic
from verbale.coding.contacts_scene import Scene, Telling
from verbale.coding.contacts_when import time_of_noun
from verbale.coding.trips import with_trips
from verbale.model.findings import Contact, Event, Party, Statement, finding_id
from verbale.model.roster import Roster
from verbale.model.span import Span
from verbale.model.when import Period

CODED_AS = "CONSULT"
MEDIATING = frozenset(("mediate", "broker", "arbitrate", "mediation", "arbitration", "facilitate", "intercede"))
CANCELLING = frozenset(("cancel", "scrap", "call", "abort", "scrub"))


class Draft(msgspec.Struct):
    """One contact in the making: the events that tell it, its people, and how each event tells it."""

    tellings: list[Telling]
    parties: list[Party]
    channel: str
    status: str
    when: Period | None

    @property
    def event(self) -> Event:
        return self.tellings[0].event


def contacts_in(
    roster: Roster, events: Sequence[Event], statements: Sequence[Statement] = (), rules: object = None
) -> list[Contact]:
    """The contacts that a report tells, in text order, one for each happening however often it is told.

    A press conference of the same people joins their meeting. Contacts of one journey share a trip.
    """
    scene = Scene(roster, statements, contact_words())
    drafts: list[Draft] = []
    for event in events:
        draft = _draft(scene, event)
        if draft is None:
            continue
        known = next((other for other in reversed(drafts) if _is_same(scene, other, draft)), None)
        if known is None:
            drafts.append(draft)
        else:
            _join(scene, known, draft)
    contacts = [_contact(scene, draft, drafts, events) for draft in drafts]
    return with_trips(roster, contacts)


def _draft(scene: Scene, event: Event) -> Draft | None:
    """A CONSULT event as a contact; None for mediation, and where fewer than two sides are told."""
    status = _status(event)
    parties = scene.parties(event) if status else []
    if status is None or not parties:
        return None
    if len(parties) < 2 and not any(scene.is_several(party) for party in parties):
        return None
    if len(parties) > 1 and not is_diplomatic(scene.roster, parties):
        return None
    if event.mode == "visit" and event.who and event.whom and not is_abroad(scene.roster, event.who[0], event.whom[0]):
        return None
    telling = scene.telling(event)
    if scene.is_match(telling, parties):
        return None
    return Draft([telling], parties, telling.channel, status, event.when)


def _status(event: Event) -> str | None:
    """What became of a contact that an event tells; None where it tells none, or denies it.

    A meeting called off is coded as a refusal to meet; here it stays a contact, cancelled.
    """
    if event.type == "REJECT" and event.mode == "meet" and CANCELLING & set((event.predicate or "").split()):
        return "cancelled" if event.status == "happened" else None
    is_contact = event.type == CODED_AS and event.status != "denied"
    if is_contact and MEDIATING & set((event.predicate or "").split()):
        return None
    return event.status if is_contact else None


def _is_same(scene: Scene, known: Draft, new: Draft) -> bool:
    """Whether two drafts tell one contact: the same people, the same fate, and nothing that speaks against it."""
    later, is_told_on = new.tellings[0], scene.tells_on(new.tellings[0])
    if known.status != new.status and not (is_told_on and new.status in ("hypothetical", "intended", "ongoing")):
        return False
    if not is_told_on and not _can_be_one_channel(known, new):
        return False
    if known.when and new.when and known.when.meets(new.when) is None:
        return False
    if known.event.background != new.event.background and not (known.when and known.when == new.when):
        return False
    if scene.is_within(new.parties, known.parties) and scene.is_within(known.parties, new.parties):
        return True
    few, many = sorted((known.parties, new.parties), key=len)
    if later.is_occasion or known.tellings[0].is_occasion:
        return scene.is_within(few, many)
    return is_told_on and scene.is_within(new.parties, known.parties, may_be_vague=True)


def _can_be_one_channel(known: Draft, new: Draft) -> bool:
    return known.channel == new.channel or "unknown" in (known.channel, new.channel)


def _join(scene: Scene, known: Draft, new: Draft) -> None:
    if not scene.tells_on(new.tellings[0]):
        known.parties += [
            party for party in new.parties if not scene.is_within([party], known.parties, may_be_vague=True)
        ]
        if known.channel == "unknown":
            known.channel = new.channel
    known.tellings += new.tellings
    known.when = known.when or new.when


def _contact(scene: Scene, draft: Draft, drafts: list[Draft], events: Sequence[Event]) -> Contact:
    event = draft.event
    held = [other for other in drafts if other is not draft and other.status in HELD]
    others = [span for other in held for span in (other.event.evidence.span, *_also(other))]
    place = place_of(scene, draft.tellings)
    people = [
        scene.roster.actor_by_id[party.actor] for party in draft.parties if party.actor in scene.roster.actor_by_id
    ]
    visit = visit_of(scene, draft.tellings)
    also = _also(draft)
    evidence = msgspec.structs.replace(event.evidence, also=also)
    channel = "in person" if draft.channel == "unknown" and (place or visit) else draft.channel
    return Contact(
        finding_id("co", event.evidence.report, event.evidence.span, event.id),
        event.id,
        evidence,
        tuple(draft.parties),
        channel,
        visit,
        level_among(people),
        host_of(scene, draft.tellings, draft.parties, place, channel),
        place,
        occasion_of(scene, draft.tellings),
        agenda_of(scene, draft.tellings, draft.parties, others),
        outcome_of(scene, draft.tellings, draft.parties, events),
        draft.status,
        draft.when or _noun_time(scene, draft) or (scene.news_days(event) if draft is drafts[0] else None),
    )


def _noun_time(scene: Scene, draft: Draft) -> Period | None:
    tense = "future" if draft.status in ("planned", "intended", "postponed") else "past"
    for telling in draft.tellings:
        found = time_of_noun(scene.roster, telling.sentence, telling.token, tense)
        if found is not None:
            return found
    return None


def _also(draft: Draft) -> tuple[Span, ...]:
    """The further places that tell the contact, each once, in text order."""
    places = {
        span for telling in draft.tellings for span in (telling.event.evidence.span, *telling.event.evidence.also)
    }
    return tuple(sorted(places - {draft.event.evidence.span}))
