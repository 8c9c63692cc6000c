"""The network of states: who deals with whom, as a picture laid out here and as a table."""

import math
from typing import Any

import msgspec

from verbale.record import find
from verbale.record.store import Record
from verbale.views.web.home import state_name
from verbale.views.web.page import Missing, Page, Visit, address

WIDTH, HEIGHT = 900, 560
MARGIN = 56
MOST_TIES = 60
MOST_STATES = 40
STEPS = 220
KINDS = ("contact", "event")


class State(msgspec.Struct, frozen=True):
    """A state on the picture."""

    code: str
    name: str
    x: float
    y: float
    radius: float
    findings: int


class Tie(msgspec.Struct, frozen=True):
    """Two states with how many findings tie them."""

    one: str
    other: str
    one_name: str
    other_name: str
    findings: int
    x1: float = 0
    y1: float = 0
    x2: float = 0
    y2: float = 0
    width: float = 1


def network(visit: Visit) -> Page:
    record, of = visit.record, visit.word("of")
    kind = visit.word("kind") if visit.word("kind") in KINDS else "contact"
    code = find.country_named(record, of) if of else None
    if of and code is None:
        raise Missing(f"{of}: no state of this name is in the record; give a three-letter code such as TUR.")
    counted = visit.memory.keep(("network", code, kind), lambda: _ties(record, code, kind))
    names = {one: state_name(record, one) for pair in counted for one in pair[:2]}
    places = layout([pair[:2] for pair in counted], [pair[2] for pair in counted])
    states, ties = _drawn(counted, names, places)
    rows = [
        {
            "one": tie.one,
            "other": tie.other,
            "one_name": tie.one_name,
            "other_name": tie.other_name,
            "findings": tie.findings,
        }
        for tie in ties
    ]
    values: dict[str, Any] = {
        "of": code or "",
        "of_name": names.get(code, code) if code else "",
        "kind": kind,
        "states": states,
        "ties": ties,
        "width": WIDTH,
        "height": HEIGHT,
        "kinds": [(one, address("/network", of=code or "", kind=one), one == kind) for one in KINDS],
    }
    return Page("network.html", values, {"of": code, "kind": kind, "ties": rows}, rows)


def _ties(record: Record, code: str | None, kind: str) -> list[tuple[str, str, int]]:
    """Pairs with how many findings tie them, the most first: all, or one state's and those among its partners."""
    counted = (
        "SELECT one, other, sum(n) AS n FROM dyad_count WHERE kind = ? AND one < other "
        "GROUP BY one, other HAVING sum(n) > 0 ORDER BY n DESC, one, other LIMIT ?"
    )
    if code is None:
        return _few_states([tuple(row) for row in record.rows(counted, [kind, MOST_TIES])])
    own = record.rows(
        "SELECT other, sum(n) AS n FROM dyad_count WHERE one = ? AND kind = ? GROUP BY other "
        "HAVING sum(n) > 0 ORDER BY n DESC, other LIMIT ?",
        [code, kind, MOST_STATES // 2],
    )
    partners = [row["other"] for row in own][:12]
    found = [(*sorted((code, row["other"])), row["n"]) for row in own]
    for number, one in enumerate(partners):
        for other in partners[number + 1 :]:
            n = record.rows(
                "SELECT ifnull(sum(n), 0) FROM dyad_count WHERE one = ? AND other = ? AND kind = ?", [one, other, kind]
            )[0][0]
            if n:
                found.append((*sorted((one, other)), n))
    return sorted(found, key=lambda tie: (-tie[2], tie[0], tie[1]))


def _few_states(ties: list[tuple[Any, ...]]) -> list[tuple[str, str, int]]:
    kept: list[tuple[str, str, int]] = []
    seen: set[str] = set()
    for one, other, n in ties:
        if len(seen | {one, other}) <= MOST_STATES:
            seen |= {one, other}
            kept.append((one, other, n))
    return kept


def layout(pairs: list[tuple[str, ...]], weights: list[int]) -> dict[str, tuple[float, float]]:
    """Where each state is drawn: tied ones pull, all push, from a circle in the order of their names; always the same.

    Source: Fruchterman and Reingold 1991, with pulls weighed by the logarithm of the findings.
    """
    import numpy as np  # only this page needs it, and it takes long to load

    codes = sorted({one for pair in pairs for one in pair})
    if not codes:
        return {}
    number = {code: place for place, code in enumerate(codes)}
    angles = np.arange(len(codes)) * 2 * math.pi / len(codes)
    at = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    pulls = np.zeros((len(codes), len(codes)))
    for (one, other), weight in zip(pairs, weights):
        pulls[number[one], number[other]] = pulls[number[other], number[one]] = 1 + math.log(weight)
    ideal = 2 / math.sqrt(len(codes))
    for step in range(STEPS):
        apart = at[:, None, :] - at[None, :, :]
        far = np.sqrt((apart**2).sum(axis=2)) + 1e-6
        force = (ideal**2 / far**2 - 0.12 * pulls * far / ideal)[:, :, None] * apart
        move = force.sum(axis=1) - 0.35 * at
        length = np.sqrt((move**2).sum(axis=1, keepdims=True)) + 1e-9
        at = at + move / length * np.minimum(length, 0.12 * (1 - step / STEPS))
    low, high = at.min(axis=0), at.max(axis=0)
    scaled = (at - low) / np.maximum(high - low, 1e-6)
    return {
        code: (
            round(MARGIN + float(scaled[place, 0]) * (WIDTH - 2 * MARGIN), 1),
            round(MARGIN / 2 + float(scaled[place, 1]) * (HEIGHT - MARGIN * 1.5), 1),
        )
        for code, place in number.items()
    }


def _drawn(
    counted: list[tuple[str, str, int]], names: dict[str, str], places: dict[str, tuple[float, float]]
) -> tuple[list[State], list[Tie]]:
    most = max((n for *_, n in counted), default=1)
    of_state: dict[str, int] = {}
    for one, other, n in counted:
        of_state[one] = of_state.get(one, 0) + n
        of_state[other] = of_state.get(other, 0) + n
    largest = max(of_state.values(), default=1)
    states = [
        State(code, names[code], *places[code], round(4 + 12 * math.sqrt(n / largest), 1), n)
        for code, n in sorted(of_state.items(), key=lambda kept: (-kept[1], kept[0]))
    ]
    ties = [
        Tie(
            one,
            other,
            names[one],
            names[other],
            n,
            *places[one],
            *places[other],
            round(0.75 + 6 * math.sqrt(n / most), 1),
        )
        for one, other, n in counted
    ]
    return states, ties
