"""The record's types in words that a diplomat would use."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from verbale.model.actor import Actor
from verbale.model.findings import Contact, Event, Findings, Party, Statement, Tally
from verbale.model.report import Repair
from verbale.model.when import DateWindow, Period

CHANNEL_VERBS = {
    "in person": "met", "phone": "spoke by telephone", "video": "spoke by video", "letter": "exchanged letters",
    "unknown": "were in contact",
}
CHANNEL_NOUNS = {
    "in person": "meeting", "phone": "telephone call", "video": "video conference", "letter": "letter",
    "unknown": "contact",
}
# How the not-yet and the not-at-all of a contact are told, before its channel as a noun.
CONTACT_STATUS = {
    "planned": "plan a", "intended": "intend a", "called for": "are called to a", "postponed": "have postponed a",
    "cancelled": "have cancelled a", "denied": "are said not to have had a", "hypothetical": "might have a",
    "failed": "failed to have a", "ongoing": "are in a",
}

LAND_VISITED = "place.visited"
"""How the second party of a contact is known where it is the land that a traveller went to."""
VISIT_VERBS = {"happened": "visited", "planned": "plans to visit", "intended": "intends to visit"}

Namer = Callable[[Party], str]


def namer(actors: Iterable[Actor]) -> Namer:
    """A function from a party to the name it is shown by: the actor's, else the words in the text."""
    names = {actor.id: actor.name for actor in actors}

    def name(party: Party) -> str:
        return names.get(party.actor or "") or one_line(party.words) or "someone not named"

    return name


def one_line(words: str) -> str:
    return " ".join(words.split())


def listed(names: Iterable[str]) -> str:
    """Names as a phrase: A; A and B; A, B and C."""
    names = list(dict.fromkeys(names))
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def period_words(period: Period | None) -> str:
    """Days in words; the last day named is the last one in it. Empty for a period that is open on both sides."""
    if period is None or (period.since is None and period.until is None):
        return ""
    if period.since is None or period.until is None:
        return f"from {day_words(period.since)} on" if period.since else f"before {day_words(period.until)}"  # type: ignore[arg-type]
    since, last = period.since, period.until - timedelta(days=1)
    if since == last:
        return day_words(since)
    if period == Period.month(since.year, since.month):
        return f"{since:%B %Y}"
    if period == Period.year(since.year):
        return str(since.year)
    return f"between {day_words(since)} and {day_words(last)}"


def window_words(window: DateWindow) -> str:
    """The day of a report, or why it is not known and between what it lies."""
    if window.published:
        return day_words(window.published)
    between = period_words(window.period)
    return f"not known ({window.why_not or 'no reason given'})" + (f"; {between}" if between else "")


def clue_words(window: DateWindow) -> list[str]:
    """What the day or the window rests on, a line each."""
    return [": ".join(filter(None, [clue.kind, clue.reason or f"“{one_line(clue.words)}”", period_words(clue.period)]))
            for clue in window.clues]


def party_words(actor: Actor) -> str:
    """A person with his office, any other actor with its code."""
    note = actor.office or (actor.kind if actor.kind not in ("state", "person") else None)
    code = f" [{actor.code}]" if actor.code else ""
    return actor.name + (f", {note}" if note else "") + code


def statement_words(statement: Statement, name: Namer) -> str:
    """Who said it and how: "Sergey Lavrov and X said, to Y (in a tweet)"."""
    speakers = [name(party) for party in [statement.speaker, *statement.co_speakers] if party]
    act = statement.act if statement.cue_class == "speech" else f"{statement.act} ({statement.cue_class})"
    parts = [listed(speakers) or "nobody named", act]
    if statement.addressee:
        parts.append(f"to {name(statement.addressee)}")
    if statement.via:
        parts.append(f"via {statement.via}")
    if statement.polarity == "negated":
        parts.append("the claim is negated")
    if statement.zone == "headline":
        parts.append("headline")
    return " · ".join(parts)


def content_words(statement: Statement, text: str) -> str:
    """What was said, bare, its pieces joined."""
    return " … ".join(one_line(span.of(text)) for span in statement.content)


