"""Work spread over several processes of one machine. A process that dies takes no work with it: others do it again.

A process that the system kills (out of memory, a fault in a library) breaks Python's pool as a whole. Here a new pool
takes over, and does again what was in flight, which is all that such a death can cost.
"""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, TypeVar

from verbale import settings
from verbale.errors import VerbaleError

Task = TypeVar("Task")
Result = TypeVar("Result")

WAITING_PER_WORKER = 3
"""Tasks handed out ahead: enough that no worker waits, few enough that memory stays flat."""
MOST_DEATHS = 3
"""Deaths in a row, with no task done between them, after which one gives up: the next would die of the same."""
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Each process has one core: libraries that start a thread for every core only get into each other's way."""


def spread(work: Callable[[Task], Result], tasks: Iterable[Task], workers: int, start: Callable[..., None],
           given: tuple[Any, ...] = (), in_order: bool = True) -> Iterator[tuple[Task, Result]]:
    """Each task with what `work` makes of it, in their order, or else as they are done.

    `start(*given)` prepares a process. An error of `work` is raised here. Raises VerbaleError where processes die again
    and again.
    """
    incoming = iter(tasks)
    waiting = list(islice(incoming, workers * WAITING_PER_WORKER))
    deaths = 0
    while waiting:
        pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _start, (start, given))
        futures: dict[Future[Result], Task] = {}
        try:
            futures = {pool.submit(work, task): task for task in waiting}
            while futures:
                future = next(iter(futures)) if in_order else wait(futures, return_when=FIRST_COMPLETED).done.pop()
                result = future.result()
                task, deaths = futures.pop(future), 0
                waiting = list(futures.values())
                yield task, result
                for one in islice(incoming, 1):
                    waiting.append(one)
                    futures[pool.submit(work, one)] = one
        except BrokenProcessPool:
            deaths += 1
            if deaths > MOST_DEATHS:
                raise VerbaleError(f"worker processes died {deaths} times in a row (out of memory?); take fewer "
                                   "workers, or find the input that kills them by reading parts alone") from None
        except BaseException:  # an error, or somebody stops: nobody waits for what is under way
            for process in list((getattr(pool, "_processes", None) or {}).values()):
                process.terminate()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _start(start: Callable[..., None], given: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal: the first one decides
    gc.set_threshold(*settings.OBJECTS_BEFORE_COLLECTING)
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    start(*given)
