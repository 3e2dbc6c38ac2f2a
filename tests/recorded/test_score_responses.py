"""Responses that exist already, in each format, through the task `score_responses`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from inspect_ai import Task, eval
from inspect_ai.dataset import Sample
from inspect_ai.log import EvalLog, read_eval_log
from inspect_ai.model import ChatCompletionChoice, ChatMessageAssistant, ModelOutput, ModelUsage, get_model
from inspect_ai.solver import generate

from inspect_homog import HomogError
from inspect_homog.recorded.source import open_source
from inspect_homog.tasks import creative_writing, score_responses
from tests.conftest import figures, sample
from tests.support.cli import inspect_cli
from tests.support.data import DATA, needs_data
from tests.support.harness import harness, record
from tests.support.judge import class_of, judge_by
from tests.support.server import Request, all_text, counter, kind_of, scripted

Run = Callable[..., EvalLog]
TEXTS = ["a 1", "a 2", "b 3", "a 1", ""]
PLAIN = {"prompt": "Say a letter.", "responses": TEXTS, "category": "advice"}
NOVELTY = {
    "id": "curated-7",
    "prompt": "Say a letter.",
    "model": "some/model",
    "generations": TEXTS[:4],
    "partition": [0, 0, 1, 0],
    "distinct": 1,
    "generation_scores": [8, 0, 6, 0],
    "partition_scores": [8, 6],
    "utility": 1.0,
}
LM_EVAL = {
    "doc_id": 3,
    "doc": {"input": "Say a letter.", "category": "advice", "checklist": ["one", "two", "three"]},
    "target": "",
    "arguments": {
        "gen_args_0": {"arg_0": json.dumps([{"role": "user", "content": "Say a letter."}]), "arg_1": {}}
    },
    "resps": [TEXTS[:4]],
    "filtered_resps": TEXTS[:4],
}
ROWS = {"plain": PLAIN, "novelty_bench": NOVELTY, "lm_eval": LM_EVAL}


def written(tmp_path: Path, *rows: Any) -> str:
    path = tmp_path / "responses.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return str(path)


@pytest.mark.parametrize("name", ROWS)
def test_every_format_gives_the_same_count(name: str, run: Run, tmp_path: Path) -> None:
    with scripted(judge_by(class_of)) as judge:
        task = score_responses(written(tmp_path, ROWS[name]), category="advice")
        log = run(task, model="none", model_roles={"grader": judge.model("judge")})
    found = figures(log)
    assert (found["unique"], found["obtained"], found["quality"]) == (2, 4, 3)
    assert sample(log).input in ("Say a letter.",) or sample(log).input[0].text == "Say a letter."  # type: ignore[union-attr]
    if name == "novelty_bench":
        p = 0.8
        assert found["distinct_k"] == 2
        assert found["utility_k"] == pytest.approx((8 + 6 * p**2) / sum(p**i for i in range(4)))
        assert (sample(log).metadata or {})["model"] == "some/model"


def test_an_inspect_log_of_ours_of_epochs_and_of_choices(run: Run, tmp_path: Path) -> None:
    with scripted(counter(TEXTS[:4])) as target, scripted(judge_by(class_of)) as judge:
        roles = {"grader": judge.model("judge")}
        ours = run(
            creative_writing(num_responses=4), model=target.model(), model_roles=roles, limit=2, max_samples=1
        )
        plain = Task(dataset=[Sample(input="Say a letter.", id="one")], solver=generate())
        epochs = run(plain, model=target.model(), epochs=4, max_samples=1)
        output = ModelOutput(
            model="mockllm/model",
            choices=[ChatCompletionChoice(message=ChatMessageAssistant(content=t)) for t in TEXTS[:4]],
            usage=ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2),
        )
        choices = run(plain, model=get_model("mockllm/model", custom_outputs=[output]))
        for log, prompts, category in ((ours, 2, None), (epochs, 1, "advice"), (choices, 1, "advice")):
            again = run(score_responses(log.location, category=category), model="none", model_roles=roles)
            assert len(again.samples or []) == prompts
            assert (figures(again)["unique"], figures(again)["obtained"]) == (2, 4)
    assert (sample(ours).metadata or {})["category"] == "creative_writing"


def test_epochs_change_no_figure_and_no_error(run: Run, tmp_path: Path) -> None:
    """A file's scores are not reduced over epochs, which would copy them all."""
    rows = [{"prompt": f"Say {n} letters.", "responses": TEXTS[: 3 + n]} for n in range(3)]
    task = score_responses(written(tmp_path, *rows), category="advice", scorers="functional_diversity")
    with scripted(judge_by(class_of)) as judge:
        once, twice = (
            run(task, model="none", model_roles={"grader": judge.model("judge")}, epochs=epochs)
            for epochs in (1, 2)
        )
    assert once.results
    assert twice.results
    assert not once.reductions
    assert not twice.reductions
    assert twice.results.total_samples == 2 * once.results.total_samples == 6
    for first, second in zip(once.results.scores, twice.results.scores, strict=True):
        assert first.name == second.name
        before, after = (
            {name: metric.value for name, metric in score.metrics.items() if "calls" not in name}
            for score in (first, second)
        )
        assert len(before) >= 2
        assert before == pytest.approx(after, nan_ok=True)


