"""Verbalized sampling: n candidates with stated probabilities in one completion."""

import re

from inspect_ai.model import ModelOutput
from inspect_ai.solver import Solver, TaskState, solver
from inspect_ai.util import JSONSchema

from ..taxonomy.category import GENERAL, Category
from .draw import Draws, with_system
from .elicit import Elicitation, elicit, items_schema
from .records import Response
from .strategy import sampling_solver
from .system_prompt import responses_in
from .wording import MORE, VERBALIZED

_STATED = re.compile(
    r"(?:[(\[<]\s*\*{0,2}(?:probability|prob\.?|p)|(?:^|[-–—|])[ \t]*\*{0,2}probability)"
    r"\*{0,2}\s*[:=]\s*\*{0,2}\s*(\d*\.?\d+)\s*(%?)\s*\*{0,2}[)\]>]?\Z",
    re.IGNORECASE | re.MULTILINE,
)
_STATED_LENGTH = 60


@solver
def verbalized(num_responses: int = 5, anchor: str = GENERAL, taxonomy: str | None = None) -> Solver:
    """Ask for n candidates with their probabilities (a peers' strategy): 1 call, and at most 2 follow-ups.

    Stated probabilities are kept as they are; `ResponseSet.probabilities` normalises them on read.

    Args:
        num_responses: Responses a prompt, at least 1.
        anchor: `general`, `task`, `predicted` or a category's name: whose wording says what must vary.
        taxonomy: Folder with rubrics of further categories.
    """
    return sampling_solver("verbalized", sample, num_responses, anchor, taxonomy)


async def sample(state: TaskState, wording: Category, draws: Draws, n: int) -> list[Response]:
    """Up to n candidates that one completion and its follow-ups hold."""
    several = wording.anchored.several
    asked = Elicitation(
        name="candidates with probabilities",
        parse=lambda output: candidates_in(output, n),
        more=lambda got, missing: MORE.format(n=n, got=got, missing=missing, several=several),
        schema=items_schema(
            "responses",
            "Candidate responses, each with its probability",
            text=JSONSchema(type="string"),
            probability=JSONSchema(type="number"),
        ),
        text=lambda response: response.text,
        distinct=False,
    )
    messages = with_system(state.messages, VERBALIZED.format(n=n, several=several))
    return await elicit(asked, messages, draws, n)


def candidates_in(output: ModelOutput, n: int) -> list[Response]:
    """The candidates of a completion with the probability stated for each, or None where there is none.

    From JSON, or from text whose items end like "(probability: 0.3)".
    """
    from .structured import find_json_list

    responses = responses_in(output, n)
    values = find_json_list(output.completion) or []
    if len(values) == len(responses) and all(isinstance(v, dict) for v in values):
        stated = [_number(v.get("probability")) for v in values]
        pairs = zip(responses, stated, strict=True)
        return [r.model_copy(update={"probability": p}) for r, p in pairs]
    return [_split(response) for response in responses]


def _split(response: Response) -> Response:
    text = response.text.rstrip()
    match = _STATED.search(text, max(0, len(text) - _STATED_LENGTH))
    if match is None or not (said := text[: match.start()].rstrip()):
        return response
    probability = _number(float(match[1]) / (100 if match[2] else 1))
    return response.model_copy(update={"text": said, "probability": probability})


def _number(value: object) -> float | None:
    """A stated probability, or None for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= 1 else None
