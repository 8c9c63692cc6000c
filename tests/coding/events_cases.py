"""Gold cases of events: read, coded all at once, and compared."""

import tomllib
from functools import lru_cache
from pathlib import Path

import msgspec

from verbale.coding.code import code
from verbale.language.parser import default_parser
from verbale.model.findings import Event, Findings, Party
from verbale.model.report import Report, Segment
from verbale.model.span import Span
from verbale.world.identify import identify
from verbale.world.world import load_world

GOLD = Path(__file__).parents[1] / "gold"
MUTUAL = {"CONSULT", "AGREE", "COOPERATE", "SUPPORT", "RETREAT", "REJECT"}


class WantedEvent(msgspec.Struct, frozen=True):
    """`type` and `status` list what is accepted; parties are country codes, or words of the text; `A|B` is A or B."""

    type: tuple[str, ...]
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    status: tuple[str, ...] = ("happened",)
    mode: str | None = None


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    text: str
    strength: str = "must"
    why: str = ""
    event: tuple[WantedEvent, ...] = ()


@lru_cache(maxsize=2)
def cases(folder: Path = GOLD) -> list[Case]:
    found = []
    for file in sorted(folder.glob("events*.toml")):
        found += msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), dict[str, list[Case]])["case"]
    names = [case.name for case in found]
    twins = {name for name in names if names.count(name) > 1}
    assert not twins, f"two cases have one name: {twins}"
    return found


@lru_cache(maxsize=2)
def coded(folder: Path = GOLD) -> dict[str, Findings]:
    """Findings of every case, by its name."""
    world = load_world()
    reports = [
        Report(case.name, case.text, (Segment("body", Span(0, len(case.text)), "all of it"),)) for case in cases(folder)
    ]
    return {reading.report.id: code(identify(reading, world)) for reading in default_parser().parse(reports)}


def is_party(wanted: str, party: Party, found: Findings) -> bool:
    known = {actor.id: actor for actor in found.actors}.get(party.actor or next(iter(party.alternatives), ""))
    codes = {known.country, known.code, known.name} if known else set()
    return any(one in codes or one.lower() in party.words.lower() for one in wanted.split("|"))


def same_side(wanted: tuple[str, ...], parties: tuple[Party, ...], found: Findings) -> bool:
    return all(any(is_party(one, party, found) for party in parties) for one in wanted) and all(
        any(is_party(one, party, found) for one in wanted) for party in parties
    )


def fits(wanted: WantedEvent, event: Event, found: Findings, with_status: bool = True) -> bool:
    if event.type not in wanted.type or (wanted.mode and event.mode != wanted.mode):
        return False
    if with_status and event.status not in wanted.status:
        return False
    if event.type in MUTUAL and not wanted.whom:
        return same_side(wanted.who, event.who + event.whom, found)
    return same_side(wanted.who, event.who, found) and same_side(wanted.whom, event.whom, found)


def failure(case: Case) -> str | None:
    """What is wrong with a case's findings; None where they are as wanted."""
    found = coded()[case.name]
    left = list(found.events)
    for wanted in case.event:
        hit = next((event for event in left if fits(wanted, event, found)), None)
        if hit is None:
            wanted_words = f"{wanted.type[0]} {wanted.who} {wanted.whom} {wanted.status}"
            return f"{case.text} -> missing {wanted_words}; found {told(found)}"
        left.remove(hit)
    if left and not case.event:
        return f"{case.text} -> nothing was wanted; found {told(found)}"
    return None


def told(found: Findings) -> str:
    side = lambda parties: ",".join(f"{party.words}={party.actor}" for party in parties)  # noqa: E731
    return (
        "; ".join(
            f"{one.type}/{one.mode} [{side(one.who)}] > [{side(one.whom)}] {one.status} by {one.evidence.rule}"
            for one in found.events
        )
        or "nothing"
    )
