"""Who said what, from raw text: our statements seen through the conventions of the gold, scored by its script.

The view of the gold's conventions: level 1 only (GUM has nested ones too), marks and "that" belong to the content, a
quoted paragraph that goes on without a cue is content of the statement before, a speaker's label in a transcript is no
attribution, and on GUM only clauses and quotations are content. Figures are shares from 0 to 1. A gold without words
for sources and cues (GUM: they are derived there) is judged by its content figures alone; the others are given, and
mean little.
"""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

from verbale.coding.speech_lexicon import speech_lexicon
from verbale.coding.statements import statements_in
from verbale.coding.words import Words
from verbale.language.parser import default_parser
from verbale.model.findings import Statement
from verbale.model.ids import text_hash
from verbale.model.report import Report, Segment
from verbale.model.roster import Roster
from verbale.model.span import Span
from verbale.world.identify import identify
from verbale.world.world import load_world

SCORER = "gold/statements/score_statements.py"
GENRES = {"news": ("news",), "interview": ("interview",), "news_interview": ("news", "interview")}
WORD = re.compile(r"\w+")
ENDINGS = ("ing", "ed", "es", "s", "d")
SPOKEN = 4
"""Fewer words in marks are a name or a phrase, no clause."""
QUESTION_WORDS = {"what", "how", "why", "who", "where", "when", "which", "whether", "whatever"}
IRREGULAR = {
    "said": "say",
    "told": "tell",
    "wrote": "write",
    "written": "write",
    "spoke": "speak",
    "spoken": "speak",
    "swore": "swear",
    "sworn": "swear",
    "denied": "deny",
    "denies": "deny",
    "replied": "reply",
    "replies": "reply",
    "arguing": "argue",
    "urging": "urge",
    "stating": "state",
    "noting": "note",
    "accusing": "accuse",
    "describing": "describe",
    "declaring": "declare",
    "promising": "promise",
    "criticizing": "criticize",
}
TRANSCRIPT = "statement.transcript"
CARRIED = "statement.quotation.carried"


def run(gold: Path, shared: Path, predictions: Path | None = None) -> dict:
    """Figures for one gold file; beside the whole its speech subset (cues with a reporting word), or of GUM's genres
    the news and interviews."""
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
        **(genre_figures if any("genre" in row for row in rows) else speech_figures)(scorer, rows, predicted),
    }
    return {name: round(value / 100, 4) for name, value in figures.items()}


def genre_figures(scorer: ModuleType, rows: list[dict], predicted: dict[str, dict]) -> dict[str, float]:
    """Content overlap on news, on interviews, and on both together."""
    found = {}
    for name, genres in GENRES.items():
        report, _ = scorer.score([row for row in rows if row.get("genre") in genres], predicted)
        found[f"{name}_overlap_f1"] = report["content soft"]["F"]
        found[f"{name}_exact_f1"] = report["content exact"]["F"]
    return found


def speech_figures(scorer: ModuleType, rows: list[dict], predicted: dict[str, dict]) -> dict[str, float]:
    """The part of the gold whose cue holds a reporting word, against what we call speech: recall, and whole triples."""
    whole = [
        {
            **row,
            "quotes": [
                {**quote, "kind": "speech" if is_speech(row["text"], quote) else "other"} for quote in row["quotes"]
            ],
        }
        for row in rows
    ]
    recall = scorer.score(whole, predicted)[0].get("recall, speech", {}).get("aligned", 0.0)
    part = [{**row, "quotes": [quote for quote in row["quotes"] if quote["kind"] == "speech"]} for row in whole]
    told = {
        row["id"]: {**row, "quotes": [quote for quote in row["quotes"] if quote["class"] == "speech"]}
        for row in predicted.values()
    }
    report, _ = scorer.score(part, told)
    return {
        "speech_recall": recall,
        "speech_triple_f1": report["triple exact"]["F"],
        "speech_overlap_f1": report["content soft"]["F"],
    }


