"""Scorers of a group ask at once, so that together they take the rounds of the slowest."""

from collections.abc import Callable

from inspect_ai.log import EvalLog

from inspect_homog import functional_diversity, general_diversity, quality, together
from inspect_homog.scoring.concurrent import ConcurrentScorer
from inspect_homog.tasks import well_specified
from tests.conftest import sample
from tests.support.judge import class_of, judge_by
from tests.support.server import counter, scripted

Run = Callable[..., EvalLog]
PAIRS, GRADES, CHECKS = 6, 4, 4


def test_all_scorers_of_a_sample_ask_in_one_round(run: Run) -> None:
    """The grader answers nobody before every question of both samples has arrived."""
    everything = 2 * (PAIRS + GRADES + CHECKS)
    with (
        scripted(counter([f"{kind} response" for kind in "abcdefgh"])) as target,
        scripted(judge_by(class_of), at_once=everything) as judge,
    ):
        log = run(
            well_specified(num_responses=4),
            model=target.model(),
            model_roles={"grader": judge.model("judge")},
            limit=2,
            max_connections=1_000,
        )
        assert (len(judge.requests), len(judge.graded)) == (2 * PAIRS, 2 * (GRADES + CHECKS))
    scores = sample(log).scores
    assert scores
    assert list(scores) == ["functional_diversity", "quality", "correctness", "general_diversity"]
    assert [score.reason for score in scores.values()] == [None] * 4


def test_only_our_own_scorers_are_grouped() -> None:
    async def other(state: object, target: object) -> None: ...

    ours = functional_diversity(), quality(), general_diversity()
    assert together([*ours, other]) == [*ours, other]  # type: ignore[list-item]
    assert all(isinstance(one, ConcurrentScorer) and len(one._group) == 3 for one in ours)
