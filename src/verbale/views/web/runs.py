"""The pages of runs: what went in, what came of each input, and with which versions."""

from verbale.views.web.page import Missing, Page, Visit, elsewhere, twin
from verbale.views.web.saying import plain

OUTCOMES = ("coded", "skipped", "failed")
RUNS_SHOWN = 100
PROBLEMS_SHOWN = 5


def runs(visit: Visit) -> Page:
    found = visit.record.runs_latest(RUNS_SHOWN)
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
    return Page("runs.html", {"runs": found, "most": PROBLEMS_SHOWN}, plain(found), rows)


def run(visit: Visit) -> Page:
    """One run: its inputs, those that failed or were skipped first."""
    id_, outcome = visit.asked["id"], visit.word("outcome")
    found = next((one for one in visit.record.runs() if one.id == id_), None)
    if found is None:
        raise Missing(f"No run {id_} is in this record.")
    condition, values = ("AND outcome = ?", [outcome]) if outcome in OUTCOMES else ("", [])
    rows = [
        dict(row)
        for row in visit.record.rows(
            f"SELECT number, place, outcome, reason, report FROM run_input WHERE run = ? {condition} "
            "ORDER BY outcome = 'coded', number LIMIT ? OFFSET ?",
            [id_, *values, visit.limit, visit.offset],
        )
    ]
    total = {"coded": found.coded, "skipped": found.skipped, "failed": found.failed}.get(outcome, found.inputs)
    given = {"outcome": outcome if outcome in OUTCOMES else ""}
    shown = {
        "run": found,
        "inputs": rows,
        "total": total,
        "offset": visit.offset,
        "limit": visit.limit,
        "outcome": outcome,
        "here": elsewhere(f"/runs/{id_}", given),
        "twin": twin(f"/runs/{id_}", given),
    }
    return Page("run.html", shown, {"run": plain(found), "inputs": rows}, rows)
