"""Columns for Inspect's `samples_df` that hold the figures of this package, one row a sample."""

from collections.abc import Callable, Mapping, Sequence
from math import nan

from inspect_ai.analysis import SampleColumn
from inspect_ai.log import EvalSample

from ..sampling.records import ResponseSet
from ..scoring.again import latest, latest_name
from ..taxonomy.category import GENERAL

KEYS = {
    "functional_diversity": ("unique", "diversity", "fit", "pairwise", "obtained"),
    "quality": ("quality", "best", "worst", "distinct_quality"),
    "correctness": ("accuracy", "validity", "agreement", "unique_correct", "uniformity"),
    "general_diversity": ("vocabulary", "embedding", "compression", "vendi", "distinct_n"),
}
"""Keys of each scorer; a column has the key's name."""


def wording(anchor: str | None, source: str | None, category: str | None) -> str | None:
    """Whose wording the strategy used: `general`, `task` (the category's own), `predicted`, or `mismatch`.

    None where the strategy has no wording.

    Args:
        anchor: The category whose wording was used.
        source: Where the anchor came from, as `ResponseSet.anchor_source` has it.
        category: The prompt's own category.
    """
    if source in (None, GENERAL, "predicted", "task"):
        return source
    return "task" if anchor == category else "mismatch"


def figures_of(sample: EvalSample) -> dict[str, float]:
    """The keys that are scored, by the latest score of each scorer of this package."""
    figures: dict[str, float] = {}
    for scorer, keys in KEYS.items():
        score = latest(sample.scores, scorer)
        value = score.value if score else None
        if isinstance(value, Mapping):
            found = {key: value.get(key) for key in keys}
            figures |= {key: float(x) for key, x in found.items() if isinstance(x, int | float) and x == x}
    outdated = outdated_keys(list(sample.scores or {}), (sample.metadata or {}).get("category"))
    return {key: value for key, value in figures.items() if key not in outdated}


def outdated_keys(names: Sequence[str], category: str | None) -> list[str]:
    """Keys that rest on classes which a later score of functional diversity has replaced.

    Args:
        names: Names of the scores, in the order in which they were made.
        category: The prompts' category; None stands for any.
    """
    place = {scorer: names.index(name) for scorer in KEYS if (name := latest_name(names, scorer))}
    newest = place.get("functional_diversity", -1)
    resting = {"quality": "distinct_quality"}
    if category in (None, "math"):
        resting["correctness"] = "unique_correct"
    return [key for scorer, key in resting.items() if place.get(scorer, newest) < newest]


def _figure(key: str) -> Callable[[EvalSample], float]:
    def figure(sample: EvalSample) -> float:
        return figures_of(sample).get(key, nan)

    return figure


def _wording(sample: EvalSample) -> str | None:
    drawn = sample.store_as(ResponseSet)
    return wording(drawn.anchor, drawn.anchor_source, (sample.metadata or {}).get("category"))


def _strategy(sample: EvalSample) -> str | None:
    return sample.store_as(ResponseSet).strategy or None


def _predicted(sample: EvalSample) -> str | None:
    return sample.store_as(ResponseSet).predicted


HomogColumns: list[SampleColumn] = [
    SampleColumn("category", path=lambda sample: (sample.metadata or {}).get("category"), full=True),
    SampleColumn("strategy", path=_strategy, full=True),
    SampleColumn("wording", path=_wording, full=True),
    SampleColumn("predicted", path=_predicted, full=True),
    *(SampleColumn(key, path=_figure(key), full=True) for keys in KEYS.values() for key in keys),
]
"""Category, strategy, wording and predicted category of a sample, and every figure (NaN: unscored)."""
