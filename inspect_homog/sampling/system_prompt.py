"""System-prompt sampling: one completion that holds n responses."""

from inspect_ai.model import ModelOutput, StopReason
from inspect_ai.solver import Solver, TaskState, solver

from ..taxonomy.category import GENERAL, Category
from .draw import Draws, with_system
from .elicit import Elicitation, elicit, items_schema, listed
from .records import Response
from .strategy import sampling_solver
from .wording import MORE, SEVERAL


@solver
def system_prompt(num_responses: int = 5, anchor: str = GENERAL, taxonomy: str | None = None) -> Solver:
    """Ask for n responses in one completion (paper section 4): 1 call, and at most 2 for a shortfall.

    The instruction joins the sample's own system message. Responses beyond the n-th are dropped, missing
    ones are never made up: see `obtained`.

    Args:
        num_responses: Responses a prompt, at least 1.
        anchor: `general`, `task`, `predicted` or a category's name: whose wording says what must vary.
        taxonomy: Folder with rubrics of further categories.
    """
    return sampling_solver("system_prompt", sample, num_responses, anchor, taxonomy)


async def sample(state: TaskState, wording: Category, draws: Draws, n: int) -> list[Response]:
    """Draw up to n responses that stand in one completion and its follow-ups."""
    several = wording.anchored.several
    asked = Elicitation(
        name="several responses",
        parse=lambda output: responses_in(output, n),
        more=lambda got, missing: MORE.format(n=n, got=got, missing=missing, several=several),
        schema=items_schema("responses", "Separate responses to the user's message"),
        text=lambda response: response.text,
        distinct=False,
    )
    messages = with_system(state.messages, SEVERAL.format(n=n, several=several))
    return await elicit(asked, messages, draws, n)


def responses_in(output: ModelOutput, n: int) -> list[Response]:
    """The responses that a completion carries, each with its place in it.

    A completion that cannot be told apart holds none, unless one response was all that was asked for.
    """
    items = listed(output, n)
    last = len(items) - 1
    return [
        Response(text=item, index=i, stop_reason=stop_reason_of(item, output) if i == last else "stop")
        for i, item in enumerate(items)
    ]


def stop_reason_of(item: str, output: ModelOutput) -> StopReason:
    """The completion's stop reason for a last item that it ends with, which alone can be cut; else `stop`."""
    return output.stop_reason if output.completion.rstrip().endswith(item) else "stop"
