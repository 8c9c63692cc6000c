"""Brings a file to the schema of this version: a new one is laid out, an older one changed step by step, once."""

import sqlite3
from collections.abc import Callable
from importlib import resources

from verbale.errors import BrokenRecord

After = Callable[[sqlite3.Connection, int], None]
VERSION = 2
APPLICATION = 0x5E_7BA_1E  # marks the file as a record of ours


def bring_up_to_date(
    connection: sqlite3.Connection, place: str, after: After = lambda connection, version: None
) -> None:
    """Lay out or migrate the schema, all steps in one transaction. `after` is what else an older record needs: it gets
    the version the record had, in the same transaction. Raises BrokenRecord for a file that is another's, or made by a
    newer version.
    """
    version = _number(connection, "user_version")
    if version == VERSION and _number(connection, "application_id") == APPLICATION:
        return
    if version > VERSION:
        raise BrokenRecord(f"{place}: made by a newer version (schema {version}, here {VERSION}); update verbale")
    if version and _number(connection, "application_id") != APPLICATION:
        raise BrokenRecord(f"{place}: a database of some other program; name another file with --record")
    connection.execute("BEGIN IMMEDIATE")
    try:
        _bring(connection, place, after)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _bring(connection: sqlite3.Connection, place: str, after: After) -> None:
    version = _number(connection, "user_version")
    if version == VERSION:
        return  # another process did it just now
    if version == 0:
        if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            raise BrokenRecord(f"{place}: a database of some other program; name another file with --record")
        scripts = [_read("schema.sql")]
    else:
        scripts = [_read(f"migrations/{step}.sql") for step in range(version + 1, VERSION + 1)]
    for script in scripts:
        for statement in _statements(script):
            connection.execute(statement)
    if version:
        after(connection, version)
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")


def _read(name: str) -> str:
    """A script of ours: the schema, or what leads to a version from the one before it."""
    return (resources.files("verbale.record") / name).read_text(encoding="utf-8")


def _statements(script: str) -> list[str]:
    """A script cut at the semicolons that end a statement; `executescript` would commit halfway."""
    found, open_text = [], ""
    for line in script.splitlines(keepends=True):
        open_text += line
        if sqlite3.complete_statement(open_text):
            found.append(open_text)
            open_text = ""
    return found


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return connection.execute(f"PRAGMA {pragma}").fetchone()[0]
