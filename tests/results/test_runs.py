"""Runs from both frameworks: the same responses give the same record, and the log's own means and errors."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from inspect_ai import Task
from inspect_ai.log import EvalLog
from inspect_ai.scorer import Scorer

from inspect_homog import HomogError, functional_diversity, general_diversity, quality, tasks, temperature
from inspect_homog.prompts.load import load_prompts, prompt_set_hash
from inspect_homog.results.columns import KEYS
from inspect_homog.results.read import read_runs
from inspect_homog.results.run import Run, scored_set_hash
from inspect_homog.results.summary import by_category, summarise
from tests.support.harness import harness
from tests.support.runs import inspect_log, lm_eval_folder, target
from tests.support.server import Request, kind_of, last_text, scripted

CHAT = [
    {"role": "user", "content": "Name a colour."},
    {"role": "assistant", "content": "Which kind?"},
    {"role": "user", "content": "A warm one."},
]


def prompts_file(path: Path, **extra: object) -> Path:
    rows = [
        {"id": "plain", "input": "Name a tree.", "category": "underspecified", "accepted": ["oak"]},
        {"id": "chat", "input": CHAT, "category": "underspecified", "accepted": ["red"]},
        {"id": "silent", "input": "Say nothing.", "category": "underspecified", "accepted": ["x"]},
    ]
    path.write_text("".join(json.dumps(row | extra) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One log with epochs, variants of one prompt, and prompts without a response."""
    folder = tmp_path_factory.mktemp("logs")
    samples = load_prompts("bundled", "creative_writing")[:4]
    for sample, cluster in zip(samples, (1, "1", None, "three"), strict=True):
        sample.metadata = {**(sample.metadata or {}), "prompt_id": cluster}
    silent = str(samples[3].input)[:40]
    scorers: list[Scorer] = [functional_diversity(), quality(), general_diversity()]
    task = Task(dataset=samples, solver=temperature(num_responses=3), scorer=scorers, name="variants")
    inspect_log(folder, task, target("variants", silent), epochs=2)
    return folder


def test_means_errors_and_intervals_are_those_of_the_log(folder: Path) -> None:
    from inspect_ai.log import list_eval_logs, read_eval_log

    (run,) = read_runs(str(folder))
    log: EvalLog = read_eval_log(list_eval_logs(str(folder))[0])
    assert log.results
    found = summarise(run.scored)
    compared = 0
    for score in log.results.scores:
        if score.name not in found or "mean" not in score.metrics:
            continue
        figure, metrics = found[score.name], {name: m.value for name, m in score.metrics.items()}
        assert figure.mean == pytest.approx(metrics["mean"])
        assert figure.stderr == pytest.approx(metrics["stderr"])
        if "ci_lower" in metrics:
            assert (figure.ci_lower, figure.ci_upper) == pytest.approx(
                (metrics["ci_lower"], metrics["ci_upper"])
            )
            compared += 1
        assert (figure.prompts, figure.unscored) == (3, 1), score.name
    assert compared >= 6
    assert {key: figure.mean for key, figure in found.items()} == pytest.approx(run.reported)


def test_a_prompt_without_responses_stays_unscored_and_says_why(folder: Path) -> None:
    (run,) = read_runs(str(folder))
    assert [(one.id, one.epoch) for one in run.scored] == [
        (f"creative_writing-{i:02d}", epoch) for i in range(1, 5) for epoch in (1, 2)
    ]
    silent = [one for one in run.scored if not one.usable]
    assert [(one.unscored, one.figures, one.judges) for one in silent] == [("no_response", {}, [])] * 2
    assert all(len(one.judges) == 2 and one.unscored is None for one in run.scored if one.usable)
    assert by_category(run.scored) == {"creative_writing": run.scored}
    assert [one.cluster for one in run.scored[::2]] == ["1", "1", "creative_writing-03", "three"]
    assert (run.planned, run.lost, run.prompts_in_set) == ([one.id for one in run.scored[::2]], [], 4)


def test_a_part_of_a_set_says_of_how_many(tmp_path: Path) -> None:
    inspect_log(tmp_path, tasks.math(num_responses=2), target("part"), judges=1, limit=2)
    (run,) = read_runs(str(tmp_path))
    assert (run.planned, run.prompts_in_set, run.num_responses) == (["math-01", "math-02"], 40, 2)
    assert run.prompt_set_hash == prompt_set_hash(load_prompts("bundled", "math")[:2])


