"""Quality by checklist: bundled, the user's own or written by the grader; panels, abstentions, no grader."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from inspect_ai import score
from inspect_ai.log import EvalLog
from inspect_ai.scorer import Score

from inspect_homog import quality
from inspect_homog.scoring.checklist import Grade, grade_request, read_checklist, read_grade
from inspect_homog.tasks import creative_writing
from tests.conftest import sample
from tests.judging.test_request import HOSTILE
from tests.support.judge import class_of, judge_by, material
from tests.support.server import Request, Script, all_text, counter, grader, kind_of, scripted

Run = Callable[..., EvalLog]
TEXTS = ["a 1", "a 2", "a 3", "b 4", "b 4"]
GRADES = {"a 1": 5, "a 2": 4, "a 3": 4, "b 4": 1}


def by_text(body: Request) -> int:
    return GRADES[material(body)["ANSWER"]]


def graded(run: Run, *gradings: Script, **args: Any) -> tuple[EvalLog, list[list[Request]]]:
    with ExitStack() as stack:
        target = stack.enter_context(scripted(counter(TEXTS)))
        servers = [stack.enter_context(scripted(judge_by(class_of), grading)) for grading in gradings]
        models = [server.model(f"judge{i}") for i, server in enumerate(servers)]
        roles = {"grader": models} if models else {}
        log = run(creative_writing(**args), model=target.model(), model_roles=roles, limit=1)
        return log, [server.graded for server in servers]


def score_of(log: EvalLog) -> Score:
    scores = sample(log).scores
    assert scores
    return scores["quality"]


def value_of(log: EvalLog) -> dict[str, float]:
    value = score_of(log).value
    assert isinstance(value, dict)
    return {key: float(number or 0) for key, number in value.items()}


def test_the_bundled_checklist_is_used_and_identical_texts_are_graded_once(run: Run) -> None:
    log, (requests,) = graded(run, grader(by_text))
    assert value_of(log) == {
        "quality": pytest.approx((5 + 4 + 4 + 1 + 1) / 5),
        "best": 5,
        "worst": 1,
        "distinct_quality": pytest.approx((first_of(log, "a") + 1) / 2),
    }
    assert len(requests) == 4
    checklist = (sample(log).metadata or {})["checklist"]
    assert all(factor in all_text(requests[0]) for factor in checklist)
    metadata = score_of(log).metadata or {}
    assert (metadata["checklist"], metadata["checklist_source"]) == (checklist, "prompt")
    assert metadata["graders"][0]["calls"] == 4


def first_of(log: EvalLog, name: str) -> int:
    drawn = [response["text"] for response in sample(log).store["ResponseSet:responses"]]
    return GRADES[next(text for text in drawn if text.startswith(name))]


def test_a_panel_is_the_mean_of_those_that_gave_a_grade(run: Run) -> None:
    def broken(body: Request) -> str:
        return "no idea" if material(body)["ANSWER"] == "b 4" else json.dumps({"reason": "", "grade": 2})

    log, _ = graded(run, grader(by_text), broken)
    assert value_of(log)["quality"] == pytest.approx((3.5 + 3 + 3 + 1 + 1) / 5)
    assert log.results
    figures = [s.metrics for s in log.results.scores if s.name == "quality" and s.reducer is None]
    assert figures[0]["inspect_homog/grading_abstention_rate"].value == pytest.approx(2 / 10)
    assert figures[0]["inspect_homog/grading_calls"].value == 8


def test_grades_that_cannot_be_read_leave_quality_unscored(run: Run) -> None:
    log, _ = graded(run, lambda body: '{"grade": 6, "reason": "splendid"}')
    assert all(map(isnan, value_of(log).values()))
    assert score_of(log).reason == "grader_failed"


def test_without_a_grader_quality_is_unscored_and_nothing_else(run: Run) -> None:
    log, _ = graded(run, judge="embedded")
    assert isnan(score_of(log).as_float())
    assert "add --model-role grader=" in str(score_of(log).explanation)
    assert log.results
    scored = {s.scorer: s.scored_samples for s in log.results.scores}
    assert (scored["functional_diversity"], scored["quality"], scored["general_diversity"]) == (1, 0, 1)


def test_other_prompts_get_a_checklist_once_for_each_prompt_and_grader(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"input": "Sing of rain."}\n{"input": "Sing of dust."}\n', encoding="utf-8")
    texts = [f"a {i}" for i in range(10)]
    with scripted(counter(texts)) as target, scripted(judge_by(class_of)) as judge:
        logs = [
            run(
                creative_writing(prompts=str(path), num_responses=2, strategy=strategy),
                model=target.model(),
                model_roles={"grader": judge.model("judge")},
                epochs=2,
                max_samples=1,
            )
            for strategy in ("temperature", "regenerate")
        ]
        written = [body for body in judge.graded if kind_of(body) == "checklist"]
    assert len(written) == 2
    assert all("a 0" not in all_text(body) for body in written)
    for log in logs:
        metadata = score_of(log).metadata or {}
        assert metadata["checklist"] == ["Says one thing", "Says another", "Says a third"]
        assert metadata["checklist_source"] == "openai-api/scripted/judge"


def test_it_can_be_scored_again_alone_from_the_log(run: Run) -> None:
    log, _ = graded(run, grader(by_text))
    with scripted(judge_by(class_of), grader(lambda body: 2)) as other:
        again = score(log, quality(), model_roles={"grader": other.model("other")}, action="append")
    scores = sample(again).scores
    assert scores
    value = scores["quality1"].value
    assert isinstance(value, dict)
    assert (value["quality"], value["distinct_quality"]) == (2, 2)
    assert scores["quality"].value == score_of(log).value


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_answers_reach_the_grader_verbatim_and_change_nothing_else(hostile: str) -> None:
    checklist = ["Says {nonce}", "Says {material}"]
    system, user = grade_request("Why?", checklist, hostile)
    body: Request = {"messages": [{"content": user.text}]}
    shown = material(body)
    assert shown["PROMPT"] == "Why?"
    if len(hostile) < 50_000:
        assert shown["ANSWER"] == hostile
    assert "1. Says {nonce}\n2. Says {material}" in system.text
    assert hostile not in system.text or len(hostile) < 20


@pytest.mark.parametrize(
    ("reply", "grade"),
    [
        ('{"reason": "fine", "grade": 4}', Grade(reason="fine", grade=4)),
        ('```json\n{"reason": "fine", "grade": 1}\n```', Grade(reason="fine", grade=1)),
        ("4", Grade(grade=4)),
        ("**5**", Grade(grade=5)),
        ('{"reason": "fine", "grade": 0}', None),
        ('{"reason": "fine", "grade": "4"}', None),
        ('{"reason": "fine", "grade": 3.5}', None),
        ('{"reason": "fine", "grade": 4, "also": 5}', None),
        ("(3)", Grade(grade=3)),
        ("4/5", None),
        ("-1", None),
        (".5", None),
        ("5%", None),
        ("I would say 4", None),
        ("", None),
    ],
)
def test_only_a_grade_counts_as_one(reply: str, grade: Grade | None) -> None:
    assert read_grade(reply) == grade


@pytest.mark.parametrize(("factors", "read"), [(3, True), (5, True), (2, False), (6, False)])
def test_a_checklist_has_three_to_five_factors(factors: int, read: bool) -> None:
    reply = json.dumps({"factors": [f"factor {i}" for i in range(factors)]})
    assert bool(read_checklist(reply)) is read
    assert read_checklist(reply.replace("factor 1", " ")) is None
