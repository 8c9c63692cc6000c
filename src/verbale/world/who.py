"""Who someone was on a day, and where that is known from: what `verbale who` prints."""

from datetime import date
from typing import TYPE_CHECKING

from verbale.model.when import Period

if TYPE_CHECKING:
    from verbale.world.offices import Tenure
    from verbale.world.world import Answer, World

STATUS_WORDS = {
    "confirmed": "two sources agree", "single": "one source", "attested": "seen in the office on days around",
    "unverified": "from memory, no source",
}


def answers(world: "World", name: str, day: date | None) -> list["Answer"]:
    """Everyone a name may mean, those in an office on the day first."""
    from verbale.world.world import Answer

    period = Period.day(day) if day else None
    found = []
    for entity in dict.fromkeys(entry.entity for entry in world.named(name)):
        actor = world.actor(entity, period)
        if actor is None:
            continue
        held = world.offices_of(entity, period)
        lines = tuple(sentence(world, one) for one in held)
        found.append(Answer(actor, tuple(held), lines))
    return sorted(found, key=lambda answer: not answer.tenures)


def sentence(world: "World", held: "Tenure") -> str:
    """One term of office as a sentence with its status and source."""
    from verbale.world.world import office_words

    return (f"{office_words(world, held)} from {held.since or 'an unknown day'}, {until_words(held)}: "
            f"{held.status} ({STATUS_WORDS.get(held.status, held.status)}; {held.source})")


def until_words(held: "Tenure") -> str:
    """How far a term reaches, and how its end is known."""
    until = f"until {held.until}" if held.until else (f"in office as of {held.as_of}" if held.as_of else "no end known")
    if held.until and held.end == "unknown":
        until = f"end not known, a successor is seen from {held.until}"
    if held.until and held.end == "memory":
        until += " (that end from memory)"
    return until
