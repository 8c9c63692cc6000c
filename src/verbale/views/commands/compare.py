"""`verbale compare`: the record held against an official list of visits or meetings."""

from pathlib import Path
from typing import Any

import click

from verbale.views.commands.options import console, json_option, open_record, print_json, record_option, wants_json


@click.command()
@click.argument("official", metavar="OFFICIAL.csv", type=click.Path(exists=True, dir_okay=False))
@click.option("--host", metavar="STATE", help="Whose list of visitors it is (USA): `country` then says where from.")
@click.option("--calls", is_flag=True, help="The list holds telephone and video calls too.")
@click.option("--only", type=click.Choice(["both", "near", "list", "record"]), help="Only these.")
@record_option
@json_option
def compare(
    official: str, host: str | None, calls: bool, only: str | None, record_path: str | None, as_json: bool
) -> None:
    """Hold the record against an official list of visits or meetings, a CSV file with columns for who, since (and
    until, both days counted in), whom, country: what both have, what only the list has (a gap of the press, or of
    ours), what only the record has (a gap of the list), with the words.
    """
    from verbale.record import merge
    from verbale.record.compare import compare as compared
    from verbale.record.compare import counts, read_list

    with open_record(record_path) as record:
        if not merge.is_merged(record):
            merge.merge(record)
        found = list(compared(record, read_list(Path(official)), host, calls))
    shown = [one for one in found if only is None or one.where in (only, f"only {only}")]
    if wants_json(as_json):
        print_json(shown)
    else:
        for one in shown:
            console().print(_text(one))
    said = ", ".join(f"{number} {where}" for where, number in counts(found).items())
    click.echo(
        said.replace("both", "in both")
        .replace("near", "with another person of the country on those days")
        .replace("only list", "only in the list")
        .replace("only record", "only in the record"),
        err=True,
    )


MARKS = {"both": ("=", "green"), "near": ("~", "magenta"), "only list": ("<", "yellow"), "only record": (">", "cyan")}


def _text(one: Any) -> Any:
    from rich.text import Text

    from verbale.views.wording import listed, one_line

    mark, style = MARKS[one.where]
    text = Text.assemble((f"{mark} ", style))
    if one.listed:
        days = " to ".join(dict.fromkeys(str(day) for day in (one.listed.since, one.listed.last) if day))
        said = ", ".join(filter(None, [one.listed.who, one.listed.whom, one.listed.country]))
        text.append(f"{days or 'no day'}  {said}", "bold").append(f"  line {one.listed.line}", "dim")
    for found in one.contacts:
        if one.listed is None:
            text.append(f"{found.since or 'day not known'}  {listed(found.names('party'))}", "bold")
        status = f" ({found.status})" if found.status != "happened" else ""
        text.append(f"\n    {found.type}{status} {found.since or ''}: “{one_line(found.words)[:200]}”", "italic green")
        text.append(f"  {found.id[:13]}", "dim")
    return text
