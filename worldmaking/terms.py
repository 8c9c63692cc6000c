"""From claims and attestations to terms of office: merged, put in order, one holder a chair a day, disputes told."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from verbale.world.offices import days_of
from worldmaking.attestations import Attestation
from worldmaking.claims import Claim
from worldmaking.reading import hand
from worldmaking.same import alike, can_be_same, name_parts, shares_name

ONE_CHAIR = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister", "head_of_body")
SEEN_AGAIN = 400
"""Days: between two sightings at most so far apart we take the office to have gone on."""
CAREER = 20 * 366
"""Days: a name seen again in the same office of the same state within so long is taken for the same person."""
HANDOVER = 62
"""Days by which two sources may differ on a hand-over; more is a dispute."""
STAND_IN = 120
A_YEAR = 366
IN_OFFICE = "wikidata:world"
"""The list of those who were in office on one day, 10 January 2023."""
FAR = date(2100, 1, 1)


@dataclass
class Ledger:
    """All claims, joined, and what was found wrong with them."""

    claims: list[Claim]
    disputes: list[str] = field(default_factory=list)

    def by_chair(self) -> dict[tuple[str, str], list[Claim]]:
        found: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            found[claim.kind, claim.of].append(claim)
        for claims in found.values():
            claims.sort(key=lambda claim: (claim.first_day, claim.end_day))
        return found

    def dispute(self, what: str, claim: Claim, other: Claim | None = None) -> None:
        words = f"{what}: {claim.kind} of {claim.of}: {claim.name} {claim.since}..{claim.until}"
        if other is not None:
            words += f" / {other.name} {other.since}..{other.until}"
        self.disputes.append(words)


def merged(claims: list[Claim]) -> Ledger:
    """One claim for one term: twins of the same person, office and days are joined, whatever their spelling."""
    ledger = Ledger([])
    chairs: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: ("memory" in claim.families, not claim.qid, claim.since)):
        chair = chairs[claim.kind, claim.of]
        twin = next((old for old in chair if _is_twin(old, claim)), None)
        if twin is None:
            chair.append(claim)
        else:
            _join(twin, claim, ledger)
    rekey = _joined_keys([claim for chair in chairs.values() for claim in chair])
    for chair in chairs.values():
        for claim in chair:
            claim.person = rekey.get(claim.person, claim.person)
            ledger.claims.append(claim)
    return ledger


def _is_twin(old: Claim, new: Claim) -> bool:
    same = old.person == new.person or (not (old.qid and new.qid) and can_be_same(old.name, new.name))
    if not same and not (old.qid and new.qid) and old.since and new.since and old.kind in ONE_CHAIR:
        same = abs((old.first_day - new.first_day).days) <= 3 and shares_name(old.name, new.name)
    if not same or not old.since or not new.since:
        return same and old.since == new.since
    close = abs((old.first_day - new.first_day).days) <= HANDOVER
    within = old.first_day < new.first_day < old.end_day and (
        old.person == new.person or (new.families <= {"memory", "factbook"} and _much_alike(old.name, new.name)))
    return close or (within and (not old.until or not new.until or abs((old.end_day - new.end_day).days) <= HANDOVER))


def _much_alike(one: str, other: str) -> bool:
    ones, others = name_parts(one), name_parts(other)
    return sum(any(alike(a, b) for b in others) for a in ones) >= 2


def _join(old: Claim, new: Claim, ledger: Ledger) -> None:
    if old.person != new.person:
        ALIAS_KEYS.append((new.person, old.person))
    if old.name != new.name:
        old.other_names.add(new.name)
    old.label = old.label or new.label
    if old.since and new.since and abs((old.first_day - new.first_day).days) > HANDOVER:
        ledger.dispute("two first days", old, new)
    only_memory = new.families == {"memory"}
    if _one_day(old) and not new.until and not only_memory:
        old.until = ""
    if len(new.since) > len(old.since) and new.since.startswith(old.since):
        old.since = new.since
    if new.until and (not old.until or old.end == "unknown") and not _one_day(new):
        old.until, old.end = new.until, "memory" if only_memory else ""
    elif len(new.until) > len(old.until) and old.until and new.until.startswith(old.until):
        old.until = new.until
    if not only_memory:
        old.as_of = max(old.as_of, new.as_of)
        old.families |= new.families
    old.sources |= new.sources


def _one_day(claim: Claim) -> bool:
    """An end on the first day: a slip of the source where another knows the term as open."""
    return bool(claim.until) and claim.until == claim.since


ALIAS_KEYS: list[tuple[str, str]] = []


def _joined_keys(claims: list[Claim]) -> dict[str, str]:
    """For each key the one it was found to be the same person as: by twin terms, or by the same name in one state."""
    found = dict(ALIAS_KEYS)
    by_name: dict[tuple[str, str], str] = {}
    for claim in sorted(claims, key=lambda claim: not claim.qid):
        key = ("-".join(sorted(claim.name.lower().split())), claim.of if claim.of.startswith("st:") else "")
        first = by_name.setdefault(key, claim.person)
        if first != claim.person and not claim.qid:
            found.setdefault(claim.person, first)
    for key in list(found):
        seen = {key}
        while found.get(found[key]) and found[key] not in seen:
            seen.add(found[key])
            found[key] = found[found[key]]
    return found


def attest(ledger: Ledger, sightings: list[Attestation]) -> None:
    """Lay days of sight over the terms: they confirm those of the same person, and fill where no term is known."""
    chairs = ledger.by_chair()
    unmatched: dict[tuple[str, str], list[Attestation]] = defaultdict(list)
    for sight in sorted(sightings, key=lambda one: one.day):
        chair = chairs.get((sight.kind, sight.of), [])
        same = [claim for claim in chair if claim.first_day <= sight.day < claim.end_day
                and shares_name(claim.name, sight.name)]
        for claim in same:
            _confirm(claim, sight)
        others = [claim for claim in chair if claim.first_day <= sight.day < seen_until(claim) and claim not in same]
        if same and any(claim.families != {"memory"} for claim in same):
            continue
        if not others or same:
            unmatched[sight.kind, sight.of].append(sight)
        else:
            claim = others[0]
            ledger.disputes.append(f"another was seen: {sight.kind} of {sight.of}: {sight.name} on {sight.day} "
                                   f"({sight.family}), the table has {claim.name} {claim.since}..{claim.until}")
    for (kind, of), seen in unmatched.items():
        ledger.claims += _chained(kind, of, seen, chairs.get((kind, of), []))


def _confirm(claim: Claim, sight: Attestation) -> None:
    claim.sources.add(sight.family)
    if claim.families == {"memory"}:
        return
    claim.families.add(sight.family)
    if not claim.until:
        claim.as_of = max(claim.as_of, sight.day.isoformat())


def seen_until(claim: Claim) -> date:
    """The end of a term; of an open one, or one whose end no source gives, the day after it was last seen."""
    if claim.until and claim.end != "memory":
        return claim.end_day
    seen = days_of(claim.as_of)
    return seen.until if seen and seen.until and claim.families != {"memory"} else claim.end_day


def _chained(kind: str, of: str, seen: list[Attestation], chair: list[Claim]) -> list[Claim]:
    """Sightings of one person at most SEEN_AGAIN days apart, as terms from the first to the last."""
    chains: list[list[Attestation]] = []
    for sight in sorted(seen, key=lambda one: one.day):
        open_chain = next((chain for chain in chains if shares_name(chain[-1].name, sight.name)
                           and (sight.day - chain[-1].day).days <= SEEN_AGAIN), None)
        other_between = open_chain is not None and any(
            open_chain[-1].day < one.day < sight.day and not shares_name(one.name, sight.name) for one in seen)
        if open_chain is None or other_between:
            chains.append([sight])
        else:
            open_chain.append(sight)
    found: list[Claim] = []
    for chain in chains:
        first, last = chain[0].day, chain[-1].day
        name = max((sight.name for sight in chain), key=len)
        known = next((claim for claim in (*chair, *found) if can_be_same(claim.name, name)
                      and abs((claim.first_day - first).days) < CAREER), None)
        families = {sight.family for sight in chain}
        if any(claim.first_day <= first and last < claim.end_day and claim.families != {"memory"} for claim in chair):
            continue
        if first == last and known is not None and known.families == {"memory"}:
            continue
        found.append(Claim(known.person if known else f"{name}|{of}", known.name if known else name, kind, of, "",
                           first.isoformat(), (last + timedelta(days=1)).isoformat(), {"attested"}, last.isoformat(),
                           "", "", families, known.qid if known else "", {sight.name for sight in chain} - {name}))
    return found


def _ends_after_it_begins(ledger: Ledger) -> None:
    """A term of one day ends on the next; one that ends before it begins is left out and told."""
    for claim in list(ledger.claims):
        if claim.until and claim.until == claim.since and len(claim.until) == 10:
            claim.until = (claim.first_day + timedelta(days=1)).isoformat()
        elif claim.until and claim.end_day <= claim.first_day:
            ledger.dispute("ends before it begins, left out", claim)
            ledger.claims.remove(claim)


def in_order(ledger: Ledger) -> None:
    """One holder a chair a day: the newcomer has the hand-over day; stand-ins are acting; the rest is a dispute."""
    _ends_after_it_begins(ledger)
    for (kind, _), chair in ledger.by_chair().items():
        if kind not in ONE_CHAIR:
            continue
        _demote_sideline(ledger, chair)
        held = [claim for claim in chair if claim.kind == kind and not claim.acting]
        held = _without_covered_sightings(ledger, held)
        _refine(held)
        for number, claim in enumerate(held):
            for later in held[number + 1:]:
                _settle(ledger, claim, later, held)
            _resume_after(ledger, claim, held[number + 1:])
    _ends_after_it_begins(ledger)


def _demote_sideline(ledger: Ledger, chair: list[Claim]) -> None:
    """Where two labels run beside each other for long, the one that holds fewer days is another office."""
    days: dict[str, int] = defaultdict(int)
    for claim in chair:
        days[claim.label] += (min(claim.end_day, date(2026, 1, 1)) - max(claim.first_day, date(1990, 1, 1))).days
    for claim in chair:
        for other in chair:
            lesser = (claim.label != other.label and claim.label and other.label and claim.kind == other.kind
                      and days[claim.label] < days[other.label] / 2 and "memory" not in claim.families
                      and claim.person != other.person and not claim.acting)
            if lesser and _overlap(claim, other) > 3 * HANDOVER and claim.until and other.end != "unknown":
                ledger.dispute("another office beside the main one", claim, other)
                claim.kind = {"foreign_minister": "deputy_foreign_minister"}.get(claim.kind, "minister")
                break


def _without_covered_sightings(ledger: Ledger, held: list[Claim]) -> list[Claim]:
    kept = []
    for claim in held:
        covered = claim.families == {"attested"} and any(
            other is not claim and other.families != {"attested"} and other.person != claim.person
            and other.families != {"memory"} and claim.first_day < seen_until(other) and other.first_day < claim.end_day
            for other in held)
        if covered:
            ledger.dispute("seen beside a holder with dates, left out", claim)
            ledger.claims.remove(claim)
        else:
            kept.append(claim)
    return kept


def _refine(held: list[Claim]) -> None:
    """A first day known to the year or month only lies after the predecessor's last, where that is known to the day."""
    for before, after in pairwise(held):
        if before.person == after.person:
            continue
        first, last = days_of(after.since), days_of(before.until)
        if (len(after.since) < 10 and len(before.until) == 10 and first and first.contains(before.end_day)
                and not (len(after.until) < 10 and after.until and after.end_day <= before.end_day)
                and not last_is_within(after, before.end_day)):
            after.since = before.until
            after.sources.add("from-predecessor")
        elif (len(before.until) in (4, 7) and len(after.since) == 10 and last and last.contains(after.first_day)
              and before.first_day < after.first_day and len(before.since) > 4):
            before.until = after.since
            before.sources.add("from-successor")


