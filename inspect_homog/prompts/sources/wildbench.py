"""WildBench: hard requests of real users, some of them with earlier turns (D, F, G and H)."""

from typing import Literal

from inspect_ai.dataset import RecordToSample, Sample, hf_dataset
from inspect_ai.model import ChatMessage, ChatMessageAssistant, ChatMessageUser
from pydantic import Field, field_validator

from ...record import Record
from .source import Row, Source

REVISION = "7c05c1b4550282b2ed6a2e6ac5db069f1e07df5c"
"""The commit that HELM pins."""


class Turn(Record):
    """One message."""

    role: Literal["user", "assistant"]
    """Who wrote it."""

    content: str
    """What it says."""


class WildBenchRow(Row):
    """A conversation that ends in the user's request."""

    id: str | int
    """Its name."""

    conversation_input: list[Turn] = Field(min_length=1)
    """The turns."""

    checklist: list[str]
    """WildBench's own criteria. Not used: as in the paper, the grader writes the factors of quality."""

    primary_tag: str
    """WildBench's own grouping."""

    @field_validator("conversation_input")
    @classmethod
    def _ends_in_a_request(cls, turns: list[Turn]) -> list[Turn]:
        if turns[-1].role != "user" or not turns[-1].content.strip():
            raise ValueError("does not end in a user's turn with text")
        return turns

    def sample(self) -> Sample:
        """See `Row.sample`."""
        turns = self.conversation_input
        messages: list[ChatMessage] = [
            ChatMessageUser(content=turn.content)
            if turn.role == "user"
            else ChatMessageAssistant(content=turn.content)
            for turn in turns
        ]
        return Sample(id=str(self.id), input=messages if len(turns) > 1 else turns[0].content)


def _published(give: RecordToSample) -> None:
    hf_dataset("allenai/WildBench", name="v2", split="test", revision=REVISION, sample_fields=give)


WILDBENCH = Source(
    name="wildbench",
    revision=REVISION,
    files=("wildbench.jsonl", "wildbench.parquet"),
    row=WildBenchRow,
    published=_published,
    count=44,
)
"""Requests of users, with checklists."""
