"""How long the web pages take on a large record: a million events in a hundred thousand reports.

    python -m bench.pages [--events N] [--folder DIR]

Fills a record with made-up reports (kept in --folder for the next run, else thrown away), asks for each kind of page
many times over HTTP, each time another one, and prints the middle figure, p95 and the largest page. Exits 1 where a
figure is above its bar. Beside it: how long a server takes from its start to its first page, and whether pages stay
readable while a run writes.
"""

import argparse
import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.pages_record import COUNTRIES, fill, made
from verbale.record.store import Record

TIMES = 40
HOST = "127.0.0.1"
BAR_MS = {"reader": 50, "dyad": 100, "facet": 300, "other": 300}
BAR_BYTES = 100_000
BAR_START_SECONDS = 1.5


def addresses(path: Path, dice: random.Random) -> dict[str, tuple[str, Callable[[], str]]]:
    """For each page: which bar it is held to, and a function to one of its addresses, by chance."""
    with Record(path, make=False) as record:
        most = record.rows("SELECT max(number) AS number FROM report")[0]["number"]
        reports = [
            record.rows("SELECT id FROM report WHERE number = ?", [dice.randint(1, most)])[0]["id"]
            for _ in range(TIMES)
        ]
        found = [record.rows("SELECT id FROM finding WHERE report = ? LIMIT 1", [one])[0]["id"] for one in reports]
        dyads = [
            record.rows(
                "SELECT one, other FROM dyad WHERE finding = (SELECT number FROM finding WHERE report = ? "
                "AND kind = 'event' LIMIT 1) LIMIT 1",
                [one],
            )[0]
            for one in reports
        ]
        people = [
            record.rows("SELECT id FROM actor WHERE report = ? AND kind = 'person' LIMIT 1", [one])[0]["id"]
            for one in reports
        ]
    pairs = [f"/dyad/{row['one']}/{row['other']}" for row in dyads]
    return {
        "reader": ("reader", lambda: f"/a/{dice.choice(reports)}"),
        "finding": ("other", lambda: f"/f/{dice.choice(found)}"),
        "dyad, by the number of its events": ("dyad", lambda: dice.choice(pairs)),
        "dyad, the largest": ("dyad", lambda: f"/dyad/{COUNTRIES[0]}/{COUNTRIES[1]}"),
        "actor": ("other", lambda: f"/actor/{dice.choice(people)}"),
        "home": ("other", lambda: "/"),
        "articles": ("facet", lambda: f"/articles?offset={dice.randrange(0, 2000, 50)}"),
        "events": ("facet", lambda: "/events"),
        "events of a type": ("facet", lambda: f"/events?type={dice.choice(('CONSULT', 'AID', 'PROTEST', 'AGREE'))}"),
        "events of a year": ("facet", lambda: f"/events?since={(year := dice.randint(2005, 2023))}&until={year + 1}"),
        "events of a state": ("facet", lambda: f"/events?actor={dice.choice(COUNTRIES)}"),
        "contacts": ("facet", lambda: "/contacts"),
        "calendar": ("facet", lambda: f"/calendar?month={dice.randint(2005, 2023)}-{dice.randint(1, 12):02d}"),
        "statements": ("facet", lambda: "/statements"),
        "statements of a speaker": ("facet", lambda: f"/statements?speaker={dice.choice(people)}"),
        "search": ("facet", lambda: f"/search?q=round+{dice.randrange(5000)}"),
        "search of a common word": ("facet", lambda: "/search?q=ministers"),
        "network": ("facet", lambda: f"/network?of={dice.choice(COUNTRIES)}"),
        "map": ("facet", lambda: "/map"),
        "review": ("other", lambda: f"/review?skip={dice.randrange(20)}"),
        "runs": ("other", lambda: "/runs"),
    }


