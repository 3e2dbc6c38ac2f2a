"""The `homog` command."""

import click


@click.group()
@click.version_option(package_name="inspect_homog")
def main() -> None:
    """Read what the tasks of inspect_homog wrote."""


@main.command()
@click.argument("log")
def show(log: str) -> None:
    """Show prompts, counts and one response of each class. LOG is a log file, or a folder (newest log)."""
    from rich.console import Console

    from .results.show import find_log, show_log

    show_log(find_log(log), Console())
