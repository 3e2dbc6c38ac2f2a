"""Unique responses by category and strategy, as a Markdown table: draws, judges and prints.

    python -m benchmarks.strategies --model homog/smollm2 --limit 3

Logs go to --log-dir. A run that was interrupted goes on where it stopped: `inspect_ai.eval_set` does the
rest. With --rescore the table comes from the logs' responses, judged anew.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from inspect_ai import Task, eval_set, score
from inspect_ai.log import EvalLog, list_eval_logs, read_eval_log

from inspect_homog import functional_diversity, load_categories, tasks

CONFIGURATIONS: dict[str, dict[str, str]] = {
    "temperature": {"strategy": "temperature"},
    "system_prompt, general": {"strategy": "system_prompt", "anchor": "general"},
    "system_prompt, task": {"strategy": "system_prompt", "anchor": "task"},
    "regenerate, general": {"strategy": "regenerate", "anchor": "general"},
    "regenerate, task": {"strategy": "regenerate", "anchor": "task"},
    "strategy_first, task": {"strategy": "strategy_first", "anchor": "task"},
}


def planned() -> list[Task]:
    """Every category under every configuration."""
    return [getattr(tasks, name)(**args) for name in load_categories() for args in CONFIGURATIONS.values()]


def cell(log: EvalLog) -> str:
    """Mean unique (± standard error over several prompts), mean obtained; "n/a" without a scored sample."""
    scores = log.results.scores if log.results else []
    found: dict[str, Any] = {score.name: score for score in scores if "mean" in score.metrics}
    unique, obtained = found["unique"], found["obtained"]
    drawn = sum(len(s.store.get("ResponseSet:responses", [])) for s in log.samples or [])
    mean_obtained = drawn / max(1, len(log.samples or []))
    if not unique.scored_samples:
        return f"n/a ({mean_obtained:.1f})"
    scored = f"{unique.metrics['mean'].value:.1f}"
    if unique.scored_samples > 1:
        scored += f" ± {unique.metrics['stderr'].value:.1f}"
    note = "" if unique.scored_samples == len(log.samples or []) else f", {unique.scored_samples} scored"
    return f"{scored} ({obtained.metrics['mean'].value:.1f}{note})"


def table(logs: list[EvalLog]) -> str:
    """The Markdown table."""
    cells = {}
    for log in logs:
        args = log.eval.task_args
        for title, chosen in CONFIGURATIONS.items():
            if all(args.get(key) == value for key, value in chosen.items()):
                cells[log.eval.task.split("/")[-1], title] = cell(log)
    lines = [
        "| category | " + " | ".join(CONFIGURATIONS) + " |",
        "|---" * (len(CONFIGURATIONS) + 1) + "|",
    ]
    for name in load_categories():
        row = [cells.get((name, title), "—") for title in CONFIGURATIONS]
        lines.append(f"| {name} | " + " | ".join(row) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="homog/smollm2")
    parser.add_argument("--limit", type=int, default=3)
    parser.add_argument("--max-tokens", type=int, default=1024)
    parser.add_argument("--threads", type=int, default=None)
    parser.add_argument("--log-dir", default="logs/strategies")
    parser.add_argument("--rescore", action="store_true")
    args = parser.parse_args()
    if args.rescore:
        logs = [read_eval_log(info.name) for info in list_eval_logs(args.log_dir)]
        logs = [score(log, functional_diversity("embedded"), action="overwrite") for log in logs]
    else:
        Path(args.log_dir).mkdir(parents=True, exist_ok=True)
        done, logs = eval_set(
            planned(),
            log_dir=args.log_dir,
            model=args.model,
            model_args={} if args.threads is None else {"threads": args.threads},
            limit=args.limit,
            max_tokens=args.max_tokens,
            max_tasks=4,
            display="plain",
        )
        logs = [read_eval_log(log.location) for log in logs]
        if not done:
            sys.exit("some tasks failed; run the same command again")
    print(table(logs))


if __name__ == "__main__":
    main()
