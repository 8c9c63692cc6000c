"""Joining at size: never each with each, and never all in memory.

What many reports tell in the same words, of the same parties and days (copies of one text) is one telling and compared
once. Tellings are compared within blocks: those that share two states, or two parties, near in time. Links make
islands, which no likeness ties to another, and each island is joined on its own. In between, all lies in temporary
tables on disk, so that memory holds a number or two of each telling. The answer depends on the findings alone.
"""

import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from hashlib import blake2b

import msgspec

from verbale.record.joining import MOST_IN_A_BLOCK, ROOM, Group, joined, keys_of
from verbale.record.likeness import DENIED, THRESHOLD, Told, are_copies, likeness
from verbale.record.pairs import PairJudgement
from verbale.record.store import Record
from verbale.record.told import told

BANDS = 32
"""Signatures are cut into so many bands; texts with 0.7 of their min-hashes alike share one but once in 6,000 times."""
TABLES = ("telling (number INTEGER PRIMARY KEY, key BLOB UNIQUE, body BLOB)",
          "teller (telling INTEGER, id TEXT, report TEXT, published TEXT, origin TEXT)",
          "block (key TEXT, since TEXT, least TEXT, telling INTEGER)",
          "signed (report TEXT PRIMARY KEY, signature BLOB)")
_NOBODY: dict = {"id": "", "report": "", "published": "", "origin": "", "signature": ()}
_read = msgspec.msgpack.Decoder(Told)
_signature = msgspec.msgpack.Decoder(tuple[int, ...])


def groups_in(record: Record, verdicts: dict[frozenset[str], PairJudgement]) -> Iterator[Group]:
    """Every group of the record's findings that tell of one thing, alone ones too, as they are made."""
    return groups_among(record.connection, told(record), verdicts)


def groups_among(link: sqlite3.Connection, stream: Iterable[Told],
                 verdicts: dict[frozenset[str], PairJudgement]) -> Iterator[Group]:
    """Every group among what is told, whatever its order."""
    for table in TABLES:
        link.execute(f"DROP TABLE IF EXISTS temp.{table.split()[0]}")
        link.execute(f"CREATE TEMP TABLE {table}")
    _sort_in(link, stream, {one for pair in verdicts for one in pair})
    link.execute("CREATE INDEX temp.teller_telling ON teller (telling, id)")
    link.execute("CREATE INDEX temp.block_key ON block (key, since, least)")
    for island in _islands(link, verdicts):
        yield from _groups_of(link, island, verdicts)
    for table in TABLES:
        link.execute(f"DROP TABLE temp.{table.split()[0]}")


def _sort_in(link: sqlite3.Connection, stream: Iterable[Told], judged: set[str]) -> None:
    """What is told, each telling once with who tells it. What people judged, and what has no days, stays by itself."""
    for one in stream:
        bare = msgspec.structs.replace(one, **_NOBODY)
        is_apart = one.id in judged or likeness(bare, bare) is None
        key = blake2b(_features(bare) + (one.id.encode() if is_apart else b""), digest_size=16).digest()
        body = msgspec.msgpack.encode(bare)
        is_new = link.execute("INSERT OR IGNORE INTO telling (key, body) VALUES (?, ?)", (key, body)).rowcount
        (number,) = link.execute("SELECT number FROM telling WHERE key = ?", (key,)).fetchone()
        link.execute("INSERT INTO teller VALUES (?, ?, ?, ?, ?)",
                     (number, one.id, one.report, one.published, one.origin))
        link.execute("INSERT OR IGNORE INTO signed VALUES (?, ?)",
                     (one.report, msgspec.msgpack.encode(one.signature)))
        if is_new and one.since and one.until:
            link.executemany("INSERT INTO block VALUES (?, ?, ?, ?)", [
                ("\t".join(block), one.since.isoformat(), key.hex(), number) for block in keys_of(one)])


def _features(bare: Told) -> bytes:
    """All by which likeness tells one from another, sets in the order of the alphabet."""
    return repr([sorted(value) if isinstance(value, frozenset) else value
                 for value in msgspec.structs.astuple(bare)]).encode("utf-8", "surrogatepass")


