"""The paper's main tables from a folder of logs, beside its published figures where they are known."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import HomogError
from ..plain import no_formula, printable
from ..taxonomy.category import GENERAL, built_in_categories
from .finished import finished_logs

if TYPE_CHECKING:
    from pandas import DataFrame

PUBLISHED_UNIQUE = {
    "temperature": ("about 1", "2-3", "2-3", "low", "low", "low", "low", "low"),
    "general wording": ("about 2", "about 5", "about 5", "not effective", *["higher"] * 4),
    "task wording": ("about 1", "about 5", "about 5", "2-3", *["highest"] * 4),
}
"""GPT-4o's unique responses of 5, as far as the paper's text gives them; categories A to H."""

PUBLISHED_ACCURACY = {
    "GPT-4o": 0.82,
    "Claude-4-Sonnet": 0.86,
    "Gemini-2.5-Flash": 0.84,
    "Llama-3.1-8B": 0.56,
    "Mistral-7B": 0.46,
}
"""Share of prompts that a model classified rightly (paper section 4)."""

GENERAL_KEYS = ["diversity", "vocabulary", "embedding", "compression", "vendi", "distinct_n"]
"""Columns of the table of task-agnostic figures."""

QUALITY_KEYS = ["diversity", "quality", "distinct_quality", "accuracy", "validity"]
"""Columns of the table of quality."""

SETTING = ["model", "strategy", "wording"]
"""Columns that tell one row of a table from another."""


@dataclass(frozen=True)
class Table:
    """One of the paper's tables, or what is missing to make it."""

    name: str
    """Name of its CSV file."""

    title: str
    """What it shows."""

    rows: "DataFrame"
    """Its rows; empty when nothing is there."""

    missing: str = ""
    """What is missing, as one line; empty when nothing is."""


def paper_tables(folder: str) -> list[Table]:
    """Every table, from the finished logs of the tasks in the folder.

    Raises:
        HomogError: When the folder holds no finished log of this package's tasks.
    """
    samples = read_samples(folder)
    drawn = samples[samples["strategy"].notna()]
    return [
        _unique(drawn),
        _means(
            "general_metrics", "Functional and task-agnostic diversity", drawn, GENERAL_KEYS, "vocabulary"
        ),
        _means("quality", "Diversity, quality and correctness", drawn, QUALITY_KEYS, "quality"),
        _classification(samples),
        _mismatch(drawn),
    ]


def read_samples(folder: str) -> "DataFrame":
    """One row a sample of every finished log: the model, and `HomogColumns`.

    Raises:
        HomogError: See `paper_tables`.
    """
    from inspect_ai.analysis import EvalModel, SampleSummary, samples_df

    from .columns import HomogColumns

    ours = {"homog", "classify_prompts", *built_in_categories()}
    logs = [info.name for info, _ in finished_logs(folder, ours)]
    if not logs:
        raise HomogError(
            f"{folder}: no finished log of this package's tasks there. Run, for example, "
            f"`inspect eval inspect_homog/homog --model provider/name --log-dir {folder}` first."
        )
    identity = [column for column in SampleSummary if column.name in ("id", "epoch")]
    frame = samples_df(logs, columns=[*EvalModel, *identity, *HomogColumns], quiet=True)
    return frame.drop_duplicates([*SETTING, "id", "epoch", "unique", "predicted"])


