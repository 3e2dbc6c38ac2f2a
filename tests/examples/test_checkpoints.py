"""The comparison of two runs: its figures are those of a paired t-test by hand."""

import importlib.util
import sys
from math import sqrt
from statistics import mean, stdev
from types import SimpleNamespace
from typing import Any

import pytest
from scipy.stats import t

from inspect_homog import HomogError
from inspect_homog.results.run import Scored
from tests.support.examples import EXAMPLES

spec = importlib.util.spec_from_file_location("compare", EXAMPLES / "checkpoints" / "compare.py")
assert spec is not None
assert spec.loader is not None
compare = importlib.util.module_from_spec(spec)
sys.modules["compare"] = compare
spec.loader.exec_module(compare)


def scored(id: str, value: float | None, category: str = "math", epoch: int = 1) -> Scored:
    figures = {} if value is None else {"unique": value}
    given: dict[str, Any] = {
        "id": id,
        "cluster": id,
        "category": category,
        "epoch": epoch,
        "figures": figures,
    }
    return Scored.model_construct(**given)


def run(*prompts: Scored, model: str = "org/step-1") -> Any:
    return SimpleNamespace(scored=list(prompts), model=model, task="homog")


def test_the_interval_is_that_of_the_paired_differences() -> None:
    old, new = [5, 4, 4, 2, 3], [3, 4, 1, 2, 2]
    before = run(*[scored(str(i), x) for i, x in enumerate(old)])
    after = run(*[scored(str(i), x) for i, x in reversed(list(enumerate(new)))])
    (found,) = compare.changes(before, after, ["unique", "fit"])
    by_hand = [b - a for a, b in zip(old, new, strict=True)]
    half = t.ppf(0.975, len(by_hand) - 1) * stdev(by_hand) / sqrt(len(by_hand))
    assert (found.before, found.after) == (mean(old), mean(new))
    assert found.difference.mean == pytest.approx(mean(by_hand))
    ends = (found.difference.ci_lower, found.difference.ci_upper)
    assert ends == pytest.approx((mean(by_hand) - half, mean(by_hand) + half))


def test_only_prompts_scored_in_both_count_and_epochs_are_averaged() -> None:
    before = run(
        scored("a", 4), scored("a", 2, epoch=2), scored("b", None), scored("c", 5), scored("d", 1, "advice")
    )
    after = run(scored("a", 1), scored("b", 2), scored("d", 1, "advice"), scored("e", 9))
    found = {one.category: one for one in compare.changes(before, after, ["unique"])}
    assert set(found) == {"math", "advice"}
    assert (found["math"].before, found["math"].after, found["math"].difference.mean) == (3, 1, -2)
    assert (found["math"].difference.prompts, found["math"].difference.ci_lower) == (1, None)


def test_the_newest_run_of_a_name_is_taken() -> None:
    runs = [run(model="org/step-1"), run(model="org/step-2"), run(model="org/step-1")]
    assert compare.newest(runs, "step-1") is runs[2]
    with pytest.raises(HomogError, match=r"No run of 'step-3'.*org/step-1 \(homog\), org/step-2"):
        compare.newest(runs, "step-3")
