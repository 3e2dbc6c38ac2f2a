"""From the answers of three classifiers to stored labels, and from those to a run."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from inspect_ai.log import EvalLog

from inspect_homog import HomogError
from inspect_homog.prompts.sources.paper import SOURCES, draw
from inspect_homog.results.votes import count_votes, majority
from inspect_homog.tasks import classify_prompts, creative_writing, homog
from tests.support.cli import homog_cli
from tests.support.server import Request, all_text, scripted
from tests.support.sources import FILES, write


@pytest.mark.parametrize(
    ("votes", "elected"),
    [
        (["math", "math", "advice"], "math"),
        (["math", "advice", "creative_writing"], None),
        (["math", "advice"], None),
        (["math", None, None], None),
        (["math", "math", None, None], None),
        (["math", "math", "math", None], "math"),
        (["general", "general", "math"], "general"),
        (["math"], "math"),
    ],
)
def test_a_majority_is_more_than_half_of_all_voters(votes: list[str | None], elected: str | None) -> None:
    assert majority(votes) == elected


def voter(name: str, tied: str, outside: str) -> Callable[[Request], str]:
    """Says `advice`, but three voters differ on one prompt, and two hold another to be outside."""
    own = {"one": "math", "two": "advice", "three": "creative_writing"}[name]

    def script(body: Request) -> str:
        if tied in all_text(body):
            return json.dumps({"category": own})
        if outside in all_text(body):
            return json.dumps({"category": "advice" if name == "one" else "general"})
        return "no idea" if name == "three" else json.dumps({"category": "advice"})

    return script


def test_votes_are_stored_once_and_used_by_a_run(tmp_path: Path, run: Callable[..., EvalLog]) -> None:
    write(tmp_path / FILES["wildbench"][0], FILES["wildbench"][1]())
    samples = draw(SOURCES["wildbench"], str(tmp_path))
    single = [s for s in samples if isinstance(s.input, str)]
    tied, outside = single[0], single[1]
    votes = str(tmp_path / "votes")
    for name in ("one", "two", "three"):
        with scripted(voter(name, str(tied.input), str(outside.input))) as model:
            task = classify_prompts(prompts="wildbench", prompts_dir=str(tmp_path))
            log = run(task, model=model.model(name), log_dir=votes)
        assert log.results
        assert next((s.scored_samples, s.unscored_samples) for s in log.results.scores) == (0, 44)

    path = tmp_path / "labels.json"
    done = homog_cli("labels", votes, str(path))
    assert done.returncode == 0, done.stderr
    assert "42 of 44 prompts have a label (H 42)." in done.stdout
    assert "Left out: 1 without a majority, 1 outside the taxonomy." in done.stdout
    assert "Voters: openai-api/scripted/one" in done.stdout
    labels = json.loads(path.read_text("utf-8"))
    assert set(labels) == {s.id for s in samples}
    assert {id for id, letter in labels.items() if letter is None} == {tied.id, outside.id}

    options = {"prompts": "wildbench", "prompts_dir": str(tmp_path), "labels": str(path)}
    assert len(homog(judge="embedded", **options).dataset) == 42
    with pytest.raises(HomogError, match="none of its 42 prompts is of category 'creative_writing'"):
        creative_writing(**options)
    with scripted(voter("one", str(tied.input), str(outside.input))) as model:
        log = run(classify_prompts(**options), model=model.model("one"))
    assert log.results
    assert log.results.scores[0].metrics["accuracy"].value == 1


def test_a_folder_without_votes(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(HomogError, match="no finished log of classify_prompts"):
            count_votes(str(folder))
