"""The whole record of one article, in the shape that `seed/score_seed.py` reads, and that scorer's figures; and how
well what many reports tell of one thing is joined."""

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from datetime import date
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec

from verbale.chain.chain import Chain, Coded
from verbale.ingest.read import read_text
from verbale.model.findings import Party
from verbale.model.span import Span
from verbale.model.when import Period
from verbale.record.find import finding
from verbale.record.merge import happening_of, happenings, merge
from verbale.record.store import Record


def predict(gold: Path, shared: Path | None = None, predictions: Path | None = None) -> dict[str, int]:
    """Write the record of an article; how many of each kind it holds. Places count letters of the file as it stands."""
    record = record_of(gold)
    if predictions:
        predictions.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    return {name: len(found) for name, found in record.items() if isinstance(found, list)}


def run_seed(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Figures for a folder with article.txt and expected.json."""
    with tempfile.TemporaryDirectory() as folder:
        out = predictions or Path(folder) / "record.json"
        predict(gold / "article.txt", shared, out)
        scored = subprocess.run(
            [sys.executable, str(shared / "seed" / "score_seed.py"), str(gold / "expected.json"), str(out)],
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        )
    *missed, figures = scored.stdout.strip().splitlines()
    print("\n".join(missed))
    return json.loads(figures)


def record_of(path: Path) -> dict[str, Any]:
    """An article's record as plain lists."""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    (coded,) = chain().read([path])
    if not isinstance(coded, Coded):
        raise ValueError(f"{path}: {coded.outcome}: {coded.reason}")
    if coded.report.text != text:
        raise ValueError(f"{path}: the report's text is not the file's, so that places would not be those of the file")
    return shaped(coded)


@lru_cache(maxsize=1)
def chain() -> Chain:
    """One chain for all articles: the model and the tables are loaded once."""
    return Chain()


def shaped(coded: Coded) -> dict[str, Any]:
    report, findings = coded.report, coded.findings
    names = names_of(coded)

    def name(party: Party | None) -> str | None:
        return (names.get(party.actor or "") or party.words or None) if party else None

    def all_named(parties: tuple[Party, ...]) -> list[str]:
        return [said for said in map(name, parties) if said]

    speakers = {one.id: name(one.speaker) for one in findings.statements}
    window = findings.window
    return {
        "segments": [{"kind": one.kind, **ends(one.span)} for one in report.segments],
        "statements": [
            {
                "speaker": name(one.speaker),
                "content": [pair(span) for span in one.content],
                "zone": one.zone,
                "level": one.level,
            }
            for one in findings.statements
        ],
        "events": [
            {
                "plover": one.type,
                "who": all_named(one.who),
                "whom": all_named(one.whom),
                "status": one.status,
                "background": one.background,
                "words": pair(one.evidence.span),
                "asserted_by_speaker": speakers.get(one.asserted_by or ""),
                "when": days(one.when),
            }
            for one in findings.events
        ],
        "tallies": [
            {
                "channel": one.channel,
                "who": all_named(one.who),
                "count": one.count,
                "bound": one.bound,
                "words": pair(one.evidence.span),
            }
            for one in findings.tallies
        ],
        "actors": [
            {"name": names[one.id], "kind": one.kind, "code": one.code, "office": one.office} for one in findings.actors
        ],
        "topics": [{"topic": one.label, "words": pair(one.evidence.span)} for one in findings.topics],
        "repairs": [{"words": pair(one.span), "read_as": one.read_as} for one in report.repairs],
        "date": {
            "published": text_of(window.published),
            "since": text_of(window.period.since),
            "until": text_of(window.period.until),
        },
        "mentions": [
            {"words": pair(one.span), "actor": names.get(actor, actor)}
            for one in coded.roster.mentions
            for actor in one.actors
        ],
    }


def names_of(coded: Coded) -> dict[str, str]:
    """Each actor's name, by id; of a body that the report knows by its initials alone, those: NATO, OPEC."""
    text = coded.report.text
    initials: dict[str, Counter[str]] = {}
    for mention in coded.roster.mentions:
        words = mention.span.of(text)
        if len(mention.actors) == 1 and len(words) > 1 and words.isupper():
            initials.setdefault(mention.actors[0], Counter())[words] += 1
    return {
        actor.id: initials[actor.id].most_common(1)[0][0]
        if actor.kind in ("organisation", "group", "bloc") and actor.id in initials and actor.name not in text
        else actor.name
        for actor in (*coded.roster.actors, *coded.findings.actors)
    }


def pair(span: Span) -> list[int]:
    return [span.start, span.stop]


def ends(span: Span) -> dict[str, int]:
    return {"start": span.start, "stop": span.stop}


def days(period: Period | None) -> str | None:
    return f"{period.since or ''}/{period.until or ''}" if period and (period.since or period.until) else None


def text_of(day: object) -> str | None:
    return str(day) if day else None


class Telling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One report of a story. `words` says where it tells it; left out: the whole text tells it."""

    day: date
    text: str
    source: str | None = None
    words: str | None = None


class Story(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing in the world, told several times. `kind` is contact or event."""

    name: str
    kind: str
    told: tuple[Telling, ...]


def stories(folder: Path) -> list[Story]:
    """Every story of a folder's TOML files. Twin names and stories told once are refused."""
    found: list[Story] = []
    for file in sorted(folder.glob("*.toml")):
        found += msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8"))["story"], list[Story])
    names = Counter(story.name for story in found)
    faults = [name for name, times in names.items() if times > 1]
    faults += [story.name for story in found if len(story.told) < 2 or story.kind not in ("contact", "event")]
    if faults:
        raise ValueError(f"{folder}: told once, twice named, or of no kind: {', '.join(faults)}")
    return found


def run_happenings(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Pairs of tellings that are joined, against pairs that are of one story: from texts, through the whole chain."""
    told = [(story, telling) for story in stories(gold) for telling in story.told]
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "r.db") as record:
        run = record.begin({})
        reports = [read_text(telling.text, published=telling.day, source=telling.source) for _, telling in told]
        for coded in chain().code(reports):
            if isinstance(coded, Coded):
                record.add(coded.report, coded.findings, run)
        merge(record)
        groups = [
            _groups(record, report.id, report.text, story.kind, telling)
            for report, (story, telling) in zip(reports, told)
        ]
    lines, counts = [], Counter[str]()
    for (one, (story, first)), (other, (other_story, second)) in combinations(zip(groups, told), 2):
        is_one, is_joined = story is other_story, bool(one & other)
        counts[f"{is_one} {is_joined}"] += 1
        if is_one != is_joined:
            lines.append(
                {
                    "wanted": is_one,
                    "story": story.name,
                    "other": other_story.name,
                    "one": first.text,
                    "two": second.text,
                    "found": [len(one), len(other)],
                }
            )
    if predictions:
        predictions.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    right = counts["True True"]
    precision, recall = (right / max(1, right + counts[missed]) for missed in ("False True", "True False"))
    return {
        "stories": len({story.name for story, _ in told}),
        "tellings": len(told),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "untold": sum(not one for one in groups),
    }


def _groups(record: Record, report: str, text: str, kind: str, telling: Telling) -> set[str]:
    """The happenings of a report's findings of a kind that stand at the place where it tells the story."""
    start = text.index(telling.words) if telling.words else 0
    stop = start + len(telling.words) if telling.words else len(text)
    ids = [
        row["id"]
        for row in record.rows(
            "SELECT id FROM finding WHERE report = ? AND kind = ? AND start < ? AND stop > ?",
            [report, kind, stop, start],
        )
    ]
    return {found.id for one in ids if (found := happening_of(record, one))}


READOUT = re.compile(r"\b(Call|Meeting) with\b")
LONGEST_RELEASE_WORDS = 1500


def run_releases(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """A ministry's own releases (JSON lines with title, date, text): calls and meetings of one title on other days must
    stay apart; what several releases tell of one thing is counted, and written out to be looked at.
    """
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if READOUT.search(row["title"]) or "Travel" in row["title"]]
    rows = [row for row in rows if len(row["text"].split()) <= LONGEST_RELEASE_WORDS]
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "r.db") as record:
        run = record.begin({})
        of = {}
        reports = [
            read_text(
                f"{row['title']}\n\n{row['text']}",
                published=row["date"],
                source=row["source"],
                url=row["url"],
                title=row["title"],
            )
            for row in rows
        ]
        for row, coded in zip(rows, chain().code(reports)):
            if isinstance(coded, Coded):
                record.add(coded.report, coded.findings, run)
                of[coded.report.id] = row
        merge(record)
        told = {report: _own_contact(record, report) for report, row in of.items() if READOUT.search(row["title"])}
        joined = [one for one in happenings(record, 10_000, 0, 2) if one.kind == "contact"]
        if predictions:
            predictions.write_text(
                "".join(
                    json.dumps(
                        {
                            "days": one.since,
                            "links": [
                                {"words": found.words, "title": found.title, "published": found.published}
                                for member in one.members
                                if (found := finding(record, member))
                            ],
                        },
                        ensure_ascii=False,
                    )
                    + "\n"
                    for one in joined
                ),
                encoding="utf-8",
            )
    apart = wrong = 0
    for (one, mine), (other, theirs) in combinations(told.items(), 2):
        alike = " ".join(of[one]["title"].split()).lower() == " ".join(of[other]["title"].split()).lower()
        if alike and of[one]["date"] != of[other]["date"] and mine and theirs:
            apart, wrong = apart + (mine != theirs), wrong + (mine == theirs)
    return {
        "releases": len(of),
        "readouts": len(told),
        "without_contact": sum(one is None for one in told.values()),
        "alike_apart": apart,
        "alike_joined": wrong,
        "told_again": len(joined),
    }


def _own_contact(record: Record, report: str) -> str | None:
    """The happening of a release's first contact: the one that its title names."""
    row = record.row(
        "SELECT id FROM finding WHERE report = ? AND kind = 'contact' ORDER BY start, id LIMIT 1", [report]
    )
    found = happening_of(record, row["id"]) if row else None
    return found.id if found else None