def _unique(drawn: "DataFrame") -> Table:
    """Mean number of unique responses by category (columns) and setting (rows), and the published ones.

    A category that is not one of the paper's has a column under its name.
    """
    import pandas as pd

    title = "Functionally unique responses by category and strategy"
    categories = built_in_categories()
    letters = {name: category.letter for name, category in categories.items()}
    scored = drawn.dropna(subset=["unique"])
    extra = sorted(set(scored["category"].dropna()) - {*categories, GENERAL})
    own = pd.DataFrame(
        [
            [
                *setting,
                *(rows.loc[rows["category"] == name, "unique"].mean() for name in [*categories, *extra]),
            ]
            for setting, rows in scored.groupby(SETTING, dropna=False, sort=True)
        ],
        columns=[*SETTING, *letters.values(), *extra],
    )
    published = pd.DataFrame(
        [
            ["GPT-4o (published)", name, "", *values, *[None] * len(extra)]
            for name, values in PUBLISHED_UNIQUE.items()
        ],
        columns=own.columns,
    )
    gaps = [letters[name] for name in categories if name not in set(scored["category"])]
    missing = f"no scored responses of category {', '.join(gaps)}" if gaps else ""
    rows = pd.concat([own.astype(object), published.astype(object)], ignore_index=True)
    return Table("unique", title, rows, missing)


def _means(name: str, title: str, drawn: "DataFrame", keys: list[str], needed: str) -> Table:
    """Means of the keys by setting, over the prompts where each is scored."""
    scored = drawn.dropna(subset=["unique"])
    rows = scored.groupby(SETTING, dropna=False, sort=True)[keys].mean().reset_index()
    lacking = [" ".join(map(str, row)) for row in rows.loc[rows[needed].isna(), SETTING].fillna("").values]
    missing = f"{needed} is unscored for {'; '.join(lacking)}" if lacking else ""
    return Table(name, title, rows, missing if len(rows) else "no scored responses")


def _classification(samples: "DataFrame") -> Table:
    """Share of prompts whose category a model named rightly, and the published shares."""
    import pandas as pd

    title = "Classification of prompts by the model itself"
    asked = samples.dropna(subset=["predicted", "category"]).drop_duplicates(["model", "id", "predicted"])
    right = (asked["predicted"] == asked["category"]).groupby(asked["model"]).agg(["mean", "size"])
    own = [[model, row["mean"], row["size"]] for model, row in right.iterrows()]
    published = [[f"{model} (published)", share, None] for model, share in PUBLISHED_ACCURACY.items()]
    rows = pd.DataFrame([*own, *published], columns=["model", "accuracy", "prompts"])
    missing = "" if own else "no model has classified prompts: run classify_prompts, or -T anchor=predicted"
    return Table("classification", title, rows, missing)


def _mismatch(drawn: "DataFrame") -> Table:
    """Unique responses and fit of a strategy with the right category's wording, the general, a wrong one."""
    worded = drawn[drawn["wording"].notna()].dropna(subset=["unique"])
    rows = worded.groupby(SETTING, sort=True)[["unique", "fit"]].mean().reset_index()
    have = set(rows["wording"])
    lacking = [name for name in ("general", "task", "mismatch") if name not in have]
    if "task" in lacking and "predicted" in have:
        lacking.remove("task")
    missing = f"no runs with {', '.join(lacking)} wording (-T anchor=...)" if lacking else ""
    return Table("mismatch", "The right category's wording, the general and a wrong one", rows, missing)


def to_markdown(table: Table) -> str:
    """The table as Markdown; figures with two decimals, n/a where nothing is scored."""
    lines = [f"## {table.title}", ""]
    if table.missing:
        lines += [f"Missing: {printable(table.missing)}.", ""]
    if len(table.rows):
        columns = [str(column) for column in table.rows.columns]
        lines += ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
        for row in table.rows.itertuples(index=False):
            lines.append("| " + " | ".join(map(_cell, row)) + " |")
        lines.append("")
    return "\n".join(lines)


def _cell(value: object) -> str:
    from pandas import isna

    if isna(value):
        return "n/a"
    return f"{value:.2f}" if isinstance(value, float) else printable(str(value)).replace("|", "\\|")


def write_csv(tables: list[Table], folder: Path) -> None:
    """A CSV file for each table that has rows; text that a spreadsheet would take for a formula is marked."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables:
        if len(table.rows):
            harmless = table.rows.map(lambda cell: no_formula(cell) if isinstance(cell, str) else cell)
            harmless.to_csv(
                folder / f"{table.name}.csv", index=False, errors="replace", lineterminator="\r\n"
            )
