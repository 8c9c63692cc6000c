"""kill -9 in the middle of a run: nothing halfway, nothing lost, and the rerun gives the same record."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from made_reports import findings, story
from verbale.errors import BadInput, FullDisk
from verbale.record.store import Record
from verbale.record.verify import verify

STORIES = 400
WRITER = """
import sys
from made_reports import story
from verbale.record.store import Record
record = Record(sys.argv[1])
run = record.begin({"program": "kill test"})
for number in range(int(sys.argv[2])):
    record.add(*story(number), run)
    print(number, flush=True)
record.end(run)
"""


def claims(record: Record) -> list:
    return [(one, record.report(one), record.findings(one)) for one in record.report_ids()]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    with Record(tmp_path_factory.mktemp("whole") / "r.db") as record:
        run = record.begin({})
        for number in range(STORIES):
            record.add(*story(number), run)
        yield claims(record)


def killed_run(path: Path, after_stories: int, then_seconds: float) -> int:
    """Start a run, kill it some time after it said it had so many; how many it had said to be stored."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(STORIES)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    said = 0
    for _ in range(after_stories):
        said = int(writer.stdout.readline()) + 1
    time.sleep(then_seconds)
    writer.kill()
    rest = writer.stdout.read().split("\n")[:-1]
    writer.wait()
    return int(rest[-1]) + 1 if rest else said


@pytest.mark.parametrize("seed", range(10))
def test_a_kill_loses_nothing_that_was_stored(tmp_path, whole, seed):
    dice = random.Random(seed)
    path = tmp_path / "r.db"
    stored = killed_run(path, dice.randrange(1, 120), dice.random() * 0.02)
    with Record(path, make=False) as record:
        there = len(record.report_ids())
        assert stored <= there <= stored + 1
        assert verify(record).holds
        (run,) = record.runs()
        assert run.finished is None and run.inputs == run.coded == there
        again = record.begin({})
        for number in range(STORIES):
            record.add(*story(number), again)
        record.end(again)
        assert claims(record) == whole and verify(record).holds


def test_a_full_disk_is_an_error_and_the_record_still_opens(tmp_path):
    path = tmp_path / "r.db"
    with Record(path) as record:
        run = record.begin({})
        record.add(*story(0), run)
        record.connection.execute(f"PRAGMA max_page_count = {record.row('PRAGMA page_count')[0] + 3}")
        with pytest.raises(FullDisk, match="make room"):
            for number in range(1, 200):
                record.add(*story(number), run)
    with Record(path, make=False) as record:
        assert verify(record).holds
        there = len(record.report_ids())
        assert 1 <= there < 200
        assert record.findings(story(0)[0].id) == findings(story(0)[0])


FULL = """
import resource, sys
from made_reports import story
from verbale.errors import VerbaleError
from verbale.record.store import Record
record = Record(sys.argv[1])
run = record.begin({})
record.add(*story(0), run)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    for number in range(1, 2000):
        record.add(*story(number), run)
        print(number, flush=True)
except VerbaleError as error:
    sys.exit(f"refused: {error}")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
@pytest.mark.parametrize("most", [700_000, 1_100_000])
def test_a_file_that_may_not_grow_is_an_error_and_loses_nothing(tmp_path, most):
    path = tmp_path / "r.db"
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path), str(most)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 1 and "refused" in done.stderr and "make room" in done.stderr, done.stderr
    stored = int(done.stdout.split()[-1]) + 1
    with Record(path, make=False) as record:
        assert len(record.report_ids()) == stored and verify(record).holds
        run = record.begin({})
        assert record.add(*story(stored), run) == "added"  # with room again, the work goes on


def test_a_backup_while_others_write_is_whole(tmp_path):
    path = tmp_path / "r.db"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(STORIES)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    for _ in range(20):
        writer.stdout.readline()
    with Record(path, make=False) as record:
        for number in range(3):
            record.backup(tmp_path / f"copy-{number}.db")
        with pytest.raises(BadInput, match="itself"):
            record.backup(path)
    writer.kill()
    writer.wait()
    writer.stdout.close()
    sizes = []
    for number in range(3):
        with Record(tmp_path / f"copy-{number}.db", make=False) as copy:
            sizes.append(len(copy.report_ids()))
            assert verify(copy).holds
    assert sizes == sorted(sizes) and sizes[0] >= 20
    assert not list(tmp_path.glob("*.part"))
