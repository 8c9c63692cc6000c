"""The map of venues: where things are told to have happened, as points on a net of degrees. No borders are drawn."""

import math
from functools import lru_cache
from typing import Any

import msgspec

from verbale.record import find
from verbale.record.store import Record
from verbale.views.web.page import Page, Visit, address
from verbale.views.web.saying import doing

WIDTH, HEIGHT = 960, 467
"""Sides of the picture: those of the Equal Earth projection."""
LARGEST, SMALLEST = 17.0, 3.5
NAMED = 24
LETTER_WIDTH, NAME_HEIGHT = 7.2, 13
"""Room for a name beside its point: a smaller place whose name would lie on it goes without."""
LEAST_FOR_LARGEST = 12
"""A point of full size has at least so many findings: in a small record no place looks great."""
TABLE_ROWS = 60
PREFIXES = ("ct:", "pl:", "st:", "ve:")
"""Ids of actors that can be places: cities, places, states, venues."""
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
"""Coefficients of the Equal Earth projection. Source: Šavrič, Patterson and Jenny 2018."""


class Point(msgspec.Struct, frozen=True):
    """A place on the picture, with how many findings are told to lie there."""

    id: str
    name: str
    kind: str
    x: float
    y: float
    radius: float
    findings: int
    is_named: bool


def projected(lat: float, lon: float) -> tuple[float, float]:
    """A place's x and y on the picture, in equal areas."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    slope = A1 + 3 * A2 * theta**2 + theta**6 * (7 * A3 + 9 * A4 * theta**2)
    x = 2 * math.sqrt(3) * math.radians(lon) * math.cos(theta) / (3 * slope)
    y = A1 * theta + A2 * theta**3 + theta**7 * (A3 + A4 * theta**2)
    return round(WIDTH / 2 + x * WIDTH / 2 / 2.7066, 1), round(HEIGHT / 2 - y * HEIGHT / 2 / 1.3174, 1)


@lru_cache(maxsize=1)
def net() -> tuple[str, ...]:
    """Lines of the net, each thirty degrees, as paths."""
    lines = [[projected(lat, lon) for lat in range(-90, 91, 5)] for lon in range(-180, 181, 30)]
    lines += [[projected(lat, lon) for lon in range(-180, 181, 15)] for lat in range(-60, 61, 30)]
    return tuple("M" + "L".join(f"{x:g} {y:g}" for x, y in line) for line in lines)


@lru_cache(maxsize=1)
def ground(world: Any) -> str:
    """The cities that the tables know, as one path of dots: where people live, and nobody's border."""
    dots = set()
    for city in world.tables["cities"]:
        x, y = projected(city.lat, city.lon)
        dots.add((round(x / 2.5), round(y / 2.5)))
    return "".join(f"M{x} {y}h0" for x, y in sorted(dots))


def venues(visit: Visit) -> Page:
    counted = visit.memory.keep("venues", lambda: _counted(visit.record))
    world = visit.world()
    placed: list[tuple[Any, ...]] = []
    unplaced: list[tuple[Any, ...]] = []
    for id_, n in counted:
        place = world.place(id_)
        name = place.name if place else _name(visit.record, id_)
        known = place if place and place.lat is not None and place.lon is not None else None
        (placed if known else unplaced).append((id_, name, place.kind if place else "place", known, n))
    most = max([n for *_, n in placed] + [LEAST_FOR_LARGEST])
    points: list[Point] = []
    for id_, name, kind, known, n in placed:
        points.append(_point(id_, name, kind, known, n, most, points))
    latest = {id_: _latest(visit.record, id_) for id_, *_ in [*placed, *unplaced][:TABLE_ROWS]}
    rows = [
        {
            "place": id_,
            "name": name,
            "kind": kind,
            "lat": known.lat if known else None,
            "lon": known.lon if known else None,
            "findings": n,
        }
        for id_, name, kind, known, n in [*placed, *unplaced]
    ]
    values: dict[str, Any] = {
        "width": WIDTH,
        "height": HEIGHT,
        "net": net(),
        "ground": ground(world),
        "points": points[::-1],
        "rows": [
            row
            | {
                "latest": latest[row["place"]],
                "contacts": address("/contacts", place=row["place"]),
                "events": address("/events", place=row["place"]),
            }
            for row in rows[:TABLE_ROWS]
        ],
        "more": max(0, len(rows) - TABLE_ROWS),
        "unplaced": len(unplaced),
    }
    return Page("map.html", values, rows, rows)


def _point(id_: str, name: str, kind: str, place: Any, n: int, most: int, before: list[Point]) -> Point:
    x, y = projected(place.lat, place.lon)
    radius = round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(n / most), 1)
    named = [one for one in before if one.is_named]
    is_named = len(named) < NAMED and not any(_meet(name, x + radius, y, one) for one in named)
    return Point(id_, name, kind, x, y, radius, n, is_named)


def _meet(name: str, x: float, y: float, other: Point) -> bool:
    """Whether a name written at a place would lie on another point's name."""
    start = other.x + other.radius
    apart_by_side = x + LETTER_WIDTH * len(name) < start or start + LETTER_WIDTH * len(other.name) < x
    return abs(other.y - y) < NAME_HEIGHT and not apart_by_side


def _counted(record: Record) -> list[tuple[str, int]]:
    """Places by how many findings lie there, the most first. Goes from id to id through the index, not row by row."""
    found = []
    for prefix in PREFIXES:
        ids = record.rows(
            "WITH RECURSIVE each(id) AS (SELECT min(actor) FROM party WHERE actor >= :prefix UNION ALL "
            "SELECT (SELECT min(actor) FROM party WHERE actor > each.id) FROM each WHERE each.id IS NOT NULL AND "
            "each.id < :end) SELECT id FROM each WHERE id >= :prefix AND id < :end",
            {"prefix": prefix, "end": prefix[:-1] + ";"},
        )
        for row in ids:
            n = record.rows("SELECT count(*) FROM party WHERE actor = ? AND role = 'where'", [row["id"]])[0][0]
            if n:
                found.append((row["id"], n))
    return sorted(found, key=lambda kept: (-kept[1], kept[0]))


def _name(record: Record, id_: str) -> str:
    row = record.row("SELECT name FROM actor WHERE id = ? LIMIT 1", [id_])
    return row["name"] if row else id_


def _latest(record: Record, id_: str) -> dict[str, str] | None:
    """One finding of a place with its words, so that no point stands without any."""
    row = record.row(
        "SELECT finding.id FROM party JOIN finding ON finding.number = party.finding WHERE actor = ? AND "
        "role = 'where' ORDER BY finding DESC LIMIT 1",
        [id_],
    )
    found = find.finding(record, row["id"]) if row else None
    return {"id": found.id, "words": found.words, "doing": doing(found), "report": found.report} if found else None
