"""The record held against an official list of visits or meetings: what both have, what only one has, with the words."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec

from verbale.errors import BadInput
from verbale.record import find
from verbale.record.find import Filter, Found
from verbale.record.merge import happening_of
from verbale.record.names import folded
from verbale.record.store import Record

COLUMNS = {
    "who": ("who", "visitor", "visitor_with_title", "name", "traveller", "traveler", "leader", "official", "person"),
    "whom": ("whom", "met", "met_with", "counterpart", "with"),
    "since": ("since", "start", "start_date", "first_day", "from", "date", "day", "arrival"),
    "until": ("until", "end", "end_date", "last_day", "to", "departure"),
    "country": ("country", "destination", "place", "visited", "state"),
}
"""What a list may call its columns; the first that is there is taken."""
OTHER_PERSON = "another person of that country"
DAYS_AROUND = 1
"""Lists count days of travel, reports days of meetings: so many days before and after still meet."""
TITLES = frozenset(
    {
        "president",
        "prime",
        "minister",
        "chancellor",
        "king",
        "queen",
        "prince",
        "princess",
        "emir",
        "sultan",
        "sheikh",
        "crown",
        "foreign",
        "secretary",
        "state",
        "general",
        "secretary-general",
        "premier",
        "chairman",
        "elect",
        "and",
        "of",
        "the",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "lord",
        "his",
        "her",
        "majesty",
        "excellency",
        "vice",
        "deputy",
        "acting",
        "former",
    }
)


class Listed(msgspec.Struct, frozen=True):
    """A row of an official list; both days are counted in."""

    line: int
    who: str
    whom: str
    since: date | None
    last: date | None
    country: str
    row: dict[str, str]


class Compared(msgspec.Struct, frozen=True):
    """A row of the list and the record's contacts for it, or one of the two alone."""

    where: str
    """both; near: on those days someone else of that country; only list; only record."""
    listed: Listed | None
    contacts: tuple[Found, ...] = ()
    reasons: tuple[str, ...] = ()
    """Why the first contact is taken for the row."""


