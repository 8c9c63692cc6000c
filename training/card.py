"""Write the model card, with figures measured on the package's weights: `python -m training.card --shared ../shared`.

The text stands in training/card.md; `{version}`, `{megabytes}`, `{trees}`, `{raw}` and `{names}` are filled in.
"""

import argparse
import gzip
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

from bench.tasks import language, names
from verbale.language.parser import WEIGHTS, OnnxParser, default_parser

TEXT = Path(__file__).parent / "card.md"
OUT = WEIGHTS.parent / "MODEL_CARD.md"
LABELS = Path(__file__).parents[1] / "bench" / "labels"
FIGURES = ("las", "uas", "upos", "lemma")

# The treebank's folder, what it is called in the card, and how the genre shows in the id of a sentence.
TREEBANKS: list[tuple[str, str, Callable[[str], str]]] = [
    ("UD_English-EWT", "EWT test", lambda name: name.split("-")[0]),
    ("UD_English-GUM", "GUM test", lambda name: name.split("_")[1]),
    ("UD_English-PUD", "PUD", lambda name: "news" if name.startswith("n") else "Wikipedia"),
]
NAME_GOLD = [
    ("UNER-EWT test", "UNER_English-EWT"), ("UNER-PUD", "UNER_English-PUD"),
]


def sentence_ids(path: Path) -> list[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [line.split("=", 1)[1].strip() for line in file if line.startswith("# sent_id")]


def tree_rows(folder: Path, title: str, genre_of: Callable[[str], str], parser: OnnxParser) -> list[str]:
    """Figures on gold words: the whole treebank, then its genres."""
    path = language.test_file(folder)
    sentences = list(language.gold_sentences(path))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    analyses = parser.analyse([sentence.words for sentence in sentences])
    for name, sentence, analysis in zip(sentence_ids(path), sentences, analyses):
        rows = [row for row in sentence.rows if row[0].isdigit()]
        for row, head, relation, upos, lemma in zip(
                rows, analysis.heads, analysis.relations, analysis.upos, analysis.lemmas):
            right = int(row[6]) - 1 == head
            same = row[7].split(":")[0] == relation.split(":")[0]
            for key in ("", genre_of(name)):
                counts[key].update(words=1, uas=right, las=right and same, upos=upos == row[3],
                                   lemma=row[2] in ("_", lemma))
    return [
        f"| {title}{': ' + genre if genre else ''} | {count['words']:,} | "
        + " | ".join(f"{100 * count[figure] / count['words']:.1f}" for figure in FIGURES) + " |"
        for genre, count in sorted(counts.items())
    ]


def card(shared: Path, parser: OnnxParser) -> str:
    """The card's text with every figure measured anew."""
    trees, raw, named = [], [], []
    for folder, title, genre_of in TREEBANKS:
        place = shared / "treebanks" / folder
        trees += tree_rows(place, title, genre_of, parser)
        found = language.from_raw_text(place, shared, parser)
        raw.append(f"| {title} | {found['raw_las']:.1f} | {found['token_f1']:.1f} | {found['sentence_f1']:.1f} |")
    gold = [(title, shared / "treebanks" / folder) for title, folder in NAME_GOLD]
    own = [("300 sentences of foreign-affairs text, rules seen", LABELS / "names.jsonl"),
           ("300 more, untouched", LABELS / "names_fresh.jsonl")]
    for title, place in [*gold, *own]:
        found = names.run(place, shared, parser=parser)
        named.append(f"| {title} | " + " | ".join(f"{found[key]:.3f}" for key in ("f1", "per", "org", "loc")) + " |")
    return TEXT.read_text(encoding="utf-8").format(
        version=parser.version, megabytes=f"{WEIGHTS.stat().st_size / 1e6:.1f}",
        trees="\n".join(trees), raw="\n".join(raw), names="\n".join(named))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with treebanks/ and gold/")
    options.add_argument("--out", type=Path, default=OUT)
    chosen = options.parse_args()
    chosen.out.write_text(card(chosen.shared, default_parser()), encoding="utf-8")
    print(f"{chosen.out} written")


if __name__ == "__main__":
    main()
