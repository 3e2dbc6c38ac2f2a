"""What the browser of prompts reads: an index of all prompts, and their responses in compressed parts."""

import gzip
import json
from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from ..progress import progress
from ..run import Run, Scored
from .categories import OUTSIDE, Categories
from .rows import strategy, when

PART = 200
"""Prompts in one part: the page unpacks a part when one of its prompts is opened."""

FOUND_IN = 300
"""Characters of a prompt that the index holds: what the list shows and the search reads."""


def index_of(runs: Sequence[Run]) -> dict[str, Any]:
    """What the list of prompts shows and filters by, column by column; names stand once."""
    models, strategies, categories = _Names(), _Names(), _Names()
    known = Categories(runs)
    entries = [
        [
            models.number(run.model),
            strategies.number(strategy(run)),
            categories.number(known.title(one.category or OUTSIDE)),
            place,
            one.figures.get("unique"),
            _plain(one)[:FOUND_IN],
        ]
        for place, run in enumerate(runs)
        for one in run.scored
    ]
    return {
        "part": PART,
        "models": models.names,
        "strategies": strategies.names,
        "categories": categories.names,
        "runs": [{"task": run.task, "when": when(run)} for run in runs],
        "entries": entries,
    }


def parts_of(runs: Sequence[Run]) -> list[str]:
    """Everything about each prompt, in the order of the index: packed parts of `PART` prompts."""
    everything = [one for run in runs for one in run.scored]
    parts = []
    with progress("Packing responses", len(everything)) as advance:
        for start in range(0, len(everything), PART):
            part = everything[start : start + PART]
            parts.append(packed([_detail(one) for one in part]))
            advance(len(part))
    return parts


def packed(data: object) -> str:
    """JSON, compressed, as text that stands in a page as it is; the same for the same data."""
    text = json.dumps(data, allow_nan=False, separators=(",", ":"))
    return b64encode(gzip.compress(text.encode("ascii"), compresslevel=6, mtime=0)).decode("ascii")


class _Names:
    """Numbers names in the order of first appearance."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        if name not in self._numbers:
            self._numbers[name] = len(self.names)
            self.names.append(name)
        return self._numbers[name]


def _plain(one: Scored) -> str:
    """The prompt as one text: of a conversation, its last turn."""
    return one.input if isinstance(one.input, str) else turn_text(one.input[-1]) if one.input else ""


def turn_text(turn: dict[str, Any]) -> str:
    """The text of one turn; what is no text is named by its type."""
    content = turn.get("content", "")
    if isinstance(content, str):
        return content
    return "\n".join(str(part.get("text") or f"[{part.get('type', 'content')}]") for part in content)


def _detail(one: Scored) -> dict[str, Any]:
    turns = (
        [("", one.input)] if isinstance(one.input, str) else [(t["role"], turn_text(t)) for t in one.input]
    )
    return {
        "id": one.id,
        "epoch": one.epoch,
        "turns": turns,
        "target": [answer for answer in one.target if answer],
        "responses": [
            {"text": r.text, "strategy": r.strategy, "stop": r.stop_reason, "probability": r.probability}
            for r in one.responses
        ],
        "requested": one.requested,
        "usable": one.usable,
        "judges": [
            judged.model_dump(include={"judge", "classes", "abstained", "asked"}) for judged in one.judges
        ],
        "graders": [graded.model_dump() for graded in one.graders],
        "correct": one.correct,
        "figures": {key: one.figures[key] for key in ("unique", "fit", "quality") if key in one.figures},
        "unscored": one.unscored,
        "notes": one.notes,
    }
