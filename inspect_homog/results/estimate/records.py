"""An estimate as data: lines of calls and tokens, each for one model and one purpose."""

from typing import Literal

from pydantic import computed_field

from ...record import Record


class Calls(Record):
    """How many calls: what is expected, and the bounds where they depend on what models say."""

    least: float
    """Fewest, when all goes as asked."""

    expected: float
    """By the assumptions that the estimate states."""

    most: float
    """Most, retries of failed calls aside."""

    @classmethod
    def exactly(cls, number: float) -> "Calls":
        """A number that is known."""
        return cls(least=number, expected=number, most=number)

    def __add__(self, other: "Calls") -> "Calls":
        return Calls(
            least=self.least + other.least,
            expected=self.expected + other.expected,
            most=self.most + other.most,
        )

    def times(self, factor: float) -> "Calls":
        """As often again."""
        return Calls(least=self.least * factor, expected=self.expected * factor, most=self.most * factor)


NONE = Calls.exactly(0)
"""No calls."""


class Asking(Record):
    """Calls of one kind for one prompt, to one model."""

    purpose: Literal["draw", "list", "classify", "judge", "checklist", "quality", "correctness"]
    """`draw` a response; `list` several responses, strategies or wordings in one completion; `classify` the
    prompt; `judge` responses same or different; write a `checklist`; grade `quality`; check `correctness`."""

    calls: Calls
    """How many."""

    input_chars: float
    """Characters sent in each, on average."""

    output_chars: float
    """Characters expected back in each, on average."""


class Line(Record):
    """All calls of a run to one model for one purpose."""

    role: Literal["target", "grader"]
    """Whether the model is under test or grades."""

    model: str
    """The model's name."""

    purpose: str
    """See `Asking.purpose`."""

    calls: Calls
    """How many."""

    input_tokens: float
    """Tokens sent, for the expected calls."""

    output_tokens: float
    """Tokens generated, for the expected calls."""

    cost: float | None
    """Dollars for those tokens, or None: no price is known."""


class Estimate(Record):
    """What a run will ask for."""

    task: str
    """The task's name."""

    prompts: int
    """Prompts asked."""

    epochs: int
    """How often each."""

    lines: list[Line]
    """By model and purpose; empty when no model is called."""

    rounds: int
    """Rounds of calls that each prompt takes at least, one after the other: what latency multiplies with."""

    assumptions: list[str]
    """What the figures rest on, one sentence each."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def calls(self) -> Calls:
        """All calls."""
        return sum((line.calls for line in self.lines), NONE)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def cost(self) -> float | None:
        """Dollars in all, or None when the price of any model is unknown."""
        costs = [line.cost for line in self.lines]
        return None if None in costs else sum(cost for cost in costs if cost is not None)
