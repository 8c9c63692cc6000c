"""Every format that `verbale export` writes: what it is, and how."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from verbale.errors import BadInput
from verbale.record.store import Record
from verbale.views.export import (
    annotations,
    calendar,
    dyads,
    event_sets,
    ftm,
    graph,
    happenings,
    parquet,
    rows,
    visits,
    whole,
    writers,
)

Rows = Iterable[dict[str, Any]]


class Choices(msgspec.Struct, frozen=True):
    """What a user may choose of an export."""

    without_text: bool = False
    fill: bool = False
    spreadsheet_safe: bool = False


AS_IT_IS = Choices()


class Table(msgspec.Struct, frozen=True):
    """A native table, one row a thing: CSV, JSON lines or Parquet by the ending of the file."""

    about: str
    rows: Callable[[Record, Choices], Rows]
    columns: Callable[[], tuple[str, ...]]


class Form(msgspec.Struct, frozen=True):
    """A format of another tool, as it has it."""

    about: str
    write: Callable[[Record, IO[str], Choices], int]


def _kind(kind: str, about: str) -> Table:
    return Table(about, lambda record, _: rows.findings(record, kind), lambda: rows.columns_of(kind))


def _dyad(by: str) -> Table:
    return Table(
        f"directed pairs of states by {by}",
        lambda record, asked: dyads.dyads(record, by, asked.fill),
        lambda: dyads.COLUMNS,
    )


TABLES: dict[str, Table] = {
    "reports": Table(
        "one row a report, without its text", lambda record, _: rows.reports(record), lambda: rows.REPORT_COLUMNS
    ),
    "events": _kind("event", "events"),
    "contacts": _kind("contact", "contacts, a row each"),
    "statements": _kind("statement", "statements"),
    "tallies": _kind("tally", "counts of contacts that are claimed"),
    "topics": _kind("topic", "topics spoken of"),
    "visits": Table(
        "contacts as registers keep them, a row a contact and pair of parties",
        lambda record, _: visits.visits(record),
        lambda: visits.VISITS,
    ),
    "trips": Table(
        "journeys, a row each, with the contacts on them", lambda record, _: visits.trips(record), lambda: visits.TRIPS
    ),
    "happenings": Table(
        "what many reports tell, each once, with counts of reports and sources",
        lambda record, _: happenings.rows(record),
        lambda: happenings.COLUMNS,
    ),
    "dyad-month": _dyad("month"),
    "dyad-year": _dyad("year"),
    "nodes": Table("actors of the network", lambda record, _: graph.node_rows(record), lambda: graph.NODE_COLUMNS),
    "edges": Table("ties of the network", lambda record, _: graph.edge_rows(record), lambda: graph.EDGE_COLUMNS),
}


def _tsv(
    about: str, table: Callable[[Record], Iterator[dict[str, Any]]], columns: tuple[str, ...], header: bool = True
) -> Form:
    return Form(about, lambda record, out, _: writers.write_tsv(table(record), out, header, columns))


FORMS: dict[str, Form] = {
    "jsonl": Form(
        "the whole record, a report a line (JSON lines)",
        lambda record, out, asked: writers.write_json_lines(whole.lines(record, asked.without_text), out),
    ),
    "gdelt-events": _tsv(
        "GDELT 2.0 events, 61 columns, no header (TSV)", event_sets.gdelt_events, event_sets.GDELT_EVENTS, False
    ),
    "gdelt-mentions": _tsv(
        "GDELT 2.0 mentions, 16 columns, no header (TSV)", event_sets.gdelt_mentions, event_sets.GDELT_MENTIONS, False
    ),
    "icews": _tsv("ICEWS, 20 columns (TSV)", event_sets.icews, event_sets.ICEWS),
    "polecat": _tsv("POLECAT, 40 columns (TSV)", event_sets.polecat, event_sets.POLECAT),
    "plover": Form(
        "PLOVER (JSON lines)", lambda record, out, _: writers.write_json_lines(event_sets.plover(record), out)
    ),
    "webanno": Form(
        "W3C Web Annotations with their context inline (JSON-LD)", lambda record, out, _: annotations.write(record, out)
    ),
    "ftm": Form(
        "FollowTheMoney entities (JSON lines)",
        lambda record, out, _: writers.write_json_lines(ftm.entities(record), out),
    ),
    "gexf": Form("the network over time, for Gephi (GEXF 1.3)", lambda record, out, _: graph.write_gexf(record, out)),
    "ics": Form(
        "contacts, held and planned, as a calendar (iCalendar)", lambda record, out, _: calendar.write(record, out)
    ),
}
ABOUT: dict[str, str] = {
    **{name: table.about for name, table in TABLES.items()},
    **{name: form.about for name, form in FORMS.items()},
}


def write(record: Record, form: str, out: IO[str], asked: Choices = AS_IT_IS, ending: str = ".csv") -> int:
    """Write a format as text; how many rows. A table is CSV, or JSON lines for the ending `.jsonl`."""
    if form in FORMS:
        return FORMS[form].write(record, out, asked)
    table = TABLES[form]
    if ending in (".jsonl", ".ndjson"):
        return writers.write_json_lines(table.rows(record, asked), out)
    tab = "\t" if ending == ".tsv" else ","
    return writers.write_csv(table.rows(record, asked), out, asked.spreadsheet_safe, tab, columns=table.columns())


def write_file(record: Record, form: str, target: Path, asked: Choices = AS_IT_IS) -> int:
    """Write a format to a file; a table whose file ends in `.parquet` is Parquet. The file is whole or not there."""
    if target.suffix == ".parquet" and form not in TABLES:
        raise BadInput(f"{form} is no table; Parquet is written of {', '.join(TABLES)}")
    part = target.with_name(target.name + ".part")
    try:
        if target.suffix == ".parquet":
            number = parquet.write(TABLES[form].rows(record, asked), TABLES[form].columns(), part)
        else:
            with part.open("w", encoding="utf-8", newline="") as file:
                number = write(record, form, file, asked, target.suffix)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return number
