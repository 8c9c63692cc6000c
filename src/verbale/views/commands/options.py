"""Options that several commands share, and how they print."""

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from verbale import settings


class Day(click.ParamType):
    """A day; a month or a year stands for its first day: 2020-12-29, 2020-12, 2020."""

    name = "day"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        parts = str(value).split("-")
        try:
            year, month, day = (*map(int, parts), 1, 1)[:3] if len(parts) <= 3 else ()
            return date(year, month, day)
        except ValueError:
            return self._refuse(value, parameter, context)

    def _refuse(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> date:
        return self.fail(f"{value!r} is no day; write 2020-12-29, 2020-12 or 2020", parameter, context)


DAY = Day()


def record_option(command: Callable) -> Callable:
    return click.option("--record", "record_path", metavar="FILE", type=click.Path(),
                        help="The record: a file, or a lake (default: $VERBALE_RECORD, else ./verbale.db).")(command)


def json_option(command: Callable) -> Callable:
    return click.option("--json", "as_json", is_flag=True, help="JSON lines, also on a terminal.")(command)


def filter_options(command: Callable) -> Callable:
    """Options that every question about findings takes."""
    for option in reversed((
        click.option("--actor", metavar="NAME", help="Someone in any role: a name, a part of it, a country (RUS)."),
        click.option("--dyad", metavar="ONE OTHER", nargs=2, help="Two countries, either way round: RUS TUR."),
        click.option("--type", "type_", metavar="TYPE", help="Act of a statement, PLOVER type, channel of a contact."),
        click.option("--status", metavar="STATUS", help="happened, planned, denied ..."),
        click.option("--topic", metavar="TOPIC", help="A topic by its id, or words of it."),
        click.option("--place", metavar="NAME", help="Where."),
        click.option("--text", metavar="WORDS", help="Words in the evidence."),
        click.option("--since", type=DAY, metavar="DAY", help="From this day on."),
        click.option("--until", type=DAY, metavar="DAY", help="Up to, not with, this day."),
        click.option("--source", metavar="NAME", help="Reports of this source, or with this in their address."),
        click.option("--judged/--unjudged", default=None,
                     help="Only what a person accepted or corrected; only what nobody has judged."),
        click.option("--confidence", type=click.FloatRange(0, 1), metavar="SHARE", help="At least so sure (0 to 1)."),
        click.option("--limit", type=click.IntRange(1), metavar="NUMBER", default=50, show_default=True,
                     help="At most so many."),
    )):
        command = option(command)
    return json_option(record_option(command))


def open_record(path: str | None, make: bool = False) -> Any:
    from verbale.record.store import Record

    return Record(record_file(path), make=make)


def record_file(path: str | None) -> Path:
    """Where the record lies; of a lake, the record that it keeps of itself, brought up to date."""
    chosen = settings.record_path(path)
    if not chosen.is_dir():
        return chosen
    from verbale.lake.merge import working_record

    return working_record(chosen)


def open_to_ask(path: str | None) -> tuple[Any, Any]:
    """A record, or a lake as it is, and the module whose functions ask it: both answer the same questions."""
    chosen = settings.record_path(path)
    if chosen.is_dir():
        from verbale.lake import find as ask_lake
        from verbale.lake.lake import Lake

        return Lake(chosen), ask_lake
    from verbale.record import find as ask_record

    return open_record(path), ask_record


def wants_json(as_json: bool) -> bool:
    """JSON lines where asked for, and in a pipe."""
    return as_json or not sys.stdout.isatty()


def print_json(things: Iterable[Any]) -> None:
    """A line of JSON each, in UTF-8."""
    from verbale.record.wire import plain

    for thing in things:
        click.echo(json.dumps(plain(thing), ensure_ascii=False))


def show(paper: Any) -> None:
    """A paper for people: in colours on a terminal, as plain text elsewhere."""
    from verbale.views.paper import as_text
    from verbale.views.terminal import show as show_on_terminal

    if sys.stdout.isatty():
        show_on_terminal(paper, console())
    else:
        click.echo(as_text(paper))


def console() -> Any:
    from rich.console import Console

    return Console(highlight=False, soft_wrap=False)
