"""What each page shows: a question to the record, the values of its template, and the same as data and as rows."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from verbale.errors import BadInput
from verbale.record import find, judge, merge
from verbale.record.explain import explain
from verbale.record.find import Filter, Found
from verbale.record.store import Record
from verbale.record.wire import plain
from verbale.views import wording
from verbale.views.web.marks import blocks, paragraphs

LIMIT = 50
Asked = Mapping[str, str]


class Missing(Exception):
    """Nothing is at this address."""


class Page(msgspec.Struct, frozen=True):
    """A page before it is written: a template with its values, the same as data, and as rows where it is a table."""

    template: str
    values: dict[str, Any]
    data: Any
    rows: list[dict[str, Any]] | None = None


def last_day(until: str | None) -> str | None:
    """The last day before `until`."""
    return (date.fromisoformat(until) - timedelta(days=1)).isoformat() if until else None


def home(record: Record, asked: Asked) -> Page:
    counts = {
        kind: record.rows("SELECT count(*) FROM finding WHERE kind = ?", [kind])[0][0]
        for kind in ("statement", "event", "contact", "tally")
    }
    counts["report"] = record.rows("SELECT count(*) FROM report")[0][0]
    runs = record.runs_latest(1)
    contacts = find.contacts(record, limit=6)
    reports = _reports(record, "ORDER BY number DESC LIMIT 12", ())
    values = {
        "counts": counts,
        "run": runs[0] if runs else None,
        "contacts": contacts,
        "reports": reports,
        "pairs": _pairs(record),
    }
    return Page(
        "home.html", values, {"counts": counts, "runs": plain(runs), "contacts": plain(contacts), "reports": reports}
    )


def _reports(record: Record, ending: str, values: tuple) -> list[dict[str, Any]]:
    question = (
        "SELECT id, title, url, source, published, since, until, (SELECT count(*) FROM finding "
        f"WHERE finding.report = report.id) AS findings FROM report {ending}"
    )
    return [dict(row) for row in record.rows(question, values)]


def _pairs(record: Record) -> list[dict[str, Any]]:
    rows = record.rows(
        "SELECT one, other, count(*) AS findings FROM dyad WHERE one < other GROUP BY one, other "
        "ORDER BY findings DESC, one, other LIMIT 8"
    )
    return [
        dict(row) | {"names": f"{state_name(record, row['one'])} and {state_name(record, row['other'])}"}
        for row in rows
    ]


def state_name(record: Record, country: str) -> str:
    row = record.row(
        "SELECT name FROM actor WHERE id = (SELECT id FROM actor_name WHERE country = ? AND kind = 'state' "
        "LIMIT 1) LIMIT 1",
        [country],
    )
    return row["name"] if row else country


def articles(record: Record, asked: Asked) -> Page:
    offset = _number(asked.get("offset"))
    total = record.rows("SELECT count(*) FROM report")[0][0]
    found = _reports(record, "ORDER BY ifnull(published, since) DESC, id LIMIT ? OFFSET ?", (LIMIT, offset))
    values = {"reports": found, "total": total, "offset": offset, "limit": LIMIT, "here": _here("/articles", asked)}
    return Page("articles.html", values, found, found)


def search(record: Record, asked: Asked) -> Page:
    words, offset = asked.get("q", ""), _number(asked.get("offset"))
    hits = find.text(record, words, LIMIT + 1, offset)
    found = find.findings(record, Filter(text=words, limit=20)) if words.strip() else []
    values = {
        "q": words,
        "hits": [plain(hit) | {"pieces": list(_pieces(hit.snippet))} for hit in hits[:LIMIT]],
        "found": found,
        "more": len(hits) > LIMIT,
        "offset": offset,
        "limit": LIMIT,
        "here": _here("/search", asked),
    }
    data = [plain(hit) | {"snippet": hit.snippet.translate({2: "[", 3: "]"})} for hit in hits[:LIMIT]]
    return Page("search.html", values, {"reports": data, "findings": plain(found)}, data)


def _pieces(snippet: str) -> Iterator[tuple[str, bool]]:
    for number, piece in enumerate(snippet.split(find.MARK_START)):
        marked, stop, rest = piece.partition(find.MARK_STOP)
        if number and stop:
            yield marked, True
            yield rest, False
        else:
            yield piece, False


def reader(record: Record, asked: Asked) -> Page:
    report, findings = record.report(asked["id"]), record.findings(asked["id"])
    if report is None or findings is None:
        raise Missing(f"No report {asked['id']} is in this record.")
    verdicts = {one.finding: one.verdict for one in judge.standing_of(record, report.id)}
    actors = [one for one in findings.actors if one.kind != "place"]
    places = [
        row["place"] for row in record.rows("SELECT place FROM sighting WHERE report = ? ORDER BY place", [report.id])
    ]
    values = {
        "report": report,
        "day": wording.window_words(findings.window),
        "clues": list(dict.fromkeys(wording.clue_words(findings.window))),
        "people": [one for one in actors if one.kind == "person"],
        "others": [one for one in actors if one.kind != "person"],
        "doubts": wording.all_doubts(report.repairs, findings.doubts),
        "places": [place for place in places if place],
        "link": report.url if (report.url or "").startswith(("http://", "https://")) else None,
        "blocks": blocks(paragraphs(report, findings, verdicts)),
    }
    return Page("reader.html", values, {"report": plain(report), "findings": plain(findings)})


def finding(record: Record, asked: Asked) -> Page:
    try:
        said = explain(record, asked["id"])
    except BadInput as unknown:
        raise Missing(str(unknown)) from None
    return Page("finding.html", {"said": said, "by": asked.get("by", "")}, plain(said))


FIELDS = {
    "statement": (
        ("speaker", "Speaker"),
        ("about", "About"),
        ("text", "Words"),
        ("since", "From day"),
        ("until", "Up to day"),
    ),
    "event": (
        ("actor", "Who"),
        ("type", "Type"),
        ("status", "Status"),
        ("text", "Words"),
        ("since", "From day"),
        ("until", "Up to day"),
    ),
    "contact": (
        ("actor", "Who"),
        ("type", "Channel"),
        ("place", "Where"),
        ("topic", "Topic"),
        ("since", "From day"),
        ("until", "Up to day"),
    ),
}
EMPTY = {
    "statement": "No statement meets this. Try fewer words, or a part of a name.",
    "event": "No event meets this. Types are PLOVER's: CONSULT, AGREE, SANCTION … (see the codebook).",
    "contact": "No contact meets this. Channels are: in person, phone, video, letter.",
}


def listing(kind: str) -> Callable[[Record, Asked], Page]:
    """The page of all findings of a kind, filtered by what is asked."""

    def page(record: Record, asked: Asked) -> Page:
        path, offset = f"/{kind}s", _number(asked.get("offset"))
        given = {name: asked[name].strip() for name, _ in FIELDS[kind] if asked.get(name, "").strip()}
        given_days: dict[str, Any] = {
            name: _day(value) if name in ("since", "until") else value for name, value in given.items()
        }
        wanted = Filter(kind=kind, limit=LIMIT, offset=offset, **given_days)
        found, total = find.findings(record, wanted), find.count(record, wanted)
        values = {
            "heading": f"{kind.capitalize()}s",
            "path": path,
            "found": found,
            "total": total,
            "offset": offset,
            "limit": LIMIT,
            "here": _here(path, asked),
            "filtered": bool(given),
            "empty": EMPTY[kind],
            "fields": [(name, label, given.get(name, "")) for name, label in FIELDS[kind]],
            "facets": [] if given else list(_facets(record, kind, path)),
            "twin": _twin(path, asked),
        }
        return Page("list.html", values, {"total": total, "findings": plain(found)}, _rows(found))

    return page


def _facets(record: Record, kind: str, path: str) -> Iterator[dict[str, Any]]:
    by_type = record.rows(
        "SELECT type, count(*) AS n FROM finding WHERE kind = ? GROUP BY type ORDER BY n DESC LIMIT 12", [kind]
    )
    if kind != "statement":
        yield {
            "label": "by type",
            "values": [(row["type"], row["n"], f"{path}?{urlencode({'type': row['type']})}") for row in by_type],
        }
    by_year = record.rows(
        "SELECT substr(since, 1, 4) AS year, count(*) AS n FROM finding WHERE kind = ? AND since IS NOT "
        "NULL GROUP BY year ORDER BY year DESC LIMIT 12",
        [kind],
    )
    yield {
        "label": "by year",
        "values": [
            (row["year"], row["n"], f"{path}?since={row['year']}-01-01&until={int(row['year']) + 1:04d}-01-01")
            for row in by_year
        ],
    }


def _rows(found: list[Found]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "type": one.type,
            "mode": one.mode,
            "status": one.status,
            "code": one.code,
            "since": one.since,
            "until": one.until,
            "who": "; ".join(one.names("speaker", "co-speaker", "who", "party")),
            "whom": "; ".join(one.names("whom")),
            "words": one.words,
            "start": one.start,
            "stop": one.stop,
            "confidence": one.confidence,
            "report": one.report,
            "title": one.title,
            "published": one.published,
            "url": one.url,
        }
        for one in found
    ]


def actor(record: Record, asked: Asked) -> Page:
    id_ = asked["id"]
    rows = record.rows(
        "SELECT DISTINCT name, kind, code, country, office FROM actor WHERE id = ? ORDER BY office", [id_]
    )
    if not rows:
        raise Missing(f"No actor {id_} is in this record.")
    offices = list(dict.fromkeys(row["office"] for row in rows if row["office"]))
    groups = {
        "Contacts": find.contacts(record, actor=id_, limit=20),
        "What was said by them": find.statements(record, speaker=id_, limit=20),
        "Events": find.events(record, actor=id_, limit=20),
    }
    values = {"actor": dict(rows[0]), "id": id_, "offices": offices, "groups": groups}
    return Page(
        "actor.html",
        values,
        {"actor": [dict(row) for row in rows], **{name: plain(found) for name, found in groups.items()}},
    )


def happenings(record: Record, asked: Asked) -> Page:
    """What `verbale happenings` joined last; reading does not join anew, so that a page stays quick."""
    offset = _number(asked.get("offset"))
    found = merge.happenings(record, LIMIT, offset)
    total = record.rows("SELECT count(*) FROM happening")[0][0]
    shown = []
    for one in found:
        members = [told for member in one.members if (told := find.finding(record, member))]
        if members:
            first = max(members, key=lambda told: len(told.parties))
            shown.append({"happening": one, "first": first, "members": members})
    values = {"found": shown, "total": total, "offset": offset, "limit": LIMIT, "here": _here("/happenings", asked)}
    rows = [{name: value for name, value in plain(one).items() if name not in ("differ", "members")} for one in found]
    return Page("happenings.html", values, plain(found), rows)


def runs(record: Record, asked: Asked) -> Page:
    found = record.runs_latest(100)
    rows = [
        {
            "id": one.id,
            "started": one.started,
            "finished": one.finished,
            "inputs": one.inputs,
            "coded": one.coded,
            "skipped": one.skipped,
            "failed": one.failed,
        }
        for one in found
    ]
    return Page("runs.html", {"runs": found}, plain(found), rows)


def review(record: Record, asked: Asked) -> Page:
    """The least sure finding that nobody has judged."""
    row = record.row(
        "SELECT id FROM finding WHERE kind <> 'topic' AND id NOT IN (SELECT finding FROM judgement) "
        "ORDER BY confidence, id LIMIT 1 OFFSET ?",
        [_number(asked.get("skip"))],
    )
    judged = judge.judgements(record)
    said = explain(record, row["id"]) if row else None
    values = {
        "said": said,
        "by": asked.get("by", ""),
        "skip": _number(asked.get("skip")),
        "judged": len(judged),
        "last": judged[-1] if judged else None,
    }
    return Page("review.html", values, plain(said) if said else {})


def _number(given: str | None) -> int:
    return int(given) if given and given.isdigit() and len(given) < 10 else 0


def _day(given: str) -> date:
    parts = [*given.split("-"), "1", "1"][:3]
    try:
        return date(*map(int, parts))
    except ValueError:
        raise BadInput(f"{given!r} is no day; write 2020-12-29, 2020-12 or 2020") from None


def _here(path: str, asked: Asked) -> Callable[[int], str]:
    """A function to this page's address from another place in its list."""
    return lambda offset: f"{path}?{urlencode({**_kept(asked), 'offset': max(0, offset)})}"


def _twin(path: str, asked: Asked) -> Callable[[str], str]:
    question = urlencode(_kept(asked))
    return lambda ending: quote(path) + ending + (f"?{question}" if question else "")


def _kept(asked: Asked) -> dict[str, str]:
    return {name: value for name, value in asked.items() if name != "offset" and value}
