"""`verbale export`: the record in the formats that other tools read."""

import sys
from collections.abc import Callable
from typing import IO, Any

import click

from verbale.views.commands.options import open_record, record_option

FORMATS = {
    "reports": "native table, one row a report (CSV)",
    "events": "native table of events (CSV)", "contacts": "native table of contacts (CSV)",
    "statements": "native table of statements (CSV)", "tallies": "native table of counts claimed (CSV)",
    "topics": "native table of topics (CSV)", "jsonl": "the whole record, a report a line (JSON lines)",
    "gdelt-events": "GDELT 2.0 events, 61 columns, no header (TSV)",
    "gdelt-mentions": "GDELT 2.0 mentions, 16 columns, no header (TSV)", "icews": "ICEWS, 20 columns (TSV)",
    "polecat": "POLECAT, 40 columns (TSV)", "plover": "PLOVER (JSON lines)",
    "dyad-month": "directed pairs of states by month (CSV)", "dyad-year": "directed pairs of states by year (CSV)",
    "ics": "contacts, held and planned, as a calendar (iCalendar)",
}


@click.command(epilog="\b\n" + "\n".join(f"{name:<15} {about}" for name, about in FORMATS.items()))
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option("--to", "target", metavar="FILE", type=click.Path(dir_okay=False), help="Write here (default: print).")
@click.option("--without-text", is_flag=True, help="jsonl: leave texts out, keep hashes, places and at most 25 words.")
@click.option("--fill", is_flag=True, help="dyad-month, dyad-year: rows of zero too.")
@click.option("--spreadsheet-safe", is_flag=True, help="CSV: no cell that a spreadsheet takes for a formula.")
@record_option
def export(form: str, target: str | None, without_text: bool, fill: bool, spreadsheet_safe: bool,
           record_path: str | None) -> None:
    """Write the record in the FORMAT of another tool. Rows stand in the order of their ids: equal records give equal
    bytes. Codes are text; a reader must not take them for numbers (`dtype=str` in pandas).
    """
    with open_record(record_path) as record:
        write = _writer(record, form, without_text, fill, spreadsheet_safe)
        if target is None:
            number = write(sys.stdout)
        else:
            with open(target, "w", encoding="utf-8", newline="") as file:
                number = write(file)
    click.echo(f"{number} rows of {form}" + (f" in {target}" if target else ""), err=True)


def _writer(record: Any, form: str, without_text: bool, fill: bool, safe: bool) -> Callable[[IO[str]], int]:
    from verbale.views.export import calendar, dyads, event_sets, rows, whole, writers

    kinds = {"events": "event", "contacts": "contact", "statements": "statement", "tallies": "tally", "topics": "topic"}
    if form in kinds:
        return lambda out: writers.write_csv(rows.findings(record, kinds[form]), out, safe)
    if form.startswith("dyad-"):
        table = dyads.dyads(record, form.removeprefix("dyad-"), fill)
        return lambda out: writers.write_csv(table, out, safe, columns=dyads.COLUMNS)
    return {
        "reports": lambda out: writers.write_csv(rows.reports(record), out, safe),
        "jsonl": lambda out: writers.write_json_lines(whole.lines(record, without_text), out),
        "gdelt-events": lambda out: writers.write_tsv(event_sets.gdelt_events(record), out, False,
                                                      event_sets.GDELT_EVENTS),
        "gdelt-mentions": lambda out: writers.write_tsv(event_sets.gdelt_mentions(record), out, False,
                                                        event_sets.GDELT_MENTIONS),
        "icews": lambda out: writers.write_tsv(event_sets.icews(record), out, True, event_sets.ICEWS),
        "polecat": lambda out: writers.write_tsv(event_sets.polecat(record), out, True, event_sets.POLECAT),
        "plover": lambda out: writers.write_json_lines(event_sets.plover(record), out),
        "ics": lambda out: calendar.write(record, out),
    }[form]
