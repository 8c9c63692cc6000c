"""The brief of two countries: their contacts, what each said of the other, agenda, cooperation and conflict, claims."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from verbale.errors import BadInput
from verbale.record import find, wire
from verbale.record.find import Filter, Found
from verbale.record.store import Record
from verbale.tables.ontology import Ontology, load_ontology
from verbale.views import wording
from verbale.views.paper import Line, Paper, Section

QUADS = {1: "words, friendly", 2: "deeds, friendly", 3: "words, hostile", 4: "deeds, hostile"}
MOST = 10_000


class Asked(msgspec.Struct, frozen=True):
    """Two countries by code, the names they go by, and the days asked for."""

    one: str
    other: str
    one_name: str
    other_name: str
    since: date | None
    until: date | None


def brief(record: Record, one: str, other: str, since: date | None = None, until: date | None = None) -> Paper:
    """What the record holds of two countries, given as codes (RUS) or names. Raises BadInput: no such country."""
    codes = _country(record, one), _country(record, other)
    asked = Asked(codes[0], codes[1], _name(record, one), _name(record, other), since, until)
    contacts = _of_dyad(record, asked, "contact")
    events = _of_dyad(record, asked, "event")
    shown = {contact.body["event"] for contact in contacts}
    held = [one for one in contacts if one.status in ("happened", "ongoing")]
    ahead = [one for one in contacts if one.status not in ("happened", "ongoing")]
    claims = [one for one in events if one.body.get("asserted_by") and one.id not in shown]
    told = [one for one in events if not one.body.get("asserted_by") and one.id not in shown]
    return Paper(f"{asked.one_name} and {asked.other_name}", tuple(_head(asked, contacts, events)), (
        Section("Contacts held", tuple(_lines(record, held))),
        Section("Contacts planned, put off or called off", tuple(_lines(record, ahead))),
        Section("Counts of contacts that are claimed", tuple(_lines(record, _tallies(record, asked)))),
        Section(f"What {asked.one_name} said of {asked.other_name}",
                tuple(_lines(record, _said(record, asked.one, asked.other, asked.other_name, asked)))),
        Section(f"What {asked.other_name} said of {asked.one_name}",
                tuple(_lines(record, _said(record, asked.other, asked.one, asked.one_name, asked)))),
        Section("Agenda", tuple(_agenda(record, contacts))),
        Section("Cooperation and conflict", tuple(_over_time(events))),
        Section("Events", tuple(_lines(record, told))),
        Section("Open claims: told by one side, not by the reports", tuple(_lines(record, claims))),
    ))


def _country(record: Record, name: str) -> str:
    found = find.country_named(record, name)
    if found is None:
        raise BadInput(f"{name}: no state of this name is in the record; give a three-letter code such as TUR")
    return found


def _name(record: Record, name: str) -> str:
    row = record.row("SELECT name FROM actor WHERE kind = 'state' AND country = ? LIMIT 1", [_country(record, name)])
    return row["name"] if row else name


def _of_dyad(record: Record, asked: Asked, kind: str) -> list[Found]:
    found = find.findings(record, Filter(kind=kind, dyad=(asked.one, asked.other), since=asked.since, until=asked.until,
                                         limit=MOST))
    return sorted(found, key=lambda one: (one.since or "", one.id))


def _tallies(record: Record, asked: Asked) -> list[Found]:
    wanted = Filter(kind="tally", actor=asked.one, since=asked.since, until=asked.until, limit=MOST)
    with_other = {one.id for one in find.findings(record, msgspec.structs.replace(wanted, actor=asked.other))}
    return [one for one in find.findings(record, wanted) if one.id in with_other]


def _said(record: Record, speaker: str, about: str, about_name: str, asked: Asked) -> list[Found]:
    """Statements by people of one country about the other: by stance, or by its name in the words."""
    wanted = Filter(kind="statement", speaker=speaker, about=about, since=asked.since, until=asked.until, limit=MOST)
    found = {one.id: one for one in find.findings(record, wanted)}
    found |= {one.id: one for one in find.findings(record, msgspec.structs.replace(wanted, about=about_name))}
    return sorted(found.values(), key=lambda one: (one.since or "", one.report, one.start))


def _head(asked: Asked, contacts: list[Found], events: list[Found]) -> Iterator[tuple[str, str]]:
    yield "Days", wording.period_words(wording.Period(asked.since, asked.until)) or "all that the record holds"
    reports = {one.report for one in [*contacts, *events]}
    yield "Rests on", ", ".join(f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in (
        (len(reports), "report"), (len(contacts), "contact"), (len(events), "event")))
    yield "Read so", ("a number of reports is not a number of events; what a side claims is kept apart from what "
                      "reports tell; each line shows its words, and its id leads to the rest")


def _lines(record: Record, found: list[Found]) -> Iterator[Line]:
    for one in found:
        finding = wire.read_finding(one.kind, msgspec.json.encode(one.body).decode())
        actors = record.actors(one.report)
        name = wording.namer(actors)
        words = wording.one_line(one.words)
        where = ", ".join(filter(None, [one.title, one.published or "day not known", one.url]))
        yield Line(_day(one) + _sentence(record, finding, one, name), words, where, one.id)


def _day(one: Found) -> str:
    return f"{one.since}: " if one.since and one.since == _last(one) else ""


def _last(one: Found) -> str | None:
    period = msgspec.convert({"since": one.since, "until": one.until}, wording.Period)
    return one.since if period.is_one_day else None


def _sentence(record: Record, finding: wire.Finding, one: Found, name: wording.Namer) -> str:
    if isinstance(finding, wire.Contact):
        return wording.contact_words(finding, name, _labels(record, one.report))
    if isinstance(finding, wire.Event):
        speaker = find.finding(record, finding.asserted_by) if finding.asserted_by else None
        told = f" · told by {wording.listed(speaker.names('speaker')) or 'nobody named'}" if speaker else ""
        return wording.event_words(finding, name) + told
    if isinstance(finding, wire.Tally):
        return wording.tally_words(finding, name)
    return wording.statement_words(finding, name) if isinstance(finding, wire.Statement) else finding.label


def _labels(record: Record, report: str) -> Callable[[str], str]:
    findings = record.findings(report)
    assert findings is not None
    return wording.topic_labels(findings)


def _agenda(record: Record, contacts: list[Found]) -> Iterator[Line]:
    counted: Counter[str] = Counter()
    for contact in contacts:
        label = _labels(record, contact.report)
        counted.update(label(topic) for topic in contact.topics)
    for topic, times in counted.most_common():
        yield Line(f"{topic}: {times} contact{'s' if times > 1 else ''}")


def _over_time(events: list[Found]) -> Iterator[Line]:
    """A line a year: how many events of each kind, and in how many reports."""
    ontology = load_ontology()
    years: dict[str, list[Found]] = {}
    for event in events:
        if event.status in ("happened", "ongoing"):
            years.setdefault((event.since or "")[:4] or "day not known", []).append(event)
    for year, happened in sorted(years.items()):
        counted = Counter(quad_of(ontology, event) for event in happened)
        kinds = ", ".join(f"{counted[quad]} {name}" for quad, name in QUADS.items() if counted[quad])
        reports = len({event.report for event in happened})
        yield Line(f"{year}: {kinds or 'no class'} ({reports} report{'s' if reports > 1 else ''})")


def quad_of(ontology: Ontology, event: Found) -> int | None:
    """QuadClass 1 to 4 of an event by its derived code; None where it has none."""
    return ontology.quad_class(event.code)
