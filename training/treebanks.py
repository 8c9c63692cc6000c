"""Openly licensed treebanks and name-tagged corpora, read into training sentences.

What may be read here, and why, stands in `docs/decisions/`; the model card names every source.
"""

import csv
import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

# GUM by genre: only texts under CC BY or CC BY-SA (amir-zeldes/gum, LICENSE.txt); the rest is not free or unclear.
GUM_FREE_GENRES = ("academic", "bio", "court", "interview", "news", "voyage")
KEPT_FEATURES = ("Gender", "Mood", "Number", "Person", "Poss", "PronType", "Tense", "VerbForm", "Voice")
OTHER_PEOPLES = """
Kurdish Kurd Kurds Arab Arabs Muslim Muslims Christian Christians Jewish Jews Sunni Shia Palestinian Palestinians
European Europeans African Africans Asian Asians Western Soviet Tibetan Chechen Rohingya Uighur Uyghur Houthi
"""
_TITLES = """
mr mr. mrs mrs. ms ms. dr dr. prof prof. sir lord lady president minister secretary senator sen. rep. general gen. king
queen prince princess pope saint st. captain capt. colonel col. lieutenant lt. judge justice chancellor prime foreign
vice deputy former chairman
"""
PERSON_TITLES = frozenset(_TITLES.split())


