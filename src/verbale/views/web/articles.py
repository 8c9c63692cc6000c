"""The pages of articles and of what is found in them by words: lists of reports, and search over everything."""

from collections.abc import Iterator
from typing import Any

from verbale.record import find
from verbale.record.find import Filter, Hit
from verbale.record.store import Record
from verbale.views.web.lists import Facet
from verbale.views.web.memory import TooLong, within
from verbale.views.web.page import Page, Visit, address, day, elsewhere, twin
from verbale.views.web.saying import plain

COUNT_SECONDS = 0.05
FINDINGS_SHOWN = 20
ACTORS_SHOWN = 12
SOURCES_SHOWN = 10
KINDS = ("statement", "event", "contact", "tally", "topic")


def latest_reports(record: Record, limit: int) -> list[dict[str, Any]]:
    """The reports read last."""
    return _reports(record, "ORDER BY number DESC LIMIT ?", (limit,))


def _reports(record: Record, ending: str, values: tuple) -> list[dict[str, Any]]:
    question = (
        "SELECT id, title, url, source, published, since, until, (SELECT count(*) FROM finding "
        f"WHERE finding.report = report.id) AS findings FROM report {ending}"
    )
    return [dict(row) for row in record.rows(question, values)]


def articles(visit: Visit) -> Page:
    conditions, values = ["1"], []
    given = {name: value for name in ("source", "since", "until") if (value := visit.word(name))}
    for name, test in (("source", "source = ?"), ("since", "until > ?"), ("until", "since < ?")):
        if name in given:
            conditions.append(test)
            values.append(given[name] if name == "source" else day(given[name]).isoformat())
    where = f"WHERE {' AND '.join(conditions)}"
    total = visit.memory.keep(
        ("reports", tuple(given.items())),
        lambda: visit.record.rows(f"SELECT count(*) FROM report {where}", values)[0][0],
    )
    found = _reports(
        visit.record, f"{where} ORDER BY since DESC, until LIMIT ? OFFSET ?", (*values, visit.limit, visit.offset)
    )
    shown = {
        "reports": found,
        "total": total,
        "offset": visit.offset,
        "limit": visit.limit,
        "given": given,
        "here": elsewhere("/articles", given),
        "twin": twin("/articles", given),
        "facets": list(_facets(visit, given)),
        "chips": [
            (
                {"source": "Source", "since": "From day", "until": "Before day"}[name],
                value,
                address("/articles", **{**given, name: ""}),
            )
            for name, value in given.items()
        ],
    }
    return Page("articles.html", shown, {"total": total, "reports": found}, found)


def _facets(visit: Visit, given: dict[str, str]) -> Iterator[Facet]:
    """Years and sources of the whole record; what takes too long is left out till the record changes."""

    def counted() -> dict[str, list[tuple[str, int]]]:
        asked = {
            "year": "SELECT substr(since, 1, 4) AS year, count(*) FROM report WHERE since IS NOT NULL GROUP BY year "
            "ORDER BY year DESC LIMIT 12",
            "source": "SELECT source, count(*) AS n FROM report WHERE source IS NOT NULL GROUP BY source "
            f"ORDER BY n DESC LIMIT {SOURCES_SHOWN}",
        }
        found = {}
        for name, question in asked.items():
            try:
                with within(visit.record, COUNT_SECONDS):
                    found[name] = [(row[0], row[1]) for row in visit.record.rows(question)]
            except TooLong:
                found[name] = []
        return found

    for name, values in visit.memory.keep(("facets", "report"), counted).items():
        if len(values) > 1 and name not in given and not (name == "year" and "since" in given):
            yield Facet(
                name.capitalize(),
                tuple(
                    (
                        value,
                        n,
                        address(
                            "/articles",
                            **given
                            | ({"since": value, "until": f"{int(value) + 1:04d}"} if name == "year" else {name: value}),
                        ),
                    )
                    for value, n in values
                ),
            )


