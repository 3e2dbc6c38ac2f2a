"""A log, a report and a submission say by themselves what a category is; and a package can bring one."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from inspect_ai import Task
from inspect_ai.log import EvalLog, list_eval_logs, read_eval_log
from inspect_ai.scorer import Score

from inspect_homog import functional_diversity, quality, tasks
from inspect_homog.cli import main
from inspect_homog.prompts.load import load_prompts
from inspect_homog.results.read import read_runs
from inspect_homog.sampling.strategies import make_strategy
from inspect_homog.taxonomy.taxonomy import open_taxonomy
from tests.conftest import fd
from tests.results.submission.written import assert_valid
from tests.support.runs import grader, inspect_log, mock, target
from tests.taxonomy.own import EXAMPLE, PROMPTS, definitions_in, folder_of, prompts_of, text_of

ROWS = [*PROMPTS, {"id": "bike", "input": "How do I fix a flat tyre?", "category": "advice"}]


def logged(folder: Path, rubric: str, seed: str = "one") -> Path:
    """A folder with a log of the ninth category and another; the rubric's own folder is gone."""
    own, prompts = folder_of(folder / "own", rubric), prompts_of(folder / "mine.jsonl", ROWS)
    dataset = load_prompts(prompts, taxonomy=open_taxonomy(own))
    solver = make_strategy("regenerate", 3, "task", own)
    # Without the scorer of general diversity, which loads an encoder for seconds.
    task = Task(dataset=dataset, solver=solver, scorer=[functional_diversity(), quality()], name="homog")
    inspect_log(folder / "logs", task, target(seed), judges=1)
    shutil.rmtree(own)
    return folder / "logs"


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return logged(tmp_path_factory.mktemp("own"), text_of())


def soup(log: EvalLog) -> Score:
    """The functional diversity of the prompt about soup; samples stand in the order they ended."""
    (found,) = [one for one in log.samples or [] if one.id == "soup"]
    return (found.scores or {})["functional_diversity"]


def homog(*args: str | Path) -> Result:
    done = CliRunner().invoke(main, [str(arg) for arg in args])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


AGAIN = """
import sys
from inspect_ai import score
from inspect_ai.log import read_eval_log, write_eval_log
from inspect_homog import functional_diversity
from tests.support.runs import grader, mock
judge = mock("again", grader(2))
log = score(read_eval_log(sys.argv[1]), functional_diversity(), model_roles={"grader": judge}, display="none")
write_eval_log(log, sys.argv[2])
"""


def test_another_process_scores_it_again(logs: Path, tmp_path: Path) -> None:
    (log,) = logs.glob("*.eval")
    again = tmp_path / "again.eval"
    subprocess.run([sys.executable, "-c", AGAIN, str(log), str(again)], check=True)
    scores = [score for one in read_eval_log(str(again)).samples or [] for score in [one.scores or {}]]
    latest = [one["functional_diversity1"].metadata or {} for one in scores]
    assert sorted((one["category"], one["rubric_version"]) for one in latest) == [
        ("advice", 1),
        ("recipes", 3),
        ("recipes", 3),
    ]
    before = [fd(read_eval_log(str(log)), place).metadata or {} for place in range(3)]
    assert {one["prompt_hash"] for one in latest} == {one["prompt_hash"] for one in before}


def test_pages_call_it_by_its_title(logs: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    done = homog("report", logs, "-o", page, "--markdown", tmp_path / "r.md", "--csv", tmp_path / "csv")
    assert done.exit_code == 0, done.output
    assert "R Recipes" in page.read_text("utf-8")
    assert "recipes" in (tmp_path / "r.md").read_text("utf-8")
    table = homog("paper-table", logs)
    assert "| G | H | recipes |" in table.output
    shown = homog("show", logs)
    assert "What soup" in shown.output


def test_a_changed_rubric_is_not_comparable(logs: Path, tmp_path: Path) -> None:
    both = tmp_path / "both"
    shutil.copytree(logs, both / "one")
    shutil.copytree(logged(tmp_path, text_of(homogenization="wanted"), "two"), both / "two")
    done = homog("report", both, "-o", tmp_path / "r.html")
    assert "Not comparable as they stand, recipes: rubric version 3 (" in done.stderr
    assert "Not comparable as they stand, advice" not in done.stderr
    first, second = read_runs(str(both))
    assert [one.figures["fit"] for one in first.scored if one.id == "soup"] != []
    wanted = next(one for one in second.scored if one.id == "soup")
    assert wanted.figures["fit"] == pytest.approx(1 - wanted.figures["diversity"])

    assert homog("submit", both, "-o", tmp_path / "out", "--model-id", "some/model").exit_code == 0
    done = homog("leaderboard", tmp_path / "out", "-o", tmp_path / "site")
    assert done.exit_code == 0, done.output
    board = json.loads((tmp_path / "site" / "leaderboard.json").read_text("utf-8"))
    assert board["refused"] == []
    titles = [table["title"] for table in board["tables"]]
    own = [title for title in titles if title.startswith("Recipes (own rubric: recipes version 3, ")]
    assert len(own) == len(set(own)) == 2
    assert "Whole task: homog" not in titles
    assert {t["more_is_better"] for t in board["tables"] if t["like"]["category"] == "recipes"} == {
        True,
        False,
    }
    assert "own rubric" in (tmp_path / "site" / "index.html").read_text("utf-8")


@pytest.fixture
def submitted(logs: Path, tmp_path: Path) -> Path:
    done = homog("submit", logs, "-o", tmp_path / "out", "--model-id", "some/model")
    assert "recipes is a category of your own" in done.stderr
    assert_valid(tmp_path / "out")
    return tmp_path / "out"


def flipped(definitions: dict[str, Any]) -> None:
    definitions["recipes"]["homogenization"] = "wanted"


def reworded(definitions: dict[str, Any]) -> None:
    definitions["recipes"]["rubric"] = "Everything is equivalent."


def ours(definitions: dict[str, Any]) -> None:
    definitions["advice"] = {**definitions["recipes"], "name": "advice"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (flipped, "metadata.figures.fit is"),
        (reworded, "judged by another rubric than the one defined for recipes"),
        (ours, "'advice' is a category of inspect_homog"),
        (lambda definitions: definitions.clear(), "Unknown category 'recipes'"),
    ],
)
def test_a_submission_holds_to_its_definition(
    change: Callable[[dict[str, Any]], None], said: str, submitted: Path
) -> None:
    (path,) = (submitted / "data").rglob("*.json")
    record = json.loads(path.read_text("utf-8"))
    details = record["eval_library"]["additional_details"]
    definitions = json.loads(details["definitions"])
    change(definitions)
    details["definitions"] = json.dumps(definitions)
    path.write_text(json.dumps(record, indent=1), "utf-8")
    done = homog("validate", submitted)
    assert done.exit_code == 1
    assert said in done.output


