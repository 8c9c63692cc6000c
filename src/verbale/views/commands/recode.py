"""`verbale recode`: the stored texts coded again."""

import click

from verbale.views.commands.options import json_option, open_record, print_json, record_option, wants_json


@click.command()
@record_option
@json_option
@click.option("--overlay", metavar="FOLDER", type=click.Path(exists=True, file_okay=False), help="Your own tables.")
def recode(record_path: str | None, as_json: bool, overlay: str | None) -> None:
    """Code the record's texts again with the program, rules and model of today, and print what changed, report by
    report. Verdicts of people stay; findings that were judged and are now gone or told otherwise are named.
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
                click.echo(f"{one.report}  {one.title or '(no title)'}: {len(one.added)} new, {len(one.dropped)} gone, "
                           f"{len(one.altered)} told otherwise")
                for judged in one.judged:
                    click.echo(f"    judged before: {judged}")
    click.echo(f"{changed} reports changed", err=True)
