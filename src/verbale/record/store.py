"""The record: one SQLite file that many read while one writes. A report and its findings go in whole or not at all."""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

from verbale.errors import BrokenRecord
from verbale.model.actor import Actor
from verbale.model.findings import Contact, Event, Findings, Run, Statement
from verbale.model.ids import content_id, text_hash
from verbale.model.report import Problem, Report
from verbale.record import migrate, wire
from verbale.record.names import folded
from verbale.record.wire import Finding, day_text

BUSY_WAIT_SECONDS = 30


class Record:
    """A record in a file. Adding the same work twice changes nothing; order and number of workers do not matter.

    `make=False` refuses a missing file instead of making it. Use it as a context, or call `close`.
    """

    def __init__(self, path: str | Path, make: bool = True) -> None:
        self.path = Path(path)
        if not make and not self.path.exists():
            raise BrokenRecord(f"{self.path}: no record there; make one: `verbale read SOURCE --record {self.path}`")
        try:
            self.connection = sqlite3.connect(self.path, timeout=BUSY_WAIT_SECONDS, isolation_level=None,
                                              check_same_thread=False)
            self.connection.row_factory = sqlite3.Row
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
                self.connection.execute(f"PRAGMA {pragma}")
            migrate.bring_up_to_date(self.connection, str(self.path))
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
        """A transaction: what is done inside is kept whole, or not at all."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    # Runs

    def begin(self, versions: dict[str, str] | None = None) -> str:
        """The id of a new run."""
        with self.change() as connection:
            number = (connection.execute("SELECT max(number) FROM run").fetchone()[0] or 0) + 1
            started = _now()
            run = content_id("run", started, number)
            connection.execute("INSERT INTO run VALUES (?, ?, ?, NULL, ?)",
                               (run, number, started, json.dumps(versions or {}, sort_keys=True)))
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
        counted = self.rows("SELECT outcome, count(*) AS inputs FROM run_input WHERE run = ? GROUP BY outcome",
                            [row["id"]])
        counts: dict[str, int] = {one["outcome"]: one["inputs"] for one in counted}
        problems = self.rows("SELECT place, outcome, reason FROM run_input WHERE run = ? AND outcome <> 'coded' "
                             "ORDER BY number", [row["id"]])
        return Run(row["id"], row["started"], row["finished"], sum(counts.values()), counts.get("coded", 0),
                   counts.get("skipped", 0), counts.get("failed", 0), json.loads(row["versions"]),
                   tuple(f"{one['outcome']} {one['place']}: {one['reason']}" for one in problems))

    def note(self, problem: Problem, run: str) -> None:
        """Count an input that gave no report, with its reason."""
        with self.change() as connection:
            _count(connection, run, problem.place, problem.outcome, problem.reason, None)

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
            stored = connection.execute("SELECT body, published, findings_hash FROM report WHERE id = ?",
                                        (report.id,)).fetchone()
            outcome = _compare(stored, body, day_text(report.window.published), found)
            if outcome == "changed":
                connection.execute("DELETE FROM finding WHERE report = ?", (report.id,))
                connection.execute("DELETE FROM actor WHERE report = ?", (report.id,))
            if outcome != "unchanged":
                _write_report(connection, report, findings, body, found, run)
                _write_findings(connection, findings, run)
            connection.execute("INSERT OR IGNORE INTO sighting VALUES (?, ?)", (report.id, place))
            _count(connection, run, place, "coded", "", report.id)
        return outcome

    def forget(self, report_id: str, reason: str) -> bool:
        """Take out a report's text and findings; its id, the reason and the counts of runs stay. False: not there."""
        with self.change() as connection:
            if not connection.execute("DELETE FROM report WHERE id = ?", (report_id,)).rowcount:
                return False
            connection.execute("INSERT OR REPLACE INTO forgotten VALUES (?, ?, ?)", (report_id, reason, _now()))
        return True

    def report(self, report_id: str) -> Report | None:
        row = self.row("SELECT body, text FROM report WHERE id = ?", [report_id])
        return wire.read_report(row["body"], row["text"]) if row else None

    def report_ids(self) -> list[str]:
        return [row["id"] for row in self.rows("SELECT id FROM report ORDER BY id")]

    def findings(self, report_id: str) -> Findings | None:
        """What was found in a report, in text order; None where no such report is."""
        row = self.row("SELECT coded FROM report WHERE id = ?", [report_id])
        if row is None:
            return None
        coded = wire.read_coded(row["coded"])
        groups: dict[str, list[Any]] = {kind: [] for kind in wire.KINDS}
        for one in self.rows("SELECT kind, body FROM finding WHERE report = ? ORDER BY start, stop, id", [report_id]):
            groups[one["kind"]].append(wire.read_finding(one["kind"], one["body"]))
        return Findings(report_id, coded.window, tuple(self.actors(report_id)), tuple(groups["statement"]),
                        tuple(groups["event"]), tuple(groups["contact"]), tuple(groups["tally"]),
                        tuple(groups["topic"]), coded.doubts)

    def actors(self, report_id: str) -> list[Actor]:
        return [wire.read_actor(row["body"])
                for row in self.rows("SELECT body FROM actor WHERE report = ? ORDER BY id", [report_id])]

    def backup(self, target: str | Path) -> None:
        """A consistent copy, also while others write."""
        copy = sqlite3.connect(target)
        try:
            self.connection.backup(copy)
        finally:
            copy.close()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _count(connection: sqlite3.Connection, run: str, place: str, outcome: str, reason: str, report: str | None) -> None:
    connection.execute("INSERT INTO run_input SELECT ?, ifnull(max(number), 0) + 1, ?, ?, ?, ? FROM run_input "
                       "WHERE run = ?", (run, place, outcome, reason, report, run))


