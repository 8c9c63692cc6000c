"""The commands: any kind of input into a lake, and a lake where a record is asked for."""

import json
import subprocess
import sys

import pytest

from made_stories import needs_model, story
from verbale.lake.code import Outcome, code_into
from verbale.lake.lake import Lake
from verbale.record.store import Record

duckdb = pytest.importorskip("duckdb", reason="a lake needs the extra `formats`")
pytestmark = needs_model


def verbale(*words: object) -> subprocess.CompletedProcess:
    done = subprocess.run([sys.executable, "-m", "verbale.views.cli", *map(str, words)], capture_output=True, text=True,
                          encoding="utf-8")
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    folder = tmp_path_factory.mktemp("commands")
    (folder / "in").mkdir()
    for number in range(3):
        (folder / "in" / f"{number}.txt").write_text(story(number), encoding="utf-8")
    done = verbale("code", folder / "in" / "*.txt", "--out", folder / "lake", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["coded"] == 3, done.stderr
    assert "3 inputs = 3 coded + 0 skipped + 0 failed" in done.stderr
    return folder / "lake"


def test_the_same_command_again_finds_all_there(lake):
    done = verbale("code", lake.parent / "in" / "*.txt", "--out", lake)
    assert done.returncode == 0 and "0 inputs" in done.stderr and "1 shards were there before" in done.stderr


def test_merge_brings_it_into_a_record(lake, tmp_path):
    done = verbale("merge", lake, "--record", tmp_path / "r.db")
    assert done.returncode == 0 and "3 reports added, 0 were there" in done.stderr
    assert "0 reports added" in verbale("merge", lake, "--record", tmp_path / "r.db").stderr


def test_find_asks_a_lake_and_happenings_its_own_record(lake):
    contacts = [json.loads(line) for line in verbale("find", "contacts", "--record", lake).stdout.splitlines()]
    assert {one["title"].split(" hold")[0] for one in contacts} == {
        "Norway and Finland", "Kenya and Uganda", "Peru and Chile"}
    assert len(verbale("find", "fishing", "--record", lake).stdout.splitlines()) == 3
    assert len(verbale("happenings", "--record", lake).stdout.splitlines()) >= 3
    with Record(lake / "working.db", make=False) as record:
        assert len(record.report_ids()) == 3


def test_what_cannot_be_done_is_one_line(tmp_path, lake):
    for words in (("code", tmp_path / "nowhere", "--out", tmp_path / "l"), ("merge", tmp_path, "--record", "r.db"),
                  ("code", lake.parent / "in", "--out", lake, "--shard", "7"),
                  ("find", "contacts", "--record", tmp_path)):
        done = verbale(*words)
        assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr


def warc(texts: list[str]) -> bytes:
    """A WARC of pages, written by hand."""
    found = b""
    for number, text in enumerate(texts):
        title, *parts = text.strip().split("\n\n")
        page = (f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
                + "".join(f"<p>{part}</p>" for part in parts) + "</article></body></html>").encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        found += (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n"
                  f"WARC-Date: 2022-05-11T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>"
                  f"\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
                  ).encode() + http + b"\r\n\r\n"
    return found


def test_every_kind_of_input_is_cut_into_shards(tmp_path):
    texts = [story(number) for number in range(5)]
    (tmp_path / "pages.warc").write_bytes(warc(texts))
    lines = "".join(json.dumps({"title": text.split("\n")[0], "text": text}) + "\n" for text in texts)
    (tmp_path / "rows.jsonl").write_text(lines, encoding="utf-8")
    with duckdb.connect() as link:
        link.execute(f"COPY (SELECT * FROM read_json('{tmp_path / 'rows.jsonl'}', format = 'newline_delimited')) TO "
                     f"'{tmp_path / 'rows.parquet'}' (FORMAT parquet)")
    for name in ("pages.warc", "rows.jsonl", "rows.parquet"):
        folder = tmp_path / f"lake {name}"
        total = sum(code_into(folder, [tmp_path / name], reports_a_shard=2), Outcome())
        assert (total.coded, total.failed, total.coded_shards) == (5, 0, 3), name
        with Lake(folder) as lake:
            meetings = lake.rows("SELECT count(DISTINCT report) AS n FROM finding WHERE kind = 'contact'")[0]["n"]
            assert meetings == 5, name
