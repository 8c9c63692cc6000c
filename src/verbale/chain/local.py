"""The chain over several processes of one machine. Each loads model and tables once; results keep their order."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from verbale.chain.chain import Chain, Coded
from verbale.chain.pool import spread
from verbale.model.findings import Findings
from verbale.model.report import Problem, Report

REPORTS_A_TASK = 4
"""Half a second of work: handing out costs nothing beside it, and at the end no worker waits long for the last."""


class Done(msgspec.Struct, frozen=True):
    """A report and what was found in it: what comes back from a worker."""

    report: Report
    findings: Findings


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What a worker sends of one report. Findings hold ids, places and words only, so that little travels; the report
    itself stays where it was read."""

    findings: Findings | None = None
    problem: Problem | None = None


_chain: Chain | None = None
_answers = msgspec.msgpack.Decoder(list[Answer])


def start(overlay: Path | None) -> None:
    """Prepare a worker."""
    global _chain
    _chain = Chain(overlay=overlay)


def _code(batch: list[Report | Problem]) -> bytes:
    assert _chain is not None
    return msgspec.msgpack.encode([Answer(one.findings) if isinstance(one, Coded) else Answer(problem=one)
                                   for one in _chain.code(batch)])


def code_with_workers(reports: Iterable[Report | Problem], workers: int,
                      overlay: Path | None = None) -> Iterator[Done | Problem]:
    """Findings of reports, in their order, by so many processes. A process that dies costs its batch's time alone."""
    incoming = iter(reports)
    batches = iter(lambda: list(islice(incoming, REPORTS_A_TASK)), [])
    for batch, answers in spread(_code, batches, workers, start, (overlay,)):
        for report, answer in zip(batch, _answers.decode(answers), strict=True):
            if answer.problem:
                yield answer.problem
            elif isinstance(report, Report) and answer.findings:
                yield Done(report, answer.findings)
