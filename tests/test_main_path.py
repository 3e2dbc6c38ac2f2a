"""From a prompt to a count, through Inspect, with a scripted model and a scripted judge."""

from collections.abc import Callable, Sequence
from math import isnan
from typing import ClassVar

import pytest
from inspect_ai import score
from inspect_ai.log import EvalLog, read_eval_log

from inspect_homog import Question, ResponseSet, Verdict, functional_diversity
from inspect_homog.judging.judge import Pair
from inspect_homog.tasks import creative_writing, well_specified
from tests.conftest import fd, sample
from tests.support.cli import inspect_cli
from tests.support.judge import class_of, judge_by
from tests.support.server import Request, counter, last_text, scripted

Run = Callable[..., EvalLog]
N = 5


def texts(k: int) -> list[str]:
    """N responses that fall into exactly k classes, no two of them alike."""
    return [f"class{min(i, k - 1)} told in way {i}" for i in range(N)]


@pytest.mark.parametrize("k", range(1, N + 1))
@pytest.mark.parametrize("cache", [False, True])
def test_unique_is_the_number_of_known_classes(k: int, cache: bool, run: Run) -> None:
    with scripted(counter(texts(k))) as target, scripted(judge_by(class_of)) as judge:
        for _ in ("cold", "warm"):
            log = run(
                creative_writing(),
                model=target.model(),
                model_roles={"grader": judge.model("judge")},
                limit=1,
                cache=cache,
            )
            value = fd(log).value
            assert isinstance(value, dict)
            assert value["unique"] == k
            assert value["obtained"] == N
            assert value["diversity"] == pytest.approx((k - 1) / (N - 1))
            assert value["fit"] == value["diversity"]
            drawn = sample(log).store_as(ResponseSet).responses
            assert sorted(r.text for r in drawn) == sorted(texts(k))
        assert len(target.requests) == (N if cache else 2 * N)
        assert log.results
        assert log.results.headline
        assert (log.results.headline.scorer, log.results.headline.score) == (
            "functional_diversity",
            "unique",
        )


def test_pairwise_share_and_fit_where_sameness_is_wanted(run: Run) -> None:
    answers = ["a 1", "a 2", "a 3", "a 4", "b 5"]
    with scripted(counter(answers)) as target, scripted(judge_by(class_of)) as judge:
        log = run(well_specified(), model=target.model(), model_roles={"grader": judge.model()}, limit=1)
    assert fd(log).value == {
        "unique": 2,
        "diversity": 0.25,
        "fit": 0.75,
        "pairwise": pytest.approx(0.4),
        "obtained": 5,
    }


class OneClass:
    """A judge of one's own: everything is the same."""

    name = "one-class"
    details: ClassVar[dict[str, str]] = {}

    async def compare(
        self, question: Question, responses: Sequence[str], pairs: Sequence[Pair]
    ) -> list[Verdict]:
        return [Verdict(pair=pair, answer="same") for pair in pairs]


def test_rescoring_asks_the_new_judge_and_never_the_target(run: Run) -> None:
    with scripted(counter(texts(4))) as target, scripted(judge_by(class_of)) as judge:
        log = run(creative_writing(), model=target.model(), model_roles={"grader": judge.model()}, limit=2)
        drawn = len(target.requests)
        again = score(
            read_eval_log(log.location), functional_diversity(OneClass()), action="overwrite", display="none"
        )
        assert len(target.requests) == drawn
    value = fd(again).value
    assert isinstance(value, dict)
    assert (value["unique"], value["obtained"]) == (1, N)
    metadata = fd(again).metadata
    assert metadata
    assert [judge["judge"] for judge in metadata["judges"]] == ["one-class"]


def test_rescoring_from_the_command_line(run: Run) -> None:
    with scripted(counter(texts(4))) as target, scripted(judge_by(class_of)) as judge:
        log = run(creative_writing(), model=target.model(), model_roles={"grader": judge.model()}, limit=1)
        drawn = len(target.requests)
        done = inspect_cli(
            "score",
            log.location,
            "--scorer=inspect_homog/functional_diversity",
            "--model-role=grader=openai-api/scripted/second",
            "--overwrite",
            "--action=overwrite",
            SCRIPTED_BASE_URL=judge.url,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert len(target.requests) == drawn
        assert len(judge.requests) == 2 * 10
    value = fd(read_eval_log(log.location)).value
    assert isinstance(value, dict)
    assert value["unique"] == 4


def test_seeds_differ_between_draws_and_repeat_between_runs(run: Run) -> None:
    with scripted(counter(texts(5))) as target, scripted(judge_by(class_of)) as judge:
        for _ in range(2):
            run(
                creative_writing(num_responses=4),
                model=target.model(),
                model_roles={"grader": judge.model()},
                limit=1,
                seed=100,
            )
        seeds = [request["seed"] for request in target.requests]
        assert sorted(seeds[:4]) == sorted(seeds[4:]) == [100, 101, 102, 103]
        assert not any("seed" in request for request in judge.requests)


def test_sampling_defaults_and_flags_that_win(run: Run) -> None:
    with scripted(counter(texts(5))) as target:
        task = creative_writing(num_responses=1, judge="embedded")
        run(task, model=target.model(), limit=1)
        run(task, model=target.model(), limit=1, temperature=0.3, max_tokens=77)
    default, flagged = target.requests
    assert (default["temperature"], default["top_p"], default["max_tokens"]) == (1.0, 0.9, 1024)
    assert (flagged["temperature"], flagged["top_p"], flagged["max_tokens"]) == (0.3, 0.9, 77)


def test_empty_responses_are_counted_out_and_none_at_all_is_unscored(run: Run) -> None:
    with scripted(counter(["a 1", "", "b 2", "  ", "a 3"])) as target, scripted(judge_by(class_of)) as judge:
        log = run(creative_writing(), model=target.model(), model_roles={"grader": judge.model()}, limit=1)
    value = fd(log).value
    assert isinstance(value, dict)
    assert (value["unique"], value["obtained"]) == (2, 3)
    assert "2 of 5 responses are empty or refused" in str(fd(log).explanation)

    with scripted(lambda body: "") as target:
        log = run(creative_writing(judge="embedded"), model=target.model(), limit=1)
    assert fd(log).reason == "no_response"
    assert log.results
    unique = next(s for s in log.results.scores if s.name == "unique")
    assert (unique.scored_samples, unique.unscored_samples) == (0, 1)


def test_one_response_has_a_count_but_no_diversity(run: Run) -> None:
    with scripted(counter(["a 1"])) as target:
        log = run(creative_writing(num_responses=1, judge="embedded"), model=target.model(), limit=1)
    value = fd(log).value
    assert isinstance(value, dict)
    assert value["unique"] == 1
    assert isnan(float(value["diversity"] or 0))
    assert isnan(float(value["fit"] or 0))


def test_a_model_that_judges_itself_is_flagged(run: Run) -> None:
    def script(body: Request) -> str:
        return judge_by(class_of)(body) if "BEGIN" in last_text(body) else "a 1"

    with scripted(script) as both:
        log = run(creative_writing(), model=both.model(), model_roles={"grader": both.model()}, limit=1)
    metadata = fd(log).metadata
    assert metadata
    assert metadata["self_judging"] is True
