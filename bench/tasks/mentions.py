"""Who is meant in real articles: every mention of an actor in the heads of articles of the shared corpora.

Gold: `bench/labels/mentions.jsonl`, one article a line: file and row of the corpus, `stop` (the text is cut there),
the SHA-256 of the cut text, the day (or year) it is read as of, its half, and `mentions`: start, stop, class, who.
`bench/labels/mentions.md` says what was labelled, and how `who` is written.

A mention is right where it overlaps a label and names the same actor. Precision: the right share of the named mentions
that the program gives (a place that is no state is none, nor a pronoun). Recall: the share of `named` labels that some
right mention covers. Pronouns and bare roles are counted apart: here the right one must be among the candidates.
"""

import hashlib
import json
from collections import Counter
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import msgspec

from verbale.language.parser import default_parser
from verbale.model.actor import Actor
from verbale.model.ids import content_id
from verbale.model.report import Report, Segment
from verbale.model.roster import Mention, Roster
from verbale.model.span import Span
from verbale.model.when import DateWindow, Period
from verbale.world.identify import identify
from verbale.world.spellings import fold
from verbale.world.world import load_world

HALVES = ("mended", "unseen", "fresh")
APART = ("pronoun", "bare")


class Label(msgspec.Struct, frozen=True):
    """One labelled place: its class (named, optional, pronoun, bare) and whom it means."""

    span: Span
    kind: str
    who: str


class Article(msgspec.Struct, frozen=True):
    """A labelled article head, ready to be read."""

    id: str
    half: str
    report: Report
    labels: tuple[Label, ...]


class Verdict(msgspec.Struct, frozen=True):
    """What became of one mention or label: `right`, `wrong`, `spurious`, `missed`, `open`, and what was there."""

    article: str
    half: str
    kind: str
    outcome: str
    words: str
    wanted: str
    found: str


