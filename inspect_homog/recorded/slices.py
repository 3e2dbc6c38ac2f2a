"""A file of any size in one command: scored slice by slice, each slice with a log of its own."""

from collections.abc import Iterator
from logging import getLogger
from pathlib import Path
from typing import Any

from inspect_ai import Task, TaskSource, task_source
from inspect_ai.log import EvalLog

from ..arguments import check_arguments, with_defaults
from ..errors import HomogError
from ..tasks import score_responses
from .dataset import chosen
from .source import open_source

logger = getLogger(__name__)

SLICE = 10_000
"""Prompts of a slice: a process with five short responses each takes about 0.5 GB."""


class Slices(TaskSource):
    """Runs one task after the other; the first that does not succeed is the last."""

    def __init__(self, tasks: Iterator[Task]) -> None:
        """Take the tasks, each of which is made when its turn comes."""
        self._tasks = tasks

    def initial_tasks(self) -> list[Task]:
        """The first slice."""
        return [next(self._tasks)]

    async def next_tasks(self) -> list[Task] | None:
        """The next slice, or None: that was all."""
        following = next(self._tasks, None)
        return None if following is None else [following]

    async def task_complete(self, log: EvalLog) -> None:
        """End after a slice that went wrong, since what stopped it mostly stops the others too."""
        if log.status != "success":
            self._tasks = iter(())
            numbers = log.eval.task_args.get("numbers")
            logger.warning(
                f"The slice {numbers} ended with {log.status!r}, and those after it were not scored. "
                f"Go on with: inspect eval-retry {log.location}, then the rest of the file with numbers=."
            )


@task_source
def score_responses_in_slices(
    file: str, slice_size: int = SLICE, numbers: str | None = None, **args: Any
) -> TaskSource:
    """`score_responses` for a file of any size (--model none), in about the memory of one slice.

    Each slice is a run of `score_responses` with a log of its own; whatever reads the folder of logs takes
    them for one run. A `--limit` counts in each slice.

    Args:
        file: A .jsonl, .eval or .json file.
        slice_size: Prompts of a slice.
        numbers: Only these prompts of the file, such as `20001-100000`.
        args: The other arguments of `score_responses`.

    Raises:
        HomogError: When an argument is wrong, or the file; names it.
    """
    if not isinstance(slice_size, int) or isinstance(slice_size, bool) or slice_size < 1:
        raise HomogError(f"slice_size must be a number above 0, not {str(slice_size)[:80]!r}.")
    check_arguments(file=file, numbers=numbers)
    with_defaults("score_responses", score_responses, {"file": file, "numbers": numbers, **args})
    prompts = chosen(range(1, len(open_source(Path(file))) + 1), numbers, Path(file))
    slices = (prompts[first : first + slice_size] for first in range(0, len(prompts), slice_size))
    return Slices(score_responses(file, numbers=f"{one[0]}-{one[-1]}", **args) for one in slices)
