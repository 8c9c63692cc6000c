"""`verbale who`: who someone was on a day, and who held an office one after another."""

from datetime import date
from typing import TYPE_CHECKING

import click

from verbale.views.commands.options import DAY, json_option, print_json, wants_json

if TYPE_CHECKING:
    from verbale.world.world import World


@click.command()
@click.argument("name", nargs=-1)
@click.option("--on", "day", type=DAY, metavar="DAY", help="On this day; without it, every office the tables know.")
@click.option("--gaps", "of", metavar="STATE",
              help="Instead of a name: all holders of a state's offices, the gaps marked (a name, TUR, or st:tr).")
@click.option("--office", "offices", metavar="KIND", multiple=True,
              help="With --gaps: this office alone, such as foreign_minister; may be given several times.")
@click.option("--overlay", metavar="FOLDER", type=click.Path(exists=True, file_okay=False), help="Your own tables.")
@json_option
def who(name: tuple[str, ...], day: date | None, of: str | None, offices: tuple[str, ...], overlay: str | None,
        as_json: bool) -> None:
    """Who someone was on a day, and where that is known from: `verbale who lavrov --on 2020-12-29`.

    With --gaps: who held the offices of a state one after another, how well each term is known (confirmed, single,
    attested, unverified), and the days for which no source says: `verbale who --gaps Peru --office foreign_minister`.

    Exit code 1 where no table knows the name or the state.
    """
    from verbale import settings
    from verbale.world.world import load_world

    if bool(name) == bool(of) or (offices and not of) or (day and of):
        raise click.UsageError("give a NAME (with --on DAY, if you like), or --gaps STATE (with --office KIND)")
    world = load_world(settings.overlay_folder(overlay))
    if of is not None:
        _show_history(world, of, offices, as_json)
        return
    asked = " ".join(name)
    found = world.who(asked, day)
    if wants_json(as_json):
        print_json(found)
    else:
        from verbale.views.wording import party_words

        for answer in found:
            click.echo(party_words(answer.actor) + f"  {answer.actor.id}")
            for line in answer.lines:
                click.echo(f"    {line}")
    if not found:
        _unknown(asked)


def _show_history(world: "World", of: str, offices: tuple[str, ...], as_json: bool) -> None:
    from verbale.world.history import CHAIRS, GAP, history, state_named

    kinds = world.offices.kinds
    wrong = next((office for office in offices if office not in kinds), None)
    if wrong is not None:
        raise click.UsageError(f"there is no office {wrong!r}; there are {', '.join(sorted(kinds))}")
    state = state_named(world, of)
    if state is None:
        _unknown(of)
        return
    told = {office: history(world, state, office) for office in offices or CHAIRS}
    if wants_json(as_json):
        print_json([one for stretches in told.values() for one in stretches])
        return
    for office, stretches in told.items():
        gaps = sum(one.status == GAP for one in stretches)
        click.echo(f"{kinds[office].label} of {world.label(state)}: {len(stretches) - gaps} terms, {gaps} gaps")
        for one in stretches:
            click.echo(f"    {one.line}")


def _unknown(asked: str) -> None:
    click.echo(f"no table knows {asked!r}; names can be added in a folder given by --overlay", err=True)
    raise click.exceptions.Exit(1)
