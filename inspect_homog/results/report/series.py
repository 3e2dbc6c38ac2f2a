"""What is drawn as one series: runs alike in all but their categories."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..run import Run, Scored
from ..summary import Figure, by_category, summarise
from .categories import OUTSIDE
from .rows import settings, strategy, when

COMPARED = ("diversity", "vocabulary", "embedding", "compression", "quality")
"""Keys that are drawn against each other."""


@dataclass
class Series:
    """Runs of one model and strategy, each of other categories."""

    model: str
    """The model under test."""

    strategy: str
    """The strategy with its wording."""

    runs: list[Run]
    """The runs, oldest first."""

    label: str = ""
    """Model and strategy, with the time where that alone does not tell series apart."""

    groups: dict[str, list[Scored]] = field(default_factory=dict)
    """The prompts of each category."""

    @cached_property
    def by_category(self) -> dict[str, dict[str, Figure]]:
        """`unique` and `fit` of each category, where they are scored."""
        return {name: summarise(scored, ("unique", "fit")) for name, scored in self.groups.items()}

    @cached_property
    def over_all(self) -> dict[str, Figure]:
        """The figures that are drawn against each other, over all prompts."""
        return summarise([one for scored in self.groups.values() for one in scored], COMPARED)


def all_series(runs: Sequence[Run]) -> list[Series]:
    """The series of the runs, oldest first.

    Runs of the same model, strategy, settings, number of responses, judges and package version join one
    series as long as their categories differ: what was run twice stays two series, and no figure is merged.
    """
    found: list[tuple[object, Series]] = []
    for run in runs:
        groups = {name or OUTSIDE: scored for name, scored in by_category(run.scored).items()}
        identity = _identity(run)
        joined = next(
            (one for known, one in found if known == identity and not set(one.groups) & set(groups)), None
        )
        if joined is None:
            joined = Series(run.model, strategy(run), [])
            found.append((identity, joined))
        joined.runs.append(run)
        joined.groups |= groups
    series = [one for _, one in found]
    _label(series)
    return series


def _identity(run: Run) -> object:
    judged = sorted(run.judges), sorted({one.judging for one in run.scored if one.judging})
    return run.model, strategy(run), run.num_responses, judged, run.package_version, settings(run)


def _label(series: Sequence[Series]) -> None:
    """Names that differ: the time is added, and a number where even that is the same."""
    models = {one.model for one in series}
    named = [one.strategy if len(models) == 1 else f"{one.model} · {one.strategy}" for one in series]
    for names in (
        [f"{name} · {when(one.runs[0])}" for name, one in zip(named, series, strict=True)],
        [
            f"{name} · {when(one.runs[0])} · {i}"
            for i, (name, one) in enumerate(zip(named, series, strict=True), 1)
        ],
    ):
        counts = Counter(named)
        named = [name if counts[name] == 1 else longer for name, longer in zip(named, names, strict=True)]
    for one, name in zip(series, named, strict=True):
        one.label = name
