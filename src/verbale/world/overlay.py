"""A user's corrections: a folder of CSV files with the tables' own names and columns, and an operation for each row.

| op | what it does |
|---|---|
| add (or empty) | a new row; refused where its key is taken |
| replace | the row of the same key becomes this one; refused where there is none |
| end | the row of the same key gets this `until` (and `source`) |
| retract | the row of the same key is gone |
| alias | of people: `aliases` and `shorts` are added to the person's; of cities: `names` |

The key of a row is what KEYS names: for a term of office person, office, of and since; an empty `since` means the
person's only term there, or the open one. All rows are checked before any is used.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from verbale.errors import BadTable
from verbale.world.rows import KEYS, TABLES
from verbale.world.tables import Tables, in_order, key_of, line_numbers, parts, read_cells

OPERATIONS = ("add", "replace", "end", "retract", "alias")
SOURCE = "overlay"
Rows = dict[str, list[Any]]


class Step(msgspec.Struct, frozen=True):
    """One row of an overlay: where it stands, what to do, and the row itself."""

    place: Path
    line: int
    table: str
    op: str
    row: Any

    def refuse(self, column: str, found: str, wanted: str) -> BadTable:
        return BadTable(f"{self.place}, line {self.line}, column {column}: found {found!r}; wanted {wanted}")


def apply_overlay(rows: Rows, folder: Path) -> Rows:
    """The tables with an overlay's rows laid over them.

    Raises BadTable (file, line, column, found, wanted) at the first fault; the given rows are never changed.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise BadTable(f"{folder}: no such folder; wanted one with CSV files such as people.csv and tenures.csv")
    steps = [step for place in sorted(folder.glob("*.csv")) for step in _steps(place)]
    changed = {name: list(table) for name, table in rows.items()}
    for step in sorted(steps, key=lambda step: list(TABLES).index(step.table)):
        DOING[step.op](changed[step.table], step)
    _check(changed, steps)
    return changed


def sources_of(folder: Path) -> frozenset[str]:
    """What the rows of a folder name as their sources."""
    return _sources([step for place in sorted(Path(folder).glob("*.csv")) for step in _steps(place)])


def _sources(steps: list[Step]) -> frozenset[str]:
    named = {part.split(":")[0] for step in steps for part in parts(getattr(step.row, "source", None))}
    return frozenset(named | {SOURCE})


def _steps(place: Path) -> list[Step]:
    name = place.stem
    if name not in TABLES:
        raise BadTable(f"{place}: there is no table {name!r}; wanted one of {', '.join(TABLES)}")
    columns, cells = read_cells(place)
    lines = line_numbers(place)
    ops = [row[columns.index("op")] or "add" for row in cells] if "op" in columns else ["add"] * len(cells)
    kept = [number for number, column in enumerate(columns) if column != "op"]
    columns, cells = [columns[number] for number in kept], [[row[number] for number in kept] for row in cells]
    for line, op in zip(lines, ops):
        if op not in OPERATIONS:
            raise BadTable(f"{place}, line {line}, column op: found {op!r}; wanted {', '.join(OPERATIONS)}")
    row_type = _loosely(TABLES[name]) if any(op != "add" and op != "replace" for op in ops) else TABLES[name]
    found = []
    for line, op, row in zip(lines, ops, in_order(place, columns, cells, row_type)):
        exact = TABLES[name] if op in ("add", "replace") else row_type
        found.append(Step(place, line, name, op, _typed(place, line, row, exact)))
    return found


def _loosely(row_type: type[msgspec.Struct]) -> type[msgspec.Struct]:
    """The same columns, each of which may be missing: `end` and `retract` need only a row's key."""
    fields = [(field.name, field.type | None, None) for field in msgspec.structs.fields(row_type)]
    return msgspec.defstruct(f"Loose{row_type.__name__}", fields, frozen=True, array_like=True)


def _typed(place: Path, line: int, row: list[Any], row_type: type[msgspec.Struct]) -> Any:
    fields = msgspec.structs.fields(row_type)
    row = [field.default if cell is None and not field.required else cell for field, cell in zip(fields, row)]
    for field, cell in zip(fields, row):
        try:
            msgspec.convert(cell, field.type, strict=False)
        except msgspec.ValidationError:
            words = {str: "some text", int: "a whole number", float: "a number"}
            kinds = " or ".join(words.get(one, "nothing") for one in getattr(field.type, "__args__", (field.type,)))
            raise BadTable(f"{place}, line {line}, column {field.name}: found {cell or ''!r}; wanted {kinds}") from None
    made = msgspec.convert(row, row_type, strict=False)
    return msgspec.structs.replace(made, source=made.source or SOURCE) if hasattr(made, "source") else made


