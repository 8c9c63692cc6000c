"""Names of people, organisations and places on gold words: f1 over all three, and for each, as shares.

Gold: an IOB2 file in the columns of Universal NER or plain, a folder with a test file, or stand-off labels (`.jsonl`:
file and row of the shared corpora, hash, places). The scorer is `gold/language/score_ner.py` of the shared folder.
"""

import gzip
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from verbale.language.names import name_tags
from verbale.language.parser import OnnxParser, default_parser
from verbale.language.tokens import tokens_in

SCORER = "gold/language/score_ner.py"
SENTENCES_AT_ONCE = 400


def run(gold: Path, shared: Path, predictions: Path | None = None, parser: OnnxParser | None = None) -> dict:
    """Figures for one gold file."""
    parser = parser or default_parser()
    with tempfile.TemporaryDirectory() as folder:
        file = test_file(gold)
        if file.suffix == ".jsonl":
            file = written_out(file, shared / "corpora", Path(folder) / "gold.iob2")
        sentences = list(gold_words(file))
        out_path = predictions or Path(folder) / "predicted.iob2"
        with open(out_path, "w", encoding="utf-8") as out:
            for start in range(0, len(sentences), SENTENCES_AT_ONCE):
                part = sentences[start:start + SENTENCES_AT_ONCE]
                for words, analysis in zip(part, parser.analyse(part)):
                    for number, (word, tag) in enumerate(zip(words, name_tags(words, analysis)), 1):
                        out.write(f"{number}\t{word}\t{tag}\n")
                    out.write("\n")
        found = scored(shared, file, out_path)
    per_type = {kind.lower(): found["per_type"][kind]["f1"] / 100 for kind in ("PER", "ORG", "LOC")}
    return {key: round(value, 4) for key, value in {"f1": found["micro"]["f1"] / 100, **per_type}.items()}


def test_file(gold: Path) -> Path:
    if gold.is_file():
        return gold
    found = sorted(path for path in gold.iterdir() if re.search(r"test.*\.(iob2?|conll)(\.gz)?$", path.name))
    if not found:
        raise FileNotFoundError(f"{gold}: no *test*.iob2 or *test*.conll in this folder")
    return found[0]


def written_out(labels: Path, corpora: Path, out: Path) -> Path:
    """Stand-off labels as an IOB2 file, words cut as the program cuts them; a label takes in every word that it
    touches. A text that is not the labelled one is refused."""
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    texts = {name: corpus_texts(corpora / name) for name in {row["file"] for row in rows}}
    with open(out, "w", encoding="utf-8") as file:
        for row in rows:
            text = texts[row["file"]][row["row"]]
            if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
                raise ValueError(f"{corpora / row['file']}, row {row['row']}: not the text that was labelled")
            cuts = tokens_in(text, row["start"], row["stop"])
            tags = ["O"] * len(cuts)
            for start, stop, label in row["names"]:
                inside = [place for place, cut in enumerate(cuts) if cut.start < stop and start < cut.stop]
                tags[inside[0]:inside[-1] + 1] = [f"B-{label}"] + [f"I-{label}"] * (len(inside) - 1)
            file.writelines(f"{number}\t{text[cut.start:cut.stop]}\t{tag}\n"
                            for number, (cut, tag) in enumerate(zip(cuts, tags), 1))
            file.write("\n")
    return out


def corpus_texts(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]


def gold_words(path: Path) -> Iterator[list[str]]:
    """The words of each sentence, read as the scorer reads them."""
    opener = gzip.open if path.suffix == ".gz" else open
    words: list[str] = []
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\r\n")
            if not line.strip():
                if words:
                    yield words
                words = []
            elif not _is_comment(line) and not line.startswith("-DOCSTART-"):
                columns = line.split("\t")
                if len(columns) >= 3 and columns[0].isdigit():
                    words.append(columns[1])
                else:
                    words.append((columns if len(columns) > 1 else line.split())[0])
    if words:
        yield words


def _is_comment(line: str) -> bool:
    columns = line.split("\t") if "\t" in line else line.split()
    looks_like_word = ("\t" in line or len(columns) == 2) and re.fullmatch(r"O|[BI]-\S+", columns[-1])
    return line.startswith("#") and not looks_like_word


def scored(shared: Path, gold: Path, predicted: Path) -> dict:
    command = [sys.executable, str(shared / SCORER), str(gold), str(predicted)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{SCORER} refused {predicted}: {done.stderr.strip()[-400:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])
