"""Log-level statistics: errors clustered by prompt, groups by category, relations to functional diversity."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import wraps
from math import isnan
from typing import Any, cast

from inspect_ai.scorer import (
    Metric,
    MetricProtocol,
    SampleScore,
    Value,
    ci,
    grouped,
    mean,
    metric,
    stderr,
)

from .measures import mean_or_nan
from .panel import diversity_of

PROMPT = "prompt_id"
"""Sample metadata that names the prompt where several samples are variants of one; else the sample's id."""

FEWEST = 10
"""Prompts below which no relation between two figures is reported."""


def by_prompt(make: Callable[..., Metric]) -> Metric:
    """Inspect's `stderr` or `ci`, clustered by prompt, under its own name.

    Variants of one prompt are not independent, so treating them as such would make the error too small.
    With one sample a prompt it is the plain figure. An interval is left out for fewer than two prompts, for
    which Inspect gives one of no width.
    """
    plain = cast(MetricProtocol, make())
    clustered = cast(MetricProtocol, make(cluster=PROMPT))

    @wraps(plain)
    def compute(scores: list[SampleScore]) -> Value:
        prompts = len({_prompt(score) for score in scores})
        # Without variants no score has to be copied, of which there may be a great many.
        single = prompts == len(scores)
        value = plain(scores) if single else clustered([_with_prompt(score) for score in scores])
        return cast(Value, {}) if prompts < 2 and isinstance(value, Mapping) else value

    return cast(Metric, compute)


def by_category() -> Metric:
    """Inspect's `grouped` mean of each category, where a log holds several."""
    means = grouped(mean(), "category", all=False)

    @wraps(means)
    def compute(scores: list[SampleScore]) -> Value:
        categories = {(score.sample_metadata or {}).get("category") for score in scores}
        several = len(categories) > 1 and None not in categories
        return cast(MetricProtocol, means)(scores) if several else cast(Value, {})

    return cast(Metric, compute)


BASIC: list[Metric] = [mean(), by_prompt(stderr)]
"""Metrics of every key."""

HEADLINE: list[Metric] = [*BASIC, by_prompt(ci), by_category()]
"""Metrics of the keys that models are compared by: also a 95% interval, and means by category."""


@metric(scores="unreduced")
def diversity_correlation() -> Metric:
    """Spearman's correlation with functional diversity over prompts, -1..1, and the number of `prompts`.

    The paper's question whether a task-agnostic figure tracks functional diversity (section 3). No
    correlation for fewer than ten prompts, or when either figure is the same for all of them.
    """

    def compute(scores: list[SampleScore]) -> dict[str, float]:
        from scipy.stats import spearmanr

        x, y = _with_diversity(scores)
        if len(x) < FEWEST or len(set(x)) == 1 or len(set(y)) == 1:
            return {"prompts": float(len(x))}
        return {"spearman": float(spearmanr(x, y).statistic), "prompts": float(len(x))}

    return compute


@metric(scores="unreduced")
def diversity_slope() -> Metric:
    """Change of the figure from no functional diversity to full: least squares over prompts.

    The `slope` with its 95% interval (`low`, `high`) and the number of `prompts`: how much quality goes with
    diversity. No slope for fewer than ten prompts, or when the diversity is the same for all of them.
    """

    def compute(scores: list[SampleScore]) -> dict[str, float]:
        from scipy.stats import linregress, t

        x, y = _with_diversity(scores)
        if len(x) < FEWEST or len(set(x)) == 1:
            return {"prompts": float(len(x))}
        line = linregress(x, y)
        half = float(t.ppf(0.975, len(x) - 2) * line.stderr) if len(set(y)) > 1 else 0.0
        slope = float(line.slope)
        return {"slope": slope, "low": slope - half, "high": slope + half, "prompts": float(len(x))}

    return compute


def _with_diversity(scores: list[SampleScore]) -> tuple[list[float], list[float]]:
    """For each prompt with both figures, its mean functional diversity and its mean score."""
    rows: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for score in scores:
        diversity = diversity_of(score.score)
        if not isnan(diversity):
            rows[_prompt(score)].append((diversity, score.score.as_float()))
    return (
        [mean_or_nan(x for x, _ in row) for row in rows.values()],
        [mean_or_nan(y for _, y in row) for row in rows.values()],
    )


def prompt_of(metadata: Mapping[str, Any] | None, id: str | int | None) -> str:
    """The prompt that a sample with this metadata and this id asks: 1 and "1" are one."""
    named = (metadata or {}).get(PROMPT)
    return str(id if named is None else named)


def _with_prompt(score: SampleScore) -> SampleScore:
    known = {**(score.sample_metadata or {}), PROMPT: _prompt(score)}
    return score.model_copy(update={"sample_metadata": known})


def _prompt(score: SampleScore) -> str:
    return prompt_of(score.sample_metadata, score.sample_id)
