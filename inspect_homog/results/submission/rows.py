"""A prompt of a run as a row of the file of rows, and back."""

from hashlib import sha256
from typing import Any

from ...judging.judge import Verdict
from ...record import Record
from ...sampling.records import Response
from ..run import Graded, Judged, Scored
from .row import (
    Grades,
    ResponseDetails,
    Row,
    RowDetails,
    RowInput,
    RowOutput,
    Score,
    TokenUsage,
    Verdicts,
)
from .strict_json import dumps, loads

CORRECT_MEANS = (
    "true: answers of this prompt were checked, and every response that could be decided is right; "
    "false: at least one is not, none could be decided, or there is nothing to check"
)
"""What a row's `is_correct` stands for, written in the row."""


class Place(Record):
    """To which submission a row belongs."""

    evaluation_id: str
    """The submission's id."""

    model_id: str
    """The model's id."""

    task: str
    """Name of the task."""


def group_name(task: str, category: str | None) -> str:
    """Name of the results over the prompts of a category, or, without one, over all prompts."""
    return task if category is None else f"{task}/{category}"


def result_id(name: str, key: str) -> str:
    """Id of one result of a submission."""
    return f"{name}/{key}"


def row_of(scored: Scored, place: Place) -> Row:
    """The row of a prompt whose figures are computed again (see `figures.recomputed`)."""
    name = group_name(place.task, scored.category)
    key = "unique" if "unique" in scored.figures else "obtained"
    chat = not isinstance(scored.input, str)
    raw = scored.input if isinstance(scored.input, str) else dumps(_sorted(scored.input))
    return Row(
        evaluation_id=place.evaluation_id,
        model_id=place.model_id,
        evaluation_name=name,
        evaluation_result_id=result_id(name, key),
        sample_id=scored.id,
        sample_hash=sha256((raw + "".join(_reference(scored))).encode()).hexdigest(),
        input=RowInput(raw=raw, reference=_reference(scored)),
        output=RowOutput(raw=[response.text for response in scored.responses]),
        answer_attribution=[],
        evaluation=Score(score=scored.figures[key], is_correct=_all_right(scored)),
        token_usage=_tokens(scored),
        error=scored.unscored,
        metadata=_details(scored, chat),
    )


def scored_of(row: Row) -> Scored:
    """The prompt that a row was made of.

    Raises:
        ValueError: When the number of texts is not that of the responses described, a place is beyond them,
            or a response is described wrongly.
    """
    known = row.metadata
    if len(known.responses) != len(row.output.raw):
        raise ValueError(
            f"output.raw holds {len(row.output.raw)} responses, metadata.responses describes "
            f"{len(known.responses)}"
        )
    usage = row.token_usage
    return Scored(
        id=row.sample_id,
        epoch=known.epoch,
        cluster=known.prompt_id,
        category=known.category,
        input=row.input.raw if known.input_format == "text" else loads(row.input.raw),
        target=row.input.reference,
        responses=[
            Response.model_validate({"text": text, **about.model_dump()})
            for text, about in zip(row.output.raw, known.responses, strict=True)
        ],
        judges=[_judged(verdicts, len(known.usable)) for verdicts in known.judges],
        graders=[Graded(grader=grades.grader, grades=grades.grades) for grades in known.graders],
        unscored=row.error,
        input_tokens=usage.input_tokens if usage else None,
        output_tokens=usage.output_tokens if usage else None,
        **{name: getattr(known, name) for name in _SAME},
    )


_SAME = (
    *("strategy", "wording", "predicted", "requested", "usable", "correct", "judging", "prompt_hash"),
    *("rubric_version", "figures", "settings", "calls", "notes"),
)
"""Fields that a prompt and its row's metadata have alike."""


def _details(scored: Scored, chat: bool) -> RowDetails:
    return RowDetails(
        epoch=scored.epoch,
        prompt_id=scored.cluster,
        category=scored.category,
        input_format="chat" if chat else "text",
        responses=[
            ResponseDetails.model_validate(response.model_dump(exclude={"text"}))
            for response in scored.responses
        ],
        judges=[_verdicts(judged) for judged in scored.judges],
        graders=[Grades(grader=graded.grader, grades=graded.grades) for graded in scored.graders],
        is_correct_means=CORRECT_MEANS,
        **{name: getattr(scored, name) for name in _SAME},
    )


def _sorted(turns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The turns with their keys in one order, whichever framework read them."""
    return [dict(sorted(turn.items())) for turn in turns]


def _reference(scored: Scored) -> list[str]:
    return [text for text in scored.target if text]


def _all_right(scored: Scored) -> bool:
    decided = [share for share in scored.correct if share is not None]
    return bool(decided) and all(share > 0.5 for share in decided)


def _tokens(scored: Scored) -> TokenUsage | None:
    sent, generated = scored.input_tokens, scored.output_tokens
    if sent is None or generated is None:
        return None
    return TokenUsage(input_tokens=sent, output_tokens=generated, total_tokens=sent + generated)


def _verdicts(judged: Judged) -> Verdicts:
    known: dict[str, Any] = judged.model_dump(exclude={"verdicts"})
    pairs: list[list[Any]] = [[*verdict.pair, verdict.answer] for verdict in judged.verdicts]
    return Verdicts(verdicts=pairs, **known)


def _judged(verdicts: Verdicts, n: int) -> Judged:
    known = verdicts.model_dump(exclude={"verdicts"})
    found = [Verdict.model_validate({"pair": (a, b), "answer": answer}) for a, b, answer in verdicts.verdicts]
    if beyond := next(
        (verdict.pair for verdict in found if not 0 <= min(verdict.pair) <= max(verdict.pair) < n), None
    ):
        raise ValueError(
            f"judge {verdicts.judge!r} has a verdict on the pair {list(beyond)} of {n} usable responses"
        )
    return Judged(verdicts=found, **known)