def read_list(path: Path) -> list[Listed]:
    """The rows of a CSV file. Raises BadInput where no column names people or days, or a day cannot be read."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        header = {name.strip().lower().replace(" ", "_"): name for name in reader.fieldnames or ()}
        column = {
            want: next((header[name] for name in names if name in header), None) for want, names in COLUMNS.items()
        }
        for want in ("who", "since"):
            if column[want] is None:
                raise BadInput(f"{path}, line 1: no column for {want}; wanted one of {', '.join(COLUMNS[want])}")
        return [_listed(path, reader.line_num, row, column) for row in reader if any(row.values())]


def _listed(path: Path, line: int, row: dict[str, str], column: dict[str, str | None]) -> Listed:
    def cell(want: str) -> str:
        name = column[want]
        return (row.get(name) or "").strip() if name else ""

    since = _day(path, line, cell("since"))
    return Listed(
        line,
        cell("who"),
        cell("whom"),
        since,
        _day(path, line, cell("until")) or since,
        cell("country"),
        {name: value or "" for name, value in row.items() if name},
    )


def _day(path: Path, line: int, typed: str) -> date | None:
    try:
        return date.fromisoformat(typed[:10]) if typed else None
    except ValueError:
        raise BadInput(f"{path}, line {line}: {typed!r} is no day; wanted 2020-12-29") from None


def compare(
    record: Record, listed: list[Listed], host: str | None = None, with_calls: bool = False
) -> Iterator[Compared]:
    """Each row of the list with its contacts, then contacts of the same people and days that no row has.

    `host`: the state whose list it is (its own people are left out of the list). `with_calls`: calls are in the list
    too.
    """
    host_country = find.country_named(record, host) if host else None
    if host and host_country is None:
        raise BadInput(f"{host}: no state of this name is in the record; give a three-letter code such as USA")
    days = [one.since for one in listed if one.since] + [one.last for one in listed if one.last]
    if not days:
        raise BadInput("the list has no row with a day")
    around = timedelta(days=DAYS_AROUND)
    wanted = Filter(kind="contact", since=min(days) - around, until=max(days) + around + around, limit=1_000_000)
    contacts = [one for one in find.findings(record, wanted) if with_calls or one.type in ("in person", "unknown")]
    if host_country:
        countries = {
            row["number"]
            for row in record.rows("SELECT finding AS number FROM party WHERE country = ?", [host_country])
        }
        numbers = {
            row["id"]: row["number"] for row in record.rows("SELECT id, number FROM finding WHERE kind = 'contact'")
        }
        contacts = [one for one in contacts if numbers[one.id] in countries or _is_in(record, one, host_country)]
    used: set[str] = set()
    for row in listed:
        fits = sorted(
            (
                (score, one, reasons)
                for one in contacts
                for score, reasons in [_fit(record, row, one, host_country)]
                if score
            ),
            key=lambda fit: (-fit[0], fit[1].since or "", fit[1].id),
        )
        used |= {one.id for _, one, _ in fits}
        near = bool(fits) and OTHER_PERSON in fits[0][2]
        yield Compared(
            "near" if near else "both" if fits else "only list",
            row,
            tuple(one for _, one, _ in fits),
            fits[0][2] if fits else (),
        )
    yield from _only_here(record, contacts, used, listed)


def _only_here(record: Record, contacts: list[Found], used: set[str], listed: list[Listed]) -> Iterator[Compared]:
    """Contacts of people of the list that no row has, each happening once."""
    told = {found.id for one in used if (found := happening_of(record, one))}
    for one in sorted(contacts, key=lambda found: (found.since or "", found.id)):
        together = happening_of(record, one.id)
        key = together.id if together else one.id
        if one.id in used or key in told or one.status in ("denied", "hypothetical", "called for", "failed"):
            continue
        if any(_names(name, row.who) or _names(name, row.whom) for row in listed for name in one.names("party")):
            told.add(key)
            yield Compared("only record", None, (one,))


def _fit(record: Record, row: Listed, one: Found, host: str | None) -> tuple[float, tuple[str, ...]]:
    """How well a contact fits a row, and why; 0 where days or people do not."""
    days = _days_fit(row, one)
    if days is None:
        return 0, ()
    names = one.names("party")
    reasons = [days]
    score = 1.0 if days == "same days" else 0.5
    if any(_names(name, row.who) for name in names):
        reasons.append("who by name")
        score += 2
    elif row.country and host and _has_country(record, one, row.country):
        people = record.row(
            "SELECT 1 FROM party JOIN finding ON finding.number = party.finding JOIN actor ON actor.id = party.actor "
            "AND actor.report = finding.report WHERE finding.id = ? AND role = 'party' AND actor.kind = 'person' "
            "AND party.country = ?",
            [one.id, find.country_named(record, row.country)],
        )
        reasons.append(OTHER_PERSON if people else "who by country")
        score += 0.5 if people else 1
    else:
        return 0, ()
    if row.whom:
        if not any(_names(name, row.whom) for name in names):
            return 0, ()
        reasons.append("whom by name")
        score += 2
    if row.country and not host and (_has_country(record, one, row.country) or _is_in(record, one, row.country)):
        reasons.append("country")
        score += 1
    elif row.country and not host and not row.whom:
        return 0, ()
    return score, tuple(reasons)


def _days_fit(row: Listed, one: Found) -> str | None:
    if row.since is None or row.last is None or not one.since or not one.until:
        return None
    since, last = date.fromisoformat(one.since), date.fromisoformat(one.until) - timedelta(days=1)
    if (last - since).days > 31:
        return None
    if since <= row.last and row.since <= last:
        return "same days"
    around = timedelta(days=DAYS_AROUND)
    return "a day apart" if since <= row.last + around and row.since - around <= last else None


def _names(name: str, typed: str) -> bool:
    """Whether a list's words name someone: two of his names are in them, or the only one that either side gives."""
    mine, theirs = _words(name), _words(typed)
    shared = set(mine) & set(theirs)
    return len(shared) > 1 or (bool(shared) and min(len(mine), len(theirs)) == 1)


def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]{2,}", folded(name)) if word not in TITLES]


def _has_country(record: Record, one: Found, country: str) -> bool:
    code = find.country_named(record, country)
    rows = record.rows(
        "SELECT country FROM party JOIN finding ON finding.number = party.finding WHERE finding.id = ? "
        "AND role = 'party'",
        [one.id],
    )
    return code is not None and code in {row["country"] for row in rows}


def _is_in(record: Record, one: Found, country: str) -> bool:
    code = find.country_named(record, country)
    row = record.row(
        "SELECT country FROM party JOIN finding ON finding.number = party.finding WHERE finding.id = ? "
        "AND role = 'where'",
        [one.id],
    )
    return code is not None and row is not None and row["country"] == code


def counts(compared: Iterable[Compared]) -> dict[str, int]:
    """How many rows both have, nearly, only the list, only the record."""
    found = {"both": 0, "near": 0, "only list": 0, "only record": 0}
    for one in compared:
        found[one.where] += 1
    return found
