"""What every strategy shares: its checks, its anchor, and the `ResponseSet` it leaves in the store."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from inspect_ai.model import ChatMessageAssistant, ModelOutput
from inspect_ai.solver import Generate, Solver, TaskState

from ..errors import HomogError
from ..taxonomy.category import GENERAL, Category
from ..taxonomy.taxonomy import open_taxonomy
from .anchor import Choice, check_anchor, resolve_anchor
from .draw import Draws
from .records import Response, ResponseSet

Sampler = Callable[[TaskState, Category, Draws, int], Awaitable[list[Response]]]
"""Draws up to n responses for a sample in a category's wording: `(state, wording, draws, n)`."""


def check_num_responses(num_responses: Any) -> int:
    """The number of responses, if it is one.

    Raises:
        HomogError: When it is not a whole number of at least 1.
    """
    if not isinstance(num_responses, int) or isinstance(num_responses, bool) or num_responses < 1:
        raise HomogError(f"num_responses must be a whole number of at least 1, not {num_responses!r}.")
    return num_responses


def sampling_solver(
    name: str,
    sampler: Sampler,
    num_responses: int,
    anchor: str,
    taxonomy: str | None,
    *,
    worded: bool = True,
) -> Solver:
    """A solver that runs `sampler` and records what it drew.

    Args:
        name: The strategy's name.
        sampler: Draws the responses.
        num_responses: How many to draw for each sample, at least 1.
        anchor: `general`, `task`, `predicted` or a category's name.
        taxonomy: Folder with rubrics of further categories, or None.
        worded: Whether the strategy has a wording that the anchor selects. Without one, `predicted` still
            asks the model for the category, to measure its answer.
    """
    check_num_responses(num_responses)
    choice = check_anchor(anchor, open_taxonomy(taxonomy))
    if not worded and anchor != "predicted":
        choice = replace(choice, anchor=GENERAL)

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        record = await fill(state, name, sampler, num_responses, choice, Draws(), worded=worded)
        if record.responses:
            first = record.responses[0]
            state.output = ModelOutput.from_content(str(state.model), first.text, first.stop_reason)
            state.messages.append(ChatMessageAssistant(content=first.text))
        return state

    return solve


async def fill(
    state: TaskState,
    name: str,
    sampler: Sampler,
    num_responses: int,
    choice: Choice,
    draws: Draws,
    *,
    worded: bool = True,
) -> ResponseSet:
    """Draw the responses of one sample and record them in its store."""
    resolved = await resolve_anchor(choice, state, draws)
    responses = await sampler(state, resolved.category, draws, num_responses)
    if (got := len(responses)) < num_responses:
        draws.notes.append(f"shortfall: {got} of {num_responses} responses obtained")

    record = state.store_as(ResponseSet)
    record.requested = num_responses
    record.strategy = name
    record.anchor = resolved.category.name if worded else None
    record.anchor_source = choice.anchor if worded else None
    record.predicted = resolved.predicted
    record.responses = responses
    record.drawn = draws.drawn
    record.notes = draws.notes
    return record
