"""From files to the record with all that is real: the examples of the project, in any order, by one process or two."""

import io
import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

import verbale
from verbale.record.store import Record
from verbale.record.verify import verify
from verbale.views.export import formats

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
WEIGHTS = ROOT / "src" / "verbale" / "language" / "weights" / "en.onnx"
pytestmark = pytest.mark.skipif(not WEIGHTS.exists(), reason="no model in this checkout: language/weights/en.onnx")


def read(record: Path, *words: str | Path, seed: int = 1) -> subprocess.CompletedProcess:
    """`verbale read` in a process of its own; `seed` sets the order in which Python gives the members of a set."""
    done = subprocess.run([sys.executable, "-m", "verbale.views.cli", "read", *map(str, words), "--record", str(record),
                           "--json"], capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=300,
                          env=os.environ | {"PYTHONHASHSEED": str(seed)})
    assert "Traceback" not in done.stderr, done.stderr
    return done


def exported(path: Path) -> str:
    with Record(path, make=False) as record:
        assert verify(record).faults == ()
        out = io.StringIO()
        for form in (*formats.TABLES, *formats.FORMS):
            out.write(f"\n== {form}\n")
            formats.write(record, form, out)
        return out.getvalue()


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "r.db"
    done = read(path, *[one.relative_to(ROOT) for one in EXAMPLES])
    assert done.returncode == 0, done.stderr
    return path, done


def test_every_example_is_read_and_every_word_is_where_it_is_said_to_be(first):
    path, done = first
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(EXAMPLES) >= 6
    assert all(one["findings"]["events"] and one["findings"]["statements"] for one in lines)
    with Record(path, make=False) as record:
        checked = verify(record)
        assert checked.holds and checked.evidence > 200


def test_shuffled_and_by_two_workers_the_export_is_the_same_byte_for_byte(first, tmp_path):
    shuffled = random.Random(4).sample(EXAMPLES, len(EXAMPLES))
    done = read(tmp_path / "r.db", *[one.relative_to(ROOT) for one in shuffled], "--workers", "2", seed=2)
    assert done.returncode == 0, done.stderr
    assert exported(tmp_path / "r.db") == exported(first[0])


def test_the_same_files_again_change_nothing(first):
    before = exported(first[0])
    done = read(first[0], *[one.relative_to(ROOT) for one in EXAMPLES])
    assert done.returncode == 0 and exported(first[0]) == before


def test_bad_files_among_good_ones_are_named_and_lose_nothing(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_bytes(EXAMPLES[0].read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "menu.txt").write_text("Home\nNews\nContact us\n", encoding="utf-8")
    (folder / "french.txt").write_text("Le ministre des affaires étrangères a rencontré son homologue à Paris. Ils ont "
                                       "parlé de la paix et des relations entre les deux pays. " * 8, encoding="utf-8")
    done = read(tmp_path / "r.db", folder, tmp_path / "missing.txt")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    problems = {Path(one["problem"]["place"]).name: one["problem"] for one in lines if "problem" in one}
    assert len(lines) - len(problems) == 1 and done.returncode == 1
    assert set(problems) == {"empty.txt", "binary.txt", "menu.txt", "french.txt", "missing.txt"}
    assert all("\n" not in one["reason"] and len(one["reason"]) > 10 for one in problems.values())
    assert problems["missing.txt"]["outcome"] == "failed" and problems["french.txt"]["outcome"] == "skipped"
    with Record(tmp_path / "r.db", make=False) as record:
        (run,) = record.runs()
        assert run.inputs == 6 == run.coded + run.skipped + run.failed and run.coded == 1


def test_standard_input_is_read(tmp_path):
    done = subprocess.run([sys.executable, "-m", "verbale.views.cli", "read", "-", "--no-store"], capture_output=True,
                          input=EXAMPLES[0].read_bytes(), env=os.environ | {"VERBALE_RECORD": str(tmp_path / "no.db")})
    assert done.returncode == 0 and json.loads(done.stdout)["findings"]["events"]
    assert not (tmp_path / "no.db").exists()


def test_python_gives_what_the_command_gives(first):
    said = json.loads(first[1].stdout.splitlines()[0])
    (coded,) = verbale.read(EXAMPLES[0])
    assert coded.report.id == said["report"]["id"]
    assert [one.id for one in coded.findings.events] == [one["id"] for one in said["findings"]["events"]]


def test_the_python_of_the_tutorial_runs(tmp_path, monkeypatch):
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", page, re.S))
    code = code.replace('"examples/', f'"{ROOT.as_posix()}/examples/')
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "tutorial.md", "exec"), {})
    with Record("verbale.db", make=False) as record:
        assert verify(record).holds and len(record.report_ids()) == 1
