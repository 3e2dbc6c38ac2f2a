"""Submissions and logs that were spoilt after they were written: what is wrong is said, with the file."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inspect_ai import Task

from inspect_homog import HomogError, functional_diversity, temperature
from inspect_homog.prompts.load import load_prompts
from inspect_homog.recorded.source import open_source
from inspect_homog.results.submission.options import Options
from inspect_homog.results.submission.submit import submit
from inspect_homog.results.submission.validate import validate
from tests.support.mutations import ODD, told
from tests.support.runs import inspect_log, target
from tests.support.sizes import many

pytestmark = pytest.mark.reliability

BYTES = [b"\x00", b"\xff", b"\xc3", b'"', b"}", b"\r", b"\n", b",", b"9", b"\xe2\x80\xa8", b"\xef\xbb\xbf"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A log of one prompt, and what `homog submit` makes of it."""
    folder = tmp_path_factory.mktemp("written")
    scorer = functional_diversity()
    task = Task(
        dataset=load_prompts("bundled", "advice"), solver=temperature(3), scorer=scorer, name="advice"
    )
    log = inspect_log(folder / "logs", task, target("advice"), judges=1, limit=1)
    (done,) = submit(str(folder / "logs"), folder / "submission", Options())
    assert done.paths, done.line
    (checked,) = validate(folder / "submission", 0.1)
    assert not checked.problems
    return Path(log.location), folder / "submission"


@st.composite
def spoilt(draw: st.DrawFn, content: bytes) -> bytes:
    """The content cut, with bytes in the place of others, or with a value in the place of another."""
    place = draw(st.integers(0, len(content) - 1))
    how = draw(st.sampled_from(["value", "value", "value", "bytes", "insert", "cut", "double", "empty"]))
    if how == "value":
        start = content.find(b": ", place) + 2
        ends = [end for end in (content.find(mark, start) for mark in (b",", b"\n", b"}")) if end > 0]
        if start > 1 and ends:
            return content[:start] + draw(st.sampled_from(ODD)).encode("utf-8") + content[min(ends) :]
    odd = draw(st.sampled_from(BYTES))
    return {
        "bytes": content[:place] + odd + content[place + len(odd) :],
        "cut": content[:place],
        "double": content + content,
        "empty": b"",
    }.get(how, content[:place] + odd + content[place:])


@many(1500)
@given(data=st.data())
def test_a_spoilt_submission_is_refused_by_file(
    data: st.DataObject, written: tuple[Path, Path], tmp_path: Path
) -> None:
    original = written[1]
    files = sorted(path.relative_to(original) for path in original.rglob("*") if path.is_file())
    one = data.draw(st.sampled_from(files))
    content = (original / one).read_bytes()
    edited = data.draw(spoilt(content))
    copy = tmp_path / "copy"
    if not copy.exists():
        shutil.copytree(original, copy)
    (copy / one).write_bytes(edited)
    try:
        problems = [str(problem) for checked in validate(copy, 0.1) for problem in checked.problems]
    except HomogError as error:
        problems = [told(error, one.name)]
    finally:
        (copy / one).write_bytes(content)
    if edited != content and one.suffix == ".jsonl" and "data" in one.parts:
        assert problems  # the checksum holds every byte of the rows
    assert all(".json" in problem or ".yaml" in problem for problem in problems), problems


@many(150)
@given(data=st.data())
def test_a_spoilt_log_is_refused_by_name(
    data: st.DataObject, written: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "log.eval"
    path.write_bytes(data.draw(spoilt(written[0].read_bytes())))
    try:
        source = open_source(path)
        sets = [source[number] for number in range(len(source))]
    except HomogError as error:
        told(error, "log.eval")
    else:
        assert [len(one.responses) for one in sets] == [3]
