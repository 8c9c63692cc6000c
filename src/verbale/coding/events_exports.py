"""Events in the shapes that other programs of the field read: PLOVER rows and PETRARCH triples, dyads made here."""

from collections.abc import Sequence
from typing import Any

from verbale.model.findings import Event, Findings, Party
from verbale.model.span import Span
from verbale.tables.ontology import load_ontology

TOLD_STATUSES = ("happened", "ongoing", "planned", "intended", "called for", "cancelled", "postponed", "failed")
AT_PLACE = frozenset(("ASSAULT", "CONCEDE", "COERCE", "MOBILIZE", "PROTEST", "THREATEN", "SANCTION", "AID"))
"""Types whose place these formats write as the target where nobody else is: "lifted a curfew in Kosovo"."""


def main_events(found: Findings, sentences: Sequence[Span] = ()) -> list[Event]:
    """The events that a coder without status and background would give, the news before the rest.

    With `sentences` given, only the first of each sentence: coders of this kind give one.
    """
    ontology = load_ontology()
    told = [
        event
        for event in found.events
        if event.status in TOLD_STATUSES
        and not event.background
        and (event.status != "failed" or ontology.told_type(event.type, event.status) != event.type)
    ]
    told.sort(key=_rank)
    if not sentences:
        return told
    kept: dict[int, Event] = {}
    for event in told:
        at = next(
            (number for number, span in enumerate(sentences) if span.start <= event.evidence.span.start < span.stop), -1
        )
        kept.setdefault(at, event)
    return list(kept.values())


def _rank(event: Event) -> tuple[bool, bool, bool, int]:
    """What is news before what is said beside it: deeds and words before aims, known parties before none, then the
    text's order.
    """
    return (
        event.status in ("intended", "called for"),
        event.evidence.rule.startswith("n."),
        not event.who,
        event.evidence.span.start,
    )


def plover_rows(found: Findings, sentences: Sequence[Span] = ()) -> list[dict[str, Any]]:
    """Rows of type, mode, contexts, source and target words and codes; a planned visit is AGREE, as the manual has
    it.
    """
    ontology = load_ontology()
    codes = {actor.id: actor.code or "" for actor in found.actors}
    names = {actor.id: actor.name for actor in found.actors}
    rows = []
    for event in main_events(found, sentences):
        place = [event.where] if event.where and not event.whom and event.type in AT_PLACE else []
        whom = (*event.whom, *place)
        rows.append(
            {
                "type": ontology.told_type(event.type, event.status),
                "mode": event.mode,
                "context": list(event.contexts),
                "source": [_named(party, names) for party in event.who],
                "target": [_named(party, names) for party in whom],
                "source_code": _codes(event.who, codes),
                "target_code": _codes(whom, codes),
            }
        )
    return rows


def petrarch_rows(found: Findings, sentences: Sequence[Span] = ()) -> list[dict[str, Any]]:
    """CAMEO triples of actor codes; a mutual act is written in both directions."""
    codes = {actor.id: actor.code or "" for actor in found.actors}
    rows = []
    for event in main_events(found, sentences):
        who, whom = _codes(event.who, codes), _codes(event.whom, codes)
        if event.cameo is None:
            continue
        if event.mutual and not whom:
            pairs = [([one], [other]) for one in who for other in who if one != other]
        elif event.mutual:
            pairs = [(who, whom), (whom, who)]
        else:
            pairs = [(who, whom)]
        rows += [
            {"source_code": source, "target_code": target, "cameo": event.cameo}
            for source, target in pairs
            if source and target
        ]
    return rows


PRONOUNS = frozenset(
    ("he", "she", "it", "they", "we", "him", "her", "them", "his", "its", "their", "us", "our", "i", "my")
)


def _named(party: Party, names: dict[str, str]) -> str:
    """The words of a party; for a pronoun, the name of whom it means."""
    known = party.actor or next(iter(party.alternatives), None)
    return (
        names.get(known, party.words)
        if party.words.lower() in PRONOUNS and party.words != "US" and known
        else party.words
    )


def _codes(parties: tuple[Party, ...], codes: dict[str, str]) -> list[str]:
    """Actor codes of parties; people without a name of their own get the code of their home."""
    found = [codes.get(party.actor or "", "") or codes.get(next(iter(party.alternatives), ""), "") for party in parties]
    return list(dict.fromkeys(code for code in found if code))
