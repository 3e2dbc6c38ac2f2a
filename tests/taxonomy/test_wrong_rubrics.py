"""What is wrong with a rubric is told before the first model call, with its file and field."""

from pathlib import Path
from typing import Any

import pytest

from inspect_homog import HomogError, tasks
from inspect_homog.taxonomy.taxonomy import open_taxonomy
from tests.taxonomy.own import FIELDS, folder_of, prompts_of, text_of

SECOND = text_of(name="games", letter="S")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Two recipes are equivalent when ...", "expected YAML front matter"),
        ("---\n: [\n---\nrubric", "0.md: "),
        (text_of(title=None), "field 'title': is missing"),
        (text_of(colour="red"), "field 'colour': is unknown"),
        (text_of(anchored={**FIELDS["anchored"], "several": 3}), "field 'anchored.several': "),
        (text_of(anchored={"several": "x", "another": "y"}), "field 'anchored.strategies': is missing"),
        (text_of(axis=" "), "field 'axis': is blank"),
        (text_of(rubric=" "), "field 'rubric': is blank"),
        (text_of(homogenization="maybe"), "field 'homogenization': "),
        (text_of(version=0), "field 'version': "),
        (text_of(version="new"), "field 'version': "),
        (text_of(name="math"), "field 'name': 'math' is a category of inspect_homog"),
        (text_of(name="my recipes"), "field 'name': 'my recipes' is not a plain name"),
        (text_of(name="../x"), "field 'name': "),
        (text_of(name="general"), "field 'name': 'general' means something else"),
        (text_of(name="task"), "field 'name': 'task' means something else"),
        (text_of(name="predicted"), "field 'name': 'predicted' means something else"),
        (text_of(letter="D"), "field 'letter': 'D' is not one capital letter after H"),
        (text_of(letter="r"), "field 'letter': "),
        (text_of(letter="RS"), "field 'letter': "),
        (text_of(letter=None), "field 'letter': is missing"),
    ],
)
def test_a_wrong_rubric(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(HomogError) as told:
        open_taxonomy(folder_of(tmp_path / "own", text))
    assert f"{tmp_path}/own/0.md: " in str(told.value)
    assert said in str(told.value)


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"letter": "R"}, "1.md: field 'letter': 'R' is already"), ({"name": "recipes"}, "field 'name': ")],
)
def test_two_of_one_name_or_letter(changes: dict[str, Any], said: str, tmp_path: Path) -> None:
    other = text_of(**{"name": "games", "letter": "S", **changes})
    with pytest.raises(HomogError) as told:
        open_taxonomy(folder_of(tmp_path, text_of(), other))
    assert said in str(told.value)
    assert "that of recipes (0.md)" in str(told.value)


def test_a_folder_without_rubrics(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing", "utf-8")
    (tmp_path / "latin").mkdir()
    (tmp_path / "latin" / "x.md").write_bytes(b"---\nname: caf\xe9\n---\n")
    for folder, said in [
        (tmp_path, "no rubric in it"),
        (tmp_path / "none", "not a folder of rubrics"),
        (tmp_path / "notes.txt", "it is a file; give its folder"),
        (tmp_path / "latin", "x.md: not UTF-8 text"),
    ]:
        with pytest.raises(HomogError, match=said):
            open_taxonomy(str(folder))


def test_every_task_checks_it_first(tmp_path: Path) -> None:
    wrong, prompts = folder_of(tmp_path / "own", text_of(title=None)), prompts_of(tmp_path / "p.jsonl")
    for task, args in [
        (tasks.homog, {"prompts": prompts}),
        (tasks.advice, {}),
        (tasks.classify_prompts, {}),
        (tasks.judge_agreement, {}),
        (tasks.score_responses, {"file": prompts}),
    ]:
        with pytest.raises(HomogError, match="field 'title': is missing"):
            task(taxonomy=wrong, **args)
    with pytest.raises(HomogError, match="taxonomy must be text"):
        tasks.homog(taxonomy=3)
    good = folder_of(tmp_path / "good", text_of(), SECOND)
    with pytest.raises(HomogError, match=r"Unknown anchor 'poems'.*advice, recipes, games"):
        tasks.homog(prompts=prompts, taxonomy=good, anchor="poems")
    with pytest.raises(HomogError, match=r"p\.jsonl, line 1: .*Unknown category 'recipes'"):
        tasks.homog(prompts=prompts)
