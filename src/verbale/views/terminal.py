"""How papers and answers look on a terminal."""

from typing import Any

from verbale.views.paper import Paper


def show(paper: Paper, console: Any) -> None:
    """A paper with its head, sections, and the words under each line."""
    from rich.padding import Padding
    from rich.text import Text

    console.print()
    console.rule(Text(paper.title, style="bold"), align="left", style="dim")
    for label, text in paper.head:
        console.print(Padding(Text.assemble((f"{label}: ", "dim"), text), (0, 0, 0, 2)))
    for section in paper.filled():
        console.print()
        console.print(Text(section.title.upper(), style="bold cyan"))
        for line in section.lines:
            console.print(Padding(Text.assemble(line.text, ("  " + line.id if line.id else "", "dim")), (0, 0, 0, 2)))
            if line.words:
                console.print(Padding(Text(f"“{line.words}”", style="italic green"), (0, 0, 0, 6)))
            if line.note:
                console.print(Padding(Text(line.note, style="dim"), (0, 0, 0, 6)))
    console.print()
