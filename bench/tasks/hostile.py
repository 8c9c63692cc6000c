"""Inputs made to break a reader (tests/ingest/hostile_inputs.py): none crashes it, each is named, good ones are read.

The gold argument is the folder of those tests. Peak memory is that of a process that reads all of them.
"""

import importlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

GOOD = 5
READ_ALL = """
import json, pathlib, resource, sys, time
from verbale.ingest.read import read
from verbale.model.report import Problem
found, slowest = {}, 0.0
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    begun = time.process_time()
    said = list(read(path))
    slowest = max(slowest, time.process_time() - begun)
    found[path.name] = [one.reason if isinstance(one, Problem) else None for one in said]
status = pathlib.Path("/proc/self/status")
if status.exists():  # there, getrusage also counts what the parent held when it forked
    peak = next(int(line.split()[1]) // 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform != "darwin" else 2**20)
print(json.dumps({"found": found, "slowest": slowest, "peak": peak}))
"""


def run(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    import json

    sys.path.insert(0, str(gold))
    made = importlib.import_module("hostile_inputs")
    text = importlib.import_module("page_copies").PLAIN
    must_fail = dict(made.must_fail())
    inputs = {**must_fail, **dict(made.must_not_break())}
    with tempfile.TemporaryDirectory() as folder:
        for name, raw in inputs.items():
            (Path(folder) / name).write_bytes(raw)
        for number in range(GOOD):
            (Path(folder) / f"good-{number}.txt").write_text(text, encoding="utf-8")
        begun = time.monotonic()
        done = subprocess.run([sys.executable, "-c", READ_ALL, folder], capture_output=True, text=True, timeout=600)
        seconds = time.monotonic() - begun
    if done.returncode:
        return {"inputs": len(inputs), "crashed": 1, "error": done.stderr[-500:], "named": 0, "good_read": 0}
    answer = json.loads(done.stdout)
    named = sum(bool(answer["found"].get(name)) and all(answer["found"][name]) for name in must_fail)
    silent = sum(not answer["found"].get(name) for name in inputs)
    good = sum(answer["found"][f"good-{number}.txt"] == [None] for number in range(GOOD))
    return {"inputs": len(inputs), "crashed": 0, "silent": silent, "named": round(named / len(must_fail), 4),
            "good_read": good / GOOD, "peak_mb": answer["peak"], "slowest_cpu_seconds": round(answer["slowest"], 2),
            "seconds": round(seconds, 1)}
