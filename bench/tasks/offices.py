"""Who held which office on a day: 62 people, each asked inside a term, on the day before it and on the hand-over day.

Gold: tests/gold/offices.toml. `right_on_sources` is of the cases that rest on sources; those that rest on nothing but
memory are counted apart (`right_on_memory`): they prove nothing about the sources.
"""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from verbale.model.when import Period
from verbale.world.offices import days_of
from verbale.world.world import World, load_world

GOLD = Path(__file__).parents[2] / "tests" / "gold" / "offices.toml"
Case = dict[str, str]


def cases(gold: Path = GOLD) -> list[Case]:
    return tomllib.loads(gold.read_text(encoding="utf-8"))["case"]


def holds(world: World, case: Case, day: date) -> bool:
    """Whether anyone of the name may hold the office on the day."""
    people = world.people_named(case["name"])
    return any(held.office_kind == case["office"] and held.of == case["of"]
               for person in people for held in world.offices_of(person, Period.day(day)))


def day_inside(case: Case) -> date:
    first = days_of(case["since"]).until
    last = days_of(case.get("until") or "2025-12-01").since
    return first + (last - first) / 2


def answers(world: World, asked: list[Case]) -> list[tuple[Case, str, bool]]:
    """Each case asked on its three days: case, which day, right or not."""
    found = []
    for case in asked:
        found.append((case, "inside", holds(world, case, day_inside(case))))
        before = days_of(case["since"]).since - timedelta(days=1)
        found.append((case, "day before", not holds(world, case, before)))
        if "until" in case:
            handover = days_of(case["until"]) if len(case["until"]) < 10 else None
            day = handover.until if handover else date.fromisoformat(case["until"]) + timedelta(
                days=case["until"].endswith("12-31"))
            found.append((case, "hand-over day", not holds(world, case, day)))
    return found


def run(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Shares of right answers; `predictions` gets the wrong ones, one a line."""
    listed = cases(gold)
    found = answers(load_world(), listed)
    if predictions:
        wrong = [(case, which) for case, which, right in found if not right]
        lines = [f"{case['name']}, {case['office']} of {case['of']}: {which}" for case, which in wrong]
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    on_sources = [right for case, _, right in found if case["rests_on"] == "sources"]
    on_memory = [right for case, _, right in found if case["rests_on"] != "sources"]
    return {
        "right": round(sum(right for _, _, right in found) / len(found), 4),
        "right_on_sources": round(sum(on_sources) / len(on_sources), 4),
        "right_on_memory": round(sum(on_memory) / len(on_memory), 4) if on_memory else None,
        "people": len(listed),
        "asked": len(found),
        "asked_on_memory": len(on_memory),
    }
