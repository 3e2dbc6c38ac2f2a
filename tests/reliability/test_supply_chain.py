"""Nothing shipped or loaded can run code, and no shipped file changes unnoticed."""

import ast
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import inspect_homog
from inspect_homog.embedded import encoder, smollm2
from inspect_homog.embedded.weights import packaged_file

pytestmark = pytest.mark.reliability
PACKAGE = Path(inspect_homog.__file__).parent
MANIFEST = Path(__file__).with_name("shipped.sha256")
DATA = (".jsonl", ".json", ".md", ".yaml", ".safetensors")
UNSAFE_MODULES = {"pickle", "cPickle", "dill", "joblib", "marshal", "shelve", "cloudpickle"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}


def unsafe(source: str) -> Iterator[str]:
    """What in a source could run code out of data."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            names = [module or ""] + [alias.name for alias in node.names]
            yield from (name for name in names if name.partition(".")[0] in UNSAFE_MODULES)
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        given = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
        if called in UNSAFE_CALLS or called in ("yaml.load", "yaml.unsafe_load", "yaml.full_load"):
            yield called
        if called == "torch.load" and given.get("weights_only") != "True":
            yield called
        if (
            given.get("allow_pickle", "False") != "False"
            or given.get("trust_remote_code", "False") != "False"
        ):
            yield f"{called} with {given}"


def test_no_source_runs_code_out_of_data() -> None:
    files = [path for path in PACKAGE.rglob("*.py") if "paper_config" not in path.parts]
    assert len(files) > 100
    assert {str(path): found for path in files if (found := list(unsafe(path.read_text("utf-8"))))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from joblib import load",
        "yaml.load(x)",
        "torch.load(x)",
        "eval(x)",
        "np.load(x, allow_pickle=True)",
        "f(trust_remote_code=True)",
    ],
)
def test_the_check_finds_what_it_looks_for(source: str) -> None:
    assert list(unsafe(source))


def test_weights_are_of_formats_that_hold_no_code() -> None:
    gguf = packaged_file(smollm2.PACKAGE, smollm2.FILE)
    tensors = packaged_file(encoder.PACKAGE, "model/model.safetensors")
    assert gguf
    assert tensors
    with gguf.open("rb") as file:
        assert file.read(4) == b"GGUF"
    with tensors.open("rb") as file:
        assert json.loads(file.read(int.from_bytes(file.read(8), "little")))["__metadata__"]
    beside = {path.suffix for path in tensors.parent.rglob("*") if path.is_file()}
    assert not beside & {".bin", ".pt", ".pth", ".pkl", ".ckpt", ".py"}


def shipped() -> str:
    """One line a data file, as `sha256sum` writes it."""
    files = sorted(path for path in PACKAGE.rglob("*") if path.suffix in DATA)
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(PACKAGE).as_posix()}\n"
        for path in files
    )


def test_no_shipped_file_changed_unnoticed() -> None:
    """After an edit that is meant: raise the rubric's `version` where its meaning changed, and run
    `python -m tests.reliability.test_supply_chain`."""
    known, found = (set(text.splitlines()) for text in (MANIFEST.read_text("utf-8"), shipped()))
    assert sorted(found ^ known) == []


if __name__ == "__main__":
    MANIFEST.write_text(shipped(), "utf-8")
