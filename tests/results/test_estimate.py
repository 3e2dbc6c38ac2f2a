"""`homog estimate` against scripted runs of the same tasks: the calls announced are the calls made."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from inspect_ai import eval as inspect_eval
from inspect_ai.log import EvalLog
from inspect_ai.model import GenerateConfig, Model, ModelOutput, ModelUsage, get_model

from inspect_homog import HomogError, tasks
from inspect_homog.results.estimate.assumptions import Sizes
from inspect_homog.results.estimate.estimate import estimate
from inspect_homog.results.estimate.lossless import questions
from inspect_homog.results.estimate.options import Options, graders
from inspect_homog.results.estimate.plan import make_plan
from inspect_homog.results.estimate.prices import read_prices
from inspect_homog.results.estimate.records import Estimate
from inspect_homog.sampling.strategies import STRATEGIES
from inspect_homog.taxonomy.category import load_categories
from tests.support.cli import homog_cli
from tests.support.estimated import Counts, N, Target, announced, counted, judge
from tests.support.server import Request, Script, grader, kind_of

Run = Callable[..., EvalLog]
GRADER = grader()


@dataclass(frozen=True)
class Setting:
    """A run, as a user would type it."""

    task: str = "creative_writing"
    args: dict[str, Any] = field(default_factory=dict)
    graders: int = 1
    unique: float = N
    limit: int = 2

    def options(self, label: str) -> Options:
        """The options of `homog estimate`, with models named after the setting."""
        names = ",".join(f"mockllm/{label}-g{i}" for i in range(self.graders))
        return Options(
            task=f"inspect_homog/{self.task}",
            args=tuple(f"{name}={json.dumps(value)}" for name, value in self.args.items()),
            models=f"mockllm/{label}",
            roles=(f"grader={names}",) if names else (),
            limit=str(self.limit),
            unique=self.unique,
        )


SETTINGS = {
    **{
        f"{strategy}-{judging}": Setting(args={"strategy": strategy, "judging": judging})
        for strategy in STRATEGIES
        for judging in ("lossless", "single_call")
    },
    **{
        f"{strategy}-pairs": Setting(args={"strategy": strategy, "anchor": "predicted"}, graders=2)
        for strategy in STRATEGIES
    },
    "correctness": Setting(task="underspecified", limit=12, graders=2),
    "one-response": Setting(args={"num_responses": 1, "judging": "single_call"}),
    "both-orders": Setting(args={"both_orders": True}),
    "lossless-both-orders": Setting(args={"both_orders": True, "judging": "lossless"}),
    "embedded": Setting(args={"judge": "embedded"}),
    "no-grader": Setting(graders=0),
    "two-classes": Setting(args={"strategy": "system_prompt", "judging": "lossless"}, unique=2, limit=15),
    "homog": Setting(task="homog", args={"prompts": "{mixed}"}, limit=99),
}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A prompt of every category, and one whose answers a pattern knows."""
    path = tmp_path_factory.mktemp("prompts") / "mixed.jsonl"
    rows: list[dict[str, Any]] = []
    for name in load_categories():
        found = tasks.__dict__[name]().dataset
        rows += [
            {"input": s.input, "target": list(s.target) if s.target else None, **s.metadata}
            for s in found[:1]
        ]
    rows.append({"input": "Name a prime.", "category": "B", "pattern": "\\d+", "checklist": ["a", "b", "c"]})
    path.write_text("".join(json.dumps({k: v for k, v in r.items() if v}) + "\n" for r in rows), "utf-8")
    return str(path)


class Calls:
    """Models that answer by script, in this process, and the requests that they got."""

    def __init__(self) -> None:
        self.requests: list[Request] = []

    def model(self, name: str, script: Script) -> Model:
        def answer(messages: Any, tools: Any, tool_choice: Any, config: GenerateConfig) -> ModelOutput:
            schema = config.response_schema
            body: Request = {
                "model": name,
                "messages": [{"content": message.text} for message in messages],
                "response_format": {"json_schema": {"name": schema.name}} if schema else None,
            }
            self.requests.append(body)
            grading = kind_of(body) in ("grade", "correctness", "checklist")
            output = ModelOutput.from_content(name, (GRADER if grading else script)(body))
            output.usage = ModelUsage(input_tokens=7, output_tokens=3, total_tokens=10)
            return output

        return get_model(f"mockllm/{name}", custom_outputs=answer, memoize=False)


