"""A large record of made-up reports: sixty states, some told of far more than others, over twenty years."""

import random
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from verbale.model.actor import Actor
from verbale.model.evidence import evidence_for
from verbale.model.findings import Contact, Event, Findings, Party, Stance, Statement, TopicFound
from verbale.model.ids import content_id
from verbale.model.report import Report, Segment
from verbale.model.span import Span
from verbale.model.when import DateWindow, Period
from verbale.record.store import Record

COUNTRIES = [f"{first}{second}X" for first in "ABCDEFGHIJ" for second in "ABCDEF"]
WEIGHTS = [1 / (rank + 5) for rank in range(len(COUNTRIES))]
"""The first pair then holds about one event in a hundred, as large pairs do in event data."""
TYPES = {
    "CONSULT": "040",
    "AGREE": "030",
    "SUPPORT": "051",
    "AID": "070",
    "REQUEST": "020",
    "ACCUSE": "112",
    "SANCTION": "163",
    "PROTEST": "141",
    "THREATEN": "130",
    "ASSAULT": "190",
}
PLACES = ("ct:524901", "ct:2988507", "ct:2950159", "ct:1816670", "ct:1871859", "ct:4140963", "ct:112931")
TOPICS = ("trade", "energy", "migration", "fisheries", "railways", "water")
FILLER = (
    "Officials said that the round would go on in spring, and that papers on fisheries, railways and the shared "
    "river were laid before the ministers. No date was named for it. "
)


def fill(path: Path, events: int) -> str:
    """Make the record where it is not there yet; one line that says what it holds."""
    begun = time.monotonic()
    if not path.exists():
        unfinished = path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        with Record(unfinished) as record:
            record.connection.execute("PRAGMA synchronous = OFF")  # the filling is not what is measured
            run = record.begin({"program": "bench"})
            for number in range(events // 10):
                record.add(*made(number, random.Random(number)), run)
            record.end(run)
            record.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        unfinished.rename(path)
    with Record(path, make=False) as record:
        counts = {row["kind"]: row["n"] for row in record.rows("SELECT kind, count(*) AS n FROM finding GROUP BY kind")}
        reports = record.rows("SELECT count(*) FROM report")[0][0]
    return (
        f"{reports:,} reports, "
        + ", ".join(f"{n:,} {kind}s" for kind, n in counts.items())
        + f", {path.stat().st_size / 1e6:,.0f} MB, made in {time.monotonic() - begun:.0f} s"
    )


def made(number: int, dice: random.Random) -> tuple[Report, Findings]:
    """Report number so and so with ten events, two contacts, three statements and a topic."""
    countries = list(dict.fromkeys(dice.choices(COUNTRIES, WEIGHTS, k=8)))[:4]
    while len(countries) < 4:
        countries = list(dict.fromkeys([*countries, *dice.choices(COUNTRIES, WEIGHTS, k=4)]))[:4]
    states = [Actor(f"st:{one.lower()}", "state", f"State {one}", one, one) for one in countries]
    people = [
        Actor(
            f"pe:{one.lower()}-{dice.randrange(8)}",
            "person",
            f"Minister {one}",
            one + "GOV",
            one,
            "GOV",
            f"foreign minister of State {one}",
            "foreign_minister",
            status="confirmed",
        )
        for one in countries[:2]
    ]
    of = _report(number, people, states, date(2005, 1, 1) + timedelta(days=dice.randrange(7000)))
    actors = tuple(sorted([*states, *people], key=lambda one: one.id))
    return of, Findings(
        of.id,
        of.window,
        actors,
        tuple(_statements(of, people, states)),
        tuple(_events(of, people, states, dice)),
        tuple(_contacts(of, people, dice)),
        (),
        (TopicFound(content_id("to", of.id), _evidence(of, "fisheries"), "fisheries", "fisheries", role="agenda"),),
    )


def _report(number: int, people: list[Actor], states: list[Actor], day: date) -> Report:
    title = f"Round {number} of talks of {states[0].name} and {states[1].name}"
    told = (
        f"{people[0].name} met {people[1].name} in the capital for round {number}. "
        f"{people[0].name} said that the road would open. {people[1].name} said that the water was low. "
        f"{people[0].name} thanked {states[2].name} for its help. "
    )
    text = f"{title}\n\n{told}\n" + "\n".join([FILLER * 2] * 8) + "\n"
    stop = len(title) + 1
    window = DateWindow(day, None, Period.day(day))
    return Report(
        content_id("re", text, number),
        text,
        (Segment("title", Span(0, stop), "first line"), Segment("body", Span(stop, len(text)), "rest")),
        window,
        title,
        f"https://news.example/{number}",
        f"Paper {number % 12}",
        place=f"made-{number}.txt",
    )


def _evidence(of: Report, words: str, confidence: float = 0.9):
    start = of.text.index(words, len(of.title or ""))
    return evidence_for(of.id, of.text, Span(start, start + len(words)), "made.up", "made for this run", confidence)


def _statements(of: Report, people: list[Actor], states: list[Actor]):
    for number, (who, words) in enumerate(
        (
            (0, "said that the road would open"),
            (1, "said that the water was low"),
            (0, f"thanked {states[2].name} for its help"),
        )
    ):
        speaker = people[who]
        evidence = _evidence(of, f"{speaker.name} {words}")
        content = Span(evidence.span.start + len(speaker.name) + 1, evidence.span.stop)
        yield Statement(
            content_id("st", of.id, number),
            evidence,
            "indirect",
            "thank" if number == 2 else "say",
            (content,),
            (content,),
            Party(speaker.id, speaker.name, None, "name.exact"),
            topics=("fisheries",),
            stance=(Stance(states[2].id, "positive"),) if number == 2 else (),
        )


def _events(of: Report, people: list[Actor], states: list[Actor], dice: random.Random):
    for number in range(10):
        one, other = dice.sample(states, 2)
        type_ = dice.choice(list(TYPES))
        evidence = _evidence(of, f"{people[0].name} met {people[1].name}", round(0.5 + dice.random() / 2, 2))
        yield Event(
            content_id("ev", of.id, number),
            evidence,
            type_,
            cameo=TYPES[type_],
            when=of.window.period,
            who=(Party(one.id, one.name),),
            whom=(Party(other.id, other.name),),
            topics=(dice.choice(TOPICS),),
        )


def _contacts(of: Report, people: list[Actor], dice: random.Random):
    for number, channel in enumerate(("in person", "phone")):
        yield Contact(
            content_id("co", of.id, number),
            content_id("ev", of.id, number),
            _evidence(of, f"{people[0].name} met {people[1].name}"),
            tuple(Party(one.id, one.name) for one in people),
            channel,
            level="minister",
            place=Party(dice.choice(PLACES), "the capital", None, "place.name") if number == 0 else None,
            agenda=(dice.choice(TOPICS),),
            when=of.window.period,
            status=dice.choice(("happened", "happened", "happened", "planned")),
        )


if __name__ == "__main__":
    print(fill(Path(sys.argv[1]), int(sys.argv[2])))
