"""What is wanted of each sample of a log, without the bulk that is not, by several processes for many."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from os import cpu_count
from typing import TypeVar

from inspect_ai.log import (
    EvalSample,
    read_eval_log,
    read_eval_log_sample_summaries,
    read_eval_log_samples_by_id,
)

from .progress import Advance

T = TypeVar("T")
Key = tuple[str | int, int]
"""A sample's id and its epoch."""

BULK = {"events", "events_data", "timelines", "messages", "output", "error_retries"}
"""Fields of a sample that hold transcripts: most of a log's size, and nothing of the records."""

PART = 100
"""Samples read at once."""

ALONE = 400
"""Up to so many samples one process is quicker than several."""


def each_sample(location: str, wanted: Callable[[EvalSample], T], advance: Advance) -> list[T]:
    """What `wanted` makes of each sample of a log.

    Args:
        location: The log's file.
        wanted: A function of a module, for other processes call it; what it returns is pickled.
        advance: Told of samples that have been read.
    """
    if location.endswith(".json"):  # Has no parts: whoever reads one sample reads the whole file.
        log = read_eval_log(location, resolve_attachments=True)
        found = [wanted(sample) for sample in log.samples or []]
        advance(len(found))
        return found
    keys = [(summary.id, summary.epoch) for summary in read_eval_log_sample_summaries(location)]
    parts = [keys[start : start + PART] for start in range(0, len(keys), PART)]
    read = partial(_read, location, wanted)
    if len(keys) <= ALONE:
        return _gather(map(read, parts), advance)
    with ProcessPoolExecutor(min(cpu_count() or 1, 8, len(parts))) as pool:
        return _gather(pool.map(read, parts), advance)


def _gather(parts: Iterable[list[T]], advance: Advance) -> list[T]:
    found: list[T] = []
    for part in parts:
        found += part
        advance(len(part))
    return found


def _read(location: str, wanted: Callable[[EvalSample], T], keys: Sequence[Key]) -> list[T]:
    samples = read_eval_log_samples_by_id(location, keys, resolve_attachments=True, exclude_fields=BULK)
    return [wanted(sample) for sample in samples]
