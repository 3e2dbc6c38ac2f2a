"""Time and memory a prompt as a file of responses grows, for `score_responses` and `homog report`.

    python -m benchmarks.growth [--sizes 1000,10000] [--repeats 3] [--without report]

Each prompt has five responses of eight words. A judge that compares first letters takes the place of a
model, and the functional diversity is all that is scored, so the figures hold what this package and Inspect
add. `Inspect alone` is a task of as many samples whose solver and scorer do nothing. Every run is a process
of its own; its time is CPU time, since it waits for nobody, and its memory is its own peak. `slices` is
`score_responses_in_slices` on the same file.
"""

import argparse
import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.report import machine, table

WORDS = (
    *("red", "blue", "green", "river", "stone", "lamp", "seven", "night"),
    *("tower", "quiet", "bird", "salt", "glass", "door", "winter", "coin"),
)
STEPS = ("inspect", "score", "slices", "report")
TITLES = {
    "inspect": "Inspect alone",
    "score": "`score_responses`",
    "slices": "`score_responses_in_slices`",
    "report": "`homog report`",
}


@dataclass(frozen=True)
class Cost:
    """What one process took."""

    seconds: float
    """CPU time, user and system."""

    megabytes: float
    """Peak resident memory, in MiB."""


def write_responses(path: Path, prompts: int) -> None:
    """A JSONL file of prompts, each with five short responses."""
    drawn = random.Random(0)
    with path.open("w", encoding="utf-8") as file:
        for i in range(prompts):
            texts = [" ".join(drawn.choices(WORDS, k=8)) for _ in range(5)]
            row = {"prompt": f"Describe thing {i} in eight words.", "category": "G", "responses": texts}
            file.write(json.dumps(row) + "\n")


def run_step(step: str, folder: Path, prompts: int) -> None:
    """One evaluation of that many prompts, in the process that is measured."""
    from inspect_ai import Task, TaskSource, eval
    from inspect_ai.dataset import Sample
    from inspect_ai.solver import Generate, Solver, TaskState, solver

    from inspect_homog import Question, Verdict, score_responses, score_responses_in_slices

    class FirstLetter:
        """Two responses are the same when they begin alike."""

        name = "first letter"
        details: dict[str, str] = {}  # noqa: RUF012

        async def compare(
            self, question: Question, responses: Sequence[str], pairs: Sequence[tuple[int, int]]
        ) -> list[Verdict]:
            alike = {pair: responses[pair[0]][0] == responses[pair[1]][0] for pair in pairs}
            return [Verdict(pair=pair, answer="same" if alike[pair] else "different") for pair in pairs]

    @solver
    def nothing() -> Solver:
        async def solve(state: TaskState, generate: Generate) -> TaskState:
            return state

        return solve

    if step == "inspect":
        samples = [Sample(f"Describe thing {i} in eight words.", id=f"p{i}") for i in range(prompts)]
        task: Task | TaskSource = Task(dataset=samples, solver=nothing())
    else:
        score = score_responses if step == "score" else score_responses_in_slices
        file = str(folder / "responses.jsonl")
        task = score(file, scorers="functional_diversity", judge=FirstLetter())
    # Headers only, as `inspect eval` does it: the samples are in the log.
    logs = eval(task, model="none", log_dir=str(folder), log_header_only=True, display="none")
    scored = sum(log.results.total_samples for log in logs if log.results and log.status == "success")
    if scored != prompts:
        sys.exit(f"{scored} of {prompts} prompts: {[str(log.error) for log in logs if log.error]}")


def measured(command: Sequence[str]) -> Cost:
    """Run a command to its end.

    Raises:
        RuntimeError: When it fails.
    """
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def grow(prompts: int, steps: Sequence[str]) -> dict[str, Cost]:
    """What each step costs at this number of prompts; the report is of the logs that were last written."""
    costs = {}
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_responses(folder / "responses.jsonl", prompts)
        logs = folder
        for step in steps:
            if step == "report":
                page = str(folder / "report.html")
                command = "from inspect_homog.cli import main; main()"
                costs[step] = measured(["-c", command, "report", str(logs), "-o", page])
            else:
                logs = folder / step
                logs.mkdir()
                (logs / "responses.jsonl").symlink_to(folder / "responses.jsonl")
                costs[step] = measured(["-m", "benchmarks.growth", "--run", step, str(logs), str(prompts)])
            print(f"{prompts} prompts, {step}: {costs[step]}", file=sys.stderr)
    return costs


def rows(step: str, found: dict[int, list[dict[str, Cost]]]) -> list[list[object]]:
    """A line a size: totals, then what each prompt beyond an empty run and beyond the smallest size costs."""
    lines: list[list[object]] = []
    sizes = sorted(found)
    seconds = {n: median(costs[step].seconds for costs in found[n]) for n in sizes}
    memory = {n: median(costs[step].megabytes for costs in found[n]) for n in sizes}
    empty = median(costs[step].seconds for costs in found[1]) if 1 in found else 0.0
    for n in sizes:
        if n == 1:
            continue
        each = (seconds[n] - empty) / n * 1000
        first = (seconds[first_size(sizes)] - empty) / first_size(sizes) * 1000
        more = [(memory[n] - memory[1]) / (n - 1) * 1024] if 1 in found else []
        lines.append(
            [
                TITLES[step],
                f"{n:,}",
                f"{seconds[n]:.1f}",
                f"{each:.2f}",
                f"{each / first:.2f}",
                f"{memory[n]:,.0f}",
                *(f"{kilobytes:.1f}" for kilobytes in more),
                len(found[n]),
            ]
        )
    return lines


def first_size(sizes: Sequence[int]) -> int:
    """The smallest size beyond 1."""
    return min(n for n in sizes if n > 1)


def main() -> None:
    """Measure every step at every size, in turn, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--without", choices=STEPS, action="append", default=[])
    parser.add_argument("--run", nargs=3, metavar=("STEP", "FOLDER", "PROMPTS"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.run:
        step, folder, prompts = args.run
        return run_step(step, Path(folder), int(prompts))
    os.environ["INSPECT_DISPLAY"] = "none"
    sizes = sorted({1, *(int(size) for size in args.sizes.split(","))})
    steps = [step for step in STEPS if step not in args.without]
    found: dict[int, list[dict[str, Cost]]] = {n: [] for n in sizes}
    for _ in range(args.repeats):
        for n in sizes:
            found[n].append(grow(n, steps))
    head = ["", "prompts", "CPU s", "ms a prompt", f"times that at {first_size(sizes):,}", "peak MiB"]
    print(table([*head, "KiB a prompt", "repeats"], [line for step in steps for line in rows(step, found)]))
    print(f"\n{machine()}. A prompt's share is what goes beyond a run of one prompt; medians.")


if __name__ == "__main__":
    main()
