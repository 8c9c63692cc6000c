"""`verbale explain`: why a finding stands in the record."""

from typing import Any

import click

from verbale.views.commands.options import console, json_option, open_record, print_json, record_option, wants_json


@click.command()
@click.argument("finding", metavar="ID")
@record_option
@json_option
def explain(finding: str, record_path: str | None, as_json: bool) -> None:
    """Show the words a finding rests on in their place, the rule and its reason, who was taken for whom and how surely,
    what speaks against it, and what people judged. The first letters of an id will do.
    """
    from verbale.record.explain import explain as explained

    with open_record(record_path) as record:
        found = explained(record, finding)
    if wants_json(as_json):
        print_json([found])
    else:
        _show(found)


def _show(said: Any) -> None:
    from rich.padding import Padding
    from rich.text import Text

    found, out = said.found, console()
    what = ", ".join(filter(None, [found.type, found.mode, found.status, f"CAMEO {found.code}" if found.code else ""]))
    out.print(Text.assemble((f"{found.kind}: {what}", "bold"), (f"  {found.id}", "dim")))
    out.print(Text.assemble(("in    ", "dim"), found.title or "(no title)", f", {found.published or 'day not known'}",
                            (f"  {found.report}  letters {found.start} to {found.stop}", "dim")))
    out.print()
    sentence = Text.assemble((said.before, "dim"), (said.words, "bold yellow"), (said.after, "dim"))
    out.print(Padding(sentence, (0, 0, 0, 2)))
    out.print()
    out.print(Text.assemble(("rule  ", "dim"), said.rule, f"  (confidence {said.confidence:.2f})"))
    out.print(Text.assemble(("why   ", "dim"), said.reason))
    for party in said.parties:
        who = party.actor.name if party.actor else "nobody the tables know"
        office = f", {party.actor.office}" if party.actor and party.actor.office else ""
        out.print(Text.assemble((f"{party.role:<6}", "dim"), f"“{party.words}” is {who}{office}",
                                (f"  ({', '.join(filter(None, [party.how, party.certainty + ' certainty']))})", "dim")))
    if said.asserted_by:
        out.print(Text.assemble(("told by ", "dim"), "; ".join(said.asserted_by.names("speaker")) or "nobody named",
                                (f"  {said.asserted_by.id}", "dim")))
    for doubt in said.against:
        out.print(Text.assemble(("but   ", "bold red"), doubt))
    for one in said.judgements:
        out.print(Text.assemble(("judged ", "bold"), f"{one.verdict} by {one.by}, {one.at}: {one.reason}"))
    if said.versions:
        out.print(Text("made with " + ", ".join(f"{name} {value}" for name, value in said.versions.items()), "dim"))
