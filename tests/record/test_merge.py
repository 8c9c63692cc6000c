"""Happenings: what is one thing in the world is joined, what only looks alike stays apart, and nothing is lost."""

import random
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from made_reports import report
from verbale.errors import BadInput
from verbale.model.actor import Actor
from verbale.model.evidence import evidence_for
from verbale.model.findings import Contact, Event, Findings, Party, finding_id
from verbale.model.span import Span
from verbale.model.when import Period
from verbale.record import pairs
from verbale.record.merge import happening_of, happenings, is_merged, merge, refresh
from verbale.record.store import Record
from verbale.record.told import numbers_of
from verbale.record.verify import verify

PEOPLE = {
    name: Actor(f"pe:{name}", "person", name.title(), country=country)
    for name, country in {
        "huitfeldt": "NOR",
        "store": "NOR",
        "haavisto": "FIN",
        "niinisto": "FIN",
        "linde": "SWE",
    }.items()
}
STATES = {
    name: Actor(f"st:{name}", "state", name.title(), country=country)
    for name, country in {"norway": "NOR", "finland": "FIN", "sweden": "SWE"}.items()
}
ACTORS = PEOPLE | STATES
TUESDAY = date(2022, 5, 10)


def told(
    words: str,
    who: str,
    day: date | None = TUESDAY,
    channel: str = "in person",
    place: str | None = None,
    status: str = "happened",
    published: date | None = TUESDAY,
    **known,
):
    """A report that tells of one contact: who is `huitfeldt haavisto`; day None: only the report's own."""
    of = report(f"{words}\n\n{words}, it was said.\n", published, f"{words[:8]}.txt", **known)
    parties = tuple(Party(ACTORS[name].id, ACTORS[name].name) for name in who.split())
    evidence = evidence_for(of.id, of.text, Span(0, len(words)), "made.up", "made for this test", 0.9)
    event = Event(finding_id("ev", of.id, evidence.span), evidence, "CONSULT", who=parties, mutual=True, status=status)
    contact = Contact(
        finding_id("co", of.id, evidence.span),
        event.id,
        evidence,
        parties,
        channel,
        status=status,
        place=Party(None, place) if place else None,
        when=Period.day(day) if day else None,
    )
    actors = tuple(ACTORS[name] for name in who.split())
    return of, Findings(of.id, of.window, actors, events=(event,), contacts=(contact,))


def groups(path, reports) -> list[list[str]]:
    """First words of the reports that each happening joins."""
    with Record(path) as record:
        run = record.begin({})
        for one in reports:
            record.add(*one, run)
        merge(record)
        assert verify(record).holds
        found = []
        for happening in happenings(record, 100):
            assert happening.n_reports >= 1
            titles = [
                record.row(
                    "SELECT title FROM report JOIN finding ON finding.report = report.id WHERE finding.id = ?", [member]
                )["title"]
                for member in happening.members
            ]
            found.append(sorted(titles))
        return sorted(found)


ONE = {
    "two papers, one meeting": [told("A", "huitfeldt haavisto"), told("B", "haavisto huitfeldt")],
    "one paper counts by the report's day": [
        told("A", "huitfeldt haavisto"),
        told("B", "huitfeldt haavisto", day=None, place="Oslo", published=TUESDAY),
    ],
    "one paper names a third": [
        told("A met in the capital", "huitfeldt haavisto", place="Oslo"),
        told("B met in the capital", "huitfeldt haavisto linde", place="Oslo"),
    ],
    "planned, then held": [
        told("A", "huitfeldt haavisto", status="planned", published=TUESDAY - timedelta(5)),
        told("B", "huitfeldt haavisto"),
    ],
    "one does not say how": [
        told("A", "huitfeldt haavisto", channel="unknown"),
        told("B", "huitfeldt haavisto", channel="phone"),
    ],
    "next day's paper, no day told": [
        told("A talks in Oslo", "huitfeldt haavisto", place="Oslo"),
        told("B talks in Oslo", "huitfeldt haavisto", None, place="Oslo", published=TUESDAY + timedelta(1)),
    ],
}
APART = {
    "a call and a meeting": [told("A", "huitfeldt haavisto", channel="phone"), told("B", "huitfeldt haavisto")],
    "two calls on two days": [
        told("A", "huitfeldt haavisto", channel="phone"),
        told("B", "huitfeldt haavisto", TUESDAY + timedelta(1), channel="phone"),
    ],
    "ministers and presidents of one pair": [told("A", "huitfeldt haavisto"), told("B", "store niinisto")],
    "one of them with another": [told("A", "huitfeldt haavisto"), told("B", "huitfeldt linde")],
    "a week later": [told("A", "huitfeldt haavisto"), told("B", "huitfeldt haavisto", TUESDAY + timedelta(7))],
    "no day on either": [
        told("A", "huitfeldt haavisto", None, published=None),
        told("B", "huitfeldt haavisto", None, published=None),
    ],
    "denied": [told("A", "huitfeldt haavisto"), told("B", "huitfeldt haavisto", status="denied")],
}