@dataclass
class Sentence:
    """A training sentence; a list that is empty was not labelled in its source and teaches nothing."""

    words: list[str]
    id: str = ""
    """Its `sent_id`, where the source has one."""
    upos: list[str] = field(default_factory=list)
    features: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def lines_of(path: Path) -> Iterator[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")


def blocks_of(path: Path) -> Iterator[list[str]]:
    """Runs of lines between blank ones; a line of white space alone counts as blank."""
    block: list[str] = []
    for line in lines_of(path):
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def kept_features(cell: str) -> str:
    pairs = [pair for pair in cell.split("|") if pair.split("=")[0] in KEPT_FEATURES]
    return "|".join(pairs) or "_"


def ud_sentences(path: Path, genres: Iterable[str] | None = None, with_names: bool = False) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file; of GUM only the genres asked for, with names from its entity column if wanted."""
    wanted = None if genres is None else tuple(f"GUM_{genre}_" for genre in genres)
    document = number = ""
    for block in blocks_of(path):
        for line in block:
            if line.startswith("# newdoc id"):
                document = line.split("=", 1)[1].strip()
            elif line.startswith("# sent_id"):
                number = line.split("=", 1)[1].strip()
        if wanted is not None and not document.startswith(wanted):
            continue
        rows = [line.split("\t") for line in block if line[0] != "#"]
        rows = [row for row in rows if row[0].isdigit()]
        sentence = Sentence(
            words=[row[1] for row in rows],
            id=number,
            upos=[row[3] for row in rows],
            features=[kept_features(row[5]) for row in rows],
            lemmas=[row[1] if row[2] == "_" and row[1] != "_" else row[2] for row in rows],
            heads=[int(row[6]) for row in rows],
            relations=[row[7] for row in rows],
        )
        if with_names:
            sentence.names = gum_names(rows)
        yield sentence


def gum_names(rows: list[list[str]]) -> list[str]:
    """Names out of GUM's `Entity=` brackets: of each person, place or organisation its named core, outermost first."""
    label_of = {"person": "PER", "place": "LOC", "organization": "ORG"}
    tags = ["O"] * len(rows)
    for start, stop, kind in sorted(gum_entities(rows), key=lambda entity: entity[0] - entity[1]):
        if kind in label_of:
            core = named_core(rows, start, stop, kind)
            if core and all(tag == "O" for tag in tags[core[0]: core[1]]):
                mark(tags, core[0], core[1], label_of[kind])
    return tags


def gum_entities(rows: list[list[str]]) -> list[tuple[int, int, str]]:
    found, open_entities = [], []
    for place, row in enumerate(rows):
        entity = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
        if not entity:
            continue
        for opened, closed in re.findall(r"\(([^()]+)|([^()]*)\)", entity.group(1)):
            if opened:
                number, _, rest = opened.partition("-")
                open_entities.append((number, rest.split("-")[0], place))
            if closed or not opened:
                number = closed.split("-")[0]
                match = [one for one in open_entities if not number or one[0] == number]
                if match:
                    open_entities.remove(match[-1])
                    found.append((match[-1][2], place + 1, match[-1][1]))
        # an entity of one word is written "(3-place-...)": opened and closed at once
    return found


def named_core(rows: list[list[str]], start: int, stop: int, kind: str) -> tuple[int, int] | None:
    """The proper name inside an entity's phrase: its head, where that is a proper noun, and what belongs to it."""
    inside = range(start, stop)
    heads = [place for place in inside if not start <= int(rows[place][6]) - 1 < stop]
    if len(heads) != 1 or rows[heads[0]][4] not in ("NNP", "NNPS"):
        return None
    head = heads[0]
    first = last = head
    while first > start and belongs_to_name(rows, first - 1, kind):
        first -= 1
    while last + 1 < stop and belongs_to_name(rows, last + 1, kind):
        last += 1
    while kind == "person" and first < last and rows[first][1].lower() in PERSON_TITLES:
        first += 1
    while last > first and rows[last][4] not in ("NNP", "NNPS", "CD"):
        last -= 1
    while first < last and rows[first][4] not in ("NNP", "NNPS", "CD", "JJ", "NN"):
        first += 1
    return first, last + 1


def belongs_to_name(rows: list[list[str]], place: int, kind: str) -> bool:
    word, tag = rows[place][1], rows[place][4]
    if tag in ("NNP", "NNPS"):
        return True
    if kind == "person":
        return word in (".", "de", "van", "von", "bin", "al", "-")
    joins = word in ("of", "for", "and", "the", "&", "-", "'s", "’s", "on")
    near = [rows[near][4] for near in (place - 1, place + 1) if 0 <= near < len(rows)]
    capital = word[:1].isupper() and tag in ("JJ", "NN", "NNS", "VBN") and place > 0
    return (joins and "NNP" in "".join(near)) or capital


def mark(tags: list[str], start: int, stop: int, label: str) -> None:
    tags[start:stop] = ["B-" + label] + ["I-" + label] * (stop - start - 1)


def iob_sentences(path: Path, word_column: int, tag_column: int, labels: dict[str, str]) -> Iterator[Sentence]:
    """Sentences of a column file; `labels` maps its labels to ours, what is not named there becomes O."""
    for block in blocks_of(path):
        rows = [re.split(r"\t| ", line) for line in block if not line.startswith("# ") and not line.startswith("-DOC")]
        words = [row[word_column] for row in rows]
        tags = [labelled(row[tag_column], labels) for row in rows]
        if words:
            yield Sentence(words=words, names=opened(tags))


def labelled(tag: str, labels: dict[str, str]) -> str:
    prefix, _, label = tag.partition("-")
    return f"{prefix}-{labels[label]}" if label in labels else "O"


def opened(tags: list[str]) -> list[str]:
    """IO or broken IOB tags as IOB2: every name opens with B."""
    result, before = [], "O"
    for tag in tags:
        opens = tag[0] == "I" and (before == "O" or before[2:] != tag[2:])
        result.append("B" + tag[1:] if opens else tag)
        before = tag
    return result


def re3d_sentences(path: Path, states: set[str]) -> Iterator[Sentence]:
    """re3d keeps descriptions as well as names: only spans that hold a name survive, without article and title."""
    labels = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"}
    for sentence in iob_sentences(path, 0, 1, labels):
        tags = ["O"] * len(sentence.words)
        for start, stop, label in spans(sentence.names):
            trimmed = re3d_core(sentence.words, start, stop, label)
            if trimmed:
                name = " ".join(sentence.words[trimmed[0]: trimmed[1]]).lower()
                mark(tags, *trimmed, "LOC" if name in states else label)
        sentence.names = tags
        yield sentence


def re3d_core(words: list[str], start: int, stop: int, label: str) -> tuple[int, int] | None:
    if words[start].lower() in ("the", "a", "an"):
        start += 1
    if label == "PER":
        titles = [place for place in range(start, stop) if words[place].lower() in PERSON_TITLES]
        start = titles[-1] + 1 if titles else start
        if not 1 <= stop - start <= 4 or words[start].lower() in ("of", "for"):
            return None
    name = words[start:stop]
    pronouns = {"we", "i", "he", "she", "they", "our", "their", "his", "my", "its", "it", "you"}
    is_name = name and name[0][:1].isupper() and name[-1][:1].isupper() and name[0].lower() not in pronouns
    return (start, stop) if is_name and len(name) <= 7 else None


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    found, start = [], None
    for place, tag in enumerate([*tags, "O"]):
        if start is not None and (tag[0] != "I"):
            found.append((start, place, tags[start][2:]))
            start = None
        if tag[0] == "B":
            start = place
    return found


def own_sentences(folder: Path) -> Iterator[Sentence]:
    """Sentences written for this project, one a line, names marked: `[Sergei Lavrov|PER] met ...`.

    Words are cut as the program cuts them, so that training sees what reading will see.
    """
    from verbale.language.tokens import words_of

    for path in sorted(folder.glob("*.txt")):
        for line in lines_of(path):
            if line.strip() and not line.startswith("#"):
                yield own_sentence(line.strip(), words_of)


def own_sentence(line: str, words_of) -> Sentence:
    words, tags = [], []
    for number, part in enumerate(re.split(r"\[([^\[\]|]+\|[A-Z]+)\]", line)):
        text, _, label = part.rpartition("|") if number % 2 else (part, "", "")
        cut = words_of(text)
        start = len(words)
        words += cut
        tags += ["O"] * len(cut)
        if label and cut:
            mark(tags, start, len(words), label)
    return Sentence(words=words, names=tags)


def add_own_labels(sentences: list[Sentence], table: Path) -> list[Sentence]:
    """Names that we labelled in treebank sentences, kept by `sent_id` and places of words; the sentences that hold any.

    A cell reads `2-3:PER;7-9:ORG`, half-open; an empty one says that the sentence holds no name. Neither does a
    sentence that the table leaves out and the treebank finds no proper noun in.
    """
    with open(table, encoding="utf-8", newline="") as file:
        labels = {row["sent_id"]: row["names"] for row in csv.DictReader(file)}
    for sentence in sentences:
        if sentence.id not in labels and "PROPN" in sentence.upos:
            continue
        sentence.names = ["O"] * len(sentence.words)
        for cell in filter(None, labels.get(sentence.id, "").split(";")):
            place, label = cell.split(":")
            start, stop = map(int, place.split("-"))
            mark(sentence.names, start, stop, label)
    return [sentence for sentence in sentences if any(tag != "O" for tag in sentence.names)]


def add_nationalities(sentence: Sentence, nationalities: set[str]) -> Sentence:
    """Label what the corpus left unlabelled: a capitalised nationality word that is in no name becomes NORP."""
    for place, word in enumerate(sentence.words if sentence.names else []):
        if sentence.names[place] in ("O", "B-PER", "B-ORG") and word in nationalities:
            following = sentence.names[place + 1] if place + 1 < len(sentence.names) else "O"
            if following[0] != "I":
                sentence.names[place] = "B-NORP"
    return sentence


def state_names(reference: Path) -> set[str]:
    with open(reference / "countries.csv", encoding="utf-8") as file:
        names = {row["name"].lower() for row in csv.DictReader(file)}
    return names | {"u.s.", "us", "uk", "u.k.", "united states", "united states of america"}


def nationality_words(reference: Path) -> set[str]:
    """Adjectives and demonyms of one word, singular and plural, as capitalised in English."""
    words: set[str] = set()
    with open(reference / "countries.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for cell in (row["adjective"], row["demonym"]):
                for word in re.split(r"[;,/]| or ", cell.replace("(s)", "")):
                    word = word.strip()
                    if re.fullmatch(r"[A-Z][a-z]{3,}", word):
                        words |= {word} if word.endswith(("ese", "ish", "ch")) else {word, word + "s"}
    return words | set(OTHER_PEOPLES.split())
