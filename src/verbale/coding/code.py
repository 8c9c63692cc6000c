"""All that is found in a report, in the order in which one part needs another."""

from verbale.coding.contacts import contacts_in
from verbale.coding.contacts_told import with_told_contacts
from verbale.coding.events import EventCoder
from verbale.coding.rules import Rules, load_rules
from verbale.coding.statements import statements_in
from verbale.coding.tallies import tallies_in
from verbale.coding.topics import events_with_topics, statements_with_topics, topics_in
from verbale.model.findings import Findings
from verbale.model.roster import Roster

WIDE_WINDOW_DAYS = 366
"""A report whose day is not known within a year is worth a doubt: offices change hands in less."""


def code(roster: Roster, rules: Rules | None = None) -> Findings:
    """Statements first, as events told in one are asserted by it; then events, contacts, tallies and topics."""
    rules = rules or load_rules()
    statements = statements_in(roster, rules)
    coder = EventCoder(roster, statements, rules)
    events = with_told_contacts(roster, coder.events(), statements, rules)
    contacts = contacts_in(roster, events, statements, rules)
    tallies = tallies_in(roster, statements, rules)
    topics = topics_in(roster, statements, events, rules)
    actors = {actor.id: actor for actor in (*coder.added.values(), *roster.actors)}
    return Findings(
        roster.reading.report.id,
        roster.window,
        tuple(actors.values()),
        tuple(statements_with_topics(statements, topics)),
        tuple(events_with_topics(events, topics)),
        tuple(contacts),
        tuple(tallies),
        tuple(topics),
        doubts_of(roster),
    )


def doubts_of(roster: Roster) -> tuple[str, ...]:
    """What a careful reader should check, in words: letters repaired, offices known from one source, no known day."""
    found = [f"“{one.raw}” is read as “{one.read_as}”: {one.reason}" for one in roster.reading.report.repairs]
    for actor in roster.actors:
        if actor.office and actor.status in ("unverified", "single"):
            found.append(f"{actor.name} as {actor.office}: known from one unconfirmed source")
    window = roster.window
    if window.published is None:
        days = window.period.days
        if days is None or days > WIDE_WINDOW_DAYS:
            found.append(f"the day of publication is not known: {window.why_not or 'nothing in the text names it'}")
    return tuple(dict.fromkeys(found))
