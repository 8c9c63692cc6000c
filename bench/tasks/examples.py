"""Our own reports in `examples/`, each with the record it should give: how much of it the chain finds.

A record is written in TOML beside its text; words stand for places, and are looked up in it (`nth` for the second and
later ones, `from` and `to` for a stretch, `after` for words that stand right after others). The counts are those of the
first article's scorer: best one-to-one matches, by words, parties and speakers.
"""

import re
import sys
import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.tasks.record import record_of
from verbale.chain.chain import Chain

EXAMPLES = Path(__file__).parents[2] / "examples"
SAME_SHARE = 0.9  # of the words under a statement
WIDEST_YEARS = 6
MUTUAL = frozenset(("CONSULT", "AGREE", "COOPERATE"))
FURNITURE = frozenset(("breadcrumb", "teaser", "label"))
Wanted = TypeVar("Wanted")


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the text, or a stretch from some words to others."""

    words: str | None = None
    nth: int = 1
    after: str | None = None
    begin: str | None = msgspec.field(name="from", default=None)
    end: str | None = msgspec.field(name="to", default=None)


class WantedSegment(Passage, frozen=True, kw_only=True):
    kind: str


class WantedActor(msgspec.Struct, frozen=True, kw_only=True):
    """`surname`: what its folded name must hold; `any_office`: the office is not compared."""

    id: str
    kind: str
    name: str
    surname: str | None = None
    office: str | None = None
    accept_office: tuple[str, ...] = ()
    any_office: bool = False
    code: str | None = None
    seen_as: tuple[str, ...] = ()


class WantedStatement(Passage, frozen=True, kw_only=True):
    speaker: str
    hoped: bool = False


class WantedEvent(Passage, frozen=True, kw_only=True):
    """`may_name`: further parties that do no harm; `any_who`: parties are not compared; `hoped`: not yet asked for."""

    plover: str
    accept: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    may_name: tuple[str, ...] = ()
    any_who: bool = False
    status: str = "happened"
    accept_status: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    when: date | None = None
    hoped: bool = False


class WantedTally(Passage, frozen=True, kw_only=True):
    channel: str
    who: tuple[str, ...]
    count: int
    bound: str = "exactly"


class WantedTopic(Passage, frozen=True, kw_only=True):
    topic: str
    hoped: bool = False


class WantedContact(msgspec.Struct, frozen=True, kw_only=True):
    parties: tuple[str, ...]
    channel: str
    status: str = "happened"
    level: str | None = None
    day: date | None = None
    agenda: tuple[str, ...] = ()


class WantedRepair(Passage, frozen=True, kw_only=True):
    read_as: str | None = None


class Never(msgspec.Struct, frozen=True, kw_only=True):
    words: str
    actor: str = ""
    speaker: str = ""


class MustNot(msgspec.Struct, frozen=True, kw_only=True):
    not_the_actor: tuple[Never, ...] = ()
    not_the_speaker: tuple[Never, ...] = ()


class WantedDate(msgspec.Struct, frozen=True, kw_only=True):
    true_day: date
    published: date | None = None
    why: str = ""


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A report and its record."""

    name: str
    text: str
    date: WantedDate
    segment: tuple[WantedSegment, ...] = ()
    actor: tuple[WantedActor, ...] = ()
    statement: tuple[WantedStatement, ...] = ()
    event: tuple[WantedEvent, ...] = ()
    tally: tuple[WantedTally, ...] = ()
    topic: tuple[WantedTopic, ...] = ()
    contact: tuple[WantedContact, ...] = ()
    repair: tuple[WantedRepair, ...] = ()
    must_not: MustNot = MustNot()


class Shares(msgspec.Struct):
    """What was found of what was wanted, what was too much, and what was missed, by name."""

    found: dict[str, int]
    wanted: dict[str, int]
    extra_events: int
    from_furniture: int
    broken: list[str]
    missed: dict[str, list[str]]


def examples() -> list[Example]:
    """All examples, by file name. An unknown key or a wrong type is refused, with its file."""
    found = []
    for path in sorted(EXAMPLES.glob("*.toml")):
        try:
            found.append(msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Example))
        except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
            raise ValueError(f"{path}: {error}") from None
    return found


def fold(text: str | None) -> str:
    """Lower case, without marks."""
    letters = unicodedata.normalize("NFKD", text or "")
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).lower().strip()


