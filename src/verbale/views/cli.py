"""The command line. Each command lives in its own module and loads what it needs when it is called."""

import importlib
import os
import sys

import click

COMMANDS = {
    "read": "read", "fetch": "fetch", "watch": "watch", "find": "find", "explain": "explain", "verify": "record",
    "check": "check", "runs": "runs", "judge": "judge",
    "backup": "record", "cite": "record", "forget": "record", "recode": "recode",
    "happenings": "happenings", "copies": "copies", "who": "who", "brief": "brief", "export": "export",
    "tables": "tables", "serve": "serve", "compare": "compare", "gold": "gold", "code": "code", "merge": "merge",
}
"""Name of a command and the module of `verbale.views.commands` that holds it."""

GOOD, SOME_FAILED, REFUSED, STOPPED = 0, 1, 2, 130
"""Exit codes: all went well; some inputs failed, or a check did; nothing was done; stopped by hand."""


class Commands(click.Group):
    """Commands that are imported only when they are asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        return getattr(importlib.import_module(f"verbale.views.commands.{COMMANDS[name]}"), name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="verbale", message="%(prog)s %(version)s")
def verbale() -> None:
    """Reads news on international affairs and keeps the diplomatic record: who met whom, who said what, who did what
    to whom, about what, and on which day; every entry tied to the exact words it rests on.

    On a terminal commands print for people, in a pipe they print JSON lines.
    """


def main() -> None:
    """Run a command; an error is one line on standard error, and the exit code says so."""
    import gc
    import sqlite3

    from verbale.errors import VerbaleError
    from verbale.settings import OBJECTS_BEFORE_COLLECTING

    gc.set_threshold(*OBJECTS_BEFORE_COLLECTING)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = verbale(standalone_mode=False) or GOOD  # what a command left with, where it left by Exit
    except click.ClickException as error:
        error.show()
        code = REFUSED
    except (VerbaleError, sqlite3.Error, OSError) as error:
        code = _said(error)
    except (KeyboardInterrupt, click.Abort):
        click.echo("stopped; what was read until now is kept", err=True)
        code = STOPPED
    gc.freeze()  # the tables need no last look for garbage: it takes a quarter of a second of every command that reads
    sys.exit(code)


def _said(error: Exception) -> int:
    if isinstance(error, BrokenPipeError):  # the reader of our output left: no error of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    kind = "" if type(error).__module__ == "verbale.errors" else f"{type(error).__name__}: "
    click.echo(f"verbale: {kind}{' '.join(str(error).split())}", err=True)
    return REFUSED


if __name__ == "__main__":
    main()
