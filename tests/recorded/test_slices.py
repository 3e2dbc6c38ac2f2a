"""A file scored slice by slice in one command is the file scored at once."""

import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from inspect_ai import eval, eval_retry
from inspect_ai.log import EvalLog, list_eval_logs, read_eval_log

from inspect_homog import HomogError, Question, Verdict, score_responses, score_responses_in_slices
from inspect_homog.judging.judge import Pair
from inspect_homog.recorded.record import RecordedSet
from inspect_homog.recorded.source import JsonLines
from inspect_homog.results.read import read_runs
from inspect_homog.results.summary import summarise
from tests.support.cli import inspect_cli
from tests.support.judge import class_of

CHOSEN: dict[str, Any] = {"scorers": "functional_diversity", "category": "advice"}


class ByFirstWord:
    """Two responses are the same when they begin alike; fails on a prompt of `broken`."""

    name = "first word"
    details: dict[str, str] = {}  # noqa: RUF012

    def __init__(self, broken: Sequence[str] = ()) -> None:
        self.broken = broken

    async def compare(
        self, question: Question, responses: Sequence[str], pairs: Sequence[Pair]
    ) -> list[Verdict]:
        if question.prompt in self.broken:
            raise RuntimeError("out of order")
        alike = {(i, j): class_of(responses[i]) == class_of(responses[j]) for i, j in pairs}
        return [Verdict(pair=pair, answer="same" if alike[pair] else "different") for pair in pairs]


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Seven prompts, of which the i-th has i + 1 answers that differ, up to three."""
    rows = [
        {"id": f"p{i}", "prompt": f"Prompt {i}", "responses": [f"{min(j, i)} {j}" for j in range(3)]}
        for i in range(7)
    ]
    path = tmp_path / "responses.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return str(path)


def scored(task: Any, folder: Path) -> list[EvalLog]:
    return eval(task, model="none", log_dir=str(folder), display="none")


def ids(log: EvalLog) -> list[str]:
    return [str(sample.id) for sample in log.samples or []]


def test_the_slices_are_read_as_the_run_at_once(file: str, tmp_path: Path) -> None:
    judge = ByFirstWord()
    logs = scored(score_responses_in_slices(file, slice_size=3, judge=judge, **CHOSEN), tmp_path / "slices")
    assert [sorted(ids(log)) for log in logs] == [["p0", "p1", "p2"], ["p3", "p4", "p5"], ["p6"]]
    assert [log.eval.task_args_passed["numbers"] for log in logs] == ["1-3", "4-6", "7-7"]
    scored(score_responses(file, judge=judge, **CHOSEN), tmp_path / "whole")
    (slices,), (whole,) = read_runs(str(tmp_path / "slices")), read_runs(str(tmp_path / "whole"))
    assert slices.planned == whole.planned == [f"p{i}" for i in range(7)]
    assert (slices.setting, slices.prompts_in_set) == (whole.setting, 7)
    assert slices.prompts_in_set == whole.prompts_in_set
    assert summarise(slices.scored) == summarise(whole.scored)
    assert [one.figures["unique"] for one in slices.scored] == [1, 2, 3, 3, 3, 3, 3]


def test_slices_of_both_kinds_go_together_in_the_order_of_the_file(file: str, tmp_path: Path) -> None:
    """What a source cut and what `--limit` cut, the last first."""
    judge = ByFirstWord()
    eval(
        score_responses(file, judge=judge, **CHOSEN),
        model="none",
        limit=(5, 7),
        log_dir=str(tmp_path / "logs"),
        display="none",
    )
    task = score_responses_in_slices(file, slice_size=2, numbers="1-5", judge=judge, **CHOSEN)
    assert len(scored(task, tmp_path / "logs")) == 3
    (run,) = read_runs(str(tmp_path / "logs"))
    assert run.planned == [f"p{i}" for i in range(7)]


def test_a_slice_that_fails_is_the_last_and_says_how_to_go_on(
    file: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    judge = ByFirstWord(broken=["Prompt 3"])
    logs = scored(score_responses_in_slices(file, slice_size=2, judge=judge, **CHOSEN), tmp_path / "logs")
    assert [log.status for log in logs] == ["success", "error"]
    (told,) = [one.getMessage() for one in caplog.records if "eval-retry" in one.getMessage()]
    assert told.startswith("The slice 3-4 ended with 'error'")
    (run,) = read_runs(str(tmp_path / "logs"))
    assert run.planned == ["p0", "p1"]


def test_the_command_line_and_a_retry_of_one_slice(file: str, tmp_path: Path) -> None:
    given = ("-T", f"file={file}", "-T", "slice_size=4", "-T", "category=advice", "--model", "none")
    done = inspect_cli(
        *("eval", "inspect_homog/score_responses_in_slices", *given, "--log-dir", str(tmp_path / "logs")),
        *("-T", "scorers=functional_diversity"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    places = [info.name for info in list_eval_logs(str(tmp_path / "logs"), descending=False)]
    logs = [read_eval_log(place) for place in places]
    assert [sorted(ids(log)) for log in logs] == [["p0", "p1", "p2", "p3"], ["p4", "p5", "p6"]]
    (again,) = eval_retry(logs[1], log_dir=str(tmp_path / "again"), display="none")
    assert sorted(ids(again)) == ["p4", "p5", "p6"]


def test_the_file_is_read_once_for_all_slices(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    get = JsonLines.__getitem__

    def counted(self: JsonLines, number: int) -> RecordedSet:
        read.append(number)
        return get(self, number)

    monkeypatch.setattr(JsonLines, "__getitem__", counted)
    times: list[Counter[int]] = []
    for slice_size in (2, 7):
        os.utime(file, ns=(slice_size, slice_size))
        read.clear()
        task = score_responses_in_slices(file, slice_size, judge=ByFirstWord(), **CHOSEN)
        scored(task, tmp_path / str(slice_size))
        times.append(Counter(read))
    sliced, whole = times
    assert all(sliced[number] <= whole[number] for number in range(7))


def test_another_file_in_its_place_is_read_anew(file: str, tmp_path: Path) -> None:
    before = score_responses(file, **CHOSEN)
    assert before.dataset[0].input == "Prompt 0"
    changed = Path(file).read_text("utf-8").replace("Prompt 0", "Another prompt")
    Path(file).write_text(changed, "utf-8")
    os.utime(file, ns=(1, 1))
    after = score_responses(file, **CHOSEN)
    assert after.dataset[0].input == "Another prompt"
    hashes = {(task.metadata or {})["prompt_set_hash"] for task in (before, after)}
    assert len(hashes) == 2


def test_a_shuffled_dataset_is_nobody_elses(file: str) -> None:
    score_responses(file, **CHOSEN).dataset.shuffle(1)
    assert [sample.id for sample in score_responses(file, **CHOSEN).dataset] == [f"p{i}" for i in range(7)]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ({"slice_size": 0}, "slice_size must be a number above 0, not '0'"),
        ({"slice_size": "many"}, "slice_size must be a number above 0, not 'many'"),
        ({"numbers": "5-2"}, "numbers 5-2: prompts count from 1"),
        ({"numbers": "first"}, "numbers first: expected a number, or a range"),
        ({"numbers": "8-9"}, r"numbers 8-9: .*responses.jsonl holds 7 prompts"),
        ({"numbers": 3}, "numbers must be text"),
        ({"judges": "embedded"}, "score_responses: .*judges.* Its arguments: file, category"),
        ({"file": "nowhere.jsonl"}, "nowhere.jsonl: no such file"),
        ({"category": "Z"}, "Unknown category 'Z'"),
    ],
)
def test_wrong_arguments_are_named(args: dict[str, Any], message: str, file: str, tmp_path: Path) -> None:
    with pytest.raises(HomogError, match=message):
        scored(score_responses_in_slices(**{"file": file, **args}), tmp_path)