class Scorer:
    """One example against one record in the shape of `bench.tasks.record`."""

    def __init__(self, example: Example, record: dict[str, Any], text: str):
        self.example, self.record, self.text = example, record, text
        self.words = [match.span() for match in re.finditer(r"\w+", text)]
        self.cast = {actor.id: actor for actor in example.actor}

    # --- places -----------------------------------------------------------------------------------------------------

    def place(self, passage: Passage) -> tuple[int, int]:
        """Where a passage stands. Raises ValueError where its words are not in the text."""
        if passage.begin is not None:
            start = self._index(passage.begin, 1)
            return start, self.text.index(passage.end or passage.begin, start) + len(passage.end or passage.begin)
        if passage.after is not None:
            start = self._index(passage.after, 1) + len(passage.after)
            return start, start + len(passage.words or "")
        start = self._index(passage.words or "", passage.nth)
        return start, start + len(passage.words or "")

    def _index(self, words: str, nth: int) -> int:
        start = -1
        for _ in range(nth):
            start = self.text.find(words, start + 1)
            if start < 0:
                raise ValueError(f"{self.example.name}: {words!r} does not stand {nth} times in the text")
        return start

    def under(self, *places: tuple[int, int] | list[int]) -> set[int]:
        """Numbers of the words under some places."""
        return {
            number for number, (start, stop) in enumerate(self.words) if any(a < stop and start < b for a, b in places)
        }

    # --- who --------------------------------------------------------------------------------------------------------

    def is_actor(self, actor: WantedActor, said: str | None) -> bool:
        if not said:
            return False
        if actor.kind == "person":
            return fold(actor.surname or actor.name.split()[-1]) in fold(said) or said == actor.code
        names = {fold(name).removeprefix("the ") for name in (actor.id, actor.name, *actor.seen_as)}
        return fold(said).removeprefix("the ") in names

    def same_parties(self, wanted: tuple[str, ...], may_name: tuple[str, ...], said: list[str]) -> bool:
        return all(any(self.is_actor(self.cast[one], name) for name in said) for one in wanted) and all(
            any(self.is_actor(self.cast[one], name) for one in (*wanted, *may_name)) for name in said
        )

    # --- fits, one a list -------------------------------------------------------------------------------------------

    def segment_fits(self, wanted: WantedSegment, got: dict[str, Any]) -> bool:
        piece = self.text[got["start"] : got["stop"]]
        start = got["start"] + len(piece) - len(piece.lstrip())
        return (start, start + len(piece.strip())) == self.place(wanted) and kind_class(got["kind"]) == kind_class(
            wanted.kind
        )

    def statement_fits(self, wanted: WantedStatement, got: dict[str, Any]) -> bool:
        mine, its = self.under(self.place(wanted)), self.under(*got["content"])
        alike = 2 * len(mine & its) >= SAME_SHARE * (len(mine) + len(its)) > 0
        return alike and self.is_actor(self.cast[wanted.speaker], got.get("speaker"))

    def event_fits(self, wanted: WantedEvent, got: dict[str, Any]) -> bool:
        if got["plover"] not in (wanted.plover, *wanted.accept) or got["status"] not in (
            wanted.status,
            *wanted.accept_status,
        ):
            return False
        places = [self.place(wanted), *(self.place(Passage(words=words)) for words in wanted.also)]
        if not self.under(*places) & self.under(got["words"]):
            return False
        if wanted.when and got.get("when") and not (got["when"][:10] <= str(wanted.when) < got["when"][11:]):
            return False
        if wanted.any_who:
            return True
        if wanted.plover in MUTUAL:
            return self.same_parties((*wanted.who, *wanted.whom), wanted.may_name, [*got["who"], *got["whom"]])
        whom = self.same_parties(wanted.whom, wanted.may_name, got["whom"]) if wanted.whom else True
        return self.same_parties(wanted.who, wanted.may_name, got["who"]) and whom

    def tally_fits(self, wanted: WantedTally, got: dict[str, Any]) -> bool:
        return all(getattr(wanted, name) == got[name] for name in ("channel", "count", "bound")) and self.same_parties(
            wanted.who, (), got["who"]
        )

    def actor_fits(self, wanted: WantedActor, got: dict[str, Any]) -> bool:
        if not (
            self.is_actor(wanted, got["name"]) or (wanted.kind != "person" and self.is_actor(wanted, got.get("code")))
        ):
            return False
        if wanted.kind != "person" or wanted.any_office or got.get("code") == wanted.code:
            return True
        return any(same_office(office, got.get("office")) for office in (wanted.office, *wanted.accept_office))

    def topic_fits(self, wanted: WantedTopic, got: dict[str, Any]) -> bool:
        names = set(re.findall(r"\w+", fold(f"{wanted.topic} {wanted.words}")))
        shares = self.under(self.place(wanted)) & self.under(got["words"])
        return bool(shares) and bool(names & set(re.findall(r"\w+", fold(got["topic"]))))

    def repair_fits(self, wanted: WantedRepair, got: dict[str, Any]) -> bool:
        start, stop = self.place(wanted)
        return got["words"][0] < stop and start < got["words"][1] and wanted.read_as in (None, got["read_as"])

    # --- all --------------------------------------------------------------------------------------------------------

    def shares(self) -> Shares:
        lists = {
            "segments": (self.example.segment, self.segment_fits),
            "statements": (self.example.statement, self.statement_fits),
            "events": (self.example.event, self.event_fits),
            "tallies": (self.example.tally, self.tally_fits),
            "actors": (self.example.actor, self.actor_fits),
            "topics": (self.example.topic, self.topic_fits),
            "repairs": (self.example.repair, self.repair_fits),
        }
        found, wanted, missed, extra = {}, {}, {}, 0
        for name, (all_wanted, fits) in lists.items():
            ordered = sorted(all_wanted, key=lambda one: getattr(one, "hoped", False))
            due = sum(not getattr(one, "hoped", False) for one in ordered)
            pairs = pair_up(ordered, self.record[name], fits)
            found[name], wanted[name] = sum(number < due for number in pairs), due
            missed[name] = [
                str(getattr(one, "words", None) or getattr(one, "name", None) or getattr(one, "begin", ""))
                for number, one in enumerate(ordered[:due])
                if number not in pairs
            ]
            if name == "events":
                spare = [got for number, got in enumerate(self.record[name]) if number not in pairs.values()]
                extra = sum(not any(fits(one, got) for one in ordered) for got in spare)
        found["date"], wanted["date"] = int(self._date_is_right()), 1
        return Shares(found, wanted, extra, self._from_furniture(), self._broken(), missed)

    def _date_is_right(self) -> bool:
        said, wanted = self.record["date"], self.example.date
        if said["published"] != (str(wanted.published) if wanted.published else None):
            return False
        if not said["since"] or not said["until"]:
            return False
        since, until = date.fromisoformat(said["since"]), date.fromisoformat(said["until"])
        return since <= wanted.true_day < until and (until - since).days <= WIDEST_YEARS * 366

    def _from_furniture(self) -> int:
        places = [self.place(one) for one in self.example.segment if kind_class(one.kind) in FURNITURE]
        furniture = self.under(*places)
        told = [
            under
            for kind in ("statements", "events", "topics", "tallies")
            for one in self.record[kind]
            if (under := self.under(*(one["content"] if "content" in one else [one["words"]])))
        ]
        return sum(2 * len(under & furniture) > len(under) for under in told)

    def _broken(self) -> list[str]:
        found = []
        for never in self.example.must_not.not_the_actor:
            words = self.under(self.place(Passage(words=never.words)))
            if any(
                fold(never.actor) in fold(one["actor"]) and self.under(one["words"]) == words
                for one in self.record["mentions"]
            ):
                found.append(f"{never.words!r} is {never.actor}")
        for never in self.example.must_not.not_the_speaker:
            words = self.under(self.place(Passage(words=never.words)))
            if any(
                fold(never.speaker) in fold(one["speaker"]) and self.under(*one["content"]) & words
                for one in self.record["statements"]
            ):
                found.append(f"{never.words!r} is said by {never.speaker}")
        if self.example.date.published is None and self.record["date"]["published"]:
            found.append("a day is made up")
        return found


