"""`verbale tables`: the data files behind the record."""

from pathlib import Path

import click

SHOWN = 10


@click.group(no_args_is_help=True)
def tables() -> None:
    """The tables that the program reads: states, offices, codes, rules, word lists."""


@tables.command("import-petrarch")
@click.option("--verbs", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A verb dictionary in PETRARCH's format.")
@click.option("--actors", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="An actor dictionary in PETRARCH's format.")
@click.option("--to", "folder", metavar="DIR", required=True, type=click.Path(file_okay=False, path_type=Path),
              help="The overlay folder to write.")
@click.option("--all", "show_all", is_flag=True, help="Name every line that is left out, not the first ten.")
def import_petrarch(verbs: Path | None, actors: Path | None, folder: Path, show_all: bool) -> None:
    """Turn PETRARCH dictionaries into a folder of your own tables, for --overlay.

    Verbs and patterns become frames (rules/verbs.csv), actors become names, people, bodies and groups. What cannot be
    carried over is counted and named by its line.

    Exit code: 0 written; 1 nothing written.
    """
    from verbale.errors import VerbaleError
    from verbale.tables.petrarch import import_petrarch as import_

    if verbs is None and actors is None:
        raise click.UsageError("give --verbs FILE, --actors FILE, or both")
    try:
        made = import_(folder, verbs, actors)
    except VerbaleError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(1) from None
    for name, rows in made.rows.items():
        click.echo(f"{folder / name}: {rows} rows")
    for one in made.skipped if show_all else made.skipped[:SHOWN]:
        click.echo(f"line {one.line}: {one.words!r} left out: {one.reason}", err=True)
    if made.skipped:
        click.echo(f"{len(made.skipped)} lines left out", err=True)


@tables.command()
@click.argument("folder", required=False, metavar="[FOLDER]",
                type=click.Path(exists=True, file_okay=False, path_type=Path))
def check(folder: Path | None) -> None:
    """Check every table: each file alone, then across files. FOLDER: your own tables, checked as laid over ours.

    Exit code: 0 no fault; 1 faults, each named by file and line.
    """
    from verbale.chain.check import check as faults_of

    faults = faults_of(folder)
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(f"{len(faults)} faults" if faults else "all tables hold")
    if faults:
        raise click.exceptions.Exit(1)
