"""Whom a name means on a day by the world's tables, for corrections that name someone the record does not know."""

from datetime import date
from functools import lru_cache

from verbale.errors import BadInput
from verbale.model.actor import Actor
from verbale.record.corrections import Who
from verbale.record.find import Found


def who_on(day: date | None) -> Who:
    """A look-up by name or id as of a day; None where no table knows the name, BadInput where several have it."""

    def who(name: str) -> Actor | None:
        world = _world()
        found = {answer.actor.id: answer.actor for answer in world.who(name, day)}
        if len(found) > 1:
            raise BadInput(f"{name!r} may be {' or '.join(sorted(found))}; give the id")
        return next(iter(found.values()), None)

    return who


def who_of(found: Found) -> Who:
    """The look-up as of the day of a finding's report, or of the finding itself where the report has none."""
    day = found.published or found.since
    return who_on(date.fromisoformat(day) if day else None)


@lru_cache(maxsize=1)
def _world():  # type: ignore[no-untyped-def]
    from verbale import settings
    from verbale.world.world import load_world

    return load_world(settings.overlay_folder(None))
