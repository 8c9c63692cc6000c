"""How good one stage is on gold data of any origin that has the shape of ours.

    python bench/quality.py TASK --gold PATH [--shared DIR] [--predictions OUT]

The last line printed is one JSON object of figures: shares from 0 to 1, but las, uas, upos and lemma in percent. The
scorers lie in the folder of shared data (--shared, else VERBALE_SHARED, else ../shared); where it is missing, the task
says so and exits 2. Figures on data that was tuned on are development figures.
"""

import argparse
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import msgspec

sys.path.insert(0, str(Path(__file__).parents[1]))


class Task(msgspec.Struct, frozen=True):
    """One thing that can be measured: where it is done, the figures it must give, what of the shared data it needs."""

    module: str
    function: str
    figures: tuple[str, ...]
    needs: tuple[str, ...] = ()


SEED = ("segments", "statements", "events", "tallies", "actors", "topics", "repairs", "date")
TASKS = {
    "language": Task(
        "language",
        "run",
        ("las", "uas", "upos", "lemma", "raw_las", "token_f1", "sentence_f1"),
        ("gold/language/score_conllu.py",),
    ),
    "ner": Task("names", "run", ("f1", "per", "org", "loc"), ("gold/language/score_ner.py",)),
    "pages": Task("pages", "run", ("word_f1", "shingle_f1"), ("gold/pages/score_pages.py",)),
    "html": Task("made_pages", "run_html", ("word_f1", "over_trafilatura", "title_exact", "day_exact")),
    "dumps": Task("made_pages", "run_dumps", ("word_f1", "title_exact", "dumps_per_cpu_second")),
    "days": Task("page_facts", "run_days", ("right_of_named", "named_of_dated", "window_holds_day")),
    "languages": Task("page_facts", "run_languages", ("ru", "en", "tr")),
    "letters": Task("letters", "run", ("latin_cyrillic", "latin_greek", "cyrillic_latin", "clean_changed")),
    "copies": Task("copies", "run", ("precision", "recall", "documents_per_cpu_second")),
    "hostile": Task("hostile", "run", ("inputs", "named", "good_read", "crashed")),
    "statements": Task(
        "statements",
        "run",
        (
            "triple_f1",
            "content_overlap_f1",
            "content_exact_f1",
            "speaker",
            "recall_direct",
            "recall_mixed",
            "recall_indirect",
        ),
        ("gold/statements/score_statements.py",),
    ),
    "events-pair": Task(
        "events", "run_pair", ("root_macro_f1", "quad_macro_f1", "binary_macro_f1"), ("gold/events/score_events.py",)
    ),
    "events-raw": Task("events", "run_raw", (), ("gold/events/score_raw.py",)),
    "events-cameo": Task("events", "run_cameo", (), ("gold/events/score_events.py",)),
    "events-confidence": Task("events", "run_confidence", ("calibration_error", "brier", "auc")),
    "cases": Task("event_cases", "run", ("cases", "share_with_nothing", "right", "status_accuracy", "known_failures")),
    "contacts": Task(
        "contacts",
        "run",
        ("f1", "precision", "recall", "channel", "parties", "day"),
        ("gold/contacts/score_contacts.py",),
    ),
    "actors": Task("actors", "run", ("state", "sector"), ("gold/actors/score_actors.py",)),
    "mentions": Task("mentions", "run", ("precision", "recall", "among_candidates")),
    "who": Task("mention_cases", "run", ("right", "sure_and_wrong", "candidates")),
    "offices": Task("offices", "run", ("right", "right_on_sources")),
    "finding": Task("finding", "run", ("mb_a_second", "tables_seconds", "names_seconds"), ("corpora",)),
    "seed": Task(
        "record",
        "run_seed",
        (
            *SEED,
            *(f"of_{name}" for name in SEED),
            "hoped_found",
            "of_hoped",
            "extra_events",
            "repeated_events",
            "false_from_furniture",
            "must_not_broken",
            "broken",
        ),
        ("seed/score_seed.py",),
    ),
    "examples": Task("examples", "run", ("statements", "events", "tallies", "actors", "extra_events")),
    "happenings": Task("record", "run_happenings", ("precision", "recall")),
    "releases": Task("record", "run_releases", ("alike_apart", "alike_joined", "told_again")),
    "predict": Task("record", "predict", ()),
}


def shared_folder(given: str | None) -> Path:
    """Where scorers and gold lie: as given, else VERBALE_SHARED, else ../shared beside the repository."""
    return Path(given or os.environ.get("VERBALE_SHARED") or Path(__file__).parents[2] / "shared")


def measured(name: str, gold: Path, shared: Path, predictions: Path | None) -> dict[str, Any]:
    """Figures of a task. Raises FileNotFoundError, with what to do, where something it needs is missing."""
    task = TASKS[name]
    for needed in [gold, *(shared / one for one in task.needs)]:
        if not needed.exists():
            raise FileNotFoundError(
                f"{name}: {needed} is missing; give the folder of gold and scorers with --shared "
                "(or VERBALE_SHARED), and the gold with --gold"
            )
    run = getattr(importlib.import_module(f"bench.tasks.{task.module}"), task.function)
    figures = run(gold, shared, predictions)
    lacking = [figure for figure in task.figures if figure not in figures]
    if lacking:
        raise KeyError(f"{name}: the task gave no {', '.join(lacking)}")
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=list(TASKS))
    parser.add_argument("--gold", required=True, type=Path, help="file or folder of gold data")
    parser.add_argument("--shared", help="folder of the shared data (default: VERBALE_SHARED, else ../shared)")
    parser.add_argument("--predictions", type=Path, help="write what was predicted here")
    given = parser.parse_args()
    try:
        figures = measured(given.task, given.gold, shared_folder(given.shared), given.predictions)
    except FileNotFoundError as missing:
        print(missing, file=sys.stderr)
        sys.exit(2)
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
