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
    rows = [
        ["?" if r.classes is None else chr(ord("A") + r.classes[i] % 26) for r in results]
        for i in range(len(responses))
    ]
    lines = [
        f"**Functionally unique of {len(responses)}** · {head}",
        "",
        *response_table([f"class by {cell(r.judge)}" for r in results], rows, responses),
        "",
        *(f"- {cell(note)}" for note in notes),
    ]
    return "\n".join(lines).rstrip()


def response_table(head: Sequence[str], rows: Sequence[Sequence[str]], responses: Sequence[str]) -> list[str]:
    """Lines of a Markdown table with a row a response: its number, what is said of it, its text.

    `head` and `rows` are what is said, as Markdown already; the responses are made inert here.
    """
    lines = ["| " + " | ".join(["#", *head, "response"]) + " |", "|" + "---|" * (len(head) + 2)]
    for number, (row, response) in enumerate(zip(rows, responses, strict=True), start=1):
        lines.append("| " + " | ".join([str(number), *row, cell(response)]) + " |")
    return lines


def cell(text: str) -> str:
    """A text as one line of inert Markdown, cut to `SHOWN` characters."""
    line = " ".join(text.split())
    line = line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
    return _SPECIAL.sub(r"\\\1", line.replace("&", "&amp;").replace("<", "&lt;"))
