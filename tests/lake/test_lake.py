"""A lake holds what a record holds, however it was cut, by however many, and whoever was killed meanwhile."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from made_stories import needs_model, story
from verbale.errors import BadInput, BrokenRecord
from verbale.lake import copies
from verbale.lake import find as ask_lake
from verbale.lake.code import Outcome, code_into
from verbale.lake.lake import Lake
from verbale.lake.merge import Wanted, bring
from verbale.lake.shards import tasks
from verbale.record import find as ask_record
from verbale.record.find import Filter
from verbale.record.store import Record
from verbale.record.verify import verify
from verbale.views.export import whole

pytest.importorskip("duckdb", reason="a lake needs the extra `formats`")
ROOT = Path(__file__).parents[2]
pytestmark = needs_model


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """Single files, JSON lines, and what is no article."""
    folder = tmp_path_factory.mktemp("inputs")
    for number in range(8):
        (folder / f"{number}.txt").write_text(story(number), encoding="utf-8")
    (folder / "copy of 3.txt").write_text(story(3), encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "settings.toml").write_text("a = 1\n", encoding="utf-8")
    lines = [json.dumps({"text": story(number), "url": f"https://news.example/{number}", "published": "2022-05-10"})
             for number in range(8, 14)]
    (folder / "more.jsonl").write_text("\n".join([*lines, "{broken"]) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole_lake(inputs, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lakes") / "whole"
    total = sum(code_into(folder, [inputs]), Outcome())
    return folder, total


def exported(folder: Path, target: Path) -> str:
    """All that a record made of the lake says."""
    with Lake(folder) as lake, Record(target) as record:
        for _ in bring(lake, record):
            pass
        assert verify(record).faults == ()
        happenings = [tuple(row) for row in record.rows("SELECT id, n_reports, n_copies FROM happening ORDER BY id")]
        assert happenings
        return "\n".join([*(json.dumps(line, ensure_ascii=False) for line in whole.lines(record)), str(happenings)])


def test_counts_hold_and_every_input_is_somewhere(whole_lake):
    folder, total = whole_lake
    assert (total.coded, total.failed, total.skipped) == (15, 2, 1)
    with Lake(folder) as lake:
        assert sum(one.inputs for one in lake.manifests()) == total.inputs == 18
        assert lake.rows("SELECT count(*) AS n FROM report")[0]["n"] == 14, "one text in two files is one report"
        assert {Path(row["place"]).name for row in lake.rows("SELECT place FROM problem")} == {
            "empty.txt", "settings.toml", "more.jsonl:7"}


def test_the_record_of_a_lake_is_the_record_that_reading_makes(inputs, whole_lake, tmp_path):
    from verbale.chain.chain import Chain
    from verbale.chain.keep import kept
    from verbale.record.merge import merge

    with Record(tmp_path / "read.db") as record:
        chain = Chain()
        list(kept(chain.read(inputs), record, chain))
        merge(record)
        read = "\n".join(json.dumps(line, ensure_ascii=False) for line in whole.lines(record))
    assert read in exported(whole_lake[0], tmp_path / "lake.db")


@pytest.mark.parametrize("size", [1, 4])
def test_cut_otherwise_and_shuffled_the_record_is_the_same(inputs, whole_lake, tmp_path, size):
    sources = random.Random(size).sample([path for path in inputs.iterdir() if path.suffix != ".toml"], 11)
    list(code_into(tmp_path / "lake", [*sources, inputs / "*.toml"][:11], reports_a_shard=size))
    assert exported(tmp_path / "lake", tmp_path / "a.db") == exported(whole_lake[0], tmp_path / "b.db")


def test_twice_is_once(inputs, whole_lake, tmp_path):
    folder, total = whole_lake
    before = sorted((path.name, path.stat().st_mtime_ns) for path in folder.rglob("*.parquet"))
    again = sum(code_into(folder, [inputs]), Outcome())
    assert again.inputs == 0 and again.kept == total.coded_shards
    assert before == sorted((path.name, path.stat().st_mtime_ns) for path in folder.rglob("*.parquet"))
    with Lake(folder) as lake, Record(tmp_path / "r.db") as record:
        assert sum(one.added for one in bring(lake, record)) == 14
        assert list(bring(lake, record)) == []


def test_a_new_file_is_coded_and_nothing_else(whole_lake, inputs, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir(), two.mkdir()
    (one / "0.txt").write_text(story(0), encoding="utf-8")
    (two / "99.txt").write_text(story(99), encoding="utf-8")
    lake = tmp_path / "lake"
    assert sum(code_into(lake, [one / "0.txt"]), Outcome()).coded == 1
    again = sum(code_into(lake, [one / "0.txt", two / "99.txt"], reports_a_shard=500), Outcome())
    assert again.coded <= 2
    with Lake(lake) as opened:
        assert opened.rows("SELECT count(*) AS n FROM report")[0]["n"] == 2


FILTERS = {
    "everything": Filter(), "events": Filter(kind="event"), "a dyad": Filter(kind="contact", dyad=("Norway", "FIN")),
    "an actor": Filter(actor="Kenya"), "a part of a name": Filter(actor="ken"), "nobody": Filter(actor="Atlantis"),
    "a speaker": Filter(kind="statement", speaker="PER"), "words": Filter(text="fishing rights"),
    "a phrase": Filter(text='"fishing rights"'), "an ending": Filter(text="fish*"), "no word": Filter(text="!?"),
    "days": Filter(kind="contact", since=date(2022, 5, 4)),
    "sure": Filter(confidence=0.8), "a source": Filter(source="news.example"), "a place": Filter(place="Oslo"),
    "a topic": Filter(topic="fisheries"), "about": Filter(kind="statement", about="points"),
    "a page": Filter(limit=3, offset=2), "a type": Filter(type="CONSULT"),
}


@pytest.fixture(scope="module")
def merged(whole_lake, tmp_path_factory):
    path = tmp_path_factory.mktemp("merged") / "r.db"
    with Lake(whole_lake[0]) as lake, Record(path) as record:
        list(bring(lake, record))
        yield lake, record


@pytest.mark.parametrize("name", FILTERS)
def test_a_lake_answers_as_a_record_does(merged, name):
    lake, record = merged
    wanted = FILTERS[name]
    assert ask_lake.findings(lake, wanted) == ask_record.findings(record, wanted)
    assert ask_lake.count(lake, wanted) == ask_record.count(record, wanted)


def test_text_is_found_in_both(merged):
    lake, record = merged
    for words in ("fishing", '"foreign ministers of Peru"', "nairobi uganda", "NAIR*", "zzz", "", "\" '"):
        hits = {hit.report: hit for hit in ask_lake.text(lake, words)}
        assert hits.keys() == {hit.report for hit in ask_record.text(record, words)}, words
        assert all(ask_record.MARK_START in hit.snippet for hit in hits.values())


def test_a_working_set_is_brought(whole_lake, tmp_path):
    with Lake(whole_lake[0]) as lake, Record(tmp_path / "r.db") as record:
        list(bring(lake, record, Wanted(("KEN", "UGA"))))
        titles = {row["title"] for row in record.rows("SELECT title FROM report")}
        assert titles and all("Kenya" in title for title in titles)


def test_copies_are_the_same_in_one_part_or_in_many(tmp_path):
    texts = [story(number) * 3 + "\n".join(f"Line {line} of wire {number} says nothing new." for line in range(30))
             for number in range(4)]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
        (tmp_path / f"{number} again.txt").write_text(text + "One line more.\n", encoding="utf-8")
    list(code_into(tmp_path / "lake", [tmp_path / "*.txt"], reports_a_shard=3))
    with Lake(tmp_path / "lake") as lake:
        at_once = sorted(copies.pairs(lake))
        in_parts = [pair for part in range(5) for pair in copies.pairs(lake, part, 5)]
        assert sorted(in_parts) == at_once and len(at_once) == len(set(at_once))
        found = copies.groups(in_parts)
        assert len(found) == 4 and all(len(group) == 2 for group in found)
        titles = {row["id"]: row["title"] for row in lake.rows("SELECT id, title FROM report")}
        assert all(titles[one] == titles[other] for one, other in found)


def test_what_is_no_lake_is_refused(tmp_path, inputs):
    with pytest.raises(BrokenRecord, match="no lake"):
        Lake(tmp_path)
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="something else"):
        list(code_into(tmp_path, [inputs / "0.txt"]))
    with pytest.raises(BadInput, match="no such file"):
        list(code_into(tmp_path / "lake", [tmp_path / "nowhere"]))
    list(code_into(tmp_path / "lake", [inputs / "0.txt"]))
    with pytest.raises(BadInput, match="other versions"):
        list(code_into(tmp_path / "lake", [inputs / "0.txt"], reports_a_shard=7))


def test_a_large_file_is_shared_and_loses_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("verbale.lake.shards.LARGE_BYTES", 1000)
    monkeypatch.setattr("verbale.lake.shards.STRIPE_BYTES", 1000)
    path = tmp_path / "one.jsonl"
    path.write_text("".join(json.dumps({"text": story(number)}) + "\n" for number in range(9)), encoding="utf-8")
    cut = list(tasks([path], workers=3))
    assert [(task.stripe, task.stripes) for task in cut] == [(0, 3), (1, 3), (2, 3)]
    list(code_into(tmp_path / "one", [path], reports_a_shard=2))
    from verbale.lake.code import Coder

    list(code_into(tmp_path / "many", [tmp_path / "one.jsonl"], reports_a_shard=2, workers=1))
    assert {one.shard for one in Lake(tmp_path / "many").manifests()} == {
        one.shard for one in Lake(tmp_path / "one").manifests()}
    coder = Coder(str(tmp_path / "many"))
    assert sum((coder.code(task) for task in cut), Outcome()).inputs == 0


KILLED = """
import sys
from verbale.lake.code import code_into
if __name__ == "__main__":
    list(code_into(sys.argv[1], [sys.argv[2]], int(sys.argv[3]), sys.argv[4], reports_a_shard=2))
