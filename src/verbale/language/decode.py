"""The network's raw answers to tags, lemmas, a tree and names."""

from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from verbale.language.lemmas import apply_script
from verbale.language.network import Answer, Network
from verbale.language.pieces import PLAIN_MARKS
from verbale.language.trees import best_tree, is_tree

NEVER = -1e9


class NameFound(NamedTuple):
    """A name: words `start` up to, not with, `stop` of a sentence."""

    start: int
    stop: int
    label: str
    confidence: float


class Analysis(NamedTuple):
    """One sentence, analysed; `heads` count words from 0, -1 is the root."""

    upos: list[str]
    features: list[str]
    lemmas: list[str]
    heads: list[int]
    relations: list[str]
    names: list[NameFound]


def analysed(words: list[str], answer: Answer, network: Network) -> Analysis:
    """The analysis of a sentence's words from the network's answer."""
    labels = network.labels
    upos = [labels.upos[number] for number in answer.upos.tolist()]
    scripts = [labels.scripts[number] for number in answer.scripts.tolist()]
    heads = tree_heads(answer.arcs)
    return Analysis(
        upos=upos,
        features=[labels.features[number] for number in answer.features.tolist()],
        lemmas=[lemma(*each, network.lemmas) for each in zip(words, upos, scripts)],
        heads=[head - 1 for head in heads],
        relations=relations_for(heads, answer, network),
        names=names_in(answer.names, labels.names),
    )


def lemma(word: str, upos: str, script: str, table: dict[str, str]) -> str:
    """The lemma of a word: where the table knows form and tag, from there, else by the script the network chose."""
    plain = word if word.isascii() else word.translate(PLAIN_MARKS)
    return table.get(f"{plain.lower()}\t{upos}") or apply_script(plain, script) or plain


def tree_heads(arcs: NDArray[np.float32]) -> list[int]:
    """A head for every word (0 the root, else word + 1): the best ones; where they are no tree, the best tree."""
    greedy: list[int] = arcs.argmax(1).tolist()
    if is_tree(greedy):
        return greedy
    scores = arcs.astype(np.float64)
    scores -= scores.max(1, keepdims=True)
    return best_tree(scores - np.log(np.exp(scores).sum(1, keepdims=True)))


def relations_for(heads: list[int], answer: Answer, network: Network) -> list[str]:
    """Relations for the heads of the tree. The network labelled the greedy heads; words that the search moved, and
    words called `root` away from the root, are labelled anew from the two projections."""
    names = network.labels.relations
    root = names.index("root")
    numbers = answer.relations.tolist()
    greedy = answer.arcs.argmax(1).tolist()
    for word, head in enumerate(heads):
        if head == 0:
            numbers[word] = root
        elif head != greedy[word] or numbers[word] == root:
            scores = network.relation_weight @ answer.head[head] @ answer.dependent[word]
            scores[root] = NEVER
            numbers[word] = int(scores.argmax())
    return [names[number] for number in numbers]


@cache
def _transitions(labels: tuple[str, ...]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What a label may follow (0) or not (very low), and what may come first."""
    steps = np.zeros((len(labels), len(labels)))
    opening = np.zeros(len(labels))
    for number, label in enumerate(labels):
        if label[0] == "I":
            opening[number] = NEVER
            for before, other in enumerate(labels):
                if other == "O" or other[2:] != label[2:]:
                    steps[before, number] = NEVER
    return steps, opening


def best_labels(scores: NDArray[np.float32], labels: tuple[str, ...]) -> list[int]:
    """The best row of labels in which none goes on with what did not begin. Source: Viterbi 1967."""
    greedy: list[int] = scores.argmax(1).tolist()
    steps, opening = _transitions(labels)
    if not opening[greedy[0]] and not any(steps[pair] for pair in pairwise(greedy)):
        return greedy  # the best label of each word, where they make a row, is the best row
    best = scores[0] + opening
    back = []
    for row in scores[1:]:
        table = best[:, None] + steps
        back.append(table.argmax(0))
        best = table.max(0) + row
    way = [int(best.argmax())]
    for pointers in reversed(back):
        way.append(int(pointers[way[-1]]))
    return way[::-1]


def names_in(scores: NDArray[np.float32], labels: list[str]) -> list[NameFound]:
    """Names from the scores of their labels; the confidence of a name is the mean chance of its labels."""
    if not scores.argmax(1).any():
        return []
    chosen = best_labels(scores, tuple(labels))
    chances = np.exp(scores - scores.max(1, keepdims=True))
    sure = (chances[np.arange(len(chosen)), chosen] / chances.sum(1)).tolist()
    found: list[NameFound] = []
    start: int | None = None
    for word, number in enumerate([*chosen, 0]):
        if start is not None and labels[number][0] != "I":
            confidence = round(sum(sure[start:word]) / (word - start), 3)
            found.append(NameFound(start, word, labels[chosen[start]][2:], confidence))
            start = None
        if labels[number][0] == "B":
            start = word
    return found
