"""Trips: contacts of one traveller in one country within a few days belong to one journey."""

from datetime import timedelta

import msgspec

from verbale.coding.events_parties import states_by_code
from verbale.model.findings import Contact
from verbale.model.ids import content_id
from verbale.model.roster import Roster
from verbale.model.when import Period

TRAVELLED = ("state", "official", "working", "private", "transit")
LONGEST_TRIP_DAYS = 10  # of the visits in the reference list of foreign leaders' visits few last longer


def with_trips(roster: Roster, contacts: list[Contact]) -> list[Contact]:
    """The contacts, those of one journey with one trip id: a guest, the host's state, days that lie close.

    A journey needs a visit or two contacts; one meeting alone is no trip. A contact told after a visit, with people of
    the land visited and no place of its own, took place there.
    """
    placed = _placed(roster, contacts)
    journeys: dict[tuple[str, str], list[int]] = {}
    for number, contact in enumerate(placed):
        for guest in guests(roster, contact):
            journeys.setdefault((guest, contact.host or ""), []).append(number)
    trips: dict[int, str] = {}
    for (guest, host), numbers in journeys.items():
        for together in _close(placed, numbers):
            first = placed[together[0]]
            if len(together) > 1 or first.visit in TRAVELLED:
                trip = content_id("tr", first.evidence.report, guest, host, together[0])
                for number in together:
                    trips.setdefault(number, trip)
    return [msgspec.structs.replace(contact, trip=trips.get(number)) for number, contact in enumerate(placed)]


def _placed(roster: Roster, contacts: list[Contact]) -> list[Contact]:
    """Contacts without a place get the host of the visit before them, where the other side are people of that land."""
    homes = {state.id: country for country, state in states_by_code().items()}
    visits: dict[str, Contact] = {}
    found: list[Contact] = []
    for contact in contacts:
        people = [
            actor for party in contact.parties if (actor := roster.actor_by_id.get(party.actor or "")) is not None
        ]
        if contact.host is None and contact.channel == "in person":
            for guest in people:
                visit = visits.get(guest.id)
                if visit is None or visit.status != contact.status or not _are_close(visit.when, contact.when):
                    continue
                if any(actor is not guest and actor.country == homes.get(visit.host or "") for actor in people):
                    contact = msgspec.structs.replace(contact, host=visit.host)
                    break
        if contact.host is not None and any(actor.kind != "person" for actor in people):
            visits |= {actor.id: contact for actor in people if actor.kind == "person"}
        found.append(contact)
    return found


def guests(roster: Roster, contact: Contact) -> list[str]:
    """The parties that came from abroad, where the host is known and the contact was, or shall be, in person."""
    if contact.host is None or contact.channel != "in person" or contact.status in ("cancelled", "denied"):
        return []
    states = {state.id: country for country, state in states_by_code().items()}
    home = states.get(contact.host)
    found = []
    for party in contact.parties:
        actor = roster.actor_by_id.get(party.actor or "")
        if actor is not None and actor.kind in ("person", "unnamed") and actor.country and actor.country != home:
            found.append(actor.id)
    return found


def _close(contacts: list[Contact], numbers: list[int]) -> list[list[int]]:
    """Contacts in groups whose days lie within one journey of each other; unknown days go with their neighbour."""
    groups: list[list[int]] = []
    for number in numbers:
        last = groups[-1] if groups else None
        if (
            last is not None
            and contacts[last[-1]].status == contacts[number].status
            and _are_close(contacts[last[-1]].when, contacts[number].when)
        ):
            last.append(number)
        else:
            groups.append([number])
    return groups


def _are_close(one: Period | None, other: Period | None) -> bool:
    if one is None or other is None or one.since is None or other.since is None:
        return True
    return abs(one.since - other.since) <= timedelta(days=LONGEST_TRIP_DAYS)
