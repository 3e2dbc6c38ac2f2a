"""The one error this package raises for wrong input."""

from typing import TYPE_CHECKING

import click

from .plain import printable

if TYPE_CHECKING:
    from pydantic import ValidationError


class HomogError(click.ClickException, ValueError):
    """Wrong input or configuration, told to a person: what, where, what to do.

    A `click.ClickException`, so that `inspect` and `homog` print one line instead of a traceback, and a
    `ValueError`, so that Python callers catch what they expect. The message is one line of printable text,
    whatever it quotes.
    """

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))


def describe(error: "ValidationError", nested: bool = False) -> str:
    """The first field that is wrong, and how.

    Args:
        error: What Pydantic found.
        nested: Whether to name the field within fields; of a union's alternatives that path says nothing.
    """
    first = error.errors()[0]
    where = first["loc"] if nested else first["loc"][:1]
    known = {"missing": "is missing", "extra_forbidden": "is unknown"}
    message = known.get(first["type"]) or first["msg"].removeprefix("Value error, ")
    return f"field '{'.'.join(map(str, where)) or 'row'}': {message}"
