"""What must hold before the first model call, checked in the running evaluation."""

from inspect_ai.model import get_model
from inspect_ai.solver import Generate, Solver, TaskState, solver

from .errors import HomogError
from .judging.panel import check_can_judge, resolve_judges

NO_MODEL = (
    "No model to evaluate. Add --model provider/name (such as --model openai/gpt-4o), "
    "or --model homog/smollm2 to stay offline."
)


@solver
def preflight(judge: str = "auto", judging: str = "pairs") -> Solver:
    """Fail before any model call when there is no model, or no judge that can do what is asked."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        require_model()
        check_can_judge(resolve_judges(judge), judging)
        return state

    return solve


def require_model() -> None:
    """Check that the evaluation has a model. Outside of one, where there is none yet, all is well.

    Raises:
        HomogError: When the evaluation runs with Inspect's placeholder `none`.
    """
    try:
        model = get_model()
    except ValueError:
        return
    if str(model) == "none/none":
        raise HomogError(NO_MODEL)
