"""A ninth category: its rubric as a user writes it, prompts of it, and scripted models that know it."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

EXAMPLE = Path(__file__).parents[2] / "examples" / "category"
FIELDS: dict[str, Any] = {
    "letter": "R",
    "name": "recipes",
    "title": "Recipes",
    "homogenization": "unwanted",
    "version": 3,
    "definition": "The prompt asks for something to cook.",
    "axis": "dishes",
    "anchored": {
        "several": "OWN-SEVERAL Each must be another dish.",
        "another": "OWN-ANOTHER Give another dish.",
        "strategies": "OWN-STRATEGIES Distinct when they lead to different dishes.",
    },
    "quality_hints": "A good recipe works.",
}
RUBRIC = "OWN-RUBRIC Two recipes are EQUIVALENT when they make the same dish."
PROMPTS = [
    {"id": "soup", "input": "What soup shall I cook?", "category": "recipes"},
    {"id": "cake", "input": "What cake shall I bake?", "category": "R"},
]


def text_of(rubric: str = RUBRIC, **changes: Any) -> str:
    """The file of a rubric; a field that is changed to None is left out."""
    fields = {name: value for name, value in {**FIELDS, **changes}.items() if value is not None}
    return f"---\n{yaml.safe_dump(fields)}---\n{rubric}\n"


def folder_of(folder: Path, *texts: str) -> str:
    """A folder with a file for each text, by default the rubric of recipes."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts or [text_of()]):
        (folder / f"{number}.md").write_text(text, "utf-8")
    return str(folder)


def prompts_of(path: Path, rows: Sequence[dict[str, Any]] = PROMPTS) -> str:
    """A prompts file."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return str(path)


def definitions_in(log: Any) -> list[dict[str, Any] | None]:
    """What each sample says of its category."""
    return [(one.metadata or {}).get("category_definition") for one in log.samples]


def sorting(messages: str) -> str:
    """A judge's reply that puts every response into one group."""
    return json.dumps({"groups": [[int(n) for n in re.findall(r"BEGIN RESPONSE (\d+)", messages)]]})
