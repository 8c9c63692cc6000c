"""What a page is before it is written, and what it is asked for."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from verbale.errors import BadInput
from verbale.record.store import Record
from verbale.views.web.memory import Memory

LIMIT = 50
CSV_LIMIT = 1000
Asked = Mapping[str, str]


class Missing(Exception):
    """Nothing is at this address."""


class Visit(msgspec.Struct, frozen=True):
    """Someone asks for a page: of which record, with what words in the address."""

    record: Record
    asked: Asked
    memory: Memory
    world: Callable[[], Any]
    """The world tables, read when first needed."""
    by: str = ""
    """The name that this browser's last verdict was given under."""
    form: str = "html"

    def word(self, name: str) -> str:
        """What the address gives under a name, without the space around it."""
        return self.asked.get(name, "").strip()

    @property
    def offset(self) -> int:
        return number(self.asked.get("offset"))

    @property
    def limit(self) -> int:
        """How many rows are given: a screen of them, or what the address asks for in the twins."""
        if self.form == "html":
            return LIMIT
        return max(1, min(number(self.asked.get("limit")) or (CSV_LIMIT if self.form == "csv" else LIMIT), CSV_LIMIT))


class Page(msgspec.Struct, frozen=True):
    """A page before it is written: a template with its values, the same as data, and as rows where it is a table."""

    template: str
    values: dict[str, Any]
    data: Any
    rows: list[dict[str, Any]] | None = None


def number(given: str | None) -> int:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 10 else 0


def day(given: str) -> date:
    """A day out of an address; the first of its month or year where only that is given."""
    parts = [*given.split("-"), "1", "1"][:3]
    try:
        return date(*map(int, parts))
    except ValueError:
        raise BadInput(f"{given!r} is no day; write 2020-12-29, 2020-12 or 2020") from None


def address(path: str, **asked: str) -> str:
    """An address with what is asked for, left out where empty."""
    kept = {name: value for name, value in asked.items() if value}
    return quote(path) + (f"?{urlencode(kept)}" if kept else "")


def elsewhere(path: str, asked: Asked) -> Callable[[int], str]:
    """A function to this page's address at another place of its list."""
    kept = {name: value for name, value in asked.items() if name != "offset"}
    return lambda offset: address(path, **kept, offset=str(max(0, offset)))


def twin(path: str, asked: Asked) -> Callable[[str], str]:
    """A function to this page's address in another form: `.json`, `.csv`."""
    return lambda ending: address(path + ending, **asked)
