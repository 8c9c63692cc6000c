"""`verbale who`: who someone was on a day."""

from datetime import date

import click

from verbale.views.commands.options import DAY, json_option, print_json, wants_json


@click.command()
@click.argument("name", nargs=-1, required=True)
@click.option("--on", "day", type=DAY, metavar="DAY", help="On this day; without it, every office the tables know.")
@click.option("--overlay", metavar="FOLDER", type=click.Path(exists=True, file_okay=False), help="Your own tables.")
@json_option
def who(name: tuple[str, ...], day: date | None, overlay: str | None, as_json: bool) -> None:
    """Who someone was on a day, and where that is known from: `verbale who lavrov --on 2020-12-29`.

    Exit code 1 where no table knows the name.
    """
    from verbale import settings
    from verbale.world.world import load_world

    asked = " ".join(name)
    found = load_world(settings.overlay_folder(overlay)).who(asked, day)
    if wants_json(as_json):
        print_json(found)
    else:
        from verbale.views.wording import party_words

        for answer in found:
            click.echo(party_words(answer.actor) + f"  {answer.actor.id}")
            for line in answer.lines:
                click.echo(f"    {line}")
    if not found:
        click.echo(f"no table knows {asked!r}; names can be added in a folder given by --overlay", err=True)
        raise click.exceptions.Exit(1)
