"""What a source is: where its rows are, what a row must hold, and how many of them are drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from inspect_ai.dataset import RecordToSample, Sample

from ...record import Record

SEED = 2509
"""The one seed of the selection."""


class Row(Record):
    """One row of a source: the fields that are documented. Further ones are passed over."""

    def sample(self) -> Sample | None:
        """The prompt, its id within the source and what is known about it, or None: not eligible."""
        raise NotImplementedError


@dataclass(frozen=True)
class Source:
    """One of the six."""

    name: str
    """The name users type, and the start of its samples' ids."""

    revision: str
    """What is pinned: a commit, or the SHA-256 of the file as `sha256:...`."""

    files: tuple[str, ...]
    """Names of a local copy, the first that is there is read: .csv, .jsonl, .parquet or .xlsx."""

    row: type[Row]
    """What every row must hold."""

    published: Callable[[RecordToSample], None]
    """Gives each published row of the pinned revision to its argument."""

    count: int
    """How many prompts the paper has from it."""

    category: str | None = None
    """Category of all its prompts, where they have one."""

    labels: str | None = None
    """File beside this one with a category for each sample, where they differ and are known."""

    levels: tuple[int, ...] = ()
    """Values of the samples' `level`; as many prompts are drawn from each."""


def select(samples: list[Sample], count: int, seed: int = SEED) -> list[Sample]:
    """The first `count` samples in the order of the SHA-256 of "seed:id".

    So the choice depends on ids and seed alone: not on the order of the rows, and not on the number
    generator of a library.
    """
    return sorted(samples, key=lambda s: sha256(f"{seed}:{s.id}".encode()).hexdigest())[:count]


def text_id(text: str) -> str:
    """An id for a row that has none: the start of the SHA-256 of its text."""
    return sha256(text.encode()).hexdigest()[:12]
