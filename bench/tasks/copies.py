"""Copies of one text among many others: made from texts of the corpora by cutting, dropping, rewording, new heads.

Gold: the folder of corpora (../shared/corpora). Bases are texts that share little with one another (by all runs of
eight words, counted exactly); of each some copies are made as wire texts are: cut from the bottom, sentences dropped,
sentences put in, words changed, another head and foot. Precision and recall are over pairs.
"""

import json
import random
import re
import time
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.made.articles import story
from verbale.ingest.copies import Text, copies, signature

FILES = ("state_dept_press_releases", "wikinews_en_2019_2020", "whitehouse_briefings_sample")
MOST_BASES, LEAST_WORDS, MOST_WORDS = 1_500, 90, 900
MOST_SHARED = 0.1
SENTENCE = re.compile(r"(?<=[.!?])\s+")
HEADS = ("BERGEN, March 5 (Reuters) - ", "OSLO (AP) — ", "March 5, 2024. ", "")
FEET = ("Reporting by our correspondents; editing by the night desk.", "All rights reserved by the publisher.", "")


def run(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    dice = random.Random(11)
    texts, wanted = _made(_bases(gold, dice), dice)
    started = time.process_time()
    signed = [Text(text.id, text.words, signature(text.words)) for text in texts]
    found = {frozenset((pair.one, pair.other)) for pair in copies(signed)}
    seconds = time.process_time() - started
    right = found & wanted.keys()
    missed = Counter(wanted[pair] for pair in wanted.keys() - right)
    return {"precision": round(len(right) / max(1, len(found)), 5), "recall": round(len(right) / len(wanted), 4),
            "documents": len(texts), "pairs": len(wanted), "documents_per_cpu_second": round(len(texts) / seconds),
            "missed": dict(missed.most_common(8))}


def _bases(folder: Path, dice: random.Random) -> list[str]:
    """Texts of the corpora that are no copies of one another."""
    texts = []
    for name in FILES:
        with (folder / f"{name}.jsonl").open(encoding="utf-8") as file:
            texts += [" ".join(json.loads(line)["text"].split()[:MOST_WORDS]) for line in file]
    texts = sorted({text for text in texts if text.count(" ") >= LEAST_WORDS})
    dice.shuffle(texts)
    runs = [_runs(text) for text in texts]
    holders = defaultdict(list)
    for number, own in enumerate(runs):
        for one in own:
            holders[one].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        shared.update(combinations(numbers[:30], 2))
    left_out = {max(pair) for pair, count in shared.items()
                if count >= MOST_SHARED * min(len(runs[pair[0]]), len(runs[pair[1]]))}
    return [text for number, text in enumerate(texts) if number not in left_out][:MOST_BASES]


def _runs(text: str) -> set[int]:
    words = re.findall(r"\w+", text.lower())
    return {hash(tuple(words[place:place + 8])) for place in range(len(words) - 7)}


def _made(bases: list[str], dice: random.Random) -> tuple[list[Text], dict[frozenset[str], str]]:
    """Every base with two to four copies; the pairs that are copies, with how they were made."""
    texts, wanted = [], {}
    vocabulary = [word for base in bases[:50] for word in base.split()]
    for number, base in enumerate(bases):
        made = {"whole": base}
        sentences = SENTENCE.split(base)
        other = SENTENCE.split(" ".join(story(dice, "en", 3).paragraphs))
        ways = {
            "cut": lambda s=sentences: " ".join(s[:max(4, int(len(s) * dice.uniform(0.35, 0.8)))]),
            "dropped": lambda s=sentences: " ".join(one for one in s if dice.random() < 0.8),
            "put in": lambda s=sentences, o=other: " ".join([*s[:len(s) // 2], *o[:2], *s[len(s) // 2:]]),
            "reworded": lambda b=base: " ".join(
                dice.choice(vocabulary) if dice.random() < 0.02 else word for word in b.split()),
            "head": lambda b=base: f"{dice.choice(HEADS)}{b} {dice.choice(FEET)}",
        }
        for way in dice.sample(sorted(ways), dice.choice((2, 3, 4))):
            made[way] = ways[way]()
        names = [(f"{number}.{way}", way) for way in made]
        texts += [Text(name, made[way]) for name, way in names]
        wanted |= {frozenset((one, other)): " and ".join(sorted((way, way_too)))
                   for (one, way), (other, way_too) in combinations(names, 2)}
    dice.shuffle(texts)
    return texts, wanted
