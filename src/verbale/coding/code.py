"""All that is found in a report, in the order in which one part needs another."""

from verbale.coding.events import EventCoder
from verbale.coding.rules import Rules, load_rules
from verbale.model.findings import Findings
from verbale.model.roster import Roster


def code(roster: Roster, rules: Rules | None = None) -> Findings:
    """Statements, then events (told in them or not), contacts, tallies and topics."""
    rules = rules or load_rules()
    coder = EventCoder(roster, (), rules)
    events = coder.events()
    actors = {actor.id: actor for actor in (*roster.actors, *coder.added.values())}
    return Findings(roster.reading.report.id, roster.window, tuple(actors.values()), events=tuple(events))