def _resume_after(ledger: Ledger, claim: Claim, others: list[Claim]) -> None:
    """Who was followed by another, whose term is over, and is in the list of those in office later, came back."""
    if claim.end != "unknown" or IN_OFFICE not in claim.sources or claim.acting:
        return
    seen = days_of(claim.as_of)
    after = [one for one in others if one.person != claim.person and not one.acting]
    if not seen or not seen.since or not after or any(one.end_day > seen.since for one in after):
        return
    back = max(one.end_day for one in after)
    ledger.claims.append(replace(claim, since=back.isoformat(), until="", end="", families=set(claim.families),
                                 sources=claim.sources | {"from-predecessor"}, other_names=set(claim.other_names)))


def last_is_within(claim: Claim, day: date) -> bool:
    """Whether a term known to the year may have ended by a day: a bound taken from a neighbour would leave nothing."""
    days = days_of(claim.until)
    return bool(days and days.since and days.since <= day)


def _overlap(one: Claim, other: Claim) -> int:
    return (min(one.end_day, other.end_day) - max(one.first_day, other.first_day)).days


def _settle(ledger: Ledger, claim: Claim, later: Claim, held: list[Claim]) -> None:
    if claim.person == later.person or _overlap(claim, later) <= 0 or claim.acting or later.acting:
        return
    one_sighting = later.families == {"attested"} and (later.end_day - later.first_day).days <= 1
    if one_sighting and not claim.until:
        return
    if not claim.until or claim.end == "unknown":
        claim.end = claim.end or ("memory" if later.families == {"memory"} else "unknown")
        claim.until = later.since
        if claim.end == "unknown":
            ledger.dispute("no end known, taken from the successor", claim, later)
        return
    overlap = _overlap(claim, later)
    inside = later.end_day <= claim.end_day
    if later.first_day <= claim.first_day:
        lesser = min((claim, later), key=_weight)
        lesser.acting = "shared"
        ledger.dispute("two holders from one day on", claim, later)
    elif inside and (later.end_day - later.first_day).days <= STAND_IN:
        later.acting = "acting"
        ledger.dispute("short term inside another's, taken for a stand-in", later, claim)
    elif overlap <= HANDOVER or (claim.end == "memory" and not inside):
        if overlap > 3:
            ledger.dispute(f"hand-over {overlap} days apart", claim, later)
        claim.until = later.since
    elif len(claim.until) < 10 and (claim.end_day - later.end_day).days > A_YEAR and later.until:
        rest = replace(claim, since=later.end_day.isoformat(), families=set(claim.families),
                       sources=claim.sources | {"from-predecessor"}, other_names=set(claim.other_names))
        ledger.dispute("interrupted by another's term", claim, later)
        claim.until = later.since
        ledger.claims.append(rest)
        for other in held:
            if other.first_day > rest.first_day:
                _settle(ledger, rest, other, held)
    elif len(claim.until) < 10 or len(later.since) < 10:
        begun = days_of(claim.since)
        if begun and begun.until and begun.until <= later.first_day:
            claim.until = later.since
        else:
            min((claim, later), key=_weight).acting = "shared"
    else:
        lesser = min((claim, later), key=_weight)
        lesser.acting = "shared"
        ledger.dispute(f"two holders for {overlap} days", claim, later)


