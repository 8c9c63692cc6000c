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
    text, how many independent sources, how it went from planned to held, on what they differ, and why each was joined.
    Joined anew where the record has changed. What is joined wrongly is put right with `verbale judge ID split` and
    `verbale judge ID merge OTHER`.
    """
    from verbale.record import find, merge

    with open_record(record_path) as record:
        if not merge.is_merged(record):
            merge.merge(record)
        found = merge.happenings(record, limit, 0, least_reports)
        told = {one.id: [find.finding(record, link.finding) for link in one.links] for one in found}
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
    seen = " to ".join(dict.fromkeys(filter(None, [one.first_seen, one.last_seen])))
    text.append(f"\n    {one.n_reports} reports, {one.n_copies} of them copies, {one.n_independent} independent"
                + (f", seen {seen}" if seen else ""), "dim")
    if len(one.history) > 1:
        told = ", then ".join(f"{status} ({day or 'day not known'})" for day, status in one.history)
        text.append(f"\n    {told}", "dim")
    for what, values in one.differ.items():
        if what != "status":
            text.append(f"\n    {'denied in' if what == 'denied' else what}: {' / '.join(values)}", "red")
    reasons = {link.finding: link for link in one.links}
    for member in members:
        link = reasons[member.id]
        why = f"{link.reason}, {link.score:g}" if link.score else link.reason
        text.append(f"\n    “{one_line(member.words)[:160]}”", "italic green")
        text.append(f"  {member.id[:13]}  {'denies it' if link.part == 'denies' else why}", "dim")
    return text.append("\n")
