"""Chooses the act between two given parties; where no rule fits, the words decide."""

from functools import lru_cache

from verbale.coding.events_pairs import PairAct
from verbale.coding.rules import Rules
from verbale.model.reading import Reading
from verbale.model.span import Span

COMMONEST = "ACCUSE"
"""What is said where nothing at all is known."""


class Ranker:
    def root(self, acts: list[PairAct], reading: Reading, source: Span | None, target: Span | None, rules: Rules) -> str:
        """The root in the PLV view."""
        return next((one.root for one in acts if one.root), COMMONEST)


@lru_cache(maxsize=1)
def load_ranker() -> Ranker:
    return Ranker()
