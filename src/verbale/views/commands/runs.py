"""`verbale runs`: what was read, and what came of it."""

import click

from verbale.views.commands.options import console, json_option, open_record, print_json, record_option, wants_json


@click.command()
@record_option
@json_option
@click.option("--problems", is_flag=True, help="Name every input that was skipped or failed, with its reason.")
def runs(record_path: str | None, as_json: bool, problems: bool) -> None:
    """The runs that made the record, newest first: inputs = coded + skipped + failed."""
    with open_record(record_path) as record:
        found = record.runs()
    if wants_json(as_json):
        print_json(found)
        return
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for title in ("started", "finished", "inputs", "coded", "skipped", "failed", "program", "id"):
        table.add_column(title, justify="right" if title in ("inputs", "coded", "skipped", "failed") else "left")
    for run in found:
        table.add_row(run.started, run.finished or "never (killed, or still going)", str(run.inputs), str(run.coded),
                      str(run.skipped), str(run.failed), run.versions.get("program", ""), run.id)
        for problem in run.problems if problems else ():
            table.add_row("", problem)
    console().print(table)
