"""What inspect_evals is told of this package, as it reads it: eval.yaml, and the entry for its register."""

import logging
from pathlib import Path

import pytest
import yaml
from inspect_ai.util import registry_info

from benchmarks.beside import beside
from inspect_homog import _registry, tasks
from inspect_homog.prompts.sources.paper import SOURCES

with beside():
    from inspect_evals.metadata import ExternalEvalMetadata, InternalEvalMetadata

ROOT = Path(__file__).parent.parent
EVAL = ROOT / "inspect_homog" / "eval.yaml"
ENTRY = ROOT / "register" / "inspect_homog" / "eval.yaml"
NULL_COMMIT = "0" * 40


@pytest.fixture
def entry() -> ExternalEvalMetadata:
    read = yaml.safe_load(ENTRY.read_text("utf-8"))
    return ExternalEvalMetadata.model_validate({**read, "id": ENTRY.parent.name})


def test_the_entry_is_valid_and_raises_no_warning(caplog: pytest.LogCaptureFixture) -> None:
    read = yaml.safe_load(ENTRY.read_text("utf-8"))
    with caplog.at_level(logging.WARNING):
        ExternalEvalMetadata.model_validate({**read, "id": ENTRY.parent.name})
    assert not caplog.records
    assert "\n" not in read["description"]


def test_every_task_named_is_in_our_registry_where_the_entry_says(entry: ExternalEvalMetadata) -> None:
    for task in entry.tasks:
        assert task.name in _registry.__all__
        assert task.task_path is not None
        assert (ROOT / task.task_path).samefile(str(tasks.__file__))
        assert task.dataset_samples == len(getattr(tasks, task.name)().dataset)


def test_the_source_is_all_placeholders_or_none(entry: ExternalEvalMetadata) -> None:
    """Half an address would look like one."""
    unpublished = str(entry.source.repository_url).startswith("https://unpublished.invalid/")
    assert (entry.source.repository_commit == NULL_COMMIT) is unpublished
    assert (entry.source.maintainers == ["unpublished"]) is unpublished
    assert (entry.contributors == []) is unpublished


def test_eval_yaml_is_valid_and_names_every_task_and_source() -> None:
    read = yaml.safe_load(EVAL.read_text("utf-8"))
    known = InternalEvalMetadata.model_validate({**read, "id": EVAL.parent.name})
    registered = [one for one in _registry.__all__ if registry_info(getattr(_registry, one)).type == "task"]
    needs_a_file = {"score_responses"}
    assert {one.name for one in known.tasks} == set(registered) - needs_a_file
    for task in known.tasks:
        assert task.dataset_samples == len(getattr(tasks, task.name)().dataset)
    code = [path.read_text("utf-8") for path in (EVAL.parent / "prompts" / "sources").glob("*.py")]
    assert len(known.external_assets) == len(SOURCES)
    assert all(any(f'"{asset.source}"' in text for text in code) for asset in known.external_assets)
