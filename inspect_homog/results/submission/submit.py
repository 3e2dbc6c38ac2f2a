"""`homog submit`: from logs to a folder of submissions."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from ...errors import HomogError
from ...plain import printable
from ...record import Record
from ..finished import readable
from ..read import read_runs
from ..run import Run
from ..summary import summarise
from .aggregate import unscored_prompts
from .datasets import hub_id, on_hub
from .figures import recomputed
from .files import Files, files_of
from .hub import headline_of
from .identity import check_model_id
from .judges import EMBEDDED
from .novelty import is_novelty_bench
from .options import Options

TOLERANCE = 1e-6
"""How far two computations of one figure may differ."""

NOBODY = "none/none"
"""Inspect's model of logs whose responses were recorded elsewhere."""

PUBLISHED_RESPONSES = 10
"""Responses a prompt on NoveltyBench's leaderboard."""


OF_TEXTS = ("vocabulary", "distinct_n")
"""Keys that are computed from the texts alone."""

_ESCAPE = re.compile(r"\\ud[89a-f]", re.IGNORECASE)
"""How logs write half of a surrogate pair, so that their texts are not quite those that were scored."""


class Written(Record):
    """What became of one run."""

    source: str
    """The log."""

    line: str
    """What was written, or why nothing was."""

    warnings: list[str]
    """What a reader of the figures must know."""

    paths: list[Path]
    """The files; empty where nothing was written."""


def submit(logs: str, folder: Path, options: Options) -> Iterator[Written]:
    """Write the submission of every finished run in a log or a folder, one after the other.

    A run of which nothing can be published is passed over, with the reason.

    Raises:
        HomogError: When there is no run, a model's id is given for several models, an option is wrong, or
            a file cannot be written.
    """
    if options.model_id is not None:
        check_model_id(options.model_id)
    runs = read_runs(logs)
    models = dict.fromkeys(run.model for run in runs)
    if options.model_id is not None and len(models) > 1:
        raise HomogError(f"--model-id names one model, and {logs} holds runs of {', '.join(models)}.")
    seen: dict[str, str] = {}
    for run in runs:
        hub_id(run.dataset, run.task, options.dataset_id)
        try:
            files = files_for(run, options)
        except HomogError as error:
            yield Written(source=readable(run.source), line=error.message, warnings=[], paths=[])
            continue
        if (earlier := seen.setdefault(files.naming.uuid, run.source)) != run.source:
            line = f"left out: the same run as {readable(earlier)}"
            yield Written(source=readable(run.source), line=line, warnings=[], paths=[])
            continue
        paths = _write(folder, files.texts)
        yield Written(
            source=readable(run.source), line=_line(files), warnings=_warnings(run, files), paths=paths
        )


def files_for(run: Run, options: Options) -> Files:
    """The files of a run as a log has it.

    Raises:
        HomogError: When none of its prompts is scored, the model is not named, or the log contradicts itself.
    """
    again = run.model_copy(update={"scored": [recomputed(one) for one in run.scored]})
    if not any("unique" in one.figures for one in again.scored):
        reasons = Counter(one.unscored for one in again.scored)
        named = ", ".join(f"{reason}: {number}" for reason, number in reasons.items()) or "no outcome"
        raise HomogError(f"nothing to publish: none of its {len(run.planned)} prompts is scored ({named}).")
    if run.model == NOBODY and options.model_id is None:
        raise HomogError("refused: the log does not say which model gave the responses: add --model-id.")
    _check_rows(run, again)
    _check_means(run)
    return files_of(again, options)


def _check_rows(run: Run, again: Run) -> None:
    """Every figure of the log follows from its verdicts, grades and checks."""
    for one, other in zip(run.scored, again.scored, strict=True):
        for key, value in one.figures.items():
            found = other.figures.get(key)
            if key in OF_TEXTS and any(_ESCAPE.search(response.text) for response in one.responses):
                continue
            if found is None or abs(found - value) > TOLERANCE:
                raise HomogError(
                    f"refused: the log says {key} = {value:g} of prompt {one.id!r}, and its own verdicts, "
                    f"grades and checks give {'nothing' if found is None else f'{found:g}'}. "
                    "Score the log again."
                )


def _check_means(run: Run) -> None:
    """The means over the prompts are those that the framework reports."""
    means = {key: figure.mean for key, figure in summarise(run.scored).items()}
    for key, value in run.reported.items():
        if key not in means or abs(means[key] - value) > TOLERANCE:
            found = f"{means[key]:g}" if key in means else "none"
            raise HomogError(
                f"refused: the log reports a mean {key} of {value:g}, and its samples give {found}. "
                "Is a part of the log missing?"
            )


def _write(folder: Path, texts: dict[str, str]) -> list[Path]:
    paths = []
    for name, text in texts.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        except OSError as error:
            raise HomogError(f"{path}: cannot be written: {error.strerror}.") from error
        paths.append(path)
    return paths


def _line(files: Files) -> str:
    key, value = headline_of(files.aggregate)
    prompts = files.aggregate.source_metadata.additional_details
    scored = len(prompts.prompts_planned) - prompts.unscored
    return f"{files.naming.record}: {key} {value:.3f} over {scored} of {len(prompts.prompts_planned)} prompts"


def _warnings(run: Run, files: Files) -> list[str]:
    known = files.aggregate.source_metadata.additional_details
    return [
        *_on_prompts(run, files, known.hf_dataset_id, known.partial),
        *_on_categories(run),
        *_on_judges(run),
    ]


def _on_categories(run: Run) -> Iterable[str]:
    for name in sorted({one.definition.name for one in run.scored if one.definition}):
        yield f"{name} is a category of your own: boards compare it under the same rubric only"


def _on_prompts(run: Run, files: Files, dataset_id: str, partial: str | None) -> Iterable[str]:
    if partial:
        yield f"partial: {partial} prompts of {run.dataset}; boards compare whole sets"
    if run.lost:
        yield f"{len(run.lost)} planned prompts have no outcome, such as {run.lost[0]!r}"
    if unscored := unscored_prompts(run):
        yield f"{unscored} of {len(run.planned)} prompts are unscored"
    if not on_hub(dataset_id):
        yield f"{run.dataset} is on no Hub: .eval_results names {dataset_id}; give --dataset-id once it is"
    if is_novelty_bench(run):
        if not any(name.endswith("scores.jsonl") for name in files.others):
            yield "no files for NoveltyBench: they need grades, add --model-role grader=provider/name"
        elif run.num_responses != PUBLISHED_RESPONSES:
            yield f"NoveltyBench draws {PUBLISHED_RESPONSES} responses a prompt, this run {run.num_responses}"


def _on_judges(run: Run) -> Iterable[str]:
    if EMBEDDED in run.judges:
        yield "judged by the embedded judge, which is not good enough to publish: use a model as judge"
    if run.model in run.judges:
        yield f"{run.model} judges its own responses"


def submit_to_terminal(logs: str, folder: Path, options: Options) -> None:
    """Write, and say what was written on standard output and what to beware of on standard error.

    Raises:
        HomogError: See `submit`; and when nothing at all was written.
    """
    written = 0
    for one in submit(logs, folder, options):
        click.echo(printable(f"{one.source}: {one.line}"), err=not one.paths)
        for warning in one.warnings:
            click.echo(f"  warning: {printable(warning)}", err=True)
        written += len(one.paths)
    if not written:
        raise HomogError(f"{logs}: nothing was written.")
    click.echo(f"{written} files in {folder}. Check them with `homog validate {folder}`.")
