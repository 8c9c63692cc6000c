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

from training.examples import Labels
from training.graph import PRECISE, written
from training.network import Network

FORMAT = 2  # raised when the program can no longer read what an older export wrote
NAMELESS = 0.7
"""Added to the score of no name. Trained on corpora that tag more than others do, the network tags too much: 0.7 gains
0.007 of F1 on UNER-EWT dev and 0.005 on our first 300 sentences; 0 and 1.5 are worse on both."""
KEPT_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")
MOST_MEGABYTES = 32


def export(snapshot: Path, out: Path, quantised: bool = True) -> None:
    """Write the file; refuses one that outgrew the limit of the wheel."""
    saved = torch.load(snapshot, weights_only=False, map_location="cpu")
    labels = Labels(**saved["labels"])
    network = Network(labels)
    network.load_state_dict(saved["mean"])
    with torch.no_grad():
        network.names.bias[labels.names.index("O")] += NAMELESS
    vocabulary = pruned(network, saved["vocabulary"])
    with tempfile.TemporaryDirectory() as folder:
        plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
        onnx.save(written(network.eval()), plain)
        if quantised:
            quantize_dynamic(plain, small, per_channel=True, weight_type=QuantType.QInt8,
                             op_types_to_quantize=["MatMul", "Gather"], nodes_to_exclude=PRECISE,
                             extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT})
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
