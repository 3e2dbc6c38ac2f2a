"""The scorer of quality: each response graded 1 to 5 by its prompt's checklist (paper section 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Protocol

from inspect_ai.model import Model
from inspect_ai.scorer import Metric, SampleScore, Score, Scorer, Target, metric, scorer
from inspect_ai.solver import TaskState
from inspect_ai.util import span

from ..at_once import at_once
from ..judging.ask import ask, unread
from ..judging.judge import Question
from ..judging.panel import graders
from ..record import Record
from .again import former, latest
from .asked import Asked, asked_in
from .checklist import (
    FACTORS_SCHEMA,
    GRADE_SCHEMA,
    ONCE,
    VERSION,
    Grade,
    grade_request,
    read_checklist,
    read_grade,
    write_request,
)
from .concurrent import ConcurrentScorer
from .explain import cell, response_table
from .measures import mean_or_nan
from .panel import diversity_in, results_in
from .statistics import BASIC, HEADLINE, diversity_slope

NO_GRADER = "No grader is bound: add --model-role grader=provider/name to have quality graded."
"""Why quality is unscored without a grader."""


class Grading(Record):
    """What one grader made of the responses."""

    grader: str
    """The grader's name."""

    grades: list[int | None]
    """1 to 5 for each usable response, or None: the grader abstained."""

    reasons: list[str]
    """The grader's line on each response, or why it abstained."""

    calls: int
    """Model calls made; identical texts are graded once."""


@dataclass(frozen=True)
class Graded:
    """The outcome of grading one response set."""

    asked: Asked
    """The prompt and its usable responses."""

    checklist: list[str] | None
    """The factors graded by, or None when there are none."""

    source: str
    """`prompt` when the checklist came with it, else the grader that wrote it."""

    gradings: list[Grading]
    """One for each grader."""

    problem: str | None = None
    """Why nothing was graded, or None."""


@metric(scores="unreduced")
def grading() -> Metric:
    """Over the samples with a grade: `calls`, and `abstention_rate`, the share of grades not obtained."""

    def compute(scores: list[SampleScore]) -> dict[str, float]:
        gradings = [g for score in scores for g in (score.score.metadata or {}).get("graders", [])]
        grades = [grade for g in gradings for grade in g["grades"]]
        if not grades:
            return {}
        return {
            "calls": float(sum(g["calls"] for g in gradings)),
            "abstention_rate": sum(grade is None for grade in grades) / len(grades),
        }

    return compute


@scorer(
    metrics={
        "quality": [*HEADLINE, diversity_slope(), grading()],
        "best": BASIC,
        "worst": BASIC,
        "distinct_quality": BASIC,
    }
)
def quality() -> Scorer:
    """Grade every response by the prompt's checklist, with each model bound to the role `grader`.

    Keys, all 1..5: `quality` (mean over responses), `best`, `worst`, and `distinct_quality` (mean over the
    first response of each functional class, by the sample's score of functional diversity). A response's
    grade is the mean of the graders'. The checklist is the sample's metadata `checklist`, or the first grader
    writes one from the prompt alone, which Inspect's cache keeps. Unscored without a grader; a grade that
    could not be read is left out and counted.
    """

    async def prepare(state: TaskState, target: Target) -> Graded:
        return await grade(asked_in(state), graders())

    def conclude(state: TaskState, graded: Graded) -> Score:
        metadata = {
            **diversity_in(state),
            "checklist": graded.checklist,
            "checklist_source": graded.source,
            "checklist_version": VERSION,
            "graders": [g.model_dump(mode="json") for g in graded.gradings],
            **former("quality"),
            "self_grading": any(g.grader == str(state.model) for g in graded.gradings),
        }
        if graded.problem:
            reason = "no_response" if not graded.asked.responses else "grader_failed"
            return Score.unscored(reason=reason, explanation=graded.problem, metadata=metadata)
        value = values(graded.gradings, [result.classes for result in results_in(state)])
        return Score(
            value=value,
            explanation=_explanation(graded),
            reason="grader_failed" if isnan(value["quality"]) else None,
            metadata=metadata,
        )

    return ConcurrentScorer(prepare, conclude)


