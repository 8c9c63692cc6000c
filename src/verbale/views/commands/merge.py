"""`verbale merge`: a lake, or what of it is asked for, into a record."""

from datetime import date

import click

from verbale.views.commands.options import DAY, open_record, record_option


@click.command()
@click.argument("lake_path", metavar="LAKE", type=click.Path(exists=True, file_okay=False))
@record_option
@click.option("--dyad", metavar="ONE OTHER", nargs=2, help="Only reports that tell of these two countries: RUS TUR.")
@click.option("--since", type=DAY, metavar="DAY", help="Only reports that tell of this day or later ones.")
@click.option("--until", type=DAY, metavar="DAY", help="Only reports that tell of days before this one.")
def merge(lake_path: str, record_path: str | None, dyad: tuple[str, str] | None, since: date | None,
          until: date | None) -> None:
    """Bring a lake into a record, and link what many reports tell of one thing. Done twice it changes nothing; after
    `verbale code` has added to the lake, it brings what is new.
    """
    from verbale.lake.lake import Lake
    from verbale.lake.merge import Wanted, bring

    added = unchanged = shards = 0
    with Lake(lake_path) as lake, open_record(record_path, make=True) as record:
        for one in bring(lake, record, Wanted(dyad or None, since, until)):
            added, unchanged, shards = added + one.added, unchanged + one.unchanged, shards + 1
        linked = record.rows("SELECT count(*) FROM happening")[0][0]
        click.echo(f"{added} reports added, {unchanged} were there, from {shards} shards; {linked} happenings; record: "
                   f"{record.path}", err=True)
