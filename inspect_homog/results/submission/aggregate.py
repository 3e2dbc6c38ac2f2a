"""The aggregate file of a run: every figure of every category, with what it rests on."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ..run import Run, Scored, scored_set_hash
from ..summary import Figure, by_category, summarise
from .datasets import hub_id, on_hub
from .identity import folder_of, model_id, uuid_of
from .judges import UNKNOWN, grader_names, judge_details, llm_scoring
from .metrics import METRICS, applies, metric_config
from .options import Options
from .records import (
    Aggregate,
    ConfidenceInterval,
    Detailed,
    EvalLibrary,
    FigureDetails,
    GenerationArgs,
    GenerationConfig,
    ModelInfo,
    Result,
    RunDetails,
    ScoreDetails,
    SetDetails,
    SourceData,
    SourceMetadata,
    StandardError,
    Uncertainty,
)
from .rows import Place, group_name, result_id
from .strict import epoch_seconds
from .strict_json import dumps

COLLECTION = "inspect_homog"
"""Folder of the records below `data/`."""

CLUSTERED = "clustered by prompt"
"""How errors and intervals are computed."""


class Naming(Place):
    """The names of a submission."""

    uuid: str
    """What its files are called."""

    folder: str
    """Where they stand, from the submission's root."""

    @property
    def record(self) -> str:
        """The aggregate file, from the submission's root."""
        return f"{self.folder}/{self.uuid}.json"

    @property
    def rows(self) -> str:
        """The file of rows, from the submission's root."""
        return f"{self.folder}/{self.uuid}_samples.jsonl"


def naming(run: Run, options: Options) -> Naming:
    """The names of a run's submission: the same for the same run."""
    model = options.model_id or model_id(run.model, run.backend)
    return names_of(run.framework, run.created, _run_details(run), model)


def names_of(framework: str, created: str, known: RunDetails, model: str, uuid: str | None = None) -> Naming:
    """The same from what an aggregate says of its run; `uuid` stands in for the one that follows from it."""
    uuid = uuid or uuid_of(framework, known.run_id, known.task, model, known.strategy, known.judges, created)
    return Naming(
        evaluation_id=f"{COLLECTION}/{known.task}/{model}/{epoch_seconds(created)}-{uuid[:8]}",
        model_id=model,
        task=known.task,
        uuid=uuid,
        folder=f"data/{COLLECTION}/{folder_of(model)}",
    )


def aggregate_of(run: Run, options: Options, names: Naming, checksum: str) -> Aggregate:
    """The aggregate of a run whose figures are computed again.

    Args:
        run: With the rows that `figures.recomputed` gives.
        options: What the user says of it.
        names: The submission's names.
        checksum: SHA-256 of the file of rows.
    """
    dataset = hub_id(run.dataset, run.task, options.dataset_id)
    return Aggregate(
        evaluation_id=names.evaluation_id,
        evaluation_timestamp=run.created,
        retrieved_timestamp=str(epoch_seconds(run.created)),
        source_metadata=SourceMetadata(
            source_organization_name=options.organization,
            evaluator_relationship=options.relationship,
            additional_details=_set_details(run, dataset),
        ),
        eval_library=EvalLibrary(
            name=run.framework, version=run.framework_version, additional_details=_run_details(run)
        ),
        model_info=ModelInfo(name=run.model, id=names.model_id, additional_details=dict(UNKNOWN)),
        evaluation_results=[
            result for name, group in _groups(run).items() for result in _results(run, dataset, name, group)
        ],
        detailed_evaluation_results=Detailed(
            file_path=names.rows, checksum=checksum, total_rows=len(run.scored)
        ),
    )


def unscored_prompts(run: Run) -> int:
    """Prompts without a count of unique responses, those without any outcome included."""
    counted = {one.id for one in run.scored if "unique" in one.figures}
    return len(set(run.planned) - counted)


def _groups(run: Run) -> dict[str, list[Scored]]:
    """The prompts of each group of results by its name: all of them, where there are several categories."""
    categories = by_category(run.scored)
    whole = {group_name(run.task, None): run.scored} if len(categories) > 1 else {}
    return whole | {
        group_name(run.task, category): group
        for category, group in categories.items()
        if category is not None or len(categories) == 1
    }


