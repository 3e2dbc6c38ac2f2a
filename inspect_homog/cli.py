"""The `homog` command."""

from pathlib import Path
from typing import Any, Literal

import click

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_MAX_UNSCORED = click.option(
    "--max-unscored",
    type=click.FloatRange(0, 1),
    default=0.1,
    show_default=True,
    help="Share of a run's prompts that may be unscored.",
)


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
@click.argument("logs")
@click.argument("labels")
def labels(logs: str, labels: str) -> None:
    """Turn votes into labels: write the majority category of each prompt to the JSON file LABELS.

    LOGS is a folder with logs of inspect_homog/classify_prompts, one or more a model. A prompt without a
    majority gets null: the tasks leave it out.
    """
    from .results.votes import count_votes, write_labels

    click.echo(write_labels(count_votes(logs), labels))


@main.command("paper-table")
@click.argument("logs")
@click.option("--csv", "csv_dir", metavar="DIR", help="Also write each table as a CSV file there.")
def paper_table(logs: str, csv_dir: str | None) -> None:
    """Print the paper's main tables as Markdown, from the folder LOGS, beside its published figures.

    Unique responses by category and strategy, general and functional diversity, diversity and quality,
    classification of prompts, and the ablation with a wrong category's wording. What is missing is named.
    """
    from .results.alike import unlike
    from .results.inspect_runs import inspect_runs
    from .results.paper_table import paper_tables, to_markdown, write_csv
    from .results.slices import merge_slices

    tables = paper_tables(logs)
    for note in unlike(merge_slices(inspect_runs(logs))):
        click.echo(note, err=True)
    for table in tables:
        click.echo(to_markdown(table))
    if csv_dir:
        write_csv(tables, Path(csv_dir))


@main.command()
@click.argument("logs")
@click.option("-o", "--output", "folder", type=_FOLDER, required=True, metavar="DIR")
@click.option("--organization", default="unknown", show_default=True, help="Who ran the evaluation.")
@click.option(
    "--relationship",
    type=click.Choice(["first_party", "third_party", "collaborative", "other"]),
    default="third_party",
    show_default=True,
    help="How they stand to the model's developer.",
)
@click.option("--model-id", metavar="DEVELOPER/MODEL", help="The model, where the log's name does not do.")
@click.option("--dataset-id", metavar="OWNER/NAME", help="The prompts on the Hugging Face Hub.")
def submit(
    logs: str,
    folder: Path,
    organization: str,
    relationship: Literal["first_party", "third_party", "collaborative", "other"],
    model_id: str | None,
    dataset_id: str | None,
) -> None:
    """Write submissions for leaderboards into DIR, one for each finished run in LOGS.

    LOGS is an Inspect log, an lm-eval results file, or a folder of either. DIR gets records of Every Eval
    Ever (data/), the headline figure for the Hugging Face Hub (.eval_results/) and, for prompts of
    NoveltyBench, its own files (novelty_bench/). The same logs give the same bytes.
    """
    from .results.submission.options import Options
    from .results.submission.submit import submit_to_terminal

    options = Options(
        organization=organization, relationship=relationship, model_id=model_id, dataset_id=dataset_id
    )
    submit_to_terminal(logs, folder, options)


@main.command()
@click.argument("folder", type=_FOLDER)
@_MAX_UNSCORED
def validate(folder: Path, max_unscored: float) -> None:
    """Compute every figure of the submissions in FOLDER again, and say in which line one is wrong."""
    from .results.submission.validate import validate_to_terminal

    validate_to_terminal(folder, max_unscored)


