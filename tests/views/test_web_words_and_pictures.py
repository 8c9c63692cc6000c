"""The lines and pictures of the pages, each by itself."""

import itertools

import pytest

from verbale.views.web.charts import HEIGHT, MIDDLE, WIDTH, Period, bar_chart
from verbale.views.web.network import HEIGHT as NETWORK_HEIGHT
from verbale.views.web.network import WIDTH as NETWORK_WIDTH
from verbale.views.web.network import layout
from verbale.views.web.saying import days, past
from verbale.views.web.venues import HEIGHT as MAP_HEIGHT
from verbale.views.web.venues import WIDTH as MAP_WIDTH
from verbale.views.web.venues import projected

QUADS = {1: "words, friendly", 2: "deeds, friendly", 3: "words, hostile", 4: "deeds, hostile"}


@pytest.mark.parametrize(
    "act, done",
    [
        ("say", "said"),
        ("deny", "denied"),
        ("agree", "agreed"),
        ("accuse", "accused"),
        ("praise", "praised"),
        ("decline to comment", "declined to comment"),
        ("stay", "stayed"),
        ("thank", "thanked"),
        ("think", "thought"),
    ],
)
def test_acts_are_told_as_done(act, done):
    assert past(act) == done


@pytest.mark.parametrize(
    "since, until, said",
    [
        ("1999-02-21", "1999-02-22", "21 Feb 1999"),
        ("2001-06-01", "2001-07-01", "Jun 2001"),
        ("2004-01-01", "2005-01-01", "2004"),
        ("2001-06-20", "2002-06-14", "20 Jun 2001 – 13 Jun 2002"),
        (None, None, "day not known"),
        ("1999-02-21", None, "from 21 Feb 1999"),
        (None, "1999-02-21", "before 21 Feb 1999"),
    ],
)
def test_days_are_told_shortly(since, until, said):
    assert days(since, until) == said


def test_bars_lie_in_the_picture_friendly_above_and_hostile_below():
    periods = [Period(str(year), {1: year % 7, 2: year % 3, 3: year % 5, 4: year % 2}, 3) for year in range(1990, 2030)]
    chart = bar_chart("A towards B", ("A", "B"), periods, QUADS)
    assert chart.total == sum(row["n_events"] for row in chart.rows) and len(chart.rows) == 40
    for bar in chart.bars:
        assert bar.x >= 0 and bar.x + bar.width <= WIDTH and bar.y >= 0 and bar.y + bar.height <= HEIGHT
        assert bar.y + bar.height <= MIDDLE + 0.2 if bar.quad in (1, 2) else bar.y >= MIDDLE - 0.2
    assert bar_chart("A towards B", ("A", "B"), [], QUADS).bars == ()


def test_a_network_is_drawn_the_same_each_time_and_nothing_lies_on_anything():
    codes = [f"S{number}" for number in range(12)]
    pairs = [pair for number, pair in enumerate(itertools.combinations(codes, 2)) if number % 4 == 0]
    places = layout(pairs, list(range(1, len(pairs) + 1)))
    assert places == layout(pairs, list(range(1, len(pairs) + 1))) and layout([], []) == {}
    assert all(0 <= x <= NETWORK_WIDTH and 0 <= y <= NETWORK_HEIGHT for x, y in places.values())
    for one, other in itertools.combinations(places.values(), 2):
        assert abs(one[0] - other[0]) + abs(one[1] - other[1]) > 20


def test_the_projection_keeps_areas_and_order():
    assert projected(0, 0) == (MAP_WIDTH / 2, MAP_HEIGHT / 2)
    assert projected(0, 180)[0] == pytest.approx(MAP_WIDTH, abs=0.2) and projected(90, 0)[1] == pytest.approx(
        0, abs=0.2
    )
    assert projected(55, 37)[1] < projected(41, 29)[1] < projected(-26, 28)[1]

    def area(lat: float) -> float:
        """Of a square of one degree, in units of the picture, by the sine of its latitudes."""
        import math

        height = projected(lat, 0)[1] - projected(lat + 10, 0)[1]
        width = projected(lat + 5, 90)[0] - projected(lat + 5, 0)[0]
        return height * width / (math.sin(math.radians(lat + 10)) - math.sin(math.radians(lat)))

    assert area(0) == pytest.approx(area(40), rel=0.03) == pytest.approx(area(60), rel=0.05)
