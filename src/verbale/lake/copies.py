"""Which reports of a lake are copies of one text, found by blocks: never each with each.

A report's 128 min-hashes are cut into bands; two reports are compared where a band of theirs is the same. Bands are
dealt to as many parts of the work as one likes: each pair belongs to the first band that it shares, so that the parts
put together are the same pairs, in one part or in a thousand, by one process or on many machines.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import msgspec

from verbale.ingest.copies import BANDS, HASHES, MOST_IN_BUCKET
from verbale.lake.lake import Lake

LEAST_ALIKE = 0.7
"""Share of like min-hashes from which the record counts two reports as one source; the same here."""
ROWS = HASHES // BANDS


class Pair(msgspec.Struct, frozen=True, order=True):
    """Claims: these two reports are copies of one text; the share of like min-hashes says how nearly."""

    one: str
    other: str
    alike: float


def pairs(lake: Lake, part: int = 0, parts: int = 1) -> Iterator[Pair]:
    """The pairs of the bands of one part of the work. Of a full bucket each report is compared with the first ones by
    id: copies of copies still meet in one group."""
    for band in range(part, BANDS, parts):
        for _, rows in groupby(_alike_in(lake, band), key=itemgetter(0)):
            bucket = [(name, tuple(signature)) for _, name, signature in rows]
            for place, other in enumerate(bucket):
                yield from filter(None, (_compared(one, other, band) for one in bucket[:min(place, MOST_IN_BUCKET)]))


def _alike_in(lake: Lake, band: int) -> Iterator[tuple[list[int], str, list[int]]]:
    """(the band's hashes, id, signature) of the reports that share a band with another, by band and id."""
    first = band * ROWS + 1
    cursor = lake.link.cursor()
    cursor.execute(f"SELECT key, id, signature FROM (SELECT id, signature, signature[{first}:{first + ROWS - 1}] AS "
                   "key, count(*) OVER (PARTITION BY key) AS alike FROM (SELECT id, from_json(body->'signature', "
                   f"'[\"UBIGINT\"]') AS signature FROM report) WHERE len(signature) = {HASHES}) WHERE alike > 1 "
                   "ORDER BY key, id")
    while rows := cursor.fetchmany(1000):
        yield from rows


def _compared(one: tuple[str, tuple[int, ...]], other: tuple[str, tuple[int, ...]], band: int) -> Pair | None:
    """The two as a pair; None where they are no copies, or share an earlier band, whose pair they are."""
    a, b = one[1], other[1]
    if any(a[start:start + ROWS] == b[start:start + ROWS] for start in range(0, band * ROWS, ROWS)):
        return None
    alike = sum(x == y for x, y in zip(a, b)) / HASHES
    return Pair(one[0], other[0], round(alike, 3)) if alike >= LEAST_ALIKE else None


def groups(found: Iterable[Pair]) -> list[tuple[str, ...]]:
    """Ids of reports that are copies of one another, or of a copy, in the order of ids."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            above[name] = name = above[above[name]]
        return name

    for pair in found:
        one, other = sorted((top(pair.one), top(pair.other)))
        above[other] = one
    members: dict[str, list[str]] = defaultdict(list)
    for name in sorted(above):
        members[top(name)].append(name)
    return sorted(map(tuple, members.values()))