def _compare(stored: sqlite3.Row | None, body: str, published: str | None, found: str) -> str:
    if stored is None:
        return "added"
    if stored["body"] == body:
        return "unchanged" if stored["findings_hash"] == found else "changed"
    keeps = (stored["published"] is None, stored["body"]) <= (published is None, body)
    return "unchanged" if keeps else "changed"


def _write_report(connection: sqlite3.Connection, report: Report, findings: Findings, body: str, found: str,
                  run: str) -> None:
    window = findings.window
    connection.execute(
        "INSERT INTO report (id, text, text_hash, title, url, source, published, since, until, body, coded, "
        "findings_hash, run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "title = excluded.title, url = excluded.url, source = excluded.source, published = excluded.published, "
        "since = excluded.since, until = excluded.until, body = excluded.body, coded = excluded.coded, "
        "findings_hash = excluded.findings_hash, run = excluded.run",
        (report.id, report.text, text_hash(report.text), report.title, report.url, report.source,
         day_text(window.published), day_text(window.period.since), day_text(window.period.until), body,
         wire.written(wire.CodedRow(window, findings.doubts)), found, run))


def _write_findings(connection: sqlite3.Connection, findings: Findings, run: str) -> None:
    actors = {actor.id: actor for actor in findings.actors}
    for actor in findings.actors:
        connection.execute("INSERT INTO actor VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                           (findings.report, actor.id, actor.kind, actor.name, actor.code, actor.country,
                            actor.sector, actor.office, wire.written(actor)))
        connection.execute("INSERT OR IGNORE INTO actor_name VALUES (?, ?, ?, ?)",
                           (folded(actor.name), actor.id, actor.country or "", actor.kind))
    for finding in wire.all_findings(findings):
        _write_finding(connection, finding, findings, actors, run)


def _write_finding(connection: sqlite3.Connection, finding: Finding, findings: Findings, actors: dict[str, Actor],
                   run: str) -> None:
    evidence, days = finding.evidence, wire.days_of(finding, findings.window)
    number = connection.execute(
        "INSERT INTO finding (id, report, run, kind, type, mode, code, status, background, asserted_by, start, stop, "
        "words, rule, confidence, since, until, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (finding.id, findings.report, run, wire.KIND_OF[type(finding)], wire.type_of(finding),
         getattr(finding, "mode", None) or getattr(finding, "visit", None), getattr(finding, "cameo", None),
         getattr(finding, "status", None), int(getattr(finding, "background", False)),
         getattr(finding, "asserted_by", None), evidence.span.start, evidence.span.stop, evidence.words, evidence.rule,
         evidence.confidence, day_text(days.since), day_text(days.until), wire.written(finding))).lastrowid
    parties = [(role, party.actor, country_of(actors.get(party.actor or "")), party.words)
               for role, party in wire.parties_of(finding)]
    if isinstance(finding, Statement):
        parties += [("about", stance.toward, country_of(actors.get(stance.toward)), stance.words)
                    for stance in finding.stance]
    connection.executemany("INSERT INTO party VALUES (?, ?, ?, ?, ?, ?)",
                           [(number, role, place, actor, country, words)
                            for place, (role, actor, country, words) in enumerate(parties)])
    connection.executemany("INSERT OR IGNORE INTO about VALUES (?, ?)",
                           [(number, topic) for topic in wire.topics_of(finding)])
    connection.executemany("INSERT OR IGNORE INTO dyad VALUES (?, ?, ?, ?, ?)",
                           [(one, other, wire.KIND_OF[type(finding)], day_text(days.since) or "", number)
                            for one, other in sorted(dyads_of(finding, actors))])


def country_of(actor: Actor | None) -> str | None:
    """The state an actor acts for, as ISO alpha-3; None where it acts for none."""
    return actor.country if actor else None


def dyads_of(finding: Finding, actors: dict[str, Actor]) -> set[tuple[str, str]]:
    """Directed pairs of countries that an event or a contact ties; a mutual one ties them both ways."""

    def countries(role: str) -> set[str]:
        found = {country_of(actors.get(party.actor or "")) for one, party in wire.parties_of(finding) if one == role}
        return {country for country in found if country}

    if isinstance(finding, Contact):
        all_parties = countries("party")
        return {(one, other) for one, other in product(all_parties, all_parties) if one != other}
    if not isinstance(finding, Event):
        return set()
    who, whom = countries("who"), countries("whom")
    pairs = {(one, other) for one, other in product(who, whom) if one != other}
    if finding.mutual:
        everyone = who | whom
        pairs |= {(one, other) for one, other in product(everyone, everyone) if one != other}
    return pairs
