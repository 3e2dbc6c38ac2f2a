"""One or several judges over one response set, and the count that each arrives at."""

from collections.abc import Iterable, Sequence
from typing import Any

from inspect_ai.model import Model, model_roles
from inspect_ai.util import span

from ..at_once import at_once
from ..errors import HomogError
from ..record import Record
from .judge import Answer, GroupingJudge, Judge, Pair, Question, Verdict, logged_verdict
from .llm import LLMJudge
from .lossless import ask_lossless, word_likeness
from .partition import all_pairs, count, intransitive_share, partition, share_different

JUDGES = ("auto", "embedded", "grader")
"""Values of `-T judge=`."""

AnyJudge = str | Judge | list[Judge]
"""One of those names, or one or several judges of your own."""

JUDGING = ("pairs", "lossless", "single_call")
"""Values of `-T judging=`: every pair at once, only pairs that can change the count, one call for all."""


class JudgeResult(Record):
    """What one judge made of a response set."""

    judge: str
    """The judge's name."""

    details: dict[str, str]
    """What identifies the judge further."""

    verdicts: list[Verdict]
    """One for each pair of different texts that was asked."""

    classes: list[int] | None
    """Class of each response, or None when abstentions leave the partition open."""

    unique: int | None
    """Number of classes, or None with `classes`."""

    pairwise: float | None
    """Share of the decided pairs that differ; None when pairs were left unasked, which would bias it."""

    abstained: int
    """Questions without an answer."""

    asked: int
    """Questions asked: pairs, or one where all responses are sorted at once."""

    flipped: int | None
    """Pairs whose answer depended on the order, or None when one order was asked."""

    calls: int
    """Model calls made."""

    calls_saved: int
    """Model calls that asking about every pair of responses would have made beyond these."""

    intransitive: float | None
    """Share of triples in which a = b and b = c but a != c; high means that the judge contradicts itself.
    None when pairs were left unasked."""

    def as_logged(self) -> dict[str, Any]:
        """As JSON, without the fields of verdicts that say nothing: half of the bytes that verdicts take."""
        said = self.model_dump(mode="json", exclude_defaults=True, exclude={"verdicts"})
        return {**said, "verdicts": [logged_verdict(verdict) for verdict in self.verdicts]}


def check_judge(judge: str) -> str:
    """The judge's name, if it is one.

    Raises:
        HomogError: When it is not `auto`, `embedded` or `grader`.
    """
    if judge not in JUDGES:
        raise HomogError(f"Unknown judge {judge!r}. Use one of: {', '.join(JUDGES)}.")
    return judge


def check_judges(judge: object) -> None:
    """Check that this is what tasks and scorers take: a judge's name, or one or several judges of your own.

    Raises:
        HomogError: When it is not.
    """
    if isinstance(judge, str):
        check_judge(judge)
        return
    own = judge if isinstance(judge, list) else [judge]
    if not own or not all(isinstance(one, Judge) for one in own):
        raise HomogError(
            f"judge must be one of: {', '.join(JUDGES)}, or in Python a judge of your own or a list of them, "
            f"with name, details and compare (see inspect_homog.Judge), not {str(judge)[:80]!r}."
        )


def check_judging(judging: str, both_orders: bool) -> str:
    """The way of judging, if it is one.

    Raises:
        HomogError: When it is unknown, or `single_call` together with `both_orders`, which needs pairs.
    """
    if judging not in JUDGING:
        raise HomogError(f"Unknown judging {judging!r}. Use one of: {', '.join(JUDGING)}.")
    if judging == "single_call" and both_orders:
        raise HomogError("both_orders=true needs pairs: use judging=pairs or judging=lossless with it.")
    return judging


def graders() -> list[Model]:
    """The models bound to the role `grader` in the running evaluation; none is an empty list."""
    bound = model_roles().get("grader")
    return bound if isinstance(bound, list) else [bound] if bound is not None else []


def resolve_judges(judge: AnyJudge = "auto", both_orders: bool = False) -> list[Judge]:
    """The judges that `judge` stands for in the running evaluation.

    `auto` is the models bound to the role `grader`, or the embedded judge when there are none. Judges of your
    own stand for themselves.

    Raises:
        HomogError: When `grader` is asked for and no model is bound to the role.
    """
    if not isinstance(judge, str):
        return judge if isinstance(judge, list) else [judge]
    models = graders()
    if check_judge(judge) == "grader" and not models:
        raise HomogError(
            "judge=grader needs a judge model: add --model-role grader=provider/name, or use judge=embedded."
        )
    if judge == "embedded" or not models:
        return [embedded_judge()]
    return [LLMJudge(model, both_orders) for model in models]


def embedded_judge() -> Judge:
    """The judge that needs no model to be bound; its arithmetic is imported with the first use."""
    from .embedded import EmbeddedJudge

    return EmbeddedJudge()


def check_can_judge(judges: Sequence[Judge], judging: str) -> None:
    """Check that every judge can do what is asked.

    Raises:
        HomogError: When `single_call` is asked of a judge that only compares pairs.
    """
    if judging == "single_call":
        for judge in judges:
            if not isinstance(judge, GroupingJudge):
                raise HomogError(
                    f"judging=single_call needs a model as judge, and {judge.name} only compares pairs: "
                    "add --model-role grader=provider/name, or use judging=pairs."
                )


