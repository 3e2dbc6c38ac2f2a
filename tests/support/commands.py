"""A reader who pastes a document's commands into a shell, block by block."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from inspect_ai.log import read_eval_log

from tests.support.cli import BIN
from tests.support.markdown import ROOT, blocks

LIMIT = 400
"""Seconds that one block may take; none takes long alone, but the machine may be busy."""

_KEPT = ("LANG", "LC_ALL", "OMP_NUM_THREADS", "PATH", "PYTHONPATH", "TMPDIR")


def working_copy(folder: Path) -> Path:
    """The repository as it stands, without what .gitignore names.

    A copy and no clone: so it holds what is not yet committed, needs no git and no repository around it, and
    leaves nothing in the repository's own records.
    """
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    names = [".git", *(name.strip("/") for name in ignored)]
    return Path(shutil.copytree(ROOT, folder / "copy", ignore=shutil.ignore_patterns(*names)))


def run_document(text: str, folder: Path, name: str = "document", limit: float = LIMIT) -> int:
    """Run the `bash` blocks of a document in order, in `folder`, and say how many there were.

    A block is one script, so that loops and exports work as when pasted. It stops at the first command that
    fails.

    Raises:
        AssertionError: When a command fails, takes too long, or leaves a log of a run that did not succeed:
            `inspect eval` exits with 0 then. The message holds what was run and what it printed.
    """
    chosen = [block for block in blocks(text) if block.runs]
    for block in chosen:
        before = _logs(folder)
        place = f"{name}:{block.line}"
        code, output = _run(block.text, folder, limit)
        told = f"\n{block.text}\n{output}"
        assert code is not None, f"{place}: not done within {limit} s{told}"
        assert code == 0, f"{place}: exit code {code}{told}"
        for log in sorted(_logs(folder) - before):
            status = read_eval_log(str(log), header_only=True).status
            assert status == "success", f"{place}: {log.name} has the status {status!r}{told}"
    return len(chosen)


def _run(script: str, folder: Path, limit: float) -> tuple[int | None, str]:
    """Exit code (None: out of time) and everything printed, with each command before its output."""
    printed = folder.parent / "printed.txt"
    with printed.open("w", encoding="utf-8") as sink:
        process = subprocess.Popen(
            ["bash", "-exo", "pipefail", "-c", script],
            cwd=folder,
            env=_environment(folder.parent),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code: int | None = process.wait(limit)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _end(process)
    return code, printed.read_text("utf-8", errors="replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what a block left running."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment(home: Path) -> dict[str, str]:
    """A newcomer's: the installed programs first, nothing of this user, so no key; and no network."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **kept,
        "PATH": f"{BIN}{os.pathsep}{kept.get('PATH', os.defpath)}",
        "HOME": str(home),
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "INSPECT_DISPLAY": "plain",
    }


def _logs(folder: Path) -> set[Path]:
    return set(folder.rglob("*.eval"))
