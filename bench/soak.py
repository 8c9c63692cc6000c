"""Long runs that are too long for the tests: kills, searches, and a record of a million events.

    python -m bench.soak [kills] [searches] [million] [orders] [--size EVENTS] [--folder DIR]

Prints one line a run with its figures, and exits 1 where one does not hold. The last figures of each run stand in
bench/soak.json, with day and commit.
"""

import argparse
import io
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from made_reports import report, story  # noqa: E402
from verbale.model.actor import Actor  # noqa: E402
from verbale.model.evidence import evidence_for  # noqa: E402
from verbale.model.findings import Event, Findings, Party  # noqa: E402
from verbale.model.report import Report  # noqa: E402
from verbale.model.span import Span  # noqa: E402
from verbale.record import find, judge  # noqa: E402
from verbale.record.find import Filter  # noqa: E402
from verbale.record.store import Record  # noqa: E402
from verbale.record.verify import verify  # noqa: E402
from verbale.views.export import formats  # noqa: E402

FIGURES = ROOT / "bench" / "soak.json"
STORIES = 300
WRITER = """
import sys
sys.path.insert(0, sys.argv[3])
from made_reports import story
from verbale.record.store import Record
record = Record(sys.argv[1])
run = record.begin({})
for number in range(int(sys.argv[2])):
    record.add(*story(number), run)
    print(number, flush=True)
record.end(run)
"""


