"""Strategies of several turns against an lm-eval model.

lm-eval asks a task for its requests once and runs them all; a later turn depends on the reply. Under
--apply_chat_template it hands the task a bound method of the model, so the task has the model. A strategy's
first request goes the usual way. After it, the very sampler that Inspect runs is run for all documents side
by side; whenever each of them waits for a reply, all waiting requests go to the model's `generate_until` as
one batch.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import anyio
from anyio.to_thread import run_sync
from inspect_ai.model import ChatMessage, GenerateConfig, ModelOutput
from inspect_ai.solver import TaskState
from inspect_ai.util import collect

from ..errors import HomogError
from ..sampling.anchor import Choice
from ..sampling.draw import Draws
from ..sampling.records import ResponseSet
from ..sampling.strategy import Sampler, fill
from .backend import Settings, draw_settings
from .documents import Turn, as_turns


@dataclass(frozen=True)
class Strategy:
    """A sampling strategy with its parameters."""

    name: str
    """Its name, such as `regenerate`."""

    sampler: Sampler
    """Draws the responses."""

    n: int
    """Responses a prompt."""

    choice: Choice
    """Whose wording it uses."""

    async def run(self, state: TaskState, draws: Draws) -> ResponseSet:
        """Draw the responses to one prompt."""
        return await fill(state, self.name, self.sampler, self.n, self.choice, draws)


@dataclass(frozen=True)
class Request:
    """One request to the model."""

    turns: list[Turn]
    """The conversation."""

    settings: Settings
    """Generation settings."""


class _FirstRequest(BaseException):
    def __init__(self, request: Request) -> None:
        self.request = request


@dataclass
class _Preview(Draws):
    """Stops a strategy at its first request."""

    settings: Settings = field(default_factory=dict)

    async def call(
        self,
        name: str,
        messages: Sequence[ChatMessage],
        number: int = 0,
        config: GenerateConfig | None = None,
    ) -> ModelOutput:
        raise _FirstRequest(_request(messages, number, config, self.settings))


def first_request(strategy: Strategy, state: TaskState, settings: Settings) -> Request:
    """What a strategy asks first."""
    running = strategy.run(state, _Preview(settings=settings))
    try:
        running.send(None)
    except _FirstRequest as found:
        return found.request
    finally:
        running.close()
    raise AssertionError(f"{strategy.name} waits for something else than the model.")


@dataclass
class _Rounds:
    """Requests that wait for the model, and their replies."""

    lm: Any
    open: int
    waiting: list[tuple[Request, anyio.Event, list[str]]] = field(default_factory=list)

    async def ask(self, request: Request) -> str:
        event, reply = anyio.Event(), list[str]()
        self.waiting.append((request, event, reply))
        await event.wait()
        return reply[0]

    async def pump(self) -> None:
        """Send what waits, whenever nothing else can go on, until every document is done."""
        while self.open:
            await anyio.wait_all_tasks_blocked()
            batch, self.waiting = self.waiting, []
            if batch:
                replies = await run_sync(_generate, self.lm, [request for request, _, _ in batch])
                for (_, event, reply), text in zip(batch, replies, strict=True):
                    reply.append(text)
                    event.set()


@dataclass
class _Turns(Draws):
    """One document's calls: the first is answered already, the others go into rounds."""

    rounds: _Rounds = field(kw_only=True)
    first: str | None = field(kw_only=True)
    settings: Settings = field(kw_only=True)

    async def call(
        self,
        name: str,
        messages: Sequence[ChatMessage],
        number: int = 0,
        config: GenerateConfig | None = None,
    ) -> ModelOutput:
        self.drawn.calls += 1
        if self.first is not None:
            text, self.first = self.first, None
        else:
            text = await self.rounds.ask(_request(messages, number, config, self.settings))
        return ModelOutput.from_content("lm_eval", clean(text), stop_reason="unknown")


async def draw_all(
    strategy: Strategy, lm: Any, states: Sequence[TaskState], firsts: Sequence[str], settings: Settings
) -> list[ResponseSet]:
    """The response sets of all documents, whose first replies are there."""
    rounds = _Rounds(lm, len(states))

    async def one(state: TaskState, first: str) -> ResponseSet:
        try:
            return await strategy.run(state, _Turns(rounds=rounds, first=first, settings=settings))
        finally:
            rounds.open -= 1

    documents = [one(state, first) for state, first in zip(states, firsts, strict=True)]
    found: list[Any] = await collect(rounds.pump(), *documents)
    return found[1:]


def render(chat_template: Any, turns: list[Turn]) -> Any:
    """The conversation through the model's chat template.

    Raises:
        HomogError: When the system message is lost, which lm-eval does where a template knows no such role.
    """
    found = chat_template(turns)
    for turn in turns if isinstance(found, str) else []:
        if turn["role"] == "system" and turn["content"].strip() not in found:
            raise HomogError(
                "This model's chat template leaves the system message out, and with it what the strategy "
                "asks for. Use a task without a system prompt, such as homog_<category> or "
                "homog_<category>_regenerate."
            )
    return found


def clean(text: str) -> str:
    """A reply's text; empty where the server gave none, for which lm-eval puts a placeholder."""
    from lm_eval.models.api_models import LMEVAL_MODEL_NONE_ANSWER_PLACEHOLDER

    return "" if text == LMEVAL_MODEL_NONE_ANSWER_PLACEHOLDER else text


def _request(
    messages: Sequence[ChatMessage], number: int, config: GenerateConfig | None, settings: Settings
) -> Request:
    asked = draw_settings(settings, number)
    if config is not None and config.temperature is not None:
        asked |= {"temperature": config.temperature, "do_sample": config.temperature > 0}
    return Request(as_turns(list(messages)), asked)


def _generate(lm: Any, requests: Sequence[Request]) -> list[str]:
    from lm_eval.api.instance import Instance

    instances = [
        Instance(
            request_type="generate_until",
            doc={},
            arguments=(render(lm.apply_chat_template, request.turns), request.settings),
            idx=0,
        )
        for request in requests
    ]
    return list(lm.generate_until(instances))
