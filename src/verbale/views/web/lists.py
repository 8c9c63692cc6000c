"""The pages of statements, events and contacts: every finding of a kind, filtered by what is asked, with facets."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import msgspec

from verbale.record import find
from verbale.record.find import Filter
from verbale.views.web.memory import TooLong, within
from verbale.views.web.page import Page, Visit, address, day, elsewhere, twin
from verbale.views.web.saying import plain, row

COUNT_SECONDS = 0.04
"""How long a list's own number, and then all numbers beside its facets, may take to count."""
MOST_VALUES = 12


class Field(msgspec.Struct, frozen=True):
    """A field of the filter: its name in the address, its label, and an example of what to write."""

    name: str
    label: str
    example: str = ""


class Facet(msgspec.Struct, frozen=True):
    """Values that narrow a list down, with how many each leaves; None where counting would take too long."""

    label: str
    values: tuple[tuple[str, int | None, str], ...]


class Listed(msgspec.Struct, frozen=True):
    """A list of one kind of finding."""

    kind: str
    path: str
    heading: str
    about: str
    fields: tuple[Field, ...]
    empty: str


DAYS = (Field("since", "From day", "2020-12-29"), Field("until", "Before day", "2021"))
WORDS = Field("text", "Words", "visa ban")
LISTS = {
    "statement": Listed(
        "statement",
        "/statements",
        "Statements",
        "Who is said to have said what. A statement is its speaker's claim; it never becomes a fact here.",
        (
            Field("speaker", "Speaker", "lavrov, or TUR"),
            Field("about", "About", "TUR, or sanctions"),
            Field("topic", "Topic", "energy"),
            Field("type", "Act", "deny"),
            WORDS,
            *DAYS,
        ),
        "No statement meets this. Try fewer words, a part of a name, or a three-letter state such as TUR.",
    ),
    "event": Listed(
        "event",
        "/events",
        "Events",
        "Who did what to whom, in which status. What only one side tells is marked so on its own page.",
        (
            Field("actor", "Who", "UKR, or a name"),
            Field("type", "Type", "SANCTION"),
            Field("status", "Status", "planned"),
            Field("place", "Where", "Geneva"),
            Field("topic", "Topic", "arms"),
            WORDS,
            *DAYS,
        ),
        "No event meets this. Types are PLOVER's: CONSULT, AGREE, SANCTION … (see the codebook).",
    ),
    "contact": Listed(
        "contact",
        "/contacts",
        "Contacts",
        "Who met or spoke, and who plans to.",
        (
            Field("actor", "Who", "UKR, or a name"),
            Field("type", "Channel", "phone"),
            Field("status", "Status", "planned"),
            Field("place", "Where", "Geneva"),
            Field("topic", "Topic", "trade"),
            *DAYS,
        ),
        "No contact meets this. Channels are: in person, phone, video, letter. Statuses: happened, planned …",
    ),
}


def listing(kind: str) -> Callable[[Visit], Page]:
    """The page of all findings of a kind."""
    shown = LISTS[kind]

    def page(visit: Visit) -> Page:
        given = {field.name: value for field in shown.fields if (value := visit.word(field.name))}
        if pair := _pair(visit.word("dyad")):
            given["dyad"] = "-".join(pair)
        wanted = msgspec.structs.replace(_filter(kind, given), limit=visit.limit, offset=visit.offset)
        found = find.findings(visit.record, wanted)
        total, facets = visit.memory.keep(
            ("list", kind, tuple(sorted(given.items()))), lambda: _counted(visit, shown, given)
        )
        if total is None and len(found) < visit.limit:
            total = visit.offset + len(found)
        asked = {**given, "offset": str(visit.offset) if visit.offset else ""}
        values = {
            "shown": shown,
            "found": found,
            "total": total,
            "offset": visit.offset,
            "limit": visit.limit,
            "here": elsewhere(shown.path, given),
            "given": given,
            "empty": shown.empty,
            "chips": [
                (_label(shown, name), value, address(shown.path, **{**given, name: ""}))
                for name, value in given.items()
            ],
            "facets": facets,
            "twin": twin(shown.path, asked),
        }
        data = {"total": total, "offset": visit.offset, "limit": visit.limit, "findings": plain(found)}
        return Page("list.html", values, data, [row(one) for one in found])

    return page


def _label(shown: Listed, name: str) -> str:
    return next((field.label for field in shown.fields if field.name == name), "Between")


def _pair(given: str) -> tuple[str, str] | None:
    one, dash, other = given.partition("-")
    return (one, other) if dash and one and other else None


def _filter(kind: str, given: dict[str, str]) -> Filter:
    values: dict[str, Any] = {
        name: day(value) if name in ("since", "until") else value for name, value in given.items() if name != "dyad"
    }
    return Filter(kind=kind, dyad=_pair(given.get("dyad", "")), **values)


def _counted(visit: Visit, shown: Listed, given: dict[str, str]) -> tuple[int | None, list[Facet]]:
    """How many findings there are, and the facets; None where counting takes too long."""
    try:
        with within(visit.record, COUNT_SECONDS):
            total = find.count(visit.record, _filter(shown.kind, given)) if given else None
    except TooLong:
        return None, list(_facets(visit, shown, given, 0))
    if total is None:
        total = visit.record.rows(
            "SELECT ifnull(sum(n), 0) FROM facet WHERE kind = ? AND facet = 'type'", [shown.kind]
        )[0][0]
    return total, list(_facets(visit, shown, given, COUNT_SECONDS))


def _facets(visit: Visit, shown: Listed, given: dict[str, str], seconds: float) -> Iterator[Facet]:
    whole = _whole(visit, shown.kind)
    labels = {
        "type": {"statement": "Act", "event": "Type", "contact": "Channel"}[shown.kind],
        "status": "Status",
        "year": "Year",
    }
    counted: dict[str, list[tuple[str, int | None]]]
    try:
        with within(visit.record, seconds):
            counted = {
                name: [(value, _left(visit, shown.kind, given, name, value, of_all)) for value, of_all in values]
                for name, values in whole.items()
                if not _is_chosen(name, given)
            }
    except TooLong:
        counted = {
            name: [(value, None) for value, _ in values]
            for name, values in whole.items()
            if not _is_chosen(name, given)
        }
    for name, values in counted.items():
        kept = [
            (value, left, address(shown.path, **given | _narrowed(name, value))) for value, left in values if left != 0
        ]
        if len(kept) > 1:
            yield Facet(labels[name], tuple(kept))


def _whole(visit: Visit, kind: str) -> dict[str, list[tuple[str, int]]]:
    """The commonest values of each facet in the whole record."""
    found = {}
    for name in ("type", "status", "year"):
        order = "value DESC" if name == "year" else "n DESC, value"
        rows = visit.record.rows(
            f"SELECT value, n FROM facet WHERE kind = ? AND facet = ? AND value <> '' AND n > 0 "
            f"ORDER BY {order} LIMIT ?",
            [kind, name, MOST_VALUES],
        )
        found[name] = [(row["value"], row["n"]) for row in rows]
    return found


def _left(visit: Visit, kind: str, given: dict[str, str], name: str, value: str, of_all: int) -> int:
    if not given:
        return of_all
    return find.count(visit.record, _filter(kind, given | _narrowed(name, value)))


def _is_chosen(name: str, given: dict[str, str]) -> bool:
    return name in given or (name == "year" and ("since" in given or "until" in given))


def _narrowed(name: str, value: str) -> dict[str, str]:
    if name == "year":
        return {"since": f"{date(int(value), 1, 1)}", "until": f"{date(int(value) + 1, 1, 1)}"}
    return {name: value}
