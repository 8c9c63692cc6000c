"""`verbale read`: sources in, findings out, and into the record."""

from collections.abc import Iterable, Iterator
from typing import Any

import click

from verbale.views.commands.reading import Tally, close, in_json_lines, open_or_none, printed, reading_options


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@reading_options
@click.option("--workers", type=click.IntRange(1, 64), metavar="NUMBER", default=1, show_default=True,
              help="So many processes; worth it from some dozens of reports on.")
@click.option("--kind", metavar="KIND",
              help="Take the sources for this kind of input instead of looking; an unknown one names all kinds.")
@click.option("--columns", multiple=True, metavar="FIELD=COLUMN",
              help="Which column of a table (CSV, Parquet, JSON) holds what: text=body_html. Fields: text, title, url, "
                   "source, author, published, language. Usual names are known; repeat, or part by commas.")
def read(sources: tuple[str, ...], record_path: str | None, no_store: bool, as_json: bool, as_brief: bool, quiet: bool,
         most_failures: str, workers: int, kind: str | None, columns: tuple[str, ...], overlay: str | None) -> None:
    """Read reports from files, folders, or - for standard input, and put what is found into the record.

    Read are text as copied from a page, HTML, feeds, WARC and WET, tables (CSV, Parquet, JSON, JSON lines), docx, rtf,
    pdf, e-mail, exports of Nexis and Factiva, and ZIP or gzip of any of these. What each was taken for is said.

    On a terminal each report's brief is printed: people and offices, statements, events, contacts, counts, agenda,
    doubts. In a pipe, or with --json, each report is a line of JSON. Inputs that fail or are skipped are named with
    their reason; they stop nothing else.

    Exit code: 0 all well; 1 more inputs failed than --most-failures allows, or none gave a report; 2 nothing could be
    done.
    """
    from verbale.chain.chain import Chain

    chain = Chain(overlay=overlay)
    reports = _reports(sources, kind, _columns(columns))
    results: Iterable[Any]
    if workers > 1:
        from verbale.chain.local import code_with_workers

        results = code_with_workers(reports, workers, chain.overlay)
    else:
        results = chain.code(reports)
    tally = Tally()
    with open_or_none(record_path, no_store) as record:
        printed(results, record, chain, tally, in_json_lines(as_json, as_brief), quiet)
    close(tally, record_path, no_store)
    if tally.too_many_failed(most_failures) or not tally.outcomes["coded"]:
        raise click.exceptions.Exit(1)


def _reports(sources: tuple[str, ...], kind: str | None, columns: dict[str, str]) -> Iterator[Any]:
    """Raises BadInput at once for a kind or a field that there is not."""
    from verbale.ingest.kinds import kind_named
    from verbale.ingest.read import read as read_source
    from verbale.ingest.tables import check_fields

    if kind is not None:
        kind_named(kind)
    check_fields(columns)
    return (one for source in sources for one in read_source(source, kind, columns))


def _columns(words: tuple[str, ...]) -> dict[str, str]:
    """`text=body,title=head` as a mapping."""
    found = {}
    for pair in (pair for one in words for pair in one.split(",") if pair.strip()):
        field, mark, column = pair.partition("=")
        if not mark or not column.strip():
            raise click.BadParameter(f"{pair!r}: write FIELD=COLUMN, as text=body", param_hint="--columns")
        found[field.strip()] = column.strip()
    return found
