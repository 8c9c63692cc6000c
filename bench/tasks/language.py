"""Trees, tags and lemmas of a Universal Dependencies treebank: on its own words, and from its raw text.

Figures in percent: las, uas, upos, lemma on gold words; raw_las, token_f1, sentence_f1 from raw text. The scorer is
`gold/language/score_conllu.py` of the shared folder.
"""

import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from verbale.language.decode import Analysis
from verbale.language.parser import OnnxParser, default_parser
from verbale.language.tokens import CLITIC
from verbale.model.reading import ROOT, Sentence
from verbale.model.report import Report, Segment
from verbale.model.span import Span

SCORER = "gold/language/score_conllu.py"
SENTENCES_AT_ONCE = 400


@dataclass
class GoldSentence:
    rows: list[list[str]]
    """Columns of every line, ranges and words."""
    text: str
    opens_document: bool
    opens_paragraph: bool

    @property
    def words(self) -> list[str]:
        return [row[1] for row in self.rows if row[0].isdigit()]


def run(gold: Path, shared: Path, predictions: Path | None = None, parser: OnnxParser | None = None) -> dict:
    """Figures for one treebank: a folder with a test file, or one CoNLL-U file."""
    parser = parser or default_parser()
    return on_gold_words(gold, shared, parser) | from_raw_text(gold, shared, parser, predictions)


def on_gold_words(gold: Path, shared: Path, parser: OnnxParser) -> dict:
    file = test_file(gold)
    sentences = list(gold_sentences(file))
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "words.conllu"
        with open(predicted, "w", encoding="utf-8") as out:
            for start in range(0, len(sentences), SENTENCES_AT_ONCE):
                part = sentences[start:start + SENTENCES_AT_ONCE]
                for sentence, analysis in zip(part, parser.analyse([one.words for one in part])):
                    out.write(with_gold_words(sentence, analysis))
        found = scored(shared, file, predicted)
    return {key: found[key] for key in ("las", "uas", "upos", "lemma")}


def from_raw_text(gold: Path, shared: Path, parser: OnnxParser, predictions: Path | None = None) -> dict:
    file = test_file(gold)
    with tempfile.TemporaryDirectory() as folder:
        predicted = predictions or Path(folder) / "raw.conllu"
        with open(predicted, "w", encoding="utf-8") as out:
            for reading in parser.parse(reports_of(gold_sentences(file))):
                out.writelines(as_conllu(sentence) for sentence in reading.sentences)
        found = scored(shared, file, predicted, "--raw")
    return {"raw_las": found["las_f1"], "token_f1": found["token_f1"], "sentence_f1": found["sentence_f1"]}


def test_file(gold: Path) -> Path:
    if gold.is_file():
        return gold
    found = sorted(path for path in gold.iterdir() if re.search(r"test.*\.conllu(\.gz)?$", path.name))
    if not found:
        raise FileNotFoundError(f"{gold}: no *test*.conllu or *test*.conllu.gz in this folder")
    return found[0]


def gold_sentences(path: Path) -> Iterator[GoldSentence]:
    opener = gzip.open if path.suffix == ".gz" else open
    rows: list[list[str]] = []
    text, document, paragraph = "", False, False
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\r\n")
            if line.startswith("#"):
                document |= line.startswith("# newdoc")
                paragraph |= line.startswith("# newpar")
                text = line[9:] if line.startswith("# text = ") else text
            elif line.strip():
                row = line.split("\t")
                if "." not in row[0]:
                    rows.append(row)
            elif rows:
                yield GoldSentence(rows, text, document, paragraph)
                rows, document, paragraph = [], False, False
    if rows:
        yield GoldSentence(rows, text, document, paragraph)


def reports_of(sentences: Iterable[GoldSentence]) -> Iterator[Report]:
    """A report for each document; its paragraphs parted by a blank line, its sentences as the treebank spaces them."""
    text = ""
    number = 0
    space = ""
    for sentence in sentences:
        if sentence.opens_document and text:
            yield _report(number, text)
            number, text, space = number + 1, "", ""
        if text:
            text += "\n\n" if sentence.opens_paragraph else space
        text += sentence.text
        space = "" if "SpaceAfter=No" in sentence.rows[-1][9] else " "
    if text:
        yield _report(number, text)


def _report(number: int, text: str) -> Report:
    return Report(f"gold-{number}", text, (Segment("body", Span(0, len(text)), "a document of the treebank"),))


def with_gold_words(sentence: GoldSentence, analysis: Analysis) -> str:
    lines = []
    place = 0
    for row in sentence.rows:
        if not row[0].isdigit():
            lines.append("\t".join(row[:2] + ["_"] * 8))
            continue
        lines.append("\t".join([
            row[0], row[1], analysis.lemmas[place], analysis.upos[place], "_", analysis.features[place],
            str(analysis.heads[place] + 1), analysis.relations[place], "_", "_"]))
        place += 1
    return "\n".join(lines) + "\n\n"


def as_conllu(sentence: Sentence) -> str:
    """A sentence of a reading; a word and the clitic that hangs on its end are one surface token."""
    lines = []
    tokens = sentence.tokens
    inside = -1
    for token in tokens:
        end = token.place
        while end + 1 < len(tokens) and is_clitic(sentence, end + 1):
            end += 1
        if end > token.place and token.place > inside:
            inside = end
            form = "".join(one.text for one in tokens[token.place:end + 1])
            lines.append("\t".join([f"{token.place + 1}-{end + 1}", form] + ["_"] * 8))
        head = "0" if token.head == ROOT else str(token.head + 1)
        lines.append("\t".join([str(token.place + 1), token.text, token.lemma, token.upos, "_", token.features, head,
                                token.relation, "_", "_"]))
    return "\n".join(lines) + "\n\n"


def is_clitic(sentence: Sentence, place: int) -> bool:
    before, token = sentence.tokens[place - 1], sentence.tokens[place]
    if before.stop != token.start or not before.text[-1:].isalnum():
        return False
    together = before.text + token.text
    if CLITIC.search(together) and len(token.text) < 4:
        return True
    return token.text[:1].isalpha() or (token.text in ("'", "’") and token.upos == "PART")


def scored(shared: Path, gold: Path, predicted: Path, *options: str) -> dict:
    command = [sys.executable, str(shared / SCORER), str(gold), str(predicted), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{SCORER} refused {predicted}: {done.stderr.strip()[-400:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])
