"""`read`, `fetch`, `watch` and `runs`: what goes in is counted, kept as it comes, and not read twice."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytest.importorskip("httpcore")
pytest.importorskip("feedparser")

import no_coder
from click.testing import CliRunner

from ingest.local_site import running
from verbale.chain.chain import Chain
from verbale.errors import VerbaleError
from verbale.record.store import Record
from verbale.record.verify import verify
from verbale.views.cli import verbale as commands

TEXT = ("Foreign Minister Kari Dahl met her Omani counterpart in Bergen on 5 March 2024 to discuss ferry traffic.\n\n"
        "“We have found a fair way,” Dahl said after the talks, which lasted for two hours.")


@pytest.fixture(scope="module")
def server():
    with running() as made:
        yield made


@pytest.fixture
def site(server):
    server.renew()
    return server.home


@pytest.fixture
def run(monkeypatch, tmp_path):
    """A command as called in an empty folder, in this process: its exit code and what it printed."""
    monkeypatch.setattr(Chain, "code", no_coder.code)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VERBALE_RECORD", raising=False)

    def called(*words: str):
        done = CliRunner().invoke(commands, list(words))
        if isinstance(done.exception, VerbaleError):
            return 2, str(done.exception)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.output

    return called


NO_CODER = str(Path(__file__).with_name("no_coder.py"))
QUICK = ("--pause", "0.5", "--deadline", "20", "--open-loopback", "--quiet")


def test_read_counts_says_kinds_and_takes_columns(run, tmp_path):
    (tmp_path / "a.csv").write_text(f'kopf,wortlaut\n"Ferry talks","{TEXT}"\n"Empty",""\n', encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    words = ("read", "a.csv", "b.txt", "c.png", "--columns", "text=wortlaut,title=kopf", "--quiet")
    code, said = run(*words)
    assert code == 1 and "4 inputs = 2 coded + 1 skipped + 1 failed; taken for: 1 csv, 1 plain text" in said
    with Record(tmp_path / "verbale.db", make=False) as record:
        (kept,) = record.runs()
        assert (kept.inputs, kept.coded, kept.skipped, kept.failed) == (4, 2, 1, 1)
    for most, wanted in (("1", 0), ("25%", 0), ("24%", 1)):
        assert run(*words, "--most-failures", most)[0] == wanted
    assert [json.loads(line)["failed"] for line in run("runs")[1].splitlines()] == [1, 1, 1, 1]


def test_what_read_refuses_says_what_to_do(run, tmp_path):
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    for words, wanted in (
        (("b.txt", "--columns", "body=x"), "fields are text"),
        (("b.txt", "--columns", "body"), "FIELD=COLUMN"),
        (("b.txt", "--kind", "parchment"), "page text"),
        (("b.txt", "--most-failures", "some"), "2%"),
    ):
        code, said = run("read", *words)
        assert code == 2 and wanted in said
    code, said = run("read", "https://x.example/a")
    assert code == 1 and "verbale fetch" in said


def test_a_kind_may_be_named(run, tmp_path):
    (tmp_path / "page.txt").write_text(f"<html><body><h1>Ferry talks</h1><p>{TEXT}</p></body></html>", encoding="utf-8")
    assert "taken for: 1 html" in run("read", "page.txt", "--kind", "html", "-q")[1]
    assert "taken for: 1 html" not in run("read", "page.txt", "-q")[1]


def test_another_language_is_skipped_with_a_count(run, tmp_path):
    (tmp_path / "ru.txt").write_text("Министры обсудили паромы. Они договорились встретиться снова, сказал он.\n" * 4,
                                     encoding="utf-8")
    (tmp_path / "tr.txt").write_text("Bakanlar iki ülke arasındaki feribot seferlerini görüştü ve bunun için bir "
                                     "anlaşma imzaladı.\n" * 4, encoding="utf-8")
    (tmp_path / "en.txt").write_text(TEXT, encoding="utf-8")
    code, said = run("read", "en.txt", "ru.txt", "tr.txt", "-q")
    assert code == 0 and "3 inputs = 1 coded + 2 skipped + 0 failed" in said
    assert "language is 'ru'" in said and "language is 'tr'" in said
    with Record(tmp_path / "verbale.db", make=False) as record:
        kept = record.rows("SELECT json_extract(body, '$.language') AS language, text FROM report ORDER BY 1")
        assert [row["language"] for row in kept] == ["en", "ru", "tr"] and "паромы" in kept[1]["text"]
        assert [(one.inputs, one.coded, one.skipped) for one in record.runs()] == [(3, 1, 2)]
        assert verify(record).holds
    assert run("read", "en.txt", "ru.txt", "tr.txt", "-q")[0] == 0


def test_fetch_reads_into_the_record_and_not_twice(run, server, site, tmp_path):
    (tmp_path / "list.txt").write_text(f"{site}/article/1\n{site}/article/2\n")
    words = ("fetch", f"{site}/page", f"{site}/nowhere", "--list", "list.txt", *QUICK)
    code, said = run(*words)
    assert code == 1 and "4 inputs = 3 coded + 0 skipped + 1 failed; taken for: 3 html" in said
    server.asked.clear()
    code, said = run(*words, "--most-failures", "25%")
    assert code == 0 and "4 inputs = 0 coded + 3 skipped + 1 failed" in said
    assert server.asked == ["/robots.txt", "/nowhere"]
    with Record(tmp_path / "verbale.db", make=False) as record:
        assert {row["url"] for row in record.rows("SELECT url FROM report")} == {
            f"{site}/page", f"{site}/article/1", f"{site}/article/2"}
    assert run("fetch", f"{site}/page", "--again", *QUICK)[0] == 0 and server.asked[-1] == "/page"


def test_fetch_opens_nothing_private_and_asks_for_an_address(run, site):
    code, said = run("fetch", f"{site}/page", "http://[::ffff:127.0.0.1]/", "--no-store")
    assert code == 1 and "2 failed" in said and said.count("is not fetched") == 4  # named for people, and as JSON
    assert run("fetch")[0] == 2


def test_watch_once_reads_what_is_new(run, server, site, tmp_path):
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{site}/feed"\nname = "Gazette"\n')
    words = ("watch", "feeds.toml", "--once", *QUICK)
    assert "2 inputs = 2 coded" in run(*words)[1]
    assert "0 inputs = " in run(*words)[1]
    server.articles.append(3)
    assert "1 inputs = 1 coded" in run(*words)[1]
    with Record(tmp_path / "verbale.db", make=False) as record:
        assert [kept.coded for kept in record.runs()] == [1, 2]
        assert {row["source"] for row in record.rows("SELECT source FROM report")} == {"Gazette"}


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_a_killed_watch_loses_nothing_and_reads_nothing_twice(run, server, site, tmp_path):
    server.articles = list(range(1, 7))
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{site}/feed"\n')
    words = ("watch", "feeds.toml", "--once", *QUICK)
    running_watch = subprocess.Popen([sys.executable, NO_CODER, *words], cwd=tmp_path, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while len([one for one in server.asked if one.startswith("/article")]) < 3 and time.monotonic() < until:
        time.sleep(0.05)
    running_watch.send_signal(signal.SIGKILL)
    running_watch.wait()
    run(*words)
    with Record(tmp_path / "verbale.db", make=False) as record:
        urls = [row["url"] for row in record.rows("SELECT url FROM report")]
    assert sorted(urls) == sorted(f"{site}/article/{one}" for one in range(1, 7))
    asked = [one for one in server.asked if one.startswith("/article")]
    assert len(asked) <= 7, "at most the one article under way is asked for twice"
