"""Groups of findings that tell of one thing: pairs by likeness, strongest first, people's verdicts before all."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

import msgspec

from verbale.record.likeness import DENIED, THRESHOLD, Told, likeness
from verbale.record.pairs import PairJudgement

MOST_IN_A_BLOCK = 400
"""Findings of one pair of parties that are compared each with each; beyond it only neighbours in time are."""
ROOM = 1.5
"""How far below the threshold two members of one group may be: a third that is like both has brought them in."""
JUDGED = 99.0
"""The score of a link that a person made."""


class Group(msgspec.Struct, frozen=True):
    """Findings of one thing: each with the score and reason of the strongest link that brought it in."""

    members: tuple[tuple[Told, float, str], ...]
    denials: tuple[tuple[Told, float, str], ...] = ()


def joined(told: list[Told], verdicts: dict[frozenset[str], PairJudgement]) -> list[Group]:
    """Groups by the least id in them; the order of what is told does not matter."""
    told = sorted(told, key=lambda one: one.id)
    by_id = {one.id: one for one in told if one.status != DENIED}
    apart = {pair for pair, verdict in verdicts.items() if verdict.verdict == "split"}
    tied = _tied(by_id, verdicts)
    group_of = {one: [one] for one in by_id}
    brought: dict[str, tuple[float, str]] = {}
    for score, one, other, reason in _links(by_id, verdicts):
        if group_of[one] is group_of[other] or _is_barred(group_of[one], group_of[other], apart):
            continue
        if score < JUDGED and not _may_join(group_of[one], group_of[other], by_id, tied):
            continue
        for newcomer in (one, other):
            brought.setdefault(newcomer, (score, reason))
        together = sorted(group_of[one] + group_of[other])
        for member in together:
            group_of[member] = together
    groups = {members[0]: members for members in group_of.values()}
    made = [Group(tuple((by_id[member], *brought.get(member, (0.0, "told once"))) for member in members))
            for _, members in sorted(groups.items())]
    return _with_denials(made, [one for one in told if one.status == DENIED])


def _links(by_id: dict[str, Told], verdicts: dict[frozenset[str], PairJudgement]) -> list[tuple[float, str, str, str]]:
    links = [(score, a.id, b.id, ", ".join(reasons)) for a, b in pairs_of(list(by_id.values()))
             for score, reasons in filter(None, [likeness(a, b)]) if score >= THRESHOLD]
    for pair, verdict in verdicts.items():
        if verdict.verdict == "merge" and len(pair) == 2 and pair <= by_id.keys():
            one, other = sorted(pair)
            said = f"joined by {verdict.by}" + (f": {verdict.reason}" if verdict.reason else "")
            links.append((JUDGED, one, other, said))
    return sorted(links, key=lambda link: (-link[0], link[1], link[2]))


def _is_barred(one: list[str], other: list[str], apart: set[frozenset[str]]) -> bool:
    return any(frozenset((a, b)) in apart for a in one for b in other) if apart else False


def _may_join(one: list[str], other: list[str], by_id: dict[str, Told], tied: dict[str, set[str]]) -> bool:
    """No two members may exclude each other: a chain of likenesses must not join what is plainly two things. Those that
    people tied together stand for each other: it is enough that one of them may be joined.
    """
    return all(any(_are_near(by_id[x], by_id[y]) for x in tied.get(a, {a}) for y in tied.get(b, {b}))
               for a in one for b in other)


def _are_near(one: Told, other: Told) -> bool:
    found = likeness(one, other)
    return found is not None and found[0] >= THRESHOLD - ROOM


def _tied(by_id: dict[str, Told], verdicts: dict[frozenset[str], PairJudgement]) -> dict[str, set[str]]:
    """For each finding that a person joined to others: itself and all those."""
    tied: dict[str, set[str]] = {}
    for pair, verdict in sorted(verdicts.items(), key=lambda item: sorted(item[0])):
        if verdict.verdict == "merge" and len(pair) == 2 and pair <= by_id.keys():
            together = set().union(*(tied.get(one, {one}) for one in pair))
            tied |= dict.fromkeys(together, together)
    return tied


def _with_denials(groups: list[Group], denials: list[Told]) -> list[Group]:
    """A denial goes with the happening that it is likest to; one of something that nobody tells goes nowhere."""
    if not denials:
        return groups
    of = {member.id: place for place, group in enumerate(groups) for member, _, _ in group.members}
    everyone = [member for group in groups for member, _, _ in group.members]
    best: dict[str, tuple[float, str, str]] = {}
    for one, other in pairs_of(everyone + denials):
        if (one.status == DENIED) == (other.status == DENIED):
            continue
        denial, member = (one, other) if one.status == DENIED else (other, one)
        found = likeness(denial, member)
        if found and found[0] >= THRESHOLD - ROOM:
            link = (-found[0], member.id, ", ".join(found[1]))
            best[denial.id] = min(best.get(denial.id, link), link)
    added: dict[int, list[tuple[Told, float, str]]] = {}
    for denial in denials:
        if denial.id in best:
            score, member_id, reason = best[denial.id]
            added.setdefault(of[member_id], []).append((denial, -score, reason))
    return [Group(group.members, tuple(added.get(place, ()))) for place, group in enumerate(groups)]


def pairs_of(told: list[Told]) -> Iterator[tuple[Told, Told]]:
    """Pairs worth comparing: those that share two parties or two states, near in time."""
    blocks: dict[tuple[str, ...], list[Told]] = {}
    for one in told:
        for key in keys_of(one):
            blocks.setdefault(key, []).append(one)
    seen: set[tuple[str, str]] = set()
    for _, block in sorted(blocks.items()):
        block.sort(key=lambda one: (one.since or date.min, one.id))
        for number, one in enumerate(block):
            for other in block[number + 1:number + 1 + MOST_IN_A_BLOCK]:
                if (other.since or date.max) > (one.until or date.max):
                    break
                pair = (min(one.id, other.id), max(one.id, other.id))
                if pair not in seen:
                    seen.add(pair)
                    yield one, other


def keys_of(one: Told) -> Iterator[tuple[str, ...]]:
    """The blocks that a finding is compared in: pairs of its states, or of its parties where it has not two states."""
    names: Iterable[str] = sorted(one.states)[:6]
    yield from ((one.kind, *pair) for pair in combinations(names, 2))
    if len(one.states) < 2:
        yield from ((one.kind, *pair) for pair in combinations(sorted(one.parties)[:6], 2))
