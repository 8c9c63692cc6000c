"""A roster: who is meant by the mentions of a reading, on the report's day."""

from functools import cached_property

import msgspec

from verbale.model.actor import Actor
from verbale.model.reading import Reading
from verbale.model.span import Span
from verbale.model.when import DateWindow

CERTAINTIES = ("high", "medium", "low")
MENTION_KINDS = ("name", "title", "role", "counterpart", "capital", "nationality", "set", "pronoun", "place", "unnamed")


class Candidate(msgspec.Struct, frozen=True):
    """One actor that a mention may mean, how likely (0 to 1), and why."""

    actor: str
    score: float
    reason: str


class Mention(msgspec.Struct, frozen=True):
    """Words that point at an actor. `actors` is empty where nothing is sure enough: an honest None.

    Several actors: a set ("the two presidents", "both sides"). A place ("in Sochi") is a mention of kind `place`:
    it can say where, and is never a party.
    """

    span: Span
    """The mention itself: "Russian Foreign Minister Sergei Lavrov"; places are stored-text letters."""
    head: Span
    """Its head word or name: "Sergei Lavrov"."""
    sentence: int
    kind: str
    actors: tuple[str, ...] = ()
    how: str = ""
    """The rule that decided, by name: `name.exact`, `counterpart.possessor`, `pronoun.speaker`."""
    certainty: str = "high"
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""
    number: str | None = None
    """sing or plur, for pronouns and roles."""
    gender: str | None = None


class Roster(msgspec.Struct, frozen=True, dict=True):
    """Mentions in text order, the actors they mean, and the date window narrowed by what was identified."""

    reading: Reading
    mentions: tuple[Mention, ...]
    actors: tuple[Actor, ...]
    """Every actor that a mention names or has for a candidate, by id."""
    window: DateWindow
    """The report's window, narrowed by offices and known days, with their clues added."""

    @cached_property
    def actor_by_id(self) -> dict[str, Actor]:
        return {actor.id: actor for actor in self.actors}

    @cached_property
    def mentions_by_sentence(self) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(mention.sentence, []).append(mention)
        return found

    def mention_at(self, letter: int) -> Mention | None:
        """The shortest mention that holds a place of the text."""
        holding = [mention for mention in self.mentions if mention.span.start <= letter < mention.span.stop]
        return min(holding, key=lambda mention: len(mention.span), default=None)