def _islands(link: sqlite3.Connection, verdicts: dict[frozenset[str], PairJudgement]) -> Iterator[list[int]]:
    """Numbers of tellings that links tie together, the island of the first telling first."""
    (size,) = link.execute("SELECT ifnull(max(number), 0) FROM telling").fetchone()
    above = list(range(size + 1))

    def top(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    for one, other in _links(link):
        above[max(top(one), top(other))] = min(top(one), top(other))
    for pair in verdicts:
        numbers = [row[0] for name in pair for row in link.execute("SELECT telling FROM teller WHERE id = ?", (name,))]
        for number in numbers[1:]:
            above[max(top(numbers[0]), top(number))] = min(top(numbers[0]), top(number))
    islands: dict[int, list[int]] = defaultdict(list)
    for number in range(1, size + 1):
        islands[top(number)].append(number)
    yield from islands.values()


def _links(link: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Pairs of tellings, within a block and near in time, like enough to be joined, or denied by each other."""
    here, near = None, deque[tuple[int, Told]](maxlen=MOST_IN_A_BLOCK)
    rows = link.execute("SELECT block.key, block.telling, telling.body FROM block JOIN telling ON telling.number = "
                        "block.telling ORDER BY block.key, block.since, block.least")
    for key, number, body in rows:
        if key != here:
            here = key
            near.clear()
        other = _read.decode(body)
        for known, one in near:
            if other.since and one.until and other.since > one.until:
                continue  # too far apart in time; `likeness` would say so too, and takes longer
            is_denial = (one.status == DENIED) + (other.status == DENIED)
            found = likeness(one, other) if is_denial < 2 else None
            if found and found[0] >= THRESHOLD - (ROOM if is_denial else 0):
                yield known, number
        near.append((number, other))


def _groups_of(link: sqlite3.Connection, island: list[int],
               verdicts: dict[frozenset[str], PairJudgement]) -> Iterator[Group]:
    """The groups of an island: its tellings joined, each then told by all who tell it."""
    tellers = {number: _tellers(link, number) for number in island}
    first = {listed[0].id: number for number, listed in tellers.items()}
    for group in joined([listed[0] for listed in tellers.values()], verdicts):
        yield Group(_told_by_all(group.members, first, tellers), _told_by_all(group.denials, first, tellers))


def _tellers(link: sqlite3.Connection, number: int) -> list[Told]:
    (body,) = link.execute("SELECT body FROM telling WHERE number = ?", (number,)).fetchone()
    bare = _read.decode(body)
    rows = link.execute("SELECT id, report, published, origin, signature FROM teller JOIN signed USING (report) "
                        "WHERE telling = ? ORDER BY id", (number,))
    return [msgspec.structs.replace(bare, id=name, report=report, published=published, origin=origin,
                                    signature=_signature.decode(signature))
            for name, report, published, origin, signature in rows]


def _told_by_all(members: tuple[tuple[Told, float, str], ...], first: dict[str, int],
                 tellers: dict[int, list[Told]]) -> tuple[tuple[Told, float, str], ...]:
    found = []
    for one, score, reason in members:
        listed = tellers[first[one.id]]
        if len(listed) > 1 and not score:  # told in the same words by others, and by nobody in other words
            score, reasons = likeness(one, one) or (0.0, ())
            reason = ", ".join(reasons)
        found += [(teller, score, reason) for teller in listed]
    return tuple(sorted(found, key=lambda member: member[0].id))


def different_texts(members: Iterable[Told]) -> list[Told]:
    """Of reports that are copies of one text only the first; copies are looked for where a band is the same."""
    found: list[Told] = []
    by_band: dict[tuple, list[Told]] = defaultdict(list)
    reports: set[str] = set()
    for one in members:
        rows = max(1, len(one.signature) // BANDS)
        bands = [(start, one.signature[start:start + rows]) for start in range(0, len(one.signature), rows)]
        known = {id(other): other for band in bands for other in by_band.get(band, ())}
        if one.report in reports or any(are_copies(one, other) for other in known.values()):
            continue
        reports.add(one.report)
        found.append(one)
        for band in bands:
            by_band[band].append(one)
    return found
