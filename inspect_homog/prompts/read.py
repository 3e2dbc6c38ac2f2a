"""Rows of a JSONL or CSV file with their line numbers, or a clear error that names the line."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import HomogError

M = TypeVar("M", bound=BaseModel)


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
    if not path.is_file():
        raise HomogError(f"{path}: no such file.")
    try:
        yield from readers[path.suffix.lower()](path)
    except UnicodeDecodeError as error:
        raise HomogError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start}).") from error


def validate_row(model: type[M], row: dict[str, Any], path: Path, line: int) -> M:
    """The row as a `model`, or an error that names file, line and field."""
    try:
        return model.model_validate(row)
    except ValidationError as error:
        raise HomogError(f"{path}, line {line}: {describe(error)}") from error


def describe(error: ValidationError) -> str:
    """The first field that is wrong, and how."""
    first = error.errors()[0]
    field = first["loc"][0] if first["loc"] else "row"
    message = "is missing" if first["type"] == "missing" else first["msg"].removeprefix("Value error, ")
    return f"field '{field}': {message}"


def _jsonl(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig") as file:
        for line, text in enumerate(file, start=1):
            if not text.strip():
                continue
            try:
                row = json.loads(text)
            except (ValueError, RecursionError) as error:
                raise HomogError(f"{path}, line {line}: not JSON: {error}") from error
            if not isinstance(row, dict):
                raise HomogError(f"{path}, line {line}: expected a JSON object with a field 'input'.")
            yield line, row


def _csv(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        try:
            for cells in reader:
                if None in cells or None in cells.values():
                    raise HomogError(f"{path}, line {reader.line_num}: not as many cells as the header has.")
                yield reader.line_num, {k: _cell(v) for k, v in cells.items() if v != ""}
        except csv.Error as error:
            raise HomogError(f"{path}, line {reader.line_num}: {error}") from error


def _cell(value: str) -> Any:
    if value.startswith("["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
