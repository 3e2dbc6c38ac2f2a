"""Packages that are installed beside the environment, not in it.

Inspect loads every package that registers with it in each process: with inspect_evals in the environment that
is 2.5 s and 140 MB more for every `inspect eval`, in tests and in measurements.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDER = Path(sys.prefix) / "beside"
"""Where `make` installs them."""


@contextmanager
def beside() -> Iterator[None]:
    """Within this block they can be imported; what was imported stays."""
    sys.path.append(str(FOLDER))
    try:
        yield
    finally:
        sys.path.remove(str(FOLDER))
