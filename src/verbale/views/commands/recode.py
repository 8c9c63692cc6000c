"""`verbale recode`: the stored texts coded again."""

from typing import Any

import click

from verbale.views.commands.options import json_option, open_record, print_json, record_option, wants_json


@click.command()
@record_option
@json_option
@click.option("--overlay", metavar="FOLDER", type=click.Path(exists=True, file_okay=False), help="Your own tables.")
def recode(record_path: str | None, as_json: bool, overlay: str | None) -> None:
    """Code the record's texts again with the program, rules and model of today, and print what changed, report by
    report and finding by finding. What people judged stands; where the coder now finds otherwise, that is said.
    """
    from verbale.chain.chain import Chain
    from verbale.chain.recode import recode as recoded
    from verbale.model.report import Problem

    changed = 0
    with open_record(record_path) as record:
        for one in recoded(record, Chain(overlay=overlay)):
            changed += not isinstance(one, Problem)
            if wants_json(as_json):
                print_json([one])
            elif isinstance(one, Problem):
                click.echo(f"{one.outcome}: {one.place}: {one.reason}", err=True)
            else:
                _show(one)
    click.echo(f"{changed} reports changed", err=True)


def _show(change: Any) -> None:
    """A report's changes, a line a finding: + new, - gone, ~ told otherwise with what it was and is."""
    from verbale.views.wording import one_line

    click.echo(
        f"{change.report}  {change.title or '(no title)'}: {len(change.added)} new, {len(change.dropped)} gone, "
        f"{len(change.altered)} told otherwise"
    )
    judged = set(change.judged)
    for mark, told in [("+", one) for one in change.new] + [("-", one) for one in change.gone]:
        click.echo(
            f"  {mark} {told.id}  {told.kind} {told.type}: “{one_line(told.words)[:100]}”" + _stands(told.id, judged)
        )
    for one in change.otherwise:
        click.echo(f"  ~ {one.id}" + _stands(one.id, judged))
        for field, (was, now) in one.fields.items():
            click.echo(f"      {field}: {_short(was)} -> {_short(now)}")


def _stands(finding: str, judged: set[str]) -> str:
    return "  (judged: the verdict stands)" if finding in judged else ""


def _short(value: Any) -> str:
    """A value on one line; of people and places only what tells them."""
    if isinstance(value, dict):
        value = (
            value.get("actor") or value.get("words") or ", ".join(f"{key} {_short(one)}" for key, one in value.items())
        )
    if isinstance(value, list):
        value = "; ".join(map(_short, value)) or "none"
    return "none" if value is None else str(value)[:120]
