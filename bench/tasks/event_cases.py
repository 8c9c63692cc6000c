"""Our own gold cases of events: how many are as wanted, and how often the status is right where the event is found.

Gold: the folder of TOML cases (`./tests/gold`, files `events*.toml`). `known_failures` are cases marked `hoped` that
do not hold; they stay in and are counted.
"""

from pathlib import Path
from typing import Any


def run(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Figures over all cases. `right`: share of cases with every event wanted (and none where none is)."""
    from tests.coding.events_cases import cases, coded, failure, fits

    all_cases = cases(gold)
    failed = {case.name: why for case in all_cases if (why := failure(case)) is not None}
    found = right = 0
    for case in all_cases:
        findings = coded(gold)[case.name]
        for wanted in case.event:
            hit = [event for event in findings.events if fits(wanted, event, findings, with_status=False)]
            found += bool(hit)
            right += any(event.status in wanted.status for event in hit)
    empty = [case for case in all_cases if not case.event]
    if predictions is not None:
        predictions.write_text("\n".join(f"{name}: {why}" for name, why in failed.items()), encoding="utf-8")
    return {
        "cases": len(all_cases),
        "with_nothing": len(empty),
        "share_with_nothing": round(len(empty) / len(all_cases), 4),
        "right": round(1 - len(failed) / len(all_cases), 4),
        "nothing_right": round(sum(case.name not in failed for case in empty) / len(empty), 4),
        "status_accuracy": round(right / found, 4),
        "events_with_status": found,
        "known_failures": len(failed),
        "failed": sorted(failed),
    }
