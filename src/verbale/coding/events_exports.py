"""Events in the shapes that other programs of the field read: PLOVER rows and PETRARCH triples, dyads made here."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec

from verbale.coding.events_agents import sector_of_words
from verbale.model.actor import Actor
from verbale.model.findings import Event, Findings, Party
from verbale.model.span import Span
from verbale.tables.load import csv_rows, data_folder
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


BY_PLACE = frozenset((("COERCE", "arrest"), ("ACCUSE", "investigate"), ("SANCTION", "convict")))
"""Acts of the authorities: who arrests in Italy is Italy, where nobody else is named."""


def code_of(actor: Actor) -> str:
    """The CAMEO code of an actor; of a place, the state that it lies in; "" where there is none."""
    return actor.code or (actor.country or "" if actor.kind in ("place", "territory") else "")


class OlderName(msgspec.Struct, frozen=True):
    """A mode or context under the name that PLOVER's gold records bear, which are older than its manual 0.8."""

    field: str
    name: str
    older: str
    type: str | None
    note: str | None
    source: str


@lru_cache(maxsize=1)
def _older() -> dict[tuple[str, str], str]:
    rows = csv_rows(data_folder() / "ontology" / "names_2018.csv", OlderName)
    return {(row.field, row.name): row.older for row in rows}


def older_mode(event: Event) -> str | None:
    """An event's mode under its older name; those who receive a visit had one of their own."""
    if event.mode == "visit" and event.evidence.rule.startswith(("host", "receive")):
        return "host"
    return _older().get(("mode", event.mode or ""), event.mode)


def older_contexts(event: Event) -> list[str]:
    """The two chief contexts under their older names."""
    named = [_older().get(("context", context), context) for context in event.contexts]
    return list(dict.fromkeys(named))[:2]


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


def plover_rows(found: Findings, sentences: Sequence[Span] = (), older_names: bool = False) -> list[dict[str, Any]]:
    """Rows of type, mode, contexts, source and target words and codes; a planned visit is AGREE, as the manual has
    it. With `older_names`, modes and contexts bear their names of 2018, the two chief contexts alone.

    Where nobody is named, the land of the act stands in: as target of what strikes a place, as source of an arrest.
    """
    ontology = load_ontology()
    codes = {actor.id: code_of(actor) for actor in found.actors}
    names = {actor.id: actor.name for actor in found.actors}
    rows = []
    for event in main_events(found, sentences):
        place = (event.where,) if event.where else ()
        who = event.who or (place if (event.type, event.mode) in BY_PLACE else ())
        whom = event.whom or (place if event.type in AT_PLACE else ())
        mode, contexts = event.mode, list(event.contexts)
        if older_names:
            mode, contexts = older_mode(event), older_contexts(event)
        rows.append(
            {
                "type": ontology.told_type(event.type, event.status),
                "mode": mode,
                "context": contexts,
                "source": [_named(party, names) for party in who],
                "target": [_named(party, names) for party in whom],
                "source_code": _codes(who, codes),
                "target_code": _codes(whom, codes),
            }
        )
    return rows


def petrarch_rows(found: Findings, sentences: Sequence[Span] = ()) -> list[dict[str, Any]]:
    """CAMEO triples of actor codes; a mutual act is written in both directions."""
    codes = {actor.id: code_of(actor) for actor in found.actors}
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
    """Actor codes of parties; people without a name of their own get the code of their home and of what they are."""
    found = []
    for party in parties:
        own = codes.get(party.actor or "", "")
        home = codes.get(next(iter(party.alternatives), ""), "")
        found.append(own or (home[:3] + (sector_of_words(party.words) or home[3:]) if home else ""))
    return list(dict.fromkeys(code for code in found if code))
