"""Whether two spellings can be one person. Never asked on spelling alone: office, state and days must agree first."""

from difflib import SequenceMatcher
from functools import lru_cache

from verbale.world.spellings import fold
from worldmaking.given_names import FEMALE, MALE

WEAK_PARTS = frozenset([
    "de", "da", "do", "dos", "das", "di", "del", "della", "la", "le", "van", "von", "der", "den", "al", "el", "bin",
    "ibn", "ben", "abu", "abd", "abdul", "abdel", "abdal", "mohammed", "mohamed", "mohammad", "muhammad", "ahmed",
    "ahmad", "ali", "hassan", "hussein", "jose", "maria", "juan", "john", "jean", "el", "ould", "mr", "dr", "sir",
    "general", "king", "prince", "sheikh", "st", "jr", "sr", "ii", "iii", "and", "the", "of", "nguyen", "tran",
    "pham", "kim", "lee", "park", "choi", "jong", "singh", "kumar", "khan", "archbishop", "cardinal", "pehin", "dato",
    "lord", "lady", "khalifa", "sabah", "saud", "rahman", "salman", "abdulaziz", "ismail", "ibrahim", "ahmet",
    "mehmet", "carlos", "luis", "antonio", "george", "william", "michael", "david", "peter", "paul", "abdullah",
    "abdallah", "khalid", "khaled", "omar", "yousef", "sultan", "hamad", "nasser", "mahmoud", "mustafa",
]) | MALE | FEMALE
CLOSE = 0.84
"""Letters in common: Sergey and Sergei .83, Shoigu and Shoygu .83, Igor and Sergei .2."""


@lru_cache(maxsize=65536)
def name_parts(name: str) -> tuple[str, ...]:
    return tuple(part for part in fold(name).replace(".", " ").replace("'", "").split() if len(part) > 1)


@lru_cache(maxsize=262144)
def alike(one: str, other: str) -> bool:
    """Whether two words can be spellings of one name."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= (0.8 if len(one) > 5 else CLOSE)


def shares_name(one: str, other: str) -> bool:
    """Whether two names share one part that tells people apart. Enough only where office, state and day agree."""
    ones, others = name_parts(one), name_parts(other)
    if any(alike(a, b) and a not in WEAK_PARTS and b not in WEAK_PARTS for a in ones for b in others):
        return True
    return can_be_same(one, other)


def can_be_same(one: str, other: str) -> bool:
    """Whether two names share a part that tells people apart (or, short of one, most of their parts)."""
    ones, others = name_parts(one), name_parts(other)
    strong = [(a, b) for a in ones for b in others if alike(a, b) and a not in WEAK_PARTS and b not in WEAK_PARTS]
    if not strong:
        return set(ones) <= set(others) or set(others) <= set(ones) if ones and others else False
    if len(ones) < 2 or len(others) < 2:
        return True
    lasts_alike = alike(ones[-1], others[-1])
    pairs = sum(any(alike(a, b) for b in others) for a in ones)
    last_is_shared = any(alike(ones[-1], b) for b in others) or any(alike(others[-1], a) for a in ones)
    return (lasts_alike and (pairs >= 2 or _initials_fit(ones, others))) or (pairs >= 2 and last_is_shared) or (
        lasts_alike and not _firsts_differ(ones, others)) or (len(strong) == 1 and min(len(ones), len(others)) == 1)


def _initials_fit(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return ones[0][0] == others[0][0]


def _firsts_differ(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return not any(alike(a, b) for a in ones[:-1] for b in others[:-1])
