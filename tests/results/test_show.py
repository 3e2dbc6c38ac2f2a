"""The table of a log on the terminal."""

import os
from collections.abc import Callable
from pathlib import Path

from inspect_ai.log import EvalLog

from inspect_homog.tasks import creative_writing
from tests.support.cli import homog_cli
from tests.support.judge import class_of, judge_by
from tests.support.server import counter, scripted


def test_the_newest_log_of_a_folder(run: Callable[..., EvalLog], tmp_path: Path) -> None:
    texts = ["red [bold]one\x1b[31m", "blue two", "red three"]
    with scripted(counter(texts)) as target, scripted(judge_by(class_of)) as judge:
        log = run(
            creative_writing(num_responses=3),
            model=target.model(),
            model_roles={"grader": judge.model()},
            limit=1,
        )
    done = homog_cli("show", str(Path(log.location).parent), COLUMNS="200")
    assert done.returncode == 0, done.stderr
    shown = [line.rsplit("• ", 1)[1].strip(" │") for line in done.stdout.split("\n") if "• " in line]
    assert len(shown) == 2
    assert "blue two" in shown
    assert {"red [bold]one [31m", "red three"} & set(shown)
    assert "Judged by: openai-api/scripted/target" in done.stdout
    assert f"Log: {os.path.relpath(log.location)}" in done.stdout
    assert "\x1b" not in done.stdout


def test_no_log_and_no_scores(tmp_path: Path) -> None:
    done = homog_cli("show", str(tmp_path))
    assert done.returncode == 1
    assert "no Inspect log there" in done.stderr
