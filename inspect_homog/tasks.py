"""The tasks: each asks the prompts of one category, or of all, and scores the responses by its rules."""

from collections.abc import Callable
from pathlib import Path

from inspect_ai import Epochs, Task, task
from inspect_ai.log import HeadlineMetric
from inspect_ai.model import GenerateConfig
from inspect_ai.scorer import Scorer

from .arguments import check_arguments, split_texts
from .errors import HomogError
from .judging.judge import Judge
from .judging.panel import AnyJudge, check_judges
from .preflight import load_ahead, preflight, require_model
from .prompts.load import load_prompts
from .prompts.pairs import load_pairs, pair_set_hash
from .provenance import provenance, rubrics
from .recorded.dataset import checked_dataset
from .recorded.solver import recorded
from .sampling.classify import classify
from .sampling.strategies import make_strategy
from .scoring.agreement import judge_verdict
from .scoring.classification import classification
from .scoring.concurrent import together
from .scoring.correctness import KEYS, correctness
from .scoring.functional_diversity import functional_diversity
from .scoring.general_diversity import general_diversity
from .scoring.novelty_bench import novelty_bench
from .scoring.quality import quality
from .taxonomy.taxonomy import open_taxonomy
from .viewer import samples_view

MAX_TOKENS = 1024
"""Most tokens in a completion of the model under test."""

CONFIG = GenerateConfig(temperature=1.0, top_p=0.9, max_tokens=MAX_TOKENS)
"""The paper's settings (section 4); flags such as --temperature win over them."""

SCORERS: dict[str, Callable[..., Scorer]] = {
    "functional_diversity": functional_diversity,
    "quality": quality,
    "correctness": correctness,
    "general_diversity": general_diversity,
    "novelty_bench": novelty_bench,
}
"""Scorers of `score_responses`; those that read other scores come after them."""

ARGS = """
Model Roles:
    grader: The judge, or a comma-separated panel of judges; also grades quality, and correctness where rules
        cannot. Without one the embedded judge decides, and quality is unscored.

Args:
    strategy: How responses are drawn: `temperature`, `system_prompt`, `regenerate`, `strategy_first`,
        `verbalized` or `paraphrase`.
    anchor: Whose wording the strategy uses: `general`, `task` (the category's own), `predicted` (the model
        classifies the prompt first) or a category's name. By default `task` for `strategy_first`, else
        `general`.
    num_responses: Responses a prompt, at least 1.
    prompts: `bundled`; `paper` (344 prompts of the paper's six sources) or one of them: `simpleqa`,
        `math500`, `macgyver`, `novelty_bench`, `community_alignment`, `wildbench`; or the path of a JSONL or
        CSV file with a field `input`.
    prompts_dir: Folder with local copies of the sources, for runs without a network:
        `simple_qa_test_set.csv`, `math500.jsonl`, `problem_solution_pair.xlsx`, `curated.jsonl`,
        `community_alignment.csv`, `wildbench.jsonl` (other names that are looked for: see `load_prompts`).
    labels: JSON file with the categories of the prompts of `wildbench` and `community_alignment`, as
        `homog labels` makes it of the logs of `classify_prompts`.
    judge: `auto` (the role `grader` if bound, else embedded), `embedded`, `grader`, or, in Python, one or
        several judges of your own.
    judging: `pairs` (every pair), `lossless` (only pairs that can still change the count) or `single_call`
        (one call sorts all responses).
    both_orders: Ask each pair in both orders; an answer that depends on the order is an abstention.
    taxonomy: Folder with rubrics of your own: a Markdown file for each further category.
"""
"""Docstring of the tasks that draw: their roles and arguments."""


