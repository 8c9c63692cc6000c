"""Pictures that we draw ourselves: bars over time. Plain SVG, whose numbers always stand in a table beside it."""

from typing import Any

import msgspec

WIDTH, HEIGHT = 700, 190
MIDDLE = 96
REACH = 74
"""How far the largest bar goes from the middle line, in the picture's own units."""
WIDEST_BAR = 34
MOST_NAMED = 7
ABOVE, BELOW = (2, 1), (4, 3)
"""Classes drawn from the middle line outwards: deeds lie next to it, words beyond them."""


class Period(msgspec.Struct, frozen=True):
    """A month or year: events by class, reports that tell them, and where a closer look is."""

    label: str
    events: dict[int, int]
    n_reports: int
    link: str = ""


class Bar(msgspec.Struct, frozen=True):
    x: float
    y: float
    width: float
    height: float
    quad: int
    said: str


class Chart(msgspec.Struct, frozen=True):
    """A picture: its title, bars and names, and the same as rows."""

    title: str
    bars: tuple[Bar, ...]
    names: tuple[tuple[float, str], ...]
    rows: tuple[dict[str, Any], ...]
    periods: tuple[Period, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT
    middle: int = MIDDLE

    @property
    def total(self) -> int:
        return sum(sum(period.events.values()) for period in self.periods)


def bar_chart(title: str, way: tuple[str, str], periods: list[Period], quads: dict[int, str]) -> Chart:
    """Friendly acts above the line, hostile ones below it."""
    sides = [sum(period.events.get(quad, 0) for quad in side) for period in periods for side in (ABOVE, BELOW)]
    most = max(sides, default=0) or 1
    step = WIDTH / max(1, len(periods))
    bars = [bar for number, period in enumerate(periods) for bar in _bars(period, number, step, most, quads)]
    every = max(1, -(-len(periods) // MOST_NAMED))
    names = [
        (round((number + 0.5) * step, 1), period.label) for number, period in enumerate(periods) if number % every == 0
    ]
    rows = [
        {
            "from": way[0],
            "to": way[1],
            "period": period.label,
            **{f"quad{quad}": period.events.get(quad, 0) for quad in quads},
            "n_events": sum(period.events.values()),
            "n_reports": period.n_reports,
        }
        for period in periods
    ]
    return Chart(title, tuple(bars), tuple(names), tuple(rows), tuple(periods), most)


def _bars(period: Period, number: int, step: float, most: int, quads: dict[int, str]) -> list[Bar]:
    wide = min(step * 0.72, WIDEST_BAR)
    found = []
    for above, side in ((True, ABOVE), (False, BELOW)):
        reach = 0.0
        for quad in side:
            n = period.events.get(quad, 0)
            high = n / most * REACH
            if n:
                top = MIDDLE - reach - high if above else MIDDLE + reach
                found.append(
                    Bar(
                        round((number + 0.5) * step - wide / 2, 1),
                        round(top, 1),
                        round(wide, 1),
                        round(high, 1),
                        quad,
                        f"{period.label}: {n} {quads[quad]}",
                    )
                )
            reach += high
    return found
