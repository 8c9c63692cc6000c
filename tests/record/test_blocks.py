"""Joining by blocks gives what joining each with each gives, in whatever order things are told."""

import random
import sqlite3
from datetime import date, timedelta

import msgspec
import pytest

from verbale.record.blocks import different_texts, groups_among
from verbale.record.joining import joined
from verbale.record.likeness import DENIED, Told, are_copies
from verbale.record.pairs import PairJudgement

PAIRS = [("NOR", "FIN"), ("KEN", "UGA"), ("PER", "CHL"), ("JPN", "AUS"), ("NOR", "SWE")]


def telling(number: int, dice: random.Random) -> Told:
    pair = dice.choice(PAIRS)
    day = date(2022, 5, 10) + timedelta(days=5 * dice.randrange(4))
    words = frozenset(dice.choice(("talks held fishing rights", "minister visited harbour", "spoke about tariffs"))
                      .split())
    is_dated = dice.random() < 0.9
    return Told(
        id=f"co-{number:05}", report=f"re-{number // 2:05}", kind="contact", type="CONSULT",
        channel=dice.choice(("phone", "in person")), parties=frozenset(f"st:{one}" for one in pair),
        states=frozenset(pair), people=frozenset(), since=day if is_dated else None,
        until=day + timedelta(days=1) if is_dated else None, day_told=is_dated, place=dice.choice((None, "Oslo")),
        status=DENIED if dice.random() < 0.05 else "happened", topics=frozenset(), words=words,
        published=(day + timedelta(days=dice.randrange(3))).isoformat(), signature=tuple(range(64)),
        origin=dice.choice(("NTB", "STT", "TT")))


def as_sets(groups) -> list[tuple[list[str], list[str]]]:
    return sorted((sorted(one.id for one, _, _ in group.members), sorted(one.id for one, _, _ in group.denials))
                  for group in groups)


@pytest.mark.parametrize("seed", range(4))
def test_by_blocks_is_each_with_each(seed):
    dice = random.Random(seed)
    told = [telling(number, dice) for number in range(250)]
    shuffled = dice.sample(told, len(told))
    by_blocks = list(groups_among(sqlite3.connect(":memory:"), shuffled, {}))
    assert as_sets(by_blocks) == as_sets(joined(told, {}))
    assert max(len(group.members) for group in by_blocks) > 5
    for group in by_blocks:
        assert all(reason and (score > 0 or reason == "told once") for _, score, reason in group.members)


def test_what_people_judged_is_joined_and_kept_apart():
    dice = random.Random(9)
    told = [msgspec.structs.replace(telling(0, dice), id=f"co-{number}", status="happened") for number in range(6)]
    far = [msgspec.structs.replace(told[0], id=f"far-{number}", since=date(2001, 1, 1), until=date(2001, 1, 2))
           for number in range(2)]
    verdicts = {frozenset(pair): PairJudgement(f"pj-{verdict}", verdict, *sorted(pair), "A. Reader", "2026-01-01", "")
                for verdict, pair in (("split", ("co-0", "co-1")), ("merge", ("co-5", "far-0")))}
    groups = as_sets(groups_among(sqlite3.connect(":memory:"), told + far, verdicts))
    of = {name: place for place, (members, _) in enumerate(groups) for name in members}
    assert of["co-0"] != of["co-1"] and of["co-5"] == of["far-0"] and len(of) == 8


def test_texts_that_differ_are_counted_once_each():
    dice = random.Random(3)
    texts = [tuple(dice.randrange(2**32) for _ in range(128)) for _ in range(5)]
    base = telling(0, dice)
    members = []
    for number in range(60):
        signature = list(texts[number % 5])
        for place in dice.sample(range(128), 8):  # 94 % of the first text
            signature[place] = dice.randrange(2**32)
        members.append(msgspec.structs.replace(base, id=str(number), report=str(number), signature=tuple(signature)))
    found = different_texts(members)
    assert [one.id for one in found] == ["0", "1", "2", "3", "4"]
    assert all(any(are_copies(one, known) for known in found) for one in members)
    assert len(different_texts([msgspec.structs.replace(base, signature=()) for _ in range(3)])) == 1
