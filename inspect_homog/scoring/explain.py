"""The Markdown that `inspect view` shows beside a score: which response fell into which class."""

import re
from collections.abc import Sequence

from ..judging.panel import JudgeResult

SHOWN = 160
"""Characters of a response that a table cell shows."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~$>-])")


def explanation(responses: Sequence[str], results: Sequence[JudgeResult], notes: Sequence[str]) -> str:
    """A table with a row a response (class by each judge, then its text), and a line for each note."""
    head = " · ".join(f"{cell(r.judge)}: {'open' if r.unique is None else r.unique}" for r in results)
    lines = [f"**Functionally unique of {len(responses)}** — {head}", ""]
    lines += [
        "| " + " | ".join(["#", *(f"class by {cell(r.judge)}" for r in results), "response"]) + " |",
        "|" + "---|" * (len(results) + 2),
    ]
    for i, response in enumerate(responses):
        labels = ["?" if r.classes is None else chr(ord("A") + r.classes[i] % 26) for r in results]
        lines.append("| " + " | ".join([str(i + 1), *labels, cell(response)]) + " |")
    return "\n".join([*lines, "", *(f"- {cell(note)}" for note in notes)]).rstrip()


def cell(text: str) -> str:
    """A text as one line of inert Markdown, cut to `SHOWN` characters."""
    line = " ".join(text.split())
    line = line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
    return _SPECIAL.sub(r"\\\1", line.replace("&", "&amp;").replace("<", "&lt;"))
