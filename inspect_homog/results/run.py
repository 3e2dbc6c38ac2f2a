"""What one finished run says, whichever framework ran it: the common ground of pages and submissions."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from ..judging.judge import Verdict
from ..prompts.load import input_set_hash
from ..record import Record
from ..sampling.records import Response
from ..taxonomy.category import Category


class Judged(Record):
    """What one judge made of one response set."""

    judge: str
    """The judge's name."""

    details: dict[str, str]
    """What identifies the judge further."""

    classes: list[int] | None
    """Class of each usable response, or None when abstentions leave the partition open."""

    unique: int | None
    """Number of classes, or None with `classes`."""

    pairwise: float | None
    """Share of the decided pairs that differ; None when pairs were left unasked."""

    abstained: int
    """Questions without an answer."""

    asked: int
    """Questions asked."""

    verdicts: list[Verdict] = Field(default_factory=list)
    """One for each pair of different texts that was asked, by places among the usable responses."""


class Graded(Record):
    """What one grader made of the quality of the usable responses."""

    grader: str
    """The grader's name."""

    grades: list[int | None]
    """1 to 5 for each usable response, or None: the grader abstained."""


class Scored(Record):
    """One prompt of a run (one epoch of it), its responses and its figures."""

    id: str
    """The prompt's id."""

    epoch: int = 1
    """Which repetition of the whole sample, from 1."""

    cluster: str
    """The prompt of which this one is a variant (metadata `prompt_id`), or its own id."""

    category: str | None
    """Category name, or None outside the taxonomy."""

    definition: Category | None = None
    """The category in full, where it is not this package's own."""

    input: str | list[dict[str, Any]]
    """The prompt as asked: its text, or the turns of a conversation by `role` and `content`."""

    target: list[str]
    """Accepted answers; empty when there are none."""

    strategy: str
    """Name of the sampling strategy; empty when nothing was drawn."""

    wording: str | None
    """Whose wording the strategy used: `general`, `task`, `predicted`, `mismatch`; None without one."""

    predicted: str | None
    """The category that the model predicted, if it was asked."""

    requested: int
    """Responses asked for."""

    responses: list[Response]
    """All that were drawn."""

    usable: list[int]
    """Places of the responses that were compared, among all drawn."""

    judges: list[Judged]
    """What each judge made of the usable responses."""

    graders: list[Graded]
    """What each grader made of the usable responses; empty when none was asked."""

    correct: list[float | None]
    """Whether each usable response is right (mean over graders; None: undecided); empty when not checked."""

    judging: str | None
    """`pairs`, `lossless` or `single_call`; None where nothing was judged."""

    prompt_hash: str | None
    """Hash of the judge's prompt for this category; None where nothing was judged."""

    rubric_version: int | None
    """Version of the rubric that decided; None where nothing was judged."""

    package_version: str | None = None
    """Version of inspect_homog that judged; None where the log does not say."""

    figures: dict[str, float]
    """Each scorer's keys that are scored, such as `unique` and `quality`."""

    unscored: str | None = None
    """Why `unique` is missing; None where it is there."""

    settings: dict[str, float | int] = Field(default_factory=dict)
    """The sampling settings that were in force."""

    calls: int | None = None
    """Calls to the model under test; None where the framework does not say."""

    input_tokens: int | None = None
    """Tokens sent; None where the framework does not say."""

    output_tokens: int | None = None
    """Tokens generated; None where the framework does not say."""

    notes: list[str] = Field(default_factory=list)
    """What went other than asked for."""


class Run(Record):
    """One finished run of one task by one model."""

    framework: str
    """`inspect_ai` or `lm_eval`."""

    framework_version: str
    """The framework's version."""

    package_version: str | None
    """Version of inspect_homog that drew and judged; None where the log does not say."""

    id: str
    """The framework's id of the run."""

    source: str
    """The file that it was read from."""

    task: str
    """Name of the task, without the package's."""

    model: str
    """The model under test."""

    backend: str | None
    """What ran the model: Inspect's provider or lm-eval's `--model`; None where there is neither."""

    created: str
    """When it was run, ISO 8601 with a time zone."""

    dataset: str
    """Name of the prompt set, such as `bundled-math` or `novelty_bench`."""

    planned: list[str]
    """Ids of the prompts that the run was to ask, in their order."""

    prompts_in_set: int | None = None
    """How many prompts the set has, of which those planned may be a part; None where it is not known."""

    scored: list[Scored]
    """The prompts that have an outcome, in the same order."""

    reported: dict[str, float]
    """The mean of each key as the framework itself reports it; empty for slices put together."""

    setting: str | None = None
    """Hash of what slices of one run share (see `results.slices`); None: never part of several."""

    start: int = 0
    """Place in the set, from 0, of the first prompt planned; 0 where only ids or a number were chosen."""

    slices: list[str] = Field(default_factory=list)
    """The files of all slices, for a run that was put together; `source` is the first of them."""

    notes: list[str] = Field(default_factory=list)
    """What went other than a reader may think."""

    @property
    def lost(self) -> list[str]:
        """Ids of the prompts that the run was to ask and that have no outcome at all."""
        there = {one.id for one in self.scored}
        return [id for id in self.planned if id not in there]

    @property
    def judges(self) -> list[str]:
        """Names of all judges, in the order bound."""
        return list(dict.fromkeys(judged.judge for one in self.scored for judged in one.judges))

    @property
    def num_responses(self) -> int:
        """Responses asked for, a prompt; 0 when nothing was drawn."""
        return max((one.requested for one in self.scored), default=0)

    @property
    def strategy(self) -> str:
        """The strategy, with the wording it used where there is one: `regenerate (task)`."""
        drawn = next((one for one in self.scored if one.strategy), None)
        if drawn is None:
            return ""
        return drawn.strategy if drawn.wording is None else f"{drawn.strategy} ({drawn.wording})"

    @property
    def prompt_set_hash(self) -> str:
        """SHA-256 of the prompts that have an outcome: equal when the same was asked."""
        return scored_set_hash(self.scored)


def scored_set_hash(scored: Iterable[Scored]) -> str:
    """The hash of a prompt set (see `prompts.load.prompt_set_hash`) from the prompts of a run."""
    first: dict[str, Scored] = {}
    for one in scored:
        first.setdefault(one.id, one)
    return input_set_hash((one.id, one.input, one.category) for one in first.values())