@pytest.fixture(scope="module")
def runs(mixed: str, tmp_path_factory: pytest.TempPathFactory) -> Counts:
    """The calls of all settings, which run in one evaluation, each with models of its own name."""
    built, calls, target = [], Calls(), Target()
    for label, setting in SETTINGS.items():
        args = {k: v.format(mixed=mixed) if isinstance(v, str) else v for k, v in setting.args.items()}
        task = getattr(tasks, setting.task)(**args)
        task.model = calls.model(label, target)
        task.dataset = task.dataset[: setting.limit]
        graders = [calls.model(f"{label}-g{i}", judge) for i in range(setting.graders)]
        task.model_roles = {"grader": graders} if graders else None
        built.append(task)
    folder = str(tmp_path_factory.mktemp("logs"))
    # With display="none", Inspect renders a table of all tasks and shows it to nobody, which takes a minute.
    options: Any = {"display": "plain", "score_display": False, "log_realtime": False}
    logs = inspect_eval(built, log_dir=folder, max_tasks=len(built), **options)
    assert {log.status for log in logs} == {"success"}
    return counted(*calls.requests)


@pytest.mark.parametrize("label", SETTINGS)
def test_the_calls_announced_are_the_calls_made(label: str, runs: Counts, mixed: str) -> None:
    setting = SETTINGS[label]
    args = {k: v.format(mixed=mixed) if isinstance(v, str) else v for k, v in setting.args.items()}
    found = estimate(
        make_plan(Setting(setting.task, args, setting.graders, setting.unique, setting.limit).options(label)),
        {},
        Sizes(),
    )
    made = {
        (model, purpose): number
        for (model, purpose), number in runs.items()
        if model == label or model.startswith(f"{label}-g")
    }
    assert announced(found) == pytest.approx(made)
    assert found.calls.least <= sum(made.values()) <= found.calls.most


def found_for(task: str, *args: str, sizes: Sizes | None = None, **options: Any) -> Estimate:
    return estimate(make_plan(Options(task=task, args=args, **options)), {}, sizes or Sizes())


def by_purpose(found: Estimate) -> dict[str, tuple[float, float, float]]:
    return {line.purpose: (line.calls.least, line.calls.expected, line.calls.most) for line in found.lines}


def test_what_depends_on_the_answers_is_a_range(run: Run, tmp_path: Path) -> None:
    """A model that gives too few items is asked twice more; checklists are written once and kept."""
    path = tmp_path / "mine.jsonl"
    path.write_text('{"input": "Say a word.", "category": "A", "target": "word"}\n', "utf-8")
    typed = ("prompts=" + str(path), "strategy=system_prompt", "judging=lossless")
    found = found_for("well_specified", *typed, models="t", roles=("grader=g",), epochs=2)
    ranges = by_purpose(found)
    assert ranges["list"] == (2, 2, 6)
    assert ranges["checklist"] == (0, 1, 2)
    assert ranges["correctness"] == (0, 10, 10)
    assert ranges["judge"] == (8, pytest.approx(2 * questions(5)), 20)
    calls = Calls()
    target = calls.model("t", lambda body: json.dumps({"responses": [f"a {len(calls.requests)}"]}))
    grader = calls.model("g", judge)
    task = tasks.well_specified(prompts=str(path), strategy="system_prompt", judging="lossless")
    run(task, model=target, model_roles={"grader": grader}, epochs=2, max_samples=1)
    made = counted(*calls.requests)
    assert (made["t", "list"], made["g", "checklist"]) == (ranges["list"][2], ranges["checklist"][1])


@pytest.mark.parametrize("numbers", [None, "2-3"])
def test_recorded_responses_are_known_so_that_all_is_known(
    numbers: str | None, run: Run, tmp_path: Path
) -> None:
    rows = [
        {
            "prompt": "Capital of France?",
            "target": "Paris",
            "responses": ["Paris", "It is Lyon", "Lyon.", ""],
        },
        {"prompt": "Write.", "category": "G", "responses": ["a b", "a b", "c d"]},
        {"prompt": "Anything?", "responses": ["e f"]},
    ]
    rows[0]["category"] = "A"
    path = tmp_path / "responses.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    calls = Calls()
    grader = calls.model("g", judge)
    run(tasks.score_responses(str(path), numbers=numbers), model="none", model_roles={"grader": grader})
    given = (f"file={path}", *([f"numbers={numbers}"] if numbers else []))
    found = found_for("score_responses", *given, roles=("grader=g",))
    assert announced(found) == counted(*calls.requests)
    assert found.rounds == 3


def test_rounds_are_the_calls_that_wait_for_each_other() -> None:
    def rounds(*args: str) -> int:
        return found_for("advice", *args, models="t", roles=("grader=g",), limit="1").rounds

    assert rounds() == 2
    assert rounds("strategy=regenerate", "num_responses=4") == 5
    assert rounds("strategy=strategy_first", "anchor=predicted") == 4