def kind_class(kind: str) -> str:
    """Title copies count as titles, all labels as labels."""
    return "label" if kind.endswith("label") else "title" if kind == "title copy" else kind


def same_office(wanted: str | None, said: str | None) -> bool:
    bare = [set(re.findall(r"\w+", fold(office))) - {"of", "for", "the", "affairs"} for office in (wanted, said)]
    return (
        bool(bare[0])
        and len(bare[0]) == len(bare[1])
        and all(any(one.startswith(other) for one in bare[1]) for other in bare[0])
    )


def pair_up(wanted: list[Any], given: list[Any], fits: Any) -> dict[int, int]:
    """As many pairs as can be, each item in one at most; the first wanted come first."""
    taken: dict[int, int] = {}

    def find(number: int, tried: set[int]) -> bool:
        for place, one in enumerate(given):
            if place not in tried and fits(wanted[number], one):
                tried.add(place)
                if place not in taken or find(taken[place], tried):
                    taken[place] = number
                    return True
        return False

    for number in range(len(wanted)):
        find(number, set())
    return {number: place for place, number in taken.items()}


def shares_of(example: Example, chain: Chain | None = None) -> Shares:
    """How much of an example's record the chain finds."""
    path = EXAMPLES / example.text
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    return Scorer(example, record_of(path), text).shares()


def run(gold: Path, shared: Path | None = None, predictions: Path | None = None) -> dict[str, Any]:
    """Shares over all examples."""
    all_shares = [shares_of(example) for example in examples()]
    figures: dict[str, Any] = {}
    for name in all_shares[0].wanted:
        wanted = sum(one.wanted[name] for one in all_shares)
        figures[name] = round(sum(one.found[name] for one in all_shares) / wanted, 4) if wanted else None
    figures["extra_events"] = sum(one.extra_events for one in all_shares)
    figures["from_furniture"] = sum(one.from_furniture for one in all_shares)
    figures["broken"] = [rule for one in all_shares for rule in one.broken]
    return figures


def main() -> None:
    for example in examples():
        shares = shares_of(example)
        counts = {
            name: f"{shares.found[name]} of {shares.wanted[name]}" for name in shares.found if shares.wanted[name]
        }
        print(example.name, counts, f"extra events: {shares.extra_events}", *shares.broken, sep="\n    ")
        for name, missed in shares.missed.items():
            print(*(f"    missed {name}: {one}" for one in missed), sep="\n") if missed else None


if __name__ == "__main__":
    main()
