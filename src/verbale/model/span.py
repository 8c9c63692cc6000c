"""Places in a text."""

import msgspec


class Span(msgspec.Struct, frozen=True, order=True):
    """The letters `start` up to, not with, `stop` of a report's stored text, counted in Unicode code points."""

    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def of(self, text: str) -> str:
        """The words at this place."""
        return text[self.start:self.stop]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.stop and other.start < self.stop

    def covers(self, other: "Span") -> bool:
        return self.start <= other.start and other.stop <= self.stop


def covering(spans: "list[Span] | tuple[Span, ...]") -> Span:
    """The smallest span over all of `spans`; at least one is needed."""
    return Span(min(span.start for span in spans), max(span.stop for span in spans))
