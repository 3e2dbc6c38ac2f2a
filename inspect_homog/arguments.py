"""Types of task arguments: they come from command lines and run configs, where YAML decides what they are."""

from .errors import HomogError

TEXTS = ("strategy", "judging", "prompts", "file", "pairs")
"""Arguments of tasks that are text."""

TEXTS_OR_NONE = ("anchor", "prompts_dir", "labels", "category", "taxonomy")
"""Arguments of tasks that are text or left out."""

FLAGS = ("both_orders",)
"""Arguments of tasks that are true or false."""


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
