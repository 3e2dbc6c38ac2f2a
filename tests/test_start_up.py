"""What installing the plugin costs everyone who starts Inspect."""

import subprocess
import sys

import inspect_homog

CODE = """
import sys, inspect_ai
import inspect_ai.dataset, inspect_ai.hooks, inspect_ai.model, inspect_ai.scorer, inspect_ai.solver
before = set(sys.modules)
import inspect_homog._registry
new = {name.split(".")[0] for name in set(sys.modules) - before}
print(sorted(new & {"torch", "numpy", "scipy", "pandas", "datasets", "transformers", "sentence_transformers",
                    "sklearn", "xllamacpp", "openai", "lm_eval"}))
from inspect_ai.util import registry_info
print("inspect_homog.sampling.seeds" in sys.modules)
"""


def test_the_plugin_loads_nothing_heavy_and_registers_no_hook() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "False"]


def test_every_public_name_is_there_and_documented() -> None:
    for name in inspect_homog.__all__:
        assert getattr(inspect_homog, name).__doc__, name
