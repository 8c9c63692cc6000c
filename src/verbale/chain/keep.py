"""Puts what the chain gives into a record, as one run."""

import sqlite3
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from verbale.chain.chain import Chain, Coded
from verbale.chain.versions import versions
from verbale.model.report import Problem
from verbale.record.store import Record

if TYPE_CHECKING:
    from verbale.chain.local import Done  # brings the machinery of processes, which one process has no use for

One = TypeVar("One", bound="Coded | Done | Problem")

REPORTS_AT_ONCE, SECONDS_AT_ONCE = 32, 1.0
"""A transaction takes what came in a second, at most so many: each costs pages of every index, written twice."""
CACHE_KIB = 131_072
"""Of the record in memory while one writes: ids are hashes, so that each goes to another page of the indexes. With the
2 MB of SQLite the thousandth report costs a third more than the first, with this as much."""


def kept(results: Iterable[One], record: Record, chain: Chain | None = None) -> Iterator[One]:
    """The results as they come, each stored before it is passed on; the run is closed at the end.

    Whoever stops early leaves a run without an end, with true counts.
    """
    run = record.begin(versions(chain.overlay if chain else None))
    record.connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    waiting: list[One] = []
    last = monotonic()
    try:
        for one in results:
            waiting.append(one)
            if len(waiting) >= REPORTS_AT_ONCE or monotonic() - last > SECONDS_AT_ONCE:
                stored, waiting = waiting, []
                _store(stored, record, run)
                yield from stored
                last = monotonic()
    finally:  # also where somebody stops: what was read is kept
        _store(waiting, record, run)
    yield from waiting
    record.end(run)


def _store(results: list[One], record: Record, run: str) -> None:
    """All in one transaction; where that breaks, each in its own, so that the good ones before a bad one stay."""
    try:
        with record.change():
            for one in results:
                _store_one(one, record, run)
    except sqlite3.Error:
        for one in results:
            _store_one(one, record, run)


def _store_one(one: "Coded | Done | Problem", record: Record, run: str) -> None:
    if isinstance(one, Problem):
        record.note(one, run)
    else:
        record.add(one.report, one.findings, run)
