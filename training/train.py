"""Train the English model: `python -m training.train --shared ../shared --out build/en.pt --minutes 90`.

The learning rate holds for two thirds of the time and then falls to nothing, so that a run can be prolonged from its
last snapshot (`--resume`) without starting over. A running mean of the weights is what is saved.
"""

import argparse
import copy
import random
import time
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from training import treebanks
from training.examples import IGNORED, Labels, batches, collated, numbered
from training.network import Network, encoder_folder
from verbale.language.pieces import WordPieces

WARM_UP_STEPS = 150
MEAN_DECAY = 0.998
ENCODER_RATE, HEAD_RATE = 1.5e-4, 1.5e-3
AUGMENTED_SHARE = 0.12  # sentences shown in capitals, lower case, headline case, or without their full stop


def corpora(shared: Path) -> tuple[list, list, list]:
    """Training trees, development trees, and name-tagged sentences."""
    banks = shared / "treebanks"
    trees = list(treebanks.ud_sentences(banks / "UD_English-EWT/en_ewt-ud-train.conllu.gz"))
    own = treebanks.add_own_labels(trees, Path(__file__).parent / "sentences/ewt_names.csv")
    trees += treebanks.ud_sentences(banks / "UD_English-GUM/en_gum-ud-train.conllu.gz",
                                    treebanks.GUM_FREE_GENRES, with_names=True)
    development = list(treebanks.ud_sentences(banks / "UD_English-EWT/en_ewt-ud-dev.conllu.gz"))
    plain = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
    names = list(treebanks.iob_sentences(banks / "WikiGold/wikigold.conll.txt.gz", 0, 1, plain))
    names += 3 * list(treebanks.iob_sentences(banks / "UNER_English-EWT/en_ewt-ud-dev.iob2.gz", 1, 2, plain))
    names += [treebanks.Sentence(words=sentence.words, names=sentence.names) for sentence in own]
    states = treebanks.state_names(shared / "reference")
    for path in sorted((banks / "re3d").glob("*.conll.gz")):
        if "European_Union" not in path.name:
            names += treebanks.re3d_sentences(path, states)
    words = treebanks.nationality_words(shared / "reference")
    for sentence in trees + names:
        treebanks.add_nationalities(sentence, words)
    return trees, development, names


def own_names() -> list[treebanks.Sentence]:
    """The sentences written for this project, read anew for every round, so that a long run takes up new ones."""
    own = Path(__file__).parent / "sentences"
    return list(treebanks.own_sentences(own)) if own.is_dir() else []


def augmented(sentence: treebanks.Sentence) -> treebanks.Sentence:
    """Now and then a sentence in other dress, as headlines and copied pages have them."""
    dress = random.random() / AUGMENTED_SHARE
    if dress >= 1:
        return sentence
    other = copy.copy(sentence)
    if dress < 0.3:
        other.words = [word.upper() for word in sentence.words]
    elif dress < 0.55:
        other.words = [word.lower() for word in sentence.words]
    elif dress < 0.8:
        other.words = [word[:1].upper() + word[1:] if len(word) > 3 else word for word in sentence.words]
    elif len(sentence.words) > 3 and sentence.words[-1] in ".!?":
        keep = len(sentence.words) - 1
        for key, value in vars(sentence).items():
            setattr(other, key, value[:keep])
    return other


