"""What an estimate rests on, in words."""

from collections.abc import Iterator

from pydantic import Field

from ...record import Record
from ...tasks import MAX_TOKENS
from .lossless import MEASURED
from .plan import Drawing, Plan
from .records import Line

CHARS_A_TOKEN = 4
"""The usual rule for English; the tokenisers of most models are not public."""

RESPONSE_TOKENS = 160
"""Mean length of 4,000 responses of four models to NoveltyBench's 100 prompts, at CHARS_A_TOKEN."""

LISTING = ("system_prompt", "verbalized")
"""Strategies whose completion holds all responses."""


class Sizes(Record):
    """How long responses are."""

    response_tokens: int = Field(default=RESPONSE_TOKENS, ge=1)
    """Expected tokens of a response."""

    max_tokens: int = Field(default=MAX_TOKENS, ge=1)
    """Most tokens that the model under test may generate in a call."""


def assumptions(plan: Plan, sizes: Sizes, lines: list[Line]) -> list[str]:
    """The sentences that belong to the figures."""
    drawing = plan.responses if isinstance(plan.responses, Drawing) else None
    drawn = [] if drawing is None else _of_drawing(drawing, sizes, lines)
    return [
        *drawn,
        *_of_grading(plan, lines),
        "Not counted: calls that failed and are tried again. Calls that a cache answers cost nothing.",
        f"A token is {CHARS_A_TOKEN} English characters; reasoning and schemas of replies are left out.",
    ]


def _of_drawing(drawing: Drawing, sizes: Sizes, lines: list[Line]) -> Iterator[str]:
    n, length = drawing.num_responses, sizes.response_tokens
    yield (
        f"Each response has {length} tokens (--response-tokens), is usable and differs in text from the "
        "others. Identical ones are judged and graded once, empty ones never."
    )
    if any(line.purpose == "list" for line in lines):
        yield "A list is complete at once; for a short one the model is asked again, at most twice."
    if drawing.strategy in LISTING and n * length > sizes.max_tokens:
        yield (
            f"{n} responses of {length} tokens do not fit in one completion of {sizes.max_tokens} "
            "(--max-tokens): expect cut lists, follow-ups and missing responses."
        )


def _of_grading(plan: Plan, lines: list[Line]) -> Iterator[str]:
    judging = plan.judging
    if "functional_diversity" in plan.scorers and not judging.by_models:
        yield "The embedded judge decides what is the same, without a model."
    if not plan.graders:
        yield "No grader is bound (--model-role grader=...): quality is not graded."
    if judging.by_models and judging.way == "lossless":
        yield (
            f"Lossless judging asks {MEASURED:.0%} of the questions between the fewest and all, as measured "
            "on real responses (--unique for another expectation)."
            if judging.unique is None
            else f"Lossless judging finds {judging.unique:g} classes a prompt (--unique), of any sizes."
        )
    if any(line.purpose == "correctness" and line.calls.least < line.calls.most for line in lines):
        yield "No response is a known answer and nothing else; about such ones graders are not asked."
    if any(line.purpose == "checklist" for line in lines):
        yield "A checklist is written once for each prompt without one; the cache keeps it for later runs."
    if any(line.purpose == "classify" and line.role == "grader" for line in lines):
        yield "Prompts that graders classify are taken for outside the taxonomy: correctness is not checked."