def test_recorded_in_a_log_it_needs_no_folder(
    logs: Path, tmp_path: Path, run: Callable[..., EvalLog]
) -> None:
    (log,) = logs.glob("*.eval")
    judged = mock("judge", grader(1))
    args = {"scorers": "functional_diversity"}
    again = run(tasks.score_responses(str(log), **args), model="none", model_roles={"grader": judged})
    assert soup(again).value == soup(read_eval_log(str(log))).value
    other = folder_of(tmp_path / "other", text_of("OTHER-RUBRIC", version=4))
    chosen = tasks.score_responses(str(log), taxonomy=other, **args)
    again = run(chosen, model="none", model_roles={"grader": judged})
    assert (soup(again).metadata or {})["rubric_version"] == 4
    assert {one["rubric"] for one in definitions_in(again) if one} == {"OTHER-RUBRIC"}


def test_an_estimate_knows_it(tmp_path: Path) -> None:
    args = [f"taxonomy={folder_of(tmp_path / 'own')}", f"prompts={prompts_of(tmp_path / 'p.jsonl')}"]
    options = [part for arg in [*args, "anchor=predicted", "strategy=regenerate"] for part in ("-T", arg)]
    done = homog("estimate", "homog", *options, "--model", "mockllm/model", "--json")
    assert done.exit_code == 0, done.output
    calls = {line["purpose"]: line["calls"]["expected"] for line in json.loads(done.stdout)["lines"]}
    assert calls == {"classify": 2, "draw": 10}


SCRIPT = """
from inspect_homog import HomogError, load_categories, load_category
try:
    print(list(load_categories())[8:], load_category("R").title)
    from inspect_homog.tasks import homog
    task = homog(prompts="mine.jsonl")
    print([one.metadata["category_definition"]["name"] for one in task.dataset])
    homog(prompts="mine.jsonl", taxonomy="own")
except HomogError as error:
    print(error)
"""


@pytest.mark.parametrize("value", ["own_rubrics:FOLDER", "own_rubrics:folder", "own_rubrics:nothing"])
def test_a_package_brings_it_for_good(value: str, tmp_path: Path) -> None:
    installed = tmp_path / "site" / "own_rubrics-1.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: own-rubrics\nVersion: 1\n", "utf-8")
    (installed / "entry_points.txt").write_text(f"[inspect_homog.taxonomy]\nown = {value}\n", "utf-8")
    own = folder_of(tmp_path / "own")
    code = f"from pathlib import Path\nFOLDER = {own!r}\ndef folder(): return Path(FOLDER)\n"
    (installed.parent / "own_rubrics.py").write_text(code, "utf-8")
    prompts_of(tmp_path / "mine.jsonl")
    path = os.pathsep.join([str(installed.parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    said = done.stdout.splitlines()
    if value.endswith("nothing"):
        assert said[0].startswith("Entry point 'own' of inspect_homog.taxonomy fails: AttributeError")
        return
    assert said[0] == "['recipes'] Recipes"
    assert said[1] == "['recipes', 'recipes']"
    assert said[2] == "own/0.md: field 'name': 'recipes' is already that of recipes (an installed package)."


def test_the_example_is_sound() -> None:
    task = tasks.homog(taxonomy=str(EXAMPLE / "taxonomy"), prompts=str(EXAMPLE / "prompts.jsonl"))
    assert {(one.metadata or {})["category"] for one in task.dataset} == {"recipes"}
    assert len(list_eval_logs(str(EXAMPLE))) == 0
