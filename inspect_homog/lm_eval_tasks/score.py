"""Judging and scoring of a task's documents, all at once, by the code that Inspect's scorers run."""

import json
import os
from collections.abc import Sequence
from contextlib import AsyncExitStack
from importlib.metadata import version
from math import isnan
from typing import Any, cast

from anyio.to_thread import run_sync
from inspect_ai.model import Model, get_model
from inspect_ai.solver import TaskState
from inspect_ai.util import collect

from ..judging.judge import Judge
from ..judging.llm import LLMJudge
from ..judging.panel import JudgeResult, embedded_judge, judge_responses
from ..judging.request import prompt_hash
from ..sampling.records import ResponseSet
from ..scoring import correctness, functional_diversity, general_diversity, quality
from ..scoring.asked import Asked, asked_in
from ..scoring.outcome import Outcome, decide
from ..taxonomy.extra import DEFINITION

JUDGE = "HOMOG_JUDGE"
"""Environment variable that names the judges: Inspect model names, separated by commas."""

JUDGING = "pairs"
"""How responses are judged here: every pair is asked."""

METRICS = frozenset(
    {
        "unique",
        "diversity",
        "fit",
        "vocabulary",
        "embedding",
        "compression",
        "accuracy",
        "validity",
        "quality",
    }
)
"""Keys of the scorers that are reported, where a category has them; and `unscored` beside them."""

Record = dict[str, Any]
"""What is known of one document after scoring; logged as JSON."""


def judge_names() -> list[str]:
    """The judge models that the user named; none means the embedded judge."""
    return [name for part in os.environ.get(JUDGE, "").split(",") if (name := part.strip())]


def check_judges() -> None:
    """Fail where a judge model cannot be used at all, such as for want of a key; no call is made."""
    for name in judge_names():
        get_model(name, memoize=False)


async def score_all(states: Sequence[TaskState]) -> list[Record]:
    """The records of documents whose response sets are drawn; all are judged at once."""
    async with AsyncExitStack() as stack:
        # A client does not outlive its event loop, and every task has its own.
        models = [await stack.enter_async_context(get_model(name, memoize=False)) for name in judge_names()]
        judges: list[Judge] = [LLMJudge(model) for model in models] or [embedded_judge()]
        return await collect(*[_score(state, judges, models) for state in states])


def drawn_record(state: TaskState) -> Record:
    """What was drawn for a document, before any judging."""
    drawn = state.store_as(ResponseSet)
    return {
        "inspect_homog": version("inspect_homog"),
        "id": state.sample_id,
        **{name: state.metadata[name] for name in ("category", DEFINITION) if name in state.metadata},
        "strategy": drawn.strategy,
        "anchor": drawn.anchor,
        "predicted": drawn.predicted,
        "requested": drawn.requested,
        "calls": drawn.drawn.calls,
        "settings": drawn.drawn.settings,
        "responses": [response.model_dump(mode="json", exclude_none=True) for response in drawn.responses],
        "notes": drawn.notes,
    }


def as_json(record: Record) -> str:
    """The record as JSON text; lm-eval would log anything else as Python's own notation."""
    return json.dumps(record, ensure_ascii=False, allow_nan=False)


def process_results(doc: dict[str, Any], results: Sequence[str]) -> dict[str, float]:
    """A document's metrics from its record. A key that is unscored is left out, so that no mean counts it."""
    values: dict[str, float] = json.loads(results[0])["values"]
    return values


def count(values: Sequence[float]) -> float:
    """How many documents; the aggregation of `unscored`."""
    return float(sum(values))


async def _score(state: TaskState, judges: Sequence[Judge], models: Sequence[Model]) -> Record:
    asked = asked_in(state)
    record = drawn_record(state) | {"judging": JUDGING, "rubric_version": asked.category.version}
    if not asked.responses:
        return record | {"notes": asked.notes, "judges": [], "values": {"unscored": 1.0}}
    judged: list[JudgeResult]
    outcomes: list[Outcome]
    graded: quality.Graded
    judged, outcomes, graded, cosines = cast(
        Any,
        await collect(
            judge_responses(judges, asked.question, asked.responses, JUDGING),
            cast(Any, decide(asked, models)),
            quality.grade(asked, models),
            run_sync(general_diversity.similarity, asked.responses),
        ),
    )
    values = _values(asked, judged, outcomes, graded) | general_diversity.values(asked.responses, cosines)
    reported = {name: value for name, value in values.items() if name in METRICS and not isnan(value)}
    return record | {
        "notes": asked.notes + functional_diversity.remarks(judged, asked, target=""),
        "usable": asked.places,
        "prompt_hash": prompt_hash(asked.category, JUDGING),
        "judges": [result.as_logged() for result in judged],
        "correct": [outcome.correct for outcome in outcomes],
        "checklist": graded.checklist if graded.gradings else None,
        "graders": [grading.model_dump(mode="json") for grading in graded.gradings],
        "values": reported | {"unscored": float("unique" not in reported)},
    }


def _values(
    asked: Asked, judged: Sequence[JudgeResult], outcomes: Sequence[Outcome], graded: quality.Graded
) -> dict[str, float]:
    """The scorers' keys that rest on judges; NaN where one is unscored."""
    classes = [result.classes for result in judged]
    found = functional_diversity.values(judged, len(asked.responses), asked.category)
    if outcomes:
        found |= correctness.values(asked, outcomes, classes)
    if graded.gradings:
        found |= quality.values(graded.gradings, classes)
    return found
