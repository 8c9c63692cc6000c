"""How fast reports of about 500 words are read, from text to record, and how the cost grows with their number.

    python -m bench.speed [MEASURE ...] [--reports 600] [--most 10000] [--shared ../shared] [--to bench/speed.json]
    python -m bench.speed --docs bench/speed.json       put the figures of a file into docs/scale.md

Measures: stages (CPU milliseconds a report in each stage), cold (`verbale read one.txt` in a fresh process), one, two
(processes, end to end with the record), lake and ray (two processes into a lake of Parquet parts), growth (two
processes, from the first report to the last of `--most`). Each runs in a process of its own, so that its peak memory is
its own. Texts are those of bench/articles.py; with --shared half as many again come from its corpora.

Wall-clock figures mean something on a machine that does nothing else; `cpu_` figures nearly everywhere.
"""

import argparse
import gc
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.articles import article, articles
from verbale.settings import OBJECTS_BEFORE_COLLECTING

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs" / "scale.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
COLD_RUNS = 7


def _reports(number: int, corpora: Path | None) -> Iterator[Any]:
    from verbale.ingest.read import read_text

    return (read_text(text) for text in articles(number, corpora=corpora))


def stages(number: int, corpora: Path | None, folder: Path) -> dict[str, Any]:
    """CPU milliseconds a report of each stage, in one process, after a warm-up."""
    from verbale.chain.chain import Chain
    from verbale.chain.keep import kept
    from verbale.coding.code import code
    from verbale.ingest.read import read_text
    from verbale.record.store import Record
    from verbale.world.identify import identify

    begun = time.process_time()
    chain = Chain()
    list(chain.code([read_text(article(0))]))
    took = {"until the first answer": time.process_time() - begun}
    texts = list(articles(number, corpora=corpora))

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        before = time.process_time()
        done = work()
        took[stage] = time.process_time() - before
        return done

    reports = timed("ingest", lambda: [read_text(text) for text in texts])
    readings = timed("language", lambda: list(chain.parser.parse(reports)))
    rosters = timed("world", lambda: [identify(reading, chain.world) for reading in readings])
    found = timed("coding", lambda: [code(roster, chain.rules) for roster in rosters])
    from verbale.chain.local import Done

    with Record(folder / "r.db") as record:
        timed("record", lambda: list(kept(map(Done, reports, found), record)))
    words = sum(len(text.split()) for text in texts)
    first = took.pop("until the first answer")
    each = {stage: round(1000 * seconds / number, 2) for stage, seconds in took.items()}
    return {"cpu_ms_a_report": each, "cpu_ms_a_report_in_all": round(sum(each.values()), 2),
            "words_a_report": round(words / number), "words_a_cpu_second": round(words / sum(took.values())),
            "cpu_seconds_until_first_answer": round(first, 2), "reports": number}


def cold(number: int, corpora: Path | None, folder: Path) -> dict[str, Any]:
    """Seconds of `verbale read one.txt` in a fresh process, the middle one and the best of some."""
    text = folder / "one.txt"
    text.write_text(article(1), encoding="utf-8")
    took = []
    for run in range(COLD_RUNS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-m", "verbale.views.cli", "read", str(text), "--record",
                        str(folder / f"{run}.db")], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        took.append(time.perf_counter() - begun)
    return {"seconds": round(statistics.median(took), 2), "best_seconds": round(min(took), 2), "runs": COLD_RUNS}


def one(number: int, corpora: Path | None, folder: Path) -> dict[str, Any]:
    from verbale.chain.chain import Chain

    chain = Chain()
    return _through(chain.code(_reports(number, corpora)), number, folder, 0)


def two(number: int, corpora: Path | None, folder: Path) -> dict[str, Any]:
    from verbale.chain.local import code_with_workers

    return _through(code_with_workers(_reports(number, corpora), 2), number, folder, 2)


def growth(number: int, corpora: Path | None, folder: Path) -> dict[str, Any]:
    from verbale.chain.local import code_with_workers

    return _through(code_with_workers(_reports(number, corpora), 2), number, folder, 2)


