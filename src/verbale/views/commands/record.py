"""Commands about the record as a whole: verify, backup, cite."""

import click

from verbale.views.commands.options import json_option, open_record, print_json, record_option, wants_json


@click.command()
@record_option
@json_option
@click.option("--texts", metavar="FOLDER", type=click.Path(exists=True, file_okay=False),
              help="Where the texts lie that the record itself does not hold.")
def verify(record_path: str | None, as_json: bool, texts: str | None) -> None:
    """Read the whole record again: every word at its place letter by letter, references, word index, hashes.

    Exit code: 0 it holds; 1 it does not, and every fault is named.
    """
    from verbale.record.verify import verify as verified

    with open_record(record_path) as record:
        checked = verified(record, _texts_in(texts).get if texts else None)
    if wants_json(as_json):
        print_json([checked])
    for fault in checked.faults:
        click.echo(f"{fault.where}: {fault.what}", err=True)
    if not wants_json(as_json) or not checked.holds:
        verdict = "holds" if checked.holds else f"{len(checked.faults)} faults"
        withheld = f"; {checked.withheld} reports without their text" if checked.withheld else ""
        click.echo(f"{checked.reports} reports, {checked.findings} findings, {checked.evidence} places read again: "
                   f"{verdict}{withheld}", err=not checked.holds)
    if not checked.holds:
        raise click.exceptions.Exit(1)


def _texts_in(folder: str) -> dict[str, str]:
    """Texts of a folder's files by their hash."""
    from pathlib import Path

    from verbale.model.ids import text_hash

    texts = (path.read_bytes().decode("utf-8", "replace") for path in sorted(Path(folder).rglob("*")) if path.is_file())
    return {text_hash(one): one for one in texts}


@click.command()
@click.argument("target", metavar="FILE", type=click.Path(dir_okay=False))
@record_option
def backup(target: str, record_path: str | None) -> None:
    """Write a consistent copy of the record, also while others read and write it."""
    with open_record(record_path) as record:
        record.backup(target)
    click.echo(f"copied to {target}", err=True)


@click.command()
@record_option
def cite(record_path: str | None) -> None:
    """How to cite this record: program, versions, counts, days covered, and a hash over all that it claims."""
    from verbale.views.citation import citation

    with open_record(record_path) as record:
        click.echo(citation(record))


@click.command()
@click.argument("report", metavar="REPORT")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it stays in the record.")
@record_option
def forget(report: str, reason: str, record_path: str | None) -> None:
    """Take a report's text and findings out of the record. Its id, the reason and the counts of runs stay, and it is
    not taken in again. People's verdicts on its findings stay too.
    """
    from verbale.errors import BadInput

    with open_record(record_path) as record:
        if not record.forget(report, reason):
            raise BadInput(f"{report}: no report of this id; `verbale find` shows ids")
        record.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        record.connection.execute("VACUUM")  # so that the text is gone from the file as well
    click.echo(f"forgotten: {report}", err=True)
