"""The report's tables as plain rows: what Markdown shows, and what CSV files hold for other programs."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...plain import no_formula
from ..columns import KEYS
from ..run import Run, Scored
from ..summary import Figure
from .judges import JudgeRow
from .rows import HEADLINE, Row, strategy, when

Cell = str | int | float | None
"""What stands in a cell; None where nothing can be said."""


@dataclass(frozen=True)
class Table:
    """A table in tidy form: numbers are numbers, and what is missing is None."""

    name: str
    """Name of its CSV file, without the ending."""

    title: str
    """Its heading in Markdown."""

    columns: list[str]
    """Column names."""

    rows: list[list[Cell]]
    """Its rows."""


def headline_table(rows: Sequence[Row]) -> Table:
    """A row for each run and category, with the mean and the 95% interval of each key of the headline."""
    ends = [f"{key}{end}" for key in HEADLINE for end in ("", "_ci_lower", "_ci_upper")]
    columns = [*_RUN, "category", "responses", *ends, "prompts", "unscored", "reasons"]
    return Table("headline", "Functional diversity", columns, [_headline(row) for row in rows])


def judges_table(rows: Sequence[JudgeRow]) -> Table:
    """A row for each run and judge."""
    columns = [*_RUN, "judge", "mean_unique", "judged", "open", "abstained", "asked"]
    return Table(
        "judges",
        "Judges",
        [*columns, "alpha_counts", "alpha_pairs"],
        [[*_run(row.run), *_judge(row)] for row in rows],
    )


def samples_table(runs: Sequence[Run]) -> Table:
    """A row for each prompt of each run, with the columns of `HomogColumns`."""
    keys = [key for keys in KEYS.values() for key in keys]
    columns = [*_RUN, "id", "epoch", "category", "wording", "predicted", *keys, "unscored"]
    return Table(
        "samples", "Samples", columns, [_sample(run, one, keys) for run in runs for one in run.scored]
    )


def write_csv(tables: Sequence[Table], folder: Path) -> None:
    """A CSV file for each table; text that a spreadsheet would take for a formula gets an apostrophe."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables:
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", errors="replace", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.columns)
            writer.writerows([_harmless(cell) for cell in row] for row in table.rows)


def to_markdown(tables: Sequence[Table]) -> str:
    """The tables as Markdown; figures with two decimals, `n/a` where there is none."""
    return "\n".join(line for table in tables for line in _markdown(table)) + "\n"


_RUN = ["model", "strategy", "task", "created"]


def _run(run: Run) -> list[Cell]:
    return [run.model, strategy(run), run.task, when(run)]


def _headline(row: Row) -> list[Cell]:
    figures = [cell for key in HEADLINE for cell in _ends(row.figures.get(key))]
    reasons = "; ".join(f"{reason}: {number}" for reason, number in row.unscored.items())
    unscored = sum(row.unscored.values())
    return [*_run(row.run), row.category, row.run.num_responses, *figures, row.prompts, unscored, reasons]


def _judge(row: JudgeRow) -> list[Cell]:
    counted: list[Cell] = [row.judge, row.mean, row.judged, row.left_open, row.abstained, row.asked]
    return [*counted, row.alpha_counts, row.alpha_pairs]


def _ends(figure: Figure | None) -> list[Cell]:
    return [None] * 3 if figure is None else [figure.mean, figure.ci_lower, figure.ci_upper]


def _sample(run: Run, one: Scored, keys: Sequence[str]) -> list[Cell]:
    figures: Mapping[str, float] = one.figures
    known: list[Cell] = [one.id, one.epoch, one.category, one.wording, one.predicted]
    return [*_run(run), *known, *(figures.get(key) for key in keys), one.unscored]


def _harmless(cell: Cell) -> Cell:
    return no_formula(cell) if isinstance(cell, str) else cell


def _markdown(table: Table) -> Iterator[str]:
    yield f"## {table.title}\n"
    yield "| " + " | ".join(table.columns) + " |"
    yield "|" + "---|" * len(table.columns)
    for row in table.rows:
        yield "| " + " | ".join(map(shown, row)) + " |"
    yield ""


def shown(cell: Cell) -> str:
    """A cell as Markdown: `n/a` where there is nothing, two decimals, text with its signs escaped."""
    if cell is None:
        return "n/a"
    if isinstance(cell, float):
        return f"{cell:.2f}"
    text = " ".join(str(cell).split())
    for character in "\\`*_<>|[]":
        text = text.replace(character, f"\\{character}")
    return text
