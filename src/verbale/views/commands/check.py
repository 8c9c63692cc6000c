"""`verbale check`: what the record claims, held against what the record knows."""

from typing import Any

import click

from verbale.views.commands.options import console, json_option, open_record, print_json, record_option, wants_json


@click.group(no_args_is_help=True)
def check() -> None:
    """Hold what reports claim against what the record knows."""


@check.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@record_option
@json_option
def tallies(ids: tuple[str, ...], record_path: str | None, as_json: bool) -> None:
    """Compare each claimed number of contacts ("met three times in the past year") with the distinct contacts that the
    record knows in that time.

    Says for each: supported, short by so many, or not enough coverage to say. ID: these tallies alone.
    """
    from verbale.record import find, merge
    from verbale.record.check_tallies import check_tallies

    with open_record(record_path) as record:
        if not merge.is_merged(record):
            merge.merge(record)
        chosen = [found for one in ids for found in find.ids_starting(record, one)] if ids else None
        checks = check_tallies(record, chosen)
    if wants_json(as_json):
        print_json(checks)
        return
    out = console()
    for one in checks:
        out.print(_text(one))
    if not checks:
        click.echo("nothing to check: no report gives a number of contacts", err=True)


def _text(one: Any) -> Any:
    from rich.text import Text

    from verbale.views.wording import listed, one_line

    colour = {"supported": "green", "short": "red"}.get(one.verdict, "yellow")
    verdict = f"short by {one.short_by}" if one.verdict == "short" else one.verdict
    window = f"{one.since or '…'} to {one.until or '…'}" if one.since or one.until else "no time told"
    text = Text.assemble((f"{verdict}  ", f"bold {colour}"), (listed(list(one.parties)), "bold"))
    text.append(f": {one.bound} {one.count} ({one.channel}, {window})")
    text.append(f"\n    {one.reason}", "dim")
    text.append(f"\n    “{one_line(one.words)[:160]}”", "italic green").append(f"  {one.tally[:13]}", "dim")
    for contact in one.contacts:
        text.append(f"\n    {contact[:13]}", "dim")
    return text.append("\n")
