"""Where things lie and how much is taken at once: the few choices a user can make, each named in the environment."""

import os
from pathlib import Path

RECORD_VARIABLE = "VERBALE_RECORD"
OVERLAY_VARIABLE = "VERBALE_OVERLAY"
NEAREST_VARIABLE = "VERBALE_NEAREST"

# Reports handed to the model together: enough to fill its batches, few enough that the first answer comes soon.
REPORTS_AT_ONCE = 16
# An article longer than this is no article (a book, a dump): skipped with its reason rather than read for minutes.
LONGEST_REPORT_LETTERS = 2_000_000

OBJECTS_BEFORE_COLLECTING = (100_000, 20, 20)
"""For Python's collector of garbage, in our own processes: tables are a million objects that stay, and looking through
them again and again takes a tenth of the start. The 700 of Python's own would do for programs with few."""


def record_path(given: str | Path | None = None) -> Path:
    """Where the record lies: as given, else VERBALE_RECORD, else ./verbale.db."""
    return Path(given or os.environ.get(RECORD_VARIABLE) or "verbale.db")


def nearest_frames() -> bool:
    """Whether verbs that no rule holds are read as the nearest that one does: off, unless VERBALE_NEAREST is 1."""
    return os.environ.get(NEAREST_VARIABLE) == "1"


def overlay_folder(given: str | Path | None = None) -> Path | None:
    """A folder of the user's own tables, laid over ours: as given, else VERBALE_OVERLAY, else None."""
    chosen = given or os.environ.get(OVERLAY_VARIABLE)
    return Path(chosen) if chosen else None
