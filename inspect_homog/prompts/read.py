"""Rows of a JSONL or CSV file with their line numbers, or a clear error that names the line."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from os.path import isfile
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import HomogError, describe
from ..taxonomy.taxonomy import Taxonomy

TAXONOMY = "taxonomy"
"""Key of the taxonomy in a validation's context, which Inspect's messages read too."""

M = TypeVar("M", bound=BaseModel)

DEEPEST = 100
"""Levels of nesting within a field; Inspect cannot write much deeper ones into a log."""


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield `(line number, row)`, the first line being 1; blank lines are passed over.

    In CSV, an empty cell is a missing field and a cell that starts with `[` is a JSON list.

    Raises:
        HomogError: When the file cannot be read, has another ending than .jsonl or .csv, or a line is not
            a JSON object, or a CSV row has more or fewer cells than the header.
    """
    readers = {".jsonl": _jsonl, ".csv": _csv}
    if path.suffix.lower() not in readers:
        raise HomogError(f"{path}: expected a file that ends in .jsonl or .csv.")
    if not isfile(path):  # of pathlib, long names raise
        raise HomogError(f"{path}: no such file.")
    try:
        yield from readers[path.suffix.lower()](path)
    except UnicodeDecodeError as error:
        raise HomogError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start}).") from error
    except OSError as error:
        raise HomogError(f"{path}: cannot be read: {error.strerror}.") from error


def json_object(text: str, path: Path, line: int) -> dict[str, Any]:
    """The JSON object of one line.

    Raises:
        HomogError: When the line is none, or holds a key twice, of which one value would be lost.
    """
    try:
        row = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise HomogError(f"{path}, line {line}: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise HomogError(f"{path}, line {line}: expected a JSON object.")
    return row


def validate_row(
    model: type[M], row: dict[str, Any], path: Path, line: int, taxonomy: Taxonomy | None = None
) -> M:
    """The row as a `model`, or an error that names file, line and field.

    Args:
        model: What a row must hold.
        row: The row.
        path: Its file.
        line: Its line.
        taxonomy: Where its category is looked up; by default the installed one.
    """
    try:
        for name, value in row.items():
            _check_plain(name, value)
        return model.model_validate(row, context={TAXONOMY: taxonomy})
    except ValidationError as error:
        raise HomogError(f"{path}, line {line}: {describe(error)}") from error
    except ValueError as error:
        raise HomogError(f"{path}, line {line}: {error}") from error


def _jsonl(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig") as file:
        for line, text in enumerate(file, start=1):
            if not text.strip():
                continue
            yield line, json_object(text, path, line)


def _csv(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        try:
            _check_header(reader.fieldnames or [], path)
            for cells in reader:
                if None in cells or None in cells.values():
                    raise HomogError(f"{path}, line {reader.line_num}: not as many cells as the header has.")
                yield reader.line_num, {k: _cell(v) for k, v in cells.items() if v != ""}
        except csv.Error as error:
            raise HomogError(f"{path}, line {reader.line_num}: {error}") from error


def _check_header(names: Sequence[str], path: Path) -> None:
    for place, name in enumerate(names):
        if not name.strip():
            raise HomogError(f"{path}, line 1: column {place + 1} has no name.")
        if name in names[:place]:
            raise HomogError(f"{path}, line 1: two columns have the name {name!r}.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"key {twice[:80]!r} stands twice in one object")
    return found


def _check_plain(field: str, value: object, depth: int = 0) -> None:
    """Refuse what a log cannot hold.

    Raises:
        ValueError: When a name is half of a surrogate pair, a number is not finite, or nesting is too deep.
    """
    if depth > DEEPEST:
        raise ValueError(f"field {field[:80]!r}: nested more than {DEEPEST} levels deep")
    if isinstance(value, float) and not isfinite(value):
        raise ValueError(f"field {field[:80]!r}: {value} is not a finite number")
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _check_plain(name, inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check_plain(field, inner, depth + 1)
    if any("\ud800" <= character <= "\udfff" for character in field):
        raise ValueError(f"field {field[:80]!r}: a name with half of a surrogate pair")


def _cell(value: str) -> Any:
    if value.startswith("["):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value
