"""The brief of two countries: their contacts, what each said of the other, agenda, cooperation and conflict, claims."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import msgspec

from verbale.errors import BadInput
from verbale.record import find
from verbale.record.find import Filter, Found
from verbale.record.merge import Happening, happening_of
from verbale.record.store import Record
from verbale.tables.ontology import Ontology, load_ontology
from verbale.views import wording
from verbale.views.brief_lines import Lines, Sides
from verbale.views.paper import Line, Paper, Section

QUADS = {1: "words, friendly", 2: "deeds, friendly", 3: "words, hostile", 4: "deeds, hostile"}
HELD = ("happened", "ongoing")
MOST = 10_000
MOST_MENTIONS = 12
"""Statements that only mention the other side and take no stand on it: so many are told, the latest first."""
LONGEST_BY_MONTH = 24
"""Months that a brief shows one by one; a longer time is told by years."""


class Asked(msgspec.Struct, frozen=True):
    """Two countries by code, the names they go by, and the days asked for."""

    one: str
    other: str
    one_name: str
    other_name: str
    since: date | None
    until: date | None


class Item(msgspec.Struct, frozen=True):
    """One contact or event, told once: the fullest telling, and the happening where several reports tell it."""

    found: Found
    happening: Happening | None


def brief(record: Record, one: str, other: str, since: date | None = None, until: date | None = None) -> Paper:
    """What the record holds of two countries, given as codes (RUS) or names. Raises BadInput: no such country."""
    codes = _country(record, one), _country(record, other)
    asked = Asked(*codes, _name(record, one), _name(record, other), since, until)
    contacts = _once(record, _of_dyad(record, asked, "contact"))
    events = _of_dyad(record, asked, "event")
    shown = {row.found.body["event"] for row in contacts} | {
        found.body["event"]
        for row in contacts
        for member in (row.happening.members if row.happening else ())
        if (found := find.finding(record, member))
    }
    acts = _once(record, [one for one in events if one.id not in shown])
    held = [one for one in contacts if one.found.status in HELD]
    ahead = [one for one in contacts if one.found.status not in HELD]
    told = [one for one in acts if not one.found.body.get("asserted_by")]
    claims = [one for one in acts if one.found.body.get("asserted_by")]
    tallies = _tallies(record, asked)
    lines = Lines(record, Sides(asked.one, asked.other, asked.one_name, asked.other_name))
    said = {side: _said(record, asked, side) for side in (asked.one, asked.other)}
    return Paper(
        f"{asked.one_name} and {asked.other_name}",
        tuple(_head(asked, contacts, events, said)),
        (
            Section("In short", tuple(_in_short(asked, held, ahead, events, claims, contacts, lines))),
            Section("Contacts held", tuple(lines.contact(one.found, one.happening) for one in held)),
            Section(
                "Contacts planned, put off or called off",
                tuple(lines.contact(one.found, one.happening) for one in ahead),
            ),
            Section("Counts of contacts that are claimed", tuple(lines.tally(one) for one in tallies)),
            *_said_sections(asked, said, lines),
            Section("Agenda", tuple(_agenda(asked, contacts, lines))),
            Section("Cooperation and conflict", tuple(_over_time(events))),
            Section("Events", tuple(lines.event(one.found, one.happening) for one in told)),
            Section(
                "Open claims: told by one side, not by the reports",
                tuple(lines.event(one.found, one.happening) for one in claims),
            ),
        ),
    )


def _country(record: Record, name: str) -> str:
    found = find.country_named(record, name)
    if found is None:
        raise BadInput(f"{name}: no state of this name is in the record; give a three-letter code such as TUR")
    return found


def _name(record: Record, name: str) -> str:
    row = record.row("SELECT name FROM actor WHERE kind = 'state' AND country = ? LIMIT 1", [_country(record, name)])
    return row["name"] if row else name


def _of_dyad(record: Record, asked: Asked, kind: str) -> list[Found]:
    found = find.findings(
        record, Filter(kind=kind, dyad=(asked.one, asked.other), since=asked.since, until=asked.until, limit=MOST)
    )
    return sorted(found, key=lambda one: (one.since or "", one.id))


def _once(record: Record, found: list[Found]) -> list[Item]:
    """What several reports tell of one thing, once: by the telling that says most."""
    told: dict[str, list[Found]] = {}
    known: dict[str, Happening] = {}
    for one in found:
        happening = happening_of(record, one.id)
        if happening:
            known[happening.id] = happening
        told.setdefault(happening.id if happening else one.id, []).append(one)
    items = [Item(max(tellings, key=_fullness), known.get(key)) for key, tellings in told.items()]
    return sorted(items, key=lambda item: (item.found.since or "", item.found.id))


def _fullness(one: Found) -> tuple[bool, bool, int, float, str]:
    """What was judged first, then what was held, then who names most people and agenda."""
    return bool(one.judged), one.status in HELD, len(one.parties) + len(one.topics), one.confidence, one.id


def _tallies(record: Record, asked: Asked) -> list[Found]:
    wanted = Filter(kind="tally", actor=asked.one, since=asked.since, until=asked.until, limit=MOST)
    with_other = {one.id for one in find.findings(record, msgspec.structs.replace(wanted, actor=asked.other))}
    return [one for one in find.findings(record, wanted) if one.id in with_other]


def _said(record: Record, asked: Asked, speaker: str) -> list[Found]:
    """Statements by people of one country about the other: by stance, or by its name in the words. Of a statement
    inside another only the inner one where it is what speaks of the other side.
    """
    about, about_name = (asked.other, asked.other_name) if speaker == asked.one else (asked.one, asked.one_name)
    wanted = Filter(kind="statement", speaker=speaker, about=about, since=asked.since, until=asked.until, limit=MOST)
    found = {one.id: one for one in find.findings(record, wanted)}
    found |= {one.id: one for one in find.findings(record, msgspec.structs.replace(wanted, about=about_name))}
    repeats = {one.id for one in found.values() if one.body.get("same_as") in found}
    inside = [(one.report, one.start, one.stop, one.id) for one in found.values()]
    wider = {
        one.id
        for one in found.values()
        if any(
            report == one.report and (one.start, one.stop) != (start, stop) and one.start <= start and stop <= one.stop
            for report, start, stop, other in inside
            if other != one.id
        )
    }
    return sorted(
        (one for one in found.values() if one.id not in repeats | wider),
        key=lambda one: (one.since or "", one.report, one.start),
    )


def _said_sections(asked: Asked, said: dict[str, list[Found]], lines: Lines) -> Iterator[Section]:
    """What each said of the other: first what takes a stand, then what only mentions it, the latest first."""
    for side in (asked.one, asked.other):
        name, about = (asked.one_name, asked.other_name) if side == asked.one else (asked.other_name, asked.one_name)
        other = asked.other if side == asked.one else asked.one
        stands = [one for one in said[side] if lines.stance_toward(one, other)]
        mentions = [one for one in said[side] if not lines.stance_toward(one, other)]
        yield Section(f"What {name} said of {about}", tuple(lines.statement(one, other, about) for one in stands))
        latest = sorted(mentions, key=lambda one: one.since or "", reverse=True)
        told = [lines.statement(one, other, about) for one in latest[:MOST_MENTIONS]]
        if len(latest) > MOST_MENTIONS:
            told.append(
                Line(
                    f"{len(latest) - MOST_MENTIONS} more are in the record: verbale find statements --speaker "
                    f"{side} --about {other}"
                )
            )
        yield Section(f"{name} speaking of {about} without taking a stand", tuple(told))


def _head(
    asked: Asked, contacts: list[Item], events: list[Found], said: dict[str, list[Found]]
) -> Iterator[tuple[str, str]]:
    yield "Days", wording.period_words(wording.Period(asked.since, asked.until)) or "all that the record holds"
    statements = [one for side in said.values() for one in side]
    reports = {one.report for one in [*(item.found for item in contacts), *events, *statements]}
    yield (
        "Rests on",
        ", ".join(
            f"{number} {noun}{'' if number == 1 else 's'}"
            for number, noun in (
                (len(reports), "report"),
                (len(contacts), "contact"),
                (len(events), "event"),
                (len(statements), "statement"),
            )
        ),
    )
    judged = sum(bool(one.judged) for one in [*(item.found for item in contacts), *events, *statements])
    yield (
        "Read so",
        (
            "what several reports tell is told once; what a side claims is kept apart from what reports tell; "
            "each line shows its words, and its id leads to the rest (verbale explain ID)"
        ),
    )
    yield (
        "Checked by people",
        f"{judged} entries, marked so; the others are the machine's reading"
        if judged
        else ("nothing yet; all is the machine's reading (verbale judge)"),
    )


def _in_short(
    asked: Asked,
    held: list[Item],
    ahead: list[Item],
    events: list[Found],
    claims: list[Item],
    contacts: list[Item],
    lines: Lines,
) -> Iterator[Line]:
    """What a minister reads first: how often and how high they met, what comes, what about, how they get on."""
    if held:
        channels = Counter(one.found.type for one in held)
        how = ", ".join(f"{number} {lines.channel(channel, number)}" for channel, number in channels.most_common())
        dated = [one for one in held if one.found.since]
        last = max(dated, key=lambda one: one.found.since or "", default=None)
        yield Line(f"{how} held" + (f"; the last {lines.when(last.found)}: {lines.people(last.found)}" if last else ""))
    coming = [one for one in ahead if one.found.status in ("planned", "intended")]
    off = [one for one in ahead if one.found.status in ("cancelled", "postponed")]
    if coming:
        latest = max(coming, key=lambda one: one.found.since or "")
        yield Line(
            f"{len(coming)} planned and not yet told as held; the latest {lines.when(latest.found)}: "
            f"{lines.people(latest.found)}"
        )
    if off:
        yield Line(f"{len(off)} called off or put off")
    topics = [
        label + (f" ({len(days)})" if len(days) > 1 else "") for label, days in _agenda_days(asked, contacts, lines)
    ][:5]
    if topics:
        yield Line("most on the agenda: " + ", ".join(topics))
    counted = Counter(quad_of(load_ontology(), one) for one in events if one.status in HELD)
    kinds = [f"{counted[quad]} {name}" for quad, name in QUADS.items() if counted[quad]]
    if kinds:
        yield Line("acts between them: " + ", ".join(kinds))
    if claims:
        yield Line(
            f"{len(claims)} claim{'s' if len(claims) > 1 else ''} by one side that no report tells in its own voice"
        )


def _agenda(asked: Asked, contacts: list[Item], lines: Lines) -> Iterator[Line]:
    """A line a topic: how many contacts had it, and when last."""
    for label, seen in _agenda_days(asked, contacts, lines):
        known = sorted(day for day in seen if day)
        last = f", last {known[-1]}" if known else ""
        yield Line(f"{label}: {len(seen)} contact{'s' if len(seen) > 1 else ''}{last}")


def _agenda_days(asked: Asked, contacts: list[Item], lines: Lines) -> list[tuple[str, list[str]]]:
    """Topics with the days of the contacts that had them, commonest first; the two countries themselves are none."""
    days: dict[str, list[str]] = {}
    for item in contacts:
        for topic in item.found.topics:
            label = lines.label(item.found, topic)
            if label not in (asked.one_name, asked.other_name):
                days.setdefault(label, []).append(item.found.since or "")
    return sorted(days.items(), key=lambda one: (-len(one[1]), one[0]))


def _over_time(events: list[Found]) -> Iterator[Line]:
    """A line a month (a year, where the time is long): how many acts of each kind, in how many reports."""
    ontology = load_ontology()
    happened = [event for event in events if event.status in HELD]
    months = {(event.since or "")[:7] for event in happened if event.since}
    letters = 7 if len(months) <= LONGEST_BY_MONTH else 4
    periods: dict[str, list[Found]] = {}
    for event in happened:
        periods.setdefault((event.since or "")[:letters] or "day not known", []).append(event)
    for period, told in sorted(periods.items()):
        counted = Counter(quad_of(ontology, event) for event in told)
        kinds = ", ".join(f"{counted[quad]} {name}" for quad, name in QUADS.items() if counted[quad])
        reports = len({event.report for event in told})
        yield Line(f"{period}: {kinds or 'no class'} ({reports} report{'s' if reports > 1 else ''})")


def quad_of(ontology: Ontology, event: Found) -> int | None:
    """QuadClass 1 to 4 of an event by its derived code; None where it has none."""
    return ontology.quad_class(event.code)
