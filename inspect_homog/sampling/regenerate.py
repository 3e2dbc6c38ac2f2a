"""In-context regeneration: a conversation in which each next response sees the earlier ones."""

from inspect_ai.model import ChatMessage
from inspect_ai.solver import Solver, TaskState, solver

from ..taxonomy.category import GENERAL, Category
from .draw import Draws, as_response, with_user
from .records import Response
from .strategy import sampling_solver


@solver
def regenerate(num_responses: int = 5, anchor: str = GENERAL, taxonomy: str | None = None) -> Solver:
    """Ask for another response after each one (paper section 4): n calls, one after the other.

    Args:
        num_responses: Responses a prompt, at least 1.
        anchor: `general`, `task`, `predicted` or a category's name: whose wording asks for the next one.
        taxonomy: Folder with rubrics of further categories.
    """
    return sampling_solver("regenerate", sample, num_responses, anchor, taxonomy)


async def sample(state: TaskState, wording: Category, draws: Draws, n: int) -> list[Response]:
    """Draw n responses, each in the conversation that holds the earlier ones."""
    conversation: list[ChatMessage] = list(state.messages)
    responses: list[Response] = []
    for i in range(n):
        output = await draws.call(f"response {i + 1}", conversation, i)
        responses.append(as_response(output))
        conversation = with_user([*conversation, output.message], wording.anchored.another)
    return responses