@main.command()
@click.argument("logs")
@click.option("-o", "--output", default="report.html", type=_FILE, show_default=True, help="The page.")
@click.option("--png", type=_FOLDER, metavar="DIR", help="Also write each figure as a PNG file there.")
@click.option("--csv", type=_FOLDER, metavar="DIR", help="Also write the tables as CSV files there.")
@click.option("--markdown", type=_FILE, metavar="FILE", help="Also write the tables as Markdown.")
def report(logs: str, output: Path, png: Path | None, csv: Path | None, markdown: Path | None) -> None:
    """Write one self-contained page about the runs in LOGS: tables, figures, and every response.

    LOGS is an Inspect log, an lm-eval results file (run with --log_samples), or a folder of either or both.
    """
    from .results.alike import unlike
    from .results.page.render import plural
    from .results.read import read_runs
    from .results.report.build import Report

    found = Report(read_runs(logs))
    if png:
        found.write_figures(png)
    if csv:
        found.write_csv(csv)
    if markdown:
        found.write_markdown(markdown)
    found.write_page(output)
    for note in unlike(found.runs):
        click.echo(note, err=True)
    click.echo(f"{output}: {plural(len(found.runs), 'run')}, {output.stat().st_size / 1e6:.1f} MB.")


@main.command()
@click.argument("task")
@click.option("-T", "args", multiple=True, metavar="NAME=VALUE", help="A task argument, as for inspect eval.")
@click.option(
    "--model", "models", envvar="INSPECT_EVAL_MODEL", help="Model under test, or several with commas."
)
@click.option("--model-role", "roles", multiple=True, metavar="grader=NAME", help="The judges.")
@click.option("--limit", help="Prompts, such as 10 or 10-20.")
@click.option("--epochs", type=click.IntRange(1), default=1, help="How often each prompt is asked.")
@click.option("--max-tokens", type=click.IntRange(1), help="Most tokens in a completion of the model.")
@click.option("--response-tokens", type=click.IntRange(1), help="Expected tokens of a response.")
@click.option("--unique", type=click.FloatRange(1), help="Expected functionally unique responses a prompt.")
@click.option(
    "--model-cost-config", "costs", type=click.Path(path_type=Path), help="Inspect's file of prices."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def estimate(task: str, costs: Path | None, as_json: bool, **options: Any) -> None:
    """Say what `inspect eval` TASK would ask of which model: calls, tokens and, with prices, costs.

    No model is called and no key is needed. Ranges show what depends on the models' answers.
    """
    from rich.console import Console

    from .results.estimate.assumptions import Sizes
    from .results.estimate.estimate import estimate
    from .results.estimate.options import Options
    from .results.estimate.plan import make_plan
    from .results.estimate.prices import read_prices
    from .results.estimate.table import show_estimate

    lengths = {name: options.pop(name) for name in ("response_tokens", "max_tokens")}
    sizes = Sizes(**{name: value for name, value in lengths.items() if value is not None})
    found = estimate(make_plan(Options(task=task, **options)), read_prices(costs), sizes)
    if as_json:
        click.echo(found.model_dump_json(indent=2))
    else:
        show_estimate(found, Console())


@main.command()
@click.argument("folder", type=_FOLDER)
@click.option(
    "-o",
    "--output",
    "site",
    type=_FOLDER,
    required=True,
    metavar="SITE",
    help="Where the page goes, with leaderboard.json and the records.",
)
@_MAX_UNSCORED
def leaderboard(folder: Path, site: Path, max_unscored: float) -> None:
    """Make a static page of all submissions below FOLDER, in which only like is compared with like.

    Each submission is checked first, as by `homog validate`. One that does not hold is listed apart, with the
    reason. SITE can be opened as a file or served by any host.
    """
    from .results.leaderboard.site import leaderboard_to_terminal

    leaderboard_to_terminal(folder, site, max_unscored)


@main.command()
def lm_eval_path() -> None:
    """Print the folder of the lm-eval tasks, for `lm_eval --include_path`."""
    from .lm_eval_tasks import task_folder

    click.echo(task_folder())


@main.command()
@click.argument("folder", type=_FOLDER)
def export_smollm2(folder: Path) -> None:
    """Write the embedded chat model into FOLDER as transformers loads it, for `lm_eval --model hf`."""
    from .embedded.export import export_smollm2

    export_smollm2(folder)