def losses(network: Network, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    def entropy(scores: Tensor, wanted: Tensor) -> Tensor:
        return functional.cross_entropy(scores.flatten(0, 1).float(), wanted.flatten(), ignore_index=IGNORED)

    words, heads = network.words(*(batch[key] for key in ("ids", "case", "mask", "first", "last")))
    upos, features, scripts, names = network.tags(words)
    loss = {}
    if "heads" in batch:
        arcs = network.arcs(words, heads, batch["word_mask"])
        dependent, head = network.relation_sides(words, heads)
        side = head.gather(1, batch["heads"].clamp(min=0)[:, :, None].expand(-1, -1, head.shape[2]))
        loss["arcs"] = entropy(arcs, batch["heads"])
        loss["relations"] = entropy(network.relation_scores(dependent, side), batch["relations"])
        loss["upos"] = 0.5 * entropy(upos, batch["upos"])
        loss["features"] = 0.4 * entropy(features, batch["features"])
        loss["scripts"] = 0.4 * entropy(scripts, batch["scripts"])
    if "names" in batch:
        loss["names"] = entropy(names, batch["names"])
    return loss


@torch.no_grad()
def attachment(network: Network, items: list[dict]) -> dict[str, float]:
    """Shares of words with the right head, head and relation, and tag, in percent; greedy, without a tree search."""
    counts: dict[str, float] = defaultdict(float)
    for group in batches(items, 4000, shuffled=False):
        batch = collated(group)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            words, heads = network.words(*(batch[key] for key in ("ids", "case", "mask", "first", "last")))
            found = network.arcs(words, heads, batch["word_mask"]).argmax(-1)
            dependent, head = network.relation_sides(words, heads)
            side = head.gather(1, found[:, :, None].expand(-1, -1, head.shape[2]))
            relations = network.relation_scores(dependent, side).argmax(-1)
            upos = network.upos(words).argmax(-1)
        real = batch["word_mask"].bool()
        counts["words"] += real.sum().item()
        counts["uas"] += ((found == batch["heads"]) & real).sum().item()
        counts["las"] += ((found == batch["heads"]) & (relations == batch["relations"]) & real).sum().item()
        counts["upos"] += ((upos == batch["upos"]) & real).sum().item()
    return {key: round(100 * counts[key] / counts["words"], 2) for key in ("uas", "las", "upos")}


class Run:
    """One training run: network, running mean, optimiser, clock."""

    def __init__(self, options: argparse.Namespace):
        self.options = options
        self.trees, self.development, self.names = corpora(options.shared)
        vocabulary = (encoder_folder() / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self.vocabulary = vocabulary[:-1] if vocabulary[-1] == "" else vocabulary
        self.pieces = WordPieces(self.vocabulary)
        snapshot = torch.load(options.resume, weights_only=False) if options.resume else None
        self.labels = Labels(**snapshot["labels"]) if snapshot else Labels.of(self.trees)
        self.network = Network(self.labels)
        if snapshot:
            self.network.load_state_dict(snapshot["raw"])
        else:
            self.network.encoder.load()
        self.network.encoder.pieces.weight.requires_grad_(False)
        self.network.encoder.places.weight.requires_grad_(False)
        self.mean = copy.deepcopy(self.network).eval()
        if snapshot:
            self.mean.load_state_dict(snapshot["mean"])
        own = lambda name: name.startswith("encoder.") and "mix" not in name and "case" not in name  # noqa: E731
        learnt = [(name, p) for name, p in self.network.named_parameters() if p.requires_grad]
        self.optimiser = torch.optim.AdamW(
            [{"params": [p for name, p in learnt if own(name)], "rate": ENCODER_RATE},
             {"params": [p for name, p in learnt if not own(name)], "rate": HEAD_RATE}],
            lr=ENCODER_RATE, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        if snapshot and "optimiser" in snapshot:
            self.optimiser.load_state_dict(snapshot["optimiser"])
            for group, rate in zip(self.optimiser.param_groups, (ENCODER_RATE, HEAD_RATE)):
                group["rate"] = rate
        self.steps = snapshot["steps"] if snapshot else 0
        self.table = lemma_table(self.trees)
        print("trees", len(self.trees), "names", len(self.names), "words", sum(len(s.words) for s in self.trees),
              {key: len(value) for key, value in asdict(self.labels).items()}, flush=True)

    def set_rate(self, share: float, steps: int) -> None:
        steady = self.options.steady
        falling = 1.0 if share < steady else max(0.01, (1 - share) / (1 - steady))
        factor = min(1.0, (steps + 1) / WARM_UP_STEPS) * falling * self.options.rate
        for group in self.optimiser.param_groups:
            group["lr"] = group["rate"] * factor

    def epoch(self, sentences: list) -> list[list[dict]]:
        items = [numbered(augmented(sentence), self.pieces, self.labels) for sentence in sentences]
        return list(batches([item for item in items if item], self.options.batch))

    def step(self, batch: dict[str, Tensor]) -> dict[str, float]:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = losses(self.network, batch)
        sum(loss.values()).backward()
        torch.nn.utils.clip_grad_norm_([p for p in self.network.parameters() if p.requires_grad], 2.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.steps += 1
        decay = min(MEAN_DECAY, (self.steps + 1) / (self.steps + 10))
        with torch.no_grad():
            for mean, now in zip(self.mean.parameters(), self.network.parameters()):
                if now.requires_grad:
                    mean.lerp_(now, 1 - decay)
        return {key: value.item() for key, value in loss.items()}

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.save({"mean": self.mean.state_dict(), "raw": self.network.state_dict(), "labels": asdict(self.labels),
                    "vocabulary": self.vocabulary, "table": self.table, "steps": self.steps,
                    "optimiser": self.optimiser.state_dict()}, path)

    def go(self) -> None:
        options = self.options
        development = [numbered(sentence, self.pieces, self.labels) for sentence in self.development]
        development = [item for item in development if item]
        trees: list = []
        names: list = []
        start = time.monotonic()
        next_snapshot, pieces_seen, sums, epochs = options.snapshot_minutes * 60, 0, defaultdict(list), 0.0
        self.network.train()
        steps_here = 0
        while (elapsed := time.monotonic() - start) < options.minutes * 60:
            self.set_rate(elapsed / (options.minutes * 60), steps_here)
            if random.random() < options.name_share:
                names = names or self.epoch(self.names + own_names())
                batch = collated(names.pop())
            else:
                trees = trees or self.epoch(self.trees)
                chosen = trees.pop()
                epochs += len(chosen) / len(self.trees)
                batch = collated(chosen)
            for key, value in self.step(batch).items():
                sums[key].append(value)
            steps_here += 1
            pieces_seen += int(batch["mask"].sum())
            if self.steps % 200 == 0:
                figures = {key: round(sum(value) / len(value), 3) for key, value in sums.items()}
                print(f"step {self.steps} min {elapsed / 60:.1f} epoch {epochs:.2f} "
                      f"pieces/s {pieces_seen / elapsed:.0f} {figures}", flush=True)
                sums.clear()
            if elapsed > next_snapshot:
                next_snapshot += options.snapshot_minutes * 60
                print(f"min {elapsed / 60:.1f} EWT dev {attachment(self.mean, development)}", flush=True)
                self.save(options.out)
        print(f"epochs {epochs:.2f} EWT dev {attachment(self.mean, development)}", flush=True)
        self.save(options.out)


def lemma_table(trees: list) -> dict[str, str]:
    """Form and tag to lemma, where the treebanks always agree and the pair was seen at least twice."""
    seen: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for sentence in trees:
        for word, tag, lemma in zip(sentence.words, sentence.upos, sentence.lemmas):
            if tag != "PROPN":
                seen[f"{word.lower()}\t{tag}"][lemma] += 1
    table = {}
    for key, lemmas in seen.items():
        lemma, count = max(lemmas.items(), key=lambda pair: pair[1])
        if count >= 2 and count >= 0.9 * sum(lemmas.values()):
            table[key] = lemma
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="folder with treebanks/ and reference/")
    parser.add_argument("--out", type=Path, default=Path("build/en.pt"))
    parser.add_argument("--minutes", type=float, default=90)
    parser.add_argument("--snapshot-minutes", type=float, default=8)
    parser.add_argument("--batch", type=int, default=1100, help="pieces in a batch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1.0, help="factor on both learning rates")
    parser.add_argument("--steady", type=float, default=0.6, help="share of the time before the rate falls")
    parser.add_argument("--name-share", type=float, default=0.16, help="share of batches from the name-tagged corpora")
    parser.add_argument("--resume", type=Path, help="a snapshot to go on from")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    random.seed(7)
    torch.manual_seed(7)
    Run(options).go()


if __name__ == "__main__":
    main()
