"""Questions to a record. Each gives what was found together with its words and where they stand."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from verbale.record import wire
from verbale.record.names import folded
from verbale.record.store import Record

MARK_START, MARK_STOP = "\x02", "\x03"
"""Around the found words in a snippet: no text holds them, so that a page may put its own marks there."""
PAGE = 50


class Hit(msgspec.Struct, frozen=True):
    """A report that holds the words looked for."""

    report: str
    title: str | None
    url: str | None
    published: str | None
    snippet: str
    findings: int


class Who(msgspec.Struct, frozen=True):
    """Someone in a finding as shown: the actor's name where known, else the words."""

    role: str
    name: str
    actor: str | None
    code: str | None
    words: str
    certainty: str = "high"


class Found(msgspec.Struct, frozen=True):
    """A finding as an answer: what it claims, the words that say so, and where."""

    id: str
    kind: str
    type: str
    mode: str | None
    status: str | None
    code: str | None
    background: bool
    since: str | None
    until: str | None
    words: str
    start: int
    stop: int
    parties: tuple[Who, ...]
    topics: tuple[str, ...]
    confidence: float
    report: str
    title: str | None
    url: str | None
    published: str | None
    body: dict[str, Any]
    judged: str | None = None
    """accept, correct or reject by a person; kept: a judged finding rests on it; None: the machine's reading."""

    def names(self, *roles: str) -> list[str]:
        return [one.name for one in self.parties if one.role in roles]


class Filter(msgspec.Struct, frozen=True):
    """What findings to give; a field left out asks for nothing. Days are half-open: from `since`, up to `until`."""

    kind: str | None = None
    actor: str | None = None
    """In any role. An id, a three-letter country, or a name or part of one."""
    speaker: str | None = None
    about: str | None = None
    """Whom or what a statement is about: stance, topic or words."""
    dyad: tuple[str, str] | None = None
    type: str | None = None
    status: str | None = None
    topic: str | None = None
    place: str | None = None
    since: date | None = None
    until: date | None = None
    text: str | None = None
    report: str | None = None
    source: str | None = None
    confidence: float | None = None
    judged: bool | None = None
    """True: only what a person accepted or corrected; False: only what nobody has judged."""
    limit: int = PAGE
    offset: int = 0


def text(record: Record, words: str, limit: int = PAGE, offset: int = 0) -> list[Hit]:
    """Reports that hold all the words, best first. "Words in marks" are a phrase, a star at the end takes any ending.

    Any text may be asked for; what is no word is left out, and nothing but that asks for nothing.
    """
    query = full_text_query(words)
    if not query:
        return []
    rows = record.rows(
        "SELECT report.id, report.title, url, published, snippet(report_words, 1, ?, ?, ' … ', 24) AS snippet, "
        "(SELECT count(*) FROM finding WHERE finding.report = report.id) AS findings FROM report_words "
        "JOIN report ON report.number = report_words.rowid WHERE report_words MATCH ? ORDER BY rank, report.id "
        "LIMIT ? OFFSET ?", [MARK_START, MARK_STOP, query, limit, offset])
    return [Hit(*row) for row in rows]


def full_text_query(words: str) -> str:
    """What a person typed as a query that the index takes, whatever was typed: every term a quoted string."""
    clean = "".join(one if one.isprintable() else " " for one in words)
    terms = []
    for phrase, term in re.findall(r'"([^"]+)"|([^\s"]+)', clean):
        wanted, ending = (phrase, "") if phrase else (term.rstrip("*"), "*" if term.endswith("*") else "")
        if any(one.isalnum() for one in wanted):
            terms.append(f'"{wanted}"{ending}')
    return " ".join(terms[:40])


def findings(record: Record, wanted: Filter) -> list[Found]:
    """Findings that meet the filter, latest day first."""
    conditions, values = _conditions(record, wanted)
    few = _few(conditions)
    question = (f"SELECT finding.* FROM finding WHERE {' AND '.join(conditions) or '1'} "
                f"ORDER BY {few}finding.since DESC, finding.report, finding.start, finding.id "
                "LIMIT :limit OFFSET :offset")
    values |= {"limit": wanted.limit, "offset": wanted.offset}
    return [_found(record, row) for row in record.rows(question, values)]


def count(record: Record, wanted: Filter) -> int:
    """How many findings meet the filter, limit and offset aside. What is counted already is not counted anew."""
    kept = _kept_count(record, wanted)
    if kept is not None:
        return kept
    conditions, values = _conditions(record, wanted)
    _few(conditions)
    question = f"SELECT count(*) FROM finding WHERE {' AND '.join(conditions) or '1'}"
    return record.rows(question, values)[0][0]


