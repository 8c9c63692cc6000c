"""Events in the shapes that other programs of the field read: PLOVER rows and PETRARCH triples, dyads made here."""

from typing import Any

from verbale.model.findings import Event, Findings, Party
from verbale.tables.ontology import load_ontology

TOLD_STATUSES = ("happened", "ongoing", "planned", "intended", "called for", "cancelled", "postponed", "failed")
LEAST_CONFIDENCE = 0.0


def main_events(found: Findings) -> list[Event]:
    """The events that a coder without status and background would give: the news of each sentence, surest first."""
    ontology = load_ontology()
    told = [event for event in found.events
            if event.status in TOLD_STATUSES and not event.background and ontology.told_type(event.type, event.status)
            and (event.cameo or event.status not in ("failed",))]
    return sorted(told, key=lambda event: (event.status in ("intended",), -event.evidence.confidence))


def plover_rows(found: Findings) -> list[dict[str, Any]]:
    """Rows of type, mode, contexts, source and target words and codes; a planned visit is AGREE, as the manual has it."""
    ontology = load_ontology()
    codes = {actor.id: actor.code or "" for actor in found.actors}
    names = {actor.id: actor.name for actor in found.actors}
    rows = []
    for event in main_events(found)[:2]:
        rows.append({
            "type": ontology.told_type(event.type, event.status), "mode": event.mode, "context": list(event.contexts),
            "source": [_named(party, names) for party in event.who], "target": [_named(party, names) for party in event.whom],
            "source_code": _codes(event.who, codes), "target_code": _codes(event.whom, codes),
        })
    return rows


def petrarch_rows(found: Findings) -> list[dict[str, Any]]:
    """CAMEO triples of actor codes; a mutual act is written in both directions."""
    codes = {actor.id: actor.code or "" for actor in found.actors}
    rows = []
    for event in main_events(found):
        who, whom = _codes(event.who, codes), _codes(event.whom, codes)
        if event.cameo is None:
            continue
        if event.mutual and not whom:
            pairs = [([one], [other]) for one in who for other in who if one != other]
        elif event.mutual:
            pairs = [(who, whom), (whom, who)]
        else:
            pairs = [(who, whom)]
        rows += [{"source_code": source, "target_code": target, "cameo": event.cameo} for source, target in pairs if source and target]
    return rows


PRONOUNS = frozenset(("he", "she", "it", "they", "we", "him", "her", "them", "his", "its", "their", "us", "our", "i", "my"))


def _named(party: Party, names: dict[str, str]) -> str:
    """The words of a party; for a pronoun, the name of whom it means."""
    known = party.actor or next(iter(party.alternatives), None)
    return names.get(known, party.words) if party.words.lower() in PRONOUNS and known else party.words


def _codes(parties: tuple[Party, ...], codes: dict[str, str]) -> list[str]:
    """Actor codes of parties; people without a name of their own get the code of their home."""
    found = [codes.get(party.actor or "", "") or codes.get(next(iter(party.alternatives), ""), "") for party in parties]
    return list(dict.fromkeys(code for code in found if code))