@pytest.mark.parametrize("name", ONE)
def test_one_thing_is_joined(tmp_path, name):
    assert len(groups(tmp_path / "r.db", ONE[name])) == 1


@pytest.mark.parametrize("name", APART)
def test_what_only_looks_alike_stays_apart(tmp_path, name):
    assert all(len(group) == 1 for group in groups(tmp_path / "r.db", APART[name]))


def test_the_order_of_reports_does_not_matter(tmp_path):
    reports = [
        told(f"{name} {number}", "huitfeldt haavisto", TUESDAY + timedelta(number % 3), channel)
        for number in range(6)
        for name, channel in (("a", "phone"), ("b", "in person"))
    ]
    first = groups(tmp_path / "a.db", reports)
    assert first == groups(tmp_path / "b.db", random.Random(3).sample(reports, len(reports)))
    assert len(first) == 6 and all(len(group) == 2 for group in first)


def test_a_chain_of_likenesses_does_not_join_two_calls(tmp_path):
    reports = [
        told("A", "huitfeldt haavisto", channel="phone"),
        told("B", "huitfeldt haavisto", channel="unknown"),
        told("C", "huitfeldt haavisto", channel="in person"),
    ]
    assert max(map(len, groups(tmp_path / "r.db", reports))) == 2


def test_copies_count_as_one_source_and_differences_are_shown(tmp_path):
    signature = tuple(range(64))
    wire = [
        told(f"A wire text {number}", "huitfeldt haavisto", signature=signature, origin="NTB") for number in range(3)
    ]
    own = told(
        "Another text altogether",
        "huitfeldt haavisto",
        place="Oslo",
        status="planned",
        published=TUESDAY - timedelta(3),
        origin="YLE",
    )
    with Record(tmp_path / "r.db") as record:
        run = record.begin({})
        for one in [*wire, own]:
            record.add(*one, run)
        assert not is_merged(record)
        assert merge(record) == 1 and is_merged(record)
        (happening,) = happenings(record)
        assert (happening.n_reports, happening.n_copies, happening.n_independent) == (4, 2, 2)
        assert happening.status == "happened" and happening.differ["status"] == ["planned", "happened"]
        assert happening_of(record, happening.members[0]) == happening


def test_what_a_person_kept_apart_stays_apart(tmp_path):
    pair = [told("A", "huitfeldt haavisto"), told("B", "huitfeldt haavisto")]
    with Record(tmp_path / "r.db") as record:
        run = record.begin({})
        for one in pair:
            record.add(*one, run)
        assert merge(record) == 1
        ids = sorted(findings.contacts[0].id for _, findings in pair)
        pairs.split(record, ids[0], "A. Reader", "two dinners")
        assert merge(record) == 2
        pairs.undo(record, *ids, "A. Reader")
        assert merge(record) == 1  # undone: as before


