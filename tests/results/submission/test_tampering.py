"""Whatever is edited in a submission is found, with the reason and the line; the checksum is no help here."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspect_homog import HomogError
from inspect_homog.results.submission.validate import validate
from tests.results.submission.conftest import PROMPTS, Submission
from tests.results.submission.edits import EDITS, RECORD, raise_score
from tests.support.cli import homog_cli


def test_an_untouched_submission_is_fine(submission: Submission) -> None:
    assert submission.problems() == []
    submission.edit_rows(lambda rows: None)
    assert submission.problems() == []


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_refused_with_its_reason_and_line(name: str, submission: Submission) -> None:
    edit, where, told = EDITS[name]
    edit(submission)
    problems = submission.problems()
    assert any(where in problem and told in problem for problem in problems), problems[:8]
    assert not any("was edited after" in problem for problem in problems)


def test_a_text_that_no_figure_rests_on_is_held_by_the_checksum(submission: Submission) -> None:
    content = submission.rows.read_bytes()
    submission.rows.write_bytes(content.replace(b'"calls": "4"', b'"calls": "5"', 1))
    (problem,) = submission.problems()
    assert problem.startswith(f"{RECORD}:")
    assert "checksum is not that of the file of rows" in problem


def test_what_follows_a_row_that_stands_twice_is_checked_too(submission: Submission) -> None:
    def edit(rows: list[dict[str, Any]]) -> None:
        rows.insert(6, deepcopy(rows[5]))
        raise_score(rows[8])

    submission.edit_rows(edit)
    problems = submission.problems()
    assert any("X_samples.jsonl:7:" in problem and "stands in line 6" in problem for problem in problems)
    assert any("X_samples.jsonl:9:" in problem and "score is 4.0" in problem for problem in problems)


def test_the_most_telling_reason_comes_first(submission: Submission) -> None:
    text = submission.rows.read_text("utf-8")
    submission.rows.write_text(text.replace('"score": ', '"score": 1', 1), "utf-8")
    problems = submission.problems()
    assert "evaluation.score is 1" in problems[0]
    assert "checksum" in problems[-1]


def test_the_command_says_file_and_line_and_fails(submission: Submission) -> None:
    EDITS["a grade"][0](submission)
    name = submission.rows.relative_to(submission.folder)
    spoilt = homog_cli("validate", str(submission.folder))
    assert spoilt.returncode == 1
    assert spoilt.stdout.startswith(f"{name}:8: metadata.figures.quality is ")
    assert "Traceback" not in spoilt.stderr


def test_the_command_shows_what_is_fine(published: Path) -> None:
    shown = homog_cli("validate", str(published))
    assert shown.returncode == 0, shown.stdout
    assert "1 submission: every figure follows from the rows." in shown.stdout


def test_too_many_unscored_prompts_are_refused(published: Path) -> None:
    (one,) = validate(published, 0.05)
    assert [problem.text for problem in one.problems] == ["1 of 12 prompts are unscored, more than 5%"]


def test_a_folder_without_submissions_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(HomogError, match="no submission there"):
        list(validate(tmp_path, 0.1))


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [leaf for name in value for leaf in leaves(value[name], (*path, name))]
    if isinstance(value, list) and value:
        return [leaf for place, one in enumerate(value) for leaf in leaves(one, (*path, place))]
    return [path]


DERIVED = [
    *(("evaluation_id",), ("model_id",), ("evaluation_name",), ("evaluation_result_id",), ("sample_hash",)),
    *(("schema_version",), ("interaction_type",), ("evaluation", "score"), ("evaluation", "is_correct")),
    *(("metadata", name) for name in ("usable", "figures", "is_correct_means", "epoch")),
    *(("sample_id",), ("input", "raw"), ("metadata", "category"), ("metadata", "requested")),
]
"""Fields that follow from others, or from the installed prompts."""

VALUES = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.floats(), st.text(), st.just([]))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, PROMPTS - 1), field=st.sampled_from(DERIVED), value=VALUES)
def test_no_value_of_a_derived_field_is_taken_but_its_own(
    place: int, field: tuple[str, ...], value: Any, published: Path, submission: Submission
) -> None:
    (original,) = published.glob("data/*/*/*/*.jsonl")
    lines = original.read_text("utf-8").splitlines(keepends=True)
    one = json.loads(lines[place])
    holder = one
    for name in field[:-1]:
        holder = holder[name]
    before = holder[field[-1]]
    same = before == value and isinstance(before, bool) is isinstance(value, bool)
    holder[field[-1]] = value
    lines[place] = json.dumps(one) + "\n"
    submission.rows.write_text("".join(lines), "utf-8")
    submission.seal()
    assert (submission.problems() == []) is same


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_edit_of_any_leaf_passes_the_checksum(
    data: st.DataObject, published: Path, submission: Submission
) -> None:
    (original,) = published.glob("data/*/*/*/*.jsonl")
    lines = original.read_text("utf-8").splitlines(keepends=True)
    place = data.draw(st.integers(0, PROMPTS - 1))
    one = json.loads(lines[place])
    path = data.draw(st.sampled_from(leaves(one)))
    holder = one
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = data.draw(VALUES)
    edited = json.dumps(one) + "\n"
    same = edited == lines[place]
    lines[place] = edited
    submission.rows.write_text("".join(lines), "utf-8")
    assert (submission.problems() == []) is same
