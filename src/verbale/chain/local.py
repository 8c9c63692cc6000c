"""The chain over several processes of one machine. Each loads model and tables once; results keep their order."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path

import msgspec

from verbale import settings
from verbale.chain.chain import Chain, Coded
from verbale.model.findings import Findings
from verbale.model.report import Problem, Report

WAITING_PER_WORKER = 3
"""Batches handed out ahead: enough that no worker waits, few enough that memory stays flat."""


class Done(msgspec.Struct, frozen=True):
    """What comes back from a worker: findings hold ids, places and words only, so that what travels stays small."""

    report: Report
    findings: Findings


_chain: Chain | None = None


def _start(overlay: Path | None) -> None:
    global _chain
    _chain = Chain(overlay=overlay)


def _code(batch: list[Report | Problem]) -> list[Done | Problem]:
    assert _chain is not None
    return [Done(one.report, one.findings) if isinstance(one, Coded) else one for one in _chain.code(batch)]


def code_with_workers(reports: Iterable[Report | Problem], workers: int,
                      overlay: Path | None = None) -> Iterator[Done | Problem]:
    """Findings of reports, in their order, by so many processes."""
    incoming = iter(reports)
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _start, (overlay,)) as pool:
        waiting: deque[Future] = deque()

        def hand_out() -> None:
            if batch := list(islice(incoming, settings.REPORTS_AT_ONCE)):
                waiting.append(pool.submit(_code, batch))

        for _ in range(workers * WAITING_PER_WORKER):
            hand_out()
        while waiting:
            yield from waiting.popleft().result()
            hand_out()