def corrected(claims: list[Claim], by_iso3: dict[str, str]) -> list[Claim]:
    """The claims with our own corrections made: each names the row it changes and why (hand/corrections.csv).

    Raises ValueError where a correction fits no claim: the raw table has then changed.
    """
    kept = list(claims)
    for row in hand("corrections"):
        of = by_iso3[row["of"]]
        where = f"{row['name']}, {row['office']} of {row['of']}"
        met = [claim for claim in kept if claim.name == row["name"] and claim.kind == row["office"] and claim.of == of
               and (not row["since"] or row["since"].startswith(claim.since))]
        if not met and row["since"]:
            raise ValueError(f"hand/corrections.csv: no row of the raw tables for {where} since {row['since']}")
        for claim in met:
            claim.sources.add("hand")
            if row["op"] == "drop":
                kept.remove(claim)
            elif row["op"] == "of":
                claim.of = by_iso3[row["value"]]
            elif row["op"] == "left":
                claim.until, claim.end, claim.as_of = row["value"], "memory", "2022-07-31"
                claim.families.discard("factbook")
                claim.sources.discard("factbook")
            elif row["op"] == "until":
                claim.until, claim.end = row["value"], ""
            else:
                setattr(claim, {"office": "kind"}.get(row["op"], row["op"]), row["value"])
    return kept


def _weight(claim: Claim) -> tuple[int, int]:
    return len(claim.families - {"memory", "attested"}), (min(claim.end_day, date(2026, 1, 1)) - claim.first_day).days


def labelled(ledger: Ledger) -> None:
    """Give heads of state and government without a label the one most used of their chair: "President"."""
    for (kind, _), chair in ledger.by_chair().items():
        if kind not in ("head_of_state", "head_of_government"):
            continue
        days: dict[str, int] = defaultdict(int)
        for claim in chair:
            if claim.label and not claim.acting:
                days[claim.label] += 1
        best = max(days, key=lambda label: (days[label], label), default="")
        for claim in chair:
            claim.label = claim.label or best


def status_of(claim: Claim) -> str:
    """Two sources confirm; one is single; sightings alone attest; memory alone is unverified."""
    families = claim.families - {"memory"}
    if not families:
        return "unverified"
    if families == {"attested"}:
        return "attested"
    return "confirmed" if len(families) > 1 else "single"
