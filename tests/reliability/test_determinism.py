"""Equal runs have equal logs, whatever ran side by side; every log says what its figures rest on."""

import hashlib
import json
import random
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from inspect_ai.log import EvalLog
from inspect_ai.model import ModelOutput

from inspect_homog import load_categories
from inspect_homog.prompts.load import load_prompts, prompt_set_hash
from inspect_homog.results.alike import unlike
from inspect_homog.results.inspect_runs import inspect_runs
from inspect_homog.results.run import Run
from inspect_homog.results.slices import merge_slices
from inspect_homog.tasks import classify_prompts, homog, judge_agreement, score_responses
from tests.support.content import content_hash
from tests.support.runs import WORDS, inspect_log, mock, reply_of

pytestmark = pytest.mark.reliability
IDS = [f"{name}-0{i}" for name in ("math", "advice", "random_generation") for i in range(1, 5)]


def by_seed(input: Any, tools: Any, choice: Any, config: Any) -> ModelOutput:
    """A reply that depends on the prompt and the seed alone, as of a server that honours seeds."""
    rng = random.Random(hashlib.sha256(json.dumps([input[-1].text, config.seed]).encode()).hexdigest())
    return reply_of("target", f"{rng.choice(WORDS)} {rng.randrange(9)}")


def one_run(folder: Path, connections: int, samples: int, seed: int = 7) -> EvalLog:
    task = homog(num_responses=4)
    settings = {"max_connections": connections, "max_samples": samples, "seed": seed}
    return inspect_log(folder, task, None, model=mock("target", by_seed), sample_id=IDS, **settings)


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> list[EvalLog]:
    folders = [tmp_path_factory.mktemp(name) for name in ("one", "many")]
    return [one_run(folders[0], 1, 1), one_run(folders[1], 50, 20)]


def test_the_content_is_the_same_one_by_one_and_all_at_once(logs: list[EvalLog], tmp_path: Path) -> None:
    one, many = (content_hash(log) for log in logs)
    assert one == many
    assert content_hash(one_run(tmp_path, 50, 20, seed=8)) != one


def test_a_log_says_prompts_rubrics_and_version(logs: list[EvalLog]) -> None:
    metadata = logs[0].eval.metadata or {}
    assert metadata["inspect_homog"] == version("inspect_homog")
    assert metadata["prompt_set_hash"] == prompt_set_hash(load_prompts())
    assert metadata["rubric_version"] == {name: one.version for name, one in load_categories().items()}
    for one in logs[0].samples or []:
        known = (one.scores or {})["functional_diversity"].metadata or {}
        assert {"rubric_version", "prompt_hash", "inspect_homog"} <= set(known)


def test_so_do_the_other_tasks(tmp_path: Path) -> None:
    file, pairs = tmp_path / "drawn.jsonl", tmp_path / "pairs.jsonl"
    file.write_text('{"prompt": "Why?", "responses": ["a", "b"], "category": "advice"}\n', encoding="utf-8")
    hashes = []
    for second in ("b", "c"):
        row = {"prompt": "Why?", "a": "a", "b": second, "same": True, "category": "advice"}
        pairs.write_text(json.dumps(row), encoding="utf-8")
        for task in (judge_agreement(str(pairs)), score_responses(str(file)), classify_prompts()):
            metadata = task.metadata or {}
            assert metadata["inspect_homog"] == version("inspect_homog")
            assert metadata["rubric_version"]
            assert len(metadata["prompt_set_hash"]) == 64
        hashes.append((judge_agreement(str(pairs)).metadata or {})["prompt_set_hash"])
    assert hashes[0] != hashes[1]


@pytest.fixture(scope="module")
def run(logs: list[EvalLog]) -> Run:
    (found,) = inspect_runs(logs[0].location)
    return found


def rubric(run: Run) -> Run:
    return run.model_copy(update={"scored": [s.model_copy(update={"rubric_version": 9}) for s in run.scored]})


def asked(run: Run) -> Run:
    return run.model_copy(update={"scored": [s.model_copy(update={"input": "Other?"}) for s in run.scored]})


CHANGES: dict[str, Callable[[Run], Run]] = {
    "package 0.1.0 | 9": lambda run: run.model_copy(update={"package_version": "9"}),
    "rubric version 1": rubric,
    "prompt set ": asked,
}


@pytest.mark.parametrize("warning", CHANGES)
def test_runs_that_differ_are_warned_of(warning: str, run: Run) -> None:
    assert unlike([run, run.model_copy(update={"id": "again"})]) == []
    found = unlike([run, CHANGES[warning](run)])
    assert len(found) == 3
    assert all(warning in line for line in found)


@pytest.mark.parametrize("why", ["rubrics or judging", "package versions"])
def test_slices_judged_in_other_ways_stay_apart(why: str, run: Run) -> None:
    half = len(run.scored) // 2
    one, two = (
        run.model_copy(update={"scored": part, "planned": [s.id for s in part]})
        for part in (run.scored[:half:], run.scored[half:])
    )
    # The two halves have a category in common only if they are cut inside one.
    assert {s.category for s in one.scored} & {s.category for s in two.scored}
    assert len(merge_slices([one, two])) == 1
    other = rubric(two) if why.startswith("rubrics") else two.model_copy(update={"package_version": "9"})
    kept = merge_slices([one, other])
    assert [any(f"their {why} differ" in note for note in part.notes) for part in kept] == [True, True]
