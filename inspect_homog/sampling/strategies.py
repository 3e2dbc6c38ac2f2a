"""The sampling strategies by the names users type."""

from collections.abc import Callable

from inspect_ai.solver import Solver

from ..errors import HomogError
from .paraphrase import paraphrase
from .regenerate import regenerate
from .strategy_first import strategy_first
from .system_prompt import system_prompt
from .temperature import temperature
from .verbalized import verbalized

STRATEGIES: dict[str, Callable[..., Solver]] = {
    "temperature": temperature,
    "system_prompt": system_prompt,
    "regenerate": regenerate,
    "strategy_first": strategy_first,
    "verbalized": verbalized,
    "paraphrase": paraphrase,
}


def make_strategy(strategy: str, num_responses: int, anchor: str | None = None) -> Solver:
    """The strategy's solver; its own default anchor where none is given.

    Raises:
        HomogError: When the strategy or the anchor is unknown or `num_responses` is not a positive number.
    """
    if strategy not in STRATEGIES:
        raise HomogError(f"Unknown strategy {strategy!r}. Use one of: {', '.join(STRATEGIES)}.")
    chosen = {} if anchor is None else {"anchor": anchor}
    return STRATEGIES[strategy](num_responses=num_responses, **chosen)