"""


def run(lake: Path, inputs: Path, workers: int, engine: str = "pool") -> subprocess.Popen:
    script = lake.with_suffix(".py")
    script.write_text(KILLED, encoding="utf-8")
    return subprocess.Popen([sys.executable, str(script), str(lake), str(inputs), str(workers), engine], cwd=ROOT,
                            stderr=subprocess.PIPE)


def wait_for_shards(lake: Path, number: int, process: subprocess.Popen) -> set[str]:
    for _ in range(1200):
        there = {path.stem for path in (lake / "manifest").glob("sh-*.json")}
        if len(there) >= number or process.poll() is not None:
            return there
        time.sleep(0.05)
    raise AssertionError("no shard after a minute")


def parts_of(lake: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in lake.rglob("part-*.parquet")}


def test_the_whole_run_killed_and_called_again(inputs, whole_lake, tmp_path):
    lake = tmp_path / "lake"
    killed = run(lake, inputs, 1)
    done = wait_for_shards(lake, 2, killed)
    killed.kill()
    killed.wait()
    before = {name: at for name, at in parts_of(lake).items() if name[5:-8] in done}
    again = sum(code_into(lake, [inputs], reports_a_shard=2), Outcome())
    assert again.kept >= len(done) and len(done) >= 2
    assert before.items() <= parts_of(lake).items(), "a finished shard was written again"
    assert exported(lake, tmp_path / "a.db") == exported(whole_lake[0], tmp_path / "b.db")


def below(pid: int, words: str) -> list[int]:
    """The processes below one, with these words in their command, by /proc: workers of a pool, actors of Ray."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(")", 1)[1].split()[1])
    found, open_pids = [], [pid]
    while open_pids:
        above = open_pids.pop()
        open_pids += (mine := [child for child, parent in parents.items() if parent == above])
        for child in mine:
            with contextlib.suppress(OSError):
                found += [child] if words in Path(f"/proc/{child}/cmdline").read_text() else []
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the worker to kill in /proc")
@pytest.mark.parametrize("engine, worker", [("pool", "spawn_main"), ("ray", "ray::Coder")])
def test_one_worker_killed_and_the_run_goes_on(inputs, whole_lake, tmp_path, engine, worker):
    if engine == "ray":
        pytest.importorskip("ray", reason="not installed: pip install 'verbale[ray]'")
    lake = tmp_path / "lake"
    process = run(lake, inputs, 2, engine)
    done = wait_for_shards(lake, 2, process)
    before = {name: at for name, at in parts_of(lake).items() if name[5:-8] in done}
    os.kill(below(process.pid, worker)[0], signal.SIGKILL)
    assert process.wait(240) == 0, process.stderr.read().decode()
    assert before.items() <= parts_of(lake).items(), "a finished shard was written again"
    assert exported(lake, tmp_path / "a.db") == exported(whole_lake[0], tmp_path / "b.db")
