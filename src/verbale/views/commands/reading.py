"""What the commands that read have in common: coding, keeping, printing, counting, and the exit code."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import click
import msgspec

from verbale import settings
from verbale.views.commands.options import json_option, open_record, print_json, record_option

OUTCOMES = ("coded", "skipped", "failed")


class MostFailures(click.ParamType):
    """How many inputs may fail: a number, or a share of all inputs as `2%`."""

    name = "number or share"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        words = str(value).strip()
        try:
            number = float(words.removesuffix("%"))
        except ValueError:
            number = -1.0
        if number < 0 or (words.endswith("%") and number > 100) or (not words.endswith("%") and number != int(number)):
            self.fail(f"{value!r} is neither a number of inputs (5) nor a share of them (2%)", parameter, context)
        return words


def reading_options(command: Callable) -> Callable:
    """Options of every command that reads: where to keep, how to print, what may fail."""
    for option in reversed((
        record_option,
        click.option("--no-store", is_flag=True, help="Only show what is found; keep nothing."),
        json_option,
        click.option("--brief", "as_brief", is_flag=True, help="Briefs for people, also in a pipe."),
        click.option("--quiet", "-q", is_flag=True, help="Print nothing but problems and the closing line."),
        click.option("--most-failures", type=MostFailures(), metavar="NUMBER|SHARE%", default="0", show_default=True,
                     help="So many inputs may fail before the exit code is 1: a number (5), or a share (2%)."),
        click.option("--overlay", metavar="FOLDER", type=click.Path(exists=True, file_okay=False),
                     help="Your own tables, laid over ours (default: $VERBALE_OVERLAY)."),
    )):
        command = option(command)
    return command


class Tally:
    """How many inputs came to what, and what the coded ones were taken for."""

    def __init__(self) -> None:
        self.outcomes, self.kinds = Counter[str](), Counter[str]()

    def count(self, one: Any) -> None:
        from verbale.model.report import Problem

        if isinstance(one, Problem):
            self.outcomes[one.outcome] += 1
        else:
            self.outcomes["coded"] += 1
            self.kinds[one.report.taken_for] += 1

    @property
    def inputs(self) -> int:
        return sum(self.outcomes.values())

    def words(self) -> str:
        """The closing line: inputs = coded + skipped + failed, and the kinds."""
        sum_ = " + ".join(f"{self.outcomes[outcome]} {outcome}" for outcome in OUTCOMES)
        kinds = ", ".join(f"{number} {kind}" for kind, number in self.kinds.most_common())
        return f"{self.inputs} inputs = {sum_}" + (f"; taken for: {kinds}" if kinds else "")

    def too_many_failed(self, most: str) -> bool:
        limit = float(most.removesuffix("%"))
        return self.outcomes["failed"] > (limit / 100 * self.inputs if most.endswith("%") else limit)


def open_or_none(record_path: str | None, no_store: bool) -> AbstractContextManager:
    """The record, made where it is not there yet; None where nothing is to be kept."""
    return nullcontext() if no_store else open_record(str(settings.record_path(record_path)), make=True)


def printed(results: Iterable[Any], record: Any, chain: Any, tally: Tally, in_json: bool, quiet: bool,
            one_by_one: bool = False) -> None:
    """Keep, print and count what the chain gives; `one_by_one` keeps each before the next is asked for."""
    if record is not None:
        from verbale.chain.keep import kept

        results = (_kept_one_by_one if one_by_one else kept)(results, record, chain)
    for one in _with_progress(results, tally):
        _print(one, in_json, quiet)
    if record is not None:
        from verbale.chain.copies import note_copies

        note_copies(record)


def _kept_one_by_one(results: Iterable[Any], record: Any, chain: Any) -> Iterator[Any]:
    """As `kept`, each in a transaction of its own: what is fetched counts as read once the next is asked for, so that
    it must lie in the record by then."""
    from verbale.chain.versions import versions
    from verbale.model.report import Problem

    run = record.begin(versions(chain.overlay))
    for one in results:
        if isinstance(one, Problem):
            record.note(one, run)
        else:
            record.add(one.report, one.findings, run)
        yield one
    record.end(run)


def in_json_lines(as_json: bool, as_brief: bool) -> bool:
    return as_json or not (as_brief or sys.stdout.isatty())


def close(tally: Tally, record_path: str | None, no_store: bool) -> None:
    """Say what came of all inputs."""
    click.echo(tally.words() + ("" if no_store else f"; record: {settings.record_path(record_path)}"), err=True)


def _print(one: Any, in_json: bool, quiet: bool) -> None:
    from verbale.model.report import Problem

    if isinstance(one, Problem):
        click.echo(f"{one.outcome}: {one.place}: {one.reason}", err=True)
        if in_json and not quiet:
            print_json([{"problem": msgspec.structs.replace(one, report=None)}])
    elif quiet:
        return
    elif in_json:
        print_json([{"report": one.report, "findings": one.findings}])
    else:
        from verbale.views.brief_report import brief
        from verbale.views.commands.options import show

        click.echo(f"{one.report.place or '-'}: taken for {one.report.taken_for}", err=True)
        show(brief(one.report, one.findings))


def _with_progress(results: Iterable[Any], tally: Tally) -> Iterator[Any]:
    """The results as they come, counted; on a terminal with a line that says how far it is."""
    if not sys.stderr.isatty():
        for one in results:
            tally.count(one)
            yield one
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("loading the model and the tables", total=None)
        for one in results:
            tally.count(one)
            said = ", ".join(f"{tally.outcomes[name]} {name}" for name in OUTCOMES if tally.outcomes[name])
            progress.update(task, description=said)
            yield one
