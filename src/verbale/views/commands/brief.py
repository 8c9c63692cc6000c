"""`verbale brief`: what the record holds of two countries."""

from datetime import date

import click

from verbale.views.commands.options import DAY, open_record, record_option, show

QUICKLY_JOINED = 200_000
"""Events and contacts that are joined in some seconds; a brief on a larger record does not wait for it."""


@click.command()
@click.argument("one", metavar="ONE")
@click.argument("other", metavar="OTHER")
@click.option("--since", type=DAY, metavar="DAY", help="From this day on.")
@click.option("--until", type=DAY, metavar="DAY", help="Up to, not with, this day.")
@click.option("--to", "form", type=click.Choice(["text", "md", "html"]), help="Text, Markdown, or one HTML page.")
@record_option
def brief(one: str, other: str, since: date | None, until: date | None, form: str | None,
          record_path: str | None) -> None:
    """A brief on two countries, by code or name: contacts, what each side said of the other, agenda, cooperation and
    conflict over time, open claims; each line with its source words. `verbale brief RUS TUR --since 2020-06 --to html`
    """
    from verbale.record import find, merge
    from verbale.views import paper
    from verbale.views.brief_dyad import brief as briefed

    with open_record(record_path) as record:
        if not merge.is_merged(record):
            if sum(find.count(record, find.Filter(kind=kind)) for kind in ("event", "contact")) <= QUICKLY_JOINED:
                merge.merge(record)
            else:
                click.echo("the record has grown since its happenings were joined; `verbale happenings` joins them "
                           "anew, so that what several reports tell is told once", err=True)
        made = briefed(record, one, other, since, until)
    if form is None:
        show(made)
        return
    written = {"md": paper.as_markdown, "html": paper.as_html, "text": paper.as_text}[form]
    click.echo(written(made), nl=False)
