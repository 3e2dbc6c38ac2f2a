"""The ninth category in lm-eval, by a task file of five lines."""

import json
from pathlib import Path
from typing import Any

import pytest

from inspect_homog.lm_eval_tasks import task_folder
from inspect_homog.results.read import read_runs
from tests.support.harness import harness, record, values
from tests.support.judge import class_of, judge_by
from tests.support.runs import lm_eval_folder
from tests.support.server import Request, all_text, kind_of, last_text, scripted
from tests.taxonomy.own import FIELDS, RUBRIC, folder_of, prompts_of

TASK = """\
include: {template}
task: homog_recipes
metadata: {{version: 1.0, category: recipes, taxonomy: {taxonomy}, prompts: {prompts}, {more}}}
"""


def task_file(folder: Path, more: str) -> Path:
    (folder / "tasks").mkdir()
    text = TASK.format(
        template=task_folder() / "_default_homog_yaml",
        taxonomy=folder_of(folder / "own"),
        prompts=prompts_of(folder / "mine.jsonl"),
        more=more,
    )
    (folder / "tasks" / "recipes.yaml").write_text(text, "utf-8")
    return folder / "tasks"


def test_it_is_drawn_and_judged_by_its_rubric(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def script(body: Request) -> str:
        if kind_of(body) == "category" or "Decide what kind" in last_text(body):
            return json.dumps({"category": "recipes"})
        return f"class{len(body['messages']) % 4} told"

    folder = task_file(tmp_path, "strategy: regenerate, anchor: predicted, num_responses: 3")
    with scripted(script) as server, scripted(judge_by(class_of)) as judge:
        monkeypatch.setenv("SCRIPTED_BASE_URL", judge.url)
        monkeypatch.setenv("HOMOG_JUDGE", "openai-api/scripted/judge")

        results: dict[str, Any] = {}

        def run(tracker: object) -> dict[str, Any]:
            found = harness("homog_recipes", server, folders=[folder], limit=1, evaluation_tracker=tracker)
            results.update(found)
            return found

        out = lm_eval_folder(tmp_path / "out", run)
    assert values(results, "homog_recipes")["unscored"] == 0
    logged = record(results, "homog_recipes")
    assert (logged["category"], logged["predicted"], logged["anchor"]) == ("recipes", "recipes", "recipes")
    assert logged["category_definition"]["rubric"] == RUBRIC
    assert any(FIELDS["anchored"]["another"] in all_text(body) for body in server.requests)
    assert all(RUBRIC in all_text(body) for body in judge.requests)
    (found,) = read_runs(str(out))
    assert found.scored[0].definition is not None
    assert found.scored[0].definition.title == "Recipes"
