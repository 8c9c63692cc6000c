"""Where no row says who held a main office: marked, never filled by guess."""

from collections import defaultdict
from datetime import date

from verbale.world.offices import days_of
from verbale.world.rows import GapRow, PlaceRow
from worldmaking.claims import Claim
from worldmaking.terms import seen_until

OFFICES = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister")
FIRST, LAST = date(1990, 1, 1), date(2026, 2, 1)
SHORTEST = 31
"""Days: shorter holes are hand-overs."""


def gap_rows(claims: list[Claim], places: list[PlaceRow]) -> list[GapRow]:
    """The stretches of 1990 to 2026 without a holder, for every state and each of OFFICES.

    States that never had a head of government beside the head of state in any source have no such gap.
    """
    held: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    for claim in claims:
        end = claim.end_day if claim.until else seen_until(claim)
        held[claim.kind, claim.of].append((claim.first_day, end if claim.families != {"memory"} else claim.end_day))
    found = []
    for place in places:
        if place.kind != "state":
            continue
        since, until = days_of(place.since), days_of(place.until)
        first = max(FIRST, since.since) if since and since.since else FIRST
        last = min(LAST, until.since) if until and until.since else LAST
        for kind in OFFICES:
            terms = sorted(held.get((kind, place.id), ()))
            if not terms and kind == "head_of_government":
                continue
            found += [GapRow(kind, place.id, start.isoformat(), stop.isoformat(), "compiled")
                      for start, stop in _holes(terms, first, last)]
    return found


def _holes(terms: list[tuple[date, date]], first: date, last: date) -> list[tuple[date, date]]:
    holes, covered = [], first
    for start, stop in terms:
        if start > covered and (min(start, last) - covered).days > SHORTEST:
            holes.append((covered, min(start, last)))
        covered = max(covered, stop)
        if covered >= last:
            return holes
    return [*holes, (covered, last)] if (last - covered).days > SHORTEST else holes
