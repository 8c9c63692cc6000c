"""The day of publication and the language of texts: what is said, how often right, and how often nothing is made up.

Gold of `days`: the development pages ({"dump", "url", "date"}). Gold of `languages`: the folder of corpora; Turkish and
Russian texts of ours (bench/made) are added.
"""

import json
import random
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from bench.made.articles import story
from verbale.ingest.languages import language_of
from verbale.ingest.read import read_text

MADE = 100


def run_days(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Of pages with a known day: named right, named wrong, not named; of pages without: those where one is named."""
    counts = Counter[str]()
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        window = read_text(row["dump"], url=row.get("url") or None).window
        wanted = _day(row.get("date"))
        if wanted is None:
            counts["undated"] += 1
            counts["made up"] += window.published is not None
            continue
        counts["dated"] += 1
        counts["named"] += window.published is not None
        counts["right"] += window.published == wanted
        period = window.period
        counts["bounded"] += (period.since or date.min) <= wanted < (period.until or date.max)
    return {"right_of_named": round(counts["right"] / max(1, counts["named"]), 4),
            "named_of_dated": round(counts["named"] / max(1, counts["dated"]), 4),
            "window_holds_day": round(counts["bounded"] / max(1, counts["dated"]), 4),
            "named_of_undated": round(counts["made up"] / max(1, counts["undated"]), 4), "pages": counts["dated"]}


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat((words or "")[:10])
    except ValueError:
        return None


def run_languages(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    dice = random.Random(2)
    found = {"ru": _share(_texts(gold / "factrueval_ru.jsonl"), "ru"),
             "en": _share(_texts(gold / "wikinews_en_2019_2020.jsonl")
                          + _texts(gold / "state_dept_press_releases.jsonl")[:600], "en"),
             "tr": _share([story(dice, "tr").text for _ in range(MADE)], "tr")}
    return {**found, "least": min(found.values())}


def _texts(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def _share(texts: list[str], language: str) -> float:
    return round(sum(language_of(text) == language for text in texts) / len(texts), 4)
