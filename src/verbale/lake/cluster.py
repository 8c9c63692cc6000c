"""The same work under Ray, on one machine or a cluster of them that share the lake's folder.

Ray moves tasks and nothing else: what is finished is what the lake's manifest says, so that a lost node costs the
shards it had in flight, whatever Ray itself remembers of them.
"""

import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verbale.errors import BadInput
from verbale.lake.code import Coder, Outcome
from verbale.lake.shards import Task

ADDRESS_VARIABLE = "RAY_ADDRESS"
TASKS_PER_ACTOR = 2
"""Handed out ahead, so that no actor waits; more would only have to be moved when a node is lost."""
MOST_RETRIES = 3


def by_ray(folder: str, work: list[Task], workers: int, overlay: Path | None) -> Iterator[Outcome]:
    """What each task came to, as they are done, by so many actors of one core each, which load the model once.

    Joins the cluster of RAY_ADDRESS where that is set, else starts Ray on this machine, and stops it at the end.
    Raises BadInput where Ray is not installed.
    """
    try:
        ray: Any = importlib.import_module("ray")
    except ImportError:
        raise BadInput("--engine ray needs Ray, which is not installed: pip install 'verbale[ray]'") from None
    ours = not ray.is_initialized()
    if ours:
        here = {} if os.environ.get(ADDRESS_VARIABLE) else {"num_cpus": workers, "include_dashboard": False}
        ray.init(log_to_driver=False, logging_level="warning", **here)
    try:
        # An actor of one core has one thread: Ray sets OMP_NUM_THREADS by the cores it gives.
        actor = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=MOST_RETRIES)(Coder)
        actors = [actor.remote(folder, overlay) for _ in range(workers)]
        yield from _spread(ray, actors, work)
    finally:
        if ours:
            ray.shutdown()


def _spread(ray: Any, actors: list[Any], work: list[Task]) -> Iterator[Outcome]:
    left = iter(work)
    running: dict[Any, Any] = {}

    def hand_out(actor: Any) -> None:
        for task in left:
            running[actor.code.remote(task)] = actor
            return

    for actor in actors * TASKS_PER_ACTOR:
        hand_out(actor)
    while running:
        (done, *_), _ = ray.wait(list(running), num_returns=1)
        actor = running.pop(done)
        outcome = ray.get(done)
        hand_out(actor)
        yield outcome
