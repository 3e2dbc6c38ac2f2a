"""What must hold before the first model call, checked in the running evaluation."""

from functools import cache
from importlib import import_module
from logging import getLogger
from threading import Thread

from inspect_ai.model import get_model
from inspect_ai.solver import Generate, Solver, TaskState, solver

from .errors import HomogError
from .judging.panel import AnyJudge, check_can_judge, resolve_judges

logger = getLogger(__name__)

NO_MODEL = (
    "No model to evaluate. Add --model provider/name (such as --model openai/gpt-4o), "
    "or --model homog/smollm2 to stay offline."
)
"""Said where a task has no model to evaluate."""


@solver
def preflight(judge: AnyJudge = "auto", judging: str = "pairs", target: bool = True) -> Solver:
    """Fail before any model call when there is no model, or no judge that can do what is asked.

    Args:
        judge: See `functional_diversity`.
        judging: See `functional_diversity`.
        target: Whether there has to be a model under test.
    """

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        if target:
            require_model()
        check_can_judge(resolve_judges(judge), judging)
        return state

    return solve


@solver
def load_ahead() -> Solver:
    """Start to load what the scorers take seconds to import, so that it is there when the first draw is.

    Once in a process. What cannot be loaded is told by the scorer that needs it.
    """

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        _start_to_load()
        return state

    return solve


@cache
def _start_to_load() -> None:
    def load() -> None:
        try:
            from .embedded.encoder import load_encoder

            load_encoder()
            import_module("latex2sympy2_extended")
            import_module("scipy.stats")  # of the slopes and correlations
        except Exception as error:
            logger.debug(f"Not loaded ahead: {error}")

    Thread(target=load).start()


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
