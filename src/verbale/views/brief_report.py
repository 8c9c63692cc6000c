"""The brief of one report: what a reader at a desk wants to know of it, each line with its words."""

from collections.abc import Iterable

from verbale.model.findings import Findings, Statement
from verbale.model.report import Report
from verbale.views import wording
from verbale.views.paper import Line, Paper, Section

LONGEST_QUOTE = 400
MOST_CLUES = 4
FEWEST_FELT = 4
"""Words that an attitude or a finding must hold to be told in a brief; the record keeps the shorter ones."""


def brief(report: Report, findings: Findings) -> Paper:
    """People and offices, statements with speakers, events, contacts, tallies, agenda, doubts, and the day."""
    name, text = wording.namer(findings.actors), report.text
    label = wording.topic_labels(findings)
    speakers = {one.id: wording.listed(name(party) for party in [one.speaker, *one.co_speakers] if party)
                for one in findings.statements}

    def told_by(asserted_by: str | None) -> str:
        return f"told by {speakers[asserted_by] or 'nobody named'}" if asserted_by in speakers else ""

    def said(statements: Iterable[Statement]) -> tuple[Line, ...]:
        return tuple(Line(wording.statement_words(one, name), _short(wording.content_words(one, text)),
                          _certainty(one.speaker), one.id) for one in statements)

    spoken = [one for one in findings.statements if _is_spoken(one)]
    felt = [one for one in findings.statements if one.cue_class != "speech" and _is_told_of_someone(one, text)]
    others = [one for one in findings.statements if one.cue_class == "speech" and not _is_spoken(one)]
    as_contacts = {one.event for one in findings.contacts}  # told once: as a contact
    events = [Line(wording.event_words(one, name), _short(one.evidence.words), told_by(one.asserted_by), one.id)
              for one in findings.events if one.id not in as_contacts]
    contacts = [Line(wording.contact_words(one, name, label), _short(one.evidence.words), "", one.id)
                for one in findings.contacts]
    tallies = [Line(wording.tally_words(one, name), _short(one.evidence.words), told_by(one.asserted_by), one.id)
               for one in findings.tallies]
    return Paper(report.title or "(no title)", tuple(_head(report, findings)), (
        Section("People and offices", tuple(_people(findings))),
        Section("Contacts", tuple(contacts)),
        Section("Counts of contacts that are claimed", tuple(tallies)),
        Section("Statements", said(spoken)),
        Section("Other events", tuple(events)),
        Section("Agenda", tuple(_agenda(findings, name))),
        Section("Attitudes and evidence, not said in so many words", said(felt)),
        Section("Said by someone who is not told", said(others)),
        Section("Doubts", tuple(Line(doubt) for doubt in wording.all_doubts(report.repairs, findings.doubts))),
    ))


def _head(report: Report, findings: Findings) -> list[tuple[str, str]]:
    head = [("Day", wording.window_words(findings.window))]
    clues = list(dict.fromkeys(wording.clue_words(findings.window)))
    head += [("because", clue) for clue in clues[:MOST_CLUES]]
    if len(clues) > MOST_CLUES:
        head.append(("and", f"{len(clues) - MOST_CLUES} more reasons (`--json` has them)"))
    for label, value in (("Source", report.source), ("Agency", report.origin), ("Author", report.author),
                         ("Address", report.url), ("Read from", report.place), ("Report", report.id)):
        if value:
            head.append((label, value))
    furniture = len(report.segments) - len(report.segments_of("body", "title", "title copy"))
    if furniture:
        head.append(("Left aside", f"{furniture} piece{'s' if furniture > 1 else ''} of page furniture"))
    return head


def _people(findings: Findings) -> list[Line]:
    people = [Line(wording.party_words(actor)) for actor in findings.actors if actor.kind == "person"]
    groups: dict[str, list[str]] = {}
    for actor in findings.actors:
        if actor.kind not in ("person", "place"):
            groups.setdefault(actor.kind, []).append(actor.name + (f" [{actor.code}]" if actor.code else ""))
    plural = {"state": "States", "organisation": "Organisations", "group": "Groups", "bloc": "Blocs",
              "territory": "Territories", "population": "Populations", "unnamed": "Not named"}
    return people + [Line(f"{plural.get(kind, kind)}: {', '.join(names)}") for kind, names in groups.items()]


def _agenda(findings: Findings, name: wording.Namer) -> list[Line]:
    """Topics in the order told, each once; those that talks were about come first."""
    lines: dict[str, Line] = {}
    for topic in sorted(findings.topics, key=lambda one: one.role != "agenda"):
        if topic.topic not in lines:
            raised = f"raised by {name(topic.raised_by)}" if topic.raised_by else ""
            role = " (on the agenda)" if topic.role == "agenda" else ""
            lines[topic.topic] = Line(topic.label + role, "", raised, topic.id)
    return list(lines.values())


def _is_spoken(statement: Statement) -> bool:
    """Whether someone we can tell said it; what is felt, shown or said by nobody named comes at the end of a brief."""
    return statement.cue_class == "speech" and _is_known(statement)


def _is_known(statement: Statement) -> bool:
    speaker = statement.speaker
    return speaker is not None and (speaker.actor is not None or speaker.certainty == "high")


def _is_told_of_someone(statement: Statement, text: str) -> bool:
    """Whether a feeling or a finding is worth a line: of somebody we can tell, with more than a few words of what."""
    told = wording.content_words(statement, text).split()
    return _is_known(statement) and len(told) >= FEWEST_FELT


def _certainty(speaker: object) -> str:
    certainty = getattr(speaker, "certainty", "high")
    return "" if certainty == "high" else f"speaker: {certainty} certainty"


def _short(words: str) -> str:
    words = wording.one_line(words)
    return words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
