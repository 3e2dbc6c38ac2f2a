"""Scorers of a group ask at once, so that together they take the rounds of the slowest."""

import time
from collections.abc import Callable
from datetime import datetime

import pytest
from inspect_ai.log import EvalLog

from inspect_homog import functional_diversity, general_diversity, quality, together
from inspect_homog.embedded.encoder import load_encoder
from inspect_homog.scoring.concurrent import ConcurrentScorer
from inspect_homog.tasks import well_specified
from tests.conftest import sample
from tests.support.judge import class_of, judge_by
from tests.support.server import counter, scripted

Run = Callable[..., EvalLog]
LATENCY = 3.0
SLACK = 1.2


def scoring_seconds(log: EvalLog) -> float:
    """From the first request to a grader to the last score, over all samples."""
    begins: list[datetime] = []
    ends: list[datetime] = []
    for one in log.samples or []:
        for event in one.events:
            if event.event == "model" and "judge" in event.model:
                begins.append(event.timestamp)
            if event.event == "score":
                ends.append(event.timestamp)
    return (max(ends) - min(begins)).total_seconds()


@pytest.mark.parametrize(("checklist", "rounds"), [(True, 1), (False, 2)])
def test_scoring_takes_as_many_rounds_as_its_slowest_scorer(
    checklist: bool, rounds: int, run: Run, tmp_path: object
) -> None:
    load_encoder().encode(["loaded and warm"])
    with (
        scripted(counter([f"{kind} response" for kind in "abcdefgh"])) as target,
        scripted(judge_by(class_of), latency=LATENCY) as judge,
    ):
        task = well_specified(num_responses=4)
        if not checklist:
            for one in task.dataset:
                (one.metadata or {}).pop("checklist")
        started = time.monotonic()
        log = run(
            task,
            model=target.model(),
            model_roles={"grader": judge.model("judge")},
            limit=2,
            max_connections=1_000,
        )
        assert len(judge.requests) == 2 * 6
        assert len(judge.graded) == 2 * (4 + 4 + (not checklist))
    assert scoring_seconds(log) <= SLACK * rounds * LATENCY
    assert time.monotonic() - started >= rounds * LATENCY
    scores = sample(log).scores
    assert scores
    assert list(scores) == ["functional_diversity", "quality", "correctness", "general_diversity"]


def test_only_our_own_scorers_are_grouped() -> None:
    async def other(state: object, target: object) -> None: ...

    ours = functional_diversity(), quality(), general_diversity()
    assert together([*ours, other]) == [*ours, other]  # type: ignore[list-item]
    assert all(isinstance(one, ConcurrentScorer) and len(one._group) == 3 for one in ours)
