"""How fast names are found in running text, and how long the world tables take to load.

    python -m bench.finding [--shared ../shared] [--megabytes 20] [--passes 3]

One JSON line. `mb_a_second`: megabytes of UTF-8 text a CPU second, with places and meanings, best of some passes over
the articles of the shared corpora (those of bench/articles.py without --shared). `tables_seconds`: CPU seconds until
all tables are read, `names_seconds`: until the names of all tables can be looked for, each the best of some processes.
CPU seconds, since other work on the machine would count in those of the clock.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.articles import articles

CORPORA = ("state_dept_press_releases", "whitehouse_briefings_sample", "wikinews_en_2019_2020",
           "un_general_debate_sample")
LOADS = 5
LOAD = """
import time
begun = time.process_time()
import verbale.world.world as world
loaded = time.process_time()
found = world.load_world()
tables = time.process_time()
found.find("Ankara spoke.")
print(loaded - begun, tables - loaded, time.process_time() - loaded)
"""


def texts_of(shared: Path | None, megabytes: float) -> list[str]:
    """Articles, about so many megabytes of them, from the corpora in turn; all there are where they are fewer."""
    if shared is None:
        made: list[str] = []
        while sum(len(text) for text in made) < megabytes * 1e6:
            made += articles(500, start=len(made))
        return made
    rows = [_rows(shared / "corpora" / f"{name}.jsonl") for name in CORPORA]
    found: list[str] = []
    size = 0
    for text in (text for texts in rows for text in texts):
        if size >= megabytes * 1e6:
            break
        found.append(text)
        size += len(text.encode())
    return found


def _rows(path: Path) -> Iterator[str]:
    with open(path, encoding="utf-8") as file:
        yield from (json.loads(line)["text"] for line in file)


def speed(texts: list[str], passes: int) -> dict[str, float]:
    from verbale.world.world import load_world

    world = load_world()
    world.find(texts[0])
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    took, names = [], 0
    for _ in range(passes):
        begun = time.process_time()
        names = sum(len(world.find(text)) for text in texts)
        took.append(time.process_time() - begun)
    return {"mb_a_second": round(megabytes / min(took), 1), "first_pass_mb_a_second": round(megabytes / took[0], 1),
            "megabytes": round(megabytes, 1), "names_found": names}


def loading() -> dict[str, float]:
    runs = []
    for _ in range(LOADS):
        done = subprocess.run([sys.executable, "-c", LOAD], check=True, capture_output=True, text=True)
        runs.append([float(one) for one in done.stdout.split()])
    return {"tables_seconds": round(min(run[1] for run in runs), 3),
            "names_seconds": round(min(run[2] for run in runs), 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--passes", type=int, default=3)
    given = parser.parse_args()
    print(json.dumps({**speed(texts_of(given.shared, given.megabytes), given.passes), **loading()}))


if __name__ == "__main__":
    main()
