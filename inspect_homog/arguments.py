"""Types of task arguments: they come from command lines and run configs, where YAML decides what they are."""

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any

from .errors import HomogError

TEXTS = ("strategy", "judging", "prompts", "file", "pairs")
"""Arguments of tasks that are text."""

TEXTS_OR_NONE = ("anchor", "prompts_dir", "labels", "category", "taxonomy", "numbers")
"""Arguments of tasks that are text or left out."""

FLAGS = ("both_orders",)
"""Arguments of tasks that are true or false."""


def with_defaults(name: str, task: Callable[..., object], given: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a task, with its own defaults for those that are not given.

    Raises:
        HomogError: When it has no such argument, or one is missing; lists those it has.
    """
    parameters = signature(task)
    try:
        bound = parameters.bind(**given)
    except TypeError as error:
        raise HomogError(f"{name}: {error}. Its arguments: {', '.join(parameters.parameters)}.") from error
    bound.apply_defaults()
    return dict(bound.arguments)


def check_arguments(**given: object) -> None:
    """Each argument of a task is of its type; those that other functions check are passed over.

    Raises:
        HomogError: When one is something else; names it.
    """
    for name, value in given.items():
        if name in FLAGS:
            check_flag(name, value)
        elif name in (*TEXTS, *TEXTS_OR_NONE):
            check_texts(*TEXTS_OR_NONE, **{name: value})


def check_texts(*optional: str, **given: object) -> None:
    """Each argument is text; those whose names are `optional` may be None.

    Raises:
        HomogError: When one is something else; names it.
    """
    for name, value in given.items():
        if not isinstance(value, str) and not (value is None and name in optional):
            raise HomogError(f"{name} must be text, not {str(value)[:80]!r}.")


def split_texts(name: str, value: object) -> list[str]:
    """The parts of a text that commas separate; Inspect's command line makes a list of such a text.

    Raises:
        HomogError: When it is neither a text nor a list of texts.
    """
    parts = value if isinstance(value, list) else [value]
    check_texts(**{name: value if not all(isinstance(part, str) for part in parts) else ""})
    return [one.strip() for part in parts for one in str(part).split(",")]


def check_flag(name: str, value: object) -> None:
    """The argument is true or false.

    Raises:
        HomogError: When it is something else, such as a text that would count as true whatever it says.
    """
    if not isinstance(value, bool):
        raise HomogError(f"{name} must be true or false, not {str(value)[:80]!r}.")


def numbered(name: str, text: str | None) -> slice:
    """The prompts that a number or a range chooses; those of a range count from 1 and both ends are in it.

    Raises:
        HomogError: When it is neither a number nor a range, or a range that holds no prompt; says `name`.
    """
    if text is None:
        return slice(None)
    one, dash, other = text.partition("-")
    try:
        first, last = (int(one), int(other)) if dash else (1, int(one))
    except ValueError as error:
        raise HomogError(f"{name} {text}: expected a number, or a range such as 10-20.") from error
    if not 1 <= first <= last:
        raise HomogError(f"{name} {text}: prompts count from 1, and a range goes up, such as 10-20.")
    return slice(first - 1, last)
