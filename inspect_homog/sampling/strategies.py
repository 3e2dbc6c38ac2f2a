"""The sampling strategies by the names users type."""

from collections.abc import Callable

from inspect_ai.solver import Solver

from ..errors import HomogError
from .paraphrase import paraphrase
from .paraphrase import sample as by_paraphrase
from .regenerate import regenerate
from .regenerate import sample as by_regeneration
from .strategy import Sampler
from .strategy_first import sample as by_strategy
from .strategy_first import strategy_first
from .system_prompt import sample as by_system_prompt
from .system_prompt import system_prompt
from .temperature import sample as by_temperature
from .temperature import temperature
from .verbalized import sample as by_verbalizing
from .verbalized import verbalized

STRATEGIES: dict[str, Callable[..., Solver]] = {
    "temperature": temperature,
    "system_prompt": system_prompt,
    "regenerate": regenerate,
    "strategy_first": strategy_first,
    "verbalized": verbalized,
    "paraphrase": paraphrase,
}
"""The solver of each strategy, by the name that users type."""

SAMPLERS: dict[str, Sampler] = {
    "temperature": by_temperature,
    "system_prompt": by_system_prompt,
    "regenerate": by_regeneration,
    "strategy_first": by_strategy,
    "verbalized": by_verbalizing,
    "paraphrase": by_paraphrase,
}
"""What each strategy's solver runs for a sample."""


def make_strategy(
    strategy: str, num_responses: int, anchor: str | None = None, taxonomy: str | None = None
) -> Solver:
    """The strategy's solver; its own default anchor where none is given.

    Raises:
        HomogError: When the strategy or the anchor is unknown or `num_responses` is not a positive number.
    """
    if strategy not in STRATEGIES:
        raise HomogError(f"Unknown strategy {strategy!r}. Use one of: {', '.join(STRATEGIES)}.")
    chosen = {} if anchor is None else {"anchor": anchor}
    return STRATEGIES[strategy](num_responses=num_responses, taxonomy=taxonomy, **chosen)
