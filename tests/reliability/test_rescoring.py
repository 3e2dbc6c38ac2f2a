"""A log that is scored again keeps its responses; what was said before is kept or recorded."""

import json
from pathlib import Path
from typing import Any, Literal

import pytest
from click.testing import CliRunner
from inspect_ai import score
from inspect_ai.log import EvalLog, read_eval_log, write_eval_log
from inspect_ai.model import Model

from inspect_homog import functional_diversity, quality
from inspect_homog.cli import main
from inspect_homog.results.inspect_runs import inspect_runs
from inspect_homog.tasks import homog
from inspect_homog.taxonomy import taxonomy
from tests.support.cli import inspect_cli
from tests.support.judge import class_of, judge_by
from tests.support.runs import grader, inspect_log, mock, target
from tests.support.server import scripted

pytestmark = pytest.mark.reliability
FD = "functional_diversity"
Action = Literal["append", "overwrite"]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> EvalLog:
    task = homog(num_responses=4)
    ids = ["math-01", "advice-01"]
    return inspect_log(tmp_path_factory.mktemp("first"), task, target("x"), judges=1, sample_id=ids)


def other() -> dict[str, Model]:
    return {"grader": mock("other", grader(6))}


def again(log: EvalLog, scorer: Any, action: Action, folder: Path) -> EvalLog:
    """The log scored again, written and read back."""
    written = score(log, scorer, model_roles=other(), action=action, display="none")
    write_eval_log(written, str(folder / f"{action}.eval"))
    return read_eval_log(str(folder / f"{action}.eval"))


def stores(log: EvalLog) -> list[str]:
    """All that was drawn, byte for byte, and the conversation that drew it."""
    return [
        json.dumps([one.store, [m.model_dump(mode="json") for m in one.messages], one.output.completion])
        for one in log.samples or []
    ]


def test_append_keeps_the_old_verdicts_and_pages_read_the_new(first: EvalLog, tmp_path: Path) -> None:
    log = again(first, functional_diversity(), "append", tmp_path)
    assert stores(log) == stores(first)
    for one, before in zip(log.samples or [], first.samples or [], strict=True):
        assert one.scores
        assert before.scores
        assert {name: s for name, s in one.scores.items() if name in before.scores} == before.scores
        (former,) = (one.scores[f"{FD}1"].metadata or {})["former"]
        assert [j["judge"] for j in former["judges"]] == ["mockllm/judge-1"]
    (run,) = inspect_runs(str(tmp_path))
    assert run.judges == ["mockllm/other"]
    assert [one.figures["unique"] for one in run.scored] == [1, 1]
    assert run.reported["unique"] == 1
    assert all("distinct_quality" not in one.figures and one.notes for one in run.scored)
    assert "distinct_quality" not in run.reported


def test_overwrite_records_what_it_replaced_however_often(first: EvalLog, tmp_path: Path) -> None:
    log = again(first, functional_diversity(), "overwrite", tmp_path)
    twice = again(log, functional_diversity(judge="embedded"), "overwrite", tmp_path)
    assert stores(twice) == stores(first)
    for one, before in zip(twice.samples or [], first.samples or [], strict=True):
        assert one.scores
        assert before.scores
        assert list(one.scores) == [FD]
        old, new = (one.scores[FD].metadata or {})["former"]
        known = before.scores[FD]
        assert old["value"] == known.value
        for key in ("rubric_version", "prompt_hash", "judging", "inspect_homog"):
            assert old[key] == (known.metadata or {})[key]
        assert [[j["judge"] for j in former["judges"]] for former in (old, new)] == [
            ["mockllm/judge-1"],
            ["mockllm/other"],
        ]
        assert old["judges"][0]["classes"] == (known.metadata or {})["judges"][0]["classes"]
    shown = CliRunner().invoke(main, ["show", twice.location])
    assert "Judged by: embedded (scored again; before: mockllm/judge-1, mockllm/other)" in shown.output


def test_a_scoring_of_its_own_has_no_former(first: EvalLog) -> None:
    for one in first.samples or []:
        assert one.scores
        assert not any("former" in (s.metadata or {}) for s in one.scores.values())


def test_grades_are_replaced_on_record_too(first: EvalLog, tmp_path: Path) -> None:
    log = again(first, [functional_diversity(), quality()], "overwrite", tmp_path)
    for one, before in zip(log.samples or [], first.samples or [], strict=True):
        assert one.scores
        assert before.scores
        (former,) = (one.scores["quality"].metadata or {})["former"]
        known = (before.scores["quality"].metadata or {})["graders"]
        assert [g["grades"] for g in former["graders"]] == [g["grades"] for g in known]
    (run,) = inspect_runs(str(tmp_path))
    assert all("distinct_quality" in one.figures for one in run.scored)


def test_another_rubric_is_told_apart_and_never_pooled_in_silence(
    first: EvalLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an update of the package: the same log, and a rubric of a higher version."""
    write_eval_log(first, str(tmp_path / "first.eval"))
    changed = {
        name: one.model_copy(update={"version": one.version + 1, "rubric": one.rubric + "\n\nBe strict."})
        for name, one in taxonomy.installed_taxonomy().categories.items()
    }
    with monkeypatch.context() as patch:
        patch.setattr(taxonomy, "installed_taxonomy", lambda: taxonomy.Taxonomy(changed))
        log = again(first, functional_diversity(), "overwrite", tmp_path)
    assert stores(log) == stores(first)
    for one in log.samples or []:
        metadata = (one.scores or {})[FD].metadata or {}
        (former,) = metadata["former"]
        assert metadata["rubric_version"] == former["rubric_version"] + 1
        assert metadata["prompt_hash"] != former["prompt_hash"]
    shown = CliRunner().invoke(main, ["paper-table", str(tmp_path)])
    assert shown.exit_code == 0
    warned = [line for line in shown.stderr.splitlines() if line.startswith("Not comparable")]
    assert ["math" in warned[0] or "math" in warned[1], len(warned)] == [True, 2]
    assert all("rubric version 1 (" in line and "| version 2 (" in line for line in warned)


def test_inspect_score_appends_and_the_target_is_never_asked(first: EvalLog, tmp_path: Path) -> None:
    path = tmp_path / "log.eval"
    write_eval_log(first, str(path))
    with scripted(judge_by(class_of)) as judge:
        done = inspect_cli(
            "score",
            str(path),
            "--scorer=inspect_homog/functional_diversity",
            "--model-role=grader=openai-api/scripted/second",
            "--overwrite",
            "--action=append",
            SCRIPTED_BASE_URL=judge.url,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    log = read_eval_log(str(path))
    assert stores(log) == stores(first)
    (run,) = inspect_runs(str(tmp_path))
    assert run.judges == ["openai-api/scripted/second"]
    for one in log.samples or []:
        assert one.scores
        assert list(one.scores)[-1] == f"{FD}1"
        assert "former" in (one.scores[f"{FD}1"].metadata or {})
