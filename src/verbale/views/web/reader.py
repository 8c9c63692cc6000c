"""The page of a report: its text with the evidence in place, and what was found beside it."""

from collections import Counter
from typing import Any

from verbale.errors import BadInput
from verbale.model.when import DateWindow
from verbale.record import find, judge
from verbale.record.explain import explain
from verbale.record.merge import happening_of
from verbale.record.wire import all_findings
from verbale.views import wording
from verbale.views.web.marks import blocks, paragraphs
from verbale.views.web.page import Missing, Page, Visit
from verbale.views.web.reviewing import form_values
from verbale.views.web.saying import plain, row


def reader(visit: Visit) -> Page:
    record = visit.record
    report, findings = record.report(visit.asked["id"]), record.findings(visit.asked["id"])
    if report is None or findings is None:
        raise Missing(f"No report {visit.asked['id']} is in this record.")
    verdicts = {one.finding: one.verdict for one in judge.standing_of(record, report.id)}
    actors = [one for one in findings.actors if one.kind != "place"]
    places = [
        row["place"] for row in record.rows("SELECT place FROM sighting WHERE report = ? ORDER BY place", [report.id])
    ]
    shown = blocks(paragraphs(report, findings, verdicts))
    values: dict[str, Any] = {
        "report": report,
        "day": wording.window_words(findings.window),
        "short_day": _short_day(findings.window),
        "clues": list(dict.fromkeys(wording.clue_words(findings.window))),
        "people": [one for one in actors if one.kind == "person"],
        "others": [one for one in actors if one.kind != "person"],
        "doubts": wording.all_doubts(report.repairs, findings.doubts),
        "places": [place for place in places if place],
        "link": report.url if (report.url or "").startswith(("http://", "https://")) else None,
        "blocks": shown,
        "aside": find.set_aside(record, report.id),
        "counts": Counter(note.kind for block in shown for paragraph in block.paragraphs for note in paragraph.notes),
    }
    rows = (
        [row(found) for one in all_findings(findings) if (found := find.finding(record, one.id))]
        if visit.form == "csv"
        else []
    )
    return Page("reader.html", values, {"report": plain(report), "findings": plain(findings)}, rows)


def _short_day(window: DateWindow) -> str:
    between = wording.period_words(window.period)
    if window.published:
        return wording.day_words(window.published)
    return f"day not known; {between}" if between else "day not known"


def finding(visit: Visit) -> Page:
    """Why a finding stands in the record."""
    try:
        said = explain(visit.record, visit.asked["id"])
    except BadInput as unknown:
        raise Missing(str(unknown)) from None
    values = form_values(visit.record, said) | {
        "by": visit.word("by") or visit.by,
        "happening": happening_of(visit.record, said.found.id),
    }
    return Page("finding.html", values, plain(said))
