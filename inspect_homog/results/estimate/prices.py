"""Prices of models, from the file that Inspect takes them from."""

from pathlib import Path

from inspect_ai.model import ModelCost, ModelUsage, compute_model_cost
from pydantic import TypeAdapter

from ...errors import HomogError
from ..plain_yaml import read_yaml

Prices = dict[str, ModelCost]
"""Dollars for a million tokens, by the model's name."""


def read_prices(path: Path | None) -> Prices:
    """The prices of a file as `inspect eval --model-cost-config` takes it; none without one.

    Inspect itself ships no prices, so this file is all it knows of them.

    Raises:
        HomogError: When the file cannot be read or is of another form.
    """
    if path is None:
        return {}
    try:
        return TypeAdapter(Prices).validate_python(read_yaml(path.read_text("utf-8")))
    except OSError as error:
        raise HomogError(f"{path}: {error.strerror}.") from error
    except ValueError as error:
        raise HomogError(
            f"{path}: not a file of prices. It gives each model's name, in YAML or JSON, its `input`, "
            "`output`, `input_cache_write` and `input_cache_read`, in dollars a million tokens."
        ) from error


def cost_of(prices: Prices, model: str, input_tokens: float, output_tokens: float) -> float | None:
    """Dollars for uncached tokens, or None when the model has no price."""
    if model not in prices:
        return None
    usage = ModelUsage(input_tokens=round(input_tokens), output_tokens=round(output_tokens))
    return compute_model_cost(prices[model], usage)
