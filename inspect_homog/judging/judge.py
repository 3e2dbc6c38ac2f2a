"""What a judge is: it compares pairs of responses to one prompt and may abstain."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, Protocol, runtime_checkable

from ..record import Record
from ..taxonomy.category import Category

Pair = tuple[int, int]
"""Places of two responses, the smaller first, counted from 0."""

Answer = Literal["same", "different"]
"""Whether two responses are functionally equivalent."""


@dataclass(frozen=True)
class Question:
    """What a judge is shown besides the responses. Never which model or strategy wrote them."""

    prompt: str
    """The prompt as text."""

    category: Category
    """Whose rubric decides; `general` outside the taxonomy."""


class Verdict(Record):
    """One judge's answer on one pair."""

    pair: Pair
    """Which responses, by their places in the list that was judged."""

    answer: Answer | None
    """`same`, `different`, or None: the judge abstained."""

    reason: str | None = None
    """Why the judge abstained."""

    shown: Pair | None = None
    """The order in which the responses were shown, where there is one."""

    flipped: bool | None = None
    """Whether the answer depended on the order shown; None when only one order was asked."""

    calls: int = 0
    """Model calls that this verdict took."""


@lru_cache(maxsize=4096)
def logged_verdict(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON, without the fields that say nothing.

    Verdicts that are equal share one object, not to be changed: Inspect keeps every score until the end of a
    run, and the verdicts on five responses would be a third of it.
    """
    return verdict.model_dump(mode="json", exclude_defaults=True)


class Grouping(Record):
    """One judge's sorting of all responses at once."""

    classes: list[int] | None
    """Class of each response, or None: the judge abstained."""

    reason: str | None = None
    """Why the judge abstained."""

    calls: int = 0
    """Model calls that it took."""


@runtime_checkable
class Judge(Protocol):
    """Decides on pairs. Implement these three to use a judge of your own."""

    @property
    def name(self) -> str:
        """Name in scores and logs, such as `openai/gpt-4o`."""
        ...

    @property
    def details(self) -> dict[str, str]:
        """What identifies the judge further (a prompt's hash, a model file's version), for the log."""
        ...

    async def compare(
        self, question: Question, responses: Sequence[str], pairs: Sequence[Pair]
    ) -> list[Verdict]:
        """A verdict for each pair, in the order of `pairs`.

        A pair that cannot be decided gets a verdict without an answer, and a reason; it must not raise for
        it, and must not guess.
        """
        ...


@runtime_checkable
class GroupingJudge(Judge, Protocol):
    """A judge that can also sort all responses in one go."""

    async def group(self, question: Question, responses: Sequence[str]) -> Grouping:
        """Sort the responses into classes, or abstain with a reason."""
        ...
