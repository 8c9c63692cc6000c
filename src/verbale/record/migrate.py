"""Brings a file to the schema of this version: a new one is laid out, an older one changed step by step, once."""

import sqlite3
from importlib import resources

from verbale.errors import BrokenRecord

VERSION = 2
APPLICATION = 0x5E_7BA_1E  # marks the file as a record of ours


def bring_up_to_date(connection: sqlite3.Connection, place: str) -> None:
    """Lay out or migrate the schema. Raises BrokenRecord for a file that is another's, or made by a newer version."""
    version = _number(connection, "user_version")
    if version == VERSION and _number(connection, "application_id") == APPLICATION:
        return
    if version > VERSION:
        raise BrokenRecord(f"{place}: made by a newer version (schema {version}, here {VERSION}); update verbale")
    if version == 0:
        _lay_out(connection, place)
        return
    if _number(connection, "application_id") != APPLICATION:
        raise BrokenRecord(f"{place}: a database of some other program; name another file with --record")
    for step in range(version + 1, VERSION + 1):
        _run(connection, _read(f"migrations/{step}.sql"), step)


def schema() -> str:
    return _read("schema.sql")


def _read(name: str) -> str:
    """A script of ours: the schema, or what leads to a version from the one before it."""
    return (resources.files("verbale.record") / name).read_text(encoding="utf-8")


def _lay_out(connection: sqlite3.Connection, place: str) -> None:
    if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        if _number(connection, "user_version") == VERSION:
            return  # another process laid it out just now
        raise BrokenRecord(f"{place}: a database of some other program; name another file with --record")
    _run(connection, schema(), VERSION)


def _run(connection: sqlite3.Connection, script: str, version: int) -> None:
    """A script and its version number in one transaction: done whole or not at all, by one process of many."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _number(connection, "user_version") < version:
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


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
