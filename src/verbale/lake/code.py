"""Codes inputs into a lake: the same work by one process, by several, or by a cluster."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import perf_counter, process_time

import msgspec

from verbale import settings
from verbale.chain.chain import Chain, Coded
from verbale.chain.pool import spread
from verbale.chain.versions import versions
from verbale.errors import BadInput
from verbale.ingest.kinds import kind_named
from verbale.lake.lake import FORMAT, Facts, Lake, Manifest
from verbale.lake.shards import REPORTS_A_SHARD, Shard, Task, contents, shard_id, shards, tasks
from verbale.model.report import Problem

ENGINES = ("pool", "ray")


class Outcome(msgspec.Struct, frozen=True):
    """What a task came to. Shards that were there already are counted as kept, and not again."""

    kept: int = 0
    coded_shards: int = 0
    inputs: int = 0
    coded: int = 0
    skipped: int = 0
    failed: int = 0
    findings: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(*(mine + theirs for mine, theirs in zip(msgspec.structs.astuple(self),
                                                               msgspec.structs.astuple(other))))


class Coder:
    """What a process needs to code tasks into a lake. Model and tables are loaded at the first shard to be coded."""

    def __init__(self, folder: str, overlay: Path | None = None) -> None:
        self.lake = Lake(folder)
        self.chain = Chain(overlay=overlay)

    def code(self, task: Task) -> Outcome:
        """Code every shard of the task that is not there yet."""
        facts, content = self.lake.facts, contents(task)
        known = self.lake.shards_of_done(content)
        if known is not None and all(self.lake.has(shard_id(content, number, facts.reports_a_shard, facts.version))
                                     for number in range(known)):
            return Outcome(kept=len(range(task.stripe, known, task.stripes)))
        found, last = Outcome(), -1
        for shard in shards(task, content, facts.kind, facts.reports_a_shard, facts.version):
            last = shard.number
            if shard.inputs is None:
                continue
            found += Outcome(kept=1) if self.lake.has(shard.id) else self._coded(task, shard)
        self.lake.note_done(content, last + 1)
        return found

    def _coded(self, task: Task, shard: Shard) -> Outcome:
        began, cpu_began = perf_counter(), process_time()
        results = list(self.chain.code(shard.inputs or ()))
        coded = [one for one in results if isinstance(one, Coded)]
        problems = [one for one in results if isinstance(one, Problem)]
        skipped = sum(one.outcome == "skipped" for one in problems)
        findings = sum(len(group) for one in coded for group in (
            one.findings.statements, one.findings.events, one.findings.contacts, one.findings.tallies,
            one.findings.topics))
        manifest = Manifest(
            shard.id, tuple(piece.path for piece in task.pieces), shard.number, len(coded), skipped,
            len(problems) - skipped, len({one.report.id for one in coded}), findings,
            sum(len(one.report.text.split()) for one in coded), round(perf_counter() - began, 3),
            round(process_time() - cpu_began, 3))
        self.lake.write(manifest, coded, problems)
        return Outcome(0, 1, manifest.inputs, manifest.coded, manifest.skipped, manifest.failed, findings)


def code_into(folder: str | Path, sources: Iterable[str | Path], workers: int = 1, engine: str = "pool",
              kind: str | None = None, overlay: str | Path | None = None,
              reports_a_shard: int = REPORTS_A_SHARD) -> Iterator[Outcome]:
    """Code sources into a lake, which is made where it is not there; what each task came to, as they are done.

    What was coded before is kept: run it again after a kill, or with more inputs. The lake's tables are the same
    whatever the number of workers, the engine, or the order of the sources. Raises BadInput for sources that are not
    there, an engine or a kind that there is not, or a lake that was coded with other versions.
    """
    if engine not in ENGINES:
        raise BadInput(f"there is no engine {engine!r}; engines are {', '.join(ENGINES)}")
    if kind is not None:
        kind_named(kind)
    chosen = settings.overlay_folder(overlay)
    work = list(tasks(sources, workers, reports_a_shard))
    lake = Lake.made(folder, Facts(FORMAT, reports_a_shard, kind, versions(chosen)))
    run: Callable[..., Iterator[Outcome]] = _by_ray if engine == "ray" else _by_pool if workers > 1 else _here
    yield from run(str(lake.folder.resolve()), work, workers, chosen)


def _here(folder: str, work: list[Task], workers: int, overlay: Path | None) -> Iterator[Outcome]:
    coder = Coder(folder, overlay)
    yield from map(coder.code, work)


_coder: Coder | None = None


def _start(folder: str, overlay: Path | None) -> None:
    global _coder
    _coder = Coder(folder, overlay)


def _code(task: Task) -> Outcome:
    assert _coder is not None
    return _coder.code(task)


def _by_pool(folder: str, work: list[Task], workers: int, overlay: Path | None) -> Iterator[Outcome]:
    for _, outcome in spread(_code, work, workers, _start, (folder, overlay), in_order=False):
        yield outcome


def _by_ray(folder: str, work: list[Task], workers: int, overlay: Path | None) -> Iterator[Outcome]:
    from verbale.lake.cluster import by_ray

    yield from by_ray(folder, work, workers, overlay)
