"""Contacts from releases: channel, both parties and day right, from the body alone.

Gold: rows of `{"id", "date", "text", "gold"}`, text the body without its title; the report's day is given as published.
The scorer is `gold/contacts/score_contacts.py` of the shared folder.
"""

import json
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from verbale.chain.chain import Chain, Coded
from verbale.model.findings import Contact, Findings
from verbale.model.report import Problem, Report
from verbale.model.when import Period

SCORER = "gold/contacts/score_contacts.py"
NEWS_DAYS = 2  # a release tells of its own day or the one before


def run(gold: Path, shared: Path, predictions: Path | None = None, chain: Chain | None = None) -> dict[str, Any]:
    """Figures for one gold file."""
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        out_path = predictions or Path(folder) / "predicted.jsonl"
        with out_path.open("w", encoding="utf-8") as out:
            for row, coded in zip(rows, (chain or Chain()).code(_report(row) for row in rows)):
                found = [] if isinstance(coded, Problem) else contacts_of(coded, date.fromisoformat(row["date"]))
                out.write(json.dumps({"id": row["id"], "contacts": found}, ensure_ascii=False) + "\n")
        done = subprocess.run(
            [sys.executable, str(shared / SCORER), str(gold), str(out_path)],
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        )
    return json.loads(done.stdout.strip().splitlines()[-1])


def _report(row: dict[str, Any]) -> Report:
    from verbale.ingest.read import read_text

    return read_text(row["text"], published=date.fromisoformat(row["date"]))


def contacts_of(coded: Coded, published: date) -> list[dict[str, Any]]:
    """The contacts that happened and are the report's news, as the scorer reads them."""
    names = {actor.id: actor.name for actor in (*coded.roster.actors, *coded.findings.actors)}
    return [
        {
            "channel": one.channel,
            "parties": [f"{names.get(party.actor or '', '')} ({party.words})" for party in one.parties],
            "day": last_day(one.when),
        }
        for one in news_of(coded.findings, published)
    ]


def news_of(findings: Findings, published: date) -> list[Contact]:
    """What the release is about: the first contact told that happened on its day, else the first whose day is not
    told.
    """
    background = {event.id for event in findings.events if event.background}
    fresh = [
        one
        for one in findings.contacts
        if one.status == "happened" and one.event not in background and _is_fresh(one.when, published)
    ]
    told = [one for one in fresh if len(one.parties) > 1]
    dated = [one for one in told if one.when is not None]
    return (dated or told)[:1]


def _is_fresh(when: Period | None, published: date) -> bool:
    """Whether a contact may be of the report's day or the day before; unknown days may."""
    return (
        when is None
        or when.meets(Period(published - timedelta(days=NEWS_DAYS - 1), published + timedelta(days=1))) is not None
    )


def last_day(when: Period | None) -> str | None:
    """The last day of a period of one or two days; None where the days are not told as nearly as that."""
    if when is None or when.since is None or when.until is None or (when.until - when.since).days > NEWS_DAYS:
        return None
    return (when.until - timedelta(days=1)).isoformat()
