"""The record: one SQLite file that many read while one writes. A report and its findings go in whole or not at all."""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from verbale.errors import BadInput, BrokenRecord, FullDisk
from verbale.model.actor import Actor
from verbale.model.findings import Findings, Run
from verbale.model.ids import content_id, text_hash
from verbale.model.report import Problem, Report
from verbale.model.when import DateWindow
from verbale.record import migrate, rows, standing, wire
from verbale.record.wire import Finding, day_text

BUSY_WAIT_SECONDS = 30
NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_SHMSIZE")
"""What the database says where a disk, a quota or the largest size of a file is reached."""


class Record:
    """A record in a file. Adding the same work twice changes nothing; order and number of workers do not matter.

    `make=False` refuses a missing file instead of making it. Use it as a context, or call `close`.
    """

    def __init__(self, path: str | Path, make: bool = True) -> None:
        self.path = Path(path)
        if not make and not self.path.exists():
            raise BrokenRecord(f"{self.path}: no record there; make one: `verbale read SOURCE --record {self.path}`")
        try:
            self.connection = sqlite3.connect(
                self.path, timeout=BUSY_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            self.connection.row_factory = sqlite3.Row
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
                self.connection.execute(f"PRAGMA {pragma}")
            migrate.bring_up_to_date(self.connection, str(self.path), _lay_verdicts)
        except sqlite3.Error as error:
            raise BrokenRecord(f"{self.path}: {error}; name a record, or a new file, with --record") from None

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> "Record":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rows(self, question: str, values: Iterable[Any] | dict[str, Any] = ()) -> list[sqlite3.Row]:
        return self.connection.execute(question, values if isinstance(values, dict) else tuple(values)).fetchall()

    def row(self, question: str, values: Iterable[Any] = ()) -> sqlite3.Row | None:
        return self.connection.execute(question, tuple(values)).fetchone()

    @contextlib.contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """A transaction: what is done inside is kept whole, or not at all; inside another one it is part of that, so
        that many reports can go in together. Raises FullDisk where there is no room.
        """
        if self.connection.in_transaction:
            yield self.connection
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self.connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname not in NO_ROOM:
                raise
            raise FullDisk(
                f"{self.path}: no room to write ({error}); all that was stored before is kept: make room, then run the "
                "same command again"
            ) from None

    # Runs

    def begin(self, versions: dict[str, str] | None = None) -> str:
        """The id of a new run."""
        with self.change() as connection:
            number = (connection.execute("SELECT max(number) FROM run").fetchone()[0] or 0) + 1
            started = _now()
            run = content_id("run", started, number)
            connection.execute(
                "INSERT INTO run VALUES (?, ?, ?, NULL, ?)",
                (run, number, started, json.dumps(versions or {}, sort_keys=True)),
            )
        return run

    def end(self, run: str) -> Run:
        """Close a run; what it took and gave."""
        with self.change() as connection:
            connection.execute("UPDATE run SET finished = ? WHERE id = ? AND finished IS NULL", (_now(), run))
        return next(one for one in self.runs() if one.id == run)

    def runs(self) -> list[Run]:
        """Every run, newest first. One that was killed has no `finished`, and true counts all the same."""
        return self.runs_latest(-1)

    def runs_latest(self, number: int) -> list[Run]:
        """The latest runs, newest first; all of them for -1."""
        return [self._run(row) for row in self.rows("SELECT * FROM run ORDER BY number DESC LIMIT ?", [number])]

    def _run(self, row: sqlite3.Row) -> Run:
        counted = self.rows(
            "SELECT outcome, count(*) AS inputs FROM run_input WHERE run = ? GROUP BY outcome", [row["id"]]
        )
        counts: dict[str, int] = {one["outcome"]: one["inputs"] for one in counted}
        problems = self.rows(
            "SELECT place, outcome, reason FROM run_input WHERE run = ? AND outcome <> 'coded' ORDER BY number",
            [row["id"]],
        )
        return Run(
            row["id"],
            row["started"],
            row["finished"],
            sum(counts.values()),
            counts.get("coded", 0),
            counts.get("skipped", 0),
            counts.get("failed", 0),
            json.loads(row["versions"]),
            tuple(f"{one['outcome']} {one['place']}: {one['reason']}" for one in problems),
        )

    def note(self, problem: Problem, run: str) -> None:
        """Count an input that was not coded, with its reason. What was read of it all the same is kept, without
        findings.
        """
        with self.change() as connection:
            if problem.report is not None:
                self._keep_uncoded(problem.report, run)
            report_id = problem.report.id if problem.report is not None else None
            _count(connection, run, problem.place, problem.outcome, problem.reason, report_id)

    def _keep_uncoded(self, report: Report, run: str) -> None:
        """A report that nobody could code so far: its text can be found and coded later."""
        is_known = "SELECT 1 FROM report WHERE id = ?1 UNION SELECT 1 FROM forgotten WHERE report = ?1"
        if self.row(is_known, [report.id]) is None:
            nothing = Findings(report.id, report.window)
            _write_report(self.connection, report, nothing, wire.report_body(report), wire.findings_hash(nothing), run)
            self.connection.execute("INSERT OR IGNORE INTO sighting VALUES (?, ?)", (report.id, report.place or ""))

    # Reports and findings

    def add(self, report: Report, findings: Findings, run: str) -> str:
        """Put a report and its findings in: "added", "unchanged", or "changed" where a newer coder found otherwise;
        "forgotten" where the report was taken out for good (it is counted as skipped, and not kept).

        One text read twice with other particulars (another address or day) is one report: the record keeps the
        particulars that know a day, else those that sort first, so that the order of reading does not matter.
        """
        place, body, found = report.place or "", wire.report_body(report), wire.findings_hash(findings)
        with self.change() as connection:
            gone = connection.execute("SELECT reason FROM forgotten WHERE report = ?", (report.id,)).fetchone()
            if gone:
                _count(connection, run, place, "skipped", f"forgotten: {gone['reason']}", report.id)
                return "forgotten"
            stored = connection.execute(
                "SELECT body, published, findings_hash FROM report WHERE id = ?", (report.id,)
            ).fetchone()
            outcome = _compare(stored, body, day_text(report.window.published), found)
            if outcome != "unchanged":
                _write_report(connection, report, findings, body, found, run)
                connection.execute("DELETE FROM actor WHERE report = ?", (report.id,))
                rows.write_actors(connection, report.id, findings.actors)
                settle(connection, report.id, findings.window, list(wire.all_findings(findings)), run)
            connection.execute("INSERT OR IGNORE INTO sighting VALUES (?, ?)", (report.id, place))
            _count(connection, run, place, "coded", "", report.id)
        return outcome

    def forget(self, report_id: str, reason: str) -> bool:
        """Take out a report's text and findings; its id, the reason, the counts of runs, and who judged what when, stay
        (without words). False: not there.
        """
        with self.change() as connection:
            connection.execute(  # made anew, without it, when happenings are next asked for
                "DELETE FROM happening WHERE id IN (SELECT happening FROM member JOIN finding "
                "ON finding.id = member.finding WHERE report = ?)",
                (report_id,),
            )
            if not connection.execute("DELETE FROM report WHERE id = ?", (report_id,)).rowcount:
                return False
            connection.execute(
                "UPDATE judgement SET about = '', becomes = NULL, rests_on = NULL WHERE report = ?", (report_id,)
            )
            connection.execute("INSERT OR REPLACE INTO forgotten VALUES (?, ?, ?)", (report_id, reason, _now()))
        return True

    def shred(self) -> None:
        """Make the file hold nothing of what was taken out: word indexes merged, free pages given back."""
        for index in ("report_words", "finding_words"):
            self.connection.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")
        self.connection.execute("VACUUM")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def report(self, report_id: str) -> Report | None:
        row = self.row("SELECT body, text FROM report WHERE id = ?", [report_id])
        return wire.read_report(row["body"], row["text"]) if row else None

    def report_ids(self) -> list[str]:
        return [row["id"] for row in self.rows("SELECT id FROM report ORDER BY id")]

    def findings(self, report_id: str) -> Findings | None:
        """What stands of a report, in text order, people's verdicts laid over what the coder found; None where no such
        report is.
        """
        row = self.row("SELECT coded FROM report WHERE id = ?", [report_id])
        if row is None:
            return None
        coded = wire.read_coded(row["coded"])
        groups: dict[str, list[Any]] = {kind: [] for kind in wire.KINDS}
        for one in self.rows("SELECT kind, body FROM finding WHERE report = ? ORDER BY start, stop, id", [report_id]):
            groups[one["kind"]].append(wire.read_finding(one["kind"], one["body"]))
        return Findings(
            report_id,
            coded.window,
            tuple(self.actors(report_id)),
            tuple(groups["statement"]),
            tuple(groups["event"]),
            tuple(groups["contact"]),
            tuple(groups["tally"]),
            tuple(groups["topic"]),
            coded.doubts,
        )

    def actors(self, report_id: str) -> list[Actor]:
        return [
            wire.read_actor(row["body"])
            for row in self.rows("SELECT body FROM actor WHERE report = ? ORDER BY id", [report_id])
        ]

    def backup(self, target: str | Path) -> None:
        """A consistent copy, also while others read and write; the target is there whole or as it was before.

        Raises BadInput where the target is the record itself.
        """
        target = Path(target)
        if target.exists() and target.samefile(self.path):
            raise BadInput(f"{target}: this is the record itself; name another file")
        part = target.with_name(target.name + ".part")
        part.unlink(missing_ok=True)
        try:
            with contextlib.closing(sqlite3.connect(part)) as copy:
                self.connection.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _count(connection: sqlite3.Connection, run: str, place: str, outcome: str, reason: str, report: str | None) -> None:
    connection.execute(
        "INSERT INTO run_input SELECT ?, ifnull(max(number), 0) + 1, ?, ?, ?, ? FROM run_input WHERE run = ?",
        (run, place, outcome, reason, report, run),
    )


def _compare(stored: sqlite3.Row | None, body: str, published: str | None, found: str) -> str:
    if stored is None:
        return "added"
    if stored["body"] == body:
        return "unchanged" if stored["findings_hash"] == found else "changed"
    keeps = (stored["published"] is None, stored["body"]) <= (published is None, body)
    return "unchanged" if keeps else "changed"


def _write_report(
    connection: sqlite3.Connection, report: Report, findings: Findings, body: str, found: str, run: str
) -> None:
    window = findings.window
    connection.execute(
        "INSERT INTO report (id, text, text_hash, title, url, source, published, since, until, body, coded, "
        "findings_hash, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "title = excluded.title, url = excluded.url, source = excluded.source, published = excluded.published, "
        "since = excluded.since, until = excluded.until, body = excluded.body, coded = excluded.coded, "
        "findings_hash = excluded.findings_hash, run = excluded.run",
        (
            report.id,
            report.text,
            text_hash(report.text),
            report.title,
            report.url,
            report.source,
            day_text(window.published),
            day_text(window.period.since),
            day_text(window.period.until),
            body,
            wire.written(wire.CodedRow(window, findings.doubts)),
            found,
            run,
        ),
    )


def _lay_verdicts(connection: sqlite3.Connection, version: int) -> None:
    """Version 1 kept verdicts and did not lay them over the findings."""
    for row in (
        connection.execute(
            "SELECT DISTINCT report.id, coded FROM judgement JOIN report ON report.id = judgement.report"
        ).fetchall()
        if version < 2
        else ()
    ):
        settle(
            connection,
            row["id"],
            wire.read_coded(row["coded"]).window,
            standing.machine_findings(connection, row["id"]),
        )


def settle(
    connection: sqlite3.Connection, report: str, window: DateWindow, machine: list[Finding], run: str | None = None
) -> None:
    """Lay the verdicts that count over what the coder found in a report, and write what stands. `run`: the one that
    found it; left out, each keeps its own.
    """
    if len({one.id for one in machine}) < len(machine):
        raise BrokenRecord(f"{report}: two findings of one id; nothing of this report was kept")
    runs = {
        row["id"]: row["run"]
        for row in connection.execute(
            "SELECT id, run FROM finding WHERE report = ? UNION ALL SELECT id, run FROM set_aside WHERE report = ?",
            [report, report],
        )
    }
    of_report = connection.execute("SELECT run FROM report WHERE id = ?", [report]).fetchone()["run"]
    laid = standing.lay(machine, standing.verdicts_on(connection, report))
    connection.execute("DELETE FROM finding WHERE report = ?", (report,))
    connection.execute("DELETE FROM set_aside WHERE report = ?", (report,))
    connection.execute("DELETE FROM actor WHERE report = ? AND judged", (report,))
    rows.write_actors(connection, report, laid.actors, judged=True)
    actors = {
        actor.id: actor
        for actor in map(
            wire.read_actor,
            (row["body"] for row in connection.execute("SELECT body FROM actor WHERE report = ?", [report])),
        )
    }
    for one in sorted(laid.stands, key=lambda two: wire.order_of(two.finding)):
        rows.write_finding(connection, one, window, actors, run or runs.get(one.finding.id, of_report))
    connection.executemany(
        "INSERT INTO set_aside VALUES (?, ?, ?, ?, ?)",
        [
            (one.id, report, run or runs.get(one.id, of_report), wire.KIND_OF[type(one)], wire.written(one))
            for one in laid.aside
        ],
    )
    connection.executemany("INSERT OR REPLACE INTO became VALUES (?, ?)", laid.became)
