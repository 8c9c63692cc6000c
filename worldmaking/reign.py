"""REIGN's list of rulers: a second source for heads of state and government, and the only one for some of the 1990s."""

import re
from datetime import date
from pathlib import Path

from verbale.world.offices import days_of
from worldmaking.attestations import Attestation
from worldmaking.claims import Claim
from worldmaking.reading import raw
from worldmaking.same import can_be_same, shares_name
from worldmaking.terms import Ledger

PARLIAMENTARY = frozenset([
    "GBR", "CAN", "AUS", "NZL", "JAM", "BHS", "BRB", "TTO", "BLZ", "ATG", "DMA", "GRD", "KNA", "LCA", "VCT", "PNG",
    "SLB", "VUT", "IRL", "IND", "PAK", "BGD", "NPL", "THA", "MYS", "SGP", "JPN", "ISR", "TUR", "GRC", "ITA", "ESP",
    "PRT", "DEU", "AUT", "BEL", "NLD", "LUX", "DNK", "SWE", "NOR", "ISL", "EST", "LVA", "LTU", "CZE", "SVK", "HUN",
    "BGR", "SVN", "ALB", "MKD", "MLT", "MUS", "LSO", "ETH", "KHM", "LAO", "WSM", "TON", "TUV", "FJI", "IRQ", "LBN",
    "MNG", "ROU",
])
"""Where REIGN's ruler is the head of government; elsewhere the head of state."""
HEADS = ("head_of_state", "head_of_government")
YEARS = 6 * 366
"""Two rulers of like names further apart than this are taken for two people."""


def reign_claims(shared: Path, by_iso3: dict[str, str], ledger: Ledger, sightings: list[Attestation]) -> None:
    """Confirm the heads that REIGN has too; add the rulers of days for which no table has any head in that office."""
    chairs = ledger.by_chair()
    for row in raw(shared, "reign_leaders_1990_2021"):
        of = by_iso3.get(row["iso3"])
        if of is None or not row["valid_from"]:
            continue
        name = re.sub(r"\(.*?\)", "", row["leader"]).strip()
        name = re.sub(r"^([^,]+),\s*(.+)$", r"\2 \1", name)
        spell = Claim(f"{name}|{of}", name, "", of, "", max(row["valid_from"], "1985"), row["valid_to_month"],
                      {"reign"}, "2021-03", "", "acting" if "acting" in row["leader"] else "", {"reign"})
        if row["iso3"] == "RUS" and spell.since < "1991-07":
            continue
        met = [claim for kind in HEADS for claim in chairs.get((kind, of), ())
               if claim.first_day < spell.end_day and spell.first_day < claim.end_day and shares_name(claim.name, name)]
        for claim in met:
            claim.families.add("reign") if claim.families != {"memory"} else _source_memory(claim, spell)
            claim.sources.add("reign")
        if not met:
            met = [claim for kind in HEADS for claim in chairs.get((kind, of), ()) if same_days(claim, spell)]
            for claim in met[:1]:
                claim.other_names.add(name)
                claim.families.add("reign")
                claim.sources.add("reign")
        if not met and name not in NOT_RULERS:
            _add(spell, row["iso3"], chairs, ledger, sightings)


NOT_RULERS = frozenset({"Paul Bremer", "Athanasiu", "Dejeu", "Vacariou", "Deng Xiaoping", "Saddam Hussein "})
"""Rulers that REIGN counts though they held neither office: an occupation's administrator, stand-ins for days."""


def same_days(claim: Claim, spell: Claim) -> bool:
    """Whether a spell begins on a term's first day and ends in its last month: no two people share both by chance."""
    return (len(claim.since) == 10 and abs((claim.first_day - days_of(spell.since).since).days) <= 3
            and bool(claim.until) and bool(spell.until) and abs((claim.end_day - spell.end_day).days) <= 31)


def _source_memory(claim: Claim, spell: Claim) -> None:
    """A term from memory that REIGN has as well, with a first day that agrees, rests on REIGN."""
    first = days_of(spell.since)
    if first and first.since and abs((claim.first_day - first.since).days) <= 31 and len(claim.until) == 10:
        claim.families = {"reign"}


def _add(spell: Claim, iso3: str, chairs: dict[tuple[str, str], list[Claim]], ledger: Ledger,
         sightings: list[Attestation]) -> None:
    seen = [sight for sight in sightings if sight.of == spell.of and sight.kind in HEADS
            and spell.first_day <= sight.day <= spell.end_day and can_be_same(sight.name, spell.name)]
    spell.kind = seen[0].kind if seen else ("head_of_government" if iso3 in PARLIAMENTARY else "head_of_state")
    if seen:
        full = max((sight.name for sight in seen), key=len)
        spell.other_names.add(spell.name)
        spell.name = full
    held = [claim for kind in HEADS for claim in chairs.get((kind, spell.of), ())]
    known = next((claim for claim in held if can_be_same(claim.name, spell.name)
                  and abs((claim.first_day - spell.first_day).days) < YEARS), None)
    if known is not None:
        spell.person, spell.name = known.person, known.name
    chair = chairs.get((spell.kind, spell.of), [])
    end = spell.end_day if spell.until else date(2021, 4, 1)
    beside = [claim for claim in chair if (min(claim.end_day, end) - max(claim.first_day, spell.first_day)).days > 62]
    if beside:
        ledger.dispute("REIGN names another ruler", spell, beside[0])
        return
    ledger.claims.append(spell)
    chairs.setdefault((spell.kind, spell.of), []).append(spell)
