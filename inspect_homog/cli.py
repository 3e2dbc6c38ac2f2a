"""The `homog` command."""

from pathlib import Path

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


@main.command()
def lm_eval_path() -> None:
    """Print the folder of the lm-eval tasks, for `lm_eval --include_path`."""
    from .lm_eval_tasks import task_folder

    click.echo(task_folder())


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export_smollm2(folder: Path) -> None:
    """Write the embedded chat model into FOLDER as transformers loads it, for `lm_eval --model hf`."""
    from .embedded.export import export_smollm2

    export_smollm2(folder)
