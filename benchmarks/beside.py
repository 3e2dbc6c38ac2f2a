"""Packages that are installed beside the environment, not in it.

Inspect loads every package that registers with it, and the client of Anthropic where there is one, in each
process: inspect_evals takes 2.5 s and 140 MB of every `inspect eval`, the client 1.5 s and 40 MB.
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
