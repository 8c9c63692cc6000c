"""How many days of each main office are covered by rows with a source other than memory.

    python -m worldmaking.coverage [--by-state foreign_minister]

A day counts where a row that is confirmed, single or attested holds it: up to its end, or up to the last day a source
saw it where the end is open or from memory. UN members and observers, from their own first day on.
"""

import argparse
from datetime import date, timedelta

from verbale.world.offices import Tenure, days_of
from verbale.world.world import World, load_world
from worldmaking.gaps import OFFICES

STRETCHES = ((date(1990, 1, 1), date(2000, 1, 1)), (date(2000, 1, 1), date(2022, 7, 1)),
             (date(2022, 7, 1), date(2026, 1, 1)))


def covered_days(held: list[Tenure], first: date, last: date) -> int:
    """Days from `first` up to `last` on which a sourced row names a holder."""
    days: set[int] = set()
    for one in held:
        if one.status == "unverified":
            continue
        end = one.until
        if end is None or one.end == "memory":
            seen = one.as_of + timedelta(days=1) if one.as_of else one.since
            end = min(end, seen) if end and seen else seen
        since = max(one.since or first, first)
        days.update(range(since.toordinal(), min(end or since, last).toordinal()))
    return len(days)


def share_by_state(world: World, office: str, first: date, last: date) -> dict[str, float]:
    """The share of days covered, by state id, of the states that existed in the stretch."""
    shares = {}
    for row in world.tables["places"]:
        if row.kind != "state" or row.id in ("st:tw", "st:xk"):
            continue
        born = days_of(row.since)
        start = max(first, born.since) if born and born.since else first
        if start < last:
            shares[row.id] = covered_days(world.holders(office, row.id), start, last) / (last - start).days
    return shares


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--by-state", metavar="OFFICE", help="print the share of each state for the last stretch")
    arguments = parser.parse_args()
    world = load_world()
    for office in OFFICES:
        for first, last in STRETCHES:
            shares = list(share_by_state(world, office, first, last).values())
            counts = ", ".join(f"at least {least:.0%}: {sum(one >= least for one in shares)}"
                               for least in (.95, .9, .7))
            print(f"{office} {first} to {last}: {len(shares)} states, {counts}, none: {shares.count(0)}")
    if arguments.by_state:
        for state, share in sorted(share_by_state(world, arguments.by_state, *STRETCHES[-1]).items()):
            print(f"{state} {share:.2f}")


if __name__ == "__main__":
    main()