class Server:
    """`verbale serve` over a record, in a process of its own."""

    def __init__(self, path: Path, port: int) -> None:
        self.port = port
        begun = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "verbale.views.cli", "serve", "--record", str(path), "--port", str(port)],
            stderr=subprocess.DEVNULL,
        )
        while True:
            try:
                self.get("/runs")
                break
            except OSError:
                if self.process.poll() is not None or time.perf_counter() - begun > 60:
                    raise
                time.sleep(0.01)
        self.start_seconds = time.perf_counter() - begun

    def get(self, address: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def worked_ms(self) -> float | None:
        """Processor time that the server has used, where the system tells it of another process (Linux)."""
        told = Path(f"/proc/{self.process.pid}/stat")
        if not told.exists():
            return None
        user, system = told.read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()


def pages(server: Server, path: Path) -> Iterator[tuple[str, bool]]:
    """A line for each page, and whether it holds."""
    for name, (bar, address) in addresses(path, random.Random(5)).items():
        took, largest, wrong, before = [], 0, set(), server.worked_ms()
        for _ in range(TIMES):
            asked = address()
            begun = time.perf_counter()
            status, body = server.get(asked)
            took.append((time.perf_counter() - begun) * 1000)
            largest = max(largest, len(body))
            if status != 200:
                wrong.add(f"{asked}: {status}")
        after = server.worked_ms()
        worked = f"{(after - before) / TIMES:6.1f}" if before is not None and after is not None else "?"
        took.sort()
        p95 = took[int(0.95 * TIMES) - 1]
        holds = p95 < BAR_MS[bar] and largest < BAR_BYTES and not wrong
        yield (
            (
                f"{name:36} {statistics.median(took):7.1f} ms  p95 {p95:7.1f} (bar {BAR_MS[bar]})  max {took[-1]:7.1f} "
                f" worked {worked} {largest / 1000:6.1f} KB  {'; '.join(sorted(wrong))}{'' if holds else '  NOT HELD'}"
            ),
            holds,
        )


def while_writing(server: Server, path: Path, seconds: float = 10) -> tuple[str, bool]:
    """Pages asked for while another process adds reports: how many, and how many failed."""
    stop = threading.Event()
    written = [0]

    def write() -> None:
        with Record(path) as record:
            run, number = record.begin({"program": "bench"}), 10_000_000
            while not stop.is_set():
                record.add(*made(number, random.Random(number)), run)
                number += 1
            written[0] = number - 10_000_000
            record.end(run)

    writer = threading.Thread(target=write)
    writer.start()
    asked, failed, took = 0, 0, []
    every = [one for _, one in addresses(path, random.Random(6)).values()]
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        at = time.perf_counter()
        status, _ = server.get(every[asked % len(every)]())
        took.append((time.perf_counter() - at) * 1000)
        asked, failed = asked + 1, failed + (status != 200)
    stop.set()
    writer.join()
    return (
        f"while a run wrote {written[0]} reports: {asked} pages asked for, {failed} failed, "
        f"p95 {sorted(took)[int(0.95 * len(took)) - 1]:.0f} ms"
    ), not failed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000, help="how many events, ten a report")
    parser.add_argument("--folder", help="where the record is made, and kept for the next run")
    parser.add_argument("--port", type=int, default=8655)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made_folder:
        path = Path(given.folder or made_folder) / f"pages-{given.events}.db"
        said: Any = fill(path, given.events)
        print(said, flush=True)
        held = []
        with Server(path, given.port) as server:
            held.append(server.start_seconds < BAR_START_SECONDS)
            if hasattr(os, "getloadavg"):
                print(
                    f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; `worked` is the server's own "
                    "processor time a page, without the wait for a core"
                )
            print(f"first page {server.start_seconds:.2f} s after the start (bar {BAR_START_SECONDS})", flush=True)
            for line, holds in pages(server, path):
                print(line, flush=True)
                held.append(holds)
            line, holds = while_writing(server, path)
            print(line)
            held.append(holds)
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
