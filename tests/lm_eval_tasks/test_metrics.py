"""The numbers that lm-eval reports are those that Inspect reports, and what is missing stays missing."""

import json
from collections.abc import Callable

import pytest
from inspect_ai.log import EvalLog

from inspect_homog import tasks
from inspect_homog.taxonomy.category import load_categories
from tests.conftest import sample
from tests.support.harness import harness, record, responses, values
from tests.support.judge import class_of, judge_by
from tests.support.server import Request, grader, kind_of, last_text, scripted

Run = Callable[..., EvalLog]
SEED = 1234
POOL = [
    "I pick heads.",
    "Heads",
    "The answer is 42, because six times seven is forty-two.",
    "42",
    "Start with a walk every morning and keep a diary of how you slept.",
    "Talk to the other person first: most quarrels are about something else.",
    "The keeper lit the lamp one last time, although no ship had passed in years.",
    "Nobody needs a lighthouse that sings, said the mayor, and sold it to a flock of gulls.",
    "Use the lid as a lever and a towel for grip.",
]


@pytest.fixture
def judged_by(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def use(url: str, names: str = "openai-api/scripted/judge") -> None:
        monkeypatch.setenv("SCRIPTED_BASE_URL", url)
        monkeypatch.setenv("HOMOG_JUDGE", names)

    return use


def by_seed(body: Request) -> str:
    """A server that honours seeds: the prompt and the seed decide the draw."""
    return POOL[(len(last_text(body)) + 2 * (body["seed"] - SEED)) % len(POOL)]


@pytest.mark.parametrize("category", load_categories())
def test_the_same_responses_have_the_same_figures_as_in_inspect(category: str, run: Run) -> None:
    with scripted(by_seed) as server:
        log = run(getattr(tasks, category)(judge="embedded"), model=server.model(), limit=2, seed=SEED)
        results = harness(f"homog_{category}", server, limit=2)
    for place in range(2):
        scores = sample(log, place).scores or {}
        expected = {
            key: value
            for score in scores.values()
            if isinstance(score.value, dict)
            for key, value in score.value.items()
        }
        logged = results["samples"][f"homog_{category}"][place]
        assert logged["doc"]["input"] == sample(log, place).input
        for key in ("unique", "diversity", "fit", "vocabulary", "embedding", "compression"):
            assert logged[key] == expected[key], key
        for key in ("accuracy", "validity"):
            assert (key in logged) == (key in expected)
            assert key not in logged or logged[key] == expected[key]


def test_unique_is_the_number_of_known_classes(judged_by: Callable[..., None]) -> None:
    def script(body: Request) -> str:
        return f"class{min(body['seed'] - SEED, 2)} told in way {body['seed']}"

    with scripted(script) as server, scripted(judge_by(class_of)) as judge:
        judged_by(judge.url)
        results = harness("homog_creative_writing", server, limit=2)
    found = values(results, "homog_creative_writing")
    assert (found["unique"], found["unique_stderr"], found["unscored"]) == (3, 0, 0)
    assert found["fit"] == found["diversity"] == 0.5
    assert found["quality"] == 3
    assert len(set(responses(results, "homog_creative_writing"))) == 5
    logged = record(results, "homog_creative_writing")
    assert [r["text"] for r in logged["responses"]] == responses(results, "homog_creative_writing")
    (judged,) = logged["judges"]
    assert (judged["judge"], judged["classes"], len(judged["verdicts"])) == (
        "openai-api/scripted/judge",
        [0, 1, 2, 2, 2],
        10,
    )


def test_a_panel_is_averaged(judged_by: Callable[..., None]) -> None:
    def script(body: Request) -> str:
        if kind_of(body) == "verdict" and body["model"] == "kind":
            return json.dumps({"equivalent": True})
        return judge_by(class_of)(body)

    draws = lambda body: f"class{body['seed']}"  # noqa: E731
    with scripted(draws) as server, scripted(script) as judge:
        judged_by(judge.url, "openai-api/scripted/kind, openai-api/scripted/strict")
        results = harness("homog_advice", server, limit=1)
    assert values(results, "homog_advice")["unique"] == (1 + 5) / 2


def test_a_document_without_a_count_is_missing_from_the_mean(judged_by: Callable[..., None]) -> None:
    def script(body: Request) -> str:
        return "Hm, let me see." if "umbrella" in last_text(body) else judge_by(class_of)(body)

    def draws(body: Request) -> str:
        return f"class{body['seed']}" + (" umbrella" if second in last_text(body) else "")

    second = tasks.load_prompts("bundled", "advice")[1].input
    with scripted(draws) as server, scripted(script) as judge:
        judged_by(judge.url)
        results = harness("homog_advice", server, limit=3)
    found = values(results, "homog_advice")
    assert (found["unique"], found["diversity"], found["unscored"]) == (5, 1, 1)
    assert [("unique" in row, row["unscored"]) for row in results["samples"]["homog_advice"]] == [
        (True, 0),
        (False, 1),
        (True, 0),
    ]
    assert "vocabulary" in results["samples"]["homog_advice"][1]
    notes = record(results, "homog_advice", 1)["notes"]
    assert any("10 abstentions" in note for note in notes)


def test_empty_responses_are_counted_out(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = {"message": {"content": None}, "index": 0, "finish_reason": "stop"}
    with scripted(lambda body: "The sea.") as server:
        answer = server.answer
        monkeypatch.setattr(
            server,
            "answer",
            lambda body: answer(body) | ({"choices": [nothing]} if body["seed"] % 2 else {}),
        )
        results = harness("homog_advice", server, limit=1)
    logged = record(results, "homog_advice")
    assert responses(results, "homog_advice") == ["The sea.", "", "The sea.", "", "The sea."]
    assert (logged["usable"], values(results, "homog_advice")["unique"]) == ([0, 2, 4], 1)


def test_no_usable_response_at_all_is_unscored() -> None:
    with scripted(lambda body: "  ") as server:
        results = harness("homog_advice", server, limit=1)
    assert values(results, "homog_advice") == {"unscored": 1, "unscored_stderr": "N/A"}


def test_all_judge_calls_of_a_task_are_under_way_at_once(judged_by: Callable[..., None]) -> None:
    """The judge answers nobody before every question about all three documents has arrived."""
    pairs, grades = 3 * 1, 3 * 2
    with (
        scripted(lambda body: f"class{body['seed']}") as server,
        scripted(judge_by(class_of), at_once=pairs + grades) as judge,
    ):
        judged_by(judge.url)
        results = harness("homog_advice", server, limit=3, metadata={"num_responses": 2})
        assert (len(judge.requests), len(judge.graded)) == (pairs, grades)
    assert values(results, "homog_advice")["unscored"] == 0


def test_the_group_is_the_mean_over_categories() -> None:
    def script(body: Request) -> str:
        return "yes" if "coin" in last_text(body).lower() else by_seed(body)

    with scripted(script) as server:
        results = harness("homog", server, limit=1, metadata={"num_responses": 3})
    for key in ("unique", "fit", "compression"):
        each = [results["results"][f"homog_{name}"][f"{key},none"] for name in load_categories()]
        assert results["groups"]["homog"][f"{key},none"] == pytest.approx(sum(each) / 8)
    assert len(set(each)) > 1
    assert "accuracy,none" in results["results"]["homog_math"]
    assert "validity,none" in results["results"]["homog_underspecified"]
    assert "quality,none" not in results["results"]["homog_math"]


def test_quality_is_graded_by_the_judge_model(judged_by: Callable[..., None]) -> None:
    grades = grader(grade=lambda body: 5 if "class1234" in last_text(body) else 2)
    with (
        scripted(lambda body: f"class{body['seed']}") as server,
        scripted(judge_by(class_of), grades) as judge,
    ):
        judged_by(judge.url)
        results = harness("homog_advice", server, limit=1, metadata={"num_responses": 3})
    assert values(results, "homog_advice")["quality"] == 3
