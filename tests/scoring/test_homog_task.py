"""The task `homog`: eight categories in one log, and what a strategy does to each of its numbers."""

from collections.abc import Callable
from typing import Literal

import pytest
from inspect_ai import score
from inspect_ai.log import EvalLog

from inspect_homog import correctness, functional_diversity, general_diversity, load_categories, quality
from inspect_homog.tasks import homog
from tests.support.judge import class_of, judge_by, material
from tests.support.server import Request, all_text, counter, grader, scripted

Run = Callable[..., EvalLog]
TWO = ["a 1", "a 2", "a 3", "a 4", "b 5"]
FOUR = ["a 1", "b 2", "c 3", "d 4", "d 5"]
ONE_A_CATEGORY = [f"{name}-01" for name in load_categories()]


def run_homog(run: Run, texts: list[str], grade: int) -> EvalLog:
    def mine(body: Request) -> int:
        return grade if material(body)["ANSWER"][0] in "abcd" else 1

    with (
        scripted(counter(texts)) as target,
        scripted(judge_by(class_of), grader(mine, lambda body: "incorrect")) as judge,
    ):
        roles = {"grader": judge.model("judge")}
        return run(homog(), model=target.model(), model_roles=roles, sample_id=ONE_A_CATEGORY, max_samples=1)


def figure(log: EvalLog, scorer: str, key: str, metric: str = "mean") -> float:
    assert log.results
    found = [s for s in log.results.scores if (s.scorer, s.name) == (scorer, key) and metric in s.metrics]
    return found[0].metrics[metric].value


def test_a_strategy_that_doubles_diversity_and_lowers_quality_shows_exactly_that(run: Run) -> None:
    before, after = run_homog(run, TWO, 5), run_homog(run, FOUR, 3)
    unique = "functional_diversity", "unique"
    assert (figure(before, *unique), figure(after, *unique)) == (2, 4)
    diversity = "functional_diversity", "diversity"
    assert (figure(before, *diversity), figure(after, *diversity)) == (0.25, 0.75)
    for key in ("quality", "distinct_quality"):
        assert (figure(before, "quality", key), figure(after, "quality", key)) == (5, 3)
    for category in load_categories():
        fits = [figure(log, "functional_diversity", "fit", f"grouped_{category}") for log in (before, after)]
        assert fits == ([0.75, 0.25] if category == "well_specified" else [0.25, 0.75])
    assert figure(before, "functional_diversity", "fit") == pytest.approx((0.75 + 7 * 0.25) / 8)
    assert figure(after, "functional_diversity", "fit") == pytest.approx((0.25 + 7 * 0.75) / 8)


def test_the_log_holds_all_scorers_the_headline_and_every_rubric(run: Run) -> None:
    log = run_homog(run, TWO, 5)
    assert log.results
    assert log.results.headline
    assert (log.results.headline.scorer, log.results.headline.score) == ("functional_diversity", "fit")
    scorers = list(dict.fromkeys(score.scorer for score in log.results.scores))
    assert scorers == ["functional_diversity", "quality", "correctness", "general_diversity"]
    assert set((log.eval.metadata or {})["rubric_version"]) == set(load_categories())
    low, high = (figure(log, "functional_diversity", "fit", f"ci_{end}") for end in ("lower", "upper"))
    assert low < figure(log, "functional_diversity", "fit") < high


def test_each_prompt_is_judged_by_its_own_rubric(run: Run) -> None:
    with scripted(counter(TWO)) as target, scripted(judge_by(class_of)) as judge:
        roles = {"grader": judge.model("judge")}
        options = {"sample_id": ONE_A_CATEGORY, "max_samples": 1}
        run(homog(num_responses=2), model=target.model(), model_roles=roles, **options)
        for category in load_categories().values():
            asked = [body for body in judge.requests if category.rubric in all_text(body)]
            assert len(asked) == 1, category.name


@pytest.mark.parametrize("action", ["append", "overwrite"])
def test_each_scorer_scores_a_log_again_alone(action: Literal["append", "overwrite"], run: Run) -> None:
    log = run_homog(run, TWO, 5)
    with scripted(judge_by(class_of), grader(lambda body: 5, lambda body: "incorrect")) as judge:
        roles = {"grader": judge.model("judge")}
        for make in (functional_diversity, quality, correctness, general_diversity):
            again = score(log, make(), model_roles=roles, action=action, display="none")
            name = make.__name__ + ("1" if action == "append" else "")
            for one, before in zip(again.samples or [], log.samples or [], strict=True):
                assert one.scores
                assert before.scores
                found, known = one.scores[name].value, before.scores[make.__name__].value
                if not isinstance(found, dict) or not isinstance(known, dict):
                    assert str(found) == str(known)
                    continue
                # Without the score of functional diversity, nothing says which solutions are one.
                lost = ("distinct_quality", "unique_correct") if action == "overwrite" else ()
                assert {k: str(v) for k, v in found.items() if k not in lost} == {
                    k: str(v) for k, v in known.items() if k not in lost
                }
        assert not any("ANSWER" not in material(body) for body in judge.graded)