async def grade(asked: Asked, models: Sequence[Model]) -> Graded:
    """Grade the responses to one prompt with every model, all at once.

    Takes one round of calls, or two when the checklist has to be written first.
    """
    checklist, source, problem = asked.checklist, "prompt", None
    if not models:
        problem = NO_GRADER
    elif not asked.responses:
        problem = "; ".join(["No usable response.", *asked.notes])
    elif checklist is None:
        source = str(models[0])
        checklist, problem = await _write(asked.question, models[0])
    if problem or checklist is None:
        return Graded(asked, checklist, source, [], problem)
    return Graded(
        asked, checklist, source, await at_once(*[_grade_all(asked, checklist, model) for model in models])
    )


class HasGrades(Protocol):
    """What one grader gave."""

    @property
    def grades(self) -> list[int | None]:
        """1 to 5 for each usable response, or None: the grader abstained."""
        ...


def values(gradings: Sequence[HasGrades], classes: Sequence[list[int] | None]) -> dict[str, float]:
    """The score's keys from the grades and from each judge's classes; NaN where a key is unscored."""
    each = means_of(gradings)
    known = [value for value in each if not isnan(value)]
    return {
        "quality": mean_or_nan(known),
        "best": max(known, default=nan),
        "worst": min(known, default=nan),
        "distinct_quality": mean_or_nan(
            _of_classes(each, labels) for labels in classes if labels is not None
        ),
    }


def means_of(gradings: Sequence[HasGrades]) -> list[float]:
    """Each response's grade, 1..5: the mean of the graders that gave one, or NaN."""
    return [mean_or_nan(grades) for grades in zip(*(g.grades for g in gradings), strict=True)]


def grades_in(state: TaskState) -> list[float]:
    """Each usable response's grade by the sample's latest score of quality; empty without one."""
    score = latest(state.scores, "quality")
    gradings = (score.metadata or {}).get("graders", []) if score else []
    return means_of([Grading.model_validate(grading) for grading in gradings])


def _of_classes(each: Sequence[float], labels: Sequence[int]) -> float | None:
    """Mean grade of each class's first response; None when one of them has no grade."""
    firsts = [each[labels.index(label)] for label in dict.fromkeys(labels)]
    return None if any(map(isnan, firsts)) else mean_or_nan(firsts)


async def _write(question: Question, model: Model) -> tuple[list[str] | None, str | None]:
    output = await ask(model, write_request(question), FACTORS_SCHEMA, ONCE)
    if isinstance(output, str):
        return None, f"No checklist: {output}"
    checklist = read_checklist(output.completion)
    return checklist, None if checklist else f"No checklist: {unread(output)}"


async def _grade_all(asked: Asked, checklist: list[str], model: Model) -> Grading:
    distinct = list(dict.fromkeys(asked.responses))
    async with span(str(model), type="grader"):
        found = await at_once(
            *[_grade_one(asked.question.prompt, checklist, text, model) for text in distinct]
        )
    of: dict[str, Grade | str] = dict(zip(distinct, found, strict=True))
    each = [of[text] for text in asked.responses]
    return Grading(
        grader=str(model),
        grades=[None if isinstance(one, str) else one.grade for one in each],
        reasons=[one if isinstance(one, str) else one.reason for one in each],
        calls=len(distinct),
    )


async def _grade_one(prompt: str, checklist: list[str], response: str, model: Model) -> Grade | str:
    output = await ask(model, grade_request(prompt, checklist, response), GRADE_SCHEMA)
    if isinstance(output, str):
        return output
    return read_grade(output.completion) or unread(output)


def _explanation(graded: Graded) -> str:
    """Markdown: the checklist, then each response with its grades and reasons."""
    lines = ["**Checklist**", ""]
    lines += [f"{i}. {cell(factor)}" for i, factor in enumerate(graded.checklist or [], start=1)]
    head = [cell(g.grader) for g in graded.gradings]
    rows = [
        [f"{g.grades[i] or '?'}: {cell(g.reasons[i])}" for g in graded.gradings]
        for i in range(len(graded.asked.responses))
    ]
    return "\n".join([*lines, "", *response_table(head, rows, graded.asked.responses)])
