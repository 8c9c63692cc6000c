"""`verbale judge`: a person's verdict on a finding."""

import click

from verbale.errors import BadInput
from verbale.views.commands.options import open_record, print_json, record_option


@click.command()
@click.argument("finding", metavar="ID")
@click.argument("verdict", type=click.Choice(["accept", "reject", "correct", "undo"]))
@click.option("--by", required=True, envvar="VERBALE_JUDGE", metavar="NAME", help="Who judges (or $VERBALE_JUDGE).")
@click.option("--reason", default="", metavar="TEXT", help="Why.")
@click.option("--set", "corrections", multiple=True, metavar="FIELD=VALUE", help="With `correct`: what it should be.")
@record_option
def judge(finding: str, verdict: str, by: str, reason: str, corrections: tuple[str, ...],
          record_path: str | None) -> None:
    """Write down a verdict on a finding. Verdicts are added and never changed; `undo` takes the last one back."""
    from verbale.record.explain import explain
    from verbale.record.judge import judge as judged

    pairs = [one.partition("=") for one in corrections]
    if any(not sign for _, sign, _ in pairs):
        raise BadInput("--set wants FIELD=VALUE, such as --set mode=visit")
    with open_record(record_path) as record:
        whole = explain(record, finding).found.id
        print_json([judged(record, whole, verdict, by, reason, {field: value for field, _, value in pairs} or None)])
