"""Claimed numbers of contacts ("met three times in the past year") held against the contacts that the record knows.

A tally is supported where the record knows that many distinct contacts of the same parties in its window, short by so
many where it knows fewer though its reports cover the window, and not to be said where they do not.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import msgspec

from verbale.model.findings import Contact, Tally
from verbale.record import wire
from verbale.record.store import Record

HELD = ("happened", "ongoing")
COVERED = 0.5
"""The share of the window's months that must have a report naming both sides before a shortage is told. Below it, more
than half of the window was never looked at, and what is missing may only lie in papers that nobody read."""
LONGEST_WINDOW_MONTHS = 120
VERDICTS = ("supported", "short", "not enough coverage")


class TallyCheck(msgspec.Struct, frozen=True):
    """What the record knows of one claimed number of contacts."""

    tally: str
    report: str
    words: str
    parties: tuple[str, ...]
    """Names of the parties, as the tally's report has them."""
    channel: str
    count: int
    bound: str
    since: str | None
    until: str | None
    known: int
    """Distinct contacts of these parties in the window."""
    contacts: tuple[str, ...]
    """One finding for each of them, the surest."""
    verdict: str
    short_by: int
    """How many contacts are missing; 0 where none is, or where it cannot be said."""
    coverage: float | None
    """Share of the window's months with a report that names both sides; None where there is no window."""
    reason: str


class _Met(msgspec.Struct):
    """One contact as far as it is told from others: its happening, or its day and channel."""

    finding: str
    happening: str | None
    since: str | None
    until: str | None
    channel: str
    sure: float


def check_tallies(record: Record, only: Iterable[str] | None = None) -> list[TallyCheck]:
    """Every tally of the record (or those named by id) held against its contacts, in the order of their ids."""
    chosen = set(only) if only is not None else None
    rows = record.rows("SELECT * FROM finding WHERE kind = 'tally' ORDER BY id")
    return [_checked(record, row) for row in rows if chosen is None or row["id"] in chosen]


def _checked(record: Record, row) -> TallyCheck:
    tally = wire.read_finding("tally", row["body"])
    assert isinstance(tally, Tally)
    actors = {actor.id: actor for actor in record.actors(row["report"])}
    parties = tuple(dict.fromkeys(party.actor for party in tally.who if party.actor))
    names = tuple(actors[one].name if one in actors else one for one in parties) or tuple(p.words for p in tally.who)
    states = tuple(actors[one].country or "" if one in actors else "" for one in parties)
    window = tally.window
    since = window.since.isoformat() if window and window.since else None
    until = window.until.isoformat() if window and window.until else None
    met = _distinct(_contacts(record, parties, states, tally.channel, since, until)) if len(parties) > 1 else []
    coverage = _coverage(record, states, since, until) if len(parties) > 1 else None
    needed = tally.count + 1 if tally.bound == "more than" else tally.count
    verdict, short_by, reason = _verdict(len(met), needed, tally, len(parties), since, coverage)
    return TallyCheck(
        row["id"],
        row["report"],
        row["words"],
        names,
        tally.channel,
        tally.count,
        tally.bound,
        since,
        until,
        len(met),
        tuple(one.finding for one in met),
        verdict,
        short_by,
        coverage,
        reason,
    )


def _verdict(
    known: int, needed: int, tally: Tally, parties: int, since: str | None, coverage: float | None
) -> tuple[str, int, str]:
    if parties < 2:
        return "not enough coverage", 0, "only one side of the claim is known"
    if known >= needed:
        more = f", {known - tally.count} more than claimed" if known > tally.count and tally.bound == "exactly" else ""
        return "supported", 0, f"the record knows {_contacts_in_words(known)}{more}"
    if since is None:
        return "not enough coverage", 0, f"the claim names no time; the record knows {_contacts_in_words(known)}"
    share = f"{round(100 * (coverage or 0))} % of the window's months have a report that names both sides"
    if (coverage or 0) < COVERED:
        return "not enough coverage", 0, f"the record knows {_contacts_in_words(known)}; only {share}"
    missing = needed - known
    return "short", missing, f"the record knows {_contacts_in_words(known)}, {missing} fewer than claimed; {share}"


