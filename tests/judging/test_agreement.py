"""Scripted judges with known faults: every figure comes out as computed by hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from inspect_ai import Task
from inspect_ai.log import EvalLog

from inspect_homog import HomogError
from inspect_homog.judging.judge import Pair, Question, Verdict
from inspect_homog.prompts.pairs import load_pairs
from inspect_homog.scoring.agreement import judge_verdict
from inspect_homog.tasks import creative_writing, judge_agreement
from tests.conftest import fd, sample
from tests.support.judge import class_of, judge_by, responses_of
from tests.support.server import Script, scripted

Run = Callable[..., EvalLog]


def labelled(path: Path) -> str:
    """20 pairs of 10 prompts: the first word decides; 8 are the same, 12 differ."""
    rows = [
        {
            "prompt": f"p{i % 10}",
            "a": f"red {i} first",
            "b": f"{'red' if i < 8 else 'blue'} {i} second",
            "same": i < 8,
            "category": "math" if i % 2 else "advice",
        }
        for i in range(20)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return str(path)


def figures(log: EvalLog) -> dict[str, float]:
    assert log.results
    (score,) = log.results.scores
    return {name: m.value for name, m in score.metrics.items()}


def right(body: Any) -> str:
    return judge_by(class_of)(body)


def errs_on_two(body: Any) -> str:
    """Wrong on pairs 0 and 19, in both orders."""
    texts = " ".join(responses_of(body))
    wrong = any(f" {i} " in texts for i in (0, 19))
    return "YES" if json.loads(right(body))["equivalent"] != wrong else "NO"


def first_position(body: Any) -> str:
    """Equivalent exactly when the response written second is shown first."""
    return "YES" if responses_of(body)[0].endswith("second") else "no."


SCRIPTS: dict[str, tuple[Script, dict[str, float], set[str]]] = {
    "right": (
        right,
        {
            "accuracy": 1,
            "balanced_accuracy": 1,
            "kappa": 1,
            "abstention_rate": 0,
            "flip_rate": 0,
            "pairs": 20,
        },
        set(),
    ),
    "always yes": (
        lambda body: "YES",
        {"accuracy": 0.4, "balanced_accuracy": 0.5, "kappa": 0, "abstention_rate": 0, "flip_rate": 0},
        set(),
    ),
    "garbage": (
        lambda body: "yes, or perhaps no",
        {"abstention_rate": 1, "pairs": 20},
        {"accuracy", "balanced_accuracy", "kappa", "flip_rate"},
    ),
    "position": (
        first_position,
        {"abstention_rate": 1, "flip_rate": 1},
        {"accuracy", "balanced_accuracy", "kappa"},
    ),
    "errs": (
        errs_on_two,
        {
            "accuracy": 18 / 20,
            "balanced_accuracy": (7 / 8 + 11 / 12) / 2,
            # expected agreement by chance: 0.4 * 0.4 + 0.6 * 0.6
            "kappa": (0.9 - 0.52) / (1 - 0.52),
            "accuracy_advice": 0.9,
            "accuracy_math": 0.9,
        },
        set(),
    ),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripted_judges(name: str, run: Run, tmp_path: Path) -> None:
    script, expected, absent = SCRIPTS[name]
    with scripted(script) as judge:
        log = run(judge_agreement(pairs=labelled(tmp_path / "p.jsonl")), model=judge.model())
        assert len(judge.requests) == 2 * 20
    found = figures(log)
    assert {key: found[key] for key in expected} == pytest.approx(expected)
    assert not absent & set(found)
    if "accuracy" in expected:
        assert found["accuracy_low"] <= found["accuracy"] <= found["accuracy_high"]


def test_judge_verdict_scores_abstentions_as_no_answer(run: Run, tmp_path: Path) -> None:
    task = Task(dataset=load_pairs(labelled(tmp_path / "p.jsonl")), solver=[], scorer=judge_verdict())
    with scripted(lambda body: "perhaps") as judge:
        log = run(task, model=judge.model(), limit=1)
    score = (sample(log).scores or {})["judge_verdict"]
    assert (score.value, score.answer, score.reason) == ("N", "abstained", "grader_failed")


def test_one_order_has_no_flip_rate(run: Run, tmp_path: Path) -> None:
    with scripted(right) as judge:
        log = run(
            judge_agreement(pairs=labelled(tmp_path / "p.jsonl"), both_orders=False), model=judge.model()
        )
        assert len(judge.requests) == 20
    assert "flip_rate" not in figures(log)


def test_noveltybench_columns_and_the_contrast_set(tmp_path: Path) -> None:
    path = tmp_path / "nb.jsonl"
    path.write_text('{"id": 1, "prompt": "p", "generation_0": "x", "generation_1": "y", "similar": 0}\n')
    (pair,) = load_pairs(str(path))
    assert (pair.target, pair.metadata) == (
        "different",
        {"category": "general", "a": "x", "b": "y", "pair_id": 1},
    )
    counts: dict[tuple[str, str], int] = {}
    for one in load_pairs():
        key = ((one.metadata or {})["category"], str(one.target))
        counts[key] = counts.get(key, 0) + 1
    assert set(counts.values()) == {12}
    assert len(counts) == 16


def test_bad_pairs_files(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"prompt": "p", "a": "x", "b": "y"}\n')
    with pytest.raises(HomogError, match=r"p\.jsonl, line 1: field 'same'.* missing"):
        judge_agreement(pairs=str(path))
    path.write_text("")
    with pytest.raises(HomogError, match="no pairs"):
        judge_agreement(pairs=str(path))
    with pytest.raises(HomogError, match="judge=auto"):
        judge_agreement(judge="grader")


class ByFirstWord:
    """A judge of a user's own: the first word decides; it abstains on what is blue."""

    name = "first-word"
    details: ClassVar[dict[str, str]] = {}

    async def compare(self, question: Question, responses: list[str], pairs: list[Pair]) -> list[Verdict]:
        words = [text.split()[0] for text in responses]
        return [self.verdict(pair, words[pair[0]], words[pair[1]]) for pair in pairs]

    @staticmethod
    def verdict(pair: Pair, a: str, b: str) -> Verdict:
        if "blue" in (a, b):
            return Verdict(pair=pair, answer=None, reason="blue")
        return Verdict(pair=pair, answer="same" if a == b else "different")


def test_a_judge_of_your_own_is_checked_like_any_other(run: Run, tmp_path: Path) -> None:
    log = run(judge_agreement(pairs=labelled(tmp_path / "p.jsonl"), judge=ByFirstWord()), model="none")
    found = figures(log)
    assert (found["pairs"], found["accuracy"], found["abstention_rate"]) == (20, 1, pytest.approx(0.6))
    assert (sample(log).scores or {})["judge_verdict"].metadata["judge"] == "first-word"  # type: ignore[index]


def test_a_task_takes_judges_of_your_own(run: Run) -> None:
    judges: list[Any] = [ByFirstWord(), ByFirstWord()]
    with scripted(lambda body: "red one") as target:
        log = run(creative_writing(judge=judges, num_responses=2), model=target.model(), limit=1)
    assert [one["judge"] for one in (fd(log).metadata or {})["judges"]] == ["first-word"] * 2


@pytest.mark.parametrize("judge", [5, None, [], ["embedded"], [ByFirstWord(), object()]])
def test_what_is_no_judge_is_refused_before_anything_runs(judge: Any, tmp_path: Path) -> None:
    with pytest.raises(HomogError, match="judge must be one of: auto, embedded, grader, or"):
        creative_writing(judge=judge)
    with pytest.raises(HomogError, match="judge_agreement checks one judge"):
        judge_agreement(judge=judge)
