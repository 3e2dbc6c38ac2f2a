"""The files for the Hugging Face Hub and for NoveltyBench, compared with what the rows give."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..plain_yaml import read_yaml
from .differences import differences
from .problem import Problem
from .strict_json import loads


def check_others(folder: Path, expected: Mapping[str, str]) -> Iterator[Problem]:
    """What is wrong in the files whose texts are expected, by their paths."""
    for name, text in expected.items():
        try:
            given = (folder / name).read_text("utf-8")
        except FileNotFoundError:
            yield Problem(path=name, line=1, text="is not there")
            continue
        except (OSError, UnicodeDecodeError) as error:
            yield Problem(path=name, line=1, text=f"cannot be read: {error}")
            continue
        yield from _check(name, given, text)


def _check(name: str, given: str, expected: str) -> Iterator[Problem]:
    if not name.endswith(".jsonl"):
        yield from _compare(name, 1, given, expected)
        return
    rows, wanted = given.removesuffix("\n").split("\n"), expected.removesuffix("\n").split("\n")
    if len(rows) != len(wanted):
        yield Problem(path=name, line=1, text=f"has {len(rows)} lines, the rows give {len(wanted)}")
        return
    for line, (row, other) in enumerate(zip(rows, wanted, strict=True), start=1):
        yield from _compare(name, line, row, other)


def _compare(name: str, line: int, given: str, expected: str) -> Iterator[Problem]:
    try:
        value = _parsed(name, given)
    except (ValueError, RecursionError) as error:
        yield Problem(path=name, line=line, text=str(error))
        return
    for one in differences(value, _parsed(name, expected)):
        text = f"{one.where} is {one.given}; the rows give {one.expected}"
        yield Problem(path=name, line=line, text=text)


def _parsed(name: str, text: str) -> Any:
    """The value of a text of YAML or JSON.

    Raises:
        ValueError: When it is not that.
    """
    if not name.endswith(".yaml"):
        return loads(text)
    try:
        return json.loads(json.dumps(read_yaml(text), default=str))
    except TypeError as error:
        raise ValueError(f"not JSON in YAML: {error}") from error
