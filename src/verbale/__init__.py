"""verbale: the diplomatic record from news, every entry tied to its words.

    import verbale
    for coded in verbale.read("articles/"):
        print(coded.findings.statements)

Names are loaded when first used, so that `import verbale` costs nothing.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from verbale.chain.chain import Chain as Chain
    from verbale.chain.chain import Coded as Coded
    from verbale.model.findings import Findings as Findings
    from verbale.model.report import Problem as Problem
    from verbale.model.report import Report as Report
    from verbale.record.store import Record as Record

__version__ = "0.1.0"
__all__ = ["Chain", "Coded", "Findings", "Problem", "Record", "Report", "read", "read_text"]

_HOMES = {
    "Chain": "verbale.chain.chain",
    "Coded": "verbale.chain.chain",
    "Findings": "verbale.model.findings",
    "Problem": "verbale.model.report",
    "Record": "verbale.record.store",
    "Report": "verbale.model.report",
}


def read(*sources: "str | Path", kind: str | None = None) -> "Iterator[Coded | Problem]":
    """What each report of the sources gave, in order: files, folders, or `-` for standard input.

    An input that gave no report is a Problem that says why; nothing is stored (see `Record.add`).
    """
    return _chain().read(sources, kind)


def read_text(text: str, **known: Any) -> "Coded":
    """What one text gave. `known` may hold what you know of it: url, title, published, source."""
    return _chain().read_text(text, **known)


def _chain() -> "Chain":
    """One chain for all calls, so that the model is loaded once."""
    global _shared_chain
    if _shared_chain is None:
        from verbale.chain.chain import Chain

        _shared_chain = Chain()
    return _shared_chain


_shared_chain: "Chain | None" = None


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'verbale' has no attribute {name!r}")
