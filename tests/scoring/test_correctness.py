"""Correctness by category, with and without a grader, through the tasks."""

import json
from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from inspect_ai import Task
from inspect_ai.log import EvalLog
from inspect_ai.scorer import Score

from inspect_homog import HomogError, correctness
from inspect_homog.scoring.three_way import read_outcome
from inspect_homog.tasks import homog, math, random_generation, underspecified, well_specified
from tests.conftest import sample
from tests.support.judge import judge_by, material
from tests.support.server import Request, counter, grader, scripted

Run = Callable[..., EvalLog]
GENJI = {"input": "Who wrote the Tale of Genji?", "target": ["Murasaki Shikibu", "Lady Murasaki"]}
COUNTRY = {"input": "Name a landlocked African country.", "accepted": ["Chad", ["Eswatini", "Swaziland"]]}
PALINDROME = {"input": "Give a three-digit palindrome.", "pattern": "([1-9])[0-9]\\1"}
COIN = {"input": "Flip a coin.", "options": ["heads", "tails"]}
SUM = {"input": "What is 1/2 + 1/4?", "target": "3/4"}


def corrected(
    run: Run,
    tmp_path: Path,
    task: Callable[..., Task],
    row: dict[str, Any],
    texts: list[str],
    verdict: Callable[[Request], str] | None = None,
    solves: Callable[[str], object] = str,
) -> tuple[Score, dict[str, Any], list[Request]]:
    """The score of one prompt's responses, its value, and what the grader was asked."""
    path = tmp_path / "prompts.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    with (
        scripted(counter(texts)) as target,
        scripted(judge_by(solves), grader(verdict=verdict or (lambda body: ""))) as judge,
    ):
        log = run(
            task(prompts=str(path), num_responses=len(texts), judge="grader" if verdict else "embedded"),
            model=target.model(),
            model_roles={"grader": judge.model("judge")} if verdict else {},
        )
        asked = [body for body in judge.graded if "RIGHT ANSWERS" in material(body)]
    scores = sample(log).scores
    assert scores
    found = scores["correctness"]
    assert isinstance(found.value, dict)
    return found, dict(found.value), asked


def test_a_by_rules_alone(run: Run, tmp_path: Path) -> None:
    texts = ["Murasaki Shikibu", "It was Lady Murasaki.", "Sei Shonagon", "Sei Shonagon.", "I don't know."]
    found, value, _ = corrected(run, tmp_path, well_specified, GENJI, texts)
    assert value == {"accuracy": pytest.approx(2 / 5), "agreement": pytest.approx(2 / 4), "unique_correct": 1}
    assert (found.metadata or {})["decided_by"] == {"exact": 1, "stated": 1, "none": 2, "refused": 1}


def test_a_asks_the_grader_about_free_text_only(run: Run, tmp_path: Path) -> None:
    def verdict(body: Request) -> str:
        return {"T": "correct", "I": "incorrect", "N": "not_attempted", "?": "perhaps"}[
            material(body)["ANSWER"][0]
        ]

    texts = ["Murasaki Shikibu", "The lady whom they call Fuji", "It was her father", "No comment", "?!"]
    found, value, asked = corrected(run, tmp_path, well_specified, GENJI, texts, verdict)
    assert value["accuracy"] == pytest.approx(2 / 4)
    assert value["unique_correct"] == 1
    assert len(asked) == 4
    assert all("Murasaki Shikibu / Lady Murasaki" in material(body)["RIGHT ANSWERS"] for body in asked)
    metadata = found.metadata or {}
    assert (metadata["undecided"], metadata["grader_calls"]) == (1, 4)


def test_b_against_accepted_answers(run: Run, tmp_path: Path) -> None:
    texts = ["Chad", "**Swaziland**, in the south.", "Eswatini", "Kenya", "Chad or Swaziland"]
    found, value, _ = corrected(run, tmp_path, underspecified, COUNTRY, texts)
    assert value == {"validity": pytest.approx(3 / 4), "agreement": pytest.approx(2 / 4), "unique_correct": 2}
    assert (found.metadata or {})["undecided"] == 1


