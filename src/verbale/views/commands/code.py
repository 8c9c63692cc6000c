"""`verbale code`: inputs into a lake of Parquet parts, by many processes or machines."""

import sys
import time
from typing import Any

import click

from verbale.views.commands.options import json_option, print_json, wants_json


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="INPUT...")
@click.option("--out", required=True, metavar="LAKE", type=click.Path(file_okay=False),
              help="The lake: a folder, made where it is not there.")
@click.option("--workers", type=click.IntRange(1, 10_000), metavar="NUMBER", default=1, show_default=True,
              help="So many processes of one core each.")
@click.option("--engine", type=click.Choice(["pool", "ray"]), default="pool", show_default=True,
              help="pool: processes of this machine; ray: actors of a Ray cluster ($RAY_ADDRESS) or of this machine.")
@click.option("--shard", "reports_a_shard", type=click.IntRange(1), metavar="REPORTS", default=500, show_default=True,
              help="Reports that are done whole or not at all: what a kill costs.")
@click.option("--kind", metavar="KIND", help="Take the inputs for this kind instead of looking.")
@click.option("--overlay", metavar="FOLDER", type=click.Path(exists=True, file_okay=False),
              help="Your own tables, laid over ours (default: $VERBALE_OVERLAY).")
@json_option
def code(sources: tuple[str, ...], out: str, workers: int, engine: str, reports_a_shard: int, kind: str | None,
         overlay: str | None, as_json: bool) -> None:
    """Code files, folders and patterns ('news/*.warc.gz') into a lake: a folder of Parquet parts.

    For archives that one record is too small, or one machine too slow for. Stopped or killed, call it again: what is
    finished is kept. `verbale find --record LAKE` asks the lake; `verbale merge LAKE --record FILE` brings it, or what
    you work on, into a record.

    Exit code: 0 all well; 1 some inputs failed, or none gave a report; 2 nothing could be done.
    """
    from verbale.lake.code import Outcome, code_into

    began, total = time.monotonic(), Outcome()
    for one in code_into(out, sources, workers, engine, kind, overlay, reports_a_shard):
        total += one
        _say(total, began)
    if wants_json(as_json):
        print_json([total])
    click.echo(f"{total.inputs} inputs = {total.coded} coded + {total.skipped} skipped + {total.failed} failed, in "
               f"{total.coded_shards} shards; {total.kept} shards were there before; lake: {out}", err=True)
    if total.failed or not (total.coded or total.kept):
        raise click.exceptions.Exit(1)


def _say(total: Any, began: float) -> None:
    """How far it is, on a terminal."""
    if sys.stderr.isatty():
        rate = total.inputs / max(0.001, time.monotonic() - began)
        click.echo(f"\r{total.inputs} inputs, {total.coded} coded, {rate:.1f} a second ", err=True, nl=False)
