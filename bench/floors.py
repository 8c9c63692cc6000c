"""Holds every measure against its floor in floors.json. Floors only rise: a figure below its floor fails.

    python -m bench.floors [--shared DIR] [--only TASK ...]

Each entry of floors.json names a task, the gold below the shared folder, the least each figure may be (`floors`) and
the most (`ceilings`). Gold that begins with `./` lies in this repository. The figures of the last run are written
to build/bench.json.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.quality import shared_folder

HERE = Path(__file__).parent
OUT = HERE.parent / "build" / "bench.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared")
    parser.add_argument("--only", nargs="*", help="these tasks alone")
    given = parser.parse_args()
    shared = shared_folder(given.shared)
    entries = json.loads((HERE / "floors.json").read_text())
    entries = [one for one in entries if not given.only or one["task"] in given.only]
    if not shared.exists():
        print(f"no shared data at {shared}; give its folder with --shared or VERBALE_SHARED", file=sys.stderr)
        sys.exit(2)
    results, fallen = [], 0
    for entry in entries:
        begun = time.monotonic()
        figures = figures_of(entry, shared)
        faults = faults_of(entry, figures)
        fallen += bool(faults)
        results.append(
            {
                "task": entry["task"],
                "gold": entry["gold"],
                "seconds": round(time.monotonic() - begun, 1),
                "figures": figures,
                "faults": faults,
            }
        )
        shown = ", ".join(f"{name} {figures.get(name)}" for name in {**entry["floors"], **entry.get("ceilings", {})})
        print(
            f"{'FELL' if faults else 'holds':<6} {entry['task']:<13} {entry['gold']}: {shown}"
            + "".join(f"\n       {fault}" for fault in faults),
            flush=True,
        )
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(results, indent=1, ensure_ascii=False))
    print(f"{len(results) - fallen} of {len(results)} hold; figures in {OUT.relative_to(HERE.parent)}")
    sys.exit(1 if fallen else 0)


def gold_of(entry: dict[str, Any], shared: Path) -> Path:
    return HERE.parent / entry["gold"] if entry["gold"].startswith("./") else shared / entry["gold"]


def figures_of(entry: dict[str, Any], shared: Path) -> dict[str, Any]:
    """A task's figures, from a process of its own; empty where it broke, with its last words shown."""
    done = subprocess.run(
        [
            sys.executable,
            str(HERE / "quality.py"),
            entry["task"],
            "--gold",
            str(gold_of(entry, shared)),
            "--shared",
            str(shared),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        return {}
    return json.loads(done.stdout.strip().splitlines()[-1])


def faults_of(entry: dict[str, Any], figures: dict[str, Any]) -> list[str]:
    """What is below its floor, above its ceiling, or not given at all."""
    faults = [f"{name}: no figure" for name in {**entry["floors"], **entry.get("ceilings", {})} if name not in figures]
    faults += [
        f"{name} is {figures[name]}, below its floor {least}"
        for name, least in entry["floors"].items()
        if name in figures and figures[name] < least
    ]
    faults += [
        f"{name} is {figures[name]}, above {most}"
        for name, most in entry.get("ceilings", {}).items()
        if name in figures and figures[name] > most
    ]
    return faults


if __name__ == "__main__":
    main()
