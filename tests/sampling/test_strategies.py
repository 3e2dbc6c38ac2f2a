"""Every strategy under every anchor: calls, messages, wording and the record it leaves."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from inspect_ai.log import EvalLog, read_eval_log

from inspect_homog import ResponseSet, load_category
from inspect_homog.sampling.strategies import STRATEGIES
from inspect_homog.tasks import creative_writing, math
from inspect_homog.taxonomy.category import general_category, load_categories
from tests.conftest import sample
from tests.support.cli import inspect_cli
from tests.support.server import Request, Script, all_text, last_text, scripted

Run = Callable[..., EvalLog]
N = 4
ANCHORS = ["general", "task", "predicted", "advice"]
WORDING = {
    "system_prompt": "several",
    "verbalized": "several",
    "regenerate": "another",
    "strategy_first": "strategies",
}
CALLS = {
    "temperature": N,
    "system_prompt": 1,
    "regenerate": N,
    "strategy_first": 1 + N,
    "verbalized": 1,
    "paraphrase": 1 + N,
}


def obliging(prediction: str = "math") -> Script:
    """A model that does what each strategy asks, and never says the same thing twice."""
    drawn = iter(range(10**6))

    def script(body: Request) -> str:
        text = all_text(body)
        if "Decide what kind of task" in text:
            return json.dumps({"category": prediction})
        for key in ("strategies", "paraphrases"):
            if f'{{"{key}"' in last_text(body):
                return json.dumps({key: [f"{key} {i}" for i in range(N)]})
        if '"probability"' in text:
            return json.dumps(
                {"responses": [{"text": f"candidate {i}", "probability": 0.2} for i in range(N)]}
            )
        if '{"responses"' in text:
            return json.dumps({"responses": [f"item {i}" for i in range(N)]})
        return f"draw {next(drawn)}"

    return script


def record(log: EvalLog) -> ResponseSet:
    return sample(log).store_as(ResponseSet)


@pytest.mark.parametrize("anchor", ANCHORS)
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_calls_wording_and_record(strategy: str, anchor: str, run: Run) -> None:
    with scripted(obliging()) as target:
        log = run(
            creative_writing(strategy=strategy, anchor=anchor, num_responses=N, judge="embedded"),
            model=target.model(),
            limit=1,
        )
        requests = target.requests
    drawn = record(log)
    assert len(drawn.responses) == drawn.requested == N
    assert len({response.text for response in drawn.responses}) == N
    assert drawn.notes == []
    assert len(requests) == CALLS[strategy] + (anchor == "predicted") == drawn.drawn.calls
    assert drawn.drawn.input_tokens == 7 * len(requests)
    assert drawn.predicted == ("math" if anchor == "predicted" else None)

    used = {"general": "general", "task": "creative_writing", "predicted": "math"}.get(anchor, anchor)
    worded = strategy in WORDING
    assert drawn.anchor == (used if worded else None)
    assert drawn.anchor_source == (anchor if worded else None)
    sent = "\n".join(all_text(request) for request in requests)
    said = {
        (category.name, key)
        for category in [general_category(), *load_categories().values()]
        for key, text in category.anchored.model_dump().items()
        if text in sent
    }
    assert said == ({(used, WORDING[strategy])} if worded else set())


def test_regenerate_sees_what_came_before(run: Run) -> None:
    with scripted(obliging()) as target:
        log = run(
            math(strategy="regenerate", num_responses=3, judge="embedded"), model=target.model(), limit=1
        )
    assert [len(r["messages"]) for r in target.requests] == [1, 3, 5]
    assert [r.text for r in record(log).responses] == ["draw 0", "draw 1", "draw 2"]
    assert [m["content"] for m in target.requests[2]["messages"] if m["role"] == "assistant"] == [
        "draw 0",
        "draw 1",
    ]


def test_each_response_knows_its_strategy(run: Run) -> None:
    with scripted(obliging()) as target:
        log = run(
            math(strategy="strategy_first", num_responses=N, judge="embedded"), model=target.model(), limit=1
        )
    first, *rest = target.requests
    assert load_category("math").axis in last_text(first)
    for response in record(log).responses:
        assert response.strategy
    by_strategy = {r.strategy for r in record(log).responses}
    assert by_strategy == {f"strategies {i}" for i in range(N)}
    assert all(sum(str(s) in all_text(r) for s in by_strategy) == 1 for r in rest)


def test_repeated_strategies_are_asked_for_again(run: Run) -> None:
    replies = iter([["a", "b", "A."], ["B", "c"], ["d", "e"]])

    def script(body: Request) -> str:
        listing = '"strategies"' in all_text(body) and "follow this approach" not in all_text(body)
        return json.dumps({"strategies": next(replies)}) if listing else "x"

    with scripted(script) as target:
        log = run(
            math(strategy="strategy_first", num_responses=4, judge="embedded"), model=target.model(), limit=1
        )
    assert [r.strategy for r in record(log).responses] == ["a", "b", "c", "d"]
    assert [len(r["messages"]) for r in target.requests[:3]] == [2, 4, 6]
    assert len(target.requests) == 3 + 4


@pytest.mark.parametrize("strategy", ["system_prompt", "verbalized", "strategy_first"])
def test_a_shortfall_is_recorded_after_two_follow_ups(strategy: str, run: Run) -> None:
    with scripted(lambda body: "I would rather talk about the weather.") as target:
        log = run(
            creative_writing(strategy=strategy, num_responses=3, judge="embedded"),
            model=target.model(),
            limit=1,
        )
    assert len(target.requests) == 3
    assert record(log).responses == []
    assert record(log).notes == ["shortfall: 0 of 3 responses obtained"]
    score = (sample(log).scores or {})["functional_diversity"]
    assert score.reason == "no_response"
    assert "0 of 3" in str(score.explanation)


def test_too_many_are_cut_and_missing_ones_are_asked_for(run: Run) -> None:
    replies = iter([["a", "b"], ["c", "d", "e"]])
    with scripted(lambda body: json.dumps({"responses": next(replies)})) as target:
        log = run(
            creative_writing(strategy="system_prompt", num_responses=4, judge="embedded"),
            model=target.model(),
            limit=1,
        )
    assert [r.text for r in record(log).responses] == ["a", "b", "c", "d"]
    assert [r.index for r in record(log).responses] == [0, 1, 0, 1]
    assert re.search(r"2 of the 4 responses. Give 2 more", last_text(target.requests[1]))


def test_stated_probabilities_are_kept_and_scaled_only_on_read(run: Run) -> None:
    with scripted(obliging()) as target:
        log = run(
            creative_writing(strategy="verbalized", num_responses=N, judge="embedded"),
            model=target.model(),
            limit=1,
        )
    drawn = record(log)
    assert [r.probability for r in drawn.responses] == [0.2] * N
    assert drawn.probabilities == pytest.approx([1 / N] * N)


@pytest.mark.parametrize(
    ("answer", "anchor", "predicted", "notes"),
    [
        ('{"category": "general"}', "general", "general", 0),
        ("It is creative_writing, I think.", "creative_writing", "creative_writing", 0),
        ("math or advice", "general", None, 1),
        ('{"category": "poetry"}', "general", None, 1),
    ],
)
def test_predictions(answer: str, anchor: str, predicted: str | None, notes: int, run: Run) -> None:
    def script(body: Request) -> str:
        return answer if "Decide what kind of task" in last_text(body) else "x"

    with scripted(script) as target:
        log = run(
            math(strategy="regenerate", anchor="predicted", num_responses=1, judge="embedded"),
            model=target.model(),
            limit=1,
        )
    drawn = record(log)
    assert (drawn.anchor, drawn.predicted, len(drawn.notes)) == (anchor, predicted, notes)


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_draws_stay_distinct_under_the_cache(strategy: str, run: Run) -> None:
    with scripted(obliging()) as target:
        task: Any = creative_writing(strategy=strategy, num_responses=N, judge="embedded")
        cold = record(run(task, model=target.model(), limit=1, cache=True))
        calls = len(target.requests)
        warm = record(run(task, model=target.model(), limit=1, cache=True))
        assert len(target.requests) == calls == CALLS[strategy]
    assert len({r.text for r in cold.responses}) == N
    assert warm.responses == cold.responses


def test_a_strategy_is_a_solver_for_any_task(tmp_path: Path) -> None:
    with scripted(obliging()) as target:
        done = inspect_cli(
            "eval",
            "inspect_homog/math",
            "--model=openai-api/scripted/m",
            "--limit=1",
            "--solver=inspect_homog/regenerate",
            "-S",
            "num_responses=2",
            "-S",
            "anchor=advice",
            "-T",
            "judge=embedded",
            "--log-dir=logs",
            cwd=tmp_path,
            SCRIPTED_BASE_URL=target.url,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert load_category("advice").anchored.another in last_text(target.requests[1])
    (path,) = (tmp_path / "logs").glob("*.eval")
    drawn = record(read_eval_log(path))
    assert (drawn.strategy, drawn.anchor, len(drawn.responses)) == ("regenerate", "advice", 2)
