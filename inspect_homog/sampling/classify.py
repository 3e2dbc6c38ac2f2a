"""The model's own answer to "what kind of task is this?" (paper section 4, step 1)."""

import json
import re
from collections import Counter
from collections.abc import Sequence

from inspect_ai.model import ChatMessage, GenerateConfig, ModelOutput, ResponseSchema
from inspect_ai.solver import Generate, Solver, TaskState, solver
from inspect_ai.util import JSONSchema

from ..schema import closed_object
from ..taxonomy.category import GENERAL
from ..taxonomy.taxonomy import Taxonomy, installed_taxonomy, open_taxonomy
from .draw import Draws, with_user
from .records import ResponseSet
from .wording import CLASSIFY

_JSON = re.compile(r"\{[^{}]*\}")


@solver
def classify(taxonomy: str | None = None) -> Solver:
    """Ask the model for the category of each prompt: one call, which is all this solver does.

    Leaves the answer in `ResponseSet.predicted`, and the completion as the sample's output.

    Args:
        taxonomy: Folder with rubrics of further categories, which are listed to the model too.
    """
    known = open_taxonomy(taxonomy)

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        draws = Draws()
        state.output = await ask_category(state.messages, draws, known)
        record = state.store_as(ResponseSet)
        record.predicted = parse_category_answer(state.output, known)
        record.drawn = draws.drawn
        return state

    return solve


async def ask_category(messages: Sequence[ChatMessage], draws: Draws, taxonomy: Taxonomy) -> ModelOutput:
    """Ask the model under test what kind of task a conversation is; one call, temperature 0."""
    config = GenerateConfig(temperature=0.0, response_schema=category_schema(taxonomy))
    return await draws.call("classify", with_user(messages, category_request(taxonomy)), config=config)


def parse_category_answer(output: ModelOutput, taxonomy: Taxonomy | None = None) -> str | None:
    """The category that a completion names: in JSON, or as the one category name in the text.

    Returns:
        A category name, `general` for "outside the taxonomy", or None when the answer cannot be read.
    """
    names = [*(taxonomy or installed_taxonomy()).categories, GENERAL]
    text = output.completion
    for found in _JSON.finditer(text):
        try:
            value = json.loads(found.group()).get("category")
        except (ValueError, AttributeError, RecursionError):
            continue
        if value is not None:
            return value if value in names else None
    named = {name for name in names if re.search(rf"(?<![\w-]){name}(?![\w-])", text)}
    return named.pop() if len(named) == 1 else None


def majority(votes: Sequence[str | None]) -> str | None:
    """What more than half of all voters said, or None; an answer that cannot be read says nothing."""
    said, number = Counter(votes).most_common(1)[0] if votes else (None, 0)
    return said if number > len(votes) / 2 else None


def category_request(taxonomy: Taxonomy) -> str:
    """The user turn that asks what kind of task the conversation before it is."""
    definitions = "\n".join(f"- {c.name}: {c.definition}" for c in taxonomy.categories.values())
    return CLASSIFY.format(definitions=definitions, general=GENERAL)


def category_schema(taxonomy: Taxonomy) -> ResponseSchema:
    """The schema of the answer to that turn."""
    schema = closed_object(category=JSONSchema(type="string", enum=[*taxonomy.categories, GENERAL]))
    return ResponseSchema(name="category", json_schema=schema)