def _kept_count(record: Record, wanted: Filter) -> int | None:
    """The count that the record keeps for a kind alone, or with one type or status; None where more is asked for."""
    asked = {name for name in wanted.__struct_fields__ if getattr(wanted, name) is not None}
    asked -= {"kind", "limit", "offset"}
    if wanted.kind is None or len(asked) > 1 or not asked <= {"type", "status"}:
        return None
    facet = next(iter(asked), "type")
    value = getattr(wanted, facet)
    some = " AND value = ?" if value is not None else ""
    question = f"SELECT ifnull(sum(n), 0) FROM facet WHERE kind = ? AND facet = ?{some}"
    return record.rows(question, [wanted.kind, facet, *([_storable(value)] if some else [])])[0][0]


def _few(conditions: list[str]) -> str:
    """A plus keeps the database from walking all findings of a kind, type or day where the parties or words asked for
    name a few; such conditions get theirs here, and the order by day the one that is given back.
    """
    if not any("finding.number IN" in one for one in conditions):
        return ""
    for place, one in enumerate(conditions):
        if one.startswith("finding.") and not one.startswith("finding.number"):
            conditions[place] = f"+{one}"
    return "+"


def finding(record: Record, finding_id: str) -> Found | None:
    """A finding by its id, also one that a person set aside; None where none is."""
    row = record.row("SELECT * FROM finding WHERE id = ?", [finding_id])
    if row:
        return _found(record, row)
    aside = record.row("SELECT * FROM set_aside WHERE id = ?", [finding_id])
    return _aside(record, aside) if aside else None


def set_aside(record: Record, report: str | None = None) -> list[Found]:
    """What the coder found and people rejected, of one report or of all: in no other answer."""
    where, values = ("WHERE report = ?", [report]) if report else ("", [])
    return [_aside(record, row) for row in record.rows(f"SELECT * FROM set_aside {where} ORDER BY id", values)]


def statements(record: Record, **wanted: Any) -> list[Found]:
    return findings(record, Filter(kind="statement", **wanted))


def events(record: Record, **wanted: Any) -> list[Found]:
    return findings(record, Filter(kind="event", **wanted))


def contacts(record: Record, **wanted: Any) -> list[Found]:
    return findings(record, Filter(kind="contact", **wanted))


def ids_starting(record: Record, start: str, limit: int = 5) -> list[str]:
    """Ids of findings and reports that start so: a person types the first letters."""
    first = _storable(start).lower()
    inside = "id >= ?1 AND id < ?2"  # unlike LIKE, a stretch of the index
    return [row["id"] for row in record.rows(
        f"SELECT id FROM finding WHERE {inside} UNION SELECT id FROM report WHERE {inside} "
        f"UNION SELECT id FROM set_aside WHERE {inside} ORDER BY id LIMIT ?3", [first, first + "\U0010ffff", limit])]


def actors_named(record: Record, name: str) -> list[tuple[str, str]]:
    """(actor id, kind) of everyone in the record with this name, or, where nobody has it whole, with this in it."""
    wanted = folded(_storable(name))
    whole = record.rows("SELECT DISTINCT id, kind FROM actor_name WHERE folded = ? ORDER BY id", [wanted])
    rows = whole or record.rows("SELECT DISTINCT id, kind FROM actor_name WHERE instr(folded, ?) ORDER BY id", [wanted])
    return [(row["id"], row["kind"]) for row in rows] if wanted else []


def country_named(record: Record, name: str) -> str | None:
    """The state that a code or a name means in this record: RUS, russia, st:ru; None where it means none."""
    if re.fullmatch(r"[A-Z]{3}", name):
        return name
    row = record.row("SELECT country FROM actor_name WHERE (folded = ? OR id = ?) AND kind = 'state' AND country <> ''",
                     [folded(_storable(name)), _storable(name)])
    return row["country"] if row else None


