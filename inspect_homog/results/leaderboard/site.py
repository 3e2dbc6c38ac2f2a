"""`homog leaderboard`: from folders of submissions to a folder that any host can serve as it is."""

import shutil
from pathlib import Path
from urllib.parse import quote

import click

from ...errors import HomogError
from ...plain import printable
from ..page.render import plural, write_page
from ..submission.strict_json import dumps
from .board import Board, tables
from .collect import Collected, collect, samples_of
from .page import page

RECORDS = "records"
"""Folder of the copied records below the site."""

BOARD = "leaderboard.json"
"""The board as data, and the sign that a folder is a site that was made here."""


def build(folder: Path, site: Path, max_unscored: float) -> Board:
    """Check every submission below a folder, and write the page, the same as JSON, and the records.

    An earlier site in the same place is replaced.

    Args:
        folder: Submissions of `homog submit`, at any depth.
        site: Where to; neither in the folder nor around it.
        max_unscored: The share of a run's prompts that may be unscored.

    Raises:
        HomogError: When there is no submission, or the site cannot be written there.
    """
    _check_places(folder, site)
    found = collect(folder, max_unscored)
    board = Board(
        tables=tables({quote(f"{RECORDS}/{record}"): entries for record, entries in found.entries.items()}),
        refused=found.refused,
        repeated=found.repeated,
    )
    try:
        _write(folder, site, found, board)
    except OSError as error:
        raise HomogError(f"{error.filename or site}: cannot be written: {error.strerror}.") from error
    return board


def _check_places(folder: Path, site: Path) -> None:
    source, target = folder.resolve(), site.resolve()
    if source.is_relative_to(target) or target.is_relative_to(source):
        raise HomogError(f"{site}: the site and the submissions ({folder}) must not lie in one another.")
    if (site / RECORDS).exists() and not (site / BOARD).is_file():
        raise HomogError(f"{site / RECORDS}: there, and not from an earlier leaderboard. Use another folder.")


def _write(folder: Path, site: Path, found: Collected, board: Board) -> None:
    if (site / RECORDS).exists():
        shutil.rmtree(site / RECORDS)
    for record in found.entries:
        for name in (record, samples_of(record)):
            (site / RECORDS / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, site / RECORDS / name)
    write_page(site / "index.html", page(board))
    (site / BOARD).write_text(dumps(board.model_dump(mode="json"), indent=1) + "\n", "utf-8")


def leaderboard_to_terminal(folder: Path, site: Path, max_unscored: float) -> None:
    """Build the site; name what was refused on standard error, and what was written on standard output.

    Raises:
        HomogError: See `build`.
    """
    board = build(folder, site, max_unscored)
    for one in board.refused:
        click.echo(printable(f"refused: {one.file}: {one.reason}"), err=True)
    for copy in board.repeated:
        click.echo(printable(f"there twice: {copy.file} is the same as {copy.same_as}"), err=True)
    rows = [row for table in board.tables for row in table.rows]
    submissions = plural(len({row.record for row in rows}), "submission")
    click.echo(f"{site / 'index.html'}: {submissions} in {plural(len(board.tables), 'table')}.")
