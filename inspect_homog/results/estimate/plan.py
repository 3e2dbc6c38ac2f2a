"""The run to estimate, checked as its task would check it."""

from collections.abc import Sequence
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from typing import Any

from inspect_ai.dataset import Sample

from ... import tasks
from ...arguments import check_arguments, numbered, with_defaults
from ...errors import HomogError
from ...judging.panel import check_can_judge, check_judges, check_judging, resolve_judges
from ...prompts.load import load_prompts
from ...recorded.dataset import checked_dataset
from ...recorded.source import Source
from ...sampling.anchor import Choice, check_anchor
from ...sampling.strategies import STRATEGIES, make_strategy
from ...taxonomy.category import built_in_categories
from ...taxonomy.taxonomy import Taxonomy, open_taxonomy
from .options import Options, arguments, graders, names

RECORDED = "score_responses"
"""The task that draws nothing."""

NAMES = (*built_in_categories(), "homog", RECORDED)
"""Tasks that can be estimated."""

ASKING = ("functional_diversity", "quality", "correctness")
"""Scorers of the tasks that draw, as far as they ask models; `correctness` asks in some categories alone."""


@dataclass(frozen=True)
class Drawing:
    """How responses are drawn."""

    strategy: str
    """Name of the sampling strategy."""

    choice: Choice
    """Whose wording it uses."""

    num_responses: int
    """Responses a prompt."""


@dataclass(frozen=True)
class Judging:
    """How responses are judged."""

    way: str
    """`pairs`, `lossless` or `single_call`."""

    both_orders: bool
    """Whether each pair is asked in both orders."""

    by_models: bool
    """Whether graders judge; otherwise the embedded judge does."""

    unique: float | None
    """Expected functionally unique responses a prompt, or None: as measured."""


@dataclass(frozen=True)
class Plan:
    """A run as the user asked for it."""

    task: str
    """The task's name."""

    samples: Sequence[Sample]
    """The prompts that will be asked."""

    responses: Drawing | Source
    """How responses are drawn, or where they are recorded."""

    scorers: Sequence[str]
    """Names of the scorers."""

    judging: Judging
    """How responses are judged."""

    models: Sequence[str]
    """Models under test, none for recorded responses; Inspect runs the task once for each."""

    graders: Sequence[str]
    """Models bound to the role `grader`."""

    epochs: int
    """How often each prompt is asked."""

    taxonomy: Taxonomy
    """The categories there are."""

    @property
    def runs(self) -> int:
        """How often each prompt is scored."""
        return self.epochs * max(1, len(self.models))


def make_plan(options: Options) -> Plan:
    """The plan of a run.

    Raises:
        HomogError: When something is unknown, missing or does not go together.
    """
    task = options.task.removeprefix("inspect_homog/")
    if task not in NAMES:
        raise HomogError(f"Cannot estimate {options.task!r}. Use one of: {', '.join(NAMES)}.")
    given = with_defaults(task, getattr(tasks, task), arguments(options.args))
    judges = graders(options.roles)
    check_arguments(**given)
    check_judges(given["judge"])
    judging = Judging(
        way=check_judging(given["judging"], given["both_orders"]),
        both_orders=given["both_orders"],
        by_models=_by_models(given["judge"], given["judging"], judges),
        unique=options.unique,
    )
    known = open_taxonomy(given["taxonomy"])
    samples, responses, scorers = (_recorded if task == RECORDED else _drawn)(task, given, known)
    models = () if task == RECORDED else names(options.models or "")
    if task != RECORDED and not models:
        raise HomogError("No model to estimate for. Add --model provider/name.")
    kept = samples[numbered("--limit", options.limit)]
    if not len(kept):
        raise HomogError(f"--limit {options.limit}: leaves none of the {len(samples)} prompts.")
    return Plan(task, kept, responses, scorers, judging, models, judges, options.epochs, known)


_Run = tuple[Sequence[Sample], Drawing | Source, Sequence[str]]


def _drawn(task: str, given: dict[str, Any], taxonomy: Taxonomy) -> _Run:
    """Prompts, drawing and scorers of a task that draws."""
    strategy, anchor, n = given["strategy"], given["anchor"], given["num_responses"]
    make_strategy(strategy, n, anchor, given["taxonomy"])
    category = None if task == "homog" else task
    dataset = load_prompts(
        given["prompts"], category, given["prompts_dir"], given["labels"], taxonomy=taxonomy
    )
    default = signature(STRATEGIES[strategy]).parameters["anchor"].default
    return dataset, Drawing(strategy, check_anchor(anchor or default, taxonomy), n), ASKING


def _recorded(task: str, given: dict[str, Any], taxonomy: Taxonomy) -> _Run:
    """Prompts, responses and scorers of the task that scores recorded responses."""
    path = Path(given["file"])
    category = taxonomy.find(given["category"]).name if given["category"] else None
    dataset, _ = checked_dataset(path, category, taxonomy)
    return dataset.only(given["numbers"]), dataset.source, tasks.chosen_scorers(given["scorers"])


def _by_models(judge: str, judging: str, graders: Sequence[str]) -> bool:
    """Whether the graders judge; outside of an evaluation no role is bound, so the embedded judge is left."""
    if judge != "embedded" and graders:
        return True
    check_can_judge(resolve_judges(judge), judging)
    return False
