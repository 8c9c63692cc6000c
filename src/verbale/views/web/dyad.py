"""The page of two countries: the brief of `brief_dyad`, with cooperation and conflict over time as a picture."""

from collections import Counter
from typing import Any

from verbale.errors import BadInput
from verbale.record import find
from verbale.record.find import Filter, Found
from verbale.record.store import Record
from verbale.record.wire import plain
from verbale.tables.ontology import load_ontology
from verbale.views.brief_dyad import QUADS, brief, quad_of
from verbale.views.web.pages import Asked, Missing, Page

WIDTH, HEIGHT = 640, 170
WIDEST_BAR = 40
MOST_YEARS_NAMED = 12
MOST_EVENTS = 5000


def dyad(record: Record, asked: Asked) -> Page:
    try:
        paper = brief(record, asked["one"], asked["other"])
    except BadInput as unknown:
        raise Missing(str(unknown)) from None
    events = find.findings(record, Filter(kind="event", dyad=(asked["one"], asked["other"]), limit=MOST_EVENTS))
    table = by_period(events)
    values = {"paper": paper, "one": asked["one"], "other": asked["other"], "bars": bars(table), "table": table,
              "quads": QUADS, "years": years(table), "width": WIDTH, "height": HEIGHT}
    return Page("dyad.html", values, plain(paper), table)


def by_period(events: list[Found]) -> list[dict[str, Any]]:
    """Events a year and class that happened; those whose day is not known are left out."""
    ontology = load_ontology()
    counted: Counter[tuple[str, int]] = Counter()
    for event in events:
        quad = quad_of(ontology, event)
        if event.since and quad and event.status in ("happened", "ongoing"):
            counted[event.since[:4], quad] += 1
    years = sorted({year for year, _ in counted})
    every = range(int(years[0]), int(years[-1]) + 1) if years else range(0)
    return [{"year": str(year), **{f"quad{quad}": counted[str(year), quad] for quad in QUADS}} for year in every]


def years(table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Years to be named under the picture, with their places."""
    every = max(1, -(-len(table) // MOST_YEARS_NAMED))
    return [{"year": row["year"], "x": round((number + 0.5) * WIDTH / len(table), 1)}
            for number, row in enumerate(table) if number % every == 0]


def bars(table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rectangles of a picture: friendly acts above the line, hostile ones below, deeds darker than words."""
    if not table:
        return []
    most = max(max(row["quad1"] + row["quad2"], row["quad3"] + row["quad4"]) for row in table) or 1
    step, middle = WIDTH / len(table), HEIGHT / 2
    wide = min(step * 0.7, WIDEST_BAR)
    found = []
    for number, row in enumerate(table):
        for above, quads in ((True, (2, 1)), (False, (4, 3))):
            reach = 0.0
            for quad in quads:
                high = row[f"quad{quad}"] / most * (middle - 20)
                top = middle - reach - high if above else middle + reach
                if high:
                    found.append({"x": round((number + 0.5) * step - wide / 2, 1), "y": round(top, 1),
                                  "width": round(wide, 1), "height": round(high, 1), "quad": quad,
                                  "said": f"{row['year']}: {row[f'quad{quad}']} {QUADS[quad]}"})
                reach += high
    return found
