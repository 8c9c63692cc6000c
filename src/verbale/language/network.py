"""The network of the language model, run by onnxruntime: sentences of words in, raw answers out."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from verbale.errors import MissingModel
from verbale.language.pieces import Pieces, WordPieces

FORMAT = "2"
BASE85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
OF_WORDS = ("upos", "features", "scripts", "names", "relations", "dependent")
OUTPUTS = (*OF_WORDS, "arcs", "head")
EMPTY = -1
CLOSED = np.float32(-10000)  # added to the score of a blank place


@dataclass(frozen=True)
class Labels:
    """The labels of every head, in the order of its output."""

    upos: list[str]
    features: list[str]
    scripts: list[str]
    relations: list[str]
    names: list[str]


@dataclass(frozen=True)
class Answer:
    """What the network says of one sentence of W words: label numbers, and scores where a search follows."""

    upos: NDArray[np.int64]
    features: NDArray[np.int64]
    scripts: NDArray[np.int64]
    names: NDArray[np.float32]
    """W x labels."""
    arcs: NDArray[np.float32]
    """W x W+1: each word on each head, the root first."""
    relations: NDArray[np.int64]
    """For the head with the best score."""
    dependent: NDArray[np.float32]
    head: NDArray[np.float32]


def of_base85(text: str) -> bytes:
    """The bytes of `base64.b85encode`, fifty times sooner than `base64.b85decode` gives them: it counts in Python."""
    value = np.zeros(256, np.uint64)
    value[np.frombuffer(BASE85, np.uint8)] = np.arange(85)
    padding = -len(text) % 5
    digits = value[np.frombuffer((text + "~" * padding).encode("ascii"), np.uint8)].reshape(-1, 5)
    words = (digits * np.array([85**4, 85**3, 85**2, 85, 1], np.uint64)).sum(1).astype(">u4")
    return words.tobytes()[: 4 * len(words) - padding]


class Network:
    """One file of weights, loaded. Raises MissingModel where it is not there or not readable by this version."""

    def __init__(self, path: Path, threads: int = 1):
        if not path.is_file():
            raise MissingModel(
                f"no language model at {path}: install a released wheel, which holds it, or make it with "
                f"`python -m training.train` and `python -m training.export` (see training/README.md)"
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # several processes share a machine
        options.log_severity_level = 3
        try:
            self.session = onnxruntime.InferenceSession(os.fspath(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise MissingModel(f"{path} is no language model that onnxruntime can read: {error}") from error
        facts = self.session.get_modelmeta().custom_metadata_map
        if facts.get("format") != FORMAT:
            raise MissingModel(f"{path}: format {facts.get('format')}, this version reads {FORMAT}; export it anew")
        self.version = facts["version"]
        self.labels = Labels(**json.loads(facts["labels"]))
        self.pieces = WordPieces(facts["vocabulary"].split("\n"))
        self.lemmas = dict(line.rsplit("\t", 1) for line in facts["lemmas"].split("\n"))
        shape = json.loads(facts["relation_shape"])
        weights = np.frombuffer(of_base85(facts["relation_weight"]), np.float16)
        self.relation_weight = weights.reshape(shape).astype(np.float32)

    def run(self, batch: list[Pieces]) -> list[Answer]:
        """Answers for a batch of sentences, best of like length, in their order; none of them empty."""
        given = _laid_out(batch)
        found = dict(zip(OUTPUTS, self.session.run(OUTPUTS, given)))
        answers, start = [], 0
        for row, sentence in enumerate(batch):
            stop = start + len(sentence.first)
            rows = {name: found[name][start:stop] for name in OF_WORDS}
            arcs = found["arcs"][row, : stop - start, : stop - start + 1]
            head = found["head"][given["head_table"][row, : stop - start + 1]]
            answers.append(Answer(**rows, arcs=arcs, head=head))
            start = stop
        return answers


def _laid_out(batch: list[Pieces]) -> dict[str, NDArray]:
    """What the network takes: all pieces and words of the batch in one row each, without blanks, and tables of where
    each sentence's own stand, a row a sentence. Blank places of a table point at the first; a price closes them."""
    table, back, starts = _table([len(sentence.ids) for sentence in batch])
    word_table, word_back, _ = _table([len(sentence.first) for sentence in batch])
    heads = np.arange(len(batch))[:, None], np.where(word_table == EMPTY, EMPTY, word_table + len(batch))
    head_table = np.concatenate(heads, 1)
    words = np.fromiter((len(sentence.first) for sentence in batch), np.int64, len(batch))
    return {
        "ids": np.array([number for sentence in batch for number in sentence.ids], np.int64),
        "case": np.array([number for sentence in batch for number in sentence.case], np.int64),
        "place": back % table.shape[1],
        "table": np.maximum(table, 0),
        "blank": np.where(table == EMPTY, CLOSED, np.float32(0))[:, None, None, :],
        "back": back,
        "first": np.array([start + place for start, sentence in zip(starts, batch) for place in sentence.first]),
        "last": np.array([start + place for start, sentence in zip(starts, batch) for place in sentence.last]),
        "root": np.array(starts, np.int64),
        "word_table": np.maximum(word_table, 0),
        "word_back": word_back,
        "head_table": np.maximum(head_table, 0),
        "head_blank": np.where(head_table == EMPTY, CLOSED, np.float32(0))[:, None, :],
        "head_base": np.repeat(np.arange(len(batch)) * head_table.shape[1], words),
    }


def _table(lengths: list[int]) -> tuple[NDArray[np.int64], NDArray[np.int64], list[int]]:
    """Where things of a row stand in a table with a row of its own for each run of them: the table of their numbers,
    EMPTY where a row ends early; the place in the table of each; and the number that each run starts with."""
    filled = np.arange(max(lengths)) < np.array(lengths)[:, None]
    back = np.flatnonzero(filled)
    table = np.full(filled.shape, EMPTY, np.int64)
    table[filled] = np.arange(len(back))
    return table, back, table[:, 0].tolist()
