"""Pure functions from counts and classes to numbers."""

from collections.abc import Iterable
from math import nan
from typing import Literal


def mean_or_nan(values: Iterable[float | None]) -> float:
    """Mean of those values that are there, or NaN (Inspect's mark for "unscored") when none is."""
    there = [value for value in values if value is not None]
    return sum(there) / len(there) if there else nan


def diversity(unique: float, n: int) -> float:
    """(unique - 1) / (n - 1): 0 when all n responses are equivalent, 1 when no two are (paper section 2).

    NaN for fewer than two responses, of which nothing can be said.
    """
    return (unique - 1) / (n - 1) if n > 1 else nan


def fit(diversity: float, homogenization: Literal["wanted", "unwanted"]) -> float:
    """How well the diversity suits the task, 0..1: itself, or 1 - itself where homogenization is wanted."""
    return 1 - diversity if homogenization == "wanted" else diversity
