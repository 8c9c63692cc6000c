"""Answers that take long on a large record, kept until the record changes; and a limit on how long one may take."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from verbale.record.store import Record

Answer = TypeVar("Answer")
MOST_KEPT = 200
STALE_SECONDS = 10
"""While a run writes, the record changes many times a second: an answer may then be this old, or fifty times as old
as it took to find."""
STEPS_BETWEEN_LOOKS = 2000


class TooLong(Exception):
    """A question was given up: its time was over."""


class Memory:
    """What slow questions were answered, while the record stays as it is."""

    def __init__(self, path: Path) -> None:
        self._watch = sqlite3.connect(path, check_same_thread=False)
        self._lock = threading.Lock()
        self._kept: dict[Any, tuple[Any, int, float, float]] = {}

    def keep(self, key: Any, question: Callable[[], Answer]) -> Answer:
        """The answer to a question known by its key: asked anew only where the record has changed since."""
        with self._lock:
            version = self._watch.execute("PRAGMA data_version").fetchone()[0]
            known = self._kept.get(key)
        if known:
            answer, then, at, took = known
            if then == version or time.monotonic() - at < max(STALE_SECONDS, 50 * took):
                return answer
        begun = time.monotonic()
        found = question()
        ended = time.monotonic()
        with self._lock:
            if len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = (found, version, ended, ended - begun)
        return found


@contextmanager
def within(record: Record, seconds: float) -> Iterator[None]:
    """Questions asked inside are given up when the time is over. Raises TooLong then."""
    ends = time.monotonic() + seconds
    record.connection.set_progress_handler(lambda: time.monotonic() > ends, STEPS_BETWEEN_LOOKS)
    try:
        yield
    except sqlite3.OperationalError as stopped:
        if "interrupted" not in str(stopped):
            raise
        raise TooLong(f"given up after {seconds:g} s") from None
    finally:
        record.connection.set_progress_handler(None, 0)
