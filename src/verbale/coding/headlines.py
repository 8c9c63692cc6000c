"""Statements in headlines: who speaks where no cue stands, and which statement of the body has the same words."""

import re

from msgspec.structs import replace

from verbale.coding.draft import Draft
from verbale.coding.speakers import Speakers
from verbale.coding.words import Words
from verbale.model.evidence import evidence_for
from verbale.model.findings import Party, Statement, finding_id
from verbale.model.report import Report
from verbale.model.span import Span

WORD = re.compile(r"\w+")
ALIKE = 0.8
"""Share of a headline's words that a body statement must hold to have "the same words"."""


def speaker_of_headline(words: Words, draft: Draft, speakers: Speakers) -> Party | None:
    """Low belief: the first person that the headline names beside the quotation."""
    number = words.sentence[draft.place]
    for mention in speakers.roster.mentions_by_sentence.get(number, []):
        inside = any(words.start[first] <= mention.span.start < words.stop[last] for first, last in draft.content)
        actors = [speakers.roster.actor_by_id.get(one) for one in mention.actors]
        if not inside and len(actors) == 1 and actors[0] is not None and actors[0].kind == "person":
            return Party(
                mention.actors[0],
                mention.span.of(words.text),
                None,
                "headline.first-named",
                "low",
                _later(speakers, number, mention),
            )
    return None


def _later(speakers: Speakers, number: int, first) -> tuple[str, ...]:
    people = [
        one.actors[0]
        for one in speakers.roster.mentions_by_sentence.get(number, [])
        if len(one.actors) == 1 and one is not first
    ]
    return tuple(dict.fromkeys(one for one in people if one not in first.actors))


def linked_to_body(text: str, statements: list[Statement]) -> list[Statement]:
    """The statements with each headline one tied to the body statement that has its words, and given its speaker."""
    body = [one for one in statements if one.zone == "body"]
    linked = []
    for one in statements:
        twin = _twin(text, one, body) if one.zone == "headline" else None
        if twin is not None:
            speaker = one.speaker
            if twin.speaker is not None and (speaker is None or speaker.certainty == "low"):
                speaker = Party(
                    twin.speaker.actor,
                    twin.speaker.words,
                    None,
                    "headline.body-twin",
                    "high",
                    twin.speaker.alternatives,
                )
            one = replace(one, same_as=twin.id, speaker=speaker)
        linked.append(one)
    return linked


def _twin(text: str, headline: Statement, body: list[Statement]) -> Statement | None:
    wanted = _words(text, headline)
    if len(wanted) < 3:
        return None
    best = max(body, key=lambda one: len(wanted & _words(text, one)), default=None)
    return best if best is not None and len(wanted & _words(text, best)) >= ALIKE * len(wanted) else None


def _words(text: str, statement: Statement) -> set[str]:
    return {word.lower() for span in statement.content for word in WORD.findall(span.of(text))}


def of_title_copies(report: Report, statements: list[Statement]) -> list[Statement]:
    """The headline's statements once more where the page repeats its title, tied to the first."""
    found = []
    for segment in report.segments:
        if segment.kind != "title copy":
            continue
        for one in statements:
            if one.zone == "headline" and one.level == 1:
                place = _place_of(report.text, segment.span, one)
                if place is not None:
                    found.append(_copy(report, one, place))
    return found


def _place_of(text: str, segment: Span, statement: Statement) -> Span | None:
    """Where a segment has a statement's first piece of content, word for word."""
    wanted = statement.content[0].of(text)
    start = text.find(wanted, segment.start, segment.stop)
    return Span(start, start + len(wanted)) if start >= 0 else None


def _copy(report: Report, one: Statement, place: Span) -> Statement:
    speaker = replace(one.speaker, span=None) if one.speaker else None
    evidence = evidence_for(
        report.id,
        report.text,
        place,
        "statement.title-copy",
        "the title stands here once more",
        one.evidence.confidence,
    )
    return replace(
        one,
        id=finding_id("st", report.id, place, "copy", one.id),
        evidence=evidence,
        content=(place,),
        content_outer=(place,),
        speaker=speaker,
        cue=None,
        source_span=None,
        verbatim=(place,) if one.verbatim else (),
        occasion=None,
        addressee=None,
        same_as=one.id,
        defects=(),
    )
