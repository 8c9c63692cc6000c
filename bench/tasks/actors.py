"""Actor phrases: whose they are (state) and what kind (PLOVER sector), on the day asked.

Gold: rows of `{"id", "text", "kw": {"context", "query_date"}, "expect", "expect_not", "marks"}`. The scorer is
`gold/actors/score_actors.py` of the shared folder. Rows without a date, or with "today", are asked of TODAY.
"""

import json
import subprocess
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from verbale.world.agents import agent_of
from verbale.world.world import World, load_world

SCORER = "gold/actors/score_actors.py"
TODAY = date(2026, 1, 1)
"""The last days that the tables know."""
WAYS_TO_WRITE = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y")


def run(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Figures for one gold file: the shares of rows whose state and whose sector are right."""
    world = load_world()
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    answers = [answer(row, world) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        out = predictions or Path(folder) / "predicted.jsonl"
        out.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in answers), encoding="utf-8")
        done = subprocess.run([sys.executable, str(shared / SCORER), str(gold), str(out)], capture_output=True,
                              text=True, check=True, encoding="utf-8")
    figures = json.loads(done.stdout)
    return {"state": figures["country"]["share"], "sector": figures["code_1"]["share"],
            "both": figures["all"]["share"], "dated": figures["dated"]["share"], "rows": figures["rows"]}


def answer(row: dict[str, Any], world: World) -> dict[str, Any]:
    """Our answer to one row, as the scorer reads it."""
    agent = agent_of(row["text"], day_asked(row["kw"].get("query_date")), row["kw"].get("context") or "", world)
    return {"id": row["id"], "country": agent.country or "", "code_1": agent.sector or "", "code_2": agent.second or "",
            "wiki": agent.name or "", "actor_wiki_job": agent.office or ""}


def day_asked(written: str | None) -> date:
    """The day a row asks for; TODAY where it names none. Raises ValueError for a date we cannot read."""
    if not written or written.lower() == "today":
        return TODAY
    for way in WAYS_TO_WRITE:
        try:
            return datetime.strptime(written, way).date()
        except ValueError:
            continue
    raise ValueError(f"no date we can read: {written!r}")
