"""Commands about the record as a whole: verify, backup, cite."""

from pathlib import Path
from typing import Any

import click

from verbale.views.commands.options import json_option, open_record, print_json, record_option, wants_json


@click.command()
@click.argument("shared", metavar="[SHARED.jsonl]", required=False, type=click.Path(exists=True, dir_okay=False))
@record_option
@json_option
@click.option(
    "--texts",
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False),
    help="Where your own copies of texts lie that are not in it: any form that `verbale read` takes.",
)
def verify(shared: str | None, record_path: str | None, as_json: bool, texts: str | None) -> None:
    """Read the whole record again: every word at its place letter by letter, references, verdicts, word index, hashes.
    With SHARED.jsonl (an `export jsonl --without-text`): hold what someone shared against your own copies of the texts.

    Exit code: 0 it holds; 1 it does not, and every fault is named.
    """
    from verbale.record.shared import verify_lines
    from verbale.record.verify import verify as verified

    known = Copies(texts) if texts else None
    if shared:
        with open(shared, encoding="utf-8") as lines:
            checked = verify_lines(lines, known.text if known else lambda wanted: None)
    else:
        with open_record(record_path) as record:
            checked = verified(record, known.text if known else None)
    _show(checked, as_json)
    if not checked.holds:
        raise click.exceptions.Exit(1)


def _show(checked: Any, as_json: bool) -> None:
    if wants_json(as_json):
        print_json([checked])
    for fault in checked.faults:
        click.echo(f"{fault.where}: {fault.what}", err=True)
    if not wants_json(as_json) or not checked.holds:
        verdict = "holds" if checked.holds else f"{len(checked.faults)} faults"
        withheld = f"; {checked.withheld} reports without their text" if checked.withheld else ""
        click.echo(
            f"{checked.reports} reports, {checked.findings} findings, {checked.evidence} places read again: "
            f"{verdict}{withheld}",
            err=not checked.holds,
        )


class Copies:
    """Texts of a folder by their hash: of the files as they are, and of the reports that are read from them."""

    def __init__(self, folder: str) -> None:
        self._files = [path for path in sorted(Path(folder).rglob("*")) if path.is_file()]
        self._texts: dict[str, str] = {}
        self._are_read = False

    def text(self, wanted: str) -> str | None:
        """The text with this SHA-256; None where no file gives it."""
        if not self._are_read:
            self._read()
        return self._texts.get(wanted)

    def _read(self) -> None:
        from verbale.chain.chain import Chain
        from verbale.model.ids import text_hash
        from verbale.model.report import Report

        self._are_read = True
        for path in self._files:
            whole = path.read_bytes().decode("utf-8", "replace")
            self._texts[text_hash(whole)] = whole
        for one in Chain().reports(self._files):
            if isinstance(one, Report):
                self._texts.setdefault(text_hash(one.text), one.text)


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
    not taken in again. Who judged its findings, when and why, stays too, without their words.
    """
    from verbale.errors import BadInput

    with open_record(record_path) as record:
        if not record.forget(report, reason):
            raise BadInput(f"{report}: no report of this id; `verbale find` shows ids")
        record.shred()  # so that the text is gone from the file as well
    click.echo(f"forgotten: {report}", err=True)
