"""`verbale watch`: feeds asked for what is new, again and again, read into the record."""

import time
from collections.abc import Iterator
from itertools import chain as joined
from pathlib import Path
from typing import Any

import click

from verbale import settings
from verbale.views.commands.fetch import polite_options
from verbale.views.commands.reading import Tally, close, in_json_lines, open_or_none, printed, reading_options


@click.command()
@click.argument("feeds", metavar="FEEDS.TOML", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--once", is_flag=True, help="Ask every feed now, once, and end; for a clock that calls this command.")
@click.option("--memory", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="What was read of each feed (default: beside the record, its name with .feeds).")
@polite_options
@reading_options
def watch(feeds: Path, once: bool, memory: Path | None, pause: float, deadline: float, open_loopback: bool,
          record_path: str | None, no_store: bool, as_json: bool, as_brief: bool, quiet: bool, most_failures: str,
          overlay: str | None) -> None:
    """Watch RSS and Atom feeds and read every new article into the record, until stopped by hand.

    FEEDS.TOML names them:

    \b
        [[feed]]
        url = "https://example.org/world.rss"
        name = "Example Gazette"   # the source to keep; else the feed's own title
        whole = true               # fetch each article's page; false reads the feed's own text
        minutes = 30               # so often it is asked, at least 5

    A feed that has not changed is not sent again (ETag, Last-Modified); one that fails is asked half as often each
    time. No article is read twice, also of two feeds; each is kept before the next is asked for, so that a kill loses
    none. Hosts are asked as `verbale fetch` asks them. Each visit that brings something is a run of its own.

    Exit code: 0 all well; 1 more inputs failed than --most-failures allows; 2 nothing could be done.
    """
    from verbale.chain.chain import Chain
    from verbale.ingest.fetch import Fetcher
    from verbale.ingest.watch import Memory, feeds_in

    listed = feeds_in(feeds)
    chain, tally, in_json = Chain(overlay=overlay, reports_at_once=1), Tally(), in_json_lines(as_json, as_brief)
    place = memory or settings.record_path(record_path).with_suffix(".feeds")
    with (open_or_none(record_path, no_store) as record, Memory(place) as remembered,
          Fetcher(pause, deadline, opens_loopback=open_loopback) as fetcher):
        try:
            for reports in _visits(listed, remembered, fetcher, once):
                results = chain.code(reports)
                first = next(results, None)
                if first is not None:  # a visit without news is no run
                    printed(joined([first], results), record, chain, tally, in_json, quiet, one_by_one=True)
        finally:
            close(tally, record_path, no_store)
    if tally.too_many_failed(most_failures):
        raise click.exceptions.Exit(1)


def _visits(feeds: list[Any], memory: Any, fetcher: Any, once: bool) -> Iterator[Iterator[Any]]:
    """What is new, a visit at a time: of all feeds now, or without end of those whose time has come."""
    from verbale.ingest.watch import due, news

    if once:
        yield news(feeds, memory, fetcher)
        return
    while True:
        yield news(due(feeds, memory, time.time()), memory, fetcher)
        next_time = min(memory.state(feed).due(feed) for feed in feeds)
        time.sleep(min(max(next_time - time.time(), 1.0), 3600.0))
