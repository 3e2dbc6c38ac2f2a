"""The run configs of the paper's settings, as Inspect reads them."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from inspect_ai.log import list_eval_logs, read_eval_log

from benchmarks import beside
from tests.support.cli import inspect_cli
from tests.support.judge import class_of, judge_by
from tests.support.server import counter, grader, kind_of, scripted
from tests.support.sources import FILES, write

FOLDER = Path(str(files("inspect_homog") / "paper_config"))
CLIENTS = {"PYTHONPATH": str(beside.FOLDER)}
KEYS = {"OPENAI_API_KEY": "none", "ANTHROPIC_API_KEY": "none", "GOOGLE_API_KEY": "none"}
SETTINGS = {
    f"{'_'.join(part for part in (strategy, anchor) if part)}_t{temperature}": (strategy, anchor, temperature)
    for strategy, anchor in [
        ("temperature", None),
        ("system_prompt", "general"),
        ("system_prompt", "predicted"),
        ("regenerate", "general"),
        ("regenerate", "predicted"),
    ]
    for temperature in (1.0, 0.5)
}


def test_there_is_one_for_each_setting() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(SETTINGS)


@pytest.mark.parametrize("name", SETTINGS)
def test_each_holds_its_setting_and_what_all_share(name: str) -> None:
    strategy, anchor, temperature = SETTINGS[name]
    panel = ("openai/gpt-4o", "anthropic/claude-sonnet-4-0", "google/gemini-2.5-flash")
    args = {
        "prompts": "paper",
        "strategy": strategy,
        "num_responses": 5,
        "judge": "grader",
        "judging": "pairs",
    }
    assert yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8")) == {
        "task": {"task": "inspect_homog/homog", "args": args | ({"anchor": anchor} if anchor else {})},
        "generate_config": {"temperature": temperature, "top_p": 0.9, "max_tokens": 1024},
        "model_roles": {"grader": [{"model": model, "config": {"temperature": 0}} for model in panel]},
    }


def test_every_value_says_where_it_comes_from() -> None:
    for path in FOLDER.glob("*.yaml"):
        for line in path.read_text("utf-8").splitlines():
            name, _, value = line.strip().partition(": ")
            if value and not line.startswith("#") and name != "task" and "google" not in value:
                assert " # " in line or line.endswith("config: { temperature: 0 }"), (path.name, line)


def test_a_run_with_another_model_and_judge(tmp_path: Path) -> None:
    write(tmp_path / FILES["novelty_bench"][0], FILES["novelty_bench"][1]())
    texts = [f"{word} {i}" for i, word in enumerate("aaabb")]

    def answer(body: dict[str, Any]) -> str:
        if kind_of(body) == "category":
            return '{"category": "creative_writing"}'
        return next_text(body)

    next_text = counter(texts)
    with scripted(answer) as target, scripted(judge_by(class_of), grader()) as judge:
        done = inspect_cli(
            "eval",
            "--run-config",
            str(FOLDER / "regenerate_predicted_t0.5.yaml"),
            "--model=openai-api/scripted/target",
            "--model-role",
            "grader={model: openai-api/judge/judge}",
            "-T",
            "prompts=novelty_bench",
            "-T",
            f"prompts_dir={tmp_path}",
            "--limit=1",
            "--log-dir",
            str(tmp_path / "logs"),
            SCRIPTED_BASE_URL=target.url,
            JUDGE_BASE_URL=judge.url,
            JUDGE_API_KEY="none",
            **KEYS,
            **CLIENTS,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    log = read_eval_log(list_eval_logs(str(tmp_path / "logs"))[0])
    assert log.status == "success"
    assert log.samples
    score = (log.samples[0].scores or {})["functional_diversity"]
    assert isinstance(score.value, dict)
    assert (score.value["unique"], score.value["obtained"]) == (2, 5)
    assert log.eval.task_args["strategy"] == "regenerate"
    draws = [body for body in target.requests if kind_of(body) != "category"]
    assert {(body["temperature"], body["top_p"], body["max_tokens"]) for body in draws} == {(0.5, 0.9, 1024)}
    assert {body["temperature"] for body in judge.requests} == {0}
