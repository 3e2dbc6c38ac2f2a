"""The one error this package raises for wrong input."""

import click

from .plain import printable


class HomogError(click.ClickException, ValueError):
    """Wrong input or configuration, told to a person: what, where, what to do.

    A `click.ClickException`, so that `inspect` and `homog` print one line instead of a traceback, and a
    `ValueError`, so that Python callers catch what they expect. The message is one line of printable text,
    whatever it quotes.
    """

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))
