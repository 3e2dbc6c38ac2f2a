"""Temperature sampling: n independent draws of the same request."""

from inspect_ai.solver import Solver, TaskState, solver

from ..at_once import at_once
from ..taxonomy.category import GENERAL, Category
from .draw import Draws, as_response
from .records import Response
from .strategy import sampling_solver


@solver
def temperature(num_responses: int = 5, anchor: str = GENERAL, taxonomy: str | None = None) -> Solver:
    """Draw n responses independently (paper section 4, the baseline): n calls, all at once.

    Args:
        num_responses: Responses a prompt, at least 1.
        anchor: Without effect on the request, which has no wording of ours; `predicted` also asks the model
            for the prompt's category, one more call.
        taxonomy: Folder with rubrics of further categories.
    """
    return sampling_solver("temperature", sample, num_responses, anchor, taxonomy, worded=False)


async def sample(state: TaskState, wording: Category, draws: Draws, n: int) -> list[Response]:
    """Draw n responses to the same request."""
    calls = [draws.call(f"draw {i + 1}", state.messages, i) for i in range(n)]
    return [as_response(output) for output in await at_once(*calls)]