def run(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Precision and recall over all articles and for each half; `predictions` gets every error, one a line."""
    articles = list(articles_of(gold, shared / "corpora"))
    world = load_world()
    rosters = [identify(reading, world) for reading in default_parser().parse(one.report for one in articles)]
    verdicts = [verdict for article, roster in zip(articles, rosters) for verdict in verdicts_of(article, roster)]
    if predictions:
        lines = [json.dumps(msgspec.to_builtins(one), ensure_ascii=False) for one in verdicts if one.outcome != "right"]
        predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    figures = {"articles": len(articles), **figures_of(verdicts)}
    for half in HALVES:
        part = figures_of([one for one in verdicts if one.half == half])
        figures |= {f"{name}_{half}": value for name, value in part.items()}
    return figures


def articles_of(gold: Path, corpora: Path) -> list[Article]:
    """The labelled articles; a text that is not the labelled one is refused."""
    found, texts = [], {}
    for row in map(json.loads, gold.read_text(encoding="utf-8").splitlines()):
        if row["file"] not in texts:
            lines = (corpora / row["file"]).read_text(encoding="utf-8").splitlines()
            texts[row["file"]] = [json.loads(line) for line in lines]
        source = texts[row["file"]][row["row"]]
        text = source["text"][:row["stop"]]
        if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            raise ValueError(f"{corpora / row['file']}, row {row['row']}: not the text that was labelled")
        report, shift = report_of(source, text, row["day"])
        labels = tuple(
            Label(Span(start + shift, stop + shift), kind, who) for start, stop, kind, who in row["mentions"]
        )
        found.append(Article(row["id"], row["half"], report, labels))
    return found


def report_of(source: dict[str, Any], text: str, day: str | None) -> tuple[Report, int]:
    """The report of a corpus row's cut text, read as of a day, a year (`2009`) or no day that is known.

    Its title stands before it, as ingest puts it, and its address is told, but where the corpus made them up; the rest
    is one body. The number is how far the title moves the text.
    """
    window = DateWindow()
    if day and len(day) == 4:
        window = DateWindow(period=Period.year(int(day)))
    elif day:
        window = DateWindow(published=date.fromisoformat(day), period=Period.day(date.fromisoformat(day)))
    is_made_up = source["id"].startswith("ungdc")
    title = "" if is_made_up else source["title"] + "\n\n"
    body = Segment("body", Span(len(title), len(title) + len(text)), "given")
    segments = (Segment("title", Span(0, len(title) - 2), "given"), body) if title else (body,)
    report = Report(content_id("rp", text), title + text, segments, title=source["title"] if title else None,
                    url=None if is_made_up else source["url"] or None, window=window)
    return report, len(title)


# -- one article -------------------------------------------------------------------------------------------------------


def verdicts_of(article: Article, roster: Roster) -> list[Verdict]:
    """What became of each mention the program gives, of each named label, and of each pronoun and bare role."""
    text = article.report.text
    found = []
    for mention in roster.mentions:
        if mention.span.start < article.report.segments[-1].span.start:
            continue
        outcome, label = outcome_of(mention, article.labels, roster)
        if outcome:
            found.append(Verdict(article.id, article.half, "given", outcome, mention.span.of(text),
                                 label.who if label else "", shown(mention)))
    for label in article.labels:
        beside = [mention for mention in roster.mentions if mention.span.overlaps(label.span)]
        if label.kind == "named":
            hit = any(is_right(mention, label, roster) for mention in beside)
            found.append(Verdict(article.id, article.half, "named", "right" if hit else "missed",
                                 label.span.of(text), label.who, " / ".join(map(shown, beside))))
        elif label.kind in APART:
            found.append(Verdict(article.id, article.half, label.kind, settled(label, beside, roster),
                                 label.span.of(text), label.who, " / ".join(map(shown, beside))))
    return found


def outcome_of(mention: Mention, labels: tuple[Label, ...], roster: Roster) -> tuple[str | None, Label | None]:
    """right, wrong or spurious for a named mention; None where it does not count."""
    if mention.kind == "pronoun" or not mention.actors or is_mere_place(mention):
        return None, None
    beside = [label for label in labels if label.span.overlaps(mention.span)]
    if any(is_right(mention, label, roster) for label in beside):
        good = next(label for label in beside if is_right(mention, label, roster))
        return (None if good.kind in APART else "right"), good
    if any(label.who in ("*", "set") for label in beside):
        return None, None
    if beside and all(label.kind in APART for label in beside):
        return None, beside[0]
    return ("wrong" if beside else "spurious"), min(beside, key=lambda one: len(one.span), default=None)


def is_mere_place(mention: Mention) -> bool:
    return mention.kind == "place" and not any(actor.startswith("st:") for actor in mention.actors)


def is_right(mention: Mention, label: Label, roster: Roster) -> bool:
    """Whether a mention names whom a label means, all of them and nobody else."""
    return names(tuple(roster.actor_by_id[actor] for actor in mention.actors), label.who)


def settled(label: Label, beside: list[Mention], roster: Roster) -> str:
    """Of a pronoun or bare role: right (chosen), candidate (among them), open (none given), wrong."""
    exact = [mention for mention in beside if mention.kind == "pronoun"] if label.kind == "pronoun" else beside
    if label.who == "person?":
        guessed = [actor for mention in exact for actor in mention.actors if actor.startswith(("pe:", "pn:"))]
        return "wrong" if guessed else "right"
    if any(is_right(mention, label, roster) for mention in exact):
        return "right"
    listed = {one.actor for mention in exact for one in mention.candidates}
    listed |= {actor for mention in exact for actor in mention.actors}
    actors = [roster.actor_by_id[actor] for actor in listed]
    if label.who == "set" or any(all(any(is_actor(actor, part) for actor in actors) for part in who.split("+"))
                                 for who in label.who.split("|")):
        return "candidate"
    return "wrong" if any(mention.actors for mention in exact) else "open"


# -- identity ----------------------------------------------------------------------------------------------------------


def names(actors: tuple[Actor, ...], who: str) -> bool:
    """Whether actors are those of one of the ways that `who` allows."""
    if not actors:
        return False
    for way in who.split("|"):
        wanted = way.split("+")
        if len(wanted) == len(actors) and all(any(is_actor(actor, one) for actor in actors) for one in wanted):
            return True
    return False


def is_actor(actor: Actor, who: str) -> bool:
    """Whether an actor is the one: an id or its pattern, a code or its beginning, `new:` and a name no table has."""
    if who == "person":
        return actor.kind == "person"
    if who.startswith("new:"):
        ours, theirs = fold(who[4:]).split(), fold(actor.name).split()
        is_known = actor.id.startswith(("pe:", "org:", "gr:", "st:"))
        shared = len(set(ours) & set(theirs))
        if set(ours) <= set(theirs) or (set(theirs) < set(ours) and shared > len(ours) / 2):
            return True
        return not is_known and bool(ours) and ours[-1] in theirs[-2:]
    if ":" in who:
        return fnmatch(actor.id, who)
    return bool(actor.code) and fnmatch(actor.code or "", who)


def shown(mention: Mention) -> str:
    return f"{mention.kind} {'+'.join(mention.actors) or '-'} ({mention.how}, {mention.certainty})"


# -- figures -----------------------------------------------------------------------------------------------------------


def figures_of(verdicts: list[Verdict]) -> dict[str, Any]:
    given = Counter(one.outcome for one in verdicts if one.kind == "given")
    named = Counter(one.outcome for one in verdicts if one.kind == "named")
    apart = Counter(one.outcome for one in verdicts if one.kind in APART)
    sure = sum(one.kind == "given" and one.outcome != "right" and one.found.endswith("high)") for one in verdicts)
    return {"precision": share(given["right"], sum(given.values())), "given": sum(given.values()),
            "sure_and_wrong": share(sure, sum(given.values())),
            "recall": share(named["right"], sum(named.values())), "named": sum(named.values()),
            "among_candidates": share(apart["right"] + apart["candidate"], sum(apart.values())),
            "chosen_right": share(apart["right"], sum(apart.values())), "pronouns_and_bare": sum(apart.values())}


def share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
