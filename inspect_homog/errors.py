"""The one error this package raises for wrong input."""

import click


class HomogError(click.ClickException, ValueError):
    """Wrong input or configuration, told to a person: what, where, what to do.

    A `click.ClickException`, so that `inspect` and `homog` print one line instead of a traceback, and a
    `ValueError`, so that Python callers catch what they expect.
    """
