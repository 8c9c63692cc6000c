"""The exported network as an ONNX graph, written node by node: the sums of network.Network in the order that
onnxruntime does fastest.

Pieces and words of all sentences lie in one row without blanks; only where a sentence looks at itself, in attention and
in the scores of heads, do they stand in a table with a row a sentence. N pieces, M words, B sentences, tables of T
pieces, W words and H = W + 1 heads. One product gives query, key and value, one all tags and both projections of a
dependent, one both projections of a head; shapes are constants, so that nothing is computed to know them.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, cat, nn

from training.network import HEADS, LAYERS, WIDTH, Network

OPSET = 17
PRECISE = ["names.product"]  # small, and worth its 32 bits
EPSILON = 1e-12
# What goes in: axes of each input, and whether it is a number that counts (else a score).
INPUTS = {"ids": "N", "case": "N", "place": "N", "table": "BT", "blank": "B11T", "back": "N", "first": "M", "last": "M",
          "root": "B", "word_table": "BW", "word_back": "M", "head_table": "BH", "head_blank": "B1H", "head_base": "M"}
OUTPUTS = {"upos": "M", "features": "M", "scripts": "M", "names": "MN", "arcs": "BWH", "relations": "M",
           "dependent": "MR", "head": "SR"}
SCORES = ("blank", "head_blank", "names", "arcs", "dependent", "head")


class Graph:
    """Nodes and weights, as they are added; each node is called as what it gives."""

    def __init__(self):
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: Tensor | np.ndarray) -> str:
        array = value.detach().numpy() if isinstance(value, Tensor) else value
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def numbers(self, name: str, *values: int) -> str:
        return self.weight(name, np.array(values, np.int64))

    def add(self, kind: str, *inputs: str, out: str, **attributes) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [out], name=out, **attributes))
        return out

    def split(self, whole: str, sizes: list[int], outs: list[str]) -> list[str]:
        self.nodes.append(helper.make_node("Split", [whole, self.numbers(whole + ".sizes", *sizes)], outs,
                                           name=whole + ".split", axis=-1))
        return outs

    def linear(self, x: str, weight: Tensor, bias: Tensor, out: str) -> str:
        """`x @ weight + bias`, the weight with inputs first."""
        product = self.add("MatMul", x, self.weight(out + ".weight", weight), out=out + ".product")
        return self.add("Add", product, self.weight(out + ".bias", bias), out=out)

    def norm(self, x: str, norm: nn.LayerNorm, out: str) -> str:
        return self.add("LayerNormalization", x, self.weight(out + ".gain", norm.weight),
                        self.weight(out + ".bias", norm.bias), out=out, axis=-1, epsilon=EPSILON)

    def rows(self, table: str, places: str, out: str) -> str:
        return self.add("Gather", table, places, out=out, axis=0)

    def reshaped(self, x: str, out: str, *shape: int) -> str:
        """0 keeps an axis, -1 takes what is left."""
        return self.add("Reshape", x, self.numbers(out + ".shape", *shape), out=out)


def written(network: Network) -> onnx.ModelProto:
    """The network as a model with 32-bit weights."""
    graph = Graph()
    x = encoded(graph, network)
    words = graph.add("Add", graph.rows(x, "first", "words.first"), graph.rows(x, "last", "words.last"), out="words")
    roots = graph.rows(x, "root", "roots")
    # Words are twice the mean of their two pieces: the weights below are halved, and roots are doubled too.
    heads = graph.add("Concat", graph.add("Add", roots, roots, out="roots.twice"), words, out="heads", axis=0)
    graph.linear(words, network.names.weight.T * 0.5, network.names.bias, "names")
    tags = [network.upos, network.features, network.scripts]
    joined(graph, words, [*tags, network.arc_dependent, network.relation_dependent], "of_words",
           ["upos.scores", "features.scores", "scripts.scores", "arc.word", "relation.word"])
    joined(graph, heads, [network.arc_head, network.relation_head], "of_heads", ["arc.head", "relation.head"])
    for name in ("arc.word", "arc.head", "relation.word", "relation.head"):
        graph.add("LeakyRelu", name, out=name + ".live", alpha=0.1)
    for name in ("upos", "features", "scripts"):
        graph.add("ArgMax", name + ".scores", out=name, axis=-1, keepdims=0)
    arcs(graph, network)
    relations(graph, network)
    return model(graph)


def joined(graph: Graph, x: str, layers: list[nn.Linear], out: str, outs: list[str]) -> None:
    """Several layers over the same vectors as one product."""
    graph.linear(x, cat([layer.weight for layer in layers]).T * 0.5, cat([layer.bias for layer in layers]), out)
    graph.split(out, [layer.out_features for layer in layers], outs)


def encoded(graph: Graph, network: Network) -> str:
    """Vectors of the pieces: N x width."""
    encoder = network.encoder
    pieces = graph.rows(graph.weight("pieces", encoder.pieces.weight), "ids", "pieces.here")
    cases = graph.rows(graph.weight("cases", encoder.case.weight + encoder.kind), "case", "cases.here")
    places = graph.rows(graph.weight("places", encoder.places.weight), "place", "places.here")
    x = graph.norm(graph.add("Sum", pieces, cases, places, out="embedded.sum"), encoder.norm, "embedded")
    share = encoder.mix.softmax(0).detach().numpy()
    share[-1] += 1  # the last layer counts once more
    mixed = graph.add("Mul", x, graph.weight("share.0", share[0]), out="mixed.0")
    for number in range(LAYERS):
        x = layer(graph, encoder.layers[number], x, f"layer.{number}")
        shared = graph.add("Mul", x, graph.weight(f"share.{number + 1}", share[number + 1]), out=f"shared.{number + 1}")
        mixed = graph.add("Add", mixed, shared, out=f"mixed.{number + 1}")
    return mixed


def layer(graph: Graph, module, x: str, name: str) -> str:
    # "Sum", not "Add": onnxruntime fuses an addition and a norm into one that is seven times slower (1.32, x86).
    mixed = graph.linear(attention(graph, module, x, name), module.out.weight.T, module.out.bias, name + ".out")
    x = graph.norm(graph.add("Sum", mixed, x, out=name + ".seen"), module.attention_norm, name + ".middle")
    wide = graph.linear(x, module.wide.weight.T, module.wide.bias, name + ".wide")
    wide = graph.add("Gelu", wide, out=name + ".wide.live", domain="com.microsoft")
    narrow = graph.linear(wide, module.narrow.weight.T, module.narrow.bias, name + ".narrow")
    return graph.norm(graph.add("Sum", narrow, x, out=name + ".thought"), module.output_norm, name)


def attention(graph: Graph, module, x: str, name: str) -> str:
    """What each piece takes from the pieces of its sentence; in a table, blanks closed."""
    three = [module.query, module.key, module.value]
    scale = (HEADS / WIDTH) ** 0.5
    weight = cat([module.query.weight * scale, module.key.weight, module.value.weight])
    whole = graph.linear(x, weight.T, cat([module.query.bias * scale, *(one.bias for one in three[1:])]), name + ".qkv")
    table = graph.rows(whole, "table", name + ".table")
    parts = graph.split(table, [WIDTH] * 3, [f"{name}.{one}" for one in ("query", "key", "value")])
    parts = [graph.reshaped(part, part + ".heads", 0, 0, HEADS, WIDTH // HEADS) for part in parts]
    query, key, value = (graph.add("Transpose", part, out=part + ".turned", perm=perm)
                         for part, perm in zip(parts, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3])))
    scores = graph.add("Add", graph.add("MatMul", query, key, out=name + ".near"), "blank", out=name + ".open")
    share = graph.add("Softmax", scores, out=name + ".share", axis=-1)
    mixed = graph.add("MatMul", share, value, out=name + ".taken")
    mixed = graph.add("Transpose", mixed, out=name + ".taken.turned", perm=[0, 2, 1, 3])
    return graph.rows(graph.reshaped(mixed, name + ".taken.row", -1, WIDTH), "back", name + ".attention")


def arcs(graph: Graph, network: Network) -> None:
    """Scores of each word on each head, those of blank places closed."""
    left = graph.linear("arc.word.live", network.arc_weight[:-1], network.arc_weight[-1], "arc.left")
    left = graph.rows(left, "word_table", "arc.left.table")
    right = graph.rows("arc.head.live", "head_table", "arc.right.table")
    right = graph.add("Transpose", right, out="arc.right", perm=[0, 2, 1])
    graph.add("Add", graph.add("MatMul", left, right, out="arc.scores"), "head_blank", out="arcs")


def relations(graph: Graph, network: Network) -> None:
    """The relation of each word to its best head; and both projections, with a 1 at their end."""
    count, width, _ = network.relation_weight.shape
    turned = network.relation_weight.permute(1, 0, 2).reshape(width, count * width)
    pads, one = graph.numbers("relation.pads", 0, 0, 0, 1), graph.weight("relation.one", np.float32(1))
    graph.add("Pad", "relation.word.live", pads, one, out="dependent")
    graph.add("Pad", "relation.head.live", pads, one, out="head")
    best = graph.add("ArgMax", "arcs", out="best.table", axis=-1, keepdims=0)
    best = graph.rows(graph.reshaped(best, "best.row", -1), "word_back", "best")
    best = graph.add("Add", best, "head_base", out="best.place")
    best = graph.rows(graph.reshaped("head_table", "head_row", -1), best, "best.head")
    chosen = graph.reshaped(graph.rows("head", best, "chosen"), "chosen.column", 0, width, 1)
    left = graph.linear("relation.word.live", turned[:-1], turned[-1], "relation.left")
    left = graph.reshaped(left, "relation.left.each", 0, count, width)
    scores = graph.reshaped(graph.add("MatMul", left, chosen, out="relation.scores"), "relation.row", 0, count)
    graph.add("ArgMax", scores, out="relations", axis=-1, keepdims=0)


def model(graph: Graph) -> onnx.ModelProto:
    def infos(axes: dict[str, str]) -> list[onnx.ValueInfoProto]:
        return [helper.make_tensor_value_info(
            name, TensorProto.FLOAT if name in SCORES else TensorProto.INT64,
            [int(axis) if axis.isdigit() else axis for axis in letters]) for name, letters in axes.items()]

    whole = helper.make_graph(graph.nodes, "verbale", infos(INPUTS), infos(OUTPUTS), graph.weights)
    made = helper.make_model(whole, opset_imports=[helper.make_opsetid("", OPSET),
                                                   helper.make_opsetid("com.microsoft", 1)])
    made.ir_version = 8
    return made
