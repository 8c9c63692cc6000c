"""On which level people met: the lowest of the chief parties, from the offices they hold."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from verbale.model.actor import Actor
from verbale.tables.load import csv_rows, data_folder

LEVELS = ("head of state", "head of government", "minister", "deputy", "envoy", "official")


class LevelRow(msgspec.Struct, frozen=True):
    office: str
    level: str
    source: str


@lru_cache(maxsize=1)
def levels() -> dict[str, str]:
    """The level of each kind of office."""
    return {
        row.office: row.level for row in csv_rows(data_folder() / "lexicon" / "en" / "contacts_levels.csv", LevelRow)
    }


def level_of(actor: Actor) -> str | None:
    """The level of one person's office: a deputy by the words of the office too; None where no office is known."""
    office = (actor.office or "").lower()
    if (
        actor.office_kind
        and "minister" in actor.office_kind
        and office.startswith(("deputy", "vice", "assistant", "under"))
    ):
        return "deputy"
    return levels().get(actor.office_kind or "")


def level_among(actors: Iterable[Actor]) -> str | None:
    """The lowest level among people, the highest-ranking of each side counting: a minister met by a president is
    minister's level.

    None where a side has nobody with a known office.
    """
    by_side: dict[str, list[int]] = {}
    for actor in actors:
        level = level_of(actor) if actor.kind in ("person", "unnamed") else None
        by_side.setdefault(actor.country or actor.id, []).append(LEVELS.index(level) if level else len(LEVELS))
    best = [min(ranks) for ranks in by_side.values()]
    if not best or max(best) == len(LEVELS):
        return None
    return LEVELS[max(best)]