def _at(table: list[Any], step: Step) -> int:
    """Where the row that a step names stands; refuses none, and several."""
    wanted = {column: getattr(step.row, column) for column in KEYS[step.table]}
    given = {column: value for column, value in wanted.items() if value is not None}
    first = KEYS[step.table][0]
    if first not in given:
        raise step.refuse(first, "", "the key of the row that is meant")
    found = [number for number, row in enumerate(table)
             if all(getattr(row, column) == value for column, value in given.items())]
    open_ones = [number for number in found if getattr(table[number], "until", None) is None]
    if len(found) > 1 and len(open_ones) == 1:
        found = open_ones
    shown = ", ".join(f"{column} {value}" for column, value in given.items())
    if not found:
        raise step.refuse(first, str(given[first]), f"a row of {step.table}.csv with {shown}; there is none")
    if len(found) > 1:
        missing = next((column for column in KEYS[step.table] if column not in given), KEYS[step.table][-1])
        raise step.refuse(missing, "", f"which one: {len(found)} rows of {step.table}.csv have {shown}")
    return found[0]


def _add(table: list[Any], step: Step) -> None:
    if any(key_of(step.table, row) == key_of(step.table, step.row) for row in table):
        column = KEYS[step.table][0]
        raise step.refuse(column, str(getattr(step.row, column)), "a key that no row has yet, or op `replace`")
    table.append(step.row)


def _replace(table: list[Any], step: Step) -> None:
    table[_at(table, step)] = step.row


def _end(table: list[Any], step: Step) -> None:
    until = getattr(step.row, "until", None)
    if until is None:
        raise step.refuse("until", "", "the day on which it ended")
    number = _at(table, step)
    old = table[number]
    more = {"end": None} if hasattr(old, "end") else {}
    source = f"{old.source};{step.row.source or SOURCE}"
    table[number] = msgspec.structs.replace(old, until=until, source=source, **more)


def _retract(table: list[Any], step: Step) -> None:
    del table[_at(table, step)]


ALIAS_COLUMNS = {"people": ("aliases", "shorts"), "cities": ("names",)}


def _alias(table: list[Any], step: Step) -> None:
    columns = ALIAS_COLUMNS.get(step.table)
    if columns is None:
        raise step.refuse("op", "alias", "people.csv or cities.csv; other names are added as rows of names.csv")
    number = _at(table, step)
    old = table[number]
    joined = {column: ";".join(dict.fromkeys([*parts(getattr(old, column)), *parts(getattr(step.row, column))])) or None
              for column in columns}
    if all(joined[column] == getattr(old, column) for column in columns):
        raise step.refuse(columns[0], getattr(step.row, columns[0]) or "", "a name that the row has not yet")
    table[number] = msgspec.structs.replace(old, **joined)


DOING: dict[str, Callable[[list[Any], Step], None]] = {
    "add": _add, "replace": _replace, "end": _end, "retract": _retract, "alias": _alias,
}


def _check(rows: Rows, steps: list[Step]) -> None:
    """Refuse what breaks a rule: the overlay's own rows, chairs given two holders, rows left without their ids."""
    from verbale.world.check import Known, chair_faults, row_faults

    tables = Tables(rows, _sources(steps))
    known = Known(tables)
    for step in steps:
        if step.op in ("retract", "alias"):
            continue
        row = step.row if step.op != "end" else rows[step.table][_at(rows[step.table], step)]
        for column, found, wanted in row_faults(step.table, row, known):
            raise step.refuse(column, found, wanted)
    _check_chairs(tables, steps, chair_faults)
    _check_retracted(rows, steps, known, row_faults)


def _check_chairs(tables: Tables, steps: list[Step], chair_faults: Callable[[Tables], list[Any]]) -> None:
    touched = {f"{step.row.office} of {step.row.of}": step for step in steps if step.table == "tenures"}
    for fault in chair_faults(tables) if touched else ():
        step = touched.get(fault.key)
        if step is not None:
            raise step.refuse(fault.column, fault.found, fault.wanted)


def _check_retracted(rows: Rows, steps: list[Step], known: Any, row_faults: Callable[..., Any]) -> None:
    gone = {str(key_of(step.table, step.row)[0]): step for step in steps if step.op == "retract"}
    for table in ("names", "tenures", "members") if gone else ():
        for row in rows[table]:
            for column, found, _ in row_faults(table, row, known):
                if found in gone:
                    raise gone[found].refuse(KEYS[gone[found].table][0], found,
                                             f"an id that no row of {table}.csv names any more (column {column})")
