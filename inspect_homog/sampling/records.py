"""The records every sampling strategy fills."""

from inspect_ai.model import StopReason
from inspect_ai.util import StoreModel
from pydantic import BaseModel, ConfigDict, Field

from ..record import Record


class Response(Record):
    """One response to the prompt, as the model gave it."""

    text: str
    """The response. Reasoning content is never part of it."""

    strategy: str | None = None
    """The strategy text it was conditioned on, or None."""

    stop_reason: StopReason = "stop"
    """Why the completion that carries it ended; `max_tokens` means that it is cut."""

    index: int | None = None
    """Place within its completion when that carries several responses, or None."""

    probability: float | None = None
    """The probability that the model stated for it, as stated, or None."""

    @property
    def usable(self) -> bool:
        """Whether there is a response to compare: some text, and not stopped by a content filter."""
        return bool(self.text.strip()) and self.stop_reason != "content_filter"


class Drawn(BaseModel):
    """What the draws cost, and the sampling settings that were really in force."""

    model_config = ConfigDict(defer_build=True)

    calls: int = 0
    """Calls to the model under test, cached ones included."""

    input_tokens: int = 0
    """Tokens sent, as the provider counted them."""

    output_tokens: int = 0
    """Tokens generated, as the provider counted them (reasoning included)."""

    settings: dict[str, float | int] = Field(default_factory=dict)
    """`temperature`, `top_p`, `top_k`, `max_tokens` as sent; a missing one was left to the provider's
    default."""


class ResponseSet(StoreModel):
    """The n responses to one prompt.

    Lives in the sample's store, so a log can be scored again by another judge without drawing again.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, defer_build=True)

    requested: int = 0
    """How many responses were asked for."""

    strategy: str = ""
    """Name of the sampling strategy."""

    anchor: str | None = None
    """Name of the category whose wording was used, `general`, or None where the strategy has no wording."""

    anchor_source: str | None = None
    """Where the anchor came from: what the user asked for (`general`, `task`, `predicted`, a task name)."""

    predicted: str | None = None
    """The category that the model predicted (`general`: outside the taxonomy), or None if it was not asked
    or its answer could not be read."""

    responses: list[Response] = Field(default_factory=list)
    """In the order drawn. Fewer than `requested` when the model gave fewer."""

    drawn: Drawn = Field(default_factory=Drawn)
    """Cost and settings of the draws."""

    notes: list[str] = Field(default_factory=list)
    """What went other than asked for, such as a shortfall, each as one line."""

    @property
    def probabilities(self) -> list[float] | None:
        """The stated probabilities, scaled to sum to 1, or None unless every response has one."""
        stated = [r.probability for r in self.responses if r.probability is not None]
        total = sum(stated)
        if not stated or len(stated) < len(self.responses) or total <= 0:
            return None
        return [p / total for p in stated]