def test_b_against_a_pattern_never_asks(run: Run, tmp_path: Path) -> None:
    texts = ["121", "How about 343?", "123", "121"]
    _, value, asked = corrected(run, tmp_path, underspecified, PALINDROME, texts, lambda body: "correct")
    assert value == {"validity": pytest.approx(3 / 4), "agreement": pytest.approx(2 / 4), "unique_correct": 2}
    assert asked == []


@pytest.mark.parametrize(
    ("texts", "validity", "uniformity"),
    [
        (["heads", "It's tails!", "Heads.", "**tails**"], 1, 1.0 / (0.5 * 0.811278 + 0.375 * 1.0)),
        (["heads", "Heads!", "heads", "I got heads"], 1, 0),
        (["the edge", "heads", "heads", "heads"], 0.75, 0),
    ],
)
def test_c_against_its_options(
    texts: list[str], validity: float, uniformity: float, run: Run, tmp_path: Path
) -> None:
    _, value, _ = corrected(run, tmp_path, random_generation, COIN, texts)
    assert value["validity"] == validity
    assert value["uniformity"] == pytest.approx(uniformity, abs=1e-5)


def test_d_by_symbolic_equality_and_counts_solutions_that_are_right(run: Run, tmp_path: Path) -> None:
    texts = [
        "add by quarters: \\boxed{\\frac{3}{4}}",
        "add by decimals: the answer is 0.75",
        "add by decimals, so the final answer is $0.75$",
        "guess a number: the answer is 0.8",
    ]
    found, value, asked = corrected(
        run, tmp_path, math, SUM, texts, lambda body: "correct", solves=lambda text: text.split(":")[0][:12]
    )
    assert value == {"accuracy": 0.75, "agreement": 0.75, "unique_correct": 2}
    assert asked == []
    assert (found.metadata or {})["how"] == ["math"] * 4


def test_d_with_a_target_that_is_no_mathematics_is_unscored(run: Run, tmp_path: Path) -> None:
    row = {"input": "Why?", "target": "((("}
    found, value, _ = corrected(run, tmp_path, math, row, ["\\boxed{3}"])
    assert isnan(value["accuracy"])
    assert found.reason == "scoring_failed"


def test_a_prompt_without_known_answers_is_unscored(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "prompts.jsonl"
    path.write_text('{"input": "Who?"}\n{"input": "Who else?", "target": "me"}', encoding="utf-8")
    with scripted(counter(["me"])) as target:
        log = run(well_specified(prompts=str(path), judge="embedded"), model=target.model())
    assert log.results
    accuracy = next(s for s in log.results.scores if s.name == "accuracy")
    assert (accuracy.scored_samples, accuracy.unscored_samples) == (1, 1)
    assert accuracy.metrics["mean"].value == 1


def test_homog_keeps_the_keys_of_other_categories_unscored(run: Run) -> None:
    with scripted(counter(["heads"])) as target:
        log = run(
            homog(num_responses=2, judge="embedded"),
            model=target.model(),
            sample_id=["advice-01", "well_specified-01", "random_generation-01"],
        )
    assert log.results
    counts = {s.name: s.scored_samples for s in log.results.scores if s.scorer == "correctness"}
    assert (counts["accuracy"], counts["validity"], counts["uniformity"]) == (1, 1, 0)


def test_an_unknown_category_is_an_error() -> None:
    with pytest.raises(HomogError, match="Unknown category"):
        correctness("maths")
    with pytest.raises(HomogError, match="'advice' cannot be checked"):
        correctness("advice")


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        ('{"verdict": "correct"}', "correct"),
        ("INCORRECT.", "incorrect"),
        ("not attempted", "not_attempted"),
        ('{"verdict": "CORRECT"}', None),
        ('{"verdict": "correct", "sure": true}', None),
        ("It is correct", None),
        ("correct or incorrect", None),
    ],
)
def test_only_a_verdict_counts_as_one(reply: str, outcome: str | None) -> None:
    assert read_outcome(reply) == outcome