def search(visit: Visit) -> Page:
    """Reports, findings and actors that hold the words asked for; what is asked for is the address."""
    words, kind = visit.word("q"), visit.word("kind")
    kind = kind if kind in KINDS or kind == "report" else ""
    hits, more = _hits(visit, words) if kind in ("", "report") else ([], False)
    wanted = Filter(
        kind=kind or None, text=words, limit=visit.limit if kind else FINDINGS_SHOWN, offset=visit.offset if kind else 0
    )
    found = find.findings(visit.record, wanted) if words and kind != "report" else []
    actors = _actors(visit.record, words) if words and not kind else []
    counts = _counts(visit, words) if words else {}
    given = {"q": words, "kind": kind}
    limit = visit.limit
    values = {
        "q": words,
        "kind": kind,
        "hits": [plain(hit) | {"pieces": list(_pieces(hit.snippet))} for hit in hits],
        "found": found,
        "actors": actors,
        "more": more or bool(kind and kind != "report" and len(found) == limit),
        "offset": visit.offset,
        "limit": limit,
        "here": elsewhere("/search", given),
        "twin": twin("/search", given),
        "facets": [
            Facet(
                "In",
                tuple(
                    (name + "s" if name != "tally" else "counts of contacts", n, address("/search", q=words, kind=name))
                    for name, n in counts.items()
                    if n != 0
                ),
            )
        ]
        if any(n != 0 for n in counts.values())
        else [],
        "chips": [("In", kind + "s", address("/search", q=words))] if kind else [],
    }
    data = [plain(hit) | {"snippet": hit.snippet.translate({2: "[", 3: "]"})} for hit in hits]
    return Page("search.html", values, {"reports": data, "findings": plain(found), "actors": actors}, data)


def _hits(visit: Visit, words: str) -> tuple[list[Hit], bool]:
    """Reports that hold the words, best first. Ranked before anything is cut out of a text, which takes long."""
    query = find.full_text_query(words)
    if not query:
        return [], False
    numbers = [
        row[0]
        for row in visit.record.rows(
            "SELECT rowid FROM report_words WHERE report_words MATCH ? ORDER BY rank LIMIT ? OFFSET ?",
            [query, visit.limit + 1, visit.offset],
        )
    ]
    hits = [hit for number in numbers[: visit.limit] if (hit := _hit(visit.record, query, number))]
    return hits, len(numbers) > visit.limit


def _hit(record: Record, query: str, number: int) -> Hit | None:
    row = record.row(
        "SELECT report.id, report.title, url, published, snippet(report_words, 1, ?, ?, ' … ', 24) AS snippet, "
        "(SELECT count(*) FROM finding WHERE finding.report = report.id) AS findings FROM report_words JOIN report ON "
        "report.number = report_words.rowid WHERE report_words MATCH ? AND report_words.rowid = ?",
        [find.MARK_START, find.MARK_STOP, query, number],
    )
    return Hit(*row) if row else None


def _actors(record: Record, words: str) -> list[dict[str, Any]]:
    found = []
    for id_, kind in find.actors_named(record, words)[:ACTORS_SHOWN]:
        row = record.row("SELECT name, office FROM actor WHERE id = ? LIMIT 1", [id_])
        if row:
            found.append({"id": id_, "kind": kind, "name": row["name"], "office": row["office"]})
    return found


def _counts(visit: Visit, words: str) -> dict[str, int | None]:
    """How many reports and findings of each kind hold the words; None where counting takes too long."""
    query = find.full_text_query(words)
    if not query:
        return {}

    def counted() -> dict[str, int | None]:
        found: dict[str, int | None] = dict.fromkeys(("report", *KINDS))
        try:
            with within(visit.record, COUNT_SECONDS):
                found["report"] = visit.record.rows(
                    "SELECT count(*) FROM report_words WHERE report_words MATCH ?", [query]
                )[0][0]
                rows = visit.record.rows(
                    "SELECT kind, count(*) FROM finding WHERE number IN (SELECT rowid FROM finding_words WHERE "
                    "finding_words MATCH ?) GROUP BY kind",
                    [query],
                )
                found |= dict.fromkeys(KINDS, 0) | {row[0]: row[1] for row in rows}
        except TooLong:
            pass
        return found

    return visit.memory.keep(("words", query), counted)


def _pieces(snippet: str) -> Iterator[tuple[str, bool]]:
    """A snippet in pieces, each with whether it is what was looked for."""
    for number, piece in enumerate(snippet.split(find.MARK_START)):
        marked, stop, rest = piece.partition(find.MARK_STOP)
        if number and stop:
            yield marked, True
            yield rest, False
        else:
            yield piece, False
