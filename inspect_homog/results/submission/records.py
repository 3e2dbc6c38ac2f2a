"""The aggregate file of a submission: what we write of Every Eval Ever's schema 0.3.0, under its names."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from ...taxonomy.category import Category
from ...taxonomy.extra import check_extra
from .strict import SCHEMA_VERSION, Details, Moment, Sha256, Strict
from .strict_json import AsText


class SetDetails(Strict):
    """Which prompts were asked, and what became of them; all values are texts in the file."""

    dataset: str
    """Name of the prompt set, such as `bundled-math`."""

    hf_dataset_id: str
    """Where the Hub has it, or the name that stands for it there."""

    prompts_planned: AsText[list[str]]
    """Ids of the prompts that the run was to ask, in their order."""

    prompts_lost: AsText[list[str]]
    """Those of them that have no outcome at all, and so no row."""

    prompts_in_set: AsText[int] | None = None
    """How many prompts the set has, where the framework says so."""

    partial: str | None = None
    """Such as `12 of 40`, when only a part of the set was asked."""

    prompt_set_hash: Sha256
    """SHA-256 over ids, inputs and categories of the prompts that have a row."""

    rows: AsText[int]
    """Prompts times epochs."""

    unscored: AsText[int]
    """Prompts without a count of unique responses, lost ones included."""


class SourceMetadata(Strict):
    """Where the figures come from."""

    source_name: Literal["inspect_homog"] = "inspect_homog"
    source_type: Literal["evaluation_run"] = "evaluation_run"
    source_organization_name: str
    evaluator_relationship: Literal["first_party", "third_party", "collaborative", "other"]
    additional_details: SetDetails


class RunDetails(Strict):
    """How the responses were drawn and judged; all values are texts in the file."""

    inspect_homog: str | None = None
    """Version of the package that drew and judged."""

    run_id: str
    """The framework's id of the run."""

    task: str
    """Name of the task."""

    backend: str | None = None
    """What ran the model."""

    strategy: str
    """The sampling strategy, with the wording it used where there is one."""

    num_responses: AsText[int]
    """Responses asked for, a prompt."""

    epochs: AsText[int]
    """Repetitions of the whole."""

    judging: str | None = None
    """`pairs`, `lossless` or `single_call`."""

    judges: AsText[list[str]]
    """Names of the judges, in the order bound."""

    judge_details: AsText[dict[str, dict[str, str]]]
    """What identifies each judge further."""

    graders: AsText[list[str]]
    """Names of the models that graded quality."""

    rubric_versions: AsText[dict[str, int]]
    """Version of each category's rubric."""

    prompt_hashes: AsText[dict[str, str]]
    """Hash of the judge's prompt of each category."""

    definitions: AsText[dict[str, Category]] | None = None
    """The categories in full that are not the package's own, by name."""

    @field_validator("definitions")
    @classmethod
    def _beside_ours(cls, value: dict[str, Category] | None) -> dict[str, Category] | None:
        for name, category in (value or {}).items():
            if check_extra(category, name).name != name:
                raise ValueError(f"{name}: defines {category.name}")
        return value


class EvalLibrary(Strict):
    """The framework that ran it."""

    name: str
    version: str
    additional_details: RunDetails


class ModelInfo(Strict):
    """A model, under test or a judge."""

    name: str
    id: str
    additional_details: Details


class SourceData(Strict):
    """The prompts of one result."""

    dataset_name: str
    source_type: Literal["hf_dataset", "other"]
    hf_repo: str | None = None
    additional_details: Details


class JudgeConfig(Strict):
    """One judge model."""

    model_info: ModelInfo
    additional_details: Details


class LlmScoring(Strict):
    """The models that judged or graded, and what they were told."""

    judges: Annotated[list[JudgeConfig], Field(min_length=1)]
    input_prompt: str
    aggregation_method: Literal["average"] = "average"


class MetricConfig(Strict):
    """What the figure is."""

    evaluation_description: str
    metric_id: str
    metric_name: str
    metric_kind: str
    metric_unit: str
    lower_is_better: Literal[False] = False
    score_type: Literal["continuous"] = "continuous"
    min_score: float
    max_score: float | Literal["Infinity"]
    llm_scoring: LlmScoring | None = None
    additional_details: Details


class StandardError(Strict):
    """The standard error of a mean."""

    value: float
    method: str


class ConfidenceInterval(Strict):
    """An interval of a mean."""

    lower: float
    upper: float
    confidence_level: float
    method: str


class Uncertainty(Strict):
    """How sure a mean is; nothing but the number of prompts where there are fewer than two."""

    standard_error: StandardError | None = None
    confidence_interval: ConfidenceInterval | None = None
    num_samples: int


class FigureDetails(Strict):
    """What the mean leaves out; all values are texts in the file."""

    prompts: AsText[int]
    """Prompts where the key is scored."""

    unscored: AsText[int]
    """Prompts where it is not."""

    unscored_reasons: AsText[dict[str, int]]
    """Why the unique responses could not be counted, with the number of rows."""


class ScoreDetails(Strict):
    """The mean over prompts."""

    score: float
    uncertainty: Uncertainty
    details: FigureDetails


class GenerationArgs(Strict):
    """The sampling settings that were the same for all prompts."""

    temperature: float | None = None
    top_p: float | None = None
    top_k: float | None = None
    max_tokens: int | None = None


class GenerationConfig(Strict):
    """How the responses were generated."""

    generation_args: GenerationArgs
    additional_details: Details


class Result(Strict):
    """One figure of one group of prompts."""

    evaluation_result_id: str
    evaluation_name: str
    source_data: SourceData
    evaluation_timestamp: Moment
    metric_config: MetricConfig
    score_details: ScoreDetails
    generation_config: GenerationConfig


class Detailed(Strict):
    """The file of rows."""

    format: Literal["jsonl"] = "jsonl"
    file_path: str
    hash_algorithm: Literal["sha256"] = "sha256"
    checksum: Sha256
    total_rows: int


class Aggregate(Strict):
    """The figures of one run."""

    schema_version: Literal["0.3.0"] = SCHEMA_VERSION
    evaluation_id: str
    evaluation_timestamp: Moment
    retrieved_timestamp: Annotated[str, Field(pattern=r"^\d+$")]
    source_metadata: SourceMetadata
    eval_library: EvalLibrary
    model_info: ModelInfo
    evaluation_results: Annotated[list[Result], Field(min_length=1)]
    detailed_evaluation_results: Detailed
