"""Strategy-then-response: first n distinct strategies, then one response for each."""

from inspect_ai.solver import Solver, TaskState, solver

from ..at_once import at_once
from ..taxonomy.category import Category
from .draw import Draws, as_response, with_system, with_user
from .elicit import Elicitation, elicit, items_schema, listed
from .records import Response
from .strategy import sampling_solver
from .wording import FOLLOW, MORE_STRATEGIES, STRATEGIES


@solver
def strategy_first(num_responses: int = 5, anchor: str = "task", taxonomy: str | None = None) -> Solver:
    """List n strategies on the category's axis, then respond once by each: 1 + n calls, in two rounds.

    Repeated or missing strategies are asked for again, at most twice. Where homogenization is wanted the
    wording of the category keeps the answer single.

    Args:
        num_responses: Responses a prompt, at least 1.
        anchor: `task` (default), `general`, `predicted` or a category's name: on whose axis strategies
            differ.
        taxonomy: Folder with rubrics of further categories.
    """
    return sampling_solver("strategy_first", sample, num_responses, anchor, taxonomy)


async def sample(state: TaskState, wording: Category, draws: Draws, n: int) -> list[Response]:
    """Draw one response for each of up to n strategies that the model lists first."""
    strategies = await elicit_strategies(state, wording, draws, n)
    calls = [
        draws.call(f"response {i + 1}", with_system(state.messages, FOLLOW.format(strategy=strategy)), i)
        for i, strategy in enumerate(strategies)
    ]
    outputs = await at_once(*calls)
    return [as_response(output, strategy) for output, strategy in zip(outputs, strategies, strict=True)]


async def elicit_strategies(state: TaskState, wording: Category, draws: Draws, n: int) -> list[str]:
    """Up to n distinct strategies for the sample's prompt, along the axis of the category."""
    distinct = wording.anchored.strategies
    asked = Elicitation(
        name="strategies",
        parse=listed,
        more=lambda got, missing: MORE_STRATEGIES.format(got=got, missing=missing, strategies=distinct),
        schema=items_schema("strategies", "Distinct strategies, one sentence each"),
        text=str,
        distinct=True,
    )
    request = STRATEGIES.format(n=n, axis=wording.axis, strategies=distinct)
    return await elicit(asked, with_user(state.messages, request), draws, n)
