"""The solver that takes the place of drawing: it reads the responses from the file."""

from pathlib import Path

from inspect_ai.model import ChatMessage, Model, ModelOutput
from inspect_ai.solver import Generate, Solver, TaskState, solver

from ..at_once import at_once
from ..judging.ask import ask
from ..judging.panel import graders
from ..sampling.classify import category_request, category_schema, majority, parse_category_answer
from ..sampling.draw import with_user
from ..sampling.records import Response, ResponseSet
from ..taxonomy.category import GENERAL
from ..taxonomy.taxonomy import Taxonomy, open_taxonomy
from .dataset import RECORD
from .source import open_source

STRATEGY = "recorded"


@solver
def recorded(file: str, taxonomy: str | None = None) -> Solver:
    """Put the responses of the sample's recorded set in its store, as a strategy would its draws.

    A prompt without a category is classified by the models bound to the role `grader` (the majority decides);
    without graders, or without a majority, it counts as outside the taxonomy, and a note says so.

    Args:
        file: The file that the dataset was made of.
        taxonomy: Folder with rubrics of further categories.
    """
    known = open_taxonomy(taxonomy)
    source = open_source(Path(file), known)

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        responses = source[state.metadata[RECORD]].responses
        # All at once: every change of a field checks the whole record.
        record = ResponseSet(
            store=state.store,
            strategy=STRATEGY,
            requested=len(responses),
            responses=[Response(text=text) for text in responses],
        )
        if state.metadata.get("category") is None:
            record.predicted = await predict_category(state.messages, graders(), known)
            state.metadata["category"] = record.predicted or GENERAL
            state.metadata = known.described(state.metadata)
            if record.predicted is None:
                record.notes = ["no category is known: judged by the general rubric"]
        if responses:
            state.output = ModelOutput.from_content(str(state.model), responses[0])
        return state

    return solve


async def predict_category(
    messages: list[ChatMessage], models: list[Model], taxonomy: Taxonomy
) -> str | None:
    """The category that most of the models name, or None when there is no majority or no model."""
    asked = with_user(messages, category_request(taxonomy))
    outputs = await at_once(*[ask(model, asked, category_schema(taxonomy)) for model in models])
    return majority(
        [None if isinstance(out, str) else parse_category_answer(out, taxonomy) for out in outputs]
    )
