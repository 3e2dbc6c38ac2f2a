"""Errors clustered by prompt, and relations to functional diversity, against numpy and scipy by hand."""

import json
from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from inspect_ai.log import EvalLog
from inspect_ai.scorer import SampleScore, Score, ci, stderr
from scipy.stats import linregress, spearmanr

from inspect_homog.scoring.statistics import by_category, by_prompt, diversity_correlation, diversity_slope
from inspect_homog.tasks import advice
from tests.support.judge import class_of, judge_by
from tests.support.server import Request, last_text, scripted

Run = Callable[..., EvalLog]


def scores(
    values: list[float], diversity: list[float] | None = None, **metadata: list[Any]
) -> list[SampleScore]:
    return [
        SampleScore(
            sample_id=i,
            score=Score(value=value, metadata={"functional_diversity": diversity[i]} if diversity else {}),
            sample_metadata={name: column[i] for name, column in metadata.items()},
        )
        for i, value in enumerate(values)
    ]


def test_variants_of_a_prompt_count_as_one_cluster() -> None:
    values = [0.0, 0.1, 0.9, 1.0]
    plain: Any = stderr()
    clustered: Any = by_prompt(stderr)
    assert clustered(scores(values)) == pytest.approx(plain(scores(values)))
    found = clustered(scores(values, prompt_id=["p", "p", "q", "q"]))
    d = np.array(values) - 0.5
    by_hand = np.sqrt(2 / 1 * ((d[0] + d[1]) ** 2 + (d[2] + d[3]) ** 2)) / 4
    assert found == pytest.approx(by_hand)
    assert found > plain(scores(values))


def test_a_number_names_the_same_prompt_as_its_text_and_none_names_none() -> None:
    values = [0.0, 0.1, 0.9, 1.0]
    clustered: Any = by_prompt(stderr)
    named = clustered(scores(values, prompt_id=["1", "1", "q", "q"]))
    assert clustered(scores(values, prompt_id=[1, "1", "q", "q"])) == pytest.approx(named)
    assert clustered(scores(values, prompt_id=[1, 1, "q", "q"])) == pytest.approx(named)
    plain: Any = stderr()
    assert clustered(scores(values, prompt_id=[None] * 4)) == pytest.approx(plain(scores(values)))
    x = [i / 20 for i in range(20)]
    correlation: Any = diversity_correlation()
    halves = [n if i % 2 else str(n) for i, n in enumerate(sorted([*range(10), *range(10)]))]
    assert correlation(scores(x, x, prompt_id=halves))["prompts"] == 10
    assert correlation(scores(x, x, prompt_id=[None] * 20))["prompts"] == 20


def test_a_file_with_variants_gets_the_clustered_error_in_the_log(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "variants.jsonl"
    rows = [{"input": f"{p} {v}", "prompt_id": p} for p in ("few", "many") for v in (1, 2)]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    def target_script(body: Request) -> str:
        nth["i"] += 1
        return f"{'a' if last_text(body).startswith('few') else nth['i']} x"

    nth = {"i": 0}
    with scripted(target_script) as target, scripted(judge_by(class_of)) as judge:
        log = run(
            advice(prompts=str(path), num_responses=3),
            model=target.model(),
            model_roles={"grader": judge.model()},
        )
    assert log.results
    unique = next(s for s in log.results.scores if s.name == "unique")
    assert unique.metrics["mean"].value == 2
    assert unique.metrics["stderr"].value == pytest.approx(1)
    assert unique.metrics["ci_upper"].value == pytest.approx(2 + 12.7062, abs=1e-3)


def test_an_interval_needs_two_prompts() -> None:
    interval: Any = by_prompt(ci)
    assert interval([]) == interval(scores([1.0])) == {}
    assert interval(scores([0.0, 1.0], prompt_id=["p", "p"])) == {}
    assert set(interval(scores([0.0, 1.0]))) == {"lower", "upper"}


def test_groups_appear_only_where_there_are_several() -> None:
    grouped: Any = by_category()
    assert grouped(scores([1, 2], category=["math", "math"])) == {}
    assert grouped(scores([1, 2])) == {}
    assert grouped(scores([1, 2, 4], category=["math", "advice", "advice"])) == {"math": 1, "advice": 3}


def test_correlation_and_slope_by_scipy() -> None:
    rng = np.random.default_rng(1)
    x = rng.random(20)
    y = x**2 + rng.normal(scale=0.2, size=20)
    given = scores(y.tolist(), x.tolist())
    correlation: Any = diversity_correlation()
    slope: Any = diversity_slope()
    assert correlation(given)["spearman"] == pytest.approx(spearmanr(x, y).statistic)
    found, line = slope(given), linregress(x, y)
    assert found["slope"] == pytest.approx(line.slope)
    assert (found["high"] - found["low"]) / 2 == pytest.approx(2.1009 * line.stderr, rel=1e-4)
    assert found["prompts"] == 20


def test_epochs_of_a_prompt_are_one_point() -> None:
    x = [i / 10 for i in range(10)]
    once, twice = scores(x, x), scores([*x, *x], [*x, *x])
    for score in twice:
        score.sample_id = int(str(score.sample_id)) % 10
    correlation: Any = diversity_correlation()
    assert correlation(twice) == correlation(once) == {"spearman": pytest.approx(1), "prompts": 10}


@pytest.mark.parametrize("make", [diversity_correlation, diversity_slope])
def test_too_few_prompts_or_no_variation_give_no_relation(make: Callable[[], Any]) -> None:
    few = [i / 9 for i in range(9)]
    assert make()(scores(few, few)) == {"prompts": 9}
    assert make()(scores([i / 12 for i in range(12)], [0.5] * 12)) == {"prompts": 12}
    assert make()(scores(few)) == {"prompts": 0}
    assert not any(isnan(v) for v in make()(scores([1.0] * 12, [i / 12 for i in range(12)])).values())
