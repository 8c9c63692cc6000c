"""`verbale copies`: reports that are copies of one text."""

from typing import Any

import click

from verbale.views.commands.options import console, json_option, open_record, print_json, record_option, wants_json


@click.command()
@click.option("--limit", type=click.IntRange(1), metavar="NUMBER", default=50, show_default=True,
              help="At most so many groups.")
@record_option
@json_option
def copies(limit: int, record_path: str | None, as_json: bool) -> None:
    """Groups of reports that are copies of one text (wire copy, mirrors, cut versions), with sentences that stand in
    both. A group counts as one source where it is said how many sources tell a thing.
    """
    from verbale.chain.copies import note_copies, shared_sentences
    from verbale.record import copies as kept

    with open_record(record_path) as record:
        note_copies(record)
        found = [_group(record, group, kept, shared_sentences) for group in kept.groups(record)[:limit]]
    if wants_json(as_json):
        print_json(found)
        return
    out = console()
    for group in found:
        out.print(_text(group))
    if not found:
        click.echo("nothing found: no two reports of this record are copies of one text", err=True)


def _group(record: Any, group: tuple[str, ...], kept: Any, shared_sentences: Any) -> dict[str, Any]:
    rows = {row["id"]: row for row in record.rows(
        "SELECT id, title, url, source, published, json_extract(body, '$.origin') AS origin FROM report "
        f"WHERE id IN ({', '.join('?' * len(group))})", group)}
    pairs = [pair for one in group for pair in kept.copies_of(record, one) if pair.one == one]
    likest = max(pairs, key=lambda pair: (pair.likeness, pair.one, pair.other))
    return {"reports": [dict(rows[one]) for one in group], "pairs": pairs,
            "shared": list(shared_sentences(record, likest.one, likest.other))}


def _text(group: dict[str, Any]) -> Any:
    from rich.text import Text

    text = Text(f"{len(group['reports'])} reports of one text\n", "bold")
    for one in group["reports"]:
        where = one["origin"] or one["source"] or one["url"] or ""
        text.append(f"    {one['published'] or 'day not known'}  {one['title'] or '(no title)'}")
        text.append(f"  {where}  {one['id'][:13]}\n", "dim")
    for sentence in group["shared"][:3]:
        text.append(f"    “{sentence[:160]}”\n", "italic green")
    return text
