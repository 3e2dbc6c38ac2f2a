"""The project's documents: their blocks of code and their tables, and which blocks are commands to run."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).parents[2]

NEEDS = {
    "key": "a model behind a key",
    "gpu": "a GPU",
    "cluster": "Slurm or Kubernetes",
    "server": "a model server of the reader's",
    "bare": "a bare machine: installs and make, which CI itself and other tests do",
    "data": "a file of the reader's",
    "flow": "Inspect Flow and uv",
    "hawk": "Python 3.13 and the platform's package",
    "jupyter": "a browser and its notebook server",
    "minutes": "nothing, but minutes of the test suite's time",
    "network": "a site other than a package registry",
}
"""Why a block of commands may be shown without being run."""

SHELLS = ("sh", "shell", "console", "zsh", "powershell", "terminal", "shell-session")
"""Other names of what must be called `bash`, so that no command escapes."""

_BARE = re.compile(r"(make|pip|python3?(\.\d+)? -m (venv|pip)|git clone|cd|\.?\S*/pip)\b")

_parser = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Block:
    """One block of code."""

    line: int
    """Where it begins, from 1."""
    info: str
    """What stands behind the fence; empty for an indented block."""
    text: str

    @property
    def runs(self) -> bool:
        return self.info == "bash"

    @property
    def problem(self) -> str | None:
        """What of the convention it breaks."""
        language, *words = self.info.split() or [""]
        needs = words[0].removeprefix("needs=") if words else None
        if not language:
            return "a block of code without a language; commands are `bash`"
        if language in SHELLS:
            return f"commands are `bash`, not {language!r}"
        if language == "bash" and words and (len(words) > 1 or needs not in NEEDS or words[0] == needs):
            return f"{' '.join(words)!r} after bash; use needs= and one of: {', '.join(NEEDS)}"
        if language == "bash" and needs == "bare":
            others = [line for line in _lines(self.text) if not _BARE.match(line)]
            return f"more than make and installs in a bare block: {others[0]!r}" if others else None
        return None


def documents() -> list[Path]:
    """README, CONTRIBUTING, the pages of docs/ and the READMEs of examples/, from the repository's root."""
    found = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    found += (ROOT / "examples").rglob("README.md")
    return sorted(path.relative_to(ROOT) for path in found if path.is_file())


def blocks(text: str) -> list[Block]:
    """All blocks of code, also those in lists and quotations."""
    return [
        Block(token.map[0] + 1, token.info.strip(), token.content)
        for token in _parser.parse(text)
        if token.type in ("fence", "code_block") and token.map
    ]


def tables(text: str) -> list[list[list[str]]]:
    """All tables: rows of the cells' Markdown, the header first."""
    found: list[list[list[str]]] = []
    for token, after in pairwise(_parser.parse(text)):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("th_open", "td_open"):
            found[-1][-1].append(after.content)
    return found


def code_spans(text: str) -> list[str]:
    """What stands between backticks in a cell or a document."""
    children = [child for token in _parser.parse(text) for child in token.children or []]
    return [child.content for child in children if child.type == "code_inline"]


def _lines(text: str) -> list[str]:
    """The commands, with continued lines joined."""
    joined = text.replace("\\\n", " ").splitlines()
    return [line.strip() for line in joined if line.strip() and not line.lstrip().startswith("#")]
