"""`verbale find`: what the record holds, by words or by who, what, when."""

from typing import Any

import click

from verbale.views.commands.options import console, filter_options, json_option, open_to_ask, print_json, record_option
from verbale.views.commands.options import wants_json as _wants_json


class TextOrKind(click.Group):
    """`find statements`, `find events` ... are commands of their own; any other first word is text to look for."""

    def resolve_command(self, context: click.Context,
                        args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            return "text", self.commands["text"], args
        return super().resolve_command(context, args)


@click.group(cls=TextOrKind, no_args_is_help=True)
def find() -> None:
    """Find in the record: `find TEXT` in the words of reports, or statements, events, contacts, tallies, topics by who,
    what and when.

    `verbale find "black sea"` is the same as `verbale find text "black sea"`. Words are found without regard to case
    and marks on letters; "words in marks" are a phrase; a star at the end takes any ending.
    """


@find.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), metavar="NUMBER", default=20, show_default=True,
              help="At most so many reports.")
@record_option
@json_option
def text(words: tuple[str, ...], limit: int, record_path: str | None, as_json: bool) -> None:
    """Reports that hold all the words, best first, with the place where they stand."""
    holder, ask = open_to_ask(record_path)
    with holder:
        hits = ask.text(holder, " ".join(words), limit)
    if _wants_json(as_json):
        print_json(hits)
        return
    out = console()
    for hit in hits:
        out.print(_hit_text(hit))
        out.print()
    _said_if_none(hits, "no report holds all these words")


def _hit_text(hit: Any) -> Any:
    from rich.text import Text

    from verbale.record.find import MARK_START, MARK_STOP

    shown = Text.assemble((hit.title or "(no title)", "bold"), f"  {hit.published or 'day not known'}  ",
                          (f"{hit.report}  {hit.findings} findings", "dim"), "\n  ")
    for number, piece in enumerate(hit.snippet.replace("\n", " ").split(MARK_START)):
        found, _, rest = piece.partition(MARK_STOP) if number else ("", "", piece)
        shown.append(found, "bold yellow").append(rest)
    return shown


def _said_if_none(found: list[Any], words: str) -> None:
    if not found:
        click.echo(f"nothing found: {words}", err=True)


def _command(kind: str, about: str, *more: Any) -> None:
    def ask(record_path: str | None, as_json: bool, type_: str | None, dyad: tuple[str, str] | None,
            **wanted: Any) -> None:
        from verbale.errors import BadInput
        from verbale.record.find import Filter
        from verbale.record.store import Record

        holder, find_in = open_to_ask(record_path)
        with holder:
            if wanted.get("judged") and not isinstance(holder, Record):
                raise BadInput("a lake holds no verdicts; ask a record (`verbale merge` makes one of a lake)")
            found = find_in.findings(holder, Filter(kind=kind, type=type_, dyad=dyad or None, **wanted))
        if _wants_json(as_json):
            print_json(found)
        else:
            console().print(_table(found))
            _said_if_none(found, f"the record has no such {kind}")

    ask.__doc__ = about
    command = filter_options(ask)
    for option in reversed(more):
        command = option(command)
    plural = "tallies" if kind == "tally" else f"{kind}s"
    find.command(name=plural)(command)


_command("statement", "Who said what: by --speaker, --about whom or what, when.",
         click.option("--speaker", metavar="NAME", help="Who said it: a name, part of one, a country (RUS), an id."),
         click.option("--about", metavar="NAME", help="Whom or what it is about: stance, topic or words."))
_command("event", "Who did what to whom: by actor, dyad, type, status, place, period.")
_command("contact", "Who met or spoke with whom: by actor, dyad, channel (--type phone), place, period.")
_command("tally", "Counts of contacts that reports claim.")
_command("topic", "Topics that were spoken of.")


def _table(found: list[Any]) -> Any:
    from rich.table import Table

    from verbale.views.wording import listed, one_line

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("day", no_wrap=True)
    for title, ratio in (("who", 3), ("what", 2), ("words", 6)):
        table.add_column(title, ratio=ratio)
    table.add_column("id", no_wrap=True, style="dim")
    for one in found:
        who = listed(one.names("speaker", "co-speaker", "who", "party", "raised by"))
        whom = listed(one.names("whom"))
        what = " ".join(filter(None, [one.type, one.mode, f"({one.status})" if one.status else ""]))
        table.add_row(_days(one), who + (f" → {whom}" if whom else ""), what, one_line(one.words)[:280], one.id[:13])
    return table


def _days(one: Any) -> str:
    from datetime import date, timedelta

    if not one.since or not one.until:
        return f"{one.since or ''}…{one.until or ''}"
    last = (date.fromisoformat(one.until) - timedelta(days=1)).isoformat()
    return one.since if last == one.since else f"{one.since}…{last}"
