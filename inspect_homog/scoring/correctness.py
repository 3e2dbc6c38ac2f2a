"""The scorer of correctness, for the categories with answers that can be checked (A to D)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import TYPE_CHECKING, Any

from inspect_ai.scorer import Score, Scorer, Target, scorer
from inspect_ai.solver import TaskState

from ..errors import HomogError
from ..judging.panel import graders
from ..taxonomy.category import load_category
from .again import former
from .asked import Asked, asked_in
from .concurrent import ConcurrentScorer
from .explain import cell, response_table
from .measures import mean_or_nan, share_of_mode, uniformity
from .panel import results_in
from .statistics import BASIC, HEADLINE
from .three_way import VERSION

if TYPE_CHECKING:
    from .outcome import Outcome

KEYS: dict[str, tuple[str, ...]] = {
    "well_specified": ("accuracy", "agreement", "unique_correct"),
    "underspecified": ("validity", "agreement", "unique_correct"),
    "random_generation": ("validity", "agreement", "unique_correct", "uniformity"),
    "math": ("accuracy", "agreement", "unique_correct"),
}
"""Which keys each category has."""

ALL_KEYS = tuple(dict.fromkeys(key for keys in KEYS.values() for key in keys))
"""The keys of all categories, each once."""


@dataclass(frozen=True)
class _Prepared:
    asked: Asked
    outcomes: "list[Outcome]"


@scorer(metrics={key: HEADLINE if key in ("accuracy", "validity") else BASIC for key in ALL_KEYS})
def correctness(category: str | None = None) -> Scorer:
    """Whether the responses are right, beside how much they differ.

    Keys: `accuracy` (A, D) or `validity` (B, C), the share of right responses; `agreement`, the share of the
    commonest answer; `unique_correct`, how many distinct right ones there are: answers in A to C,
    functionally unique solutions in D (by the sample's score of functional diversity); `uniformity` (C), how
    evenly the options are picked: the entropy of the valid picks over what as many fair picks have on
    average.

    Shares are over the responses that could be decided; the others are counted in the score's metadata. Exact
    checks come first, and models bound to the role `grader` are asked only about free text (A, B).

    Args:
        category: Report this category's keys alone. By default all are reported, each unscored for the
            samples of categories that do not have it, since one log may mix categories.

    Raises:
        HomogError: When the category is unknown or its answers cannot be checked.
    """
    if category is not None and load_category(category).name not in KEYS:
        raise HomogError(
            f"Answers to prompts of {category!r} cannot be checked. Use one of: {', '.join(KEYS)}."
        )
    reported = ALL_KEYS if category is None else KEYS[load_category(category).name]

    async def prepare(state: TaskState, target: Target) -> _Prepared:
        from .outcome import decide  # its patterns and word lists are not needed to register the scorer

        asked = asked_in(state)
        return _Prepared(asked, await decide(asked, graders()))

    def conclude(state: TaskState, prepared: _Prepared) -> Score:
        asked, outcomes = prepared.asked, prepared.outcomes
        if not asked.responses:
            return Score.unscored(reason="no_response", explanation="; ".join(asked.notes))
        if not outcomes:
            reason = f"The sample does not say what a right answer to a prompt of {asked.category.name} is."
            return Score.unscored(reason="scoring_failed", explanation=reason)
        value = values(asked, outcomes, [result.classes for result in results_in(state)])
        right = value.get("accuracy", value.get("validity", nan))
        return Score(
            value={key: value.get(key, nan) for key in reported},
            reason="scoring_failed" if isnan(right) else None,
            explanation=_explanation(asked, outcomes),
            metadata=_metadata(asked.responses, outcomes) | former("correctness"),
        )

    return ConcurrentScorer(prepare, conclude)


def _metadata(responses: Sequence[str], outcomes: "Sequence[Outcome]") -> dict[str, Any]:
    """How each response was decided; a text that occurs twice was asked about once."""
    calls = [outcome.calls for outcome in outcomes]
    return {
        "correct": [outcome.correct for outcome in outcomes],
        "how": [outcome.how for outcome in outcomes],
        "decided_by": dict(Counter(outcome.how for outcome in outcomes)),
        "undecided": sum(outcome.correct is None for outcome in outcomes),
        "graders": [str(model) for model in graders()],
        "grader_calls": sum(dict(zip(responses, calls, strict=True)).values()),
        "grading_version": VERSION,
    }


def values(
    asked: Asked, outcomes: "Sequence[Outcome]", classes: Sequence[list[int] | None]
) -> dict[str, float]:
    """The category's keys from the outcomes and each judge's classes; NaN where a key is unscored."""
    name = asked.category.name
    right = [i for i, outcome in enumerate(outcomes) if outcome.correct is not None and outcome.correct > 0.5]
    if name == "math":
        found = [len({labels[i] for i in right}) for labels in classes if labels is not None]
        distinct = mean_or_nan(found)
    else:
        distinct = float(len({outcomes[i].answer for i in right}))
    share = mean_or_nan(outcome.correct for outcome in outcomes)
    value = {
        "accuracy" if "accuracy" in KEYS[name] else "validity": share,
        "agreement": share_of_mode([o.answer for o in outcomes if o.answer is not None]),
        "unique_correct": nan if isnan(share) else distinct,
    }
    if name == "random_generation":
        value["uniformity"] = uniformity([outcomes[i].answer for i in right], len(asked.known["options"]))
    return value


def _explanation(asked: Asked, outcomes: "Sequence[Outcome]") -> str:
    """Markdown: a row a response."""
    rows = [["?" if o.correct is None else f"{o.correct:g}", cell(o.how)] for o in outcomes]
    return "\n".join(response_table(["right", "by"], rows, asked.responses))
