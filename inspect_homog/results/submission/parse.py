"""The two files of a submission as records, or what is wrong with their form."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ...record import Record
from .json_lines import line_of, value_lines
from .problem import Problem
from .records import Aggregate
from .row import Row
from .strict_json import loads

M = TypeVar("M", bound=BaseModel)


class ReadAggregate(Record):
    """An aggregate file that has the right form."""

    text: str
    """The file."""

    value: dict[str, Any]
    """Its JSON."""

    record: Aggregate
    """The same as a record."""


class ReadRow(Record):
    """A row that has the right form."""

    line: int
    """Its line, from 1."""

    value: dict[str, Any]
    """Its JSON."""

    record: Row
    """The same as a record."""


def parse_aggregate(path: Path, name: str) -> ReadAggregate | list[Problem]:
    """The aggregate file, or everything that is wrong with its form."""
    text = _decoded(path.read_bytes(), name, 1)
    value = text if isinstance(text, Problem) else _json(text, name, 1)
    if isinstance(text, Problem) or isinstance(value, Problem):
        return [value]
    found = _record(Aggregate, value)
    if isinstance(found, Aggregate):
        return ReadAggregate(text=text, value=value, record=found)
    lines = value_lines(text)
    return [
        Problem(path=name, line=line_of(lines, tuple(error["loc"])), text=_told(error)) for error in found
    ]


def parse_rows(content: bytes, name: str) -> Iterator[ReadRow | Problem]:
    """Each row of the file, or what is wrong with its form."""
    for line, part in enumerate(content.removesuffix(b"\n").split(b"\n"), start=1):
        text = _decoded(part, name, line)
        value = text if isinstance(text, Problem) else _json(text, name, line)
        if isinstance(value, Problem):
            yield value
            continue
        found = _record(Row, value)
        if isinstance(found, Row):
            yield ReadRow(line=line, value=value, record=found)
        else:
            yield from (Problem(path=name, line=line, text=_told(error)) for error in found)


def _decoded(content: bytes, name: str, line: int) -> str | Problem:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line += content.count(b"\n", 0, error.start)
        return Problem(path=name, line=line, text=f"not UTF-8 text ({error.reason})")


def _json(text: str, name: str, line: int) -> Any:
    try:
        value = loads(text)
    except ValueError as error:
        line += getattr(error, "lineno", 1) - 1
        return Problem(path=name, line=line, text=f"not strict JSON: {error}")
    return value if isinstance(value, dict) else Problem(path=name, line=line, text="not a JSON object")


def _record(model: type[M], value: Any) -> M | list[Any]:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        return list(error.errors())


def _told(error: Any) -> str:
    where = ".".join(str(part) for part in error["loc"] if part != "function-wrap[_write()]")
    return f"{where}: {error['msg'].removeprefix('Value error, ')}"
