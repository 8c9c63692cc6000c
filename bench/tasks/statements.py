"""Who said what, from raw text: our statements seen through the conventions of the gold, scored by its script.

The view of the gold's conventions: level 1 only, marks and "that" belong to the content, a quoted paragraph that goes
on without a cue is content of the statement before, a speaker's label in a transcript is no attribution, and on GUM
only clauses and quotations are content. Figures are shares from 0 to 1. A gold without words for sources and cues
(GUM: they are derived there) is judged by its content figures alone; the others are given, and mean little.
"""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

from verbale.coding.statements import statements_in
from verbale.language.parser import default_parser
from verbale.model.findings import Statement
from verbale.model.ids import text_hash
from verbale.model.report import Report, Segment
from verbale.model.roster import Roster
from verbale.model.span import Span
from verbale.world.identify import identify
from verbale.world.world import load_world

SCORER = "gold/statements/score_statements.py"
CLAUSAL = (
    "that-clause",
    "clause",
    "quote",
    "colon",
    "inserted",
    "as-clause",
    "quotation",
    "quoted-as-saying",
    "transcript",
)
TRANSCRIPT = "statement.transcript"
CARRIED = "statement.quotation.carried"


def run(gold: Path, shared: Path, predictions: Path | None = None) -> dict:
    """Figures for one gold file, and for its speech subset (cues with a reporting act) the recall."""
    scorer = _scorer(shared / SCORER)
    rows = [row for row in scorer.read_jsonl(gold) if row.get("primary", True)]
    predicted = {row["id"]: row for row in predicted_rows(rows)}
    if predictions:
        with predictions.open("w", encoding="utf-8") as out:
            for row in predicted.values():
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    report, _ = scorer.score(rows, predicted)
    figures = {
        "triple_f1": report["triple exact"]["F"],
        "content_overlap_f1": report["content soft"]["F"],
        "content_exact_f1": report["content exact"]["F"],
        "speaker": report["speaker on aligned"]["overlap"],
        **{
            f"recall_{kind}": report.get(f"recall, {kind}", {}).get("aligned", 0.0)
            for kind in ("direct", "mixed", "indirect")
        },
    }
    return {name: round(value / 100, 4) for name, value in figures.items()}


def predicted_rows(rows: list[dict]) -> list[dict]:
    """Our statements of each gold text, read as plain body, in the scorer's shape."""
    world = load_world()
    reports = [plain_body(row["text"]) for row in rows]
    found = []
    for row, reading in zip(rows, default_parser().parse(reports), strict=True):
        roster = _roster(reading, world)
        statements = statements_in(roster)
        if row.get("derived_roles"):
            statements = [one for one in statements if has_clause(one)]
        found.append({"id": row["id"], "quotes": gold_view(statements)})
    return found


def _roster(reading, world) -> Roster:
    return identify(reading, world)


def has_clause(statement: Statement) -> bool:
    """Whether the content is a clause or quoted: GUM's discourse trees attribute clauses alone, no noun phrases."""
    frame = statement.evidence.rule.split(".")[1]
    return frame in CLAUSAL or statement.cue_lemma == "according to" or statement.kind == "direct"


def plain_body(text: str) -> Report:
    """A text as a report of one body segment, as the gold gives no pages."""
    return Report(f"re-{text_hash(text)[:20]}", text, (Segment("body", Span(0, len(text)), "given as plain text"),))


def gold_view(statements: list[Statement]) -> list[dict]:
    """Level 1 in the gold's conventions, quotations that carry on a statement put into it."""
    found: list[dict] = []
    labelled = {one.id for one in statements if one.evidence.rule.startswith(TRANSCRIPT)}
    for one in statements:
        is_outermost = one.level == 1 or one.parent in labelled
        if not is_outermost or one.id in labelled or one.evidence.rule == "statement.title-copy":
            continue
        content = [[span.start, span.stop] for span in one.content_outer]
        if one.evidence.rule == CARRIED and found:
            found[-1]["content"] += content
            continue
        found.append({"source": _pair(one.source_span), "cue": _pair(one.cue), "content": content})
    return found


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.stop] if span else None


def _scorer(place: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_statements", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
