"""When an act took place: the nearest time expression, anchored to the report's days by the tense."""

from verbale.coding.match import Act
from verbale.coding.roles import Roles
from verbale.coding.status import Status
from verbale.model.reading import ROOT
from verbale.model.roster import Roster
from verbale.model.span import Span
from verbale.model.when import Period, TimeExpression, anchored

TENSE_OF_STATUS = {"planned": "future", "intended": "future", "called for": "future", "postponed": "future"}


def when_of(
    act: Act, status: Status, roles: Roles, roster: Roster, times: list[TimeExpression]
) -> tuple[Period | None, Span | None]:
    """The days of an act and the words that name them; None where the text names no time for it.

    A time belongs to the nearest act above it in the tree: "said on Monday that they met" dates the saying.
    """
    chain = set(act.chain())
    best: TimeExpression | None = None
    nearest = 99
    for expression in times:
        if expression.kind == "recurrence":
            continue
        steps = _steps(expression, chain, roles)
        if steps is not None and steps < nearest:
            best, nearest = expression, steps
    if best is None:
        return None, None
    tense = TENSE_OF_STATUS.get(status.status) or status.tense or "past"
    return anchored(best, roster.window.period, tense), best.span


def _steps(expression: TimeExpression, chain: set[int], roles: Roles) -> int | None:
    """How far up the tree from a time to the act; None where another clause stands between."""
    head = roles.sentence.head_of(expression.span)
    if head is None:
        return None
    here, steps = head.place, 0
    while here != ROOT and steps < 6:
        if here in chain:
            return steps
        token = roles.tokens[here]
        if steps and token.upos == "VERB" and token.relation != "xcomp":
            return None
        here = token.head
        steps += 1
    return None
