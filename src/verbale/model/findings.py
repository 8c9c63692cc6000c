"""Findings: what the coder found in a report. Ids, places and words only, so that what travels stays small."""

from datetime import date

import msgspec

from verbale.model.actor import Actor
from verbale.model.evidence import Evidence
from verbale.model.ids import content_id
from verbale.model.span import Span
from verbale.model.when import DateWindow, Period

STATEMENT_KINDS = ("direct", "indirect", "mixed")
STATUSES = ("happened", "ongoing", "planned", "intended", "called for", "hypothetical", "denied", "failed", "postponed",
            "cancelled")
CHANNELS = ("in person", "phone", "video", "letter", "unknown")
BOUNDS = ("exactly", "at least", "more than", "about")


class Party(msgspec.Struct, frozen=True):
    """Someone in a finding: the actor, the words that name him there, and how sure that is."""

    actor: str | None
    """Actor id; None where the words name someone we cannot tell."""
    words: str
    span: Span | None = None
    """None where no words stand for him (an orphan quotation's speaker)."""
    how: str = ""
    certainty: str = "high"
    alternatives: tuple[str, ...] = ()


class Stance(msgspec.Struct, frozen=True):
    """How a statement speaks of someone: positive, negative or neutral, and the words that say so."""

    toward: str
    polarity: str
    words: str = ""


class Statement(msgspec.Struct, frozen=True):
    """Claims: in this report, this speaker is said to have said these words. It never claims that they are true."""

    id: str
    evidence: Evidence
    """Covers source, cue and content."""
    kind: str
    act: str
    """say, deny, confirm, accuse, demand, promise, threaten, thank, announce, ask, praise, decline ..."""
    content: tuple[Span, ...]
    """Bare: without outer marks and "that"."""
    content_outer: tuple[Span, ...]
    """With marks and "that"."""
    speaker: Party | None = None
    """None where the report names nobody ("it was announced")."""
    co_speakers: tuple[Party, ...] = ()
    cue: Span | None = None
    cue_lemma: str | None = None
    cue_class: str = "speech"
    """speech, attitude, evidence."""
    verbatim: tuple[Span, ...] = ()
    addressee: Party | None = None
    occasion: Span | None = None
    occasion_carried: bool = False
    """True where the occasion was named in an earlier statement and goes on."""
    via: str | None = None
    """The medium it was reported through: "told Reuters", "in a tweet"."""
    topics: tuple[str, ...] = ()
    stance: tuple[Stance, ...] = ()
    polarity: str = "affirmed"
    """affirmed or negated: whether the content's main claim is negated."""
    level: int = 1
    parent: str | None = None
    """Of a statement inside another (level 2): that one's id."""
    zone: str = "body"
    """body or headline."""
    defects: tuple[str, ...] = ()
    same_as: str | None = None
    """The body statement whose words this headline repeats."""
    when: Period | None = None
    source_span: Span | None = None
    """The whole source phrase with its apposition, as the scorers want it."""


class Event(msgspec.Struct, frozen=True):
    """Claims: the report (or, with `asserted_by`, a statement in it) tells who did this to whom, in this status."""

    id: str
    evidence: Evidence
    type: str
    """PLOVER type: AGREE, CONSULT, SUPPORT ..."""
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    who: tuple[Party, ...] = ()
    whom: tuple[Party, ...] = ()
    status: str = "happened"
    background: bool = False
    """Told as known before, not as this report's news."""
    mutual: bool = False
    """True where who and whom act alike on each other (a meeting): exports write both directions."""
    asserted_by: str | None = None
    """Id of the statement whose content tells it; None for the report's own voice."""
    cameo: str | None = None
    """Derived from type, mode and contexts by the versioned table."""
    where: Party | None = None
    where_role: str | None = None
    """venue, target or origin."""
    when: Period | None = None
    when_words: Span | None = None
    predicate: str | None = None
    """The lemma or noun that carried it."""
    topics: tuple[str, ...] = ()


class Contact(msgspec.Struct, frozen=True):
    """Claims: these parties met or spoke (or plan to): a CONSULT event told as diplomats keep it."""

    id: str
    event: str
    evidence: Evidence
    parties: tuple[Party, ...]
    channel: str = "unknown"
    visit: str | None = None
    """state, official, working, private, transit, summit margin, multilateral; None where none is told."""
    level: str | None = None
    """head of state, head of government, minister, deputy, envoy, official: the lowest of the chief parties."""
    host: str | None = None
    place: Party | None = None
    occasion: str | None = None
    agenda: tuple[str, ...] = ()
    """Topic ids, in the order told."""
    outcome: str | None = None
    """agreed, signed, joint statement, no result; None where none is told."""
    status: str = "happened"
    """happened (held), planned, postponed, cancelled ..."""
    when: Period | None = None
    trip: str | None = None
    """Id that joins the contacts of one journey."""


class Tally(msgspec.Struct, frozen=True):
    """Claims: the report says that these parties had this many contacts in this time.

    It is never blown up into dated events.
    """

    id: str
    evidence: Evidence
    who: tuple[Party, ...]
    channel: str
    count: int
    bound: str = "exactly"
    window: Period | None = None
    window_words: str | None = None
    asserted_by: str | None = None


class TopicFound(msgspec.Struct, frozen=True):
    """Claims: this topic was spoken of, here, and raised by this party where the report says who."""

    id: str
    evidence: Evidence
    topic: str
    label: str
    raised_by: Party | None = None
    role: str = "mentioned"
    """agenda (talks were about it), mentioned."""


class Findings(msgspec.Struct, frozen=True):
    """All that one report gave, with the actors named in it and its day as far as known."""

    report: str
    window: DateWindow
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    contacts: tuple[Contact, ...] = ()
    tallies: tuple[Tally, ...] = ()
    topics: tuple[TopicFound, ...] = ()
    doubts: tuple[str, ...] = ()
    """What a careful reader should check: a repaired name, an office known from memory only, a wide window."""


def finding_id(prefix: str, report: str, span: Span, *parts: object) -> str:
    """The id of a finding: its report, its place, and what tells it from another at the same place."""
    return content_id(prefix, report, span.start, span.stop, *parts)


class Run(msgspec.Struct, frozen=True):
    """One run over some inputs: inputs = coded + skipped + failed."""

    id: str
    started: str
    """UTC, ISO 8601 to the second."""
    finished: str | None
    inputs: int
    coded: int
    skipped: int
    failed: int
    versions: dict[str, str]
    """Hashes or numbers of program, rules, tables, weights."""
    problems: tuple[str, ...] = ()
    """One line for each input skipped or failed: which, why."""


class Judgement(msgspec.Struct, frozen=True):
    """A person's verdict on a finding: accept, reject or correct; never erased, later ones count."""

    id: str
    finding: str
    verdict: str
    by: str
    at: str
    reason: str = ""
    correction: dict[str, str] | None = None
    day: date | None = None
