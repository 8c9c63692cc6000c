"""What holds of every statement, whatever the text: places, nesting, ids, reasons."""

from itertools import pairwise

import pytest
from msgspec.structs import replace

from tests.coding.statements_cases import found_in, load_cases, report_of, rosters_of
from verbale.coding.cues import CueCount, CueCounts
from verbale.coding.weights import WeightRow, Weights
from verbale.coding.words import stem
from verbale.language.parser import WEIGHTS, default_parser
from verbale.model.reading import Reading
from verbale.model.report import Segment
from verbale.model.roster import Roster
from verbale.model.span import Span, covering

needs_model = pytest.mark.skipif(
    not WEIGHTS.is_file(), reason="the weights of the language model are not in the package"
)


@pytest.fixture(scope="module")
def coded():
    names = ("statements.toml", "statements_more.toml", "statements_frames.toml")
    cases = [case for name in names for case in load_cases(name)]
    return [(roster, found_in(roster)) for roster in rosters_of(cases)]


@needs_model
def test_evidence_quotes_the_text_and_covers_source_cue_and_content(coded):
    for roster, found in coded:
        for one in found:
            evidence = one.evidence
            assert evidence.span.of(roster.reading.report.text) == evidence.words
            parts = [*one.content, *[span for span in (one.cue, one.source_span) if span]]
            assert evidence.span.covers(covering(parts))
            assert evidence.rule and evidence.reason and 0 < evidence.confidence <= 1


@needs_model
def test_source_and_cue_never_overlap_the_content(coded):
    for _, found in coded:
        for one in found:
            for part in [span for span in (one.cue, one.source_span) if span]:
                assert not any(part.overlaps(piece) for piece in one.content_outer), one.evidence.words


@needs_model
def test_content_is_in_order_and_bare_lies_in_outer(coded):
    for _, found in coded:
        for one in found:
            assert all(before.stop <= after.start for before, after in pairwise(one.content))
            assert all(any(outer.covers(piece) for outer in one.content_outer) for piece in one.content)


@needs_model
def test_a_parent_holds_its_child_and_ids_are_single(coded):
    for _, found in coded:
        by_id = {one.id: one for one in found}
        assert len(by_id) == len(found)
        for one in found:
            assert (one.level == 2) == (one.parent is not None)
            if one.parent is not None:
                assert by_id[one.parent].evidence.span.covers(one.cue)


@needs_model
def test_words_of_marks_are_inside_content_or_quoted_whole(coded):
    for _, found in coded:
        for one in found:
            assert (one.kind == "indirect") == (not one.verbatim)


@needs_model
def test_a_roster_without_mentions_still_gives_statements_with_words(coded):
    reading = coded[0][0].reading
    thin = found_in(Roster(reading, (), (), reading.report.window))
    assert [one.speaker.words for one in thin if one.level == 1] == ["Novak"]
    assert thin[0].speaker.actor is None


@needs_model
def test_a_teaser_of_another_story_gives_no_statement():
    body, teaser = "The two ministers met in Oslo on Monday.", "Read also: “We will sign the accord,” Novak said."
    second = Span(len(body) + 2, len(body) + 2 + len(teaser))
    segments = (Segment("body", Span(0, len(body)), "test"), Segment("teaser", second, "test"))
    report = replace(report_of(f"{body}\n\n{teaser}"), segments=segments)
    reading = next(iter(default_parser().parse([report])))
    assert found_in(Roster(reading, (), (), report.window)) == []


def test_a_report_without_words_has_no_statements():
    report = report_of("")
    assert found_in(Roster(Reading(report, ()), (), (), report.window)) == []


def test_a_lemma_never_seen_is_weighed_by_its_frame():
    counts = CueCounts(
        [
            CueCount("*", "VERB", "*", 100, 10),
            CueCount("*", "VERB", "clause", 20, 15),
            CueCount("say", "VERB", "*", 50, 48),
        ]
    )
    assert counts.rate("bloviate", "VERB", "clause") > 0.5 > counts.rate("bloviate", "VERB", "object")
    assert counts.rate("say", "VERB", "object") > 0.6


def test_slips_of_the_lemma_meet_their_verb():
    assert stem("insiste") == stem("insist")
    assert stem("slamm") == stem("slam")
    assert stem("accus") == stem("accuse")


def test_the_best_candidate_can_say_what_decided_it():
    weights = Weights([WeightRow("end", "sentence ends", 2.0), WeightRow("end", "opens advcl", -1.0)])
    number, share = weights.best("end", [["opens advcl"], ["sentence ends", "length 3"]])
    assert number == 1 and share > 0.9
    assert weights.telling("end", ["sentence ends", "length 3"]) == "sentence ends"
