"""The scorer of functional diversity: how many functionally unique responses there are."""

from collections.abc import Sequence
from importlib.metadata import version
from logging import getLogger
from math import isnan, nan
from typing import Any, Protocol

from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import TaskState
from inspect_ai.util import warn_once

from ..judging.panel import (
    AnyJudge,
    JudgeResult,
    check_judges,
    check_judging,
    judge_responses,
    resolve_judges,
)
from ..judging.request import prompt_hash
from ..languages import beyond_english
from ..sampling.records import ResponseSet
from ..taxonomy.category import Category
from .again import former
from .asked import Asked, asked_in
from .concurrent import ConcurrentScorer
from .explain import explanation
from .measures import diversity, fit, mean_or_nan
from .panel import panel
from .statistics import BASIC, HEADLINE

logger = getLogger(__name__)


@scorer(
    metrics={
        **dict.fromkeys(("unique", "diversity", "fit"), HEADLINE),
        "pairwise": BASIC,
        # `panel` must see the samples that judges left unscored too, and this key is there for all.
        "obtained": [*BASIC, panel()],
    }
)
def functional_diversity(
    judge: AnyJudge = "auto", judging: str = "pairs", both_orders: bool = False
) -> Scorer:
    """Count the functionally unique responses among those drawn (paper section 2).

    Keys: `unique` (1..n, mean of the judges' counts), `diversity` = (unique - 1) / (n - 1), `fit` (diversity,
    or 1 - diversity where homogenization is wanted), `pairwise` (share of decided pairs that differ, mean of
    the judges'), `obtained` (responses that could be compared). n counts the responses obtained. A key that
    abstentions leave open is unscored, and so is a sample without a usable response.

    Args:
        judge: `auto` (the models bound to the role `grader`, else the embedded judge), `embedded`, `grader`,
            or a judge (or several) of your own.
        judging: `pairs`, `lossless` (the same counts with fewer calls; `pairwise` is unscored, as unasked
            pairs would bias it) or `single_call`.
        both_orders: Ask models for each pair in both orders; an answer that flips is an abstention.

    Raises:
        HomogError: When `judge` or `judging` is unknown, or `both_orders` goes with `single_call`.
    """
    check_judges(judge)
    check_judging(judging, both_orders)
    package = version("inspect_homog")

    async def prepare(state: TaskState, target: Target) -> tuple[Asked, list[JudgeResult]]:
        asked = asked_in(state)
        if not asked.responses:
            return asked, []
        judges = resolve_judges(judge, both_orders)
        return asked, await judge_responses(judges, asked.question, asked.responses, judging)

    def conclude(state: TaskState, prepared: tuple[Asked, list[JudgeResult]]) -> Score:
        asked, results = prepared
        if not asked.responses:
            reason = "no_response" if state.store_as(ResponseSet).strategy else "scoring_failed"
            return Score.unscored(reason=reason, explanation="; ".join(asked.notes))
        provenance = {"inspect_homog": package, **former("functional_diversity")}
        return _score(asked, results, str(state.model), judging, provenance)

    return ConcurrentScorer(prepare, conclude)


def _score(
    asked: Asked, results: list[JudgeResult], model: str, judging: str, provenance: dict[str, Any]
) -> Score:
    """The score of a sample that `model` answered, with `provenance` in its metadata."""
    category = asked.category
    notes = asked.notes + remarks(results, asked, model)
    value = values(results, len(asked.responses), category)
    # Given only where there is one: a score with fewer fields set is smaller, and Inspect keeps them all.
    failed = {"reason": "grader_failed"} if isnan(value["unique"]) else {}
    return Score(
        value=value,
        answer=asked.responses[0],
        explanation=explanation(asked.responses, results, notes),
        metadata={
            "category": category.name,
            "requested": asked.requested,
            "judging": judging,
            "rubric_version": category.version,
            "prompt_hash": prompt_hash(category, judging),
            "judges": [result.as_logged() for result in results],
            "self_judging": any(result.judge == model for result in results),
            "notes": notes,
            **provenance,
        },
        **failed,
    )


class Counted(Protocol):
    """What one judge counted."""

    @property
    def unique(self) -> int | None:
        """Number of classes, or None: open."""
        ...

    @property
    def pairwise(self) -> float | None:
        """Share of the decided pairs that differ, or None: not every pair was asked."""
        ...


def values(results: Sequence[Counted], n: int, category: Category) -> dict[str, float]:
    """The score's keys from what the judges made of n responses; NaN where a key is unscored."""
    unique = mean_or_nan(result.unique for result in results)
    spread = nan if isnan(unique) else diversity(unique, n)
    return {
        "unique": unique,
        "diversity": spread,
        "fit": fit(spread, category.homogenization),
        "pairwise": mean_or_nan(result.pairwise for result in results),
        "obtained": n,
    }


def remarks(results: Sequence[JudgeResult], asked: Asked, target: str) -> list[str]:
    """What a reader must know of the judges before believing the numbers."""
    remarks = []
    for result in results:
        if result.unique is None:
            remarks.append(f"{result.judge}: no count, {result.abstained} abstentions leave it open")
        if result.judge == target:
            remarks.append(f"{result.judge} judges its own responses")
            warn_once(logger, f"{result.judge} is both the model under test and a judge.")
        if caution := result.details.get("caution"):
            remarks.append(f"{result.judge}: {caution}")
            remarks += beyond_english(
                f"the judge {result.judge}",
                [asked.question.prompt, *asked.responses],
                "Name a model that knows the language: --model-role grader=MODEL.",
            )
    return remarks
