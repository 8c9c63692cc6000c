"""The network of the language model, run by onnxruntime: sentences of words in, raw answers out."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from verbale.errors import MissingModel
from verbale.language.pieces import CASE_SPECIAL, Pieces, WordPieces

FORMAT = "1"
BASE85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
OUTPUTS = ("upos", "features", "scripts", "names", "arcs", "relations", "dependent", "head")


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
        """Answers for a batch of sentences, best of like length, in their order."""
        width = max(len(sentence.ids) for sentence in batch)
        words = max(len(sentence.first) for sentence in batch)
        ids, mask = np.zeros((len(batch), width), np.int64), np.zeros((len(batch), width), np.int64)
        case = np.full((len(batch), width), CASE_SPECIAL, np.int64)
        first, last, word_mask = (np.zeros((len(batch), words), np.int64) for _ in range(3))
        for row, sentence in enumerate(batch):
            ids[row, : len(sentence.ids)] = sentence.ids
            case[row, : len(sentence.ids)] = sentence.case
            mask[row, : len(sentence.ids)] = 1
            first[row, : len(sentence.first)] = sentence.first
            last[row, : len(sentence.last)] = sentence.last
            word_mask[row, : len(sentence.first)] = 1
        given = {"ids": ids, "case": case, "mask": mask, "first": first, "last": last, "word_mask": word_mask}
        found = dict(zip(OUTPUTS, self.session.run(OUTPUTS, given)))
        answers = []
        for row, sentence in enumerate(batch):
            count = len(sentence.first)
            rows = {name: value[row, :count] for name, value in found.items()}
            rows["arcs"] = found["arcs"][row, :count, : count + 1]
            rows["head"] = found["head"][row, : count + 1]
            answers.append(Answer(**rows))
        return answers
