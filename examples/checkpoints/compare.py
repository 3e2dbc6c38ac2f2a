"""Two runs over the same prompts, compared prompt by prompt: `python compare.py LOGS BEFORE AFTER`.

Each prompt is its own control, so the interval of the difference is narrower than two separate ones suggest.
"""

import argparse
from collections.abc import Sequence
from typing import NamedTuple

from inspect_homog import HomogError
from inspect_homog.results.alike import unlike
from inspect_homog.results.read import read_runs
from inspect_homog.results.run import Run, Scored
from inspect_homog.results.summary import Figure, by_category, summarise


class Change(NamedTuple):
    """One figure of one category, over the prompts that have it in both runs."""

    category: str
    """The category's name."""

    key: str
    """The figure's key, such as `unique`."""

    before: float
    """Its mean in the first run."""

    after: float
    """Its mean in the second."""

    difference: Figure
    """Second less first, prompt by prompt, with its 95% interval."""


def changes(before: Run, after: Run, keys: Sequence[str]) -> list[Change]:
    """The changes by category; a figure that no prompt has in both runs has none."""
    later = by_category(after.scored)
    return [
        change
        for category, scored in by_category(before.scored).items()
        for key in keys
        if (change := _change(category or "none", key, scored, later.get(category, [])))
    ]


def _change(category: str, key: str, before: Sequence[Scored], after: Sequence[Scored]) -> Change | None:
    old, new = _by_prompt(before, key), _by_prompt(after, key)
    both = {one.id: one for one in before if one.id in old and one.id in new}
    if not both:
        return None
    paired = [one.model_copy(update={"figures": {key: new[id] - old[id]}}) for id, one in both.items()]
    return Change(
        category,
        key,
        _mean([old[id] for id in both]),
        _mean([new[id] for id in both]),
        summarise(paired)[key],
    )


def _by_prompt(scored: Sequence[Scored], key: str) -> dict[str, float]:
    """Each prompt's mean over its epochs; a prompt that is unscored is absent."""
    values: dict[str, list[float]] = {}
    for one in scored:
        if key in one.figures:
            values.setdefault(one.id, []).append(one.figures[key])
    return {id: _mean(own) for id, own in values.items()}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def newest(runs: Sequence[Run], name: str) -> Run:
    """The newest run whose model or task ends in the name."""
    found = [run for run in runs if run.model.endswith(name) or run.task.endswith(name)]
    if not found:
        known = sorted({f"{run.model} ({run.task})" for run in runs})
        raise HomogError(f"No run of {name!r} there, only: {', '.join(known)}.")
    return found[-1]


def main() -> None:
    """Print a Markdown table, and a line for whatever makes the two runs no fair pair."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("logs", help="a folder of logs")
    parser.add_argument("before", help="model or task, or the end of its name")
    parser.add_argument("after", help="likewise")
    parser.add_argument("--keys", default="unique,fit", help="figures, by default unique,fit")
    given = parser.parse_args()
    runs = read_runs(given.logs)
    before, after = newest(runs, given.before), newest(runs, given.after)
    print("| category | figure | before | after | difference | 95% interval | prompts |")
    print("|---|---|---|---|---|---|---|")
    for one in changes(before, after, given.keys.split(",")):
        found = one.difference
        bounded = found.ci_lower is not None and found.ci_upper is not None
        interval = f"{found.ci_lower:+.2f} to {found.ci_upper:+.2f}" if bounded else "n/a"
        means = f"{one.before:.2f} | {one.after:.2f} | {found.mean:+.2f}"
        print(f"| {one.category} | {one.key} | {means} | {interval} | {found.prompts} |")
    for note in unlike([before, after]):
        print(note)


if __name__ == "__main__":
    main()
