"""Prints the reference pages: commands from the command line itself, tables from the data files.

    python docs/print_reference.py           writes docs/reference/
    python docs/print_reference.py --check   exits 1 where a page is not what would be printed, or has nothing behind it
"""

import csv
import io
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click

from verbale.tables.load import data_folder
from verbale.views.cli import verbale

HERE = Path(__file__).parent
REFERENCE = HERE / "reference"
WIDTH = 100
NOT_SAID = "(docs/tables.toml says nothing of this file: add a line under [file])"


def pages() -> dict[str, str]:
    """Every page by its path below docs/reference."""
    found = {f"commands/{'-'.join(words)}.md": command_page(words, context) for words, context in commands()}
    found |= {f"tables/{folder}.md": page for folder, page in table_pages()}
    found["README.md"] = index(found)
    return found


def commands(command: click.Command = verbale, words: tuple[str, ...] = ("verbale",),
             above: click.Context | None = None) -> Iterator[tuple[tuple[str, ...], click.Context]]:
    """A command and all below it, with the words that call it, each as called."""
    context = click.Context(command, info_name=words[-1], parent=above, max_content_width=WIDTH, terminal_width=WIDTH)
    yield words, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None, f"{name} is listed and cannot be loaded"
            yield from commands(below, (*words, name), context)


def command_page(words: tuple[str, ...], context: click.Context) -> str:
    help_text = context.command.get_help(context)
    return f"# {' '.join(words)}\n\n```text\n{help_text}\n```\n"


def table_pages() -> Iterator[tuple[str, str]]:
    """A page for each folder of data: what each file holds, and its columns."""
    about = tomllib.loads((HERE / "tables.toml").read_text(encoding="utf-8"))
    root = Path(str(data_folder()))
    for folder in sorted(one for one in root.iterdir() if one.is_dir()):
        files = sorted(one for one in folder.rglob("*") if one.suffix in (".csv", ".toml"))
        parts = [f"# data/{folder.name}\n", about.get(folder.name, "")]
        for file in files:
            name = str(file.relative_to(root))
            said = about["file"].get(name.replace("\\", "/"), NOT_SAID)
            parts.append(f"\n## {file.relative_to(folder)}\n\n{said}\n")
            parts.append(columns_of(file) if file.suffix == ".csv" else keys_of(file))
        yield folder.name, "\n".join(part.strip("\n") + "\n" for part in parts if part.strip())


def columns_of(file: Path) -> str:
    """Columns of a CSV file. No rows: a new word or office must not ask for a new page."""
    header = next(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    return "Columns: " + ", ".join(f"`{column}`" for column in header) + ".\n"


def keys_of(file: Path) -> str:
    keys = tomllib.loads(file.read_text(encoding="utf-8"))
    return "Holds: " + ", ".join(f"`{key}`" for key in keys) + ".\n"


def index(found: dict[str, str]) -> str:
    lines = ["# Reference", "", "Printed from the program by `make docs`; a test fails where a page is missing.", ""]
    for kind in ("commands", "tables"):
        lines += [f"## {kind.capitalize()}", ""]
        for path in (one for one in found if one.startswith(kind)):
            lines.append(f"- [{found[path].splitlines()[0].lstrip('# ')}]({path})")
        lines.append("")
    return "\n".join(lines)


def faults() -> list[str]:
    """Pages that are missing, old, or about nothing that is."""
    wanted = pages()
    there = {str(path.relative_to(REFERENCE)).replace("\\", "/"): path for path in REFERENCE.rglob("*.md")}
    said = [f"docs/reference/{name}: no page; run `make docs`" for name in wanted if name not in there]
    said += [f"docs/reference/{name}: not what the program says today; run `make docs`" for name in wanted
             if name in there and there[name].read_text(encoding="utf-8") != wanted[name]]
    said += [f"docs/reference/{name}: {NOT_SAID}" for name, page in wanted.items() if NOT_SAID in page]
    return said + [f"docs/reference/{name}: nothing it is about; remove it" for name in there if name not in wanted]


def main() -> None:
    if "--check" in sys.argv:
        found = faults()
        print("\n".join(found) or "all reference pages are there and right")
        sys.exit(1 if found else 0)
    for name, page in pages().items():
        path = REFERENCE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    print(f"{len(pages())} pages in docs/reference")


if __name__ == "__main__":
    main()
