"""On which days, or in what window: time expressions of a clause, seen from the report's day."""

from verbale.model.reading import Sentence, Token
from verbale.model.roster import Roster
from verbale.model.span import Span
from verbale.model.when import Period, TimeExpression, anchored


def times_in(roster: Roster, sentence: Sentence, span: Span) -> list[TimeExpression]:
    """Time expressions of a sentence inside a stretch of it, in text order."""
    return [one for one in roster.reading.times if one.sentence == sentence.number and span.covers(one.span)]


HELD = frozenset(
    ("take", "occur", "happen", "begin", "start", "end", "hold", "open", "last", "conclude", "be", "follow")
)


def time_of_noun(roster: Roster, sentence: Sentence, noun: Token, tense: str) -> Period | None:
    """The days of a contact told by a noun, from the verb that says it was held: "the call took place on Thursday"."""
    if noun.upos != "NOUN" or noun.head < 0 or noun.bare_relation not in ("nsubj", "obj"):
        return None
    verb = sentence.tokens[noun.head]
    if verb.lemma.lower() not in HELD and not verb.relation.startswith("root"):
        return None
    clause = Span(min(noun.start, verb.start), sentence.span.stop)
    for one in times_in(roster, sentence, clause):
        head = sentence.head_of(one.span)
        if head is not None and head.head in (noun.place, verb.place) and one.kind != "recurrence":
            return anchored(one, report_days(roster), tense)
    return None


def report_days(roster: Roster) -> Period:
    """The day of the report where it is known, else its window."""
    window = roster.window
    return Period.day(window.published) if window.published else window.period


def window_of(roster: Roster, expression: TimeExpression) -> Period | None:
    """The days in which the counted contacts lie: "since March" runs up to the report; None where they cannot be
    told.
    """
    anchor = report_days(roster)
    period = anchored(expression, anchor, "past")
    if period is None:
        return None
    if begins_a_stretch(roster, expression):
        return Period(period.since, anchor.until)
    return period


def begins_a_stretch(roster: Roster, expression: TimeExpression) -> bool:
    """Whether a time is the start of a stretch ("since March"), inside the expression or right before it."""
    text = roster.reading.report.text
    before = text[max(0, expression.span.start - 12) : expression.span.start].lower().split()
    return expression.span.of(text).lower().startswith("since") or bool(before and before[-1] == "since")
