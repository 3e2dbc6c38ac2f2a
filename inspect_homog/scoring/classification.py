"""How often the predicted category is the prompt's own, and which are taken for which."""

from collections import Counter

from inspect_ai.scorer import (
    CORRECT,
    INCORRECT,
    Metric,
    SampleScore,
    Score,
    Scorer,
    Target,
    accuracy,
    grouped,
    metric,
    scorer,
    stderr,
)
from inspect_ai.solver import TaskState

from ..sampling.records import ResponseSet

UNREAD = "unreadable"
"""Stands for an answer that names no category; it counts as wrong, for sampling falls back on it too."""


@metric(scores="unreduced")
def confusion() -> Metric:
    """Counts of samples by "category as prediction", for the combinations that occur."""

    def compute(scores: list[SampleScore]) -> dict[str, float]:
        cells = Counter(
            f"{(score.sample_metadata or {}).get('category')} as {score.score.answer}" for score in scores
        )
        return {cell: float(number) for cell, number in sorted(cells.items())}

    return compute


@scorer(metrics=[accuracy(), stderr(), grouped(accuracy(), "category", all=False), confusion()])
def classification() -> Scorer:
    """Correct when `ResponseSet.predicted` is the sample's category; a group's accuracy is its recall.

    A sample without a category is unscored; the answer is a vote, which stays in its `ResponseSet`.
    """

    async def score(state: TaskState, target: Target) -> Score:
        predicted = state.store_as(ResponseSet).predicted
        category = state.metadata["category"]
        if category is None:
            return Score.unscored(
                reason="scoring_failed",
                answer=predicted or UNREAD,
                explanation="The prompt has no category to compare with: the answer is a vote.",
            )
        return Score(
            value=CORRECT if predicted == category else INCORRECT,
            answer=predicted or UNREAD,
            reason=None if predicted else "invalid_response_format",
            explanation=state.output.completion,
            metadata={"category": category, "predicted": predicted or UNREAD},
        )

    return score
