"""Training sentences to numbers: label lists, lemma scripts, batches of like length."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import torch

from training.treebanks import Sentence
from verbale.language.lemmas import script_of
from verbale.language.pieces import CASE_SPECIAL, WordPieces

LONGEST_SENTENCE = 180  # pieces; the few longer ones cost more memory than they teach
IGNORED = -100


@dataclass(frozen=True)
class Labels:
    """The label lists of every head, in the order of its output."""

    upos: list[str]
    features: list[str]
    scripts: list[str]
    relations: list[str]
    names: list[str]

    @classmethod
    def of(cls, sentences: list[Sentence]) -> "Labels":
        def common(counter: Counter, least: int, first: str) -> list[str]:
            return [first, *sorted(label for label, count in counter.items() if count >= least and label != first)]

        features: Counter = Counter(label for s in sentences for label in s.features)
        scripts: Counter = Counter(script_of(w, m) for s in sentences for w, m in zip(s.words, s.lemmas))
        relations: Counter = Counter(label for s in sentences for label in s.relations)
        return cls(
            upos=sorted({label for s in sentences for label in s.upos}),
            features=common(features, 3, "_"),
            scripts=common(scripts, 2, "l|0|"),
            relations=sorted(label for label, count in relations.items() if count >= 3),
            names=["O"] + [f"{mark}-{label}" for label in ("LOC", "NORP", "ORG", "PER") for mark in "BI"],
        )


def numbered(sentence: Sentence, pieces: WordPieces, labels: Labels) -> dict | None:
    """One sentence as numbers; None where it is too long to train on."""
    cut = pieces.of_sentence(sentence.words)
    if len(cut.ids) > LONGEST_SENTENCE:
        return None
    item = {"ids": cut.ids, "case": cut.case, "first": cut.first, "last": cut.last, "words": len(sentence.words)}
    if sentence.heads:
        item["upos"] = look_up(sentence.upos, labels.upos)
        item["features"] = look_up(sentence.features, labels.features)
        scripts = [script_of(word, lemma) for word, lemma in zip(sentence.words, sentence.lemmas)]
        item["scripts"] = look_up(scripts, labels.scripts)
        item["heads"] = sentence.heads
        item["relations"] = look_up([r if r in set(labels.relations) else r.split(":")[0] for r in sentence.relations],
                                    labels.relations)
    if sentence.names:
        item["names"] = look_up(sentence.names, labels.names)
    return item


def look_up(found: list[str], known: list[str]) -> list[int]:
    number = {label: place for place, label in enumerate(known)}
    return [number.get(label, IGNORED) for label in found]


def batches(items: list[dict], pieces_a_batch: int, shuffled: bool = True) -> Iterator[list[dict]]:
    """Batches of sentences of like length, about `pieces_a_batch` pieces each, in random order."""
    jitter = 4 if shuffled else 0
    order = sorted(items, key=lambda item: len(item["ids"]) + random.random() * jitter)
    groups: list[list[dict]] = []
    group: list[dict] = []
    for item in order:
        if group and len(item["ids"]) * (len(group) + 1) > pieces_a_batch:
            groups.append(group)
            group = []
        group.append(item)
    groups.append(group)
    if shuffled:
        random.shuffle(groups)
    yield from (group for group in groups if group)


def collated(batch: list[dict]) -> dict[str, torch.Tensor]:
    """A batch as padded tensors: pieces B x T, words B x W; a label no sentence has is left out or ignored."""
    def padded(rows: list[list[int]], filler: int) -> torch.Tensor:
        width = max(map(len, rows))
        return torch.tensor([row + [filler] * (width - len(row)) for row in rows])

    tensors = {
        "ids": padded([item["ids"] for item in batch], 0),
        "case": padded([item["case"] for item in batch], CASE_SPECIAL),
        "mask": padded([[1] * len(item["ids"]) for item in batch], 0),
        "first": padded([item["first"] for item in batch], 0),
        "last": padded([item["last"] for item in batch], 0),
        "word_mask": padded([[1] * item["words"] for item in batch], 0),
    }
    for key in ("upos", "features", "scripts", "heads", "relations", "names"):
        if any(key in item for item in batch):
            tensors[key] = padded([item.get(key, [IGNORED] * item["words"]) for item in batch], IGNORED)
    return tensors
