"""What of a log must be equal whenever the same was run: its content without times, names and places."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from inspect_ai.log import EvalLog, EvalSample

_VARIES = {"uuid", "id", "timestamp", "completed", "started_at", "working_time", "total_time", "time"}
"""Names of fields that hold a moment, a duration or a random name."""


def content_hash(log: EvalLog) -> str:
    """SHA-256 over prompts, stores, scores with their metadata, figures, and what names the run."""
    spec = log.eval
    known = {
        "task": [spec.task, spec.task_version, spec.task_args, spec.model, spec.metadata],
        "seed": spec.model_generate_config.seed,
        "dataset": spec.dataset.model_dump(mode="json"),
        "samples": sorted((_sample(one) for one in log.samples or []), key=json.dumps),
        "results": [score.model_dump(mode="json") for score in (log.results.scores if log.results else [])],
    }
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def _sample(one: EvalSample) -> dict[str, Any]:
    kept = {"id", "epoch", "input", "target", "metadata", "store", "scores"}
    found: dict[str, Any] = {"sample": one.id} | one.model_dump(mode="json", include=kept - {"id"})
    return {name: _steady(value) for name, value in found.items()}


def _steady(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _steady(one) for name, one in value.items() if name not in _VARIES}
    return [_steady(one) for one in value] if isinstance(value, list) else value
