"""The headline: the figures of each run, in all and by category."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..run import Run, Scored
from ..summary import Figure, by_category, summarise
from .categories import ALL, OUTSIDE, Categories

HEADLINE = ("unique", "fit", "quality")
"""Keys of the headline."""

NOTHING_DRAWN = "nothing drawn"
"""Stands for the strategy of a run without responses."""

LOST = "no outcome in the log"
"""Why a planned prompt that the log does not hold is missing."""


@dataclass(frozen=True)
class Row:
    """One run's figures over one category, or over all."""

    run: Run
    """The run."""

    category: str
    """Name of the category, `ALL` or `OUTSIDE`."""

    figures: Mapping[str, Figure]
    """By key; a key that is scored nowhere is absent."""

    prompts: int
    """Prompts asked."""

    unscored: Mapping[str, int]
    """Prompts without a count of unique responses, by reason."""


def rows(runs: Sequence[Run]) -> list[Row]:
    """One row for each category of each run, and first one for all where a run has several."""
    known = Categories(runs)
    return [row for run in runs for row in _rows(run, known)]


def _rows(run: Run, known: Categories) -> list[Row]:
    groups = {name or OUTSIDE: scored for name, scored in by_category(run.scored).items()}
    ordered = sorted(groups, key=known.place)
    # A lost prompt's category is not known: it counts where all prompts do.
    if len(ordered) == 1:
        return [_row(run, ordered[0], run.scored, len(run.lost))]
    single = [_row(run, name, groups[name], 0) for name in ordered]
    return [_row(run, ALL, run.scored, len(run.lost)), *single]


def _row(run: Run, category: str, scored: Sequence[Scored], lost: int) -> Row:
    reasons = unscored(scored) + Counter({LOST: lost})
    prompts = len({one.id for one in scored}) + lost
    return Row(run, category, summarise(scored, HEADLINE), prompts, dict(reasons.most_common()))


def unscored(scored: Sequence[Scored]) -> Counter[str]:
    """The prompts that no epoch gives a count, by the reason of the first."""
    counted = {one.id for one in scored if one.unscored is None}
    first: dict[str, str] = {}
    for one in scored:
        if one.id not in counted:
            first.setdefault(one.id, one.unscored or "unscored")
    return Counter(first.values())


def strategy(run: Run) -> str:
    """What the run's strategy is called on the page."""
    return run.strategy or NOTHING_DRAWN


def settings(run: Run) -> dict[str, float | int]:
    """The sampling settings in force, by the first prompt that has any."""
    return next((one.settings for one in run.scored if one.settings), {})


def when(run: Run) -> str:
    """When the run was made, to the second, as the log says it."""
    return run.created[:19].replace("T", " ")
