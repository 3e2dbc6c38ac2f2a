"""Recorded responses as an Inspect dataset that reads each sample when it is asked for."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from logging import getLogger
from pathlib import Path

from inspect_ai.dataset import Dataset, Sample
from inspect_ai.util import warn_once

from ..arguments import numbered
from ..errors import HomogError
from ..provenance import provenance
from ..taxonomy.taxonomy import Taxonomy
from .source import Source, open_source

logger = getLogger(__name__)

RECORD = "record"
"""Sample metadata: the number of the sample's set in its source."""


class RecordedDataset(Dataset):
    """Samples of a source, made anew at each access: the source stays on disk."""

    def __init__(self, source: Source, path: Path, category: str | None, numbers: Sequence[int]) -> None:
        self.source = source
        self.path = path
        self.category = category
        self._numbers = numbers
        self._shuffled = False

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.stem

    @property
    def location(self) -> str:
        """The file's path."""
        return str(self.path.absolute())

    @property
    def shuffled(self) -> bool:
        """Whether the samples are in another order than in the file."""
        return self._shuffled

    def __getitem__(self, index: int | slice) -> "Sample | RecordedDataset":  # type: ignore[override]
        if isinstance(index, slice):
            return self._with(self._numbers[index])
        number = self._numbers[index]
        record = self.source[number]
        sample = record.sample(str(record.id), self.category)
        known = self.source.taxonomy.described(sample.metadata or {})
        return sample.model_copy(update={"metadata": {**known, RECORD: number}})

    def __len__(self) -> int:
        return len(self._numbers)

    def sort(self, reverse: bool = False, key: Callable[[Sample], object] | None = None) -> None:
        """Order the samples by `key`, by default the length of the input."""
        by = key or (lambda sample: len(sample.input))
        keys = {number: by(self._sample(i)) for i, number in enumerate(self._numbers)}
        self._numbers = sorted(self._numbers, key=lambda number: keys[number], reverse=reverse)  # type: ignore[arg-type,return-value]

    def filter(self, predicate: Callable[[Sample], bool], name: str | None = None) -> "RecordedDataset":
        """The samples for which the predicate holds."""
        return self._with([n for i, n in enumerate(self._numbers) if predicate(self._sample(i))])

    def shuffle(self, seed: int | None = None) -> None:
        """Put the samples in a random order."""
        self._numbers = random.Random(seed).sample(self._numbers, len(self._numbers))
        self._shuffled = True

    def shuffle_choices(self, seed: int | None = None) -> None:
        """Nothing: recorded prompts have no choices."""

    def only(self, numbers: str | None) -> "RecordedDataset":
        """The samples with these numbers, such as `11-20`, or all of them; they count from 1.

        Raises:
            HomogError: When `numbers` is no range, or holds no sample.
        """
        return self._with(chosen(self._numbers, numbers, self.path))

    def _sample(self, index: int) -> Sample:
        sample = self[index]
        assert isinstance(sample, Sample)
        return sample

    def _with(self, numbers: Sequence[int]) -> "RecordedDataset":
        return RecordedDataset(self.source, self.path, self.category, numbers)


def chosen(prompts: Sequence[int], numbers: str | None, path: Path) -> Sequence[int]:
    """Those of a file's prompts that `numbers` names, such as `11-20`, or all of them; they count from 1.

    Raises:
        HomogError: When `numbers` is no range, or none of the prompts has such a number.
    """
    kept = prompts[numbered("numbers", numbers)]
    if not kept:
        raise HomogError(f"numbers {numbers}: {path} holds {len(prompts)} prompts.")
    return kept


def recorded_dataset(source: Source, path: Path, category: str | None) -> RecordedDataset:
    """The dataset of a source; every set is read once, so that a bad one is found before any model call.

    Raises:
        HomogError: When a line is bad or an id is used twice; names the file and the line.
    """
    seen: dict[str, int] = {}
    for number in range(len(source)):
        id = str(source[number].id)
        if (earlier := seen.setdefault(id, number)) != number:
            raise HomogError(
                f"{path}, {source.place(number)}: id {id!r} is already used in {source.place(earlier)}."
            )
    return RecordedDataset(source, path, category, range(len(source)))


def checked_dataset(
    path: Path, category: str | None, taxonomy: Taxonomy
) -> tuple[RecordedDataset, dict[str, str]]:
    """The dataset of a file, and what a log says of its prompts (`provenance`).

    The file that was read last is not read again while it is as it was, and the rubrics too: whoever scores a
    large one slice by slice reads it once.

    Raises:
        HomogError: When the file cannot be read, a line is bad or an id is used twice; names file and line.
    """
    state = (path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else None
    rubrics = (*(one.digest for one in taxonomy.categories.values()), *sorted(taxonomy.chosen))
    dataset, prompts = _checked(_File(path, state, category, rubrics, taxonomy))
    for note in dataset.source.notes:
        warn_once(logger, f"{path}: {note}")
    # One of the caller's own, which may be shuffled.
    return dataset.only(None), prompts


@dataclass(frozen=True)
class _File:
    """A file with all that its dataset depends on."""

    path: Path
    state: tuple[int, int] | None
    category: str | None
    rubrics: tuple[str, ...]
    taxonomy: Taxonomy = field(compare=False)


@lru_cache(maxsize=1)
def _checked(file: _File) -> tuple[RecordedDataset, dict[str, str]]:
    dataset = recorded_dataset(open_source(file.path, file.taxonomy), file.path, file.category)
    return dataset, provenance(dataset)
