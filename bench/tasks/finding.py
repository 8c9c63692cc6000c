"""How fast names are found in the shared corpora, and how long the world tables take to load: see bench/finding.py."""

from pathlib import Path
from typing import Any

from bench.finding import loading, speed, texts_of

MEGABYTES, PASSES = 20, 2


def run(gold: Path, shared: Path, predictions: Path | None = None) -> dict[str, Any]:
    """Megabytes a CPU second, and CPU seconds to load; `gold` is not read."""
    return {**speed(texts_of(shared, MEGABYTES), PASSES), **loading()}
