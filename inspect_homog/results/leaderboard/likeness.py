"""What two entries must share to be compared."""

import hashlib
import json
from collections.abc import Sequence

from ...record import Record
from ...taxonomy.category import GENERAL, Category, load_category
from ..submission.metrics import headline
from ..submission.read import Entry


class Likeness(Record):
    """What is equal among the rows of a table. Nothing is compared across tables."""

    task: str | None
    """The task, where the figures are over all of its prompts; None in a category."""

    category: str | None
    """The category, whichever task asked its prompts; None for a whole task."""

    prompt_set_hash: str
    """SHA-256 of the prompts."""

    num_responses: int
    """Responses asked for, a prompt."""

    judges: tuple[str, ...]
    """The panel, in alphabetical order: the order of binding changes nothing."""

    judging: str | None
    """`pairs`, `lossless` or `single_call`."""

    rubric_versions: tuple[int, ...]
    """Versions of the rubrics that decided."""

    definitions: tuple[Category, ...] = ()
    """In full, the categories that are not the package's own: under another rubric nothing is compared."""

    package_version: str | None
    """Version of inspect_homog."""

    @property
    def id(self) -> str:
        """A short name for links, derived from all of it."""
        text = json.dumps(
            self.model_dump(exclude=None if self.definitions else {"definitions"}), sort_keys=True
        )
        return f"{self.category or 'whole'}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"

    @property
    def title(self) -> str:
        """Display name of what was asked."""
        if self.category is None:
            return f"Whole task: {self.task}{_own(self.definitions)}"
        known = self.rubric_of
        return known.title + _own([known] if known in self.definitions else [])

    @property
    def rubric_of(self) -> Category:
        """The category, as it is defined here or else installed; the general one for a whole task."""
        defined = next((one for one in self.definitions if one.name == self.category), None)
        return defined or load_category(self.category or GENERAL)

    @property
    def headline(self) -> str:
        """The key that ranks: `unique` in a category, that of the task over several."""
        return "unique" if self.task is None else headline(self.task)

    @property
    def more_is_better(self) -> bool:
        """False where responses ought to say the same thing, so that the least count comes first."""
        return self.category is None or self.rubric_of.homogenization == "unwanted"


def likeness(entry: Entry) -> Likeness:
    """What an entry has in common with those it may be compared with."""
    return Likeness(
        task=None if entry.category else entry.task,
        category=entry.category,
        prompt_set_hash=entry.prompt_set_hash,
        num_responses=entry.num_responses,
        judges=tuple(sorted(entry.judges)),
        judging=entry.judging,
        rubric_versions=tuple(sorted(entry.rubric_versions)),
        definitions=tuple(sorted(entry.definitions, key=lambda one: one.name)),
        package_version=entry.package_version,
    )


def _own(definitions: Sequence[Category]) -> str:
    """What sets a table apart in which submitters' own categories decide; empty where none does."""
    known = ", ".join(f"{one.name} version {one.version}, {one.digest}" for one in definitions)
    return f" (own rubric: {known})" if known else ""
