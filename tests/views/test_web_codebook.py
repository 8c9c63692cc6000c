"""The codebook promises no more than what every change is held to."""

import json
from pathlib import Path

from verbale.views.web.codebook import measured

FLOORS = Path(__file__).parents[2] / "bench" / "floors.json"


def test_measured_figures_are_at_most_the_floors():
    floors = {
        (task["task"], measure): floor
        for task in json.loads(FLOORS.read_text(encoding="utf-8"))
        for measure, floor in task["floors"].items()
    }
    assert measured()
    for one in measured():
        assert one.at_least <= floors[one.task, one.measure], f"{one.task} {one.measure}: the codebook says too much"