def _results(run: Run, dataset: str, name: str, group: Sequence[Scored]) -> list[Result]:
    found: dict[str, Figure] = {}
    for key in METRICS:
        found |= summarise([one for one in group if applies(key, one.category)], {key})
    source, generation = _source(run, dataset, group), _generation(group)
    reasons = dict(sorted(Counter(one.unscored for one in group if one.unscored is not None).items()))
    return [
        Result(
            evaluation_result_id=result_id(name, key),
            evaluation_name=name,
            source_data=source,
            evaluation_timestamp=run.created,
            metric_config=metric_config(key, run.num_responses).model_copy(
                update={"llm_scoring": llm_scoring(key, group)}
            ),
            score_details=_score(figure, reasons),
            generation_config=generation,
        )
        for key, figure in found.items()
    ]


def _score(figure: Figure, reasons: Mapping[str, int]) -> ScoreDetails:
    error = interval = None
    if figure.stderr is not None:
        error = StandardError(value=figure.stderr, method=CLUSTERED)
    if figure.ci_lower is not None and figure.ci_upper is not None:
        interval = ConfidenceInterval(
            lower=figure.ci_lower, upper=figure.ci_upper, confidence_level=0.95, method=CLUSTERED
        )
    return ScoreDetails(
        score=figure.mean,
        uncertainty=Uncertainty(
            standard_error=error, confidence_interval=interval, num_samples=figure.prompts
        ),
        details=FigureDetails(
            prompts=figure.prompts, unscored=figure.unscored, unscored_reasons=dict(reasons)
        ),
    )


def _source(run: Run, dataset: str, group: Sequence[Scored]) -> SourceData:
    return SourceData(
        dataset_name=run.dataset,
        source_type="hf_dataset" if on_hub(dataset) else "other",
        hf_repo=dataset if on_hub(dataset) else None,
        additional_details={
            "prompts": str(len({one.id for one in group})),
            "prompt_set_hash": scored_set_hash(group),
        },
    )


def _generation(group: Sequence[Scored]) -> GenerationConfig:
    """The settings that all prompts share; those that vary are named."""
    drawn = [one.settings for one in group if one.responses]
    names = dict.fromkeys(name for settings in drawn for name in settings)
    shared = {
        name: drawn[0][name]
        for name in names
        if all(settings.get(name) == drawn[0].get(name) for settings in drawn)
    }
    most = shared.get("max_tokens", shared.get("max_gen_toks"))
    varying = [name for name in names if name not in shared]
    args = {name: shared[name] for name in ("temperature", "top_p", "top_k") if name in shared}
    return GenerationConfig(
        generation_args=GenerationArgs(max_tokens=None if most is None else int(most), **args),
        additional_details={"settings": dumps(shared)} | ({"varying": dumps(varying)} if varying else {}),
    )


def _set_details(run: Run, dataset: str) -> SetDetails:
    asked, total = len({one.id for one in run.scored}), run.prompts_in_set
    return SetDetails(
        dataset=run.dataset,
        hf_dataset_id=dataset,
        prompts_planned=run.planned,
        prompts_lost=run.lost,
        prompts_in_set=total,
        partial=f"{asked} of {total}" if total is not None and asked < total else None,
        prompt_set_hash=run.prompt_set_hash,
        rows=len(run.scored),
        unscored=unscored_prompts(run),
    )


def _run_details(run: Run) -> RunDetails:
    judged = [one for one in run.scored if one.prompt_hash is not None]
    return RunDetails(
        inspect_homog=run.package_version,
        run_id=run.id,
        task=run.task,
        backend=run.backend,
        strategy=run.strategy,
        num_responses=run.num_responses,
        epochs=max(one.epoch for one in run.scored),
        judging=next((one.judging for one in judged), None),
        judges=run.judges,
        judge_details=judge_details(run.scored),
        graders=grader_names(run.scored),
        rubric_versions={one.category or "general": one.rubric_version or 0 for one in judged},
        prompt_hashes={one.category or "general": one.prompt_hash or "" for one in judged},
        definitions={one.definition.name: one.definition for one in run.scored if one.definition} or None,
    )
