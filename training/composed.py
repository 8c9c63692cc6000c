"""Composes sentences of our own with their names labelled: `python -m training.composed` writes sentences/composed.txt.

Frames and lists of names were written for this project. Most of the people do not exist; what counts is how names of
every region stand in diplomatic prose and headlines.
"""

import csv
import random
import re
from collections.abc import Iterator
from pathlib import Path

LABEL_OF = {"P": "PER", "S": "PER", "C": "LOC", "c": "LOC", "L": "LOC", "N": "NORP",
            "O": "ORG", "M": "ORG", "G": "ORG", "W": "ORG", "B": "ORG"}
FOLDER = Path(__file__).parent / "sentences"
ROUNDS = 12  # sentences from each frame, each with other names


def composed_lines(rounds: int, chance: random.Random) -> Iterator[str]:
    """Every frame `rounds` times, each time with other names, marked `[Sergei Lavrov|PER]`."""
    frames = (FOLDER / "frames.lst").read_text(encoding="utf-8").splitlines()
    with open(FOLDER / "names.csv", encoding="utf-8", newline="") as file:
        names = {row["place"]: row["names"].split("|") for row in csv.DictReader(file)}
    for _ in range(rounds):
        for frame in frames:
            if frame.strip() and not frame.startswith("#"):
                yield filled(frame.strip(), names, chance)


def filled(frame: str, names: dict[str, list[str]], chance: random.Random) -> str:
    """A frame with every open place filled and marked, `[Sergei Lavrov|PER]`; an article stays outside the mark."""
    capitals = frame.upper() == re.sub(r"\{.\}", lambda place: place.group().upper(), frame)
    headline = not re.search(r"[.?!”:)]$", frame)

    def fill(place: re.Match) -> str:
        name = chance.choice(names[place.group(1)])
        bare = name.removeprefix("the ")
        label = LABEL_OF[place.group(1)]
        lead = "the " if name.startswith("the ") and not headline else ""
        if lead and (place.start() == 0 or frame[:place.start()].rstrip().endswith("“")):
            lead = "The "
        before = frame[:place.start()].rstrip().rsplit(" ", 1)[-1].lower()
        if before in ("the", "a", "an"):
            lead = ""
        return f"{lead}[{bare.upper() if capitals else bare}|{label}]"

    return re.sub(r"\{(.)\}", fill, frame)


def main() -> None:
    lines = list(composed_lines(ROUNDS, random.Random(1815)))
    head = "# Written by training/composed.py from frames.lst and names.csv; do not edit.\n"
    (FOLDER / "composed.txt").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} sentences")


if __name__ == "__main__":
    main()
