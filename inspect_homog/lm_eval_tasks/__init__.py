"""The lm-evaluation-harness side: the same prompts, sampling, judging and scoring, behind its task files.

The folder `homog` holds the task files; the modules here are the bridge that they name.
"""

from pathlib import Path


def task_folder() -> Path:
    """Folder of the task files, for `lm_eval --include_path` and the entry point `lm_eval.tasks`."""
    return Path(__file__).parent / "homog"
