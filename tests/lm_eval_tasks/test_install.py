"""A normal install into a fresh environment that has lm-eval, one command, and an uninstall."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.harness import TASKS
from tests.support.judge import class_of, judge_by
from tests.support.server import Request, scripted

ROOT = Path(__file__).parents[2]
SITE = Path(sysconfig.get_paths()["purelib"])
K = 3


def run(
    *command: str | Path, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, cwd=cwd, env=env, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def contents(folder: Path) -> dict[str, str]:
    """Every file with its hash; what Python compiles on the way is nobody's."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def left_out(folder: str, names: list[str]) -> set[str]:
    """All but one of lm-eval's own 14,000 task files, which take most of a minute to read."""
    tasks = Path(folder).parts[-2:] == ("lm_eval", "tasks")
    own = {name for name in names if tasks and Path(folder, name).is_dir() and name != "ifeval"}
    return own | {"__pycache__", ".cache"}.intersection(names)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    run(
        *[sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"],
        *["--wheel-dir", folder, ROOT],
        cwd=folder,
    )
    (found,) = folder.glob("*.whl")
    return found


@pytest.mark.slow
def test_the_command_works_after_an_install_and_is_gone_after_an_uninstall(
    wheel: Path, tmp_path: Path
) -> None:
    """lm-eval is copied as installed; all else comes from the environment of the tests."""
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    python = tmp_path / "env/bin/python"
    (site,) = (tmp_path / "env/lib").glob("python*/site-packages")
    (site / "outer.pth").write_text(str(SITE), "utf-8")
    for name in ("lm_eval", *(path.name for path in SITE.glob("lm_eval-*.dist-info"))):
        shutil.copytree(SITE / name, site / name, ignore=left_out)
    before = contents(site)
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "HOMOG_JUDGE")}
    pip = [sys.executable, "-m", "pip", "--python", python, "--quiet", "--disable-pip-version-check"]

    run(*pip, "install", "--no-deps", "--no-index", "--ignore-installed", wheel, cwd=tmp_path, env=env)
    after = contents(site)
    added = after.keys() - before.keys()
    assert before.items() <= after.items()
    assert {name for name in added if name.startswith("lm_eval/")} == {
        f"lm_eval/tasks/homog/{path.name}" for path in (ROOT / "inspect_homog/lm_eval_tasks/homog").iterdir()
    }

    listed = run(python, "-m", "lm_eval", "ls", "tasks", cwd=tmp_path, env=env).stdout
    names = {line.split("|")[1].strip() for line in listed.splitlines() if line.startswith("|")}
    assert {*TASKS, "homog", "ifeval"} <= names

    def script(body: Request) -> str:
        draw = body["seed"] - 1234
        return f"class{min(draw, K - 1)} told in way {draw}"

    with scripted(script) as server, scripted(judge_by(class_of)) as judge:
        judged = {"HOMOG_JUDGE": "openai-api/scripted/judge", "SCRIPTED_BASE_URL": judge.url}
        done = run(
            *[python, "-m", "lm_eval", "--model", "local-chat-completions"],
            *["--model_args", f"model=M,base_url={server.url}/chat/completions"],
            *["--apply_chat_template", "--tasks", "homog_math", "--limit", "8"],
            *["--output_path", "out", "--log_samples"],
            cwd=tmp_path,
            env={**env, **judged},
        )
        assert len(server.requests) == 5 * 8
    assert "|unique     |   |3.0000|±  |" in done.stdout, done.stdout
    check_samples(tmp_path / "out")

    run(*pip, "uninstall", "--yes", "inspect_homog", cwd=tmp_path, env=env)
    assert contents(site) == before
    assert not (site / "lm_eval/tasks/homog").exists()


def check_samples(folder: Path) -> None:
    """Eight problems, each with five responses of three classes."""
    (path,) = folder.rglob("samples_homog_math_*.jsonl")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len(rows) == 8
    for row in rows:
        (texts,), (text,) = row["resps"], row["filtered_resps"]
        assert len(set(texts)) == 5
        logged = json.loads(text)
        assert [response["text"] for response in logged["responses"]] == texts
        assert logged["judges"][0]["classes"] == [0, 1, 2, 2, 2]
        assert len(logged["judges"][0]["verdicts"]) == 10