async def judge_responses(
    judges: Sequence[Judge], question: Question, responses: Sequence[str], judging: str = "pairs"
) -> list[JudgeResult]:
    """What every judge makes of the responses, all judges at once.

    Identical texts are equivalent by definition, and no judge is asked about them.

    Args:
        judges: At least one.
        question: The prompt and the category whose rubric decides.
        responses: At least one response, none of them blank.
        judging: `pairs`, `lossless` or `single_call`.

    Raises:
        HomogError: When a judge cannot sort all responses at once, as `single_call` needs.
    """
    return await at_once(*[_judge(judge, question, responses, judging) for judge in judges])


async def _judge(judge: Judge, question: Question, responses: Sequence[str], judging: str) -> JudgeResult:
    distinct = list(dict.fromkeys(responses))
    async with span(judge.name, type="judge"):
        if judging == "single_call":
            verdicts, abstained, calls = await _sort(judge, question, distinct)
            asked = calls
        else:
            verdicts = await _compare(judge, question, distinct, judging)
            asked = len(verdicts)
            abstained = sum(verdict.answer is None for verdict in verdicts)
            calls = sum(verdict.calls for verdict in verdicts)
    return judge_result(judge, verdicts, responses, asked=asked, abstained=abstained, calls=calls)


async def _compare(judge: Judge, question: Question, texts: list[str], judging: str) -> list[Verdict]:
    if judging == "pairs":
        return list(await judge.compare(question, texts, all_pairs(len(texts))))
    return await ask_lossless(
        len(texts), word_likeness(texts), lambda pairs: judge.compare(question, texts, pairs)
    )


async def _sort(judge: Judge, question: Question, texts: list[str]) -> tuple[list[Verdict], int, int]:
    """The sorting as verdicts on pairs, with the numbers of abstentions and calls."""
    check_can_judge([judge], "single_call")
    assert isinstance(judge, GroupingJudge)
    if len(texts) == 1:
        return [], 0, 0
    found = await judge.group(question, texts)
    if found.classes is None:
        nothing = [Verdict(pair=pair, answer=None, reason=found.reason) for pair in all_pairs(len(texts))]
        return nothing, 1, found.calls
    verdicts = [
        Verdict(pair=(a, b), answer="same" if found.classes[a] == found.classes[b] else "different")
        for a, b in all_pairs(len(texts))
    ]
    return verdicts, 0, found.calls


def judge_result(
    judge: Judge,
    verdicts: list[Verdict],
    responses: Sequence[str],
    *,
    asked: int,
    abstained: int,
    calls: int,
) -> JudgeResult:
    """Classes and shares that follow from one judge's verdicts on the distinct texts of the responses."""
    first = list(_first_places(responses).values())
    placed = [_with_places(verdict, first) for verdict in verdicts]
    answers = answers_on_pairs(placed, responses)
    labels, pairwise = conclude(placed, responses)
    flips = [verdict.flipped for verdict in verdicts if verdict.flipped is not None]
    per_question = 2 if judge.details.get("orders") == "both" else 1
    return JudgeResult(
        judge=judge.name,
        details=judge.details,
        verdicts=placed,
        classes=labels,
        unique=None if labels is None else count(labels),
        pairwise=pairwise,
        abstained=abstained,
        asked=asked,
        flipped=sum(flips) if flips else None,
        calls=calls,
        # A judge that asks models says in which orders; where all texts are equal it saved every call.
        calls_saved=len(answers) * per_question - calls if calls or "orders" in judge.details else 0,
        intransitive=intransitive_share(len(responses), answers) if _complete(placed, responses) else None,
    )


def conclude(verdicts: Sequence[Verdict], responses: Sequence[str]) -> tuple[list[int] | None, float | None]:
    """What follows from one judge's verdicts: `classes` and `pairwise` of its result.

    Args:
        verdicts: By the places of the texts' first responses.
        responses: All that were judged.
    """
    answers = answers_on_pairs(verdicts, responses)
    complete = _complete(verdicts, responses)
    return partition(len(responses), answers), share_different(answers.values()) if complete else None


def _complete(verdicts: Sequence[Verdict], responses: Sequence[str]) -> bool:
    """Whether every pair of different texts was asked."""
    return len({verdict.pair for verdict in verdicts}) == len(all_pairs(len(set(responses))))


def answers_on_pairs(verdicts: Iterable[Verdict], responses: Sequence[str]) -> dict[Pair, Answer | None]:
    """The answer on every pair of responses; None where there is none.

    Identical texts are the same. The answer on different ones is that on their first responses, by which
    verdicts are recorded.
    """
    given = {verdict.pair: verdict.answer for verdict in verdicts}
    first = _first_places(responses)
    places = [first[text] for text in responses]
    answers: dict[Pair, Answer | None] = {}
    for a, b in all_pairs(len(responses)):
        low, high = sorted((places[a], places[b]))
        answers[a, b] = "same" if low == high else given.get((low, high))
    return answers


def _first_places(responses: Sequence[str]) -> dict[str, int]:
    """The place of the first response with each text, in the order of places."""
    first: dict[str, int] = {}
    for place, text in enumerate(responses):
        first.setdefault(text, place)
    return first


def _with_places(verdict: Verdict, first: Sequence[int]) -> Verdict:
    """The verdict with the places of its texts' first responses instead of the distinct texts' own."""
    low, high = (first[number] for number in verdict.pair)
    shown = None if verdict.shown is None else (first[verdict.shown[0]], first[verdict.shown[1]])
    return verdict.model_copy(update={"pair": (low, high), "shown": shown})
