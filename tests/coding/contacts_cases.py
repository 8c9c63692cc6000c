"""Gold cases of contacts, tallies and topics: read and coded all at once, and compared."""

import tomllib
import unicodedata
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import msgspec

from verbale.coding.code import code
from verbale.coding.events_parties import states_by_code
from verbale.language.parser import default_parser
from verbale.model.findings import Contact, Findings, Party, Tally, TopicFound
from verbale.model.report import Report, Segment
from verbale.model.span import Span
from verbale.model.when import DateWindow, Period
from verbale.world.identify import identify
from verbale.world.world import load_world

GOLD = Path(__file__).parents[1] / "gold"


class WantedContact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a contact must say; a field left out is not compared. `when` is one day, else `since` and `until`."""

    parties: tuple[str, ...]
    channel: str | None = None
    status: str = "happened"
    visit: str | None = None
    level: str | None = None
    host: str | None = None
    occasion: str | None = None
    agenda: tuple[str, ...] = ()
    outcome: str | None = None
    when: date | None = None
    since: date | None = None
    until: date | None = None


class WantedTally(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    who: tuple[str, ...]
    channel: str
    count: int
    bound: str = "exactly"
    since: date | None = None
    asserted: bool = False


class WantedTopic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: str
    role: str = "agenda"
    words: str | None = None
    raised_by: str | None = None


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    text: str
    day: date | None = None
    strength: str = "must"
    why: str = ""
    release: bool = False
    trips: int | None = None
    contact: tuple[WantedContact, ...] = ()
    tally: tuple[WantedTally, ...] = ()
    topic: tuple[WantedTopic, ...] = ()


@cache
def cases(name: str) -> list[Case]:
    """The cases of one gold file; twin names are refused. `strength` may stand in the block of a case or at its end."""
    raw = tomllib.loads((GOLD / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    for one in raw:
        for block in (*one.get("contact", ()), *one.get("tally", ()), *one.get("topic", ())):
            if "strength" in block:
                one["strength"] = block.pop("strength")
    found = msgspec.convert(raw, list[Case])
    names = [case.name for case in found]
    twins = {name for name in names if names.count(name) > 1}
    assert not twins, f"two cases have one name: {twins}"
    return found


@cache
def coded(name: str) -> dict[str, Findings]:
    """Findings of every case of a file, by its name."""
    world = load_world()
    reports = [_report(case) for case in cases(name)]
    return {reading.report.place: code(identify(reading, world)) for reading in default_parser().parse(reports)}


def _report(case: Case) -> Report:
    window = DateWindow(case.day, None, Period.day(case.day)) if case.day else DateWindow(None, "none given")
    body = Segment("body", Span(0, len(case.text)), "all of it")
    return Report(f"r-{case.name}", case.text, (body,), window, place=case.name)


def folded(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def is_party(wanted: str, party: Party, found: Findings) -> bool:
    """By country code for a state, else by a word of the name or of the words."""
    actor = {actor.id: actor for actor in found.actors}.get(party.actor or "")
    if wanted.isupper() and len(wanted) == 3:
        return actor is not None and actor.country == wanted and actor.kind in ("state", "place", "unnamed")
    return folded(wanted) in folded(f"{actor.name if actor else ''} {party.words}")


def same_parties(wanted: tuple[str, ...], parties: tuple[Party, ...], found: Findings) -> bool:
    return all(any(is_party(one, party, found) for party in parties) for one in wanted) and all(
        any(is_party(one, party, found) for one in wanted) for party in parties
    )


def contact_differs(wanted: WantedContact, contact: Contact, found: Findings) -> str | None:
    """The first field that is not as wanted; None where all are."""
    if not same_parties(wanted.parties, contact.parties, found):
        return "parties"
    for name in ("channel", "status", "visit", "level", "outcome"):
        if getattr(wanted, name) is not None and getattr(contact, name) != getattr(wanted, name):
            return f"{name} is {getattr(contact, name)!r}, not {getattr(wanted, name)!r}"
    if wanted.host and contact.host != _state(wanted.host):
        return f"host is {contact.host!r}, not {wanted.host}"
    if wanted.occasion and wanted.occasion not in (contact.occasion or ""):
        return f"occasion is {contact.occasion!r}, not {wanted.occasion!r}"
    labels = {topic.topic: topic.label for topic in found.topics}
    agenda = [labels.get(topic, topic) for topic in contact.agenda]
    for label in wanted.agenda:
        if not any(folded(label) in folded(one) for one in agenda):
            return f"agenda {agenda} lacks {label!r}"
    days = Period.day(wanted.when) if wanted.when else Period(wanted.since, wanted.until) if wanted.since else None
    if days is not None and contact.when != days:
        return f"when is {contact.when}, not {days}"
    return None


def _state(iso3: str) -> str:
    state = states_by_code().get(iso3)
    return state.id if state else iso3


def tally_differs(wanted: WantedTally, tally: Tally, found: Findings) -> str | None:
    if not same_parties(wanted.who, tally.who, found):
        return "who"
    for name in ("channel", "count", "bound"):
        if getattr(tally, name) != getattr(wanted, name):
            return f"{name} is {getattr(tally, name)!r}, not {getattr(wanted, name)!r}"
    since = tally.window.since if tally.window else None
    if wanted.since and (since is None or abs(since - wanted.since) > timedelta(days=1)):
        return f"window begins {since}, not {wanted.since}"
    return "no statement asserts it" if wanted.asserted and tally.asserted_by is None else None


def topic_differs(wanted: WantedTopic, topic: TopicFound, found: Findings) -> str | None:
    if folded(wanted.label) not in folded(topic.label):
        return "label"
    if topic.role != wanted.role:
        return f"role is {topic.role}"
    if wanted.words and wanted.words not in topic.evidence.words:
        return f"words are {topic.evidence.words!r}"
    if wanted.raised_by and not (topic.raised_by and is_party(wanted.raised_by, topic.raised_by, found)):
        return f"raised by {topic.raised_by}"
    return None


def failure(name: str, case: Case) -> str | None:
    """What is wrong with a case's findings; None where they are as wanted, no more and no fewer."""
    found = coded(name)[case.name]
    kinds = {
        "contacts": (case.contact, [one for one in found.contacts if one.status != "denied"], contact_differs),
        "tallies": (case.tally, list(found.tallies), tally_differs),
        "topics": (case.topic, list(found.topics), topic_differs),
    }
    kind = name.split("_")[0]
    wanted_all, left, differs = kinds[kind]
    for wanted in wanted_all:
        why = [differs(wanted, one, found) for one in left]
        if None not in why:
            return f"{case.text!r}: wanted {wanted}; {'; '.join(map(str, why)) or 'nothing found'}; found {told(left)}"
        left.pop(why.index(None))
    if left and (kind != "topics" or not wanted_all):
        return f"{case.text!r}: not wanted: {told(left)}"
    if case.trips is not None and len({one.trip for one in found.contacts if one.trip}) != case.trips:
        return f"trips: {[one.trip for one in found.contacts]}"
    return None


def told(findings: list) -> str:
    return " | ".join(_told(one) for one in findings)


def _told(one: Contact | Tally | TopicFound) -> str:
    parties = [(party.actor, party.words) for party in getattr(one, "parties", getattr(one, "who", ()))]
    said = " ".join(str(getattr(one, name, "")) for name in ("status", "channel", "label", "role"))
    return f"{one.evidence.rule}: {one.evidence.words!r} {said} {parties}"