def test_events_of_like_type_are_joined_and_others_not(tmp_path):
    def acted(words: str, type_: str, day: date = TUESDAY):
        of, findings = told(words, "norway sweden", day)
        event = msgspec.structs.replace(
            findings.events[0],
            type=type_,
            mutual=False,
            who=findings.events[0].who[:1],
            whom=findings.events[0].who[1:],
            when=Period.day(day),
        )
        return of, msgspec.structs.replace(findings, contacts=(), events=(event,))

    assert len(groups(tmp_path / "a.db", [acted("A", "SANCTION"), acted("B", "SANCTION")])) == 1
    assert len(groups(tmp_path / "b.db", [acted("A", "SANCTION"), acted("B", "AID")])) == 2


def test_acts_without_a_day_of_their_own_need_like_words(tmp_path):
    def spoken_of(words: str):
        of, findings = told(words, "norway sweden", None)
        norway, sweden = findings.events[0].who
        event = msgspec.structs.replace(findings.events[0], type="ACCUSE", mutual=False, who=(norway,), whom=(sweden,))
        return of, msgspec.structs.replace(findings, contacts=(), events=(event,))

    words = ("Norway condemned the closure of schools", "Norway condemned the long closure of schools")
    alike = [spoken_of(one) for one in words]
    assert len(groups(tmp_path / "a.db", alike)) == 1
    other = [spoken_of("Norway condemned the closure of schools"), spoken_of("Oslo deplored new tariffs on timber")]
    assert len(groups(tmp_path / "b.db", other)) == 2


def happening_from(path, reports):
    """The one happening that tells of all these reports."""
    with Record(path) as record:
        run = record.begin({})
        for one in reports:
            record.add(*one, run)
        merge(record)
        (found,) = happenings(record)
        return found


def test_a_planned_meeting_that_was_held_has_a_history(tmp_path):
    plan = told("A", "huitfeldt haavisto", status="planned", published=TUESDAY - timedelta(5))
    put_off = told("C", "huitfeldt haavisto", status="postponed", published=TUESDAY - timedelta(3))
    held = told("B", "huitfeldt haavisto", published=TUESDAY + timedelta(1))
    late = told("D", "huitfeldt haavisto", status="planned", published=TUESDAY + timedelta(2))
    found = happening_from(tmp_path / "r.db", [held, late, put_off, plan])
    assert found.history == (("2022-05-05", "planned"), ("2022-05-07", "postponed"), ("2022-05-11", "happened"))
    assert (found.status, found.first_seen, found.last_seen) == ("happened", "2022-05-05", "2022-05-12")
    assert all(link.reason and link.score >= 4.5 for link in found.links)


def test_a_meeting_held_on_a_day_of_the_planned_ones_is_that_meeting(tmp_path):
    of, findings = told("A", "huitfeldt haavisto", status="planned", published=TUESDAY - timedelta(9))
    weeks = Period(TUESDAY - timedelta(3), TUESDAY + timedelta(4))
    contact = msgspec.structs.replace(findings.contacts[0], when=weeks)
    plan = of, msgspec.structs.replace(findings, contacts=(contact,))
    found = happening_from(tmp_path / "r.db", [plan, told("B", "huitfeldt haavisto")])
    assert (found.since, found.until, found.status) == ("2022-05-10", "2022-05-11", "happened")


def test_a_denial_is_shown_with_what_it_denies_and_counts_for_nothing(tmp_path):
    reports = [
        told("A", "huitfeldt haavisto", source="A Paper"),
        told("B", "huitfeldt haavisto", status="denied", source="A Ministry"),
    ]
    found = happening_from(tmp_path / "r.db", reports)
    assert found.n_reports == 1 and found.status == "happened" and found.differ == {"denied": ["A Ministry"]}
    assert {link.part for link in found.links} == {"tells", "denies"}
    assert len(found.members) == 1


def test_reports_that_tell_other_numbers_or_places_are_shown_to_differ(tmp_path):
    reports = [
        told("With 20 aides in Oslo", "huitfeldt haavisto", place="Oslo"),
        told("With twelve aides there", "huitfeldt haavisto", place="Bergen"),
        told("In Oslo with 20 aides", "huitfeldt haavisto", place="Oslo"),
    ]
    with Record(tmp_path / "r.db") as record:
        run = record.begin({})
        for one in reports:
            record.add(*one, run)
        ids = sorted(findings.contacts[0].id for _, findings in reports)
        for other in ids[1:]:
            pairs.join(record, ids[0], other, "A. Reader")
        merge(record)
        (found,) = happenings(record)
        assert found.differ == {"number": ["12", "20"], "place": ["Bergen", "Oslo"]}


