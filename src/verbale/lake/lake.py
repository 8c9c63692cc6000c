"""A lake: a folder of Parquet parts that many machines write and many programs read.

    LAKE/lake.json               what it is coded with
    LAKE/manifest/sh-....json    a row for each finished shard
    LAKE/report/part-sh-....parquet, actor/, finding/, problem/
    LAKE/done/....json           inputs that are coded to their end, so that a rerun need not read them again
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from verbale.errors import BadInput, BrokenRecord
from verbale.lake import parts
from verbale.model.ids import content_id

FORMAT = 1
MARK = "lake.json"


class Facts(msgspec.Struct, frozen=True):
    """What a lake is coded with. One lake, one set of versions: findings of two coders do not mix."""

    format: int
    reports_a_shard: int
    kind: str | None
    versions: dict[str, str]

    @property
    def version(self) -> str:
        return content_id("ve", *sorted(self.versions.items()), self.kind)


class Manifest(msgspec.Struct, frozen=True):
    """A finished shard: inputs = coded + skipped + failed, always."""

    shard: str
    files: tuple[str, ...]
    number: int
    """Its place among the shards of these files."""
    coded: int
    skipped: int
    failed: int
    reports: int
    """Different reports: one text read twice is one."""
    findings: int
    words: int
    seconds: float
    cpu_seconds: float

    @property
    def inputs(self) -> int:
        return self.coded + self.skipped + self.failed


def is_lake(path: Path) -> bool:
    return (path / MARK).is_file()


class Lake:
    """A lake that is there. Raises BrokenRecord for a folder that is none, or one of a newer version."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not is_lake(self.folder):
            raise BrokenRecord(f"{folder}: no lake there; make one: `verbale code INPUT --out {folder}`")
        try:
            self.facts = msgspec.json.decode((self.folder / MARK).read_bytes(), type=Facts)
        except msgspec.MsgspecError as error:
            raise BrokenRecord(f"{self.folder / MARK}: {error}") from None
        if self.facts.format > FORMAT:
            raise BrokenRecord(f"{folder}: a lake of a newer version (format {self.facts.format}, here {FORMAT})")

    @classmethod
    def made(cls, folder: str | Path, facts: Facts) -> "Lake":
        """The lake of a folder, laid out where it is not there yet.

        Raises BadInput where it was coded with other tables, rules or weights, or the folder holds something else.
        """
        place = Path(folder)
        if not is_lake(place):
            if place.exists() and any(place.iterdir()):
                raise BadInput(f"{folder}: is a folder with something else in it; name a new one with --out")
            place.mkdir(parents=True, exist_ok=True)
            parts.put(place / MARK, msgspec.json.encode(facts) + b"\n")
        lake = cls(place)
        if lake.facts != facts:
            changed = [name for name in sorted({*facts.versions, *lake.facts.versions})
                       if facts.versions.get(name) != lake.facts.versions.get(name)]
            what = ", ".join(changed) or "another --kind or number of reports a shard"
            raise BadInput(f"{folder}: this lake was coded with other versions ({what}); code into a new folder")
        return lake

    def has(self, shard: str) -> bool:
        return (self.folder / "manifest" / f"{shard}.json").is_file()

    def write(self, manifest: Manifest, coded: Iterable[Any], problems: Iterable[Any]) -> None:
        parts.write(self.folder, manifest.shard, parts.rows_of(manifest.shard, coded, problems),
                    msgspec.to_builtins(manifest))

    def shards_of_done(self, content: str) -> int | None:
        """How many shards an input has that was coded to its end; None where it was not."""
        try:
            return msgspec.json.decode((self.folder / "done" / f"{content}.json").read_bytes(), type=int)
        except FileNotFoundError:
            return None

    def note_done(self, content: str, shards: int) -> None:
        parts.put(self.folder / "done" / f"{content}.json", msgspec.json.encode(shards))

    def manifests(self) -> Iterator[Manifest]:
        """The finished shards, in the order of their ids, one in memory at a time."""
        read = msgspec.json.Decoder(Manifest)
        for path in sorted((self.folder / "manifest").glob("*.json")):
            yield read.decode(path.read_bytes())

    @cached_property
    def link(self) -> Any:
        """A DuckDB connection with the tables as views: only finished shards, each report once.

        Of two particulars of one text the lake keeps those that a record would: that know a day, else that sort first.
        """
        link = parts.connected()
        link.execute("CREATE TABLE finished (shard VARCHAR PRIMARY KEY)")
        names = [(path.stem,) for path in (self.folder / "manifest").glob("*.json")]
        if names:
            link.execute("INSERT INTO finished SELECT unnest(?)", [[name for name, in names]])
        for name, columns in parts.TABLES.items():
            link.execute(f"CREATE VIEW every_{name} AS SELECT * FROM {self._source(name, columns)} "
                         "SEMI JOIN finished USING (shard)")
        link.execute("CREATE TABLE twice AS SELECT id, shard FROM every_report WHERE id IN (SELECT id FROM "
                     "every_report GROUP BY id HAVING count(*) > 1) QUALIFY row_number() OVER (PARTITION BY id ORDER "
                     "BY published IS NULL, body, shard) > 1")
        for name, report in (("report", "id"), ("actor", "report"), ("finding", "report")):
            link.execute(f"CREATE VIEW {name} AS SELECT * FROM every_{name} AS one WHERE NOT EXISTS (SELECT 1 FROM "
                         f"twice WHERE twice.id = one.{report} AND twice.shard = one.shard)")
        link.execute("CREATE VIEW problem AS SELECT * FROM every_problem")
        return link

    def _source(self, name: str, columns: dict[str, str]) -> str:
        """The parts of a table; a table that no shard has a row of is empty."""
        if any((self.folder / name).glob("part-*.parquet")):
            return f"read_parquet({parts.quoted(self.folder / name / 'part-*.parquet')})"
        nothing = ", ".join(f'NULL::{kind} AS "{column}"' for column, kind in columns.items())
        return f"(SELECT {nothing} WHERE false)"

    def rows(self, question: str, values: Any = ()) -> list[dict[str, Any]]:
        """What DuckDB answers, a dict a row."""
        cursor = self.link.cursor()
        found = cursor.execute(question, values)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row)) for row in found.fetchall()]

    def close(self) -> None:
        if "link" in self.__dict__:
            self.link.close()

    def __enter__(self) -> "Lake":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
