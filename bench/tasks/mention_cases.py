"""Who is meant, on our own cases (tests/gold/mentions_*.toml): counterparts, capitals, sets, pronouns and roles.

`right`: the share of mentions that name just whom a reader means; `sure_and_wrong`: those wrong with high certainty.
Pronouns and bare roles are settled with the statements: of these `candidates` is the share whose candidates have the
right one.
"""

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from verbale.language.parser import default_parser
from verbale.model.actor import Actor
from verbale.model.ids import content_id
from verbale.model.report import Report, Segment
from verbale.model.roster import Mention, Roster
from verbale.model.span import Span
from verbale.model.when import DateWindow, Period
from verbale.world.identify import identify
from verbale.world.spellings import fold
from verbale.world.world import load_world

GOLD = Path(__file__).parents[2] / "tests" / "gold"
Read = tuple[str, "Case", Roster]
"""A case's family, the case, and what the program made of it."""


class WantedMention(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: str
    who: tuple[str, ...] = ()
    """Names of people, or actor codes; empty: no actor is meant."""
    kind: str | None = None
    nth: int = 1
    """Which of several places with the same words."""

    def span_in(self, text: str) -> Span:
        places = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(self.words)}(?!\w)", text)]
        start = places[self.nth - 1]
        return Span(start, start + len(self.words))


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    text: str
    mention: tuple[WantedMention, ...]
    day: date | None = None
    strength: str = "must"


def cases(gold: Path = GOLD) -> list[tuple[str, Case]]:
    """Each family's cases; refuses two of one name."""
    found = []
    for path in sorted(gold.glob("mentions_*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            found.append((path.stem.removeprefix("mentions_"), msgspec.convert(row, Case)))
    names = Counter((family, case.name) for family, case in found)
    twins = [name for name, count in names.items() if count > 1]
    if twins:
        raise ValueError(f"{gold}: twin names {twins}")
    return found


def report_of(text: str, day: date | None) -> Report:
    window = DateWindow() if day is None else DateWindow(published=day, period=Period.day(day))
    return Report(content_id("rp", text), text, (Segment("body", Span(0, len(text)), "given"),), window=window)


def mention_at(roster: Roster, text: str, wanted: WantedMention) -> Mention | None:
    """The mention of these words; else the longest one whose head lies in them."""
    span = wanted.span_in(text)
    exact = [mention for mention in roster.mentions if mention.span == span]
    inside = [mention for mention in roster.mentions if span.covers(mention.head) and mention.span.overlaps(span)]
    return max(exact or inside, key=lambda mention: len(mention.span), default=None)


def is_meant(actor: Actor, who: str) -> bool:
    """Whether an actor is the one a case names: by its code, its name, or a person's last name."""
    if who in (actor.code, actor.id, actor.name) or fold(who) == actor.id.partition(":")[2]:
        return True
    if actor.kind == "person":
        return fold(who).split()[-1] in fold(actor.name).split()
    return fold(who) == fold(actor.name)


def names_all(actors: list[Actor], who: tuple[str, ...]) -> bool:
    return len(actors) == len(who) and all(any(is_meant(actor, one) for actor in actors) for one in who)


def outcome(roster: Roster, case: Case, wanted: WantedMention) -> str:
    """right, open (no answer), wrong, or sure and wrong."""
    mention = mention_at(roster, case.text, wanted)
    if not wanted.who:
        span = wanted.span_in(case.text)
        claimed = [
            one
            for one in roster.mentions
            if one.span.overlaps(span)
            and one.kind != "place"
            and any(
                roster.actor_by_id[actor].kind != "person" and roster.actor_by_id[actor].code for actor in one.actors
            )
        ]
        claimed += [one for one in roster.mentions if one.kind == "set" and one.span == span and one.actors]
        if not claimed:
            return "right"
        return "sure and wrong" if claimed[0].certainty == "high" else "wrong"
    if mention is None or not mention.actors:
        return "open"
    actors = [roster.actor_by_id[actor] for actor in mention.actors]
    if names_all(actors, wanted.who) and (wanted.kind is None or mention.kind == wanted.kind):
        return "right"
    return "sure and wrong" if mention.certainty == "high" else "wrong"


def has_candidate(roster: Roster, case: Case, wanted: WantedMention) -> bool:
    """Whether all who are meant are among the mention's candidates or chosen actors."""
    mention = mention_at(roster, case.text, wanted)
    if mention is None:
        return False
    listed = [*mention.actors, *(one.actor for one in mention.candidates)]
    return all(any(is_meant(roster.actor_by_id[actor], one) for actor in listed) for one in wanted.who)


def is_left_to_statements(family: str, wanted: WantedMention) -> bool:
    """Pronouns and bare roles: here only the right candidate is asked for; the statements choose."""
    return family == "pronouns" or wanted.words.lower() in (
        "the minister",
        "the chancellor",
        "the envoy",
        "the president",
        "her",
        "his",
        "its",
    )


def read_all(gold: Path = GOLD) -> list[Read]:
    """Every case with its roster."""
    listed = cases(gold)
    readings = default_parser().parse(report_of(case.text, case.day) for _, case in listed)
    world = load_world()
    return [(family, case, identify(reading, world)) for (family, case), reading in zip(listed, readings)]


def outcomes(read: list[Read]) -> list[tuple[str, str]]:
    """Of each mention that is not left to the statements: where it is, and what became of it."""
    return [
        (f"{family}: {case.name}: {wanted.words!r}", outcome(roster, case, wanted))
        for family, case, roster in read
        for wanted in case.mention
        if case.strength != "hoped" and not is_left_to_statements(family, wanted)
    ]


def candidates_right(read: list[Read]) -> list[tuple[str, bool]]:
    """Of each pronoun and bare role: where it is, and whether the right one is among its candidates."""
    return [
        (f"{family}: {case.name}: {wanted.words!r}", has_candidate(roster, case, wanted))
        for family, case, roster in read
        for wanted in case.mention
        if case.strength != "hoped" and is_left_to_statements(family, wanted)
    ]


def run(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Figures over all cases below a folder; `predictions` gets what is not right, one a line."""
    read = read_all(gold)
    found, candidates = outcomes(read), candidates_right(read)
    counts = Counter(what for _, what in found)
    if predictions:
        lines = [f"{where}: {what}" for where, what in found if what != "right"]
        lines += [f"{where}: not among the candidates" for where, right in candidates if not right]
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return {
        "right": round(counts["right"] / len(found), 4),
        "sure_and_wrong": round(counts["sure and wrong"] / len(found), 4),
        "candidates": round(sum(right for _, right in candidates) / len(candidates), 4),
        "cases": len(read),
        "mentions": len(found),
        "pronouns_and_bare_roles": len(candidates),
    }