def both(tmp_path: Path, file: Path) -> tuple[Run, Run]:
    """The same responses of one server through Inspect and through lm-eval."""

    def by_seed(body: Request) -> str:
        if last_text(body) == "Say nothing.":
            return ""
        return f"It is {['red', 'oak', 'amber'][(body['seed'] + len(last_text(body))) % 3]}."

    with scripted(by_seed) as server:
        task = tasks.underspecified(prompts=str(file), judge="embedded", num_responses=4)
        inspect_log(tmp_path / "a", task, None, judges=0, model=server.model(), seed=1234)
        metadata = {"prompts": str(file), "num_responses": 4}
        lm_eval_folder(
            tmp_path / "b",
            lambda tracker: harness(
                "homog_underspecified", server, metadata=metadata, evaluation_tracker=tracker
            ),
        )
        assert not [body for body in server.requests if kind_of(body)]
    (one,), (other,) = read_runs(str(tmp_path / "a")), read_runs(str(tmp_path / "b"))
    return one, other


@pytest.mark.slow
def test_the_same_responses_are_the_same_run_in_both_frameworks(tmp_path: Path) -> None:
    one, other = both(tmp_path, prompts_file(tmp_path / "mine.jsonl"))
    assert (one.framework, other.framework) == ("inspect_ai", "lm_eval")
    assert one.prompt_set_hash == other.prompt_set_hash
    assert [a.input for a in one.scored] == [a.input for a in other.scored]
    assert one.scored[1].input == CHAT
    for a, b in zip(one.scored, other.scored, strict=True):
        assert [response.text for response in a.responses] == [response.text for response in b.responses]
        assert a.judges == b.judges
        assert (a.unscored, a.correct, a.usable, a.category) == (b.unscored, b.correct, b.usable, b.category)
        assert {key: a.figures[key] for key in b.figures} == pytest.approx(b.figures)
    means, others = summarise(one.scored), summarise(other.scored)
    assert {"unique", "fit", "validity", "vocabulary"} <= set(others)
    for key, figure in others.items():
        assert figure.model_dump() == pytest.approx(means[key].model_dump()), key
    assert {key: others[key].mean for key in other.reported} == pytest.approx(other.reported)
    assert {key: means[key].mean for key in one.reported} == pytest.approx(one.reported)


@pytest.mark.parametrize("change", ["input", "category", "id"])
def test_another_prompt_is_another_set(folder: Path, change: str) -> None:
    (run,) = read_runs(str(folder))
    other = run.scored[0].model_copy(update={change: "math"})
    assert scored_set_hash([other, *run.scored[2:]]) != run.prompt_set_hash


def test_every_key_is_known() -> None:
    assert len({key for keys in KEYS.values() for key in keys}) == sum(map(len, KEYS.values()))


@pytest.fixture(scope="module")
def lm_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with scripted(lambda body: "The answer is \\boxed{930}.") as server:
        return lm_eval_folder(
            tmp_path_factory.mktemp("lm"),
            lambda tracker: harness("homog_math", server, limit=2, evaluation_tracker=tracker),
        )


def broken_lm(lm_folder: Path, tmp_path: Path, change: Callable[[Path, Path], None]) -> str:
    copy = Path(shutil.copytree(lm_folder, tmp_path / "copy"))
    (results,), (samples,) = copy.rglob("results_*.json"), copy.rglob("samples_*.jsonl")
    change(results, samples)
    with pytest.raises(HomogError) as error:
        read_runs(str(copy))
    return str(error.value)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda results, samples: samples.unlink(), "not there. Run lm_eval with --log_samples"),
        (lambda results, samples: samples.write_text("{}\n", "utf-8"), "line 1: not a sample of a homog_*"),
        (lambda results, samples: samples.write_text("{\n", "utf-8"), "line 1: not JSON"),
        (lambda results, samples: samples.write_bytes(b"\xff\n"), "not UTF-8"),
        (lambda results, samples: results.write_text("[1]", "utf-8"), "expected a JSON object"),
        (lambda results, samples: results.write_text("{}", "utf-8"), "not a results file of lm-eval"),
        (
            lambda results, samples: replace(samples, '\\"values\\"', '\\"valuez\\"'),
            "responses without figures",
        ),
        (lambda results, samples: replace(samples, '\\"responses\\"', '\\"other\\"'), "line 1"),
        (lambda results, samples: replace(results, '"date"', '"day"'), "results_"),
    ],
)
def test_a_broken_folder_of_lm_eval_says_where(
    lm_folder: Path, tmp_path: Path, change: Callable[[Path, Path], None], told: str
) -> None:
    assert told in broken_lm(lm_folder, tmp_path, change)


def test_a_place_without_runs_says_what_to_do(tmp_path: Path) -> None:
    for place, told in ((tmp_path, "no finished run"), (tmp_path / "none", "no such file or folder")):
        with pytest.raises(HomogError, match=told):
            read_runs(str(place))


def test_half_of_a_surrogate_pair_is_written_out_as_inspect_does(lm_folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(lm_folder, tmp_path / "copy"))
    (samples,) = copy.rglob("samples_*.jsonl")
    replace(samples, "930}.", "930}\\\\ud800.")
    (run,) = read_runs(str(copy))
    assert {response.text for response in run.scored[0].responses} == {"The answer is \\boxed{930}\\ud800."}
