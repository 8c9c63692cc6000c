"""Reads the gold cases about statements, and says what a finding lacks against one."""

import re
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from verbale.coding.statements import statements_in
from verbale.language.parser import default_parser
from verbale.model.findings import Party, Statement
from verbale.model.ids import text_hash
from verbale.model.report import Report, Segment
from verbale.model.roster import Roster
from verbale.model.span import Span
from verbale.model.when import DateWindow, Period
from verbale.tables.load import toml_table
from verbale.world.identify import identify
from verbale.world.world import load_world

GOLD = Path(__file__).parents[1] / "gold"
STRENGTHS = ("must", "should", "hoped")
DAY = date(2023, 5, 10)
WORD = re.compile(r"\w+")


class Stand(msgspec.Struct, forbid_unknown_fields=True):
    """A stance that must be found: toward which actor, of what polarity."""

    toward: str
    polarity: str


class Said(msgspec.Struct, forbid_unknown_fields=True):
    """One statement that a case expects. A field left out is not checked."""

    who: str | None = None
    """What the speaker's words hold; "" for nobody."""
    actor: str | None = None
    """What the speaker's actor is called."""
    source: str | None = None
    cue: str | None = None
    what: str | None = None
    kind: str | None = None
    act: str | None = None
    to: str | None = None
    where: str | None = None
    carried: bool | None = None
    via: str | None = None
    polarity: str | None = None
    certainty: str | None = None
    verbatim: list[str] | None = None
    beside: list[str] | None = None
    stance: Stand | None = None
    no_stance: bool = False
    defect: bool | None = None
    zone: str | None = None
    cue_class: str | None = None
    twin: bool | None = None
    """Whether it is tied to a body statement with the same words."""
    any: bool = False
    """Any statement will do here, or none."""


class Case(msgspec.Struct, forbid_unknown_fields=True):
    """A text and all that is said in it."""

    name: str
    text: str
    said: list[Said] = []
    nested: list[Said] = []
    title: str | None = None
    """A headline before the text."""
    strength: str = "must"
    why: str = ""


def load_cases(name: str) -> list[Case]:
    """The cases of a file; twin names and unknown strengths are refused."""
    table = toml_table(GOLD / name)
    cases = [msgspec.convert(case, Case) for case in table["case"]]
    names = [case.name for case in cases]
    twins = {one for one in names if names.count(one) > 1}
    assert not twins, f"{name}: twin names {sorted(twins)}"
    assert all(case.strength in STRENGTHS for case in cases), f"{name}: a strength is none of {STRENGTHS}"
    return cases


@lru_cache(maxsize=1)
def _world():
    return load_world()


def report_of(text: str, title: str | None = None) -> Report:
    """A report of one body segment, after a title segment where there is one."""
    whole = f"{title}\n\n{text}" if title else text
    start = len(whole) - len(text)
    segments = [Segment("body", Span(start, len(whole)), "test")]
    if title:
        segments.insert(0, Segment("title", Span(0, len(title)), "test"))
    window = DateWindow(published=DAY, period=Period.day(DAY))
    return Report(f"re-{text_hash(whole)[:16]}", whole, tuple(segments), window, title)


def rosters_of(cases: list[Case]) -> list[Roster]:
    readings = default_parser().parse([report_of(case.text, case.title) for case in cases])
    return [identify(reading, _world()) for reading in readings]


def found_in(roster: Roster) -> list[Statement]:
    return statements_in(roster)


def lacks(case: Case, roster: Roster, found: list[Statement]) -> list[str]:
    """What is missing or wrong, in words; nothing for a case that holds."""
    text = roster.reading.report.text
    top = [one for one in found if one.level == 1]
    said = [one for one in case.said if not one.any]
    loose = any(one.any for one in case.said)
    wrong = []
    if len(top) != len(said) and not (loose and len(top) >= len(said)):
        wrong.append(f"{len(top)} statements, wanted {len(said)}: {[_shown(one, text) for one in top]}")
    taken: set[str] = set()
    for wanted in [*said, *case.nested]:
        pool = top if wanted in said else [one for one in found if one.level == 2]
        answers = [(_faults(wanted, one, roster), one) for one in pool if one.id not in taken]
        faults, best = min(answers, key=lambda answer: len(answer[0]), default=(["no statement"], None))
        if best is not None:
            taken.add(best.id)
        wrong += faults
    return wrong


def _shown(one: Statement, text: str) -> str:
    who = one.speaker.words if one.speaker else "nobody"
    return f"{who} | {one.cue.of(text) if one.cue else ''} | {' / '.join(span.of(text) for span in one.content)}"


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


def _faults(wanted: Said, one: Statement, roster: Roster) -> list[str]:
    text = roster.reading.report.text
    found: list[str] = []

    def check(name: str, is_right: bool, got: object) -> None:
        if not is_right:
            found.append(f"{name}: found {got!r}, wanted {getattr(wanted, name)!r} in {_shown(one, text)}")

    content = [word for span in one.content for word in _words(span.of(text))]
    if wanted.what is not None:
        check("what", content == _words(wanted.what), " ".join(content))
    _check_speaker(wanted, one, roster, check)
    cue = one.cue.of(text) if one.cue else ""
    if wanted.cue is not None:
        check("cue", _words(cue) == _words(wanted.cue), cue)
    if wanted.source is not None:
        got = one.source_span.of(text) if one.source_span else ""
        check("source", _words(got) == _words(wanted.source), got)
    for name in ("kind", "act", "polarity", "zone", "cue_class", "via"):
        if getattr(wanted, name) is not None:
            check(name, getattr(one, name) == getattr(wanted, name), getattr(one, name))
    if wanted.to is not None:
        got = one.addressee.words if one.addressee else ""
        check("to", bool(wanted.to) == bool(got) and wanted.to in got, got)
    if wanted.where is not None:
        got = one.occasion.of(text) if one.occasion else ""
        check("where", bool(wanted.where) == bool(got) and wanted.where in got, got)
    if wanted.carried is not None:
        check("carried", one.occasion_carried == wanted.carried, one.occasion_carried)
    if wanted.verbatim is not None:
        got = [span.of(text) for span in one.verbatim]
        check("verbatim", [_words(part) for part in got] == [_words(part) for part in wanted.verbatim], got)
    if wanted.defect is not None:
        check("defect", bool(one.defects) == wanted.defect, one.defects)
    if wanted.twin is not None:
        check("twin", (one.same_as is not None) == wanted.twin, one.same_as)
    if wanted.stance is not None:
        got = [(stance.toward, stance.polarity) for stance in one.stance]
        check("stance", (wanted.stance.toward, wanted.stance.polarity) in got, got)
    if wanted.no_stance:
        check("no_stance", not one.stance, one.stance)
    return found


def _check_speaker(wanted: Said, one: Statement, roster: Roster, check) -> None:
    if wanted.who is not None:
        got = one.speaker.words if one.speaker else ""
        check("who", bool(wanted.who) == bool(got) and wanted.who in got, got)
    if wanted.actor is not None:
        check("actor", _called(one.speaker, roster) == wanted.actor, _called(one.speaker, roster))
    if wanted.certainty is not None:
        got = one.speaker.certainty if one.speaker else ""
        check("certainty", got == wanted.certainty, got)
    if wanted.beside is not None:
        names = [party.words for party in one.co_speakers]
        check("beside", len(names) == len(wanted.beside) and all(a in b for a, b in zip(wanted.beside, names)), names)


def _called(party: Party | None, roster: Roster) -> str:
    actor = roster.actor_by_id.get(party.actor) if party and party.actor else None
    return actor.name if actor else ""
