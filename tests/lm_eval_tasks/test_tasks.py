"""Every task and variant, and what lm-eval does by default that would spoil a diversity figure."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from lm_eval.api.model import LM
from lm_eval.tasks import TaskManager

from inspect_homog import HomogError, load_category
from inspect_homog.lm_eval_tasks import task_folder
from inspect_homog.lm_eval_tasks.documents import documents
from inspect_homog.lm_eval_tasks.turns import render
from inspect_homog.prompts.load import load_prompts
from inspect_homog.taxonomy.category import general_category, load_categories
from tests.sampling.test_strategies import obliging
from tests.support.cli import homog_cli
from tests.support.harness import TASKS, harness, record, responses, values
from tests.support.server import Request, all_text, scripted

N = 4
SIZES = {
    "": [1] * N,
    "_system_prompt": [2],
    "_anchored": [2],
    "_regenerate": [1, 3, 5, 7],
    "_strategy_first": [2] * (1 + N),
}
"""Messages in each request of a variant, for one prompt."""


class Plain(LM):
    """A model without chat template and without API: a function from draw to text."""

    def __init__(self, texts: Sequence[str] = ("one", "two", "three", "four", "five")) -> None:
        super().__init__()
        self.texts = texts
        self.asked: list[tuple[Any, ...]] = []

    def generate_until(self, requests: list[Any]) -> list[str]:
        self.asked += [request.args for request in requests]
        return [self.texts[i % len(self.texts)] for i in range(len(requests))]

    def loglikelihood(self, requests: list[Any]) -> list[tuple[float, bool]]:
        raise NotImplementedError

    def loglikelihood_rolling(self, requests: list[Any]) -> list[float]:
        raise NotImplementedError


def test_every_variant_of_every_category_is_listed() -> None:
    manager = TaskManager(include_path=str(task_folder()), include_defaults=False)
    assert sorted(manager.all_subtasks) == sorted(TASKS)
    assert manager.all_groups == ["homog"]
    assert homog_cli("lm-eval-path").stdout.strip() == str(task_folder())


@pytest.mark.parametrize("category", load_categories())
def test_every_variant_runs_and_sends_what_its_strategy_says(category: str) -> None:
    with scripted(obliging()) as server:
        for variant, sizes in SIZES.items():
            task = f"homog_{category}{variant}"
            del server.requests[:]
            results = harness(task, server, limit=1, metadata={"num_responses": N})
            assert sorted(len(request["messages"]) for request in server.requests) == sizes
            assert all(r["temperature"] == 1.0 and r["max_tokens"] == 1024 for r in server.requests)
            assert all(r["stop"] == [] for r in server.requests)
            assert len(set(responses(results, task))) == N
            assert values(results, task)["unscored"] == 0
            logged = record(results, task)
            assert (logged["category"], logged["calls"]) == (category, len(sizes))
            sent = "\n".join(all_text(request) for request in server.requests)
            assert _said(sent) == _wording(category, variant)


def _wording(category: str, variant: str) -> set[str]:
    general, own = general_category().anchored, load_category(category).anchored
    return {
        "": set(),
        "_system_prompt": {general.several},
        "_anchored": {own.several},
        "_regenerate": {general.another},
        "_strategy_first": {own.strategies},
    }[variant]


def _said(sent: str) -> set[str]:
    known = [general_category(), *load_categories().values()]
    return {text for one in known for text in one.anchored.model_dump().values() if text in sent}


def test_rounds_of_all_documents_go_out_together() -> None:
    with scripted(obliging()) as server:
        harness("homog_math_regenerate", server, limit=3, metadata={"num_responses": 3})
    assert [len(request["messages"]) for request in server.requests] == [1] * 3 + [3] * 3 + [5] * 3


def test_a_shortfall_is_asked_for_twice_and_then_told() -> None:
    with scripted(lambda body: "I would rather not.") as server:
        results = harness("homog_advice_system_prompt", server, limit=1)
    assert [len(request["messages"]) for request in server.requests] == [2, 4, 6]
    assert values(results, "homog_advice_system_prompt")["unscored"] == 1
    assert "shortfall: 0 of 5 responses obtained" in record(results, "homog_advice_system_prompt")["notes"]


def test_wording_and_anchor_can_be_chosen() -> None:
    def script(body: Request) -> str:
        return obliging("math")(body)

    with scripted(script) as server:
        results = harness(
            "homog_advice_regenerate", server, limit=1, metadata={"anchor": "predicted", "num_responses": 2}
        )
    logged = record(results, "homog_advice_regenerate")
    assert (logged["anchor"], logged["predicted"], logged["calls"]) == ("math", "math", 3)
    assert [r["temperature"] for r in server.requests] == [0, 1, 1]


def test_the_system_instruction_stays_in_every_turn() -> None:
    with scripted(obliging()) as server:
        harness("homog_math_strategy_first", server, limit=1, system_instruction="Be brief.")
    systems = [request["messages"][0] for request in server.requests]
    assert all(one["role"] == "system" and one["content"].startswith("Be brief.") for one in systems)


@pytest.mark.parametrize("variant", ["_regenerate", "_strategy_first", "_system_prompt", "_anchored"])
def test_turns_without_a_chat_template_are_refused_before_any_call(variant: str) -> None:
    lm = Plain()
    with pytest.raises(HomogError, match="add --apply_chat_template"):
        harness(f"homog_math{variant}", lm=lm, chat=False)
    assert not lm.asked


def test_a_template_that_drops_the_system_message_is_refused() -> None:
    turns = [{"role": "system", "content": "Vary."}, {"role": "user", "content": "Hi"}]
    assert render(lambda t: "".join(m["content"] for m in t), turns) == "Vary.Hi"
    with pytest.raises(HomogError, match="leaves the system message out"):
        render(lambda t: t[-1]["content"], turns)


def test_independent_draws_run_without_a_chat_template(caplog: pytest.LogCaptureFixture) -> None:
    lm = Plain()
    results = harness("homog_advice", lm=lm, chat=False, limit=1, system_instruction="Be brief.")
    assert responses(results, "homog_advice") == list(lm.texts)
    (prompt,) = {text for text, _ in lm.asked}
    assert prompt == "Be brief.\n\n" + str(load_prompts("bundled", "advice")[0].input)
    assert all("seed" not in settings for _, settings in lm.asked)
    assert "top_k=0" in caplog.text


def test_every_draw_has_its_own_seed() -> None:
    with scripted(lambda body: f"draw {body['seed']}") as server:
        harness("homog_advice", server, limit=2)
        assert Counter(r["seed"] for r in server.requests) == dict.fromkeys(range(1234, 1239), 2)
        del server.requests[:]
        harness("homog_advice", server, limit=1, model_args={"seed": 7})
        harness("homog_advice", server, limit=1, gen_kwargs={"seed": 70, "temperature": 0.5})
    assert [r["seed"] for r in sorted(server.requests, key=lambda r: r["seed"])] == [
        *range(7, 12),
        *range(70, 75),
    ]
    assert {r["temperature"] for r in server.requests} == {0.5, 1.0}


def test_equal_draws_over_several_prompts_are_a_symptom(caplog: pytest.LogCaptureFixture) -> None:
    with scripted(lambda body: "always this") as server:
        harness("homog_advice", server, limit=2)
        assert "identical" not in caplog.text
        results = harness("homog_advice", server, limit=3)
    assert values(results, "homog_advice")["unique"] == 1
    assert "identical within each of 3 prompts" in caplog.text
    assert "a cache between lm-eval and the model" in caplog.text
    caplog.clear()
    harness("homog_advice", lm=Plain(["the same"]), chat=False, limit=3)
    assert "seed 1234" in caplog.text


def test_greedy_settings_are_told_before_the_run(caplog: pytest.LogCaptureFixture) -> None:
    with scripted(lambda body: "x") as server:
        harness("homog_advice", server, limit=1, gen_kwargs={"temperature": 0})
        harness("homog_advice", server, limit=1, gen_kwargs={"do_sample": False})
        assert caplog.text.count("make all draws of a prompt one draw") == 2
        caplog.clear()
        harness("homog_advice", server, limit=1)
    assert "one draw" not in caplog.text


def test_a_temperature_forced_by_the_models_name_is_told(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    named = {"model": "gpt-4o-2024-05-13"}
    with scripted(lambda body: "x") as server:
        run = lambda **kwargs: harness(  # noqa: E731
            "homog_advice", server, lm="openai-chat-completions", model_args=named, limit=1, **kwargs
        )
        run()
        assert "by its name" not in caplog.text
        run(gen_kwargs={"temperature": 0.5})
    assert "sends temperature 1 instead of 0.5" in caplog.text


def test_cached_requests_do_not_bring_back_another_number(
    caplog: pytest.LogCaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lm_eval.caching.cache.PATH", str(tmp_path))
    with scripted(obliging()) as server:
        for n in (2, 5):
            results = harness(
                "homog_advice", server, limit=1, cache_requests=True, metadata={"num_responses": n}
            )
            assert len(responses(results, "homog_advice")) == n
    assert "--cache_requests is ignored" in caplog.text


@pytest.mark.parametrize("task", ["homog_advice", "homog_advice_regenerate"])
def test_draws_stay_distinct_under_use_cache(task: str, tmp_path: Path) -> None:
    with scripted(obliging()) as server:
        for _ in ("cold", "warm"):
            results = harness(task, server, limit=2, use_cache=str(tmp_path / "cache"))
            for place in range(2):
                assert len(set(responses(results, task, place))) == 5
        assert len(server.requests) == 20


@pytest.mark.parametrize("task", ["homog_advice", "homog_math", "homog_math_strategy_first"])
def test_predict_only_draws_and_judges_nothing(task: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("inspect_homog.lm_eval_tasks.task.score_all", None)
    with scripted(obliging()) as server:
        results = harness(task, server, limit=1, predict_only=True, metadata={"num_responses": N})
    assert len(set(responses(results, task))) == N
    assert "judges" not in record(results, task)
    assert list(values(results, task)) == ["bypass", "bypass_stderr"]


def test_prompts_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(
        '{"input": "A {{city}}?", "accepted": ["Rome", ["Paris", "Lutetia"]]}\n'
        '{"input": [{"role": "system", "content": "Short."}, {"role": "user", "content": "A river?"}],'
        ' "accepted": ["Nile"]}\n',
        "utf-8",
    )
    with scripted(lambda body: ["Rome", "Lutetia", "Oslo"][body["seed"] % 3]) as server:
        results = harness("homog_underspecified", server, metadata={"prompts": str(path), "num_responses": 3})
    sent = {tuple((m["role"], m["content"]) for m in request["messages"]) for request in server.requests}
    assert sent == {(("user", "A {{city}}?"),), (("system", "Short."), ("user", "A river?"))}
    assert [row["validity"] for row in results["samples"]["homog_underspecified"]] == [
        pytest.approx(2 / 3),
        0,
    ]


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        ({"num_responses": 0}, "at least 1"),
        ({"anchor": "maths"}, "'maths'"),
        ({"strategy": "magic"}, "'magic'"),
        ({"prompts": "nowhere.jsonl"}, "no such file"),
    ],
)
def test_wrong_metadata(metadata: dict[str, Any], said: str) -> None:
    with pytest.raises(HomogError, match=said):
        harness("homog_math_regenerate", lm=Plain(), metadata=metadata)


def test_a_judge_that_cannot_be_used_fails_before_any_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOMOG_JUDGE", "nobody/model")
    lm = Plain()
    with pytest.raises(ValueError, match="nobody"):
        harness("homog_math", lm=lm, chat=False)
    assert not lm.asked


def test_a_folder_of_sources_and_their_labels_are_heard_from_metadata() -> None:
    for name in ("prompts_dir", "labels"):
        with pytest.raises(HomogError, match="go with prompts=paper"):
            documents("advice", **{name: "folder"})
    with pytest.raises(HomogError, match="prompts"):
        documents("advice", prompts=5)  # type: ignore[arg-type]