def _contacts_in_words(known: int) -> str:
    return "no contact" if not known else "one contact" if known == 1 else f"{known} distinct contacts"


def _contacts(
    record: Record,
    parties: tuple[str, ...],
    states: tuple[str, ...],
    channel: str,
    since: str | None,
    until: str | None,
) -> Iterator[_Met]:
    """Held contacts of all the parties in the window, by day: a state's are those of anyone who acts for it."""
    conditions = ["finding.kind = 'contact'", "finding.status IN ('happened', 'ongoing')"]
    values: dict[str, str] = {}
    for number, (actor, state) in enumerate(zip(parties, states)):
        values |= {f"actor{number}": actor}
        test = f"party.actor = :actor{number}"
        if actor.startswith("st:") and state:
            values[f"state{number}"] = state
            test = f"({test} OR party.country = :state{number})"
        conditions.append(f"EXISTS (SELECT 1 FROM party WHERE party.finding = finding.number AND {test})")
    if channel != "unknown":
        values["channel"] = channel
        conditions.append("finding.type = :channel")
    if since:
        values["since"] = since
        conditions.append("ifnull(finding.until, '9999') > :since")
    if until:
        values["until"] = until
        conditions.append("ifnull(finding.since, '0000') < :until")
    question = (
        "SELECT finding.*, member.happening FROM finding LEFT JOIN member ON member.finding = finding.id "
        f"WHERE {' AND '.join(conditions)} ORDER BY finding.sure DESC, finding.id"
    )
    for row in record.rows(question, values):
        contact = wire.read_finding("contact", row["body"])
        assert isinstance(contact, Contact)
        when = contact.when
        told = (
            (when.since.isoformat() if when.since else None, when.until.isoformat() if when.until else None)
            if when is not None
            else (None, None)
        )
        yield _Met(row["id"], row["happening"], told[0], told[1], row["type"], row["sure"])


def _distinct(contacts: Iterable[_Met]) -> list[_Met]:
    """Each contact once: those of one happening, and those whose days and channels may be the same, are one.

    A contact whose day is not told counts only where no other is known: it may be any of them.
    """
    kept: list[_Met] = []
    undated: list[_Met] = []
    for one in contacts:
        if one.since is None:
            undated.append(one)
        elif not any(_is_same(one, other) for other in kept):
            kept.append(one)
    known = {one.happening for one in kept if one.happening}
    if not kept:
        kept += [one for one in undated[:1] if one.happening not in known]
    return sorted(kept, key=lambda one: (one.since or "", one.finding))


def _is_same(one: _Met, other: _Met) -> bool:
    if one.happening is not None and one.happening == other.happening:
        return True
    channels = {one.channel, other.channel} - {"unknown"}
    overlap = (one.since or "") < (other.until or "9999") and (other.since or "") < (one.until or "9999")
    return overlap and len(channels) < 2


def _coverage(record: Record, states: tuple[str, ...], since: str | None, until: str | None) -> float | None:
    """The share of the window's months with a report that names both sides."""
    months = _months(since, until)
    if not months or not all(states):
        return None
    named = " AND ".join(
        f"EXISTS (SELECT 1 FROM actor WHERE actor.report = report.id AND actor.country = :state{number})"
        for number in range(len(states))
    )
    values = {f"state{number}": state for number, state in enumerate(states)}
    question = f"SELECT DISTINCT substr(ifnull(published, since), 1, 7) AS month FROM report WHERE {named}"
    seen = {row["month"] for row in record.rows(question, values) if row["month"]}
    return round(sum(month in seen for month in months) / len(months), 2)


def _months(since: str | None, until: str | None) -> list[str]:
    """The months of a window, as 2021-06; none for an open one."""
    if since is None or until is None:
        return []
    day, last = date.fromisoformat(since).replace(day=1), date.fromisoformat(until)
    found: list[str] = []
    while day < last and len(found) < LONGEST_WINDOW_MONTHS:
        found.append(day.isoformat()[:7])
        day = (day + timedelta(days=31)).replace(day=1)
    return found
