"""What the categories are called on the page, and in which order they stand."""

from collections.abc import Sequence

from ...taxonomy.category import Category, load_categories
from ..run import Run

ALL = "all"
"""Stands for all categories of a run."""

OUTSIDE = "outside the taxonomy"
"""Stands for prompts without a category."""


class Categories:
    """The paper's categories, and those that the prompts of some runs define themselves."""

    def __init__(self, runs: Sequence[Run]) -> None:
        own: dict[str, Category] = {}
        for run in runs:
            for one in run.scored:
                if one.definition is not None:
                    own.setdefault(one.definition.name, one.definition)
        known = {**load_categories(), **own}
        self._known = {one.name: one for one in sorted(known.values(), key=lambda one: one.letter)}
        self._order = [ALL, *self._known]

    def place(self, category: str) -> int:
        """Where a category comes in lists: by its letter, then those that nothing is known of."""
        return self._order.index(category) if category in self._order else len(self._order)

    def title(self, category: str) -> str:
        """What a category is called."""
        if category == ALL:
            return "All categories"
        known = self._known.get(category)
        return category if known is None else f"{known.letter} {known.title}"