def kills(folder: Path, size: int) -> str:
    """A hundred kills at random moments, then the rest: the same claims as a run that nobody killed."""
    with Record(folder / "whole.db") as record:
        run = record.begin({})
        for number in range(STORIES):
            record.add(*story(number), run)
        whole = _exported(record)
    dice = random.Random(7)
    for number in range(100):
        path = folder / f"{number}.db"
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(STORIES), str(ROOT / "tests")],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        for _ in range(dice.randrange(1, STORIES // 2)):
            writer.stdout.readline()
        time.sleep(dice.random() * 0.01)
        writer.kill()
        said = writer.stdout.read().split()
        writer.wait()
        with Record(path, make=False) as record:
            assert not said or len(record.report_ids()) >= int(said[-1]) + 1, "a report that was stored is lost"
            assert verify(record).holds, "the record does not hold after a kill"
            run = record.begin({})
            for again in range(STORIES):
                record.add(*story(again), run)
            assert _exported(record) == whole, "the rerun gives another record"
        path.unlink()
    return "100 kills: nothing lost, nothing halfway, every rerun gave the same export, byte for byte"


def _exported(record: Record) -> str:
    """The whole record as text."""
    out = io.StringIO()
    formats.write(record, "jsonl", out)
    return out.getvalue()


def searches(folder: Path, size: int) -> str:
    """Ten thousand made-up search texts, of the letters that query languages trip over."""
    letters = "\"'*()-:^{}+\\%_;,.!?&|~<>[]#@$/ \t\n\x00\u202eéßЖ中😀aTn" + "NEAR AND OR NOT "
    dice = random.Random(11)
    with Record(folder / "search.db") as record:
        run = record.begin({})
        for number in range(20):
            record.add(*story(number), run)
        for _ in range(10_000):
            words = "".join(dice.choice(letters) for _ in range(dice.randrange(30)))
            find.text(record, words, 5)
            find.findings(record, Filter(text=words, actor=words, about=words, topic=words, limit=5))
    return "10,000 search texts: no exception"


def million(folder: Path, size: int) -> str:
    """A record of so many events: how long what pages ask takes, in milliseconds, the middle one and p95 of 30."""
    path = folder / "million.db"
    begun = time.monotonic()
    ids = _fill(path, size)
    made = time.monotonic() - begun
    dice = random.Random(5)
    with Record(path, make=False) as record:
        asked: dict[str, Callable[[], Any]] = {
            "one dyad by month": lambda: record.rows(
                "SELECT month, n FROM dyad_count WHERE one = ? AND other = ? AND kind = 'event' ORDER BY month",
                dice.sample(STATES, 2),
            ),
            "events of a dyad": lambda: find.events(record, dyad=tuple(dice.sample(STATES, 2))),
            "latest events": lambda: find.events(record),
            "one report's findings": lambda: record.findings(dice.choice(ids)),
            "page of a list with facets": lambda: (
                find.events(record),
                find.count(record, Filter(kind="event")),
                record.rows("SELECT facet, value, n FROM facet WHERE kind = 'event' ORDER BY facet, n DESC"),
            ),
            "least sure": lambda: judge.least_sure(record),
        }
        said = []
        for name, question in asked.items():
            took = sorted(_seconds(question) * 1000 for _ in range(30))
            said.append(f"{name} {statistics.median(took):.1f}/{took[28]:.1f} ms")
    size_mb = path.stat().st_size / 1e6
    return f"{size:,} events, {len(ids):,} reports ({size_mb:,.0f} MB, made in {made:.0f} s): " + ", ".join(said)


def orders(folder: Path, size: int) -> str:
    """The examples in shuffled orders, by 1, 2 and 4 workers: every export the same, byte for byte."""
    examples = sorted((ROOT / "examples").glob("*.txt"))
    written: dict[str, set[str]] = {}
    for workers in (1, 2, 4):
        path = folder / f"{workers}.db"
        shuffled = random.Random(workers).sample(examples, len(examples))
        words = [str(one.relative_to(ROOT)) for one in shuffled]
        subprocess.run([sys.executable, "-m", "verbale.views.cli", "read", *words, "--record", str(path), "--quiet",
                        "--workers", str(workers)], cwd=ROOT, check=True, capture_output=True)
        with Record(path, make=False) as record:
            for form in (*formats.TABLES, *formats.FORMS):
                out = io.StringIO()
                formats.write(record, form, out)
                written.setdefault(form, set()).add(out.getvalue())
    differ = [form for form, texts in written.items() if len(texts) > 1]
    assert not differ, f"exports differ by order or workers: {', '.join(differ)}"
    return f"{len(examples)} reports in 3 orders by 1, 2 and 4 workers: {len(written)} formats the same, byte for byte"


TYPES = ("CONSULT", "AGREE", "SUPPORT", "REQUEST", "ACCUSE", "SANCTION", "PROTEST", "ASSAULT")
STATES = [f"{first}{second}X" for first in "ABCDEFGHIJ" for second in "ABCDEFGH"]


def _fill(path: Path, size: int) -> list[str]:
    """Events of made-up states over twenty years, ten a report, written as the record writes them."""
    dice, ids = random.Random(3), []
    with Record(path) as record:
        run = record.begin({})
        record.connection.execute("PRAGMA synchronous = OFF")  # the filling is not what is measured
        for number in range(size // 10):
            told = "Norway's foreign minister met Finland's in Oslo on Tuesday"
            of = report(f"Report {number}\n\n{told}, for the {number}th time.\n",
                        published=date(2005, 1, 1) + timedelta(days=dice.randrange(7000)))
            record.add(of, _findings(of, number, dice), run)
            ids.append(of.id)
    return ids


def _findings(of: Report, number: int, dice: random.Random) -> Findings:
    actors = tuple(Actor(f"st:{one.lower()}", "state", f"State {one}", one, one) for one in dice.sample(STATES, 4))
    start = of.text.index("Norway")
    evidence = evidence_for(of.id, of.text, Span(start, start + 48), "made.up", "made for this run", 0.9)
    events = tuple(Event(
        f"ev-{number:09d}{which}", evidence, dice.choice(TYPES), cameo="040", when=of.window.period,
        who=(Party(actors[which % 2].id, "Norway"),), whom=(Party(actors[2 + which % 2].id, "Finland"),))
        for which in range(10))
    return Findings(of.id, of.window, actors, events=events)


def _seconds(question: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    question()
    return time.perf_counter() - begun


def keep(name: str, said: str) -> None:
    """Put a run's figures into bench/soak.json, over its last ones."""
    figures = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    commit = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    figures[name] = {"day": date.today().isoformat(), "commit": commit.stdout.strip() or None, "figures": said}
    FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    runs = {"kills": kills, "searches": searches, "million": million, "orders": orders}
    parser.add_argument("runs", nargs="*", metavar="RUN", help=", ".join(runs))
    parser.add_argument("--size", type=int, default=1_000_000, help="events of `million`")
    parser.add_argument("--folder", help="where to work (default: a temporary folder)")
    given = parser.parse_args()
    fell = 0
    for name in given.runs or list(runs):
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            try:
                said = runs[name](Path(folder), given.size)
            except Exception as error:
                fell += 1
                said = f"FELL: {type(error).__name__}: {error}"
            print(f"{name}: {said}", flush=True)
            keep(name, said)
    sys.exit(1 if fell else 0)


if __name__ == "__main__":
    main()