def diversity_task(name: str, what: str, category: str | None) -> Callable[..., Task]:
    """Register a task over one category, or over all when it is None; `what` completes its docstring."""

    def build(
        strategy: str = "temperature",
        anchor: str | None = None,
        num_responses: int = 5,
        prompts: str = "bundled",
        prompts_dir: str | None = None,
        labels: str | None = None,
        judge: AnyJudge = "auto",
        judging: str = "pairs",
        both_orders: bool = False,
        taxonomy: str | None = None,
    ) -> Task:
        check_arguments(strategy=strategy, anchor=anchor, judging=judging, both_orders=both_orders)
        check_arguments(prompts=prompts, prompts_dir=prompts_dir, labels=labels, taxonomy=taxonomy)
        known = open_taxonomy(taxonomy)
        sampler = make_strategy(strategy, num_responses, anchor, taxonomy)
        dataset = load_prompts(prompts, category, prompts_dir, labels, taxonomy=known)
        require_model()
        scorers = [functional_diversity(judge, judging, both_orders), quality()]
        if category is None or category in KEYS:
            scorers.append(correctness(category))
        return Task(
            dataset=dataset,
            setup=[preflight(judge, judging), load_ahead()],
            solver=sampler,
            scorer=together([*scorers, general_diversity()]),
            config=CONFIG,
            headline_metric=f"functional_diversity.{'unique' if category else 'fit'}",
            version=2,
            metadata={**rubrics(category, known), **provenance(dataset)},
            viewer=samples_view(("functional_diversity", "quality"), num_responses),
        )

    build.__name__ = build.__qualname__ = name
    build.__doc__ = f"Functional diversity of responses to {what}.\n{ARGS}"
    return task(build)


def category_task(name: str, what: str) -> Callable[..., Task]:
    """Register the task of one category."""
    return diversity_task(name, what, name)


well_specified = category_task("well_specified", "questions with one verifiable answer (A)")
underspecified = category_task("underspecified", "questions with many verifiable answers (B)")
random_generation = category_task("random_generation", "requests to pick from a set of options (C)")
math = category_task("math", "problems with one answer and many ways to it (D)")
problem_solving = category_task("problem_solving", "practical problems with many solutions (E)")
encyclopedia = category_task("encyclopedia", "questions about the real world (F)")
creative_writing = category_task("creative_writing", "requests for creative writing (G)")
advice = category_task("advice", "requests for advice or an opinion (H)")
homog = diversity_task("homog", "prompts of all eight categories, each by its own rules", None)


@task
def classify_prompts(
    prompts: str = "bundled",
    prompts_dir: str | None = None,
    labels: str | None = None,
    taxonomy: str | None = None,
) -> Task:
    """How well a model tells the categories of the taxonomy apart (paper section 4, step 1).

    Reports the accuracy, the recall of each category, and how often each was taken for which other.

    Prompts of `wildbench` and `community_alignment` have no category unless `labels` gives one. The answers
    of several models (`--model a,b,c`) are then votes, of which `homog labels` makes the file of labels.

    Args:
        prompts: `bundled` (all eight categories); `paper` or one of its sources; or the path of a JSONL or
            CSV file whose rows have the fields `input` and `category`.
        prompts_dir: Folder with local copies of the sources.
        labels: JSON file with categories for the prompts that have none of their own.
        taxonomy: Folder with rubrics of further categories, which are listed to the model too.
    """
    check_arguments(prompts=prompts, prompts_dir=prompts_dir, labels=labels, taxonomy=taxonomy)
    known = open_taxonomy(taxonomy)
    dataset = load_prompts(prompts, None, prompts_dir, labels, labelled=False, taxonomy=known)
    require_model()
    return Task(
        dataset=dataset,
        setup=preflight(),
        solver=classify(taxonomy),
        scorer=classification(),
        headline_metric="classification",
        version=1,
        metadata={**rubrics(None, known), **provenance(dataset)},
    )


