"""`verbale tables`: the data files behind the record."""

from pathlib import Path

import click


@click.group(no_args_is_help=True)
def tables() -> None:
    """The tables that the program reads: states, offices, codes, rules, word lists."""


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
