"""Article bodies cut out of plain-text pages: word F1 and F1 of four-word runs, as shares.

Gold: a file of rows {"id", "dump", "article", ...} or a folder that holds one (`pages/textdump_dev.jsonl`). The scorer
is `gold/pages/score_pages.py` of the shared folder. The weights were fitted on the development pages, so a figure
measured on them flatters; `training/fit_pages.py` prints the one of five folds by site.
"""

import importlib.util
import json
import time
from pathlib import Path
from types import ModuleType

from verbale.ingest.page_text import segments

ARTICLE_KINDS = ("dateline", "body")


def run(gold: Path, shared: Path, predictions: Path | None = None) -> dict:
    """Figures of our segments on a gold file; predictions ({"id", "text"} a row) are written where a place is given."""
    scorer = _scorer(shared)
    rows = scorer.read_jsonl(_file(gold))
    started = time.process_time()
    found = {row["id"]: article_of(row["dump"]) for row in rows}
    seconds = time.process_time() - started
    if predictions is not None:
        with predictions.open("w", encoding="utf-8") as file:
            for key, text in found.items():
                file.write(json.dumps({"id": key, "text": text}, ensure_ascii=False) + "\n")
    figures = scorer.score(rows, found)
    return {"word_f1": figures["word"]["f1"], "shingle_f1": figures["shingle"]["f1"],
            "word_p": figures["word"]["p"], "word_r": figures["word"]["r"], "pages": len(rows),
            "pages_per_cpu_second": round(len(rows) / seconds, 1) if seconds else None}


def article_of(dump: str) -> str:
    return "\n".join(segment.span.of(dump) for segment in segments(dump) if segment.kind in ARTICLE_KINDS)


def _file(gold: Path) -> Path:
    return gold if gold.is_file() else next(iter(sorted(gold.rglob("*.jsonl"))), gold)


def _scorer(shared: Path) -> ModuleType:
    place = shared / "gold/pages/score_pages.py"
    spec = importlib.util.spec_from_file_location("score_pages", place)
    if spec is None or spec.loader is None or not place.is_file():
        raise FileNotFoundError(f"no scorer at {place}; give --shared the folder that holds gold/pages/score_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
