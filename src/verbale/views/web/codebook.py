"""The codebook: what the codes mean, and how good the coding was measured to be."""

from functools import lru_cache
from importlib import resources
from typing import Any

import msgspec

from verbale.tables.load import csv_rows
from verbale.tables.ontology import load_ontology
from verbale.views.web.page import Page, Visit
from verbale.views.web.saying import plain

QUAD_NAMES = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


class Measured(msgspec.Struct, frozen=True):
    """A figure that every release holds at least, on data named beside it."""

    task: str
    measure: str
    label: str
    on: str
    at_least: float
    source: str


@lru_cache(maxsize=1)
def measured() -> tuple[Measured, ...]:
    return tuple(csv_rows(resources.files("verbale.views.web") / "measured.csv", Measured))


def codebook(visit: Visit) -> Page:
    ontology = load_ontology()
    types: list[dict[str, Any]] = []
    for type_ in ontology.types.values():
        n = visit.record.row("SELECT n FROM facet WHERE kind = 'event' AND facet = 'type' AND value = ?", [type_.code])
        types.append(
            plain(type_)
            | {
                "quad_name": QUAD_NAMES[type_.quad],
                "in_record": n["n"] if n else 0,
                "modes": [
                    {"mode": mode.mode, "definition": mode.definition}
                    for (of, _), mode in ontology.modes.items()
                    if of == type_.code
                ],
            }
        )
    values = {
        "types": types,
        "version": ontology.version,
        "measured": measured(),
        "contexts": list(ontology.contexts.values()),
        "n_codes": len(ontology.cameo),
    }
    data = {
        "version": ontology.version,
        "types": types,
        "contexts": plain(values["contexts"]),
        "measured": plain(measured()),
    }
    rows = [
        {
            "type": one["code"],
            "quad": one["quad"],
            "score": one["score"],
            "definition": one["definition"],
            "in_record": one["in_record"],
        }
        for one in types
    ]
    return Page("about.html", values, data, rows)
