"""lm-evaluation-harness in this process, on this project's task files alone: indexing its own takes long."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ["HF_HUB_OFFLINE"] = "1"

from lm_eval import simple_evaluate
from lm_eval.tasks import TaskManager

from inspect_homog.lm_eval_tasks import task_folder
from inspect_homog.taxonomy.category import load_categories
from tests.support.server import ScriptedServer

VARIANTS = ("", "_system_prompt", "_anchored", "_regenerate", "_strategy_first")
TASKS = [f"homog_{name}{variant}" for name in load_categories() for variant in VARIANTS]


def harness(
    tasks: str | Sequence[str],
    server: ScriptedServer | None = None,
    *,
    lm: Any = "local-chat-completions",
    model_args: dict[str, Any] | None = None,
    metadata: dict[str, Any] | None = None,
    chat: bool = True,
    folders: Sequence[Path] = (),
    **kwargs: Any,
) -> dict[str, Any]:
    """What `lm_eval run` returns for these tasks; by default against a scripted chat server.

    `folders` hold task files besides this project's.
    """
    found = dict(model_args or {})
    if server is not None:
        found = {"model": "M", "base_url": f"{server.url}/chat/completions", "num_concurrent": 4, **found}
    # The command line passes the model's arguments on to the tasks as metadata, too.
    manager = TaskManager(
        include_path=[str(task_folder()), *map(str, folders)],
        include_defaults=False,
        metadata={**found, **(metadata or {})},
    )
    settings = {"apply_chat_template": chat, "fewshot_as_multiturn": chat, "bootstrap_iters": 10, **kwargs}
    names = [tasks] if isinstance(tasks, str) else list(tasks)
    results = simple_evaluate(lm, model_args=found or None, tasks=names, task_manager=manager, **settings)
    assert results is not None
    return dict(results)


def record(results: dict[str, Any], task: str, place: int = 0) -> dict[str, Any]:
    """What a sample's log says of how it was drawn and judged."""
    (text,) = results["samples"][task][place]["filtered_resps"]
    return dict(json.loads(text))


def responses(results: dict[str, Any], task: str, place: int = 0) -> list[str]:
    """A sample's responses as logged."""
    (texts,) = results["samples"][task][place]["resps"]
    return list(texts)


def values(results: dict[str, Any], task: str) -> dict[str, float]:
    """The task's metrics by name."""
    return {
        key.removesuffix(",none"): v for key, v in results["results"][task].items() if key.endswith(",none")
    }
