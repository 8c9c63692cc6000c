"""What a run was made with, by number and hash, so that a record can say how to make it again."""

import hashlib
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

import verbale
from verbale.tables.load import data_folder


@lru_cache(maxsize=4)
def versions(overlay: Path | None = None) -> dict[str, str]:
    """Number of the program and hashes of tables, rules and weights. Without weights there is no such entry."""
    found = {"program": verbale.__version__}
    data = data_folder()
    for name in sorted(one.name for one in data.iterdir() if one.is_dir()):
        found[f"data/{name}"] = _hash(data / name)
    weights = [Path(verbale.__file__).parent / "language" / "weights" / "en.onnx"]
    found |= {f"weights/{path.name}": _digest(path.read_bytes()) for path in weights if path.exists()}
    if overlay:
        found["overlay"] = _hash(overlay)
    return found


def _hash(folder: Traversable) -> str:
    """One hash over the names and contents of a folder's files."""
    digest = hashlib.sha256()
    for name, content in sorted(_files(folder, "")):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


def _files(folder: Traversable, above: str) -> list[tuple[str, bytes]]:
    found = []
    for one in folder.iterdir():
        if one.is_dir():
            found += _files(one, f"{above}{one.name}/") if one.name != "__pycache__" else []
        else:
            found.append((above + one.name, one.read_bytes()))
    return found


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
