"""`verbale happenings`: one thing in the world from many reports."""

from typing import Any

import click

from verbale.views.commands.options import console, json_option, open_record, print_json, record_option, wants_json


@click.command()
@click.option("--reports", "least_reports", type=click.IntRange(1), default=1, metavar="NUMBER",
              help="Only those that at least so many reports tell.")
@click.option("--limit", type=click.IntRange(1), metavar="NUMBER", default=50, show_default=True,
              help="At most so many.")
@record_option
@json_option
def happenings(least_reports: int, limit: int, record_path: str | None, as_json: bool) -> None:
    """Contacts and events that many reports tell of, each once: how many reports, how many of them copies of one
    text, how many independent sources, and on what they differ. Joined anew where the record has changed.
    """
    from verbale.record import find, merge

    with open_record(record_path) as record:
        if not merge.is_merged(record):
            merge.merge(record)
        found = merge.happenings(record, limit, 0, least_reports)
        told = {one.id: [find.finding(record, member) for member in one.members] for one in found}
    if wants_json(as_json):
        print_json(found)
        return
    out = console()
    for one in found:
        out.print(_text(one, told[one.id]))
    if not found:
        click.echo("nothing found: no report tells of a contact or an event", err=True)


def _text(one: Any, members: list[Any]) -> Any:
    from rich.text import Text

    from verbale.views.wording import listed, one_line

    first = max(members, key=lambda member: len(member.parties))
    who, whom = listed(first.names("who", "party")), listed(first.names("whom"))
    text = Text.assemble((f"{one.since or 'day not known'}  ", "dim"), (who + (f" → {whom}" if whom else ""), "bold"),
                         f"  {one.type}" + (f" ({one.status})" if one.status not in (None, "happened") else ""))
    text.append(f"\n    {one.n_reports} reports, {one.n_copies} of them copies, {one.n_independent} independent", "dim")
    for what, values in one.differ.items():
        text.append(f"\n    {what}: {' / '.join(values)}", "red" if what != "status" else "dim")
    for member in members:
        text.append(f"\n    “{one_line(member.words)[:160]}”", "italic green").append(f"  {member.id[:13]}", "dim")
    return text.append("\n")
