"""How sure an event is, what speaks against it, and words that no rule holds."""

import pytest

pytest.importorskip("onnxruntime")

from verbale.language.parser import WEIGHTS

if not WEIGHTS.is_file():
    pytest.skip("the weights are not in the package", allow_module_level=True)

from verbale.coding.code import code
from verbale.coding.rules import load_rules
from verbale.language.parser import default_parser
from verbale.model.report import Report, Segment
from verbale.model.span import Span
from verbale.world.identify import identify
from verbale.world.world import load_world


def events_of(text: str, nearest: bool = False):
    report = Report(text, text, (Segment("body", Span(0, len(text)), "all of it"),))
    (reading,) = default_parser().parse([report])
    return code(identify(reading, load_world()), load_rules(nearest=nearest)).events


def test_known_sides_are_surer_than_unknown_ones():
    (known,), (unknown,) = events_of("Chad attacked Mali."), events_of("Mali was attacked.")
    assert known.evidence.confidence > unknown.evidence.confidence


def test_the_reason_names_rule_way_and_what_speaks_against():
    (event,) = events_of("Mali was attacked.")
    assert event.evidence.rule in event.evidence.reason
    assert "whom by obj" in event.evidence.reason
    assert "against it: who is not told" in event.evidence.reason


def test_words_that_no_rule_holds_are_read_only_when_asked_for():
    assert events_of("Chad ruined Mali.") == ()
    (event,) = events_of("Chad ruined Mali.", nearest=True)
    assert (event.type, event.evidence.rule.split(".")[0]) == ("ASSAULT", "nearest")
    assert event.evidence.confidence < 0.5 * events_of("Chad destroyed Mali.")[0].evidence.confidence
    assert "no rule knows the word" in event.evidence.reason
