"""The commands of the documents work: they are run from the text itself, and stand nowhere else."""

import os
from pathlib import Path

import pytest
from inspect_ai import Task
from inspect_ai import eval as inspect_eval
from inspect_ai.solver import Generate, Solver, TaskState, solver

from tests.support.commands import run_document, working_copy
from tests.support.markdown import ROOT, blocks, documents

DOCUMENTS = documents()
RUNNABLE = [one for one in DOCUMENTS if any(block.runs for block in blocks((ROOT / one).read_text("utf-8")))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_block_says_what_it_is(document: Path) -> None:
    found = blocks((ROOT / document).read_text("utf-8"))
    assert [f"{document}:{block.line}: {block.problem}" for block in found if block.problem] == []


@pytest.mark.slow
@pytest.mark.parametrize("document", RUNNABLE, ids=str)
def test_the_commands_of_a_document_run(document: Path, tmp_path: Path) -> None:
    assert run_document((ROOT / document).read_text("utf-8"), working_copy(tmp_path), str(document)) > 0


@solver
def fails() -> Solver:
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        raise RuntimeError("as if a key were missing")

    return solve


def fenced(info: str, *lines: str) -> str:
    return "\n".join(["Text.", "", f"```{info}", *lines, "```", ""])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "copy"
    made.mkdir()
    return made


@pytest.mark.parametrize("info", ["bash", "bash needs=key", "bash needs=gpu", "text", "python", "json"])
def test_good_blocks(info: str) -> None:
    (block,) = blocks(fenced(info, "x"))
    assert block.problem is None
    assert block.line == 3
    assert block.runs is (info == "bash")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (fenced("", "make"), "without a language"),
        ("Text.\n\n    make\n", "without a language"),
        ("- item\n\n  ```\n  make\n  ```\n", "without a language"),
        (fenced("console", "$ make"), "not 'console'"),
        (fenced("bash needs=time", "make"), "'needs=time' after bash"),
        (fenced("bash key", "make"), "'key' after bash"),
        (fenced("bash needs=key gpu", "make"), "after bash"),
        (fenced("bash needs=bare", "make demo", "inspect eval x"), "'inspect eval x'"),
    ],
)
def test_blocks_that_break_the_convention(text: str, said: str) -> None:
    (block,) = blocks(text)
    assert said in str(block.problem)
    assert not block.runs


def test_blocks_run_in_order_and_in_one_folder(folder: Path) -> None:
    text = fenced("bash", "export WHO=you", "echo \\", '  "$WHO" > a') + fenced("bash", "cat a > b")
    text += fenced("bash needs=key", "rm b") + fenced("text", "rm b")
    assert run_document(text, folder) == 2
    assert (folder / "b").read_text() == "you\n"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo before; false\ntrue", "document:3: exit code 1"),
        ("false | cat", "exit code 1"),
        ("no-such-program", "not found"),
        ("sleep 60 &\nsleep 60", "not done within 1 s"),
    ],
)
def test_a_command_that_fails_fails_the_test(script: str, said: str, folder: Path) -> None:
    with pytest.raises(AssertionError, match=said) as raised:
        run_document(fenced("bash", script), folder, limit=1)
    assert script in str(raised.value)


def test_what_was_printed_is_told(folder: Path) -> None:
    with pytest.raises(AssertionError, match=r"\+ ls nowhere\n.*nowhere.*No such file"):
        run_document(fenced("bash", "ls nowhere"), folder)


def test_a_command_gets_no_key_and_the_installed_programs(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    run_document(fenced("bash", "env > env.txt", "type inspect homog > found.txt"), folder)
    seen = dict(line.split("=", 1) for line in (folder / "env.txt").read_text().splitlines() if "=" in line)
    assert "OPENAI_API_KEY" not in seen
    assert seen["HF_HUB_OFFLINE"] == "1"
    first = seen["PATH"].split(os.pathsep)[0]
    assert f"homog is {first}/homog" in (folder / "found.txt").read_text()


def test_a_run_that_fails_fails_the_test(folder: Path) -> None:
    """Inspect ends with 0 all the same; what it logged tells."""
    (log,) = inspect_eval(Task(), model="none", solver=fails(), log_dir=str(folder.parent / "before"))
    assert log.status == "error"
    with pytest.raises(AssertionError, match="has the status 'error'"):
        run_document(fenced("bash", "cp ../before/*.eval ."), folder)
