"""JSON as the submission files have it: no NaN, no key twice, ASCII, and texts that hold JSON themselves."""

import json
from math import isfinite
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, SerializerFunctionWrapHandler, WrapSerializer

T = TypeVar("T")


def loads(text: str) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: When it is not JSON, holds a number that is not finite, a key twice in one object, or
            half of a surrogate pair, or nests too deeply to be read.
    """
    try:
        value = json.loads(text, parse_constant=_finite, parse_float=_finite, object_pairs_hook=_object)
    except RecursionError as error:
        raise ValueError("nests too deeply") from error
    if "\\ud" in text.lower():
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            half = error.object[error.start]
            raise ValueError(f"\\u{ord(half):04x} is half of a surrogate pair, and no text") from error
    return value


def dumps(value: Any, indent: int | None = None) -> str:
    """The value as JSON in ASCII: some readers take U+2028 or U+0085 within a text for the end of a line.

    Raises:
        ValueError: When it holds a number that is not finite.
    """
    return json.dumps(value, allow_nan=False, indent=indent)


def _finite(number: str) -> float:
    value = float(number)
    if not isfinite(value):
        raise ValueError(f"{number} is not a finite number")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"key {twice!r} stands twice in one object")
    return found


def _read(value: Any) -> Any:
    return loads(value) if isinstance(value, str) else value


def _write(value: Any, handler: SerializerFunctionWrapHandler) -> str:
    return dumps(handler(value))


AsText = Annotated[T, BeforeValidator(_read), WrapSerializer(_write, when_used="json")]
"""A value that stands in JSON as a text which holds its JSON, for fields that must be texts."""
