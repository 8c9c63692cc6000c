"""The command line: one line for an error, an exit code that says so, tables for people, JSON lines in a pipe."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from made_reports import TEXT, story
from verbale.record.store import Record


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("cli") / "r.db"
    with Record(path) as record:
        run = record.begin({"program": "test 1"})
        for number in range(2):
            record.add(*story(number), run)
        record.end(run)
    return path


def verbale(*words: str, record: Path | None = None, **known) -> subprocess.CompletedProcess:
    environment = os.environ | ({"VERBALE_RECORD": str(record)} if record else {})
    return subprocess.run(
        [sys.executable, "-m", "verbale.views.cli", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=120,
        **known,
    )


def lines(done: subprocess.CompletedProcess) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_find_text_and_kinds_in_a_pipe_give_json_lines(path):
    hits = verbale("find", "northern road", record=path)
    assert hits.returncode == 0 and len(lines(hits)) == 2
    said = lines(verbale("find", "statements", "--speaker", "huitfeldt", "--about", "FIN", record=path))
    assert len(said) == 2 and said[0]["words"].startswith("“We agreed")
    assert len(lines(verbale("find", "contacts", "--dyad", "NOR", "FIN", "--since", "2022-05", record=path))) == 2
    assert lines(verbale("find", "events", "--until", "2022", record=path)) == []


def test_explain_by_the_first_letters(path):
    found = lines(verbale("find", "contacts", record=path))[0]
    (said,) = lines(verbale("explain", found["id"][:14], record=path))
    assert said["rule"] == "consult.meet" and said["before"] + said["words"] + said["after"] in TEXT


def test_verify_and_runs(path):
    (checked,) = lines(verbale("verify", record=path))
    assert checked["faults"] == [] and checked["reports"] == 2
    (run,) = lines(verbale("runs", record=path))
    assert (run["inputs"], run["coded"], run["skipped"], run["failed"]) == (2, 2, 0, 0)


def test_verify_of_a_broken_record_says_what_and_exits_1(path, tmp_path):
    copy = tmp_path / "copy.db"
    assert verbale("backup", str(copy), record=path).returncode == 0
    with Record(copy) as record:
        record.connection.execute("UPDATE report SET text = replace(text, 'Oslo', 'Olso')")
    done = verbale("verify", record=copy)
    assert done.returncode == 1 and "hash" in done.stderr


def test_brief_and_cite_and_export(path, tmp_path):
    brief = verbale("brief", "NOR", "FIN", "--to", "md", record=path)
    assert brief.returncode == 0 and "## Contacts held" in brief.stdout and "> Anniken Huitfeldt met" in brief.stdout
    assert "of 2 reports (12 findings, days 2022-05-10 to 2022-05-11)" in verbale("cite", record=path).stdout
    target = tmp_path / "events.csv"
    assert verbale("export", "events", "--to", str(target), record=path).returncode == 0
    assert len(target.read_text(encoding="utf-8").splitlines()) == 5


def test_judge_needs_a_name_and_is_kept(path):
    found = lines(verbale("find", "contacts", record=path))[0]["id"]
    assert verbale("judge", found, "accept", record=path).returncode == 2
    given = verbale("judge", found, "accept", "--by", "A. Reader", record=path)
    assert given.returncode == 0 and lines(given)[0]["verdict"] == "accept"


@pytest.mark.parametrize("words, said", [
    (["find", "x", "--record", "none.db"], "verbale read"),
    (["explain", "zz", "--record", "{path}"], "no finding has this id"),
    (["brief", "Atlantis", "NOR", "--record", "{path}"], "three-letter code"),
    (["find", "events", "--since", "yesterday", "--record", "{path}"], "write 2020-12-29"),
    (["verify", "--record", "{here}"], "--record"),
    (["nonsense"], "nonsense"),
])  # fmt: skip
def test_an_error_is_said_with_what_to_do_and_exits_2(path, words, said, tmp_path):
    done = verbale(*(word.format(path=path, here=__file__) for word in words), cwd=tmp_path)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_help_needs_no_model_and_is_quick():
    code = (
        "import sys, verbale.views.cli as c; c.verbale(['find', '--help'], standalone_mode=False); "
        "print(sorted({'onnxruntime', 'numpy', 'rich', 'trafilatura', 'starlette'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_reader_that_leaves_is_no_error(path):
    done = subprocess.run(
        f"{sys.executable} -m verbale.views.cli export jsonl --record {path} | head -c 10",
        shell=True,
        capture_output=True,
        text=True,
    )
    assert "Error" not in done.stderr and "Traceback" not in done.stderr
