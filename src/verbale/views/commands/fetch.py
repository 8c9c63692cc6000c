"""`verbale fetch`: pages by their addresses, read into the record."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from verbale.errors import BadInput
from verbale.views.commands.options import DAY
from verbale.views.commands.reading import Tally, close, in_json_lines, open_or_none, printed, reading_options


def polite_options(command: Callable) -> Callable:
    """How hosts are asked."""
    for option in reversed((
        click.option("--pause", type=click.FloatRange(0.5), metavar="SECONDS", default=2.0, show_default=True,
                     help="Between two questions to one host; longer where its robots.txt says so."),
        click.option("--deadline", type=click.FloatRange(1), metavar="SECONDS", default=60.0, show_default=True,
                     help="For one page, redirects and pauses in all."),
        click.option("--open-loopback", is_flag=True, hidden=True, help="For tests: 127.0.0.1 and its ports too."),
    )):
        command = option(command)
    return command


@click.command()
@click.argument("urls", nargs=-1, metavar="URL...")
@click.option("--list", "lists", multiple=True, metavar="FILE", type=click.Path(exists=True, dir_okay=False),
              help="A file with an address a line, or a site map.")
@click.option("--again", is_flag=True, help="Also addresses that this record has read before.")
@click.option("--most", type=click.IntRange(1), metavar="NUMBER", default=1000, show_default=True,
              help="Of site maps: at most so many pages in all.")
@click.option("--since", type=DAY, metavar="DAY", help="Of site maps: only pages that changed on this day or later.")
@polite_options
@reading_options
def fetch(urls: tuple[str, ...], lists: tuple[str, ...], again: bool, most: int, since: Any, pause: float,
          deadline: float, open_loopback: bool, record_path: str | None, no_store: bool, as_json: bool, as_brief: bool,
          quiet: bool, most_failures: str, overlay: str | None) -> None:
    """Fetch pages, feeds, documents and site maps by their addresses and read them into the record in the same run.

    Hosts are asked politely: one question at a time, a pause between two, robots.txt obeyed, Retry-After too. Only http
    and https at hosts of the open internet are asked, on ports 80 and 443; every redirect is checked anew. An answer
    that is too large, unpacks to too much or takes too long is a failed input. Each page is kept before the next is
    asked for: stopped and called again, it goes on where it was.

    Exit code: 0 all well; 1 more inputs failed than --most-failures allows; 2 nothing could be done.
    """
    from verbale.chain.chain import Chain
    from verbale.ingest.addresses import Address, addresses_in
    from verbale.ingest.fetch import Fetcher
    from verbale.ingest.visit import visited

    addresses = [Address(url) for url in urls]
    for path in lists:
        addresses += addresses_in(Path(path).read_bytes(), path)
    if not addresses:
        raise BadInput("no address is given; name some, or a file of them with --list")
    chain, tally = Chain(overlay=overlay, reports_at_once=1), Tally()
    with (open_or_none(record_path, no_store) as record,
          Fetcher(pause, deadline, opens_loopback=open_loopback) as fetcher):
        known = _known(record) if record is not None and not again else set()
        reports = visited(addresses, fetcher, known.__contains__, most, since)
        printed(chain.code(reports), record, chain, tally, in_json_lines(as_json, as_brief), quiet,
                one_by_one=True)
    close(tally, record_path, no_store)
    if tally.too_many_failed(most_failures):
        raise click.exceptions.Exit(1)


def _known(record: Any) -> set[str]:
    """The addresses that the record has read, as `same_address` gives them; those that failed are asked for again."""
    from verbale.ingest.addresses import same_address

    rows = record.rows("SELECT place AS url FROM run_input WHERE outcome <> 'failed' AND place LIKE 'http%' "
                       "UNION SELECT url FROM report WHERE url IS NOT NULL")
    return {same_address(row["url"]) for row in rows}
