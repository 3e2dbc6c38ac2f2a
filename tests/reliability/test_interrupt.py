"""kill -9 in the middle of a run, then Inspect's own ways to go on: nothing is lost, and how much is repeated."""

import json
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from inspect_ai import eval as inspect_eval
from inspect_ai import eval_retry, eval_set
from inspect_ai.log import list_eval_logs, read_eval_log

from inspect_homog.results.read import read_runs
from tests.support.cli import inspect_cli
from tests.support.faults import chance, pick
from tests.support.judge import class_of, fenced, judge_by
from tests.support.server import Request, grader, kind_of, last_text, scripted

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


@contextmanager
def serving(patch: pytest.MonkeyPatch) -> Iterator[Killer]:
    killer = Killer()
    with scripted(reply, grader(lambda body: 1 + len(last_text(body)) % 5), fault=killer) as server:
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
