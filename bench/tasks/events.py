"""Events measured: between two given parties (PLV), end to end from raw text (two shapes), and CAMEO codes of
sentences.

`run_pair`: the text and its two parties are given; figures root_macro_f1, quad_macro_f1, binary_macro_f1.
`run_raw`: only the text is given; figures of the scorer for the shape of the rows.
`run_cameo`: one CAMEO code a sentence; root and leaf are shares of rows with the right one.
"""

import importlib.util
import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from verbale.coding.code import code
from verbale.coding.events_exports import main_events, petrarch_rows, plover_rows
from verbale.coding.events_pairs import acts_between
from verbale.coding.events_ranker import load_ranker
from verbale.coding.rules import Rules, load_rules
from verbale.language.parser import default_parser
from verbale.model.findings import Findings
from verbale.model.reading import Reading
from verbale.model.report import Report, Segment
from verbale.model.span import Span
from verbale.model.when import DateWindow, Period
from verbale.tables.ontology import load_ontology
from verbale.world.identify import identify
from verbale.world.world import load_world

Rows = list[dict[str, Any]]


def run_pair(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Which PLOVER root joins the two parties given."""
    scorer = _scorer(shared, "score_events")
    rows, rules = _rows(gold), load_rules()
    said = {row["id"]: [pair_answer(row, reading, rules)] for row, reading in zip(rows, _read(rows))}
    _write(predictions, said)
    measured = scorer.score(rows, said)
    figures = {f"{level}_macro_f1": measured[level]["macroF1_gold_labels"] for level in ("root", "quad", "binary")}
    return figures | {
        "root_accuracy": measured["root"]["acc"],
        "abstained": measured["root"]["abstain"],
        "per_root": measured["root"]["per_label_f1"],
    }


def pair_answer(row: dict[str, Any], reading: Reading, rules: Rules) -> dict[str, Any]:
    """The answer for one row of PLV: a root and its quad."""
    source, target = parties_given(row)
    root = load_ranker().root(acts_near(reading, source, target, rules), reading, source, target, rules)
    return {"code": root, "quad": rules.ontology.plv_quad(root)}


def acts_near(reading: Reading, source: Span | None, target: Span | None, rules: Rules):
    """Acts of the sentences that hold a given party, best fitting first."""
    found = []
    for sentence in reading.sentences:
        if any(span and sentence.span.overlaps(span) for span in (source, target)) or len(reading.sentences) == 1:
            found += acts_between(sentence, source, target, rules)
    return sorted(found, key=lambda one: -one.fit)


def parties_given(row: dict[str, Any]) -> tuple[Span | None, Span | None]:
    """Where the two parties stand: by the tags of `marked`, else by their words."""
    found: list[Span | None] = []
    for tag, role in (("s", "source"), ("t", "target")):
        other = "t" if tag == "s" else "s"
        plain = re.sub(rf"</?{other}>", "", row.get("marked") or "")
        start, stop = plain.find(f"<{tag}>"), plain.find(f"</{tag}>")
        if start >= 0 and stop > start and re.sub(rf"</?{tag}>", "", plain) == row["text"]:
            found.append(Span(start, stop - 3))
            continue
        words = next((one for one in row["events"][0].get(role) or [] if one and one in row["text"]), None)
        found.append(Span(row["text"].index(words), row["text"].index(words) + len(words)) if words else None)
    return found[0], found[1]


def run_raw(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Events, parties and codes from the text alone, in the shape of the gold, whose modes have their older names."""
    scorer = _scorer(shared, "score_raw")
    rows = _rows(gold)
    is_petrarch = rows[0]["dataset"].startswith("PETR2")
    said = {}
    for row, (found, sentences) in zip(rows, _coded(rows)):
        told = petrarch_rows(found, sentences) if is_petrarch else plover_rows(found, sentences, older_names=True)
        said[row["id"]] = told
    _write(predictions, said)
    return scorer.petrarch(rows, said) if is_petrarch else scorer.plover(rows, said)


def run_cameo(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """The CAMEO code of each sentence's first and surest event; a statement's own code where no event is told."""
    rows = _rows(gold)
    said = {row["id"]: [{"code": cameo_answer(found)}] for row, (found, _) in zip(rows, _coded(rows))}
    _write(predictions, said)
    pairs = [(row["events"][0]["code"], said[row["id"]][0]["code"]) for row in rows]
    return {
        "rows": len(rows),
        "root": round(sum(want[:2] == got[:2] for want, got in pairs) / len(pairs), 4),
        "leaf": round(sum(want == got for want, got in pairs) / len(pairs), 4),
    }


def run_confidence(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """How far the confidence of events is from the share that is right, each event's weights fitted without it.

    Gold: the folder of `gsr_dev.jsonl` and `plv_train.jsonl`.
    """
    from training.event_confidence import five_fold, labelled

    return five_fold(labelled(gold))


def cameo_answer(found: Findings) -> str:
    for event in main_events(found):
        if event.cameo:
            return event.cameo
    acts = load_ontology().statement_acts
    return next((acts[one.act] for one in found.statements if one.act in acts), "010")


def _coded(rows: Rows) -> Iterable[tuple[Findings, list[Span]]]:
    """Findings of each row, and where its sentences lie."""
    world = load_world()
    for reading in _read(rows, _days(rows)):
        yield code(identify(reading, world), load_rules()), [sentence.span for sentence in reading.sentences]


def _read(rows: Rows, days: dict[str, date] | None = None) -> Iterable[Reading]:
    return default_parser().parse(_report(row, (days or {}).get(row["id"])) for row in rows)


def _report(row: dict[str, Any], day: date | None) -> Report:
    body = Segment("body", Span(0, len(row["text"])), "the whole row")
    if day is None:
        return Report(row["id"], row["text"], (body,))
    return Report(row["id"], row["text"], (body,), DateWindow(day, None, Period.day(day)))


def _days(rows: Rows) -> dict[str, date]:
    """The days of the rows, where they are days: none of a set that gives every row the same one."""
    found: dict[str, date] = {}
    for row in rows:
        digits = str(row.get("date") or "").replace("-", "")[:8]
        try:
            found[row["id"]] = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
        except ValueError:
            continue
    return found if len(set(found.values())) > 1 else {}


def _rows(gold: Path) -> Rows:
    return [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]


def _write(predictions: Path | None, said: dict[str, list[dict[str, Any]]]) -> None:
    if predictions is not None:
        lines = (json.dumps({"id": row, "events": events}, ensure_ascii=False) for row, events in said.items())
        predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _scorer(shared: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, shared / "gold" / "events" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
