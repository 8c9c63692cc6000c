"""`verbale gold`: people's judgements as gold cases."""

from pathlib import Path

import click

from verbale.views.commands.options import open_record, record_option


@click.group(no_args_is_help=True)
def gold() -> None:
    """What people judged, as cases that hold the coder to it."""


@gold.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False))
@click.option("--without-text", is_flag=True, help="Only hashes, places and codes: no word of a report.")
@record_option
def export(folder: str, without_text: bool, record_path: str | None) -> None:
    """Write gold cases into a FOLDER, as TOML files of the shape of `tests/gold`: a case for each paragraph in which
    all findings of a kind were judged, what was rejected left out; and `judged.toml`, every verdict by hash and place.
    """
    from verbale.views.gold import export as exported

    with open_record(record_path) as record:
        written = exported(record, Path(folder), without_text)
    for name, number in written.items():
        click.echo(f"{number} in {Path(folder) / name}.toml", err=True)
    if not written:
        click.echo("no verdict stands in this record; `verbale judge` gives them", err=True)
