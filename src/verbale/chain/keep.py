"""Puts what the chain gives into a record, as one run."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from verbale.chain.chain import Chain, Coded
from verbale.chain.local import Done
from verbale.chain.versions import versions
from verbale.model.report import Problem
from verbale.record.store import Record

One = TypeVar("One", bound=Coded | Done | Problem)


def kept(results: Iterable[One], record: Record, chain: Chain | None = None) -> Iterator[One]:
    """The results as they come, each stored before it is passed on; the run is closed at the end.

    Whoever stops early leaves a run without an end, with true counts.
    """
    run = record.begin(versions(chain.overlay if chain else None))
    for one in results:
        if isinstance(one, Problem):
            record.note(one, run)
        else:
            record.add(one.report, one.findings, run)
        yield one
    record.end(run)
