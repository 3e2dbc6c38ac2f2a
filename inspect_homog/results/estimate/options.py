"""The options of `inspect eval` that an estimate takes, and how their values are read."""

from typing import Any

import yaml
from pydantic import Field

from ...errors import HomogError
from ...record import Record


class Options(Record):
    """What the user typed."""

    task: str
    """The task, with or without `inspect_homog/`."""

    args: tuple[str, ...] = ()
    """Its arguments (`-T`), each as `name=value`."""

    models: str | None = None
    """Models under test, separated by commas."""

    roles: tuple[str, ...] = ()
    """`grader=` and the models that judge and grade: names with commas, a YAML list, or a mapping each."""

    limit: str | None = None
    """The first so many prompts, or those from one number to another, such as `10-20`."""

    epochs: int = Field(default=1, ge=1)
    """How often each prompt is asked."""

    unique: float | None = None
    """Expected functionally unique responses a prompt; see `questions`."""


def arguments(args: tuple[str, ...]) -> dict[str, Any]:
    """The values of `name=value`, read as YAML, as Inspect reads them.

    Raises:
        HomogError: When one is of another form.
    """
    found: dict[str, Any] = {}
    for arg in args:
        name, equals, value = arg.partition("=")
        if not equals:
            raise HomogError(f"-T {arg}: expected name=value.")
        found[name.replace("-", "_")] = _read(value)
    return found


def graders(roles: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the models bound to the role `grader`.

    Raises:
        HomogError: When there is another role, or no model's name.
    """
    found: list[str] = []
    for role in roles:
        name, equals, value = role.partition("=")
        if name != "grader" or not equals:
            raise HomogError(f"--model-role {role}: expected grader=provider/name, or several with commas.")
        read = _read(value)
        for one in read if isinstance(read, list) else [read]:
            model = one.get("model") if isinstance(one, dict) else one
            if not isinstance(model, str):
                raise HomogError(f"--model-role {role}: names no model.")
            found += names(model)
    return tuple(found)


def names(models: str) -> tuple[str, ...]:
    """Names of models that commas separate."""
    return tuple(name for part in models.split(",") if (name := part.strip()))


def _read(value: str) -> Any:
    try:
        return yaml.safe_load(value)
    except yaml.YAMLError:
        return value