def _through(results: Any, number: int, folder: Path, workers: int) -> dict[str, Any]:
    """Results into a record: rates with and without the start, the cost of the first and the last, memory, disk."""
    from verbale.chain.keep import kept
    from verbale.record.merge import merge
    from verbale.record.store import Record

    begun, at, words = time.perf_counter(), [], 0
    with Record(folder / "r.db") as record:
        for done in kept(results, record):
            at.append(time.perf_counter() - begun)
            words += len(done.report.text.split())
        linking = time.perf_counter()
        happenings = merge(record)
        linking = time.perf_counter() - linking
    warm = min(100, number // 3)
    window = max(1, min(500, number // 4))
    early, late = at[warm + window - 1] - at[warm - 1], at[-1] - at[-1 - window]
    main, below = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return {
        "reports": number, "seconds": round(at[-1], 2), "seconds_until_first": round(at[0], 2),
        "reports_a_second": round(number / at[-1], 2), "words_a_second": round(words / at[-1]),
        "reports_a_second_warm": round((number - warm) / (at[-1] - at[warm - 1]), 2),
        "cost_of_last_over_first": round(late / early, 3), "window": window,
        "cpu_ms_a_report_main": round(1000 * (main.ru_utime + main.ru_stime) / number, 2),
        "cpu_ms_a_report_workers": round(1000 * (below.ru_utime + below.ru_stime) / number, 2),
        "peak_mb": round(main.ru_maxrss / unit + workers * below.ru_maxrss / unit),
        "record_kb_a_report": round((folder / "r.db").stat().st_size / number / 1024, 1),
        "linking_seconds": round(linking, 2), "happenings": happenings,
    }


def lake(number: int, corpora: Path | None, folder: Path, engine: str = "pool") -> dict[str, Any]:
    """Single files into a lake by two processes; small shards, so that both have work to the end."""
    from verbale.lake.code import Outcome, code_into

    inputs = folder / "in"
    inputs.mkdir()
    for place, text in enumerate(articles(number, corpora=corpora)):
        (inputs / f"{place:06}.txt").write_text(text, encoding="utf-8")
    begun = time.perf_counter()
    at, total = [], Outcome()
    for outcome in code_into(folder / "lake", [inputs], 2, engine, reports_a_shard=40):
        at.append(time.perf_counter() - begun)
        total += outcome
    size = sum(path.stat().st_size for path in (folder / "lake").rglob("*.parquet"))
    return {"reports": total.coded, "seconds": round(at[-1], 2), "reports_a_second": round(total.coded / at[-1], 2),
            "seconds_until_first_task": round(at[0], 2), "lake_kb_a_report": round(size / number / 1024, 1)}


def ray(number: int, corpora: Path | None, folder: Path) -> dict[str, Any]:
    return lake(number, corpora, folder, "ray")


MEASURES: dict[str, Callable[[int, Path | None, Path], dict[str, Any]]] = {
    "stages": stages, "cold": cold, "one": one, "two": two, "lake": lake, "ray": ray, "growth": growth}


def measured(name: str, given: argparse.Namespace) -> dict[str, Any]:
    """A measure in a process of its own."""
    words = [sys.executable, "-m", "bench.speed", name, "--inside", "--reports", str(given.reports), "--most",
             str(given.most), *(["--shared", given.shared] if given.shared else [])]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"})
    try:
        return json.loads(done.stdout.splitlines()[-1])
    except (IndexError, json.JSONDecodeError):
        return {"fell": " ".join(done.stderr.split())[-500:]}


def machine() -> dict[str, Any]:
    commit = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    processor = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), processor)
    return {"day": date.today().isoformat(), "commit": commit.stdout.strip() or None, "cores": os.cpu_count(),
            "processor": processor, "python": platform.python_version(),
            "load_before": round(load, 2) if load is not None else None}


def ratios(found: dict[str, Any]) -> dict[str, float]:
    """What is asked for as a ratio, where both sides were measured."""
    def of(name: str, figure: str = "reports_a_second_warm") -> float | None:
        return found.get(name, {}).get(figure)

    asked = {"two_over_one": (of("two"), of("one")),
             "ray_over_pool": (of("ray", "reports_a_second"), of("lake", "reports_a_second"))}
    return {name: round(a / b, 2) for name, (a, b) in asked.items() if a and b}


def into_docs(file: Path) -> None:
    """The figures of a file, of the long run and of the rivals beside it, into docs/scale.md, between its two marks."""
    found = json.loads(file.read_text(encoding="utf-8"))
    facts = found["machine"]
    lines = [BEGIN, "", f"Printed by `python -m bench.speed --docs {file}` from what was measured on {facts['day']} "
             f"({facts['processor']}, {facts['cores']} cores, Python {facts['python']}, commit {facts['commit']}, load "
             f"before {facts['load_before']}).", ""]
    lines += _table((name, found.get(name)) for name in (*MEASURES, "ratios"))
    for name, said in (("scale_run", "The long run"), ("rivals", "Others, beside us")):
        beside = file.parent / f"{name}.json"
        if beside.exists():
            more = json.loads(beside.read_text(encoding="utf-8"))
            lines += ["", f"{said} (`python -m bench.{name}`, {more['day']}):", ""]
            plain = {key: value for key, value in more.items() if not isinstance(value, dict) and key != "day"}
            lines += _table([("in all", plain), *((key, one) for key, one in more.items() if isinstance(one, dict))])
    page = DOCS.read_text(encoding="utf-8")
    before, after = page[:page.index(BEGIN)], page[page.index(END):]
    DOCS.write_text(before + "\n".join(lines) + "\n\n" + after, encoding="utf-8")


def _table(measures: Iterable[tuple[str, dict[str, Any] | None]]) -> Iterator[str]:
    """Rows of a Markdown table, a figure each; what a command said is left out."""
    yield from ("| measure | figure | value |", "|---|---|---|")
    for name, figures in measures:
        for figure, value in (figures or {}).items():
            shown = ", ".join(f"{key} {one}" for key, one in value.items()) if isinstance(value, dict) else value
            if figure != "said":
                yield f"| {name.replace('_', ' ')} | {figure.replace('_', ' ')} | {shown} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=", ".join(MEASURES))
    parser.add_argument("--reports", type=int, default=600)
    parser.add_argument("--most", type=int, default=10_000, help="reports of `growth`")
    parser.add_argument("--shared", help="folder whose corpora give more texts")
    parser.add_argument("--to", type=Path, help="a JSON file; what it holds of other measures stays")
    parser.add_argument("--docs", type=Path, metavar="FILE")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.docs:
        into_docs(given.docs)
        return
    if given.inside:
        gc.set_threshold(*OBJECTS_BEFORE_COLLECTING)  # as the command line does
        (name,) = given.measures
        corpora = Path(given.shared) / "corpora" if given.shared else None
        number = {"growth": given.most, "stages": min(200, given.reports)}.get(name, given.reports)
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(MEASURES[name](number, corpora, Path(folder))))
        return
    found = json.loads(given.to.read_text(encoding="utf-8")) if given.to and given.to.exists() else {}
    found["machine"] = machine()
    for name in given.measures or MEASURES:
        found[name] = measured(name, given)
        print(f"{name}: {json.dumps(found[name])}", flush=True)
        found["ratios"] = ratios(found)
        if given.to:
            given.to.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(f"ratios: {json.dumps(found['ratios'])}")


if __name__ == "__main__":
    main()
