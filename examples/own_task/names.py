"""A task of your own: your prompts and your metric, drawn and judged by inspect_homog."""

from math import nan

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.scorer import Metric, SampleScore, mean, metric, stderr

from inspect_homog import functional_diversity, strategy_first

PROMPTS = {
    "bakery": "Suggest a name for a bakery, and say why in one sentence.",
    "boat": "Suggest a name for a fishing boat, and say why in one sentence.",
}


@metric
def collapsed() -> Metric:
    """Share of prompts whose responses all say the same, 0..1. It reads the key `diversity`."""

    def compute(scores: list[SampleScore]) -> float:
        return sum(score.score.as_float() == 0 for score in scores) / len(scores) if scores else nan

    return compute


@task
def names(num_responses: int = 3) -> Task:
    """How many different names a model has for a thing when it may plan its strategies first.

    Args:
        num_responses: Responses a prompt.
    """
    dataset = MemoryDataset(
        [Sample(id=id, input=text, metadata={"category": "creative_writing"}) for id, text in PROMPTS.items()]
    )
    return Task(
        dataset=dataset,
        solver=strategy_first(num_responses=num_responses),
        scorer=functional_diversity(),
        metrics={"unique": [mean(), stderr()], "diversity": [mean(), stderr(), collapsed()]},
    )