def test_tokens_grow_with_the_responses_and_stop_at_the_most_a_call_may_take() -> None:
    short, long = (
        found_for("advice", models="t", roles=("grader=g",), sizes=Sizes(response_tokens=n)).lines
        for n in (100, 200)
    )
    assert [line.purpose for line in short] == ["draw", "judge", "quality"]
    assert [b.output_tokens - a.output_tokens for a, b in zip(short, long, strict=True)] == [20_000, 0, 0]
    assert [b.input_tokens - a.input_tokens for a, b in zip(short, long, strict=True)] == [0, 80_000, 20_000]
    capped = found_for("advice", models="t", sizes=Sizes(response_tokens=200, max_tokens=50)).lines
    assert capped[0].output_tokens == 40 * 5 * 50


def test_the_command_prints_a_table_or_json_with_costs_where_prices_are_known(tmp_path: Path) -> None:
    prices = tmp_path / "prices.yaml"
    price = {"input": 2.0, "output": 10.0, "input_cache_write": 0.0, "input_cache_read": 0.0}
    prices.write_text(yaml.safe_dump({"openai/gpt-4o": price}), "utf-8")
    typed = ("estimate", "inspect_homog/math", "--model", "openai/gpt-4o", "--limit", "2-3")
    shown = homog_cli(
        *typed, "--model-role", "grader=some/judge", "--model-cost-config", str(prices), COLUMNS="120"
    )
    assert shown.returncode == 0, shown.stderr
    assert "Price unknown: some/judge." in shown.stdout
    assert "unknown │" in shown.stdout
    done = homog_cli(*typed, "--model-cost-config", str(prices), "--json")
    found = json.loads(done.stdout)
    (line,) = found["lines"]
    assert (found["prompts"], found["calls"]["expected"], line["purpose"]) == (2, 10, "draw")
    cost = (round(line["input_tokens"]) * 2 + round(line["output_tokens"]) * 10) / 1e6
    assert found["cost"] == line["cost"] == pytest.approx(cost)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"task": "poetry"}, "Cannot estimate 'poetry'. Use one of: well_specified"),
        ({"task": "math"}, "No model to estimate for"),
        ({"task": "math", "args": ("judge=grader",)}, "judge=grader needs a judge model"),
        ({"task": "math", "args": ("judging=single_call",)}, "embedded only compares pairs"),
        ({"task": "math", "args": ("judging=triples",)}, "pairs, lossless, single_call"),
        ({"task": "math", "args": ("strategy=x",)}, "Unknown strategy 'x'"),
        ({"task": "math", "args": ("size=5",)}, "Its arguments: strategy, anchor"),
        ({"task": "math", "args": ("size",)}, "expected name=value"),
        ({"task": "math", "args": ("prompts=5",)}, "prompts must be text, not '5'"),
        ({"task": "math", "args": ("prompts=paper", "prompts_dir=5")}, "prompts_dir must be text, not '5'"),
        ({"task": "math", "args": ("taxonomy=5",)}, "taxonomy must be text, not '5'"),
        ({"task": "math", "args": ("strategy=[a]",)}, "strategy must be text"),
        ({"task": "math", "args": ("anchor=[a]",)}, "anchor must be text"),
        ({"task": "math", "args": ("both_orders=maybe",)}, "both_orders must be true or false, not 'maybe'"),
        ({"task": "math", "args": ("judge=[a]",)}, "judge must be one of: auto"),
        ({"task": "score_responses", "args": ("file=5",)}, "file must be text, not '5'"),
        ({"task": "score_responses", "args": ("file=x.jsonl", "category=5")}, "category must be text"),
        ({"task": "math", "models": "t", "limit": "few"}, "--limit few"),
        ({"task": "math", "models": "t", "limit": "10-5"}, "--limit 10-5: prompts count from 1"),
        ({"task": "math", "models": "t", "limit": "0-5"}, "--limit 0-5: prompts count from 1"),
        ({"task": "math", "models": "t", "limit": "0"}, "--limit 0: prompts count from 1"),
        ({"task": "math", "models": "t", "limit": "41-50"}, "--limit 41-50: leaves none of the 40 prompts"),
        ({"task": "math", "models": "t", "roles": ("critic=g",)}, "--model-role critic=g"),
    ],
)
def test_what_cannot_be_run_cannot_be_estimated(options: dict[str, Any], said: str) -> None:
    with pytest.raises(HomogError, match=said):
        make_plan(Options(**options))


def test_a_file_of_prices_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "prices.yaml"
    path.write_text("openai/gpt-4o: cheap", "utf-8")
    with pytest.raises(HomogError, match=r"prices\.yaml: not a file of prices"):
        read_prices(path)


def test_the_graders_of_every_form_are_read() -> None:
    forms = ("grader=a/b,c/d", "grader=[a/b, c/d]", "grader={model: a/b, temperature: 0}")
    assert [graders((form,)) for form in forms] == [("a/b", "c/d"), ("a/b", "c/d"), ("a/b",)]
