"""Directed dyads by month or year: what R users join with other data on states."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import msgspec

from verbale.record.store import Record
from verbale.tables.ontology import load_ontology
from verbale.views.export.acts import Act, acts
from verbale.views.export.states import states

QUADS = {1: "verbal_cooperation", 2: "material_cooperation", 3: "verbal_conflict", 4: "material_conflict"}
COLUMNS = (
    "one",
    "other",
    "cow_one",
    "cow_other",
    "gw_one",
    "gw_other",
    "period",
    "n_events",
    "n_reports",
    *QUADS.values(),
    "mean_goldstein",
    "contacts",
)


class Counted(msgspec.Struct, frozen=True, gc=False):
    """What is kept of an act to count it: little, for a record may hold millions."""

    one: str
    other: str
    period: str | None
    number: int
    happening: str
    is_first: bool
    report: str
    quad: int | None
    goldstein: float | None
    is_contact: bool


def _counted(one: str, other: str, act: Act, period: str | None) -> Counted:
    return Counted(
        one,
        other,
        period,
        act.number,
        act.happening,
        act.is_first,
        act.report.id,
        act.quad,
        act.goldstein,
        act.found.type == "CONSULT",
    )


def dyads(record: Record, by: str, fill: bool = False) -> Iterator[dict[str, Any]]:
    """One row a directed pair of states and month (or year). `n_events` counts things that happened, each once however
    many reports tell it; `n_reports` counts those reports. `fill`: rows of zero for every pair and period between the
    first and the last that have any.

    Events whose time is not within one period are left out: which period they belong to is not known. What several
    reports tell belongs to the period of the one that tells it most closely.
    """
    letters = {"month": 7, "year": 4}[by]
    told: list[Counted] = []
    periods_of: dict[int, str | None] = {}
    for act in acts(record):
        one, other = (side.country if side else None for side in (act.actor, act.target))
        if one and other and one != other:
            told.append(_counted(one, other, act, _period(act.found, letters)))
            if act.is_first:
                periods_of[act.number] = told[-1].period
    cells: dict[tuple[str, str, str], list[Counted]] = {}
    for counted in told:
        period = periods_of.get(counted.number, counted.period)
        if period:
            cells.setdefault((counted.one, counted.other, period), []).append(counted)
    periods = sorted({period for _, _, period in cells})
    keys = sorted(cells)
    if fill and periods:
        pairs = sorted({(one, other) for one, other, _ in cells})
        keys = [(one, other, period) for (one, other), period in product(pairs, _every(periods[0], periods[-1], by))]
    for key in keys:
        yield _row(key, cells.get(key, []))


def _period(found: Any, letters: int) -> str | None:
    from datetime import date, timedelta

    if not found.since or not found.until:
        return None
    last = (date.fromisoformat(found.until) - timedelta(days=1)).isoformat()
    return found.since[:letters] if found.since[:letters] == last[:letters] else None


def quad_of(found: Any) -> int | None:
    """QuadClass 1 to 4 of an event by its derived code; None where it has none."""
    return load_ontology().quad_class(found.code)


def _every(first: str, last: str, by: str) -> list[str]:
    if by == "year":
        return [str(year) for year in range(int(first), int(last) + 1)]
    start, stop = (int(one[:4]) * 12 + int(one[5:7]) - 1 for one in (first, last))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, stop + 1)]


def _row(key: tuple[str, str, str], told: list[Counted]) -> dict[str, Any]:
    one, other, period = key
    known = states().get(one), states().get(other)
    once = list(
        {act.happening: act for act in sorted(told, key=lambda act: (act.is_first, act.report, act.number))}.values()
    )
    scores = [act.goldstein for act in once if act.goldstein is not None]
    counts = {name: sum(act.quad == quad for act in once) for quad, name in QUADS.items()}
    return {
        "one": one,
        "other": other,
        "cow_one": known[0] and known[0].cow,
        "cow_other": known[1] and known[1].cow,
        "gw_one": known[0] and known[0].gw,
        "gw_other": known[1] and known[1].gw,
        "period": period,
        "n_events": len(once),
        "n_reports": len({act.report for act in told}),
        **counts,
        "mean_goldstein": round(sum(scores) / len(scores), 3) if scores else None,
        "contacts": sum(act.is_contact for act in once),
    }
