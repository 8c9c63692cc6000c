"""No input crashes, hangs or fills the memory; each says what is wrong, and the good ones beside it are read."""

import subprocess
import sys
import time
from pathlib import Path

import hostile_inputs as hostile
import page_copies as pages
import pytest

from verbale.ingest.read import read
from verbale.model.report import Problem, Report

DEADLINE_SECONDS = 10
"""Of the processor, for one input; the slowest takes about 3 on a slow machine."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("hostile")
    for name, raw in [*hostile.must_fail(), *hostile.must_not_break()]:
        (place / name).write_bytes(raw)
    for number in range(3):
        (place / f"good-{number}.txt").write_text(pages.PLAIN)
    return place


def test_every_hostile_input_is_named_with_its_reason_and_the_good_ones_are_read(folder):
    must_fail = {name for name, _ in hostile.must_fail()}
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) >= 60
    slow, wrong = [], []
    for name in names:
        started = time.process_time()
        found = list(read(folder / name))
        if time.process_time() - started > DEADLINE_SECONDS:
            slow.append(name)
        reasons = [one.reason for one in found if isinstance(one, Problem)]
        assert found, f"{name}: nothing was said of it"
        assert all(reason and "\n" not in reason and len(reason) < 500 for reason in reasons), name
        if name in must_fail and not (reasons and all(isinstance(one, Problem) for one in found)):
            wrong.append((name, [type(one).__name__ for one in found][:3]))
        if name.startswith("good"):
            assert [type(one) for one in found] == [Report]
    assert not slow and not wrong


PEAK = """
import pathlib, resource, sys
from verbale.ingest.read import read
for one in read(sys.argv[1]):
    pass
status = pathlib.Path("/proc/self/status")
if status.exists():  # there, getrusage also counts what the parent held when it forked
    print(next(int(line.split()[1]) // 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM")))
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform != "darwin" else 2**20))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the peak of a process is not told there")
def test_memory_stays_under_a_gigabyte(folder):
    """All hostile inputs, one after the other, in a process of their own: nothing else adds to its peak."""
    done = subprocess.run([sys.executable, "-c", PEAK, str(folder)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) < 1024


def test_a_missing_path_and_an_address_are_problems():
    for source in ("no/such/place.txt", "https://x.example/a"):
        found = list(read(source))
        assert len(found) == 1 and found[0].outcome == "failed" and found[0].reason


def test_an_unknown_kind_is_refused_with_all_kinds():
    with pytest.raises(Exception, match="page text"):
        list(read("x", kind="parchment"))
