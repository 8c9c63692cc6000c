"""Turn a training snapshot into the one file the program reads.

    python -m training.export --snapshot build/en.pt --out src/verbale/language/weights/en.onnx

The file holds the network in int8, and in its metadata the word pieces, the labels, the lemma table and a version, so
that there is nothing to keep in step with it.
"""

import argparse
import base64
import hashlib
import json
import tempfile
import unicodedata
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from training.examples import Labels
from training.network import Export, Network

OPSET = 17
FORMAT = 1  # raised when the program can no longer read what an older export wrote
INPUTS = {"ids": "BT", "case": "BT", "mask": "BT", "first": "BW", "last": "BW", "word_mask": "BW"}
OUTPUTS = {"upos": "BW", "features": "BW", "scripts": "BW", "names": "BW", "arcs": "BWH", "relations": "BW",
           "dependent": "BW", "head": "BH"}
KEPT_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
MOST_MEGABYTES = 32


class Lean(Network):
    """The network as it is exported: the same sums, in the order that onnxruntime does fastest."""

    def relation_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        sentences, length, width = dependent.shape
        count = self.relation_weight.shape[0]
        turned = self.relation_weight.permute(1, 0, 2).reshape(width, count * width)
        left = (dependent.reshape(-1, width) @ turned).view(sentences * length, count, width)
        return (left @ head.reshape(sentences * length, width, 1)).view(sentences, length, count)


def export(snapshot: Path, out: Path, quantised: bool = True) -> None:
    """Write the file; refuses one that outgrew the limit of the wheel."""
    saved = torch.load(snapshot, weights_only=False, map_location="cpu")
    labels = Labels(**saved["labels"])
    network = Lean(labels)
    network.load_state_dict(saved["mean"])
    vocabulary = pruned(network, saved["vocabulary"])
    with tempfile.TemporaryDirectory() as folder:
        plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
        write_plain(network.eval(), plain)
        if quantised:
            quantize_dynamic(plain, small, per_channel=True, weight_type=QuantType.QInt8,
                             op_types_to_quantize=["MatMul", "Gather"])
        model = onnx.load(small if quantised else plain)
    relation_weight = network.relation_weight.detach().numpy()
    add_metadata(model, saved, vocabulary, relation_weight)
    out.parent.mkdir(parents=True, exist_ok=True)
    waiting = out.with_suffix(".part")
    onnx.save(model, waiting)
    megabytes = waiting.stat().st_size / 1e6
    if quantised and megabytes > MOST_MEGABYTES:
        raise SystemExit(f"{waiting}: {megabytes:.1f} MB, at most {MOST_MEGABYTES} fit the wheel")
    waiting.replace(out)
    print(f"{out}: {megabytes:.1f} MB, {len(vocabulary)} word pieces, {saved['steps']} training steps")


def pruned(network: Network, vocabulary: list[str]) -> list[str]:
    """Drop the pieces that no English text can hold, from the list and from the network's table alike."""
    kept = [number for number, piece in enumerate(vocabulary) if usable(piece)]
    table = network.encoder.pieces.weight.detach()[kept].clone()
    network.encoder.pieces = torch.nn.Embedding.from_pretrained(table)
    return [vocabulary[number] for number in kept]


def usable(piece: str) -> bool:
    """Whether a piece is special, or written in a script that turns up in English reports."""
    if piece.startswith("["):
        return piece in ("[", "[UNK]", "[CLS]", "[SEP]")
    letters = [letter for letter in piece if letter.isalpha()]
    return all(unicodedata.name(letter, "").split(" ")[0] in KEPT_SCRIPTS for letter in letters)


def write_plain(network: Network, path: Path) -> None:
    sentences, pieces, words = 2, 12, 9
    ids = torch.randint(0, 999, (sentences, pieces))
    places = torch.randint(1, pieces, (sentences, words))
    example = (ids, torch.zeros_like(ids), torch.ones_like(ids), places, places, torch.ones_like(places))
    axes = {name: dict(enumerate(letters)) for name, letters in {**INPUTS, **OUTPUTS}.items()}
    torch.onnx.export(Export(network), example, str(path), input_names=list(INPUTS), output_names=list(OUTPUTS),
                      dynamic_axes=axes, opset_version=OPSET, dynamo=False)


def add_metadata(model: onnx.ModelProto, saved: dict, vocabulary: list[str], relation_weight) -> None:
    """The lists and the small table of relation weights that the decoder needs beside the network."""
    weights = relation_weight.astype("float16")
    digest = hashlib.sha256()
    for initializer in model.graph.initializer:
        digest.update(initializer.raw_data)
    facts = {
        "format": str(FORMAT),
        "version": f"en-{saved['steps']}-{digest.hexdigest()[:12]}",
        "vocabulary": "\n".join(vocabulary),
        "labels": json.dumps(saved["labels"], ensure_ascii=False),
        "lemmas": "\n".join(f"{key}\t{lemma}" for key, lemma in sorted(saved["table"].items())),
        "relation_shape": json.dumps(weights.shape),
        "relation_weight": base64.b85encode(weights.tobytes()).decode(),
    }
    for key, value in facts.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snapshot", type=Path, default=Path("build/en.pt"))
    parser.add_argument("--out", type=Path, default=Path("src/verbale/language/weights/en.onnx"))
    parser.add_argument("--full", action="store_true", help="keep 32-bit weights, to see what int8 costs")
    options = parser.parse_args()
    export(options.snapshot, options.out, quantised=not options.full)


if __name__ == "__main__":
    main()
