"""A long run: so many articles through `verbale code`, `merge`, `find` and the record, with time, memory and disk.

    nice -n 19 python -m bench.scale_run --reports 30000 --folder /somewhere/large [--shared ../shared] [--workers 2]

Articles are those of bench/articles.py, as JSON lines in files of 1,000. Each step is a command in its own process,
measured from outside. Stopped, the whole goes on where it was: what a lake has is not coded again. Figures go to --to
(default bench/scale_run.json) after every step.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from bench.articles import articles

ROOT = Path(__file__).parents[1]
A_FILE = 1000


def make_inputs(folder: Path, number: int, corpora: Path | None) -> int:
    """Articles as JSON lines, a day of a year each; how many words they have."""
    folder.mkdir(parents=True, exist_ok=True)
    words = 0
    for start in range(0, number, A_FILE):
        path = folder / f"articles-{start:07}.jsonl"
        texts = list(articles(min(A_FILE, number - start), corpora=corpora, start=start))
        words += sum(len(text.split()) for text in texts)
        if not path.exists():
            lines = (json.dumps({"text": text, "url": f"https://news.example/{start + place}",
                                 "published": f"2022-{place % 12 + 1:02}-{place % 28 + 1:02}"}, ensure_ascii=False)
                     for place, text in enumerate(texts))
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return words


def step(*words: str) -> dict[str, Any]:
    """A command, measured: wall and CPU seconds of it and its workers, the largest process of them."""
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, "-m", "verbale.views.cli", *words], cwd=ROOT, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, env=os.environ | {"OMP_NUM_THREADS": "1"}) as process:
        assert process.stdout is not None
        said = process.stdout.read().strip().splitlines()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return {"seconds": round(time.perf_counter() - begun, 1), "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
            "largest_process_mb": round(used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)),
            "exit": process.returncode, "said": said[-1][:300] if said else ""}


def size_mb(*paths: Path) -> float:
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()]
    return round(sum(file.stat().st_size for file in files) / 1e6, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=30_000)
    parser.add_argument("--folder", type=Path, required=True, help="where inputs, lake and record go")
    parser.add_argument("--shared", type=Path, help="folder whose corpora give more texts")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--to", type=Path, default=ROOT / "bench" / "scale_run.json")
    given = parser.parse_args()
    corpora = given.shared / "corpora" if given.shared else None
    inputs, lake, record = given.folder / "inputs", given.folder / "lake", given.folder / "record.db"
    found: dict[str, Any] = {"day": date.today().isoformat(), "reports": given.reports, "workers": given.workers,
                             "words": make_inputs(inputs, given.reports, corpora), "inputs_mb": size_mb(inputs)}
    steps = {
        "code": ("code", str(inputs), "--out", str(lake), "--workers", str(given.workers)),
        "code_again": ("code", str(inputs), "--out", str(lake), "--workers", str(given.workers)),
        "find_in_lake": ("find", "contacts", "--record", str(lake), "--dyad", "RUS", "USA", "--limit", "5"),
        "find_text_in_lake": ("find", "text", "foreign ministers", "--record", str(lake), "--limit", "5"),
        "merge": ("merge", str(lake), "--record", str(record)),
        "find_in_record": ("find", "contacts", "--record", str(record), "--dyad", "RUS", "USA", "--limit", "5"),
        "happenings": ("happenings", "--record", str(record), "--reports", "2", "--limit", "5"),
        "verify": ("verify", "--record", str(record)),
    }
    for name, words in steps.items():
        found[name] = step(*words)
        found["lake_mb"], found["record_mb"] = size_mb(lake) if lake.exists() else 0, (
            size_mb(record) if record.exists() else 0)
        print(f"{name}: {json.dumps(found[name])}", flush=True)
        given.to.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
