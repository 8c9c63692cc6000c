"""The chain, written down once: source, report, reading, roster, findings."""

import contextlib
import importlib
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import Any, Protocol

import msgspec

from verbale import settings
from verbale.errors import VerbaleError
from verbale.model.findings import Findings
from verbale.model.reading import Reading
from verbale.model.report import READ_KINDS, Problem, Report
from verbale.model.roster import Roster

Source = str | Path


class Parser(Protocol):
    """Whatever reads the language of reports: our model, or a user's own."""

    def parse(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """Readings in the order of the reports."""
        ...


class Coded(msgspec.Struct, frozen=True):
    """A report that went through the chain, and what was found in it."""

    report: Report
    roster: Roster
    findings: Findings


class Chain:
    """Reads sources into findings. What is heavy (model, tables, rules) is loaded once, at the first report.

    `parser`, `world` and `rules` are ours where none is given; `overlay` is a folder of the user's own tables.
    """

    def __init__(self, parser: Parser | None = None, world: Any = None, rules: Any = None,
                 overlay: Source | None = None, reports_at_once: int = settings.REPORTS_AT_ONCE) -> None:
        self._given_parser, self._given_world, self._given_rules = parser, world, rules
        self.overlay = settings.overlay_folder(overlay)
        self._reports_at_once = reports_at_once
        self._is_loaded = False

    @cached_property
    def parser(self) -> Parser:
        return self._given_parser or _call("verbale.language.parser", "default_parser")()

    @cached_property
    def world(self) -> Any:
        return self._given_world or _call("verbale.world.world", "load_world")(self.overlay)

    @cached_property
    def rules(self) -> Any:
        return self._given_rules or _call("verbale.coding.rules", "load_rules")(self.overlay)

    def read(self, sources: Source | Iterable[Source], kind: str | None = None) -> Iterator[Coded | Problem]:
        """What each report of the sources gave, in their order; an input that gave none is a Problem with its reason.

        A source is a file, a folder, or `-` for standard input. One bad report stops nothing else.
        """
        if isinstance(sources, (str, Path)):
            sources = [sources]
        yield from self.code(self.reports(sources, kind))

    def read_text(self, text: str, **known: Any) -> Coded:
        """What one text gave. `known` may hold url, title, published ... as `ingest.read.read_text` takes them.

        Raises BadInput where nothing could be read, with the reason.
        """
        report = _call("verbale.ingest.read", "read_text")(text, **known)
        coded = next(self.code([report]))
        if isinstance(coded, Problem):
            raise _call("verbale.errors", "BadInput")(f"{coded.place}: {coded.reason}")
        return coded

    def reports(self, sources: Iterable[Source], kind: str | None = None) -> Iterator[Report | Problem]:
        """Reports as ingested, before any analysis."""
        read = _call("verbale.ingest.read", "read")
        for source in sources:
            try:
                yield from read(source, kind)
            except Exception as error:
                yield Problem(str(source), "failed", _in_words(error))

    def code(self, reports: Iterable[Report | Problem]) -> Iterator[Coded | Problem]:
        """Findings of reports already at hand; Problems pass through in their place."""
        incoming = iter(reports)
        while batch := list(islice(incoming, self._reports_at_once)):
            yield from self._code_batch([_refused(one) or one for one in batch])

    def _load(self) -> None:
        """Load model and tables, side by side: the model is read outside of Python, and the tables in it."""
        if self._is_loaded:
            return
        self._is_loaded = True
        beside = Thread(target=self._load_parser)
        beside.start()
        try:
            for load in (lambda: self.world, lambda: self.rules):
                load()
        finally:
            beside.join()

    def _load_parser(self) -> None:
        with contextlib.suppress(Exception):  # raised again where it is asked for, and there it can be told
            _ = self.parser

    def _code_batch(self, batch: list[Report | Problem]) -> Iterator[Coded | Problem]:
        good = [one for one in batch if isinstance(one, Report)]
        if good:
            self._load()
        readings = iter(self._parsed(good))
        for one in batch:
            if isinstance(one, Problem):
                yield one
                continue
            reading = next(readings)
            yield reading if isinstance(reading, Problem) else self._coded(reading)

    def _parsed(self, reports: list[Report]) -> list[Reading | Problem]:
        """Readings of a batch; where the batch breaks, each report on its own, so that only the bad one is lost."""
        if not reports:
            return []
        parser = self.parser  # a missing model is said once, and stops the run: it is not the report's fault
        try:
            readings: list[Reading | Problem] = list(parser.parse(reports))
            if len(readings) == len(reports):
                return readings
        except Exception:
            if len(reports) == 1:
                return [_attempt(reports[0], lambda: next(iter(parser.parse(reports))))]
        return [reading for report in reports for reading in self._parsed([report])]

    def _coded(self, reading: Reading) -> Coded | Problem:
        world, rules = self.world, self.rules
        identify, code = _call("verbale.world.identify", "identify"), _call("verbale.coding.code", "code")

        def coded() -> Coded:
            roster = identify(reading, world)
            return Coded(reading.report, roster, code(roster, rules))

        return _attempt(reading.report, coded)


def _attempt(report: Report, work: Callable[[], Any]) -> Any:
    try:
        return work()
    except Exception as error:
        return Problem(report.place or report.id, "failed", _in_words(error))


def _refused(one: Report | Problem) -> Problem | None:
    """The reason not to analyse a report; None where it may go on."""
    if isinstance(one, Problem):
        return None
    place = one.place or one.id
    if one.language not in (None, "en"):
        return Problem(place, "skipped", f"language is {one.language!r}; only English (en) is read so far", one)
    letters = sum(len(segment.span) for segment in one.segments_of(*READ_KINDS))
    if letters == 0:
        return Problem(place, "skipped", "no article in it: nothing was found that is body or title")
    if letters > settings.LONGEST_REPORT_LETTERS:
        return Problem(place, "skipped", f"{letters:,} letters are no single article (at most "
                                         f"{settings.LONGEST_REPORT_LETTERS:,}); cut it into articles first")
    return None


def _in_words(error: Exception) -> str:
    """An error in one line: ours as it is, a stranger's with its kind."""
    text = " ".join(str(error).split())
    return text if isinstance(error, VerbaleError) else f"{type(error).__name__}: {text}"


def _call(module: str, name: str) -> Any:
    """A stage's call, imported only when it is first needed: start-up stays quick where a command needs no model."""
    return getattr(importlib.import_module(module), name)
