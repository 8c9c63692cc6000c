"""The pages of happenings: one thing in the world, told by one report or by many; joined and parted by people."""

from typing import Any

from verbale.record import find, merge, pairs
from verbale.record.find import Found
from verbale.record.merge import Happening
from verbale.views.web.page import Missing, Page, Visit, elsewhere, number, twin
from verbale.views.web.saying import plain

LIMIT = 25
MEMBERS_SHOWN = 4
LIKELY = 8
"""So many findings are offered to be joined with a happening: of the same states, nearest in time."""


def happenings(visit: Visit) -> Page:
    """What was joined last; reading does not join anew, so that a page stays quick."""
    least = max(1, number(visit.word("reports")))
    found = merge.happenings(visit.record, LIMIT, visit.offset, least)
    total = visit.memory.keep(
        ("happenings", least),
        lambda: visit.record.rows("SELECT count(*) FROM happening WHERE n_reports >= ?", [least])[0][0],
    )
    given = {"reports": str(least) if least > 1 else ""}
    shown = [one for happening in found if (one := _shown(visit, happening, MEMBERS_SHOWN))]
    values = {
        "found": shown,
        "total": total,
        "offset": visit.offset,
        "limit": LIMIT,
        "least": least,
        "here": elsewhere("/happenings", given),
        "twin": twin("/happenings", given),
        "is_merged": merge.is_merged(visit.record),
    }
    rows = [
        {
            "id": one.id,
            "kind": one.kind,
            "type": one.type,
            "since": one.since,
            "until": one.until,
            "status": one.status,
            "n_reports": one.n_reports,
            "n_copies": one.n_copies,
            "n_independent": one.n_independent,
        }
        for one in found
    ]
    return Page("happenings.html", values, plain(found), rows)


def _shown(visit: Visit, happening: Happening, most: int) -> dict[str, Any] | None:
    members = [told for member in happening.members[:most] if (told := find.finding(visit.record, member))]
    if not members:
        return None
    return {
        "happening": happening,
        "first": max(members, key=lambda told: len(told.parties)),
        "members": members,
        "more": len(happening.members) - len(members),
    }


def happening(visit: Visit) -> Page:
    """One happening: every finding that tells it, why it was joined, and what might be joined too."""
    found = merge.happening(visit.record, visit.asked["id"])
    shown = _shown(visit, found, 200) if found else None
    if found is None or shown is None:
        raise Missing(f"No happening {visit.asked['id']} is in this record; it may have been joined anew.")
    reasons = {link.finding: (link.score, link.reason) for link in found.links}
    denials = [
        told for link in found.links if link.part != "tells" if (told := find.finding(visit.record, link.finding))
    ]
    likely = _likely(visit, found, shown["members"])
    judged = [
        one for one in pairs.judgements(visit.record) if one.finding in found.members or one.other in found.members
    ]
    values = {
        **shown,
        "reasons": reasons,
        "denials": denials,
        "likely": likely,
        "by": visit.word("by") or visit.by,
        "judged": judged[-20:],
    }
    rows = [
        {
            "happening": found.id,
            "finding": one.id,
            "report": one.report,
            "words": one.words,
            "since": one.since,
            "until": one.until,
            "score": reasons[one.id][0],
            "reason": reasons[one.id][1],
        }
        for one in shown["members"]
    ]
    return Page("happening.html", values, {"happening": plain(found), "members": rows, "likely": plain(likely)}, rows)


def _likely(visit: Visit, found: Happening, members: list[Found]) -> list[Found]:
    """Findings of the same kind and states, nearest in time, that another happening has."""
    first = members[0]
    row = visit.record.row(
        "SELECT one, other FROM dyad WHERE finding = (SELECT number FROM finding WHERE id = ?) AND one < other LIMIT 1",
        [first.id],
    )
    if not row or not first.since:
        return []
    near = visit.record.rows(
        "SELECT finding.id FROM dyad JOIN finding ON finding.number = dyad.finding WHERE one = ? AND other = ? AND "
        "dyad.kind = ? AND dyad.since BETWEEN date(?, '-60 days') AND date(?, '+60 days') "
        "ORDER BY abs(julianday(dyad.since) - julianday(?)), finding.id LIMIT ?",
        [row["one"], row["other"], found.kind, first.since, first.since, first.since, LIKELY + len(found.members)],
    )
    ids = [one["id"] for one in near if one["id"] not in found.members][:LIKELY]
    return [told for id_ in ids if (told := find.finding(visit.record, id_))]
