"""kill -9 in the middle of a run, then Inspect's own ways to go on: what is lost, and what is repeated."""

import json
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from inspect_ai import eval as inspect_eval
from inspect_ai import eval_retry, eval_set
from inspect_ai.log import list_eval_logs, read_eval_log

from inspect_homog.results.read import read_runs
from tests.support.faults import pick
from tests.support.judge import class_of, judge_by
from tests.support.server import Request, grader, kind_of, last_text, scripted
from tests.support.sizes import WHOLE

pytestmark = pytest.mark.reliability

PROMPTS, N = 6, 3
TASK = "inspect_homog/creative_writing"
OPTIONS: dict[str, Any] = {
    "model": "openai-api/scripted/target",
    "model_roles": {"grader": "openai-api/scripted/judge"},
    "limit": PROMPTS,
    "seed": 1,
    "max_samples": 1,  # one call after the other, so that the server knows what the client has received
    "max_connections": 1,
    "display": "none",
}


@dataclass
class Killer:
    """Counts the calls of a run, and kills the process that makes them when one of them comes."""

    at: int | None = None
    """Which call kills, from 1; None kills nobody."""
    pid: int = 0
    """Whom."""
    calls: list[Request] = field(default_factory=list)
    """Calls that were answered."""

    def __call__(self, handler: Any, body: Request) -> bool:
        if self.at is not None and len(self.calls) + 1 >= self.at:
            os.kill(self.pid, signal.SIGKILL)
            handler.close_connection = True
            return True
        self.calls.append(body)
        return False


def words(body: Request) -> str:
    return f"{pick(['amber', 'brook', 'cedar'], last_text(body), body['seed'])} {body['seed']}"


def reply(body: Request) -> str:
    return judge_by(class_of)(body) if kind_of(body) == "verdict" else words(body)


@pytest.fixture(scope="module")
def server() -> Iterator[Killer]:
    """One server for all: Inspect keeps models, and with them the addresses of their servers."""
    killer = Killer()
    with (
        pytest.MonkeyPatch.context() as patch,
        scripted(reply, grader(lambda body: 1 + len(last_text(body)) % 5), fault=killer) as server,
    ):
        patch.setenv("SCRIPTED_BASE_URL", server.url)
        yield killer


def run_until_killed(how: str, environment: dict[str, str], options: dict[str, Any]) -> None:
    os.environ.update(environment)
    start = eval_set if how == "eval_set" else inspect_eval
    start(TASK, task_args={"num_responses": N}, **options)


def killed(killer: Killer, at: int, how: str, **options: Any) -> None:
    """A run of a process of its own that is killed by its call number `at`."""
    start = multiprocessing.get_context("forkserver")
    start.set_forkserver_preload([__name__, "inspect_homog.tasks"])
    names = ("SCRIPTED_BASE_URL", "INSPECT_CACHE_DIR", "INSPECT_LOG_DIR")
    environment = {name: os.environ[name] for name in names}
    child = start.Process(target=run_until_killed, args=(how, environment, OPTIONS | options))
    child.start()
    assert child.pid
    killer.pid, killer.at = child.pid, at
    child.join(120)
    assert child.exitcode == -signal.SIGKILL
    killer.at = None


@dataclass
class Whole:
    """An uninterrupted run."""

    figures: dict[str, dict[str, float]]
    calls: list[Request]


@pytest.fixture(scope="module")
def whole(server: Killer, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("whole")
    inspect_eval(TASK, task_args={"num_responses": N}, log_dir=str(folder), **OPTIONS)
    return Whole(figures_in(folder), list(server.calls))


def figures_in(folder: Path) -> dict[str, dict[str, float]]:
    """Each prompt's figures by the one finished run that a folder holds."""
    (run,) = read_runs(str(folder))
    assert all(one.unscored is None for one in run.scored)
    return {one.id: one.figures for one in run.scored}


def moments(calls: list[Request]) -> list[int]:
    """Five calls of a run: the first, two in the middle of drawing, two in the middle of judging."""
    drawing = [place for place, body in enumerate(calls, start=1) if kind_of(body) is None]
    judging = [place for place, body in enumerate(calls, start=1) if kind_of(body) is not None]
    between = next(place for place in judging if place - 1 in drawing and place > len(calls) / 2)
    return [pick(drawing, "a"), pick(drawing, "b"), between, pick(judging, "c"), pick(judging, "d")]


def sent(calls: list[Request]) -> Counter[str]:
    """How often each draw was asked for."""
    return Counter(json.dumps(body, sort_keys=True) for body in calls if kind_of(body) is None)


def unfinished_log(folder: Path) -> str:
    (info,) = list_eval_logs(str(folder))
    return info.name


def complete_in(log: str) -> set[str]:
    """The prompts whose samples a killed run's log holds."""
    return {str(sample.input) for sample in read_eval_log(log).samples or []}


def check(folder: Path, whole: Whole, killer: Killer, before: int, complete: set[str], cache: bool) -> None:
    """Check the end of a run that was resumed after `before` calls."""
    assert figures_in(folder) == whole.figures
    again = [last_text(body) for body in killer.calls[before:] if kind_of(body) is None]
    assert not complete.intersection(again)
    first, second = sent(killer.calls[:before]), sent(killer.calls[before:])
    lost = Counter({key: n for key, n in first.items() if last_text(json.loads(key)) not in complete})
    repeated = (first & second).total()
    asked = (first + second).total()
    print(f"{repeated} of {asked} draws were made again; {len(complete)} prompts were complete")
    assert repeated == (0 if cache else lost.total())
    assert set(first) | set(second) == set(sent(whole.calls))


CASES = [(1, True), (2, False), (3, False), (0, False), (2, True), (4, True)]


@pytest.mark.parametrize(("moment", "cache"), CASES if WHOLE else CASES[:3])
def test_a_killed_run_resumes_to_the_same_figures(
    moment: int, cache: bool, server: Killer, whole: Whole, tmp_path: Path
) -> None:
    how, folder = "eval_set" if moment == 3 else "eval", tmp_path / "run"
    options = {"log_dir": str(folder), "cache": cache, "log_buffer": 1}
    server.calls.clear()
    killed(server, moments(whole.calls)[moment], how, **options)
    before, log = len(server.calls), unfinished_log(folder)
    complete = complete_in(log)
    if how == "eval":
        (done,) = eval_retry(log, log_dir=str(folder), display="none")
    else:
        _, (done,) = eval_set(TASK, task_args={"num_responses": N}, **OPTIONS | options)
    assert done.status == "success"
    check(folder, whole, server, before, complete, cache)
