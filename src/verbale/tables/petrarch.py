"""A user's PETRARCH dictionaries written as an overlay folder: frames under `rules/`, actors beside it."""

import csv
from pathlib import Path

import msgspec

from verbale.errors import BadTable
from verbale.tables.ontology import load_ontology
from verbale.tables.petrarch_frames import FrameLine, Skipped, frames_of
from verbale.tables.petrarch_read import read_actors, read_verbs
from verbale.tables.petrarch_world import COLUMNS, actors_of

RULES = "rules"


class Imported(msgspec.Struct, frozen=True):
    """How many rows each file got, and which lines were left out, with the reason."""

    rows: dict[str, int]
    skipped: tuple[Skipped, ...]


def import_petrarch(folder: Path, verbs: Path | None = None, actors: Path | None = None) -> Imported:
    """Write an overlay folder from a verb dictionary, an actor dictionary, or both.

    Raises BadTable where the folder holds one of the files already: nothing is written over.
    """
    files: dict[str, list[list[str]]] = {}
    skipped: list[Skipped] = []
    if verbs is not None:
        made = frames_of(read_verbs(verbs), load_ontology())
        skipped += made.skipped
        columns = [field.name for field in msgspec.structs.fields(FrameLine)]
        files[f"{RULES}/verbs.csv"] = [columns, *([getattr(row, name) for name in columns] for row in made.rows)]
        files[f"{RULES}/classes.csv"] = [["name", "words"], *([name, ";".join(w)] for name, w in made.classes.items())]
        files[f"{RULES}/forms.csv"] = [["lemma", "forms"], *([lemma, ";".join(w)] for lemma, w in made.forms.items())]
    if actors is not None:
        found = actors_of(read_actors(actors))
        skipped += found.skipped
        for table, rows in found.tables.items():
            files[f"{table}.csv"] = [list(COLUMNS[table]), *([row.get(c, "") for c in COLUMNS[table]] for row in rows)]
    taken = [name for name in files if (folder / name).exists()]
    if taken:
        raise BadTable(f"{folder / taken[0]} is there already; give a new folder, or take it away first")
    for name, lines in files.items():
        if len(lines) > 1:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with (folder / name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(lines)
    return Imported({name: len(rows) - 1 for name, rows in files.items() if len(rows) > 1}, tuple(skipped))
