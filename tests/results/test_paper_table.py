"""`homog paper-table` on the logs of a scripted run of every strategy, and on an incomplete folder."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from inspect_ai import eval_set
from inspect_ai.log import EvalLog

from inspect_homog import HomogError
from inspect_homog.results.paper_table import paper_tables
from inspect_homog.sampling.strategies import STRATEGIES
from inspect_homog.tasks import classify_prompts, homog
from tests.sampling.test_strategies import obliging
from tests.support.cli import homog_cli
from tests.support.judge import judge_by
from tests.support.server import scripted

Run = Callable[..., EvalLog]
IDS = ["math-01", "advice-01"]
HEADINGS = [
    "## Functionally unique responses by category and strategy",
    "## Functional and task-agnostic diversity",
    "## Diversity, quality and correctness",
    "## Classification of prompts by the model itself",
    "## The right category's wording, the general and a wrong one",
]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_from_a_run_of_all_strategies(tmp_path: Path) -> None:
    logs = str(tmp_path / "set")
    anchors = {"system_prompt": ["general", "task", "advice"], "regenerate": ["predicted"]}
    with scripted(obliging()) as target, scripted(judge_by(lambda text: text.split()[-1])) as judge:
        tasks = [
            homog(strategy=strategy, anchor=anchor, num_responses=4)
            for strategy in STRATEGIES
            for anchor in anchors.get(strategy, [None])
        ]
        done, _ = eval_set(
            [*tasks, classify_prompts()],
            log_dir=logs,
            model=target.model(),
            model_roles={"grader": judge.model("judge")},
            sample_id=IDS,
            display="none",
            max_tasks=1,
        )
    assert done
    shown = homog_cli("paper-table", logs, "--csv", str(tmp_path / "csv"))
    assert shown.returncode == 0, shown.stderr
    assert [line for line in shown.stdout.splitlines() if line.startswith("## ")] == HEADINGS
    missing = [line for line in shown.stdout.splitlines() if line.startswith("Missing")]
    assert missing == ["Missing: no scored responses of category A, B, C, E, F, G."]
    unique = rows(tmp_path / "csv" / "unique.csv")
    own = [row for row in unique if "published" not in row["model"]]
    assert {row["strategy"] for row in own} == set(STRATEGIES)
    for row in own:
        advice = "" if row["wording"] == "mismatch" else "4.0"
        assert (row["A"], row["D"], row["H"]) == ("", "4.0", advice)
    assert [row["A"] for row in unique if "published" in row["model"]] == ["about 1", "about 2", "about 1"]
    quality = rows(tmp_path / "csv" / "quality.csv")
    assert all(float(row["quality"]) == 3 for row in quality)
    general = rows(tmp_path / "csv" / "general_metrics.csv")
    assert all(float(row["diversity"]) == 1 and 0 < float(row["vocabulary"]) <= 1 for row in general)
    told = [row for row in rows(tmp_path / "csv" / "classification.csv") if "published" not in row["model"]]
    assert [(row["accuracy"], float(row["prompts"])) for row in told] == [("0.5", 2)]
    mismatch = rows(tmp_path / "csv" / "mismatch.csv")
    wordings = {row["wording"] for row in mismatch if row["strategy"] == "system_prompt"}
    assert wordings == {"general", "task", "mismatch"}


def test_an_incomplete_folder_prints_the_rest_and_says_what_is_missing(run: Run) -> None:
    with scripted(obliging()) as target:
        log = run(homog(num_responses=2, judge="embedded"), model=target.model(), sample_id=IDS)
    tables = {table.name: table for table in paper_tables(str(Path(log.location).parent))}
    assert tables["quality"].missing.startswith("quality is unscored for openai-api/scripted/target")
    assert "run classify_prompts" in tables["classification"].missing
    assert "no runs with general, task, mismatch wording" in tables["mismatch"].missing
    assert len(tables["unique"].rows) == 1 + 3
    assert len(tables["general_metrics"].rows) == 1


def test_a_folder_without_logs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(HomogError, match="no finished log"):
        paper_tables(str(tmp_path))
    with pytest.raises(HomogError, match="no finished log"):
        paper_tables(str(tmp_path / "gone"))
