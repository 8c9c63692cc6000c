"""Brings a lake, or what of it is asked for, into a record, where people search, link and judge."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from verbale.chain.keep import CACHE_KIB
from verbale.errors import BadInput
from verbale.lake import parts
from verbale.lake.find import country_named
from verbale.lake.lake import Lake
from verbale.model.findings import Findings
from verbale.model.report import Problem, Report
from verbale.record import wire
from verbale.record.merge import merge
from verbale.record.store import Record

WORKING_RECORD = "working.db"
MOST_REPORTS = 100_000
"""So many at most go into a lake's own record, which makes some 15 GB: of more, people choose what they need."""


class Wanted(msgspec.Struct, frozen=True):
    """Which reports to bring: those with a finding of these states and days; all of them where nothing is asked."""

    dyad: tuple[str, str] | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_everything(self) -> bool:
        return self == Wanted()


class Brought(msgspec.Struct, frozen=True):
    """What came of a shard: reports that were new or told otherwise, and those that the record had as they are."""

    shard: str
    added: int
    unchanged: int


def bring(lake: Lake, record: Record, wanted: Wanted = Wanted()) -> Iterator[Brought]:  # noqa: B008
    """Bring a lake into a record, shard by shard, and link its happenings at the end. Twice is once.

    Each shard is one transaction: a kill leaves whole shards, and the next call goes on with the others.
    """
    before = _brought_before(lake, record) if wanted.is_everything else set()
    left = [shard for shard in _shards(lake, wanted) if shard not in before]
    if not left:
        return
    run = record.begin(lake.facts.versions | {"lake": lake.facts.version})
    record.connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    for shard in left:
        with record.change():
            added = [record.add(report, findings, run) for report, findings in _reports(lake, shard, wanted)]
            for row in _rows_of(lake, "problem", shard) if wanted.is_everything else ():
                record.note(Problem(row["place"], row["outcome"], row["reason"]), run)
        new = sum(one in ("added", "changed") for one in added)
        yield Brought(shard, new, len(added) - new)
    merge(record)
    record.end(run)
    if wanted.is_everything:
        parts.put(lake.folder / "brought" / f"{run}.json", msgspec.json.encode(left))


def working_record(folder: Path) -> Path:
    """The record that a lake keeps of itself, up to date: what `serve` and other commands open.

    Raises BadInput for a lake that is too large for it, and says what to do.
    """
    with Lake(folder) as lake:
        reports = sum(one.reports for one in lake.manifests())
        if reports > MOST_REPORTS:
            raise BadInput(f"{folder}: {reports:,} reports are more than one record should hold (at most "
                           f"{MOST_REPORTS:,}); choose what you work on: `verbale merge {folder} --record FILE "
                           "--dyad ONE OTHER --since DAY`; `verbale find --record LAKE` asks the whole lake")
        path = lake.folder / WORKING_RECORD
        with Record(path) as record:
            for _ in bring(lake, record):
                pass
        return path


def _brought_before(lake: Lake, record: Record) -> set[str]:
    """Shards that finished runs of this record brought already."""
    runs = {run.id for run in record.runs() if run.finished}
    return {shard for path in (lake.folder / "brought").glob("*.json") if path.stem in runs
            for shard in msgspec.json.decode(path.read_bytes(), type=list[str])}


def _shards(lake: Lake, wanted: Wanted) -> list[str]:
    if wanted.is_everything:
        return [one.shard for one in lake.manifests()]
    condition, values = _asked(lake, wanted)
    rows = lake.rows(f"SELECT DISTINCT shard FROM finding WHERE {condition} ORDER BY shard", values)
    return [row["shard"] for row in rows]


def _asked(lake: Lake, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    conditions, values = ["true"], dict[str, Any]()
    if wanted.dyad:
        one, other = (country_named(lake, side) or side for side in wanted.dyad)
        conditions.append("(list_contains(dyads, $there) OR list_contains(dyads, $back))")
        values |= {"there": f"{one}>{other}", "back": f"{other}>{one}"}
    if wanted.since:
        conditions.append("until > $since")
        values["since"] = wanted.since.isoformat()
    if wanted.until:
        conditions.append("since < $until")
        values["until"] = wanted.until.isoformat()
    return " AND ".join(conditions), values


def _rows_of(lake: Lake, table: str, shard: str) -> list[dict[str, Any]]:
    """A shard's own rows of a table, from its part alone."""
    part = lake.folder / table / f"part-{shard}.parquet"
    return lake.rows(f"SELECT * FROM read_parquet({parts.quoted(part)})") if part.is_file() else []


def _reports(lake: Lake, shard: str, wanted: Wanted) -> Iterator[tuple[Report, Findings]]:
    """A shard's reports with their findings; one that was read from several places comes once for each."""
    listed = _rows_of(lake, "report", shard)
    if not wanted.is_everything:
        condition, values = _asked(lake, wanted)
        chosen = lake.rows(f"SELECT DISTINCT report FROM finding WHERE shard = $shard AND {condition}",
                           values | {"shard": shard})
        names = {row["report"] for row in chosen}
        listed = [row for row in listed if row["id"] in names]
    grouped: dict[str, dict[str, list[Any]]] = {row["id"]: {} for row in listed}
    for table in ("actor", "finding"):
        for row in _rows_of(lake, table, shard):
            if row["report"] in grouped:
                grouped[row["report"]].setdefault(row["kind"] if table == "finding" else "actor", []).append(row)
    for row in listed:
        report = wire.read_report(row["body"], row["text"])
        findings = _findings(row, grouped[row["id"]])
        for place in row["places"]:
            yield msgspec.structs.replace(report, place=place), findings


def _findings(row: dict[str, Any], groups: dict[str, list[dict[str, Any]]]) -> Findings:
    coded = wire.read_coded(row["coded"])
    read = {kind: tuple(wire.read_finding(kind, one["body"]) for one in groups.get(kind, ())) for kind in wire.KINDS}
    actors = tuple(wire.read_actor(one["body"]) for one in groups.get("actor", ()))
    return Findings(row["id"], coded.window, actors, read["statement"], read["event"],  # type: ignore[arg-type]
                    read["contact"], read["tally"], read["topic"], coded.doubts)  # type: ignore[arg-type]
