"""One or several judges over one response set, and the count that each arrives at."""

from collections.abc import Sequence

from inspect_ai.model import model_roles
from inspect_ai.util import collect
from pydantic import BaseModel, ConfigDict

from ..errors import HomogError
from .judge import Answer, Judge, Pair, Question, Verdict
from .partition import all_pairs, count, intransitive_share, partition, share_different

JUDGES = ("auto", "embedded", "grader")
"""Values of `-T judge=`."""


class JudgeResult(BaseModel):
    """What one judge made of a response set."""

    model_config = ConfigDict(frozen=True)

    judge: str
    """The judge's name."""

    details: dict[str, str]
    """What identifies the judge further."""

    verdicts: list[Verdict]
    """One for each pair asked."""

    classes: list[int] | None
    """Class of each response, or None when abstentions leave the partition open."""

    unique: int | None
    """Number of classes, or None with `classes`."""

    pairwise: float | None
    """Share of the decided pairs that differ."""

    abstained: int
    """Pairs without an answer."""

    intransitive: float | None
    """Share of triples in which a = b and b = c but a != c; high means that the judge contradicts itself."""


def check_judge(judge: str) -> str:
    """The judge's name, if it is one.

    Raises:
        HomogError: When it is not `auto`, `embedded` or `grader`.
    """
    if judge not in JUDGES:
        raise HomogError(f"Unknown judge {judge!r}. Use one of: {', '.join(JUDGES)}.")
    return judge


def resolve_judges(judge: str = "auto") -> list[Judge]:
    """The judges that `-T judge=` stands for in the running evaluation.

    `auto` is the models bound to the role `grader`, or the embedded judge when there are none.

    Raises:
        HomogError: When `grader` is asked for and no model is bound to the role.
    """
    bound = model_roles().get("grader")
    models = bound if isinstance(bound, list) else [bound] if bound is not None else []
    if check_judge(judge) == "grader" and not models:
        raise HomogError(
            "judge=grader needs a judge model: add --model-role grader=provider/name, or use judge=embedded."
        )
    if judge == "embedded" or not models:
        from .embedded import EmbeddedJudge

        return [EmbeddedJudge()]
    from .llm import LLMJudge

    return [LLMJudge(model) for model in models]


async def judge_responses(
    judges: Sequence[Judge], question: Question, responses: Sequence[str]
) -> list[JudgeResult]:
    """Every judge's verdicts on every pair, all in one round.

    Args:
        judges: At least one.
        question: The prompt and the category whose rubric decides.
        responses: At least one response, none of them blank.
    """
    pairs = all_pairs(len(responses))
    asked = await collect(*[judge.compare(question, responses, pairs) for judge in judges])
    return [
        judge_result(judge, verdicts, len(responses)) for judge, verdicts in zip(judges, asked, strict=True)
    ]


def judge_result(judge: Judge, verdicts: list[Verdict], n: int) -> JudgeResult:
    """Classes and shares that follow from one judge's verdicts on n responses."""
    answers: dict[Pair, Answer | None] = {verdict.pair: verdict.answer for verdict in verdicts}
    labels = partition(n, answers)
    return JudgeResult(
        judge=judge.name,
        details=judge.details,
        verdicts=verdicts,
        classes=labels,
        unique=None if labels is None else count(labels),
        pairwise=share_different(answers.values()),
        abstained=sum(answer is None for answer in answers.values()),
        intransitive=intransitive_share(n, answers),
    )
