"""Several logs that are slices of one run are that run again; what is not surely so stays apart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inspect_ai import eval as inspect_eval
from inspect_ai.log import EvalLog, read_eval_log
from inspect_ai.model import GenerateConfig

from inspect_homog.results.paper_table import paper_tables, to_markdown
from inspect_homog.results.read import read_runs
from inspect_homog.results.run import Judged, Run, Scored
from inspect_homog.results.slices import merge_slices, setting_of
from inspect_homog.results.summary import summarise
from inspect_homog.tasks import math
from tests.support.judge import judge_by
from tests.support.server import Request, last_text, scripted

RUN = Run(
    framework="inspect_ai",
    framework_version="1",
    package_version="1",
    id="whole",
    source="whole.eval",
    task="math",
    model="provider/name",
    backend="provider",
    created="2026-01-01T00:00:00+00:00",
    dataset="bundled-math",
    planned=[],
    scored=[],
    reported={},
    setting="one",
)


def scored(id: str, epoch: int, unique: float | None, judge: str = "judge") -> Scored:
    judged = Judged(judge=judge, details={}, classes=[], unique=1, pairwise=None, abstained=0, asked=0)
    return Scored(
        id=id,
        epoch=epoch,
        cluster=id,
        category="math",
        input=id,
        target=[],
        strategy="temperature",
        wording=None,
        predicted=None,
        requested=5,
        responses=[],
        usable=[],
        judges=[judged],
        graders=[],
        correct=[],
        judging="pairs",
        prompt_hash="0",
        rubric_version=1,
        figures={} if unique is None else {"unique": unique},
    )


def part(run: Run, start: int, end: int, id: str) -> Run:
    """The prompts from `start` to `end` of a run, as a log of their own."""
    planned = run.planned[start:end]
    own = [one for one in run.scored if one.id in planned]
    changes = {"id": id, "source": f"{id}.eval", "planned": planned, "scored": own, "start": start}
    return run.model_copy(update={**changes, "created": f"2026-01-01T00:00:0{len(planned) % 10}+00:00"})


@st.composite
def runs(draw: st.DrawFn) -> Run:
    ids = [f"p{i}" for i in range(draw(st.integers(1, 12)))]
    counts = st.none() | st.integers(1, 5).map(float)
    outcomes = [
        scored(id, epoch, draw(counts)) for id in ids for epoch in range(1, draw(st.integers(1, 2)) + 1)
    ]
    lost = draw(st.sets(st.sampled_from(ids)))
    return RUN.model_copy(update={"planned": ids, "scored": [one for one in outcomes if one.id not in lost]})


@given(runs(), st.data())
def test_any_cut_in_any_order_is_put_together_to_the_whole(run: Run, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.sets(st.integers(1, len(run.planned)))) | {len(run.planned)})
    bounds = list(zip([0, *ends], ends, strict=False))
    parts = [part(run, start, end, f"slice {start}") for start, end in bounds]
    (merged,) = merge_slices(data.draw(st.permutations(parts)))
    assert (merged.planned, merged.scored, merged.lost) == (run.planned, run.scored, run.lost)
    assert summarise(merged.scored) == summarise(run.scored)
    assert merged.prompt_set_hash == run.prompt_set_hash
    if len(parts) > 1:
        assert merged.slices == [one.source for one in parts]
        assert merged.created == min(one.created for one in parts)
        assert merged.id not in {one.id for one in parts}


@given(runs(), st.data())
def test_runs_with_a_prompt_in_common_stay_apart_and_say_so(run: Run, data: st.DataObject) -> None:
    places = st.integers(0, len(run.planned) - 1)
    start, other = data.draw(places), data.draw(places)
    common = max(start, other)
    two = [part(run, start, common + 1, "one"), part(run, other, common + 1, "two")]
    kept = merge_slices(two)
    assert [one.model_copy(update={"notes": []}) for one in kept] == two
    for one in kept:
        (note,) = one.notes
        assert f"{common + 1 - max(start, other)} of their prompts are in more than one" in note
        assert repr(run.planned[common]) in note


@pytest.mark.parametrize("setting", [None, "another"])
def test_other_and_unknown_settings_are_never_put_together(setting: str | None) -> None:
    run = RUN.model_copy(update={"planned": ["a", "b"], "scored": [scored("a", 1, 1), scored("b", 1, 2)]})
    two = [part(run, 0, 1, "one"), part(run, 1, 2, "two").model_copy(update={"setting": setting})]
    assert merge_slices(two) == two
    unknown = [one.model_copy(update={"setting": None}) for one in two]
    assert merge_slices(unknown) == unknown


def test_slices_with_other_judges_stay_apart() -> None:
    two = [
        RUN.model_copy(update={"planned": [id], "scored": [scored(id, 1, 1, judge)]})
        for id, judge in (("a", "one judge"), ("b", "another"))
    ]
    assert [one.notes for one in merge_slices(two)] == [
        ["One of 2 logs of the same setting, kept apart: their judges differ."]
    ] * 2


def answering(body: Request) -> str:
    """A reply that depends on the prompt alone, and so is the same in every slice."""
    return f"way-{len(last_text(body)) % 3} and so on"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Logs of one run of seven prompts whole, and in three slices of which the last came first."""
    whole, slices = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("slices")
    with scripted(answering) as target, scripted(judge_by(lambda text: text.split()[0])) as judge:
        for folder, limits in ((whole, [(0, 7)]), (slices, [(5, 7), (0, 2), (2, 5)])):
            for limit in limits:
                log = one_run(target.model(), judge.model("judge"), limit=limit, log_dir=str(folder))
                assert log.status == "success"
    return whole, slices


