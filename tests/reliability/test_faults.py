"""200 prompts while every fifth call to the model and to the judge goes wrong."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from inspect_ai import eval as inspect_eval
from inspect_ai.log import EvalLog
from inspect_ai.model import Model
from tenacity import wait_none

from inspect_homog.results.read import read_runs
from inspect_homog.results.run import Run, Scored
from inspect_homog.tasks import homog
from inspect_homog.taxonomy.category import load_categories
from tests.support.faults import NO_VERDICT, SILENT, UNREADABLE, Faults, pick
from tests.support.judge import class_of, fenced, judge_by
from tests.support.runs import mock, reply_of
from tests.support.server import Request, ScriptedServer, grader, kind_of, last_text, scripted

pytestmark = pytest.mark.reliability

N = 3
IDS = [f"{name}-{number:02}" for name in load_categories() for number in range(1, 26)]
WORDS = ["amber", "brook", "cedar", "dawn"]
RATES = {"broken": 0.12, "unreadable": 0.04, "spoilt": 0.04}


@dataclass
class Outcome:
    """A run in which calls failed, and the faults that it met."""

    log: EvalLog
    run: Run
    target: Faults
    judge: Faults

    def lost(self, prompt: str, *kinds: str) -> int:
        """How many questions of these kinds about a prompt came to nothing."""
        return sum(kind_of(body) in kinds for body in self.judge.lost(prompt))

    def whole(self, one: Scored) -> bool:
        """Whether every call of the sample got through in the end."""
        spoiled = one.input in self.target.spoiled or self.judge.lost(one.input)
        return bool(one.responses) and not spoiled

    @property
    def retried(self) -> set[str]:
        """Prompts of which some call was made more than once."""
        again = [key for faults in (self.target, self.judge) for key, n in faults.seen.items() if n > 1]
        return {self.about(json.loads(key)) for key in again}

    @staticmethod
    def about(body: Request) -> str:
        """The prompt that a request to the model or to the judge is about."""
        parts = fenced(last_text(body))
        return parts.get("PROMPT") or parts.get("QUESTION") or last_text(body)


def answer(body: Request) -> str:
    return f"{pick(WORDS, last_text(body), body['seed'])} {body['seed'] % 2}"


def grade(body: Request) -> int:
    return 1 + len(last_text(body)) % 5


def judge(body: Request) -> str:
    return (judge_by(class_of) if kind_of(body) == "verdict" else grader(grade))(body)


def served(server: ScriptedServer, name: str) -> Model:
    """The server as a model; what Inspect tries again, it tries at once."""
    model = server.model(name, max_retries=0)
    model.api.retry_wait = wait_none  # type: ignore[method-assign]
    return model


def in_process(script: Callable[[Request], str], name: str) -> Model:
    """The script as a model whose calls cannot fail."""

    def reply(input: Any, tools: Any, choice: Any, config: Any) -> Any:
        schema = config.response_schema and {"json_schema": {"name": config.response_schema.name}}
        body = {"messages": [{"content": input[-1].text}], "seed": config.seed, "response_format": schema}
        return reply_of(name, script(body))

    return mock(name, reply)


def run_homog(folder: Path, target: Model, grading: Model, ids: list[str]) -> tuple[EvalLog, Run]:
    (log,) = inspect_eval(
        homog(num_responses=N),
        model=target,
        model_roles={"grader": grading},
        sample_id=ids,
        seed=1,
        attempt_timeout=4,
        max_connections=50,
        retry_on_error=1,
        fail_on_error=False,
        log_realtime=False,
        score_display=False,
        log_dir=str(folder),
        display="none",
    )
    (run,) = read_runs(str(folder))
    return log, run


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    target, judging = Faults(**RATES, prompt_of=Outcome.about), Faults(**RATES, prompt_of=Outcome.about)
    said = judging.spoil(judge, NO_VERDICT)
    with (
        scripted(target.spoil(answer, SILENT), fault=target.strike) as first,
        scripted(said, said, fault=judging.strike) as second,
    ):
        folder = tmp_path_factory.mktemp("faulty")
        log, run = run_homog(folder, served(first, "target"), served(second, "judge"), IDS)
    return Outcome(log, run, target, judging)


def test_faults_of_every_kind_hit_a_fifth_of_the_calls(faulty: Outcome) -> None:
    for faults in (faulty.target, faulty.judge):
        assert {"500", "503", "429", "cut", "hang", "spoilt", *UNREADABLE} == set(faults.happened)
        assert faults.happened.total() / faults.seen.total() == pytest.approx(0.2, abs=0.04)


def test_the_run_completes_and_every_sample_is_scored_or_says_why_not(faulty: Outcome) -> None:
    assert faulty.log.status == "success"
    found = Counter(one.id for one in faulty.run.scored)
    assert found == Counter(IDS)
    for one in faulty.run.scored:
        assert ("unique" in one.figures) == (one.unscored is None)
    why = Counter((one.unscored or "scored").partition(":")[0] for one in faulty.run.scored)
    print(dict(why))
    assert set(why) == {"scored", "grader_failed", "error"}, why
    assert why.total() == 200


def test_what_was_drawn_obtained_asked_and_abstained_adds_up(faulty: Outcome) -> None:
    for one in faulty.run.scored:
        if (one.unscored or "").startswith("error"):
            assert not one.figures
            continue
        assert len(one.responses) == one.requested == N
        silent = len(faulty.target.spoiled.get(one.input, {}))
        assert len(one.usable) == N - silent == one.figures.get("obtained", 0)
        texts = {one.responses[place].text for place in one.usable}
        for result in one.judges:
            assert len(result.verdicts) == len(list(combinations(texts, 2)))
            unanswered = [verdict for verdict in result.verdicts if verdict.answer is None]
            assert len(unanswered) == faulty.lost(one.input, "verdict")
        for graded in one.graders:
            assert len(graded.grades) == len(one.usable)
            known = dict(zip([one.responses[place].text for place in one.usable], graded.grades, strict=True))
            assert sum(value is None for value in known.values()) == faulty.lost(one.input, "grade")


def test_the_log_reports_as_many_abstentions_as_there_were(faulty: Outcome) -> None:
    assert faulty.log.results
    panel = next(
        score
        for score in faulty.log.results.scores
        if any(name.endswith("panel_abstention_rate") for name in score.metrics)
    )
    results = [result for one in faulty.run.scored for result in one.judges]
    asked = sum(len(result.verdicts) for result in results)
    lost = sum(faulty.lost(one.input, "verdict") for one in faulty.run.scored)
    (rate,) = (one.value for name, one in panel.metrics.items() if name.endswith("panel_abstention_rate"))
    assert rate == pytest.approx(lost / asked)
    assert lost > 20


def test_nothing_that_failed_counts_as_different(faulty: Outcome) -> None:
    for one in faulty.run.scored:
        kinds = [class_of(response.text) if response.usable else None for response in one.responses]
        for result in one.judges:
            for verdict in result.verdicts:
                a, b = (one.usable[place] for place in verdict.pair)
                assert verdict.answer in (None, "same" if kinds[a] == kinds[b] else "different")
            assert result.unique in (None, len(set(kinds) - {None}))


def test_where_every_call_got_through_the_figures_are_those_of_a_smooth_run(
    faulty: Outcome, tmp_path: Path
) -> None:
    whole = [one for one in faulty.run.scored if faulty.whole(one)]
    assert len(whole) > 80
    struck = {one.id: one for one in whole if one.input in faulty.retried}
    assert len(struck) > 50
    _, smooth = run_homog(tmp_path, in_process(answer, "target"), in_process(judge, "judge"), [*struck])
    assert [one.id for one in smooth.scored] == [*struck]
    for expected in smooth.scored:
        found = struck[expected.id]
        assert expected.unscored is None
        assert [one.text for one in found.responses] == [one.text for one in expected.responses]
        assert found.figures == pytest.approx(expected.figures)
