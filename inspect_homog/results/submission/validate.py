"""`homog validate`: every figure of a folder of submissions, computed again."""

from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from ...errors import HomogError
from ...plain import printable
from .check import Checked, check_submission
from .problem import Problem
from .read import aggregate_paths

MOST = 50
"""Problems that are shown."""

FOLDERS = ("data", ".eval_results", "novelty_bench")
"""What a folder of submissions holds."""


def validate(folder: Path, max_unscored: float) -> Iterator[Checked]:
    """Check every submission below a folder, and that no file belongs to none.

    Args:
        folder: What `homog submit` wrote.
        max_unscored: The share of a run's prompts that may be unscored.

    Raises:
        HomogError: When there is no submission.
    """
    paths = aggregate_paths(folder)
    if not paths:
        raise HomogError(f"{folder}: no submission there. Run `homog submit LOGS -o {folder}` first.")
    console = Console(stderr=True)
    known: set[str] = set()
    unread: set[str] = set()
    for path in track(paths, "Checking", console=console, transient=True, disable=not console.is_terminal):
        checked = check_submission(folder, path, max_unscored)
        known.update(checked.paths)
        if checked.problems:
            unread.add(path.stem[:8])
        yield checked
    orphans = [name for name in _files(folder) if name not in known]
    orphans = [name for name in orphans if not any(start in name for start in unread)]
    if orphans:
        problems = [Problem(path=name, line=1, text="belongs to no submission here") for name in orphans]
        yield Checked(cells=[], problems=problems, paths=orphans)


def validate_to_terminal(folder: Path, max_unscored: float) -> None:
    """Print a table of the submissions when all is well, else what is wrong, and exit with 1.

    Raises:
        HomogError: See `validate`.
        Exit: When something is wrong.
    """
    checked = list(validate(folder, max_unscored))
    problems = [problem for one in checked for problem in one.problems]
    for problem in problems[:MOST]:
        click.echo(printable(str(problem)))
    if len(problems) > MOST:
        click.echo(f"... and {len(problems) - MOST} more problems.")
    if problems:
        raise click.exceptions.Exit(1)
    Console().print(_table(checked))
    number = f"{len(checked)} submission{'s' if len(checked) > 1 else ''}"
    click.echo(f"{number}: every figure follows from the rows.")


def _table(checked: list[Checked]) -> Table:
    table = Table()
    for title in ("model", "task", "strategy", "prompts", "unscored", "headline"):
        table.add_column(title)
    for one in checked:
        table.add_row(*[Text(printable(cell)) for cell in one.cells])
    return table


def _files(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix()
        for name in FOLDERS
        for path in (folder / name).rglob("*")
        if path.is_file()
    )
