"""How one JSON value differs from another, leaf by leaf."""

from collections.abc import Iterator
from math import isclose
from typing import Any

from ...record import Record
from .json_lines import Path
from .strict_json import loads

TOLERANCE = 1e-9
"""How far two computations of one figure may differ; figures are of the order of 1."""

LONGEST = 80
"""Characters of a value that are shown."""

ID = "evaluation_result_id"
"""Names the members of a list that are found by it, not by their place."""


class Missing:
    """Stands for a value that is not there."""

    def __repr__(self) -> str:
        return "missing"


MISSING = Missing()
"""The one value of its kind."""


class Difference(Record):
    """One leaf."""

    path: Path
    """Where it stands."""

    given: str
    """What stands there."""

    expected: str
    """What ought to."""

    @property
    def where(self) -> str:
        """The path as a person reads it."""
        return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path).lstrip(".")


def differences(given: Any, expected: Any, path: Path = ()) -> Iterator[Difference]:
    """Every leaf that differs; texts that hold JSON are compared by what they hold."""
    given, expected = _opened(given), _opened(expected)
    if isinstance(given, dict) and isinstance(expected, dict):
        for name in [*given, *(name for name in expected if name not in given)]:
            yield from differences(given.get(name, MISSING), expected.get(name, MISSING), (*path, name))
    elif isinstance(given, list) and isinstance(expected, list) and len(given) == len(expected):
        for place, (one, other) in enumerate(zip(given, expected, strict=True)):
            yield from differences(one, other, (*path, place))
    elif not _equal(given, expected):
        yield Difference(path=path, given=_shown(given), expected=_shown(expected))


def _opened(value: Any) -> Any:
    """What a text of JSON holds, and a list of results by their ids."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            return loads(value)
        except (ValueError, RecursionError):
            return value
    if isinstance(value, list) and value and all(isinstance(one, dict) and ID in one for one in value):
        named = {str(one[ID]): one for one in value}
        return named if len(named) == len(value) else value
    return value


def _equal(given: Any, expected: Any) -> bool:
    if isinstance(given, bool) or isinstance(expected, bool):
        return given is expected
    if isinstance(given, int | float) and isinstance(expected, int | float):
        try:
            return isclose(given, expected, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
        except OverflowError:  # a whole number beyond every float
            return given == expected
    return type(given) is type(expected) and bool(given == expected)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
