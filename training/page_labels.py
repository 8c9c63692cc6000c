"""Which lines of a gold page belong to its article: the page's words aligned with the article's."""

import difflib
import json
import re
from pathlib import Path
from urllib.parse import urlparse

from verbale.ingest.lines import Line, lines

WORD = re.compile(r"\w+")


def gold_pages(gold: Path) -> list[dict]:
    """The rows of a gold file, each with its lines and, for each line, the share of its words that the article has."""
    rows = []
    with gold.open(encoding="utf-8") as file:
        for raw in file:
            if raw.strip():
                rows.append(json.loads(raw))
    return rows


def site(row: dict) -> str:
    """The address's last two names (three under co.uk and the like); pages of a site stay in one fold."""
    parts = urlparse(row.get("url") or row["id"]).netloc.split(".")
    keep = 3 if len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) == 2 else 2
    return ".".join(parts[-keep:])


def line_shares(page: list[Line], article: str) -> list[float]:
    """For each line, the share of its words that an alignment of the page with the article pairs off.

    Runs of fewer than three words are chance: a lone "Share" of the menu is not the article's.
    """
    said, owner = [], []
    for number, line in enumerate(page):
        found = WORD.findall(line.words.lower())
        said += found
        owner += [number] * len(found)
    wanted = WORD.findall(article.lower())
    hit, size = [0] * len(page), [0] * len(page)
    for number in owner:
        size[number] += 1
    for block in difflib.SequenceMatcher(None, said, wanted, autojunk=False).get_matching_blocks():
        if block.size >= 3:
            for place in range(block.a, block.a + block.size):
                hit[owner[place]] += 1
    return [hit[number] / size[number] if size[number] else 0.0 for number in range(len(page))]


def labelled(row: dict, field: str = "dump") -> tuple[list[Line], list[float]]:
    page = lines(row[field])
    return page, line_shares(page, row["article"])
