"""Runs a notebook without Jupyter, and says whether its texts are those stored: `python run.py NOTEBOOK`."""

import ast
import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any


def run(source: str, names: dict[str, Any]) -> str:
    """The text of a cell: what it prints, then its last expression. A figure is drawn and has no text."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(tree, "<cell>", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if last else None
        if draw := getattr(value, "_repr_mimebundle_", None):
            draw()
            value = None
    return printed.getvalue() + ("" if value is None else repr(value))


def stored(cell: dict[str, Any]) -> str:
    """The same from the notebook."""
    texts = [
        output["text"] if "text" in output else output["data"].get("text/plain", [])
        for output in cell["outputs"]
        if "image/png" not in output.get("data", {})
    ]
    return "".join("".join(lines) for lines in texts)


def main() -> int:
    """Run the cells in order, in one namespace and in the notebook's folder, as Jupyter does."""
    path = Path(sys.argv[1])
    cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    os.chdir(path.parent)
    names: dict[str, Any] = {"__name__": "__main__"}
    changed = 0
    for number, cell in enumerate(cells, start=1):
        found, wanted = run("".join(cell["source"]), names), stored(cell)
        if found.strip() != wanted.strip():
            changed += 1
            print(f"Cell {number} now gives:\n{found}\ninstead of:\n{wanted}")
    print(f"{path.name}: {len(cells)} cells run, {changed} with another text than stored.")
    return int(changed > 0)


if __name__ == "__main__":
    sys.exit(main())