@task
def score_responses(
    file: str,
    category: str | None = None,
    scorers: str | list[str] = "all",
    judge: AnyJudge = "auto",
    judging: str = "pairs",
    both_orders: bool = False,
    taxonomy: str | None = None,
    numbers: str | None = None,
) -> Task:
    """Functional diversity of responses that exist already (--model none).

    Reads NoveltyBench's generations, partitions and scores, lm-eval's samples (repeats), Inspect logs
    (response sets, epochs or several choices), and plain JSONL with `prompt`, `responses` and, if known,
    `id`, `category`, `target`, `accepted`, `pattern`, `options`, `checklist`, `partition`, `scores`.

    Model Roles:
        grader: The judge, or a comma-separated panel of judges; also says the category of prompts that have
            none, and grades quality.

    Args:
        file: A .jsonl, .eval or .json file.
        category: Category of the prompts that name none. By default the graders classify them; without
            graders the general rubric decides.
        scorers: `all`, or some of functional_diversity, quality, correctness, general_diversity and
            novelty_bench, separated by commas.
        judge: `auto` (the role `grader` if bound, else embedded), `embedded`, `grader`, or, in Python, one
            or several judges of your own.
        judging: `pairs`, `lossless` or `single_call`.
        both_orders: Ask each pair in both orders; an answer that depends on the order is an abstention.
        taxonomy: Folder with rubrics of further categories.
        numbers: Only these prompts of the file, such as `10001-20000`: a slice, as --limit makes them.
            `score_responses_in_slices` runs one after the other.
    """
    check_arguments(file=file, category=category, taxonomy=taxonomy, numbers=numbers)
    check_arguments(judging=judging, both_orders=both_orders)
    check_judges(judge)
    chosen = chosen_scorers(scorers)
    known = open_taxonomy(taxonomy)
    name = known.find(category).name if category else None
    dataset, prompts = checked_dataset(Path(file), name, known)
    given = {"functional_diversity": (judge, judging, both_orders)}
    return Task(
        dataset=dataset.only(numbers),
        setup=preflight(judge, judging, target=False),
        solver=recorded(file, taxonomy),
        scorer=together([SCORERS[one](*given.get(one, ())) for one in chosen]),
        # Given responses are the same in every epoch, and the copies to reduce take a fifth of the memory.
        epochs=Epochs(1, []),
        version=1,
        metadata={**rubrics(name, known), **prompts, "prompts_in_set": len(dataset)},
        viewer=samples_view(chosen, trust_content=False),
    )


@task
def judge_agreement(
    pairs: str = "contrast_set",
    judge: str | Judge = "auto",
    both_orders: bool = True,
    taxonomy: str | None = None,
) -> Task:
    """How far a judge agrees with labelled pairs: before its numbers are believed.

    The judge is the model of --model; with judge=embedded, or with a judge of your own, --model none.

    Args:
        pairs: `contrast_set` (bundled: 24 pairs a category, labelled by construction), or the path of a JSONL
            or CSV file with the fields `prompt`, `a`, `b`, `same` and, if known, `category`.
        judge: `auto` (the model under test), `embedded` or, in Python, a judge of your own.
        both_orders: Ask a model for each pair in both orders; an answer that flips is an abstention, and the
            flip rate is reported.
        taxonomy: Folder with rubrics of further categories.
    """
    check_arguments(pairs=pairs, both_orders=both_orders, taxonomy=taxonomy)
    known = open_taxonomy(taxonomy)
    dataset = load_pairs(pairs, known)
    return Task(
        dataset=dataset,
        setup=preflight() if judge == "auto" else [],
        solver=[],
        scorer=judge_verdict(judge, both_orders),
        headline_metric=HeadlineMetric(scorer="judge_verdict", metric="balanced_accuracy"),
        version=1,
        metadata={
            **rubrics(None, known),
            **provenance(dataset),
            "prompt_set_hash": pair_set_hash(dataset),
        },
    )


def chosen_scorers(scorers: str | list[str]) -> list[str]:
    """Names of the scorers that `scorers` of `score_responses` stands for, in the order they run.

    Raises:
        HomogError: When they are neither text nor texts, or one of them is unknown.
    """
    chosen = split_texts("scorers", scorers)
    if chosen == ["all"]:
        return list(SCORERS)
    if unknown := [one for one in chosen if one not in SCORERS]:
        raise HomogError(f"Unknown scorer {unknown[0]!r}. Use all, or some of: {', '.join(SCORERS)}.")
    return [one for one in SCORERS if one in chosen]
