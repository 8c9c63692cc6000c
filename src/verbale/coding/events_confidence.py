"""How sure an event is: named features of how it was read, weighed by a table that was fitted on dev gold.

The table (`data/rules/en/confidence.csv`) holds one number a feature; `training/event_confidence.py` fits it and says
how far the chances are from what came true.
"""

from functools import lru_cache

from verbale.coding.match import Act
from verbale.coding.status import Status
from verbale.coding.weights import Weights, load_weights
from verbale.model.findings import Party
from verbale.tables.load import data_folder

DECIDER = "event"
LONG_SENTENCE = 35
"""Words from which on a sentence counts as long: trees of longer ones have twice as many wrong arcs."""
SETTLED = ("happened", "ongoing")
LEAST, MOST = 0.02, 0.98
NEAREST_SHARE = 0.25
"""Of the twenty words in nearest.csv, read by eye, five tell the act that their neighbours tell."""
TELLING = 0.15
"""How much a weight must take away to be named as what speaks against an event."""
AGAINST = {
    "noun": "a noun tells it",
    "bare": "the rule asks for nothing beside its word",
    "who unnamed": "who is not known by name",
    "who none": "who is not told",
    "whom unnamed": "whom is not known by name",
    "whom none": "whom is not told",
    "doubtful": "who is meant is doubtful",
    "long": "the sentence is long",
    "through": "it is told through another verb",
    "embedded": "it speaks of another act",
    "quoted": "a statement tells it",
    "background": "told as known before",
    "unsettled": "not told as done",
    "nearest": "no rule knows the word; the nearest one was taken",
}


def features_of(
    act: Act, status: Status, who: tuple[Party, ...], whom: tuple[Party, ...], words: int, quoted: bool
) -> list[str]:
    """Named features of an event, each once. `words`: length of the sentence; `quoted`: inside a statement."""
    found = ["always", f"type {act.coded.type}"]
    found += [_side("who", who), _side("whom", whom) if not (act.mutual and len(who) > 1) else "whom known"]
    tests = {
        "noun": act.frame.is_noun,
        "bare": act.frame.need is None and not act.frame.beside,
        "doubtful": any(party.certainty == "low" for party in (*who, *whom)),
        "long": words > LONG_SENTENCE,
        "through": act.is_transparent,
        "embedded": act.inner is not None and not act.is_transparent,
        "quoted": quoted,
        "background": status.background,
        "nearest": act.frame.is_nearest,
        "unsettled": status.status not in SETTLED,
    }
    return found + [name for name, holds in tests.items() if holds]


def _side(role: str, parties: tuple[Party, ...]) -> str:
    if not parties:
        return f"{role} none"
    return f"{role} known" if all(party.actor for party in parties) else f"{role} unnamed"


def chance_of(features: list[str]) -> float:
    """How likely the event is told so, from 0.02 to 0.98."""
    share = NEAREST_SHARE if "nearest" in features else 1.0
    return max(LEAST, min(MOST, round(share * load_confidence().chance(DECIDER, features), 3)))


def against(features: list[str]) -> str:
    """What speaks against an event, in words; "" where nothing does."""
    known = load_confidence().of.get(DECIDER, {})
    found = [name for name in features if name in AGAINST and (known.get(name, 0.0) < -TELLING or name == "nearest")]
    return ", ".join(AGAINST[name] for name in sorted(found, key=lambda name: known.get(name, -9.0)))


@lru_cache(maxsize=1)
def load_confidence() -> Weights:
    return load_weights(data_folder() / "rules" / "en" / "confidence.csv")
