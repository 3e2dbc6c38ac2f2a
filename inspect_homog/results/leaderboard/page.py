"""The page of a board."""

from collections.abc import Iterable

from ..page.render import plural, render
from .board import Board, Table

FIGURES = {"unique": ("unique", "fit", "quality"), "fit": ("fit", "unique", "quality")}
"""The columns of figures, by the headline, which comes first."""


def page(board: Board) -> str:
    """The board as one self-contained HTML file."""
    rows = [row for table in board.tables for row in table.rows]
    likes = [table.like for table in board.tables if table.like.category]
    categories = {like.category: like.rubric_of.title for like in likes}
    return render(
        "leaderboard/leaderboard.html.jinja",
        scripts=["leaderboard/leaderboard.js"],
        board=board,
        submissions=len({row.record for row in rows}),
        table_names=[(table.id, _name(table)) for table in board.tables],
        categories=list(categories.items()),
        judges=_options(judge for table in board.tables for judge in table.like.judges),
        strategies=_options(row.strategy for row in rows),
        figures=FIGURES,
        plural=plural,
    )


def _name(table: Table) -> str:
    """What tells a table from the others, for the box that chooses one."""
    like = table.like
    return (
        f"{table.title}: {plural(len(table.rows), 'row')}, n = {like.num_responses}, "
        f"{like.judging or 'not judged'} by {' + '.join(like.judges) or 'nobody'}, "
        f"prompts {like.prompt_set_hash[:8]}, version {like.package_version or 'unknown'}"
    )


def _options(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in sorted(set(values))]
