"""Reports and findings made by hand, for tests of what comes after the coder."""

from datetime import date

from verbale.model.actor import Actor
from verbale.model.evidence import evidence_for
from verbale.model.findings import Contact, Event, Findings, Party, Stance, Statement, Tally, TopicFound, finding_id
from verbale.model.ids import content_id
from verbale.model.report import Report, Segment
from verbale.model.span import Span
from verbale.model.when import DateWindow, Period

TEXT = """Minister in Oslo

Norway's foreign minister Anniken Huitfeldt met Finland's Pekka Haavisto in Oslo on Tuesday. “We agreed to open the \
northern road,” Huitfeldt said. The two have spoken by telephone more than five times this year, and they spoke \
about the Baltic Sea.
"""
NORWAY = Actor("st:no", "state", "Norway", "NOR", "NOR")
FINLAND = Actor("st:fi", "state", "Finland", "FIN", "FIN")
HUITFELDT = Actor(
    "pe:huitfeldt",
    "person",
    "Anniken Huitfeldt",
    "NORGOV",
    "NOR",
    "GOV",
    "foreign minister of Norway",
    "foreign_minister",
    "f",
    "confirmed",
)
HAAVISTO = Actor(
    "pe:haavisto",
    "person",
    "Pekka Haavisto",
    "FINGOV",
    "FIN",
    "GOV",
    "foreign minister of Finland",
    "foreign_minister",
    "m",
    "single",
)


def place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def report(
    text: str = TEXT, published: date | None = date(2022, 5, 10), where: str | None = "oslo.txt", **known: object
) -> Report:
    title_stop = text.index("\n") if "\n" in text else 0
    segments = (
        Segment("title", Span(0, title_stop), "first line"),
        Segment("body", Span(title_stop, len(text)), "rest"),
    )
    window = DateWindow(
        published, None if published else "no date in it", Period.day(published) if published else Period()
    )
    return Report(content_id("re", text), text, segments, window, text[:title_stop] or None, place=where, **known)


def party(text: str, words: str, actor: Actor | None, **known: object) -> Party:
    return Party(actor.id if actor else None, words, place(text, words), "name.exact", **known)


def findings(of: Report, road: str = "northern road") -> Findings:
    """One of each kind, as a coder would give them for TEXT or a text like it, in which they open another road."""
    text, day = of.text, Period.day(date(2022, 5, 10))
    her, him = party(text, "Anniken Huitfeldt", HUITFELDT), party(text, "Pekka Haavisto", HAAVISTO, certainty="medium")
    oslo = Party("pl:oslo", "Oslo", place(text, "in Oslo on"), "place.name")
    oslo = Party(
        None, "Oslo", Span(place(text, "in Oslo on").start + 3, place(text, "in Oslo on").start + 7), "place.name"
    )

    def evidence(words: str, rule: str, reason: str, confidence: float = 0.9):
        return evidence_for(of.id, text, place(text, words), rule, reason, confidence)

    said = evidence(
        f"“We agreed to open the {road},” Huitfeldt said", "statement.direct.after", "marks and a verb"
    )
    statement = Statement(
        finding_id("st", of.id, said.span),
        said,
        "direct",
        "say",
        (place(text, f"We agreed to open the {road},"),),
        (place(text, f"“We agreed to open the {road},”"),),
        speaker=her,
        cue=Span(said.span.stop - 4, said.span.stop),
        cue_lemma="say",
        stance=(Stance("st:fi", "positive", "agreed"),),
        when=day,
    )
    met = evidence("Anniken Huitfeldt met Finland's Pekka Haavisto", "consult.meet", "X met Y")
    event = Event(
        finding_id("ev", of.id, met.span),
        met,
        "CONSULT",
        "meet",
        who=(her,),
        whom=(him,),
        mutual=True,
        cameo="040",
        where=oslo,
        where_role="venue",
        when=day,
        predicate="meet",
    )
    agreed = evidence(f"We agreed to open the {road}", "agree.to", "agree to X", 0.7)
    claimed = Event(
        finding_id("ev", of.id, agreed.span),
        agreed,
        "AGREE",
        who=(party(text, "We", NORWAY),),
        whom=(party(text, "Finland", FINLAND),),
        mutual=True,
        cameo="057",
        asserted_by=statement.id,
        status="intended",
        when=day,
    )
    contact = Contact(
        finding_id("co", of.id, met.span),
        event.id,
        met,
        (her, him),
        "in person",
        level="minister",
        place=oslo,
        when=day,
        agenda=("baltic-sea",),
    )
    counted = evidence("spoken by telephone more than five times this year", "tally.times", "more than N times")
    tally = Tally(
        finding_id("ta", of.id, counted.span),
        counted,
        (her, him),
        "phone",
        5,
        "more than",
        Period(date(2022, 1, 1), date(2022, 5, 11)),
        "this year",
    )
    sea = evidence("Baltic Sea", "topic.name", "a sea of the table")
    topic = TopicFound(finding_id("to", of.id, sea.span), sea, "baltic-sea", "the Baltic Sea", role="agenda")
    return Findings(
        of.id,
        of.window,
        (HAAVISTO, HUITFELDT, FINLAND, NORWAY),
        (statement,),
        (event, claimed),
        (contact,),
        (tally,),
        (topic,),
        ("Haavisto's office rests on one source",),
    )


def story(number: int) -> tuple[Report, Findings]:
    """Report number so and so of many: like TEXT, but each with its own last sentence."""
    of = report(TEXT + f"This was round {number} of the talks.\n", where=f"story-{number}.txt")
    return of, findings(of)
