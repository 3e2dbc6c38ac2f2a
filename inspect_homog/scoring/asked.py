"""What every scorer reads from a sample: the question, and the responses that can be used."""

from dataclasses import dataclass, field
from typing import Any

from inspect_ai.model import ChatMessageUser
from inspect_ai.solver import TaskState

from ..judging.judge import Question
from ..sampling.records import ResponseSet
from ..taxonomy.category import Category, general_category
from ..taxonomy.taxonomy import category_in

NOT_DRAWN = (
    "The sample holds no ResponseSet. Use a solver of inspect_homog, such as inspect_homog/temperature."
)
"""The note on a sample that no strategy drew for."""


@dataclass(frozen=True)
class Asked:
    """One prompt and the usable responses to it."""

    question: Question
    """The prompt as text, and its category."""

    responses: list[str]
    """Texts of the usable responses, in the order drawn."""

    places: list[int]
    """Their places among all responses drawn."""

    drawn: int
    """Responses drawn, usable or not."""

    requested: int
    """Responses asked for."""

    known: dict[str, Any]
    """The sample's metadata: what is known about right answers."""

    target: list[str] = field(default_factory=list)
    """Accepted answers by the sample's target; empty when it has none."""

    notes: list[str] = field(default_factory=list)
    """What went other than asked for in the drawing, each as one line."""

    @property
    def category(self) -> Category:
        """The prompt's category."""
        return self.question.category

    @property
    def checklist(self) -> list[str] | None:
        """The prompt's own checklist, or None."""
        return self.known.get("checklist") or None


def asked_in(state: TaskState) -> Asked:
    """The question and the usable responses of a sample, from its store."""
    drawn = state.store_as(ResponseSet)
    responses = drawn.responses  # once: every access to a field of the store checks it anew
    usable = [(place, response) for place, response in enumerate(responses) if response.usable]
    notes = list(drawn.notes) if drawn.strategy else [NOT_DRAWN]
    if (lost := len(responses) - len(usable)) > 0:
        notes.append(f"{lost} of {len(responses)} responses are empty or refused")
    return Asked(
        question=Question(prompt_text(state), category_of(state)),
        responses=[response.text for _, response in usable],
        places=[place for place, _ in usable],
        drawn=len(responses),
        requested=drawn.requested,
        known=state.metadata,
        target=[text for text in state.target if text],
        notes=notes,
    )


def category_of(state: TaskState) -> Category:
    """The category of a sample by its metadata; the general one when it has none."""
    return category_in(state.metadata) or general_category()


def prompt_text(state: TaskState) -> str:
    """The prompt as a judge sees it: the text itself, or the turns of a conversation with their roles."""
    if isinstance(state.input, str):
        return state.input
    if len(state.input) == 1 and isinstance(state.input[0], ChatMessageUser):
        return state.input[0].text
    return "\n\n".join(f"[{message.role}]\n{message.text}" for message in state.input)