def one_run(model: Any, judge: Any, **kwargs: Any) -> EvalLog:
    task = math(num_responses=3, strategy="regenerate")
    (log,) = inspect_eval(task, model=model, model_roles={"grader": judge}, display="none", **kwargs)
    return log


def test_the_slices_of_a_run_are_read_as_the_undivided_run(folders: tuple[Path, Path]) -> None:
    (whole,), (merged,) = (read_runs(str(folder)) for folder in folders)
    assert len(merged.slices) == 3
    assert merged.planned == whole.planned == [f"math-{i:02d}" for i in range(1, 8)]
    assert (merged.prompts_in_set, merged.lost) == (40, [])
    for one, other in zip(merged.scored, whole.scored, strict=True):
        assert (one.id, one.responses, one.judges, one.figures) == (
            other.id,
            other.responses,
            other.judges,
            other.figures,
        )
    assert summarise(merged.scored) == summarise(whole.scored)
    assert summarise(whole.scored)["unique"].mean == pytest.approx(whole.reported["unique"])
    assert merged.prompt_set_hash == whole.prompt_set_hash


def test_the_tables_of_slices_are_those_of_the_undivided_run(folders: tuple[Path, Path]) -> None:
    whole, slices = ([to_markdown(table) for table in paper_tables(str(folder))] for folder in folders)
    assert whole == slices


def change(log: EvalLog, **spec: Any) -> EvalLog:
    return log.model_copy(update={"eval": log.eval.model_copy(update=spec)})


CHANGES: dict[str, Callable[[EvalLog], dict[str, Any]]] = {
    "model": lambda log: {"model": "provider/other"},
    "arguments": lambda log: {"task_args_passed": {"num_responses": 4}},
    "an argument that is numbers= in `score_responses` alone": lambda log: {
        "task_args_passed": {**log.eval.task_args_passed, "numbers": "1-3"}
    },
    "seed": lambda log: {"model_generate_config": GenerateConfig(seed=1)},
    "graders": lambda log: {"model_roles": {}},
    "epochs": lambda log: {"config": log.eval.config.model_copy(update={"epochs": 2})},
    "versions": lambda log: {"packages": {"inspect_ai": "0"}},
    "prompts": lambda log: {"metadata": {**(log.eval.metadata or {}), "prompt_set_hash": "0"}},
    "tags": lambda log: {"tags": ["repeat"]},
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_setting_tells_runs_apart_that_are_not_slices(what: str, folders: tuple[Path, Path]) -> None:
    (path,) = folders[0].glob("*.eval")
    log = read_eval_log(str(path), header_only=True)
    assert setting_of(change(log, **CHANGES[what](log))) != setting_of(log)


def test_the_setting_leaves_out_what_may_differ_between_machines(folders: tuple[Path, Path]) -> None:
    (path,) = folders[0].glob("*.eval")
    log = read_eval_log(str(path), header_only=True)
    moved = change(
        log,
        model_base_url="http://127.0.0.1:1/v1",
        model_generate_config=GenerateConfig(max_connections=3, timeout=9),
        config=log.eval.config.model_copy(update={"limit": (3, 5), "max_samples": 2}),
        eval_id="other",
        created="2030-01-01T00:00:00+00:00",
    )
    assert setting_of(moved) == setting_of(log)
