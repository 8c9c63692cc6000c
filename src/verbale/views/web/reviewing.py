"""The review queue: one decision a screen, the least sure finding first; and what a verdict changes."""

from typing import Any

import msgspec

from verbale.errors import BadInput
from verbale.model.findings import Judgement
from verbale.record import find, judge, merge, pairs, wire
from verbale.record.corrections import fields_of, values_of
from verbale.record.explain import Explanation, explain
from verbale.record.store import Record
from verbale.views import wording
from verbale.views.known_people import who_of
from verbale.views.web.page import Page, Visit, address, number
from verbale.views.web.saying import plain, sentence

REVIEWED = ("statement", "event", "contact", "tally", "topic")


def review(visit: Visit) -> Page:
    """The least sure finding that nobody has judged."""
    record, by = visit.record, visit.word("by") or visit.by
    kind = visit.word("kind") if visit.word("kind") in REVIEWED else ""
    skip = number(visit.word("skip"))
    ids = judge.least_sure(record, kind or None, 1, skip)
    said = explain(record, ids[0]) if ids else None
    last = judge.last_standing(record, by) if by else None
    values = {
        **form_values(record, said),
        "by": by,
        "skip": skip,
        "kind": kind,
        "last": last,
        "left": visit.memory.keep("unjudged", lambda: judge.unjudged(record)),
        "judged": visit.memory.keep("judged", lambda: record.rows("SELECT count(*) FROM judgement")[0][0]),
        "next": address("/review", skip=str(skip + 1), kind=kind),
        "back": address("/review", kind=kind, skip=str(skip or "")),
        "kinds": [
            (
                "all kinds" if not one else "counts" if one == "tally" else one + "s",
                address("/review", kind=one),
                one == kind,
            )
            for one in ("", *REVIEWED)
        ],
        "first": address("/review", kind=kind),
    }
    return Page("review.html", values, plain(said) if said else {})


def form_values(record: Record, said: Explanation | None) -> dict[str, Any]:
    """What the form of a verdict shows: the finding in a line, and its fields as they are now."""
    if said is None:
        return {"said": None, "sentence": "", "fields": [], "now": {}}
    finding: wire.Finding = msgspec.convert(said.found.body, wire.KINDS[said.found.kind])
    name = wording.namer(record.actors(said.found.report))
    return {
        "said": said,
        "sentence": sentence(record, said.found),
        "fields": [field for field in fields_of(said.found.kind) if field.name not in ("since", "until")],
        "now": values_of(finding, name),
    }


def give(record: Record, form: dict[str, str]) -> tuple[Judgement, str]:
    """Write down the verdict of a form; it, and the address to go on to."""
    finding, verdict, by = form.get("finding", ""), form.get("verdict", ""), form.get("by", "")
    correction = _correction(record, finding, form) if verdict == "correct" else None
    if verdict == "correct" and not correction:
        raise BadInput("nothing was set right: change a field first, or accept the finding")
    found = find.finding(record, finding)
    who = who_of(found) if found else None
    given = judge.judge(record, finding, verdict, by, form.get("reason", ""), correction, who)
    back = form.get("back", "")
    return given, back if back == "/review" or back.startswith("/review?") else f"/f/{given.finding}"


def _correction(record: Record, finding: str, form: dict[str, str]) -> dict[str, str]:
    """The fields of the form that are not as they were."""
    found = find.finding(record, finding)
    if found is None:
        raise BadInput(f"{finding}: no such finding")
    before = form_values(record, explain(record, finding))["now"]
    return {
        name: form[f"set-{name}"].strip()
        for name in before
        if f"set-{name}" in form and form[f"set-{name}"].strip() != before[name]
    }


def pair(record: Record, form: dict[str, str]) -> str:
    """Join or part findings of happenings as a form says; the address of what came of it."""
    finding, by, reason = form.get("finding", ""), form.get("by", ""), form.get("reason", "")
    verdict, other = form.get("verdict", ""), form.get("other", "")
    if verdict == "merge":
        pairs.join(record, finding, other, by, reason)
    elif verdict == "split":
        pairs.split(record, finding, by, reason)
    elif verdict == "undo":
        pairs.undo(record, finding, other, by, reason)
    else:
        raise BadInput(f"verdict {verdict!r}: wanted merge, split or undo")
    merge.refresh(record, filter(None, [finding, other]))
    found = merge.happening_of(record, finding)
    return f"/happening/{found.id}" if found else "/happenings"