def repair_words(repair: Repair) -> str:
    """What is read as what, and why; letters that only look like others are named by their code."""
    odd = [letter for letter in dict.fromkeys(repair.raw) if letter not in (repair.read_as or repair.raw)]
    codes = ", ".join(f"U+{ord(letter):04X}" for letter in odd if not letter.isascii())
    raw = f"“{repair.raw}”" + (f" (with {codes})" if codes else "")
    return f"{raw} is read as “{repair.read_as}”: {repair.reason}" if repair.read_as else f"{raw}: {repair.reason}"


def all_doubts(repairs: Iterable[Repair], doubts: Iterable[str]) -> list[str]:
    """What a careful reader should check, each once; a doubt that only tells a repair again is left out."""
    told = {f"“{one.raw}” is read as “{one.read_as}”" for one in repairs}
    own = [doubt for doubt in doubts if not any(doubt.startswith(one) for one in told)]
    return list(dict.fromkeys([*map(repair_words, repairs), *own]))


def event_words(event: Event, name: Namer) -> str:
    """Who, whom, what: "United States → Turkey · SANCTION, discontinue · happened"."""
    who, whom = listed(map(name, event.who)), listed(map(name, event.whom))
    if event.mutual:
        parties = listed([*map(name, event.who), *map(name, event.whom)])
    else:
        parties = f"{who or 'someone'} → {whom}" if whom else who or "someone"
    what = ", ".join([event.type, *filter(None, [event.mode])])
    what += f" ({', '.join(event.contexts)})" if event.contexts else ""
    parts = [parties, what, event.status]
    if event.where:
        parts.append(f"in {name(event.where)}" if event.where_role in (None, "venue") else f"{event.where_role}: "
                     f"{name(event.where)}")
    if days := period_words(event.when):
        parts.append(days)
    if event.background:
        parts.append("background")
    return " · ".join(parts)


def contact_words(contact: Contact, name: Namer, label: Callable[[str], str]) -> str:
    """A contact as a register has it: "A and B met · Sochi · 29 December 2020 · minister · agenda: Syria"."""
    if len(contact.parties) == 2 and contact.parties[1].how == LAND_VISITED and contact.status in VISIT_VERBS:
        guest, land = contact.parties
        return _with_circumstances(contact, f"{name(guest)} {VISIT_VERBS[contact.status]} {name(land)}", name, label)
    if contact.status == "happened":
        did = CHANNEL_VERBS[contact.channel]
    else:
        did = f"{CONTACT_STATUS.get(contact.status, contact.status + ':')} {CHANNEL_NOUNS[contact.channel]}"
    told = f"{listed(map(name, contact.parties)) or 'parties not named'} {did}"
    return _with_circumstances(contact, told, name, label)


def _with_circumstances(contact: Contact, told: str, name: Namer, label: Callable[[str], str]) -> str:
    parts = [told]
    parts += filter(None, [
        name(contact.place) if contact.place else "", period_words(contact.when),
        f"{contact.visit} visit" if contact.visit else "", contact.level or "", contact.occasion or "",
        f"outcome: {contact.outcome}" if contact.outcome else ""])
    if contact.agenda:
        parts.append("agenda: " + ", ".join(map(label, contact.agenda)))
    return " · ".join(parts)


def tally_words(tally: Tally, name: Namer) -> str:
    """A claimed number: "A and B · more than 10 telephone calls · in the past year"."""
    bound = "" if tally.bound == "exactly" else f"{tally.bound} "
    noun = CHANNEL_NOUNS[tally.channel] + ("" if tally.count == 1 else "s")
    window = tally.window_words or period_words(tally.window)
    parts = [listed(map(name, tally.who)), f"{bound}{tally.count} {noun}", one_line(window or "")]
    return " · ".join(filter(None, parts))


def topic_labels(findings: Findings) -> Callable[[str], str]:
    """A function from a topic's id to its label as this report has it; the id in words where it has none."""
    labels = {topic.topic: topic.label for topic in findings.topics}
    return lambda topic: labels.get(topic) or topic.rsplit(":", 1)[-1].replace("-", " ").replace("_", " ")
