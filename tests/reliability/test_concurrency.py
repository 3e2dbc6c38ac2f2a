"""Runs side by side, in one process and in several, are what they are alone."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from anyio.to_thread import run_sync
from inspect_ai import eval as inspect_eval
from inspect_ai.log import EvalLog, list_eval_logs, read_eval_log

from inspect_homog.embedded import encoder as encoders
from inspect_homog.embedded import smollm2
from inspect_homog.tasks import advice, math
from tests.support.content import content_hash
from tests.support.judge import judge_by
from tests.support.server import Request, ScriptedServer, last_text, scripted

pytestmark = pytest.mark.reliability
LIMIT = 4

PROCESS = """
import sys
from inspect_ai import eval as inspect_eval
from inspect_ai.model import get_model
from inspect_homog.tasks import advice
def model(name):
    return get_model("openai-api/scripted/" + name, base_url=sys.argv[1], api_key="none")
(log,) = inspect_eval(
    advice(num_responses=3), model=model("target"), model_roles={"grader": model("judge")},
    limit=4, cache=True, display="none", log_dir=sys.argv[2],
)
assert log.status == "success", log.error
"""


def script(body: Request) -> str:
    """One server for both: a verdict where one is asked for, else a text that the prompt fixes."""
    if body["model"] == "judge":
        return judge_by(lambda text: text.split()[0])(body)
    return f"way-{len(last_text(body)) % 3} and so on"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted(script) as found:
        yield found


def evaluate(server: ScriptedServer, tasks: list[object], **kwargs: object) -> list[EvalLog]:
    roles = {"grader": server.model("judge")}
    logs = inspect_eval(tasks, model=server.model(), model_roles=roles, limit=LIMIT, display="none", **kwargs)
    assert all(log.status == "success" for log in logs)
    return list(logs)


def test_two_tasks_at_once_are_what_they_are_alone(server: ScriptedServer) -> None:
    make = {"math": lambda: math(num_responses=3), "advice": lambda: advice(num_responses=3)}
    both = evaluate(server, [make["math"](), make["advice"]()], max_tasks=2)
    alone = [evaluate(server, [one()])[0] for one in make.values()]
    assert [content_hash(log) for log in both] == [content_hash(log) for log in alone]


def test_processes_that_share_caches_and_logs(
    server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs = str(tmp_path / "shared")
    command = [sys.executable, "-c", PROCESS, server.url, logs]
    env = os.environ | {"INSPECT_CACHE_DIR": str(tmp_path / "shared-cache")}
    started = [subprocess.Popen(command, env=env, stderr=subprocess.PIPE) for _ in range(2)]
    ended = [(one.communicate(timeout=240)[1].decode(), one.returncode) for one in started]
    assert [code for _, code in ended] == [0, 0], ended
    found = [read_eval_log(info) for info in list_eval_logs(logs)]
    assert len(found) == 2
    asked = len(server.requests) + len(server.graded)
    monkeypatch.setenv("INSPECT_CACHE_DIR", env["INSPECT_CACHE_DIR"])
    (third,) = evaluate(server, [advice(num_responses=3)], cache=True)
    assert len(server.requests) + len(server.graded) == asked
    assert {content_hash(log) for log in found} == {content_hash(third)}


def test_many_first_uses_load_the_encoder_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import sentence_transformers

    made: list[object] = []
    original = sentence_transformers.SentenceTransformer

    def counted(*args: object, **kwargs: object) -> object:
        made.append(args)
        return original(*args, **kwargs)

    monkeypatch.setattr(sentence_transformers, "SentenceTransformer", counted)
    encoders._load.cache_clear()
    encoders._load_minilm.cache_clear()

    def use(number: int) -> tuple[encoders.Encoder, encoders.Vectors]:
        found = encoders.load_encoder()
        return found, found.encode([f"text {number % 3}", "shared"])

    async def tasks() -> list[tuple[encoders.Encoder, encoders.Vectors]]:
        return list(await asyncio.gather(*[run_sync(use, i) for i in range(8)]))

    with ThreadPoolExecutor(4) as threads:
        others = [threads.submit(use, i) for i in range(8)]
        found = asyncio.run(tasks()) + [one.result() for one in others]
    assert len(made) == 1
    assert len({id(one) for one, _ in found}) == 1
    for _, vectors in found[1:]:
        assert np.array_equal(vectors[1], found[0][1][1])


def test_many_first_uses_start_one_chat_server(monkeypatch: pytest.MonkeyPatch) -> None:
    import xllamacpp

    made: list[object] = []
    original = xllamacpp.Server

    def counted(params: object) -> object:
        made.append(params)
        return original(params)

    monkeypatch.setattr(xllamacpp, "Server", counted)
    smollm2._serve.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        addresses = set(threads.map(lambda _: smollm2.server_address(), range(8)))
    assert len(made) == len(addresses) == 1
