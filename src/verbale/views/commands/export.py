"""`verbale export`: the record in the formats that other tools read."""

import sys
from pathlib import Path

import click

from verbale.views.commands.options import open_record, record_option

FORMATS = ("reports", "events", "contacts", "statements", "tallies", "topics", "visits", "trips", "happenings",
           "dyad-month", "dyad-year", "nodes", "edges", "jsonl", "gdelt-events", "gdelt-mentions", "icews", "polecat",
           "plover", "webanno", "ftm", "gexf", "ics")


class WithFormats(click.Command):
    """Help that ends with a line on each format; they are loaded when asked for."""

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        from verbale.views.export.formats import ABOUT

        with formatter.section("Formats"):
            formatter.write_dl([(name, ABOUT[name]) for name in FORMATS])


@click.command(cls=WithFormats)
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option("--to", "target", metavar="FILE", type=click.Path(dir_okay=False),
              help="Write here (default: print). A table may end in .csv, .tsv, .jsonl or .parquet.")
@click.option("--without-text", is_flag=True, help="jsonl: leave texts out, keep hashes, places and at most 25 words.")
@click.option("--fill", is_flag=True, help="dyad-month, dyad-year: rows of zero too.")
@click.option("--spreadsheet-safe", is_flag=True, help="CSV: no cell that a spreadsheet takes for a formula.")
@record_option
def export(form: str, target: str | None, without_text: bool, fill: bool, spreadsheet_safe: bool,
           record_path: str | None) -> None:
    """Write the record in the FORMAT of another tool. Rows stand in the order of their ids: equal records give equal
    bytes. What people rejected is in none, what they corrected stands as corrected. Codes are text; a reader must not
    take them for numbers (`dtype=str` in pandas).
    """
    from verbale.views.export import formats

    asked = formats.Choices(without_text, fill, spreadsheet_safe)
    with open_record(record_path) as record:
        if target is None:
            number = formats.write(record, form, sys.stdout, asked)
        else:
            number = formats.write_file(record, form, Path(target), asked)
    click.echo(f"{number} rows of {form}" + (f" in {target}" if target else ""), err=True)
