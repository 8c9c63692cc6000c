"""A report: an article as it was read."""

import msgspec

from verbale.model.span import Span
from verbale.model.when import DateWindow

SEGMENT_KINDS = (
    "body", "title", "title copy", "breadcrumb", "empty date label", "teaser list label", "label", "teaser",
    "byline", "dateline", "date", "caption", "furniture", "uncertain",
)
READ_KINDS = ("body", "title")  # what the later stages analyse; a title copy only repeats


class Segment(msgspec.Struct, frozen=True):
    """A stretch of a report's text and what it is for; together the segments hold every word of the text."""

    kind: str
    span: Span
    reason: str
    confidence: float = 1.0
    copy_of: int | None = None
    """Of a title copy: the number of the title's segment."""


class Repair(msgspec.Struct, frozen=True):
    """Letters that are read as others; the stored text keeps the raw ones."""

    span: Span
    raw: str
    read_as: str
    reason: str


class Report(msgspec.Struct, frozen=True):
    """One article: its text as stored, never changed, and what is known of it before any analysis.

    Claims: this text was found at this source, and its parts are what the segments say.
    """

    id: str
    text: str
    segments: tuple[Segment, ...]
    window: DateWindow = DateWindow()
    title: str | None = None
    url: str | None = None
    source: str | None = None
    """Who published it (a site or an agency), where the input says so."""
    origin: str | None = None
    """The agency the text is marked as coming from ("Reuters", "TASS"); None where no mark stands."""
    author: str | None = None
    language: str | None = "en"
    place: str | None = None
    """Where the input came from: a path, or `-`; not part of the id."""
    taken_for: str = "page text"
    """The kind of input it was read as: page text, plain text, html, json lines ..."""
    repairs: tuple[Repair, ...] = ()
    signature: tuple[int, ...] = ()
    """Min-hashes of its word runs, for finding copies."""

    def segments_of(self, *kinds: str) -> list[Segment]:
        return [segment for segment in self.segments if segment.kind in kinds]


class Problem(msgspec.Struct, frozen=True):
    """An input that gave no report: where it is, whether it failed or was skipped, and why, in one line."""

    place: str
    outcome: str
    """failed or skipped."""
    reason: str
    report: Report | None = None
    """What was read of it though it was not coded: a text in a language without an engine is kept all the same."""