def is_speech(text: str, quote: dict) -> bool:
    """Whether a cue of the gold holds a word of our list of acts in the class speech, or is a mark."""
    cue = text[slice(*quote["cue"])] if quote["cue"] else ""
    words = WORD.findall(cue.lower())
    if not words:
        return bool(cue.strip())
    forms = {form for word in words for form in (word, *(word[: -len(end)] for end in ENDINGS if word.endswith(end)))}
    lexicon = speech_lexicon()
    rows = [lexicon.act(IRREGULAR.get(form, form), words, is_noun=False) for form in forms]
    return any(row is not None and row.cue_class == "speech" for row in rows)


def predicted_rows(rows: list[dict]) -> list[dict]:
    """Our statements of each gold text, read as plain body, in the scorer's shape."""
    world = load_world()
    reports = [plain_body(row["text"]) for row in rows]
    found = []
    for row, reading in zip(rows, default_parser().parse(reports), strict=True):
        roster = _roster(reading, world)
        statements = statements_in(roster)
        is_nested = bool(row.get("derived_roles"))
        if is_nested:
            words = Words(reading)
            statements = [one for one in statements if has_clause(words, one)]
        found.append({"id": row["id"], "quotes": gold_view(statements, is_nested)})
    return found


def _roster(reading, world) -> Roster:
    return identify(reading, world)


def has_clause(words: Words, statement: Statement) -> bool:
    """Whether the content is a clause or quoted and the cue no adverb ("reportedly"): GUM's discourse trees attribute
    clauses to clauses alone, no noun phrases, and no bare infinitives ("wants to leave")."""
    if statement.kind == "direct":
        return sum(words.is_word[place] for span in statement.content for place in words.places(span)) >= SPOKEN
    if statement.cue is not None and all(words.upos[place] == "ADV" for place in words.places(statement.cue)):
        return False
    places = {place for span in statement.content_outer for place in words.places(span) if words.is_word[place]}
    return any(_is_clause(words, place, places) for place in places if words.head[place] not in places)


def _is_clause(words: Words, top: int, places: set[int]) -> bool:
    """Whether a word heads a finite clause, or is the question word of one that the tree hangs under it."""
    below = [child for child in words.children[top] if child in places]
    if words.form[top] in QUESTION_WORDS and any(words.relation[child].endswith(":relcl") for child in below):
        return True
    verbs = [top, *[child for child in below if words.bare[child] in ("aux", "cop")]]
    is_finite = any(words.has(verb, "VerbForm=Fin") for verb in verbs)
    has_subject = any(words.bare[child] in ("nsubj", "csubj", "expl") for child in below)
    return (is_finite or has_subject) if words.upos[top] in ("VERB", "AUX") else is_finite and len(verbs) > 1


def plain_body(text: str) -> Report:
    """A text as a report of one body segment, as the gold gives no pages."""
    return Report(f"re-{text_hash(text)[:20]}", text, (Segment("body", Span(0, len(text)), "given as plain text"),))


def gold_view(statements: list[Statement], is_nested: bool = False) -> list[dict]:
    """Level 1 in the gold's conventions, quotations that carry on a statement put into it; level 2 with `is_nested`."""
    found: list[dict] = []
    labelled = {one.id for one in statements if one.evidence.rule.startswith(TRANSCRIPT)}
    for one in statements:
        is_outermost = one.level == 1 or one.parent in labelled or is_nested
        if not is_outermost or one.id in labelled or one.evidence.rule == "statement.title-copy":
            continue
        content = [[span.start, span.stop] for span in one.content_outer]
        if one.evidence.rule == CARRIED and found:
            found[-1]["content"] += content
            continue
        found.append(
            {"source": _pair(one.source_span), "cue": _pair(one.cue), "content": content, "class": one.cue_class}
        )
    return found


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.stop] if span else None


def _scorer(place: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_statements", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
