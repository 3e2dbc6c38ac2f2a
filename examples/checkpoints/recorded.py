"""The responses of two models to the same prompts, one task each, so that the logs carry their names."""

from pathlib import Path

from inspect_ai import Task, task

from inspect_homog import score_responses

HERE = Path(__file__).parent


def _recorded(name: str) -> Task:
    return score_responses(file=str(HERE / f"{name}.jsonl"), scorers="functional_diversity")


@task
def base() -> Task:
    """A base model's responses."""
    return _recorded("base")


@task
def post_trained() -> Task:
    """The responses of the model that was made of it."""
    return _recorded("post_trained")
