"""A list of n items from one completion, with at most two follow-ups for what is missing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from inspect_ai.model import ChatMessage, GenerateConfig, ModelOutput, ResponseSchema

from .draw import Draws, with_user

T = TypeVar("T")

FOLLOW_UPS = 2
"""How often a model is asked for the rest when it gave fewer than n items."""


@dataclass(frozen=True)
class Elicitation(Generic[T]):
    """How to ask for items and how to read them."""

    name: str
    """Name of the calls' spans."""

    parse: Callable[[ModelOutput], list[T]]
    """Items of one completion, in order."""

    more: Callable[[int, int], str]
    """The follow-up's text, from how many there are and how many are missing."""

    schema: ResponseSchema
    """Asked for where the provider has structured output."""

    key: Callable[[T], str] | None = None
    """When given, an item whose key was seen before is dropped, and counts as missing."""


async def elicit(asked: Elicitation[T], messages: Sequence[ChatMessage], draws: Draws, n: int) -> list[T]:
    """Up to n items; fewer when two follow-ups did not bring the rest. Never padded.

    Items beyond the n-th are dropped. A follow-up continues the conversation, so that the model sees what
    it has already given.
    """
    config = GenerateConfig(response_schema=asked.schema)
    conversation = list(messages)
    items: list[T] = []
    seen: set[str] = set()
    for attempt in range(1 + FOLLOW_UPS):
        output = await draws.call(asked.name, conversation, attempt, config)
        for item in asked.parse(output):
            if asked.key is None:
                items.append(item)
            elif (key := asked.key(item)) not in seen:
                seen.add(key)
                items.append(item)
        if len(items) >= n:
            break
        request = asked.more(len(items), n - len(items))
        conversation = with_user([*conversation, output.message], request)
    return items[:n]


def folded(text: str) -> str:
    """A text's key for telling repeats: case, white space and outer punctuation do not count."""
    return " ".join(text.casefold().split()).strip(" .!,;:'\"")