@pytest.mark.parametrize(
    "words, numbers",
    [
        ("expelled 20 diplomats", {"20"}),
        ("on 10 March 2022", set()),
        ("March 10, 2022", set()),
        ("1,500 soldiers", {"1500"}),
        ("three tanks", {"3"}),
        ("nothing", set()),
    ],
)
def test_numbers_are_told_without_days_and_years(words, numbers):
    assert numbers_of(words) == numbers


def test_a_persons_verdict_comes_before_every_likeness(tmp_path):
    reports = [
        told("A", "huitfeldt haavisto"),
        told("B", "huitfeldt haavisto", TUESDAY + timedelta(9), published=TUESDAY + timedelta(9)),
        told("C", "huitfeldt haavisto"),
    ]
    with Record(tmp_path / "r.db") as record:
        run = record.begin({})
        for one in reports:
            record.add(*one, run)
        a, b, c = (findings.contacts[0].id for _, findings in reports)
        merge(record)
        assert happening_of(record, a).members == tuple(sorted((a, c)))
        pairs.join(record, a, b, "A. Reader", "the paper had the wrong day")
        refresh(record, [a, b])
        assert set(happening_of(record, a).members) == {a, b, c} and not is_merged(record)
        pairs.split(record, c, "A. Reader")
        refresh(record, [c])
        assert set(happening_of(record, a).members) == {a, b} and happening_of(record, c).members == (c,)
        quick = {one.members for one in happenings(record)}
        merge(record)
        assert {one.members for one in happenings(record)} == quick  # the whole pass gives the same
        for pair in ((a, b), (a, c), (b, c)):
            pairs.undo(record, *pair, "B. Reader")
        merge(record)
        assert happening_of(record, a).members == tuple(sorted((a, c)))
        assert len(pairs.judgements(record, a)) == 4


def test_verdicts_on_pairs_are_refused_where_they_make_no_sense(tmp_path):
    of, findings = told("A", "huitfeldt haavisto")
    with Record(tmp_path / "r.db") as record:
        record.add(of, findings, record.begin({}))
        merge(record)
        one = findings.contacts[0].id
        for give in (
            lambda: pairs.join(record, one, one, "A. Reader"),
            lambda: pairs.join(record, one, "co-none", "A. Reader"),
            lambda: pairs.join(record, one, findings.events[0].id, " "),
            lambda: pairs.split(record, one, "A. Reader"),
            lambda: pairs.undo(record, one, findings.events[0].id, "A. Reader"),
        ):
            with pytest.raises(BadInput):
                give()
        assert pairs.judgements(record) == []


def test_every_story_of_the_gold_is_told_at_least_twice_and_where_it_says():
    from bench.tasks.record import stories

    found = stories(Path(__file__).parents[1] / "gold" / "happenings")
    assert len(found) >= 60 and all(2 <= len(story.told) <= 6 for story in found)
    texts = [telling.text for story in found for telling in story.told]
    assert len(set(texts)) == len(texts)
    assert all(telling.words is None or telling.words in telling.text for story in found for telling in story.told)


def test_a_forgotten_report_is_in_no_happening(tmp_path):
    reports = [told("A", "huitfeldt haavisto", place="Oslo"), told("B", "huitfeldt haavisto", place="Bergen")]
    with Record(tmp_path / "r.db") as record:
        run = record.begin({})
        for one in reports:
            record.add(*one, run)
        merge(record)
        record.forget(reports[1][0].id, "asked for")
        assert not is_merged(record)
        assert "Bergen" not in str([tuple(row) for row in record.rows("SELECT * FROM happening")])
        merge(record)
        (left,) = happenings(record)
        assert left.n_reports == 1 and left.members == (reports[0][1].contacts[0].id,)
