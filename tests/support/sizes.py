"""How much the tests of the promises do: all of it in `make test-reliability`, less in `make test`."""

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings

WHOLE = "HOMOG_SOAK" in os.environ
"""Whether all is to be done."""

SOAK = int(os.environ.get("HOMOG_SOAK", "1000"))
"""Samples of the long run."""


def many(number: int) -> Callable[[Any], Any]:
    """So many cases, or a third of them; the same in every run."""
    odd = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
    return settings(max_examples=number if WHOLE else number // 3, database=None, suppress_health_check=odd)
