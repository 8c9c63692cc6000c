"""Whether two findings tell of one thing in the world: named features with weights, each with its reason."""

from datetime import date, timedelta

import msgspec

THRESHOLD = 4.5
"""What a pair must reach. The same people on the same day (5) do; a day apart (4) only with more that agrees."""
WEIGHTS = {
    "same parties": 3.0, "same sides": 2.5, "one names more parties": 2.0, "same states": 1.5,
    "same day": 2.0, "days overlap": 1.5, "held on the planned day": 1.5, "reports a day apart": 1.0,
    "days known roughly": 0.5,
    "same place": 1.5, "other place": -2.0,
    "same channel": 0.5, "same type": 0.5, "same mode": 0.5, "other mode": -1.0, "near type": -0.5,
    "shared topic": 0.5, "like words": 1.0,
}
WIDEST_DAYS = 31
"""Findings known no closer than this are joined with nothing by their days."""
NEAR_TYPES = ({"AGREE", "COOPERATE", "SUPPORT"}, {"AID", "COOPERATE"}, {"COERCE", "SANCTION"},
              {"ACCUSE", "REJECT", "REQUEST", "THREATEN"})
DENIED = "denied"
AHEAD = ("planned", "intended", "postponed", "cancelled")


class Told(msgspec.Struct, frozen=True):
    """What is compared of a finding."""

    id: str
    report: str
    kind: str
    type: str
    """PLOVER type; CONSULT for a contact."""
    channel: str
    parties: frozenset[str]
    states: frozenset[str]
    people: frozenset[str]
    """Parties that are people."""
    since: date | None
    until: date | None
    day_told: bool
    """True where the text tells the days; False where they are the report's own."""
    place: str | None
    status: str
    topics: frozenset[str]
    words: frozenset[str]
    published: str
    signature: tuple[int, ...]
    origin: str
    doers: frozenset[str] = frozenset()
    """States that act, where acting and suffering differ; empty for what both do together."""
    mode: str | None = None
    numbers: frozenset[str] = frozenset()

    @property
    def days(self) -> int | None:
        return (self.until - self.since).days if self.since and self.until else None


def likeness(one: Told, other: Told) -> tuple[float, tuple[str, ...]] | None:
    """A score and the features it is the sum of; None where the two cannot be one thing."""
    if one.kind != other.kind or ("unknown" not in (one.channel, other.channel) and one.channel != other.channel):
        return None
    if one.doers and other.doers and not one.doers & other.doers:
        return None
    reasons = [reason for reason in (_parties(one, other), _days(one, other)) if reason]
    if len(reasons) < 2:
        return None
    if one.place and other.place:
        reasons.append("same place" if one.place == other.place else "other place")
    if one.kind == "contact":
        reasons += ["same channel"] if one.channel == other.channel != "unknown" else []
    elif one.type == other.type:
        reasons.append("same type")
        reasons += [("same" if one.mode == other.mode else "other") + " mode"] if one.mode and other.mode else []
    elif any({one.type, other.type} <= near for near in NEAR_TYPES):
        reasons.append("near type")
    else:
        return None
    if one.topics & other.topics:
        reasons.append("shared topic")
    if share(one.words, other.words) >= 0.5:
        reasons.append("like words")
    return sum(WEIGHTS[reason] for reason in reasons), tuple(reasons)


def _parties(one: Told, other: Told) -> str | None:
    """How the parties agree; None where one side names a person whom the other cannot mean."""
    if one.parties == other.parties:
        return "same parties"
    if one.people and other.people:
        smaller, larger = sorted((one.parties, other.parties), key=len)
        return "one names more parties" if smaller <= larger and len(smaller) > 1 else None
    if one.doers and one.doers == other.doers and one.states == other.states and len(one.states) > 1:
        return "same sides"  # "Russian forces" and "Russia" against the same
    return "same states" if one.states == other.states and len(one.states) > 1 else None


def _days(one: Told, other: Told) -> str | None:
    """How the days agree; None where they do not, or are not known closely enough to say."""
    if not (one.since and one.until and other.since and other.until):
        return None
    if max(one.days or 0, other.days or 0) > WIDEST_DAYS:
        return None
    if one.since < other.until and other.since < one.until:
        if one.kind == "event" and not (one.day_told or other.day_told):
            return "days known roughly"  # what two papers speak of on one day need not have happened on it
        if one.days == other.days == 1:
            return "same day"
        if (one.status in AHEAD) != (other.status in AHEAD) and min(one.days or 0, other.days or 0) == 1:
            return "held on the planned day"
        return "days overlap" if max(one.days or 0, other.days or 0) <= 3 else "days known roughly"
    gap = max(other.since - one.until, one.since - other.until) + timedelta(days=1)
    return "reports a day apart" if gap.days == 1 and not (one.day_told and other.day_told) else None


def share(one: frozenset, other: frozenset) -> float:
    """Jaccard's measure: how much of both is common; 0 where both are empty."""
    return len(one & other) / len(one | other) if one or other else 0.0


def are_copies(one: Told, other: Told) -> bool:
    """Whether two reports are one text: by the share of like min-hashes. The threshold leaves room for a new lead."""
    if one.report == other.report:
        return True
    if not one.signature or len(one.signature) != len(other.signature):
        return False
    return sum(a == b for a, b in zip(one.signature, other.signature)) / len(one.signature) >= 0.7
