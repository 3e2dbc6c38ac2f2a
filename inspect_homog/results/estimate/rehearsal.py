"""Drawing without a model: the strategy itself runs, and what answers it is a stand-in that takes notes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from anyio.lowlevel import checkpoint
from inspect_ai.dataset import Sample
from inspect_ai.model import ChatMessage, ChatMessageUser, GenerateConfig, ModelName, ModelOutput
from inspect_ai.scorer import Target
from inspect_ai.solver import TaskState

from ...sampling.classify import category_request
from ...sampling.draw import Draws, with_user
from ...sampling.elicit import FOLLOW_UPS
from ...taxonomy.taxonomy import Taxonomy
from .records import Asking, Calls

SENTENCE = 100
"""Characters of a listed strategy: "each in one sentence"."""


@dataclass
class Rehearsal(Draws):
    """Answers every request as asked, at once and in full, and remembers what each call took."""

    n: int = field(kw_only=True)
    """Items in a list."""

    prompt: int = field(kw_only=True)
    """Characters of the prompt, which a new wording of it has too."""

    response: int = field(kw_only=True)
    """Characters of a response."""

    category: str = field(kw_only=True)
    """What the prompt is taken for when the strategy asks."""

    made: list[Asking] = field(default_factory=list)
    """The calls, in their order."""

    rounds: int = 0
    """Calls that had to wait for each other."""

    async def call(
        self,
        name: str,
        messages: Sequence[ChatMessage],
        number: int = 0,
        config: GenerateConfig | None = None,
    ) -> ModelOutput:
        """The reply that the schema asks for, or a response."""
        schema = config.response_schema if config else None
        kind = schema.name if schema else "draw"
        text = self._reply(kind, len(self.made), bool(schema and "probability" in schema.model_dump_json()))
        listed = kind not in ("draw", "category")
        most = 1 + FOLLOW_UPS if listed else 1
        self.made.append(
            Asking(
                purpose="list" if listed else "classify" if kind == "category" else "draw",
                calls=Calls(least=1, expected=1, most=most),
                input_chars=chars(messages),
                output_chars=len(text),
            )
        )
        done = self.rounds + 1
        await checkpoint()  # calls made at once all get here before the first of them goes on
        self.rounds = max(self.rounds, done)
        return ModelOutput.from_content("estimate", text)

    def _reply(self, kind: str, number: int, stated: bool) -> str:
        if kind == "draw":
            return different(number, self.response)
        if kind == "category":
            return json.dumps({"category": self.category})
        length = {"strategies": SENTENCE, "paraphrases": self.prompt}.get(kind, self.response)
        items = [different(i, length) for i in range(self.n)]
        return json.dumps({kind: [{"text": i, "probability": 0.25} for i in items] if stated else items})


def different(number: int, length: int) -> str:
    """The text with this number, about as long as told; no two are equal."""
    return f"{number}:".ljust(length, "x")


def chars(messages: Sequence[ChatMessage]) -> int:
    """Characters of the texts of messages."""
    return sum(len(message.text) for message in messages)


def state_of(sample: Sample) -> TaskState:
    """The state in which Inspect would begin this sample."""
    asked = sample.input
    target = [sample.target] if isinstance(sample.target, str) else sample.target
    return TaskState(
        model=ModelName("estimate/none"),
        sample_id=sample.id or 0,
        epoch=1,
        input=asked,
        messages=[ChatMessageUser(content=asked)] if isinstance(asked, str) else list(asked),
        target=Target(target),
        metadata=dict(sample.metadata or {}),
    )


def classify_asking(messages: Sequence[ChatMessage], taxonomy: Taxonomy) -> Asking:
    """What a grader is asked about the category of a recorded prompt."""
    sent = chars(with_user(messages, category_request(taxonomy)))
    reply = len(json.dumps({"category": "creative_writing"}))
    return Asking(purpose="classify", calls=Calls.exactly(1), input_chars=sent, output_chars=reply)
