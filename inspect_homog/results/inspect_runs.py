"""Runs from Inspect logs, by Inspect's own readers."""

import re
from collections.abc import Collection, Sequence
from math import isnan
from typing import Any

from inspect_ai.log import EvalError, EvalLog, EvalSample
from inspect_ai.scorer import Score

from ..arguments import numbered
from ..prompts.load import plain_input
from ..sampling.records import Drawn, Response, ResponseSet
from ..scoring.again import latest, latest_name
from ..scoring.panel import DIVERSITY, results_of
from ..scoring.statistics import prompt_of
from ..taxonomy.extra import own_definition
from .columns import KEYS, figures_of, outdated_keys, wording
from .each_sample import each_sample
from .finished import finished_logs
from .progress import Advance, progress
from .run import Graded, Judged, Run, Scored
from .slices import NUMBERS, numbers_of, setting_of


def inspect_runs(path: str) -> list[Run]:
    """Every finished run of this package's scorers, oldest first, from a log or a folder of logs."""
    logs = [
        (info.name, header)
        for info, header in finished_logs(path, descending=False)
        if DIVERSITY in {score.scorer for score in (header.results.scores if header.results else [])}
    ]
    total = sum(header.results.total_samples if header.results else 0 for _, header in logs)
    with progress("Reading logs", total) as advance:
        return [run_of(location, header, advance) for location, header in logs]


def run_of(location: str, header: EvalLog, advance: Advance = lambda _: None) -> Run:
    """The run of one log.

    Args:
        location: The log's file.
        header: The log without its samples.
        advance: Told of samples that have been read.
    """
    scored = each_sample(location, scored_in, advance)
    judged_by = {one.package_version for one in scored if one.package_version}
    spec, metadata = header.eval, header.eval.metadata or {}
    planned = [str(id) for id in spec.dataset.sample_ids or []] or list(
        dict.fromkeys(one.id for one in scored)
    )
    place = {id: number for number, id in enumerate(planned)}
    scored.sort(key=lambda one: (place.get(one.id, len(place)), one.epoch))
    return Run(
        framework="inspect_ai",
        framework_version=spec.packages.get("inspect_ai", "unknown"),
        package_version=_versions(
            metadata.get("inspect_homog") or spec.packages.get("inspect_homog"), judged_by
        ),
        id=spec.eval_id,
        source=location,
        task=spec.task.rpartition("/")[2],
        model=spec.model,
        backend=spec.model.partition("/")[0] if "/" in spec.model else None,
        created=spec.created,
        dataset=spec.dataset.name or "unnamed",
        planned=planned,
        prompts_in_set=metadata.get("prompts_in_set", spec.dataset.samples),
        scored=scored,
        reported=_reported(header),
        setting=setting_of(header),
        start=_start(header),
    )


def scored_in(sample: EvalSample) -> Scored:
    """One sample of a log as its record."""
    drawn, metadata, scores = _drawn(sample), sample.metadata or {}, sample.scores or {}
    diversity, category = latest(scores, DIVERSITY), metadata.get("category")
    responses = [Response.model_validate(response) for response in drawn["responses"]]
    cost = Drawn.model_validate(drawn["drawn"])
    known = _metadata(diversity)
    figures = figures_of(sample)
    return Scored(
        id=str(sample.id),
        epoch=sample.epoch,
        cluster=prompt_of(metadata, sample.id),
        category=category,
        definition=own_definition(metadata),
        input=plain_input(sample.input),
        target=[sample.target] if isinstance(sample.target, str) else list(sample.target),
        strategy=drawn["strategy"],
        wording=wording(drawn["anchor"], drawn["anchor_source"], category),
        predicted=drawn["predicted"],
        requested=drawn["requested"],
        responses=responses,
        usable=[place for place, response in enumerate(responses) if response.usable],
        judges=[
            Judged.model_validate(result.model_dump(include=set(Judged.model_fields)))
            for result in (results_of(diversity) if diversity else [])
        ],
        graders=[
            Graded(grader=grading["grader"], grades=grading["grades"])
            for grading in _metadata(latest(scores, "quality")).get("graders", [])
        ],
        correct=_metadata(latest(scores, "correctness")).get("correct", []),
        judging=known.get("judging"),
        prompt_hash=known.get("prompt_hash"),
        rubric_version=known.get("rubric_version"),
        package_version=known.get("inspect_homog"),
        figures=figures,
        unscored=None if "unique" in figures else _why(sample, diversity),
        settings=cost.settings,
        calls=cost.calls,
        input_tokens=cost.input_tokens,
        output_tokens=cost.output_tokens,
        notes=[*known.get("notes", drawn["notes"]), *_outdated(list(scores), category)],
    )


def _start(header: EvalLog) -> int:
    """Where in its prompt set a slice begins, counted from 0; 0 too when it is not known."""
    limit = header.eval.config.limit
    return (numbered(NUMBERS, numbers_of(header)).start or 0) + (limit[0] if isinstance(limit, tuple) else 0)


def _versions(drew: str | None, judged: Collection[str]) -> str | None:
    """The version of this package; of a log that was scored again by another, both."""
    return " and ".join(sorted({*([drew] if drew else []), *judged})) or None


def _drawn(sample: EvalSample) -> dict[str, Any]:
    """The fields of the sample's `ResponseSet` as its store holds them.

    Inspect's own view of a store validates a field at each access, which takes longest of all in large logs.
    """
    return _NOTHING_DRAWN | {
        name: sample.store[key]
        for name in _NOTHING_DRAWN
        if (key := f"{ResponseSet.__name__}:{name}") in sample.store
    }


_NOTHING_DRAWN: dict[str, Any] = {
    "requested": 0,
    "strategy": "",
    "anchor": None,
    "anchor_source": None,
    "predicted": None,
    "responses": [],
    "drawn": {},
    "notes": [],
}
"""What stands for the fields of a sample without responses, which it does not store."""


def _outdated(names: Sequence[str], category: str | None) -> list[str]:
    """A note on each key that is left out for resting on classes of an earlier judgement."""
    return [
        f"{key} left out: functional diversity was scored again since. Score that scorer again too."
        for key in outdated_keys(names, category)
    ]


def _metadata(score: Score | None) -> dict[str, Any]:
    return (score.metadata if score else None) or {}


def _why(sample: EvalSample, score: Score | None) -> str:
    """Why the sample has no count."""
    if sample.error is not None:
        return f"error: {_kind(sample.error)}"
    if score is None:
        return "not scored"
    return score.reason or "unscored"


def _kind(error: EvalError) -> str:
    """The name of an error. Its text may be a server's, which may repeat what it was sent, keys included."""
    raised = re.findall(r"(?m)^(?:\w+\.)*(\w+)(?:: |$)", error.traceback)
    return raised[-1] if raised else "unknown"


def _reported(header: EvalLog) -> dict[str, float]:
    """The log's own mean of each key; those that Inspect could not form are left out."""
    scores: Sequence[Any] = header.results.scores if header.results else []
    names = list(dict.fromkeys(score.scorer for score in scores))
    # Of a whole log of one category, the samples say which keys are outdated; both agree in any case.
    outdated = outdated_keys(names, (header.eval.metadata or {}).get("category"))
    newest = {latest_name(names, scorer): keys for scorer, keys in KEYS.items()}
    return {
        score.name: score.metrics["mean"].value
        for score in scores
        if score.name in newest.get(score.scorer, ())
        and score.name not in outdated
        and "mean" in score.metrics
        and not isnan(score.metrics["mean"].value)
    }
