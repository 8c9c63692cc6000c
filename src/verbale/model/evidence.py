"""Evidence: the words a finding rests on."""

import msgspec

from verbale.model.span import Span


class Evidence(msgspec.Struct, frozen=True):
    """Where a finding stands in a report, word for word, which rule found it, and why it is believed."""

    report: str
    span: Span
    words: str
    """`report.text[span.start:span.stop]`, letter by letter."""
    rule: str
    reason: str
    confidence: float
    also: tuple[Span, ...] = ()
    """Further places that tell the same thing in the same report."""


def evidence_for(report_id: str, text: str, span: Span, rule: str, reason: str, confidence: float,
                 also: tuple[Span, ...] = ()) -> Evidence:
    """Evidence with its words read from the text, so that they can only be right."""
    return Evidence(report_id, span, span.of(text), rule, reason, round(confidence, 3), also)
