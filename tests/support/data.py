"""The folder of human-labelled pairs and real responses that some tests read, where there is one."""

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("HOMOG_TEST_DATA") or "/nonexistent")
needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="HOMOG_TEST_DATA does not name a folder with labelled data"
)
