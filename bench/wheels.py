"""Whether every core dependency, and all behind them, has a ready wheel for each system that users have.

    python -m bench.wheels             asks the package index (needs the network, so it is no test)
    python -m bench.wheels --write     and writes docs/wheels.md

pip resolves the dependencies of pyproject.toml for each system with source archives refused.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SYSTEMS = {
    "Linux, x86-64": (
        "manylinux_2_28_x86_64",
        "manylinux_2_27_x86_64",
        "manylinux_2_17_x86_64",
        "manylinux2014_x86_64",
    ),
    "Linux, Arm64": (
        "manylinux_2_28_aarch64",
        "manylinux_2_27_aarch64",
        "manylinux_2_17_aarch64",
        "manylinux2014_aarch64",
    ),
    "macOS, Arm64": (
        "macosx_14_0_arm64",
        "macosx_13_0_arm64",
        "macosx_12_0_arm64",
        "macosx_11_0_arm64",
        "macosx_10_13_universal2",
        "macosx_10_9_universal2",
    ),
    "Windows, x86-64": ("win_amd64",),
}
PYTHONS = ("3.11", "3.12", "3.13")


def resolved(platforms: tuple[str, ...], python: str, wanted: list[str]) -> dict[str, Any]:
    """What pip would install: {name: version}, or {"fault": its words} where something has no wheel."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        asked = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--dry-run",
            "--ignore-installed",
            "--quiet",
            "--target",
            folder,
            "--only-binary",
            ":all:",
            "--python-version",
            python,
            "--implementation",
            "cp",
            "--report",
            str(report),
            *(part for platform in platforms for part in ("--platform", platform)),
            *wanted,
        ]
        done = subprocess.run(asked, capture_output=True, text=True)
        if done.returncode:
            return {"fault": done.stderr.strip().splitlines()[-1]}
        return {
            one["metadata"]["name"]: one["metadata"]["version"] for one in json.loads(report.read_text())["install"]
        }


def main() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    lines = [
        "# Wheels",
        "",
        "Whether pip finds a ready wheel of every core dependency and all behind it, asked by",
        "`python -m bench.wheels --write`. It says what installs; what was run, the README says.",
        "",
        "| system | Python | packages | without a wheel |",
        "| --- | --- | --- | --- |",
    ]
    faults = 0
    for system, platforms in SYSTEMS.items():
        for python in PYTHONS:
            found = resolved(platforms, python, wanted)
            fault = found.get("fault", "")
            faults += bool(fault)
            lines.append(f"| {system} | {python} | {'' if fault else len(found)} | {fault or 'none'} |")
            print(lines[-1], flush=True)
    if "--write" in sys.argv:
        (ROOT / "docs" / "wheels.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
