"""How fast reports are read, stage by stage, on this machine.

    python -m bench.speed [--reports 64] [--workers 1] [FILE ...]

Reads the given texts (else those of examples/) again and again, each time with another last line so that none is a
copy, until so many reports are done. Prints seconds a stage and, as its last line, one JSON object: reports and words a
second, seconds till the first answer, peak memory in MB.
"""

import argparse
import itertools
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from verbale.chain.chain import Chain
from verbale.model.report import Problem, Report
from verbale.record.store import Record

ROOT = Path(__file__).parents[1]


def texts(files: list[Path], number: int) -> Iterator[str]:
    """So many texts, no two alike."""
    read = [path.read_text(encoding="utf-8") for path in files]
    for count, text in enumerate(itertools.islice(itertools.cycle(read), number)):
        yield f"{text}\n\nThis was report number {count} of the series, an official said.\n"


def timed(took: dict[str, float], stage: str, work: Callable[[], Any]) -> Any:
    begun = time.perf_counter()
    done = work()
    took[stage] = took.get(stage, 0.0) + time.perf_counter() - begun
    return done


def one_process(files: list[Path], number: int, folder: Path) -> dict[str, Any]:
    from verbale.coding.code import code
    from verbale.ingest.read import read_text
    from verbale.world.identify import identify

    took: dict[str, float] = {}
    begun = time.perf_counter()
    chain = Chain()
    for load in (lambda: chain.parser, lambda: chain.world, lambda: chain.rules):
        timed(took, "loading", load)
    list(chain.code([read_text(next(texts(files, 1)))]))
    first = time.perf_counter() - begun
    took = {}
    reports = [timed(took, "ingest", lambda text=text: read_text(text)) for text in texts(files, number)]
    good = [one for one in reports if isinstance(one, Report)]
    readings = timed(took, "language", lambda: list(chain.parser.parse(good)))
    rosters = [timed(took, "world", lambda reading=reading: identify(reading, chain.world)) for reading in readings]
    coded = [timed(took, "coding", lambda roster=roster: code(roster, chain.rules)) for roster in rosters]
    with Record(folder / "speed.db") as record:
        run = record.begin({})
        for report, findings in zip(good, coded):
            timed(took, "record", lambda report=report, findings=findings: record.add(report, findings, run))
    seconds = sum(took.values())
    words = sum(len(one.text.split()) for one in good)
    for stage, spent in took.items():
        print(f"{stage:<9} {spent:8.2f} s  {spent / seconds:4.0%}")
    return {"reports_a_second": round(len(good) / seconds, 2), "words_a_second": round(words / seconds),
            "words_a_report": round(words / len(good)), "first_answer_seconds": round(first, 2)}


def with_workers(files: list[Path], number: int, workers: int, folder: Path) -> dict[str, Any]:
    """End to end, start of the workers and the record's writing included."""
    from verbale.chain.keep import kept
    from verbale.chain.local import code_with_workers
    from verbale.ingest.read import read_text

    begun = time.perf_counter()
    reports = [read_text(text) for text in texts(files, number)]
    with Record(folder / "speed.db") as record:
        done = list(kept(code_with_workers(reports, workers), record))
    seconds = time.perf_counter() - begun
    words = sum(len(one.report.text.split()) for one in done if not isinstance(one, Problem))
    return {"reports_a_second": round(len(done) / seconds, 2), "words_a_second": round(words / seconds)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--reports", type=int, default=64)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    files = given.files or sorted((ROOT / "examples").glob("*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        figures = (one_process(files, given.reports, Path(folder)) if given.workers == 1 else
                   with_workers(files, given.reports, given.workers, Path(folder)))
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    print(json.dumps({**figures, "workers": given.workers, "reports": given.reports,
                      "peak_mb": round(kilobytes / 1024)}))


if __name__ == "__main__":
    main()
