"""Strategies in a user's own task: several turns, images, a system message, reasoning, refusals."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from inspect_ai import Task
from inspect_ai.dataset import Sample
from inspect_ai.log import EvalLog
from inspect_ai.model import (
    ChatCompletionChoice,
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageUser,
    ContentImage,
    ContentReasoning,
    ContentText,
    ModelOutput,
    ModelUsage,
    get_model,
)

from inspect_homog import HomogError, ResponseSet, functional_diversity, strategy_first
from inspect_homog.sampling.strategies import STRATEGIES
from tests.conftest import sample
from tests.sampling.test_strategies import N, obliging
from tests.support.server import scripted

Run = Callable[..., EvalLog]
PIXEL = "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
TURNS = [
    ChatMessageSystem(content="Speak like a sailor."),
    ChatMessageUser(content="Hello."),
    ChatMessageAssistant(content="Ahoy."),
    ChatMessageUser(content=[ContentText(text="What is this?"), ContentImage(image=PIXEL)]),
]


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_samples_messages_are_kept(strategy: str, run: Run) -> None:
    task = Task(
        dataset=[Sample(input=TURNS, metadata={"category": "advice"})],
        solver=STRATEGIES[strategy](num_responses=N),
        scorer=functional_diversity("embedded"),
    )
    with scripted(obliging()) as target:
        log = run(task, model=target.model())
    assert len(sample(log).store_as(ResponseSet).responses) == N
    for request in target.requests:
        system, hello, ahoy, picture, *_ = request["messages"]
        assert system["role"] == "system"
        assert system["content"].startswith("Speak like a sailor.")
        assert sum(m["role"] == "system" for m in request["messages"]) == 1
        assert (hello["content"], ahoy["content"]) == ("Hello.", "Ahoy.")
        assert picture["content"][-1]["image_url"]["url"] == PIXEL


def test_a_task_anchor_needs_a_category() -> None:
    task = Task(dataset=[Sample(input="x", id="lonely")], solver=strategy_first())
    with scripted(obliging()) as target:
        from inspect_ai import eval as inspect_eval

        (log,) = inspect_eval(task, model=target.model(), display="none")
        assert not target.requests
    assert log.error
    assert "'lonely' has no category" in log.error.message
    assert HomogError.__name__ in log.error.traceback


def completion(content: Any, stop_reason: Any = "stop") -> ModelOutput:
    message = ChatMessageAssistant(content=content)
    usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
    choice = ChatCompletionChoice(message=message, stop_reason=stop_reason)
    return ModelOutput(model="mockllm/model", choices=[choice], usage=usage)


@pytest.mark.parametrize("strategy", ["temperature", "regenerate"])
def test_reasoning_is_no_response_and_stop_reasons_are_kept(strategy: str, run: Run) -> None:
    outputs = [
        completion([ContentReasoning(reasoning="secret thoughts"), ContentText(text="open words")]),
        completion("cut he", "max_tokens"),
        completion("I can't help with that.", "content_filter"),
    ]
    task = Task(
        dataset=[Sample(input="x", metadata={"category": "advice"})],
        solver=STRATEGIES[strategy](num_responses=3),
        scorer=functional_diversity("embedded"),
    )
    log = run(task, model=get_model("mockllm/model", custom_outputs=outputs))
    drawn = sample(log).store_as(ResponseSet).responses
    assert sorted((r.text, r.stop_reason) for r in drawn) == [
        ("I can't help with that.", "content_filter"),
        ("cut he", "max_tokens"),
        ("open words", "stop"),
    ]
    score = (sample(log).scores or {})["functional_diversity"]
    assert isinstance(score.value, dict)
    assert score.value["obtained"] == 2
