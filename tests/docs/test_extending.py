"""The pages on extending say enough, name files that exist, and their examples run as they stand."""

import re
import socket
import sys
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest

from tests.support.markdown import ROOT, Block, blocks, code_spans

PAGES = sorted((ROOT / "docs" / "extending").glob("*.md"))
FEWEST_LINES = 20
"""Lines of prose below which a page cannot say what it must."""

_FILE = re.compile(
    r"(inspect_homog|tests|docs|examples|register)(/[\w.-]+)*/([\w.-]+\.\w+|_default_homog_yaml)?"
)


def python(page: Path) -> list[Block]:
    return [block for block in blocks(page.read_text("utf-8")) if block.info == "python"]


def prose(text: str) -> list[str]:
    """The lines of a page that are neither blank, nor headings, nor code."""
    lines = text.splitlines()
    for block in blocks(text):
        end = block.line + block.text.count("\n") + 1
        lines[block.line - 1 : end] = [""] * (end - block.line + 1)
    return [line for line in lines if line.strip() and not line.startswith("#")]


def run(page: Path, found: list[Block]) -> ModuleType:
    """A module made of the blocks in order. Line numbers of errors are the page's own."""
    module = ModuleType(f"extending_{page.stem}")
    sys.modules[module.__name__] = module
    try:
        for block in found:
            source = "\n" * block.line + block.text
            exec(compile(source, str(page), "exec"), module.__dict__)
    finally:
        del sys.modules[module.__name__]
    return module


def test_there_is_a_page_for_each_of_the_four() -> None:
    assert [page.stem for page in PAGES] == ["judge", "metric", "source", "strategy"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_a_body_and_an_example(page: Path) -> None:
    text = page.read_text("utf-8")
    assert len(prose(text)) >= FEWEST_LINES
    assert python(page)
    assert [line for line in text.splitlines() if len(line) > 120 and "|" not in line] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_files_that_a_page_names_are_there(page: Path) -> None:
    named = [span for span in code_spans(page.read_text("utf-8")) if _FILE.fullmatch(span)]
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.chdir(tmp_path)
    run(page, python(page))


def test_what_is_prose() -> None:
    text = "# Title\n\nOne.\n\n```python\nx = 1\n```\n\n## Part\n\n- two\n- three\n\n```text\na\n```\nFour.\n"
    assert prose(text) == ["One.", "- two", "- three", "Four."]


def test_blocks_share_a_namespace_and_an_error_has_the_line_of_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Title\n\n```python\nx = 1\n```\n\nText.\n\n```python\nassert x == 2\n```\n", "utf-8")
    with pytest.raises(AssertionError) as raised:
        run(page, python(page))
    assert raised.traceback[-1].lineno == 9  # counted from 0
    assert "extending_page" not in sys.modules
