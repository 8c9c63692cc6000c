"""The page of two states: acts of each towards the other over time, contacts, what each said of the other, agenda."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from verbale.record import find
from verbale.record.check_tallies import TallyCheck, check_tallies
from verbale.record.find import Found
from verbale.record.store import Record
from verbale.tables.ontology import load_ontology
from verbale.views.web.charts import Chart, Period, bar_chart
from verbale.views.web.home import state_name
from verbale.views.web.memory import TooLong, within
from verbale.views.web.page import Missing, Page, Visit, address, day
from verbale.views.web.saying import plain, topic_name

QUADS = {1: "words, friendly", 2: "deeds, friendly", 3: "words, hostile", 4: "deeds, hostile"}
SHOWN = 8
AGENDA_SHOWN = 16
SAID_SECONDS = 0.01
MOST_SAID = 1000
"""Of so many statements, the latest by number, the day is looked up; more are only counted."""
CHECK_SECONDS = 0.03
MONTHS_SHOWN = 36
"""A longer time is drawn by year."""


class Pair(msgspec.Struct, frozen=True):
    """Two states by code and name, and the days asked for."""

    one: str
    other: str
    one_name: str
    other_name: str
    since: date | None
    until: date | None

    def asked(self, **more: str) -> dict[str, str]:
        """What an address of a list asks for to show the rest."""
        return {
            "dyad": f"{self.one}-{self.other}",
            "since": str(self.since or ""),
            "until": str(self.until or ""),
            **more,
        }


class Shown(msgspec.Struct, frozen=True):
    """A section: its findings, how many there are in all, and the address of the rest."""

    id: str
    title: str
    found: tuple[Found, ...]
    total: int
    rest: str


def dyad(visit: Visit) -> Page:
    pair = _pair(visit)
    record = visit.record
    told = visit.memory.keep(("dyad", pair), lambda: _over_time(record, pair))
    charts = told.charts
    held, ahead = _contacts(record, pair)
    sections = [
        held,
        ahead,
        *(_said(visit, pair, *way) for way in ((pair.one, pair.other), (pair.other, pair.one))),
        _events(record, pair, told),
    ]
    tallies, agenda = _tallies(record, pair), _agenda(record, pair)
    checked = _checked(record, tallies)
    values = {
        "pair": pair,
        "charts": charts,
        "quads": QUADS,
        "sections": sections[:2],
        "said": sections[2:4],
        "events": sections[4],
        "tallies": tallies,
        "agenda": agenda,
        "n_reports": told.n_reports,
        "n_contacts": held.total + ahead.total,
        "n_events": told.n_events,
        "checked": checked,
        "is_empty": not (told.n_all or tallies or any(section.total for section in sections)),
    }
    rows = [row for chart in charts for row in chart.rows]
    data = {
        "one": pair.one,
        "other": pair.other,
        "acts": rows,
        "agenda": agenda,
        "tallies": plain(tallies),
        "tallies_checked": plain(list(checked.values())),
        **{section.id: {"total": section.total, "findings": plain(section.found)} for section in sections},
    }
    return Page("dyad.html", values, data, rows)


def _pair(visit: Visit) -> Pair:
    codes = []
    for name in (visit.asked["one"], visit.asked["other"]):
        code = find.country_named(visit.record, name)
        if code is None or (
            not visit.record.row("SELECT 1 FROM actor_name WHERE country = ? LIMIT 1", [code])
            and not visit.record.row("SELECT 1 FROM party WHERE country = ? LIMIT 1", [code])
        ):
            raise Missing(f"{name}: no state of this name is in the record; give a three-letter code such as TUR.")
        codes.append(code)
    since, until = visit.word("since"), visit.word("until")
    one, other = codes
    return Pair(
        one,
        other,
        state_name(visit.record, one),
        state_name(visit.record, other),
        day(since) if since else None,
        day(until) if until else None,
    )


class OverTime(msgspec.Struct, frozen=True):
    """What all events of two states come to: pictures, numbers, and the latest that are no contacts."""

    charts: tuple[Chart, Chart]
    n_all: int
    n_events: int
    """Of those that happened; and of the reports that tell them."""
    n_reports: int
    n_others: int
    latest: tuple[int, ...]


def _over_time(record: Record, pair: Pair) -> OverTime:
    """Every event of the two summed up, each direction on its own."""
    sums = {True: Sums(), False: Sums()}
    seen, happened, reports, others = set(), set(), set(), {}
    quads: dict[str | None, int | None] = {}
    quad_of = load_ontology().quad_class
    for from_one, row in _acts(record, pair):
        finding, since, code, report, type_, status = row
        seen.add(finding)
        if type_ != "CONSULT":
            others[finding] = since
        if status not in HELD_STATUSES:
            continue
        happened.add(finding)
        reports.add(report)
        if since:
            if code not in quads:
                quads[code] = quad_of(code)
            sums[from_one].add(since[:7], quads[code], report)
    latest = sorted(others, key=lambda number: (others[number], number), reverse=True)[:SHOWN]
    months = sorted({*sums[True].reports, *sums[False].reports})
    charts = (_chart(sums[True], months, pair, True), _chart(sums[False], months, pair, False))
    return OverTime(charts, len(seen), len(happened), len(reports), len(others), tuple(latest))


def _acts(record: Record, pair: Pair) -> Iterator[tuple[bool, Any]]:
    for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
        rows = record.rows(
            "SELECT dyad.finding, dyad.since, finding.code, finding.report, finding.type, finding.status FROM dyad "
            "JOIN finding ON finding.number = dyad.finding WHERE one = ? AND other = ? AND dyad.kind = 'event' "
            "AND dyad.since >= ? AND dyad.since < ?",
            [one, other, str(pair.since or ""), str(pair.until or "9999")],
        )
        yield from ((one == pair.one, row) for row in rows)


class Sums:
    """Acts of one state towards the other by month: how many of each class, and the reports that tell them."""

    def __init__(self) -> None:
        self.events: Counter[tuple[str, int | None]] = Counter()
        self.reports: dict[str, set[str]] = {}

    def add(self, month: str, quad: int | None, report: str) -> None:
        self.events[month, quad] += 1
        self.reports.setdefault(month, set()).add(report)


def _chart(sums: Sums, months: list[str], pair: Pair, from_one: bool) -> Chart:
    """What one state did towards the other, by month, or by year where the time is long."""
    letters = 7 if months and _months_between(months[0], months[-1]) < MONTHS_SHOWN else 4
    events: Counter[tuple[str, int | None]] = Counter()
    reports: dict[str, set[str]] = {}
    for (month, quad), n in sums.events.items():
        events[month[:letters], quad] += n
    for month, told_by in sums.reports.items():
        reports.setdefault(month[:letters], set()).update(told_by)
    periods = []
    for label in _every(months, letters):
        link = ""
        if letters == 4:
            until = f"{int(label) + 1:04d}-01-01"
            link = address(f"/dyad/{pair.one}/{pair.other}", since=f"{label}-01-01", until=until)
        periods.append(Period(label, {quad: events[label, quad] for quad in QUADS}, len(reports.get(label, ())), link))
    way = (pair.one, pair.other) if from_one else (pair.other, pair.one)
    names = {pair.one: pair.one_name, pair.other: pair.other_name}
    return bar_chart(f"{names[way[0]]} towards {names[way[1]]}", way, periods, QUADS)


def _months_between(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])


def _every(months: list[str], letters: int) -> Iterator[str]:
    if not months:
        return
    if letters == 4:
        yield from (f"{year:04d}" for year in range(int(months[0][:4]), int(months[-1][:4]) + 1))
        return
    for number in range(_months_between(months[0], months[-1]) + 1):
        years, month = divmod(int(months[0][5:7]) - 1 + number, 12)
        yield f"{int(months[0][:4]) + years:04d}-{month + 1:02d}"


HELD_STATUSES = ("happened", "ongoing")
HELD = "finding.status IN ('happened', 'ongoing')"


def _latest(record: Record, pair: Pair, kind: str, condition: str) -> tuple[Found, ...]:
    """The latest findings of a kind that tie the two and meet a condition."""
    numbers: dict[int, str] = {}
    for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
        numbers |= {
            row[0]: row[1]
            for row in record.rows(
                "SELECT dyad.finding, dyad.since FROM dyad JOIN finding ON finding.number = dyad.finding WHERE one = ? "
                "AND "
                f"other = ? AND dyad.kind = ? AND dyad.since >= ? AND dyad.since < ? AND {condition} "
                "ORDER BY dyad.since DESC, dyad.finding DESC LIMIT ?",
                [one, other, kind, str(pair.since or ""), str(pair.until or "9999"), SHOWN],
            )
        }
    return _found(record, sorted(numbers, key=lambda number: (numbers[number], number), reverse=True)[:SHOWN])


def _found(record: Record, numbers: list[int]) -> tuple[Found, ...]:
    ids = [record.row("SELECT id FROM finding WHERE number = ?", [number]) for number in numbers]
    return tuple(found for row in ids if row and (found := find.finding(record, row["id"])))


def _contacts(record: Record, pair: Pair) -> tuple[Shown, Shown]:
    rows = record.rows(
        f"SELECT {HELD} AS held, count(*) FROM dyad JOIN finding ON finding.number = dyad.finding WHERE one = ? AND "
        "other = ? AND dyad.kind = 'contact' AND dyad.since >= ? AND dyad.since < ? GROUP BY held",
        [pair.one, pair.other, str(pair.since or ""), str(pair.until or "9999")],
    )
    counted = {bool(row[0]): row[1] for row in rows}
    return (
        Shown(
            "held",
            "Contacts held",
            _latest(record, pair, "contact", HELD),
            counted.get(True, 0),
            address("/contacts", **pair.asked()),
        ),
        Shown(
            "ahead",
            "Contacts planned, put off or called off",
            _latest(record, pair, "contact", f"NOT {HELD}"),
            counted.get(False, 0),
            address("/contacts", **pair.asked()),
        ),
    )


def _events(record: Record, pair: Pair, told: OverTime) -> Shown:
    """Events besides contacts, the latest first."""
    return Shown(
        "events",
        "Events besides contacts",
        _found(record, list(told.latest)),
        told.n_others,
        address("/events", **pair.asked()),
    )


def _said(visit: Visit, pair: Pair, speaker: str, about: str) -> Shown:
    """What people of one state said of the other: by stance, or by its name in the words where there is time."""
    names = {pair.one: pair.one_name, pair.other: pair.other_name}
    record = visit.record
    latest, total = visit.memory.keep(
        ("said", speaker, about, pair.since, pair.until),
        lambda: _said_numbers(record, pair, speaker, about, names[about]),
    )
    days = {"since": str(pair.since or ""), "until": str(pair.until or "")}
    return Shown(
        f"said-{speaker}",
        f"What {names[speaker]} said of {names[about]}",
        _found(record, latest),
        total,
        address("/statements", speaker=speaker, about=names[about], **days),
    )


def _said_numbers(record: Record, pair: Pair, speaker: str, about: str, name: str) -> tuple[list[int], int]:
    """Numbers of the latest such statements, and how many there are."""
    by = {
        row[0]
        for role in ("speaker", "co-speaker")
        for row in record.rows("SELECT finding FROM party WHERE country = ? AND role = ?", [speaker, role])
    }
    of = record.rows("SELECT finding FROM party WHERE country = ? AND role = 'about'", [about])
    numbers = {row[0] for row in of if row[0] in by}
    if query := find.full_text_query(f'"{name}"'):
        try:
            with within(record, SAID_SECONDS):
                rows = record.rows("SELECT rowid FROM finding_words WHERE finding_words MATCH ?", [query])
                numbers |= {row[0] for row in rows if row[0] in by}
        except TooLong:
            pass
    days = _days(record, sorted(numbers, reverse=True)[:MOST_SAID], pair)
    latest = sorted(days, key=lambda number: (days[number], number), reverse=True)[:SHOWN]
    return latest, len(days) if len(numbers) <= MOST_SAID else len(numbers)


def _days(record: Record, numbers: list[int], pair: Pair) -> dict[int, str]:
    """First days of statements by number; those outside the days asked for are left out."""
    since, until = str(pair.since or ""), str(pair.until or "")
    rows = record.rows(
        "SELECT number, ifnull(since, '') FROM finding WHERE number IN (SELECT value FROM json_each(?)) AND +kind = "
        "'statement' AND (? = '' OR until > ?) AND (? = '' OR since < ?)",
        [msgspec.json.encode(numbers).decode(), since, since, until, until],
    )
    return {row[0]: row[1] for row in rows}


def _agenda(record: Record, pair: Pair) -> list[dict[str, Any]]:
    """What their contacts were about, the commonest first, each with the contacts that had it."""
    counted: Counter[str] = Counter()
    for one, other in ((pair.one, pair.other),):
        counted.update(
            {
                row[0]: row[1]
                for row in record.rows(
                    "SELECT about.topic, count(*) FROM dyad JOIN about ON about.finding = dyad.finding WHERE one = ? "
                    "AND "
                    "other = ? AND kind = 'contact' AND dyad.since >= ? AND dyad.since < ? GROUP BY about.topic",
                    [one, other, str(pair.since or ""), str(pair.until or "9999")],
                )
            }
        )
    return [
        {
            "topic": topic,
            "label": _label(record, topic),
            "contacts": n,
            "address": address("/contacts", **pair.asked(topic=topic)),
        }
        for topic, n in sorted(counted.items(), key=lambda kept: (-kept[1], kept[0]))[:AGENDA_SHOWN]
    ]


def _label(record: Record, topic: str) -> str:
    row = record.row(
        "SELECT json_extract(body, '$.label') AS label FROM finding WHERE kind = 'topic' AND type = ? LIMIT 1", [topic]
    )
    return (row and row["label"]) or topic_name(topic)


def _tallies(record: Record, pair: Pair) -> list[Found]:
    """Counts of contacts that someone claims for the two."""
    rows = record.rows(
        "SELECT finding.id FROM finding WHERE kind = 'tally' AND EXISTS (SELECT 1 FROM party WHERE party.finding = "
        "finding.number AND country = ?) AND EXISTS (SELECT 1 FROM party WHERE party.finding = finding.number AND "
        "country = ?) ORDER BY since DESC LIMIT ?",
        [pair.one, pair.other, SHOWN],
    )
    return [found for row in rows if (found := find.finding(record, row["id"]))]


def _checked(record: Record, tallies: list[Found]) -> dict[str, TallyCheck]:
    """What the record itself knows beside each claimed count; empty where finding out takes too long."""
    try:
        with within(record, CHECK_SECONDS):
            return {one.tally: one for one in check_tallies(record, [tally.id for tally in tallies])} if tallies else {}
    except TooLong:
        return {}
