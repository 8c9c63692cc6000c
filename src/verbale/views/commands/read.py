"""`verbale read`: sources in, findings out, and into the record."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import click

from verbale import settings
from verbale.views.commands.options import json_option, open_record, print_json, record_option


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@record_option
@click.option("--no-store", is_flag=True, help="Only show what is found; keep nothing.")
@json_option
@click.option("--brief", "as_brief", is_flag=True, help="Briefs for people, also in a pipe.")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but problems and the closing line.")
@click.option("--workers", type=click.IntRange(1, 64), metavar="NUMBER", default=1, show_default=True,
              help="So many processes; worth it from some dozens of reports on.")
@click.option("--kind", metavar="KIND", help="Take the sources for this kind of input instead of looking.")
@click.option("--overlay", metavar="FOLDER", type=click.Path(exists=True, file_okay=False),
              help="Your own tables, laid over ours (default: $VERBALE_OVERLAY).")
def read(sources: tuple[str, ...], record_path: str | None, no_store: bool, as_json: bool, as_brief: bool, quiet: bool,
         workers: int, kind: str | None, overlay: str | None) -> None:
    """Read reports from files, folders, or - for standard input, and put what is found into the record.

    On a terminal each report's brief is printed: people and offices, statements, events, contacts, counts, agenda,
    doubts. In a pipe, or with --json, each report is a line of JSON. Inputs that fail or are skipped are named with
    their reason; they stop nothing else.

    Exit code: 0 all well; 1 some inputs failed, or none gave a report; 2 nothing could be done.
    """
    from verbale.chain.chain import Chain

    chain = Chain(overlay=overlay)
    in_json = as_json or not (as_brief or sys.stdout.isatty())
    results: Iterable[Any] = chain.read(sources, kind)
    if workers > 1:
        from verbale.chain.local import code_with_workers

        results = code_with_workers(chain.reports(sources, kind), workers, chain.overlay)
    counts = {"coded": 0, "skipped": 0, "failed": 0}
    with _opened(None if no_store else settings.record_path(record_path)) as record:
        if record is not None:
            from verbale.chain.keep import kept

            results = kept(results, record, chain)
        for one in _with_progress(results, counts):
            _print(one, in_json, quiet)
    total = sum(counts.values())
    click.echo(f"{total} inputs = {counts['coded']} coded + {counts['skipped']} skipped + {counts['failed']} failed"
               + ("" if no_store else f"; record: {settings.record_path(record_path)}"), err=True)
    if counts["failed"] or not counts["coded"]:
        raise click.exceptions.Exit(1)


def _opened(path: Any) -> AbstractContextManager:
    return open_record(str(path), make=True) if path else nullcontext()


def _print(one: Any, in_json: bool, quiet: bool) -> None:
    from verbale.model.report import Problem

    if isinstance(one, Problem):
        click.echo(f"{one.outcome}: {one.place}: {one.reason}", err=True)
        if in_json and not quiet:
            print_json([{"problem": one}])
    elif quiet:
        return
    elif in_json:
        print_json([{"report": one.report, "findings": one.findings}])
    else:
        from verbale.views.brief_report import brief
        from verbale.views.commands.options import show

        show(brief(one.report, one.findings))


def _with_progress(results: Iterable[Any], counts: dict[str, int]) -> Iterator[Any]:
    """The results as they come, counted; on a terminal with a line that says how far it is."""
    from verbale.model.report import Problem

    def outcome(one: Any) -> str:
        return one.outcome if isinstance(one, Problem) else "coded"

    if not sys.stderr.isatty():
        for one in results:
            counts[outcome(one)] += 1
            yield one
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("loading the model and the tables", total=None)
        for one in results:
            counts[outcome(one)] += 1
            said = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
            progress.update(task, description=said)
            yield one
