"""Calls to the model under test: each its own span, cache scope and seed, all of them counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from inspect_ai.event import ModelEvent
from inspect_ai.log import transcript
from inspect_ai.model import (
    ChatMessage,
    ChatMessageSystem,
    ChatMessageUser,
    ContentText,
    GenerateConfig,
    ModelOutput,
    get_model,
)
from inspect_ai.util import span

from .records import Drawn, Response

_SETTINGS = ("temperature", "top_p", "top_k", "max_tokens")


@dataclass
class Draws:
    """One sample's calls to the model under test, with what they cost."""

    drawn: Drawn = field(default_factory=Drawn)
    """Calls, tokens and settings so far."""

    notes: list[str] = field(default_factory=list)
    """What went other than asked for."""

    async def call(
        self,
        name: str,
        messages: Sequence[ChatMessage],
        number: int = 0,
        config: GenerateConfig | None = None,
    ) -> ModelOutput:
        """Generate once.

        Args:
            name: Name of the span in the transcript.
            messages: What is sent. The last one is copied and tagged with `number`, which keeps equal calls
                apart in every cache and offsets the seed.
            number: Which draw of its kind this is, from 0.
            config: What this call needs besides the run's own settings.
        """
        from .seeds import DRAW

        last = messages[-1].model_copy(update={"metadata": {**(messages[-1].metadata or {}), DRAW: number}})
        async with span(name, type="draw"):
            output = await get_model().generate([*messages[:-1], last], config=config or GenerateConfig())
            self._count(output)
        return output

    def _count(self, output: ModelOutput) -> None:
        self.drawn.calls += 1
        if output.usage:
            self.drawn.input_tokens += output.usage.input_tokens
            self.drawn.output_tokens += output.usage.output_tokens
        if not self.drawn.settings:
            self.drawn.settings = _settings_in_force()


def _settings_in_force() -> dict[str, float | int]:
    for event in reversed(transcript().events):
        if isinstance(event, ModelEvent):
            sent = {name: getattr(event.config, name) for name in _SETTINGS}
            return {name: value for name, value in sent.items() if value is not None}
    return {}


def as_response(output: ModelOutput, strategy: str | None = None) -> Response:
    """The one response that a completion carries, without its reasoning."""
    stop_reason = "content_filter" if _refused(output) else output.stop_reason
    return Response(text=output.completion, strategy=strategy, stop_reason=stop_reason)


def _refused(output: ModelOutput) -> bool:
    """Whether the provider marks the text as a refusal, which leaves the stop reason as it was."""
    parts = output.message.content if output.choices else ""
    return not isinstance(parts, str) and any(
        isinstance(part, ContentText) and part.refusal for part in parts
    )


def with_system(messages: Sequence[ChatMessage], instruction: str) -> list[ChatMessage]:
    """The conversation with an instruction added to its system message, or put before it as a new one."""
    if messages and isinstance(messages[0], ChatMessageSystem):
        return [
            ChatMessageSystem(content=f"{messages[0].text}\n\n{instruction}"),
            *messages[1:],
        ]
    return [ChatMessageSystem(content=instruction), *messages]


def with_user(messages: Sequence[ChatMessage], request: str) -> list[ChatMessage]:
    """The conversation with one more user turn."""
    return [*messages, ChatMessageUser(content=request)]
