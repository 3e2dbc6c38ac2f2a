"""A ninth category goes through every strategy, judge and task, and disturbs nothing else."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from inspect_ai import Task
from inspect_ai import eval as inspect_eval
from inspect_ai.log import EvalLog
from inspect_ai.model import Model, ModelOutput

from inspect_homog import HomogError, ResponseSet, load_categories, tasks
from inspect_homog.prompts.load import load_prompts
from inspect_homog.prompts.sources.labels import read_labels
from inspect_homog.results.votes import count_votes, write_labels
from inspect_homog.sampling.classify import category_request, category_schema
from inspect_homog.sampling.strategies import STRATEGIES, make_strategy
from inspect_homog.taxonomy.taxonomy import open_taxonomy
from tests.conftest import fd, sample
from tests.sampling.test_strategies import CALLS, WORDING, N, obliging
from tests.support.runs import mock, reply_of
from tests.support.server import all_text, scripted
from tests.taxonomy.own import FIELDS, RUBRIC, definitions_in, folder_of, prompts_of, sorting, text_of

Run = Callable[..., EvalLog]


@pytest.fixture
def own(tmp_path: Path) -> dict[str, str]:
    """The arguments of a task for the ninth category."""
    return {"taxonomy": folder_of(tmp_path / "own"), "prompts": prompts_of(tmp_path / "mine.jsonl")}


def judge(asked: list[str], same: bool = False) -> Model:
    """Says the same of all pairs, and remembers what it was told."""

    def answer(messages: Any, tools: Any, choice: Any, config: Any) -> ModelOutput:
        wanted = (config.response_schema.json_schema.properties or {}) if config.response_schema else {}
        if "equivalent" in wanted or "groups" in wanted:
            asked.append(messages[0].text)
        if "equivalent" in wanted:
            return reply_of("judge", json.dumps({"equivalent": same}))
        if "groups" in wanted:
            return reply_of("judge", sorting(messages[-1].text))
        if "grade" in wanted:
            return reply_of("judge", json.dumps({"reason": "scripted", "grade": 4}))
        return reply_of("judge", json.dumps({"factors": ["Says one", "Says two", "Says three"]}))

    return mock("judge", answer)


def drawer() -> Model:
    drawn = iter(range(10**6))
    return mock("target", lambda *_: reply_of("target", f"dish number {next(drawn)}"))


@pytest.mark.parametrize("anchor", ["task", "predicted", "recipes"])
@pytest.mark.parametrize("strategy", STRATEGIES)
def test_every_strategy_speaks_its_wording(strategy: str, anchor: str, own: dict[str, str], run: Run) -> None:
    if anchor == "recipes":  # a deliberate mismatch, over bundled prompts
        dataset = load_prompts("bundled", "advice")
    else:
        dataset = load_prompts(own["prompts"], taxonomy=open_taxonomy(own["taxonomy"]))
    solver = make_strategy(strategy, N, anchor, own["taxonomy"])
    with scripted(obliging("recipes")) as target:
        log = run(Task(dataset=dataset, solver=solver, scorer=[]), model=target.model(), limit=1)
        texts = [all_text(body) for body in target.requests]
    drawn = sample(log).store_as(ResponseSet)
    assert len(drawn.responses) == N
    assert len(texts) == CALLS[strategy] + (anchor == "predicted")
    assert drawn.predicted == ("recipes" if anchor == "predicted" else None)
    assert drawn.anchor == ("recipes" if strategy in WORDING else None)
    if strategy in WORDING:
        said = FIELDS["anchored"][WORDING[strategy]]
        assert any(said in text for text in texts)
    if anchor == "predicted":
        assert f"- recipes: {FIELDS['definition']}" in "".join(texts)


@pytest.mark.parametrize(
    ("judging", "unique"), [("pairs", 4), ("lossless", 4), ("single_call", 1), ("embedded", None)]
)
def test_every_judge_decides_by_its_rubric(
    judging: str, unique: int | None, own: dict[str, str], run: Run
) -> None:
    asked: list[str] = []
    choice = {"judge": "embedded"} if judging == "embedded" else {"judging": judging}
    roles = {} if judging == "embedded" else {"grader": judge(asked)}
    log = run(tasks.homog(num_responses=4, **own, **choice), model=drawer(), model_roles=roles, limit=1)
    scores = sample(log).scores or {}
    assert fd(log).metadata is not None
    assert fd(log).metadata["category"] == "recipes"
    assert fd(log).metadata["rubric_version"] == 3
    assert isinstance(scores["correctness"].value, float)  # unscored: nothing says what is right
    if judging == "embedded":
        assert 1 <= fd(log).value["unique"] <= 4
        return
    assert fd(log).value["unique"] == unique
    assert fd(log).value["fit"] == (unique - 1) / 3
    assert asked
    assert all("# Rubric: Recipes\n" in text and RUBRIC in text for text in asked)
    assert scores["quality"].value["quality"] == 4


def test_the_headline_takes_it_in(own: dict[str, str], run: Run, tmp_path: Path) -> None:
    wanted = {**own, "taxonomy": folder_of(tmp_path / "wanted", text_of(homogenization="wanted"))}
    log = run(tasks.homog(num_responses=3, **wanted), model=drawer(), model_roles={"grader": judge([])})
    assert log.results
    (fit,) = [score for score in log.results.scores if score.name == "fit"]
    assert fit.metrics["mean"].value == 0
    assert [one.metadata["category"] for one in log.samples or []] == ["recipes", "recipes"]
    assert log.eval.metadata
    assert log.eval.metadata["rubric_version"]["recipes"] == 3
    assert list(log.eval.metadata["rubric_hash"]) == ["recipes"]


def test_two_evaluations_of_one_process_do_not_meet(own: dict[str, str], tmp_path: Path) -> None:
    other = folder_of(tmp_path / "other", text_of("OTHER-RUBRIC", title="Dishes"))
    asked: list[str] = []
    pair = [tasks.homog(num_responses=2, **{**own, "taxonomy": one}) for one in (own["taxonomy"], other)]
    logs = inspect_eval(
        pair, model=drawer(), model_roles={"grader": judge(asked)}, max_tasks=2, display="none", limit=1
    )
    assert [log.status for log in logs] == ["success", "success"]
    rubrics = [{one["rubric"] for one in definitions_in(log) if one} for log in logs]
    assert rubrics == [{RUBRIC}, {"OTHER-RUBRIC"}]
    told = [re.findall("OWN-RUBRIC|OTHER-RUBRIC", text) for text in asked]
    assert sorted(told) == [["OTHER-RUBRIC"], ["OWN-RUBRIC"]]
    assert len({str((log.eval.metadata or {})["rubric_hash"]) for log in logs}) == 2
    assert "recipes" not in load_categories()
    with pytest.raises(HomogError, match="Unknown category 'recipes'"):
        tasks.homog(prompts=own["prompts"])


def test_without_it_nothing_is_changed(run: Run) -> None:
    taxonomy = open_taxonomy(None)
    said = category_request(taxonomy) + category_schema(taxonomy).model_dump_json()
    digest = hashlib.sha256(said.encode()).hexdigest()
    assert digest == "eca8ac1d28c2e054e95dc222176270d5353a385e81981e3d9ec5d971c1a70e29"
    task = tasks.homog()
    assert not any("category_definition" in (one.metadata or {}) for one in task.dataset)
    assert set(task.metadata or {}) == {"rubric_version", "inspect_homog", "prompt_set_hash"}


def test_models_classify_into_nine(own: dict[str, str], run: Run, tmp_path: Path) -> None:
    with scripted(obliging("recipes")) as target:
        log = run(tasks.classify_prompts(**own), model=target.model(), log_dir=str(tmp_path / "votes"))
        assert '"recipes", "general"' in json.dumps(target.requests[0]["response_format"])
    assert log.results
    metrics = {name: m.value for score in log.results.scores for name, m in score.metrics.items()}
    assert metrics["accuracy"] == metrics["recipes as recipes"] / 2 == 1
    labels = tmp_path / "labels.json"
    assert "(recipes 2)" in write_labels(count_votes(str(tmp_path / "votes")), str(labels))
    assert read_labels(labels, open_taxonomy(own["taxonomy"])) == {"soup": "recipes", "cake": "recipes"}
    with pytest.raises(HomogError, match="'recipes' is no category"):
        read_labels(labels)


def test_judges_are_checked_on_it(own: dict[str, str], run: Run, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl"
    row = {"prompt": "Cook what?", "a": "A soup.", "b": "A cake.", "same": False, "category": "recipes"}
    pairs.write_text(json.dumps(row) + "\n", "utf-8")
    asked: list[str] = []
    task = tasks.judge_agreement(str(pairs), taxonomy=own["taxonomy"])
    log = run(task, model=judge(asked))
    assert sample(log).scores
    assert sample(log).scores["judge_verdict"].value == "C"
    assert len(asked) == 2
    assert all(RUBRIC in text for text in asked)


@pytest.mark.parametrize("known", ["category", "classified", "default"])
def test_recorded_responses_are_scored_by_it(
    known: str, own: dict[str, str], run: Run, tmp_path: Path
) -> None:
    row = {"id": "soup", "prompt": "What soup?", "responses": ["Leek soup.", "Bean soup."]}
    path = tmp_path / "recorded.jsonl"
    path.write_text(json.dumps(row | ({"category": "R"} if known == "category" else {})) + "\n", "utf-8")
    asked: list[str] = []

    def grader(messages: Any, tools: Any, choice: Any, config: Any) -> ModelOutput:
        asked.append(messages[0].text)
        kind = config.response_schema.name
        said = {"category": "recipes"} if kind == "category" else {"equivalent": False}
        return reply_of("judge", json.dumps(said))

    task = tasks.score_responses(
        str(path),
        category="R" if known == "default" else None,
        scorers="functional_diversity",
        taxonomy=own["taxonomy"],
    )
    log = run(task, model="none", model_roles={"grader": mock("judge", grader)})
    assert fd(log).value["unique"] == 2
    assert RUBRIC in asked[-1]
    assert [one and one["name"] for one in definitions_in(log)] == ["recipes"]
