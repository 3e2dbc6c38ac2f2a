"""Slices: one run that was cut into several logs (`--limit a-b`, `numbers`), put together again."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

from inspect_ai import task_identifier
from inspect_ai.log import EvalLog

from .alike import rubrics
from .run import Run

NUMBERS = "numbers"
"""Argument of `score_responses` that chooses a slice of its file."""


def numbers_of(header: EvalLog) -> str | None:
    """The prompts of its file that a run of `score_responses` was given; None: all, or it is another task."""
    ours = header.eval.task.rpartition("/")[2] == "score_responses"
    return header.eval.task_args_passed.get(NUMBERS) if ours else None


def setting_of(header: EvalLog) -> str:
    """Hash of all that slices of one run share.

    Inspect's identifier of a task covers its name, version and arguments, the solver, the model with its
    arguments and settings, the roles and the limits of a sample, but no address of a server and nothing that
    only concerns the transport. The argument that says which slice it is (`numbers_of`) is left out. To it
    come the prompt set, the epochs, the versions, and the tags of the run: runs with different tags are never
    taken for one.

    Args:
        header: A log, with or without its samples.
    """
    spec, metadata = header.eval, header.eval.metadata or {}
    if numbers_of(header):
        whole = {name: value for name, value in spec.task_args_passed.items() if name != NUMBERS}
        header = header.model_copy(update={"eval": spec.model_copy(update={"task_args_passed": whole})})
    shared = [
        task_identifier(header, None),
        # The samples of a log may be those of its slice alone; the hash is that of all.
        [spec.dataset.name, metadata.get("prompt_set_hash") or spec.dataset.samples],
        [spec.config.epochs, spec.config.epochs_reducer],
        [spec.packages, metadata.get("inspect_homog")],
        sorted(spec.tags or []),
    ]
    return hashlib.sha256(json.dumps(shared, sort_keys=True).encode()).hexdigest()


def merge_slices(runs: Sequence[Run]) -> list[Run]:
    """The runs, with those that are slices of one run as that run.

    Runs of one setting are slices when no prompt is in two of them and the same judges judged them. Otherwise
    all runs of that setting stay as they are, with a note: which of them belong together is then not known.
    """
    settings: dict[str, list[Run]] = {}
    for place, run in enumerate(runs):
        settings.setdefault(run.setting or f"run {place}", []).append(run)
    return [run for alike in settings.values() for run in _merged(alike)]


def _merged(alike: Sequence[Run]) -> list[Run]:
    if len(alike) == 1:
        return list(alike)
    why = _kept_apart(alike)
    if why is None:
        return [_joined(sorted(alike, key=lambda run: (run.start, run.created, run.id)))]
    return [run.model_copy(update={"notes": [*run.notes, why]}) for run in alike]


def _kept_apart(alike: Sequence[Run]) -> str | None:
    """Why runs of one setting are not slices of one run; None when they are."""
    times = Counter(id for run in alike for id in {*run.planned, *(one.id for one in run.scored)})
    shared = sorted(id for id, number in times.items() if number > 1)
    if shared:
        return (
            f"One of {len(alike)} logs of the same setting, kept apart: "
            f"{len(shared)} of their prompts are in more than one, such as {shared[0]!r}. "
            "Slices of one run have no prompt in common."
        )
    if len({tuple(run.judges) for run in alike if run.judges}) > 1:
        return f"One of {len(alike)} logs of the same setting, kept apart: their judges differ."
    if any(len(used) > 1 for used in rubrics(one for run in alike for one in run.scored).values()):
        return f"One of {len(alike)} logs of the same setting, kept apart: their rubrics or judging differ."
    if len({run.package_version for run in alike}) > 1:
        return f"One of {len(alike)} logs of the same setting, kept apart: their package versions differ."
    return None


def _joined(slices: Sequence[Run]) -> Run:
    """One run of the slices, in this order."""
    sources = [run.source for run in slices]
    return slices[0].model_copy(
        update={
            "id": hashlib.sha256(json.dumps([run.id for run in slices]).encode()).hexdigest()[:22],
            "created": min(run.created for run in slices),
            "planned": [id for run in slices for id in run.planned],
            "scored": [one for run in slices for one in run.scored],
            "reported": {},
            "slices": sources,
            "notes": [
                *dict.fromkeys(note for run in slices for note in run.notes),
                f"Put together from {len(sources)} logs, slices of one run.",
            ],
        }
    )
