"""How a brief of two countries tells a contact, an event, a statement or a count: one line, its words, its source."""

import re
from collections.abc import Callable
from typing import Any

import msgspec

from verbale.model.actor import Actor
from verbale.model.findings import Party
from verbale.record import find, wire
from verbale.record.find import Found
from verbale.record.merge import Happening
from verbale.record.store import Record
from verbale.views import wording
from verbale.views.paper import Line

MOST_NAMED = 6
"""Parties of a contact that are named; of more, the two sides' own come first and the rest are counted."""
LONGEST_WORDS = 70
"""Words of a quotation that a brief shows, around what speaks of the other side."""
CHANNELS = {
    "in person": ("meeting or visit", "meetings and visits"),
    "phone": ("telephone call", "telephone calls"),
    "video": ("video conference", "video conferences"),
    "letter": ("letter", "letters"),
    "unknown": ("contact", "contacts"),
}
JUDGED = {"accept": "confirmed by a person", "correct": "corrected by a person"}


class Sides(msgspec.Struct, frozen=True):
    """The two countries of a brief, by code and name."""

    one: str
    other: str
    one_name: str
    other_name: str


class Lines:
    """Tells findings for a brief on two sides; what it looked up of a report is kept while that report goes on."""

    def __init__(self, record: Record, sides: Sides) -> None:
        self.record, self.sides = record, sides
        self._actors: dict[str, dict[str, Actor]] = {}
        self._labels: dict[str, Callable[[str], str]] = {}
        self._introduced: set[str] = set()

    def contact(self, found: Found, happening: Happening | None = None) -> Line:
        contact = self._read(found)
        assert isinstance(contact, wire.Contact)
        chosen = self._chosen(found, contact.parties)
        left = len(contact.parties) - len(chosen)
        told = msgspec.structs.replace(
            contact,
            parties=chosen,
            when=None,
            agenda=tuple(
                one
                for one in contact.agenda
                if self.label(found, one) not in (self.sides.one_name, self.sides.other_name)
            ),
        )
        name = self._name(found)
        visitor = self._visitor(found, contact)
        if visitor:
            words = f"{name(visitor[0])} {VISITS.get(contact.status, 'visited')} {name(visitor[1])}"
            told = (
                told
                if contact.place is None or name(contact.place) != name(visitor[1])
                else msgspec.structs.replace(told, place=None)
            )
            rest = wording.contact_words(told, name, lambda topic: self.label(found, topic)).split(" · ")[1:]
            words = " · ".join([words, *rest])
        else:
            words = wording.contact_words(told, name, lambda topic: self.label(found, topic))
        if left:
            words = (
                words.replace(" · ", f" (and {left} more) · ", 1) if " · " in words else f"{words} (and {left} more)"
            )
        return self._line(found, words, happening)

    def event(self, found: Found, happening: Happening | None = None) -> Line:
        event = self._read(found)
        assert isinstance(event, wire.Event)
        speaker = find.finding(self.record, event.asserted_by) if event.asserted_by else None
        told = f" · told by {wording.listed(speaker.names('speaker')) or 'nobody named'}" if speaker else ""
        kept = msgspec.structs.replace(
            event,
            who=self._chosen(found, event.who),
            whom=self._chosen(found, event.whom),
            when=None if self._is_one_day(found) else event.when,
        )
        return self._line(found, wording.event_words(kept, self._name(found)) + told, happening)

    def tally(self, found: Found) -> Line:
        tally = self._read(found)
        assert isinstance(tally, wire.Tally)
        return self._line(found, wording.tally_words(tally, self._name(found)), None)

    def statement(self, found: Found, about: str, about_name: str) -> Line:
        statement = self._read(found)
        assert isinstance(statement, wire.Statement)
        words = wording.statement_words(statement, self._introduced_name(found))
        if stance := self.stance_toward(found, about):
            words += f" · {stance} of {about_name}"
        line = self._line(found, words, None)
        return msgspec.structs.replace(line, words=excerpt(line.words, self._names_of(found, about, about_name)))

    def stance_toward(self, found: Found, country: str) -> str | None:
        """The stand that a statement takes on a country or its people; None where it takes none."""
        actors = self.actors(found)
        found_stances = [
            stance["polarity"]
            for stance in found.body.get("stance", ())
            if (actor := actors.get(stance["toward"])) and actor.country == country
        ]
        return next((one for one in found_stances if one != "neutral"), found_stances[0] if found_stances else None)

    def people(self, found: Found) -> str:
        contact = self._read(found)
        parties = contact.parties if isinstance(contact, wire.Contact) else ()
        chosen = self._chosen(found, parties)
        left = len(parties) - len(chosen)
        return wording.listed(map(self._name(found), chosen)) + (f" and {left} more" if left else "")

    def channel(self, channel: str, number: int) -> str:
        return CHANNELS[channel][number != 1]

    def day(self, found: Found) -> str:
        """The day of a finding in words, or its days."""
        return wording.period_words(msgspec.convert({"since": found.since, "until": found.until}, wording.Period)) or (
            "a day not known"
        )

    def when(self, found: Found) -> str:
        """The same as a part of a sentence: "on 29 December 2020", "between ..."."""
        days = self.day(found)
        return f"on {days}" if days[0].isdigit() and self._is_one_day(found) else days

    def label(self, found: Found, topic: str) -> str:
        if found.report not in self._labels:
            findings = self.record.findings(found.report)
            assert findings is not None
            self._labels[found.report] = wording.topic_labels(findings)
        return self._labels[found.report](topic)

    def actors(self, found: Found) -> dict[str, Actor]:
        if found.report not in self._actors:
            self._actors[found.report] = {actor.id: actor for actor in self.record.actors(found.report)}
        return self._actors[found.report]

    def _line(self, found: Found, words: str, happening: Happening | None) -> Line:
        day = f"{found.since}: " if self._is_one_day(found) else f"{self.day(found)}: "
        notes = [JUDGED.get(found.judged or "", ""), *self._told_by(happening)]
        where = ", ".join(filter(None, [found.title, found.published or "day not known", found.url]))
        quotation = wording.one_line(found.words).strip("“”")
        return Line(day + words, excerpt(quotation, ()), ". ".join(filter(None, [*notes, where])), found.id)

    def _told_by(self, happening: Happening | None) -> list[str]:
        """How many tell it, and where they differ: planned and then held, another place, denied."""
        if happening is None or happening.n_reports < 2:
            return []
        copies = f" ({happening.n_copies} of them copies)" if happening.n_copies else ""
        notes = [f"told by {happening.n_reports} reports{copies}, {happening.n_independent} independent"]
        if len(happening.history) > 1:
            notes.append(", then ".join(f"{status} ({day or 'day not known'})" for day, status in happening.history))
        notes += [
            f"reports differ on {what}: {' / '.join(values)}"
            for what, values in happening.differ.items()
            if what not in ("status", "place", "denied")
        ]
        if denied := happening.differ.get("denied"):
            notes.append(f"denied in {', '.join(denied)}")
        return notes

    def _read(self, found: Found) -> wire.Finding:
        return wire.read_finding(found.kind, msgspec.json.encode(found.body).decode())

    def _name(self, found: Found) -> wording.Namer:
        return wording.namer(self.actors(found).values())

    def _introduced_name(self, found: Found) -> wording.Namer:
        """Names, with the office the first time someone speaks."""
        name, actors = self._name(found), self.actors(found)

        def introduced(party: Party) -> str:
            actor = actors.get(party.actor or "")
            if actor is None or not actor.office or actor.id in self._introduced:
                return name(party)
            self._introduced.add(actor.id)
            return f"{name(party)} ({actor.office})"

        return introduced

    def _chosen(self, found: Found, parties: tuple[Party, ...]) -> tuple[Party, ...]:
        """The two sides' own parties where there are many, in the order told."""
        if len(parties) <= MOST_NAMED:
            return parties
        actors = self.actors(found)
        own = [
            party
            for party in parties
            if (actor := actors.get(party.actor or "")) and actor.country in (self.sides.one, self.sides.other)
        ]
        return tuple(own[:MOST_NAMED]) or parties[:MOST_NAMED]

    def _visitor(self, found: Found, contact: wire.Contact) -> tuple[Party, Party] | None:
        """Who went to which state, where a contact names a person of one side and the other state alone."""
        if contact.channel != "in person" or len(contact.parties) != 2:
            return None
        actors = self.actors(found)
        kinds = [(party, actors.get(party.actor or "")) for party in contact.parties]
        people = [party for party, actor in kinds if actor and actor.kind == "person"]
        states = [party for party, actor in kinds if actor and actor.kind == "state"]
        return (people[0], states[0]) if len(people) == len(states) == 1 else None

    def _names_of(self, found: Found, country: str, name: str) -> tuple[str, ...]:
        """Words that a side goes by in a report: its name, its people, and what its statement's stance rests on."""
        actors = self.actors(found)
        stances = [
            stance["words"]
            for stance in found.body.get("stance", ())
            if stance["words"] and (actor := actors.get(stance["toward"])) and actor.country == country
        ]
        people = [actor.name.split()[-1] for actor in actors.values() if actor.country == country]
        return (*stances, name, *people)

    def _is_one_day(self, found: Found) -> bool:
        days = msgspec.convert({"since": found.since, "until": found.until}, wording.Period)
        return days.is_one_day


VISITS = {
    "happened": "visited",
    "ongoing": "is visiting",
    "planned": "is to visit",
    "intended": "intends to visit",
    "postponed": "put off a visit to",
    "cancelled": "called off a visit to",
    "denied": "is said not to have visited",
    "called for": "is asked to visit",
    "hypothetical": "might visit",
    "failed": "failed to visit",
}


def excerpt(words: str, names: tuple[str, ...]) -> str:
    """At most so many words of a quotation, around the first of the names that is in it; cuts are marked."""
    parts = words.split()
    if len(parts) <= LONGEST_WORDS:
        return words
    at = next((found.start() for name in names if name and (found := _place(name, words))), 0)
    before = len(words[:at].split())
    start = max(0, min(before - LONGEST_WORDS // 2, len(parts) - LONGEST_WORDS))
    told = " ".join(parts[start : start + LONGEST_WORDS])
    return ("… " if start else "") + told + (" …" if start + LONGEST_WORDS < len(parts) else "")


def _place(name: str, words: str) -> Any:
    return re.search(re.escape(name), words, re.IGNORECASE)
