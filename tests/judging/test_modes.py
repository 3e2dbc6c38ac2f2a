"""Judges with known faults in a category task: counts, abstentions, flips and savings by hand."""

import json
from collections.abc import Callable
from math import isnan
from typing import Any

import pytest
from inspect_ai import eval as inspect_eval
from inspect_ai.log import EvalLog

from inspect_homog import HomogError
from inspect_homog.tasks import creative_writing
from tests.conftest import fd
from tests.support.judge import class_of, judge_by, responses_of
from tests.support.server import Script, counter, scripted

Run = Callable[..., EvalLog]
TEXTS = ["a 0", "a 1", "a 2", "b 3", "b 4"]
FIRST = sorted(TEXTS)


def judged(run: Run, *scripts: Script, **args: Any) -> tuple[EvalLog, list[int]]:
    """One prompt with the five texts, judged by one scripted model for each script."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        target = stack.enter_context(scripted(counter(TEXTS)))
        servers = [stack.enter_context(scripted(script)) for script in scripts]
        models = [server.model(f"judge{i}") for i, server in enumerate(servers)]
        log = run(creative_writing(**args), model=target.model(), model_roles={"grader": models}, limit=1)
        return log, [len(server.requests) for server in servers]


def unique_of(log: EvalLog) -> float:
    value = fd(log).value
    assert isinstance(value, dict)
    return float(value["unique"] or 0)


def metrics(log: EvalLog) -> dict[str, float]:
    assert log.results
    return {
        name.removeprefix("inspect_homog/panel_"): m.value
        for score in log.results.scores
        if score.name == "obtained"
        for name, m in score.metrics.items()
    }


right = judge_by(class_of)


def test_a_judge_that_always_says_yes(run: Run) -> None:
    log, calls = judged(run, lambda body: "YES")
    assert (unique_of(log), calls) == (1, [10])


def test_garbage_leaves_the_sample_unscored_and_is_never_different(run: Run) -> None:
    log, _ = judged(run, lambda body: "I think they are not equivalent.")
    assert isnan(unique_of(log))
    assert fd(log).reason == "grader_failed"
    assert "10 abstentions" in str(fd(log).explanation).replace("\\", "")
    assert metrics(log)["abstention_rate"] == 1
    assert log.results
    unique = next(score for score in log.results.scores if score.name == "unique")
    assert (unique.scored_samples, unique.unscored_samples) == (0, 1)


def test_errors_on_a_fifth_of_the_calls(run: Run) -> None:
    def errs(body: Any) -> str:
        """No verdict on (0, 1), which stays decided through 2; wrong on (2, 3), which merges the classes."""
        texts = sorted(responses_of(body))
        if texts == ["a 0", "a 1"]:
            return "{}"
        return "YES" if texts == ["a 2", "b 3"] else right(body)

    log, _ = judged(run, errs)
    assert unique_of(log) == 1
    assert metrics(log)["abstention_rate"] == pytest.approx(0.1)
    value = fd(log).value
    assert isinstance(value, dict)
    assert value["pairwise"] == pytest.approx(5 / 9)


def test_an_abstention_that_matters_leaves_the_count_open(run: Run) -> None:
    log, _ = judged(run, lambda body: "" if "b 4" in responses_of(body) else right(body))
    assert isnan(unique_of(log))
    assert metrics(log)["abstention_rate"] == pytest.approx(0.4)


def test_both_orders_turn_position_bias_into_abstentions(run: Run) -> None:
    def prefers_first(body: Any) -> str:
        first, second = responses_of(body)
        return "YES" if class_of(first) == class_of(second) or first < second else "NO"

    log, calls = judged(run, prefers_first, both_orders=True)
    assert calls == [20]
    assert isnan(unique_of(log))
    assert metrics(log)["flip_rate"] == pytest.approx(0.6)
    assert metrics(log)["abstention_rate"] == pytest.approx(0.6)
    log, calls = judged(run, right, both_orders=True)
    assert (unique_of(log), calls, metrics(log)["flip_rate"]) == (2, [20], 0)


def test_a_panel_reports_the_mean_of_the_counts_and_its_agreement(run: Run) -> None:
    log, calls = judged(run, right, right, lambda body: "NO")
    assert calls == [10, 10, 10]
    assert unique_of(log) == pytest.approx((2 + 2 + 5) / 3)
    found = metrics(log)
    names = [f"unique_openai-api/scripted/judge{i}" for i in range(3)]
    assert [found[name] for name in names] == [2, 2, 5]
    # 10 pairs: all three say "different" on 6 of them, two "same" and one "different" on 4.
    observed = 4 * 2 * 2 * 1 / (3 - 1) / 30
    expected = 2 * 8 * 22 / (30 * 29)
    assert found["alpha_verdicts"] == pytest.approx(1 - observed / expected)
    assert fd(log).metadata is not None


def test_a_judge_without_a_count_is_left_out_of_the_mean_and_named(run: Run) -> None:
    log, _ = judged(run, right, lambda body: "?")
    assert unique_of(log) == 2
    assert "judge1: no count" in str(fd(log).explanation).replace("\\", "")


@pytest.mark.parametrize("judging", ["pairs", "lossless", "single_call"])
def test_every_way_of_judging_counts_the_same(judging: str, run: Run) -> None:
    def script(body: Any) -> str:
        texts = responses_of(body)
        if len(texts) == 2:
            return right(body)
        kinds = sorted({class_of(text) for text in texts})
        return json.dumps(
            {"groups": [[i for i, text in enumerate(texts, 1) if class_of(text) == kind] for kind in kinds]}
        )

    log, calls = judged(run, script, judging=judging)
    assert unique_of(log) == 2
    found = metrics(log)
    assert found["calls"] == calls[0]
    assert found["calls_saved"] == 10 - calls[0]
    assert calls[0] == {"pairs": 10, "single_call": 1}.get(judging, calls[0])
    assert calls[0] <= 10


@pytest.mark.parametrize(
    "reply",
    [
        '{"groups": [[1, 2, 3], [4]]}',
        '{"groups": [[1, 2], [2, 3, 4, 5]]}',
        '{"groups": [[0, 1, 2, 3, 4]]}',
        '{"groups": [[1, 2, 3, 4, 5, 6]]}',
        '{"groups": [["1", 2, 3, 4, 5]]}',
        '{"groups": [[1, 2, 3, 4, 5]], "note": "x"}',
        "[[1, 2, 3], [4, 5]]",
    ],
)
def test_a_sorting_that_does_not_cover_each_response_once_is_an_abstention(reply: str, run: Run) -> None:
    log, calls = judged(run, lambda body: reply, judging="single_call")
    assert calls == [1]
    assert isnan(unique_of(log))
    assert metrics(log)["abstention_rate"] == 1


def test_identical_texts_are_not_asked_about(run: Run) -> None:
    with scripted(counter(["a", "a", "b", "a", "b"])) as target, scripted(lambda body: "NO") as judge:
        log = run(creative_writing(), model=target.model(), model_roles={"grader": judge.model()}, limit=1)
        assert len(judge.requests) == 1
    assert unique_of(log) == 2
    assert metrics(log)["calls_saved"] == 9


@pytest.mark.parametrize(("both_orders", "saved"), [(False, 10), (True, 20)])
def test_where_all_texts_are_identical_every_call_is_saved(both_orders: bool, saved: int, run: Run) -> None:
    with scripted(lambda body: "a") as target, scripted(lambda body: "NO") as judge:
        task = creative_writing(both_orders=both_orders)
        log = run(task, model=target.model(), model_roles={"grader": judge.model()}, limit=1)
        assert not [request for request in judge.requests if len(responses_of(request)) == 2]
    assert unique_of(log) == 1
    assert metrics(log)["calls_saved"] == saved


def test_what_cannot_be_asked_of_a_judge_is_said_first() -> None:
    with pytest.raises(HomogError, match="pairs, lossless, single_call"):
        creative_writing(judging="triples")
    with pytest.raises(HomogError, match="both_orders"):
        creative_writing(judging="single_call", both_orders=True)
    with scripted(lambda body: "x") as target:
        (log,) = inspect_eval(
            creative_writing(judging="single_call", judge="embedded"),
            model=target.model(),
            limit=1,
            display="none",
        )
        assert not target.requests
    assert log.error
    assert "embedded only compares pairs" in log.error.message


def test_the_judges_figures_cover_every_epoch(run: Run) -> None:
    texts = [f"{'ab'[i % 2]} {i}" for i in range(15)]
    with scripted(counter(texts)) as target, scripted(right) as judge:
        log = run(
            creative_writing(),
            model=target.model(),
            model_roles={"grader": judge.model()},
            limit=1,
            epochs=3,
        )
        assert metrics(log)["calls"] == len(judge.requests) == 30
