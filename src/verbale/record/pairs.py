"""A person's verdicts on whether findings tell of one thing: merge, split, undo; added, never changed, the last counts.

They bind the next pass that makes happenings; `merge.refresh` applies them at once to the happenings they touch.
"""

from datetime import UTC, datetime

import msgspec

from verbale.errors import BadInput
from verbale.model.ids import content_id
from verbale.record.store import Record


class PairJudgement(msgspec.Struct, frozen=True):
    """A person's verdict on two findings: told of one thing (merge), or of two (split)."""

    id: str
    verdict: str
    finding: str
    other: str
    by: str
    at: str
    reason: str = ""


def join(record: Record, finding: str, other: str, by: str, reason: str = "") -> PairJudgement:
    """Two findings tell of one thing, with all that is joined to either."""
    return _give(record, "merge", finding, other, by, reason)


def split(record: Record, finding: str, by: str, reason: str = "", others: tuple[str, ...] = ()) -> list[PairJudgement]:
    """A finding tells of another thing than `others`; left out: than all it is joined with now."""
    if not others:
        others = tuple(
            row["finding"]
            for row in record.rows(
                "SELECT finding FROM member WHERE happening = (SELECT happening FROM member WHERE finding = ?) "
                "AND finding <> ? ORDER BY finding",
                [finding, finding],
            )
        )
    if not others:
        raise BadInput(f"{finding}: it is joined with nothing; `verbale happenings` shows what is joined")
    return [_give(record, "split", finding, other, by, reason) for other in others]


def undo(record: Record, finding: str, other: str, by: str, reason: str = "") -> PairJudgement:
    """Take back the last verdict on two findings. Raises BadInput where none stands."""
    if tuple(sorted((finding, other))) not in standing(record):
        raise BadInput(f"{finding} and {other}: nothing to take back; no verdict stands on these two")
    return _give(record, "undo", finding, other, by, reason)


def _give(record: Record, verdict: str, finding: str, other: str, by: str, reason: str) -> PairJudgement:
    if not by.strip():
        raise BadInput("a verdict needs the name of who gives it")
    if finding == other:
        raise BadInput("a verdict on a pair needs two findings")
    for one in (finding, other):
        row = record.row("SELECT kind FROM finding WHERE id = ?", [one])
        if row is None:
            raise BadInput(f"{one}: no such finding; `verbale find` shows ids")
        if row["kind"] not in ("event", "contact"):
            raise BadInput(f"{one} is a {row['kind']}; happenings are made of events and contacts")
    at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    first, second = sorted((finding, other))
    with record.change() as connection:
        number = (connection.execute("SELECT max(number) FROM pair_judgement").fetchone()[0] or 0) + 1
        given = PairJudgement(
            content_id("jp", first, second, number, verdict, by, at), verdict, first, second, by.strip(), at, reason
        )
        connection.execute(
            "INSERT INTO pair_judgement VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, *msgspec.structs.astuple(given))
        )
    return given


def judgements(record: Record, finding: str | None = None) -> list[PairJudgement]:
    """Every verdict on a pair, or those that name one finding, in the order given."""
    where, values = ("WHERE finding = ? OR other = ?", [finding, finding]) if finding else ("", [])
    return [
        PairJudgement(row["id"], row["verdict"], row["finding"], row["other"], row["by"], row["at"], row["reason"])
        for row in record.rows(f"SELECT * FROM pair_judgement {where} ORDER BY number", values)
    ]


def standing(record: Record) -> dict[tuple[str, str], PairJudgement]:
    """The verdict that counts on each judged pair, ids as judged, the lesser first."""
    given: dict[tuple[str, str], list[PairJudgement]] = {}
    for one in judgements(record):
        before = given.setdefault((one.finding, one.other), [])
        if one.verdict != "undo":
            before.append(one)
        elif before:
            before.pop()
    return {pair: verdicts[-1] for pair, verdicts in given.items() if verdicts}


def of_today(record: Record) -> dict[frozenset[str], PairJudgement]:
    """The verdicts that count, by the ids that the findings have now: a newer coder may tell one under another."""
    became = {row["finding"]: row["now"] for row in record.rows("SELECT finding, now FROM became")}
    there = {
        row["id"]
        for row in record.rows(
            "SELECT id FROM finding WHERE id IN "
            "(SELECT finding FROM pair_judgement UNION SELECT other FROM pair_judgement)"
        )
    }

    def now(one: str) -> str:
        return one if one in there else became.get(one, one)

    return {frozenset(map(now, pair)): verdict for pair, verdict in standing(record).items()}
