"""Who is meant, on our own cases: counterparts, capitals, sets, pronouns and roles in diplomatic news."""

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import msgspec
import pytest

from verbale.language.parser import OnnxParser
from verbale.model.actor import Actor
from verbale.model.ids import content_id
from verbale.model.report import Report, Segment
from verbale.model.roster import Mention, Roster
from verbale.model.span import Span
from verbale.model.when import DateWindow, Period
from verbale.world.identify import identify
from verbale.world.spellings import fold
from verbale.world.world import load_world

GOLD = Path(__file__).parents[1] / "gold"
RIGHT_FLOOR, WRONG_AND_SURE_CEILING, CANDIDATE_FLOOR = 0.92, 0.02, 0.97


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


def cases() -> list[tuple[str, Case]]:
    found = []
    for path in sorted(GOLD.glob("mentions_*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            found.append((path.stem.removeprefix("mentions_"), msgspec.convert(row, Case)))
    names = Counter((family, case.name) for family, case in found)
    assert max(names.values()) == 1, f"twin names: {[name for name, count in names.items() if count > 1]}"
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


@pytest.fixture(scope="module")
def read_cases() -> list[tuple[str, Case, Roster]]:
    listed = cases()
    readings = OnnxParser().parse(report_of(case.text, case.day) for _, case in listed)
    world = load_world()
    return [(family, case, identify(reading, world)) for (family, case), reading in zip(listed, readings)]


def test_there_are_150_cases():
    assert len(cases()) >= 150


def test_mentions_mean_whom_a_reader_means(read_cases):
    counts: Counter[str] = Counter()
    wrong = []
    for family, case, roster in read_cases:
        for wanted in case.mention:
            if case.strength == "hoped" or is_left_to_statements(family, wanted):
                continue
            found = outcome(roster, case, wanted)
            counts[found] += 1
            if found != "right":
                wrong.append(f"{family}: {case.name}: {wanted.words!r} {found}")
    total = sum(counts.values())
    assert counts["right"] / total >= RIGHT_FLOOR, (counts, wrong)
    assert counts["sure and wrong"] / total <= WRONG_AND_SURE_CEILING, (counts, wrong)


def test_pronouns_and_bare_roles_have_the_right_candidate(read_cases):
    missed, total = [], 0
    for family, case, roster in read_cases:
        for wanted in case.mention:
            if case.strength == "hoped" or not is_left_to_statements(family, wanted):
                continue
            total += 1
            if not has_candidate(roster, case, wanted):
                missed.append(f"{family}: {case.name}: {wanted.words!r}")
    assert 1 - len(missed) / total >= CANDIDATE_FLOOR, missed


def test_every_mention_lies_in_its_text_and_says_why(read_cases):
    for _, case, roster in read_cases:
        for mention in roster.mentions:
            assert mention.span.covers(mention.head), case.name
            assert mention.how and mention.reason, (case.name, mention)
            assert all(actor in roster.actor_by_id for actor in mention.actors), (case.name, mention)
            assert all(one.actor in roster.actor_by_id for one in mention.candidates), (case.name, mention)