def _conditions(record: Record, wanted: Filter) -> tuple[list[str], dict[str, Any]]:
    wanted = msgspec.structs.replace(wanted, **{field: _storable(value) for field, value in _texts(wanted)})
    conditions: list[str] = []
    values: dict[str, Any] = {}

    def ask(condition: str, **given: Any) -> None:
        conditions.append(condition)
        values.update(given)

    for column in ("kind", "type", "status", "report"):
        if (value := getattr(wanted, column)) is not None:
            ask(f"finding.{column} = :{column}", **{column: value})
    if wanted.actor:
        ask(_party(record, wanted.actor, "actor", None, values))
    if wanted.speaker:
        ask(_party(record, wanted.speaker, "speaker", ("speaker", "co-speaker"), values))
    if wanted.place:
        ask(_party(record, wanted.place, "place", ("where",), values))
    if wanted.about:
        party = _party(record, wanted.about, "about", ("about",), values)
        ask(f"({party} OR finding.number IN (SELECT finding FROM about WHERE topic = :about_topic)"
            f" OR {_words('about_words')})", about_topic=wanted.about, about_words=full_text_query(wanted.about))
    if wanted.topic:
        ask(f"(finding.number IN (SELECT finding FROM about WHERE topic = :topic) OR {_words('topic_words')})",
            topic=wanted.topic, topic_words=full_text_query(wanted.topic))
    if wanted.text is not None:
        ask(_words("text"), text=full_text_query(wanted.text))
    if wanted.since:
        ask("finding.until > :since", since=wanted.since.isoformat())
    if wanted.until:
        ask("finding.since < :until", until=wanted.until.isoformat())
    if wanted.confidence is not None:
        ask("finding.confidence >= :confidence", confidence=wanted.confidence)
    if wanted.judged is not None:
        ask(f"ifnull(finding.judged, '') {'' if wanted.judged else 'NOT '}IN ('accept', 'correct')")
    if wanted.source:
        ask("finding.report IN (SELECT id FROM report WHERE source = :source OR instr(ifnull(url, ''), :source))",
            source=wanted.source)
    if wanted.dyad:
        one, other = (country_named(record, side) or side for side in wanted.dyad)
        kind = "AND kind = :kind" if wanted.kind else ""
        sides = (f"SELECT finding FROM dyad WHERE one = :{a} AND other = :{b} {kind}" for a, b in
                 (("one", "other"), ("other", "one")))
        ask(f"finding.number IN ({' UNION '.join(sides)})", one=one, other=other)
    return conditions, values


def _texts(wanted: Filter) -> Iterator[tuple[str, Any]]:
    for field in wanted.__struct_fields__:
        value = getattr(wanted, field)
        if isinstance(value, (str, tuple)):
            yield field, value


def _storable(value: Any) -> Any:
    """A text that the database can be asked about: half letters, which UTF-8 cannot hold, match nothing anyway."""
    if isinstance(value, tuple):
        return tuple(map(_storable, value))
    return value.encode("utf-8", "replace").decode("utf-8")


def _words(name: str) -> str:
    return (f"(:{name} <> '' AND finding.number IN (SELECT rowid FROM finding_words WHERE finding_words MATCH "
            f"CASE WHEN :{name} = '' THEN '\"nothing asked\"' ELSE :{name} END))")


def _party(record: Record, name: str, key: str, roles: tuple[str, ...] | None, values: dict[str, Any]) -> str:
    """A condition: the finding has a party of this name, id or country (in one of the roles)."""
    in_role = f" AND role IN ({', '.join(repr(role) for role in roles)})" if roles else ""
    tests = [f"actor = :{key}"]
    values[key] = name
    if country := country_named(record, name):
        tests.append(f"country = :{key}_country")
        values[f"{key}_country"] = country
    for number, (actor, _) in enumerate(actors_named(record, name)[:200]):
        tests.append(f"actor = :{key}_{number}")
        values[f"{key}_{number}"] = actor
    asked = " UNION ".join(f"SELECT finding FROM party WHERE {test}{in_role}" for test in tests)
    return f"finding.number IN ({asked})"


def _found(record: Record, row: sqlite3.Row) -> Found:
    return _answer(record, row["report"], wire.read_finding(row["kind"], row["body"]), row["since"], row["until"],
                   row["judged"])


def _aside(record: Record, row: sqlite3.Row) -> Found:
    finding_ = wire.read_finding(row["kind"], row["body"])
    coded = record.row("SELECT coded FROM report WHERE id = ?", [row["report"]])
    assert coded is not None
    days = wire.days_of(finding_, wire.read_coded(coded["coded"]).window)
    return _answer(record, row["report"], finding_, wire.day_text(days.since), wire.day_text(days.until), "reject")


def _answer(record: Record, in_report: str, finding_: wire.Finding, since: str | None, until: str | None,
            judged: str | None) -> Found:
    report = record.row("SELECT title, url, published FROM report WHERE id = ?", [in_report])
    assert report is not None
    evidence = finding_.evidence
    return Found(finding_.id, wire.KIND_OF[type(finding_)], wire.type_of(finding_),
                 getattr(finding_, "mode", None) or getattr(finding_, "visit", None),
                 getattr(finding_, "status", None), getattr(finding_, "cameo", None),
                 getattr(finding_, "background", False), since, until, evidence.words, evidence.span.start,
                 evidence.span.stop, tuple(_parties(record, in_report, finding_)), wire.topics_of(finding_),
                 evidence.confidence, in_report, report["title"], report["url"], report["published"],
                 wire.plain(finding_), judged)


def _parties(record: Record, report: str, finding_: wire.Finding) -> Iterator[Who]:
    for role, party in wire.parties_of(finding_):
        known = record.row("SELECT name, code FROM actor WHERE report = ? AND id = ?", [report, party.actor]) \
            if party.actor else None
        name = known["name"] if known else party.words or "nobody named"
        yield Who(role, name, party.actor, known["code"] if known else None, party.words, party.certainty)
