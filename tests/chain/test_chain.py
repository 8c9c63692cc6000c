"""The chain keeps order, loses nothing, and one bad report stops nothing else."""

import pytest

from verbale.chain import chain as chain_room
from verbale.chain.chain import Chain, Coded
from verbale.errors import BadInput
from verbale.model.findings import Findings
from verbale.model.reading import Reading
from verbale.model.report import Problem, Report, Segment
from verbale.model.roster import Roster
from verbale.model.span import Span


def report(text: str, language: str | None = "en", kind: str = "body") -> Report:
    return Report(
        id=f"re-{text}",
        text=text,
        segments=(Segment(kind, Span(0, len(text)), "test"),),
        language=language,
        place=f"{text}.txt",
    )


class PlainParser:
    """Gives empty readings, and breaks at texts that say so, as a model's defect would."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def parse(self, reports):
        reports = list(reports)
        self.batches.append(len(reports))
        for one in reports:
            if "break the parser" in one.text:
                raise RuntimeError("bad shape\nin layer 3")
            yield Reading(one, ())


def identify(reading, world):
    if "break the world" in reading.report.text:
        raise KeyError("nobody")
    return Roster(reading, (), (), reading.report.window)


@pytest.fixture
def chain(monkeypatch):
    calls = {"identify": identify, "code": lambda roster, rules: Findings(roster.reading.report.id, roster.window)}
    real = chain_room._call
    monkeypatch.setattr(chain_room, "_call", lambda module, name: calls.get(name) or real(module, name))
    return Chain(parser=PlainParser(), world=object(), rules=object(), reports_at_once=4)


def outcome(one) -> str:
    return one.report.text if isinstance(one, Coded) else f"{one.outcome}: {one.reason}"


def test_order_is_kept_and_only_the_bad_ones_are_lost(chain):
    texts = ["one", "break the parser", "three", "break the world", "five", "six"]
    outcomes = [outcome(one) for one in chain.code(map(report, texts))]
    parser_broke, world_broke = "failed: RuntimeError: bad shape in layer 3", "failed: KeyError: 'nobody'"
    assert outcomes == ["one", parser_broke, "three", world_broke, "five", "six"]


def test_problems_pass_through_in_their_place(chain):
    given = [report("one"), Problem("x.bin", "failed", "binary"), report("two")]
    assert [outcome(one) for one in chain.code(given)] == ["one", "failed: binary", "two"]


def test_reports_are_handed_to_the_model_together(chain):
    list(chain.code(report(str(number)) for number in range(10)))
    assert chain.parser.batches == [4, 4, 2]


def test_other_languages_and_pages_without_article_are_skipped_with_a_reason(chain):
    french, page = report("bonjour", language="fr"), report("menu", kind="furniture")
    outcomes = list(chain.code([french, page]))
    assert [one.outcome for one in outcomes] == ["skipped", "skipped"]
    assert "'fr'" in outcomes[0].reason and "no article" in outcomes[1].reason


def test_a_book_is_no_article(chain, monkeypatch):
    monkeypatch.setattr(chain_room.settings, "LONGEST_REPORT_LETTERS", 10)
    (only,) = chain.code([report("a rather long text")])
    assert only.outcome == "skipped" and "cut it into articles" in only.reason


def test_a_reader_that_breaks_is_a_problem_of_that_source(chain, monkeypatch):
    def read(source, kind=None):
        if source == "bad":
            raise BadInput("bad: no such file; check the path")
        yield report(source)

    before = chain_room._call
    monkeypatch.setattr(chain_room, "_call", lambda module, name: read if name == "read" else before(module, name))
    outcomes = [outcome(one) for one in chain.read(["a", "bad", "b"])]
    assert outcomes == ["a", "failed: bad: no such file; check the path", "b"]


def test_no_reports_ask_for_no_model():
    assert list(Chain().code([])) == []