def test_the_lines_of_the_first_filter_stand_for_all(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [
        {**LM_EVAL, "doc_id": n, "doc": {"filter": "b"}, "filter": name}
        for name in ("strict-match", "flexible-extract", "last")
        for n in (0, 1)
    ]
    task = score_responses(written(tmp_path, *rows), category="advice")
    assert [one.id for one in task.dataset] == [0, 1]
    assert [message.partition(": ")[2] for message in caplog.messages] == [
        "4 lines passed over: they repeat the responses of lm-eval's filter 'strict-match' for others."
    ]
    source = open_source(Path(written(tmp_path, *rows[:2], "{", *rows[2:])))
    assert [source.place(number) for number in range(len(source))] == ["line 1", "line 2", "line 3"]


def test_a_field_of_ones_own_is_no_filter(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    plain = [{**PLAIN, "id": f"p{n}", "filter": f"f{n}", "resps": []} for n in range(2)]
    one_filter = [{**LM_EVAL, "doc_id": n, "filter": "none"} for n in range(2)]
    assert len(score_responses(written(tmp_path, *plain)).dataset) == 2
    assert len(score_responses(written(tmp_path, *one_filter)).dataset) == 2
    assert not caplog.messages


def test_a_recorded_prompt_may_end_in_the_start_of_its_answer(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "Say a letter."}, {"role": "assistant", "content": "It is"}]
    lm_eval = {**LM_EVAL, "doc": {}, "arguments": {"gen_args_0": {"arg_0": json.dumps(turns)}}}
    task = score_responses(written(tmp_path, lm_eval, {"prompt": turns, "responses": TEXTS}))
    assert [one.input[-1].text for one in task.dataset if not isinstance(one.input, str)] == ["It is"] * 2


def test_variants_of_a_prompt_stay_so_in_every_format(run: Run, tmp_path: Path) -> None:
    docs = [{"prompt_id": n, "paraphrases": "not for scoring"} for n in (0, "0", 7)]
    rows = [{**LM_EVAL, "doc_id": n, "doc": doc} for n, doc in enumerate(docs)]
    plain = [{"prompt": f"Say {n}.", "responses": TEXTS, "prompt_id": n % 2} for n in range(3)]
    first = run(score_responses(written(tmp_path, *rows), category="advice"), model="none")
    again = run(score_responses(first.location), model="none")
    second = run(score_responses(written(tmp_path, *plain), category="advice"), model="none")
    named = [
        [(one.metadata or {}).get("prompt_id") for one in log.samples or []] for log in (first, again, second)
    ]
    assert named == [[0, "0", 7], [0, "0", 7], [0, 1, 0]]


def test_what_our_lm_eval_tasks_log_is_read_back(run: Run, tmp_path: Path) -> None:
    several = json.dumps({"responses": ["v 1", "w 2", "x 3", "y 4", "z 5"]})
    with scripted(lambda body: several) as listing, scripted(counter(["a 1", "b 2", "c 3"])) as target:
        found = harness("homog_advice_system_prompt", listing, limit=1, log_samples=True)
        again = harness("homog_advice", target, limit=1, log_samples=True)
    for results, task in ((found, "homog_advice_system_prompt"), (again, "homog_advice")):
        lines = json.loads(json.dumps(results["samples"][task], default=str))
        log = run(score_responses(written(tmp_path, *lines)), model="none")
        assert (sample(log).id, (sample(log).metadata or {})["category"]) == ("advice-01", "advice")
        assert "novel and honestly I found it dull" in str(sample(log).input)
        drawn = sample(log).store["ResponseSet:responses"]
        assert len(drawn) == 5
        assert [response["text"] for response in drawn] == [
            response["text"] for response in record(results, task)["responses"]
        ]


def test_categories_are_predicted_by_the_majority_of_the_graders(run: Run, tmp_path: Path) -> None:
    def says(category: str) -> Callable[[Request], str]:
        judge = judge_by(class_of)
        return lambda body: json.dumps({"category": category}) if kind_of(body) == "category" else judge(body)

    row = {"prompt": "Say a letter.", "responses": TEXTS}
    with scripted(says("advice")) as a, scripted(says("math")) as b, scripted(says("advice")) as c:
        roles = {"grader": [a.model("a"), b.model("b"), c.model("c")]}
        log = run(score_responses(written(tmp_path, row)), model="none", model_roles=roles)
        split = run(
            score_responses(written(tmp_path, row)),
            model="none",
            model_roles={"grader": [a.model("a"), b.model("b")]},
        )
        assert any("Advice" in all_text(body) for body in a.requests if kind_of(body) == "verdict")
    scores, undecided = sample(log).scores, sample(split).scores
    assert scores
    assert undecided
    assert (scores["functional_diversity"].metadata or {})["category"] == "advice"
    assert (undecided["functional_diversity"].metadata or {})["category"] == "general"
    assert "no category is known" in str(undecided["functional_diversity"].explanation)


def test_scorers_can_be_chosen(run: Run, tmp_path: Path) -> None:
    task = score_responses(written(tmp_path, NOVELTY), scorers="novelty_bench", judge="embedded")
    assert set(figures(run(task, model="none"))) == {"distinct_k", "utility_k"}
    with pytest.raises(HomogError, match="Unknown scorer 'diversity'"):
        score_responses(written(tmp_path, NOVELTY), scorers="quality, diversity")
    with pytest.raises(HomogError, match="scorers must be text"):
        score_responses(written(tmp_path, NOVELTY), scorers=["quality", 1])  # type: ignore[list-item]


def test_the_command_line_makes_a_list_of_scorers(tmp_path: Path) -> None:
    args = ("-T", f"file={written(tmp_path, NOVELTY)}", "-T", "scorers=functional_diversity,novelty_bench")
    done = inspect_cli(
        "eval",
        "inspect_homog/score_responses",
        *args,
        "-T",
        "judge=embedded",
        "--model",
        "none",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout
    (log,) = (tmp_path / "logs").glob("*.eval")
    assert set(figures(read_eval_log(str(log)))) >= {"unique", "distinct_k"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "line 2: not JSON"),
        ("[1]", "line 2: expected a JSON object"),
        ({"prompt": "p"}, "line 2: field 'responses': is missing"),
        ({"responses": ["r"]}, "line 2: field 'input': is missing"),
        ({**PLAIN, "responses": "r"}, "line 2: field 'responses': Input should be a valid list"),
        ({**PLAIN, "category": "poetry"}, "line 2: field 'category': Unknown category 'poetry'"),
        ({**PLAIN, "partition": [1]}, "line 2: field 'row': 'partition' has 1 entries for 5 responses"),
        ({**PLAIN, "scores": [1, 2, 3, 4, 99]}, "line 2: field 'scores'"),
        ({**LM_EVAL, "resps": [["a"], ["b"]]}, "line 2: not a generation task's line"),
        ({**LM_EVAL, "resps": [[[-1.5, True]]]}, "line 2: 'resps' holds no generated texts"),
        ({**PLAIN, "id": "first"}, "line 2: id 'first' is already used in line 1"),
    ],
)
def test_a_bad_line_is_named_before_any_call(row: Any, message: str, tmp_path: Path) -> None:
    with pytest.raises(HomogError) as caught:
        score_responses(written(tmp_path, {**PLAIN, "id": "first"}, row))
    assert message.split(": ", 1)[0] in str(caught.value)
    assert message.rsplit(": ", 1)[-1] in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.jsonl", None, "no such file"),
        ("empty.jsonl", "\n\n", "no responses in it"),
        ("table.csv", "prompt\n", "expected .jsonl"),
    ],
)
def test_a_bad_file_is_named(name: str, content: str | None, message: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(HomogError, match=message):
        score_responses(str(tmp_path / name))


def test_odd_response_sets_are_scored_or_unscored_with_a_reason(run: Run, tmp_path: Path) -> None:
    odd = [
        [],
        [""],
        ["x"],
        ["y" * 200_000, "z"],
        ["\ud800", "a\x00b", "r\r\nn"],
        [f"t {i}" for i in range(60)],
    ]
    rows = [{"prompt": f"Prompt {i}", "responses": texts} for i, texts in enumerate(odd)]
    log = run(score_responses(written(tmp_path, *rows), category="advice"), model="none")
    reasons = [(one.scores or {})["functional_diversity"].reason for one in log.samples or []]
    assert reasons == ["no_response", "no_response", None, None, None, None]
    assert [(one.scores or {})["general_diversity"].reason for one in log.samples or []] == reasons


def test_limit_sample_id_and_shuffle_choose_from_the_file(run: Run, tmp_path: Path) -> None:
    rows = [{"prompt": f"Prompt {i}", "responses": [f"r {i}"], "id": f"p{i}"} for i in range(6)]
    task = score_responses(written(tmp_path, *rows), category="advice")
    chosen = [
        [one.id for one in run(task, model="none", **options).samples or []]
        for options in ({"limit": 2}, {"limit": (1, 3)}, {"sample_id": ["p4", "p0"]})
    ]
    assert [sorted(map(str, ids)) for ids in chosen] == [["p0", "p1"], ["p1", "p2"], ["p0", "p4"]]
    (shuffled,) = eval(task, model="none", sample_shuffle=3, limit=2, display="none")
    assert shuffled.status == "success"
    assert len(shuffled.samples or []) == 2


@needs_data
@pytest.mark.slow
def test_the_command_line_on_a_real_file() -> None:
    file = DATA / "novelty_bench" / "scores" / "gpt-4o-2024-11-20.jsonl"
    done = inspect_cli(
        *("eval", "inspect_homog/score_responses", "-T", f"file={file}", "--model", "none", "--limit", "5")
    )
    assert done.returncode == 0, done.stderr
    assert "distinct_k" in done.stdout
