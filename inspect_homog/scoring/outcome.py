"""Is each response right? One outcome a response, by the rules of its category."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from math import isnan

from inspect_ai.model import Model, ModelName, ModelOutput
from inspect_ai.scorer import CORRECT, Scorer, Target
from inspect_ai.scorer import math as inspect_math
from inspect_ai.solver import TaskState

from ..judging.answer_text import find_answer, read_prompt
from .answers import Answers, Match, find_known, find_pattern, normal
from .asked import Asked
from .three_way import check_answers


@dataclass(frozen=True)
class Outcome:
    """Whether one response is right, and which answer it gives."""

    correct: float | None
    """1 or 0, the mean over graders, or None: undecided."""

    answer: Hashable | None
    """Equal for responses that give the same answer; None when it gives none that was found."""

    how: str
    """What the rules found (see `Match.how`), `grader`, `math`, or why it is undecided."""

    calls: int = 0
    """Grader calls that it took; identical texts are asked about once."""


async def decide(asked: Asked, models: Sequence[Model]) -> list[Outcome]:
    """The outcome of each usable response; empty when the sample does not say what is right.

    - A, and B with `accepted`: a response that is a known answer is right. Any other is shown to the graders;
      without graders it is right when it states a known answer, wrong when it names none, undecided when it
      names several.
    - B with `pattern`: right when the response, or a part of it, matches.
    - C: right when it settles on one of the `options`; undecided when it names several.
    - D: Inspect's `math` scorer.
    """
    name, known = asked.category.name, asked.known
    if name == "math" and asked.target:
        return [await _math(text, asked) for text in asked.responses]
    if (answers := open_answers(asked)) is not None:
        return await _known(asked, answers, models)
    if name == "underspecified" and known.get("pattern"):
        return [_of(*find_pattern(text, known["pattern"]), asked, text) for text in asked.responses]
    if name == "random_generation" and known.get("options"):
        return [_of(find_known(text, known["options"]), None, asked, text) for text in asked.responses]
    return []


def open_answers(asked: Asked) -> Answers | None:
    """The known answers that graders are shown where rules do not suffice (A, B with `accepted`), or None."""
    if asked.category.name == "well_specified" and asked.target:
        return [asked.target]
    if asked.category.name == "underspecified" and asked.known.get("accepted"):
        accepted: Answers = asked.known["accepted"]
        return accepted
    return None


async def _known(asked: Asked, answers: Answers, models: Sequence[Model]) -> list[Outcome]:
    matches = {text: find_known(text, answers) for text in asked.responses}
    open_texts = [text for text, match in matches.items() if match.how != "exact"] if models else []
    verdicts = await check_answers(asked.question.prompt, answers, open_texts, models)
    found = {text: _of(match, None, asked, text) for text, match in matches.items()}
    for text, given in zip(open_texts, verdicts, strict=True):
        decided = [verdict for verdict in given if verdict is not None]
        if not decided:
            found[text] = Outcome(None, None, "grader failed", len(given))
            continue
        share = decided.count("correct") / len(decided)
        said = matches[text].answer if share > 0.5 else None
        if share > 0.5 and said is None and len(answers) == 1:
            said = 0
        declined = decided.count("not_attempted") > len(decided) / 2
        answer = None if declined else said if said is not None else _said(asked, text)
        found[text] = Outcome(share, answer, "grader", len(given))
    return [found[text] for text in asked.responses]


def _of(match: Match, part: str | None, asked: Asked, text: str) -> Outcome:
    """The outcome by the rules alone."""
    if match.answer is not None:
        return Outcome(1.0, match.answer if part is None else normal(part), match.how)
    if match.how in ("several", "too slow"):
        return Outcome(None, None, match.how)
    return Outcome(0.0, None if match.how == "refused" else _said(asked, text), match.how)


def _said(asked: Asked, text: str) -> Hashable | None:
    """The words of the answer that a response gives, or None when none are found."""
    return find_answer(text, read_prompt(asked.question.prompt)).tokens or None


async def _math(text: str, asked: Asked) -> Outcome:
    """Symbolic equality of the response's boxed or final answer with one of the targets."""
    as_output = TaskState(
        model=ModelName("none/none"),
        sample_id=0,
        epoch=0,
        input=asked.question.prompt,
        messages=[],
        output=ModelOutput.from_content("none", text),
    )
    try:
        score = await _math_scorer()(as_output, Target(asked.target))
    except ValueError as error:
        return Outcome(None, None, f"target cannot be read: {error}")
    if score is None or (isinstance(score.value, float) and isnan(score.value)):
        return Outcome(None, None, "target cannot be read in time")
    if score.value == CORRECT:
        return Outcome(1.0, asked.target[0], "math")
    found = score.answer if score.reason is None else None
    return Outcome(0.0, normal(found) if found else None, "math")


@cache
def _math_scorer() -> Scorer:
    return inspect_math()
