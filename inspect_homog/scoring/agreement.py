"""How far a judge agrees with labels: the scorer and the metrics of `judge_agreement`."""

from collections.abc import Mapping, Sequence

from inspect_ai.model import get_model
from inspect_ai.scorer import (
    CORRECT,
    INCORRECT,
    NOANSWER,
    Metric,
    SampleScore,
    Score,
    Scorer,
    Target,
    metric,
    scorer,
)
from inspect_ai.solver import TaskState

from ..errors import HomogError
from ..judging.judge import Judge, Question
from ..judging.llm import LLMJudge
from ..judging.panel import embedded_judge
from .asked import category_of


@metric(scores="unreduced")
def agreement() -> Metric:
    """Agreement with the labels over the pairs that the judge decided.

    `accuracy`, `balanced_accuracy`, `kappa`, each with a 95% interval (`_low`, `_high`; bootstrap over
    prompts, since pairs of one prompt are not independent); the same by category (`accuracy_<category>`,
    ...) where there are several; `abstention_rate`, `flip_rate` (when both orders were asked) and `pairs`.
    A figure that the verdicts do not determine is left out.
    """

    def compute(scores: list[SampleScore]) -> dict[str, float]:
        rows = [score.score.metadata or {} for score in scores]
        if not rows:
            return {}
        decided = [row for row in rows if row["verdict"] is not None]
        figures = {
            "pairs": float(len(rows)),
            "abstention_rate": 1 - len(decided) / len(rows),
            **_figures(decided),
        }
        categories = sorted({row["category"] for row in decided})
        for name in categories if len(categories) > 1 else []:
            own = _figures([row for row in decided if row["category"] == name])
            figures |= {f"{key}_{name}": value for key, value in own.items()}
        if flips := [row["flipped"] for row in rows if row["flipped"] is not None]:
            figures["flip_rate"] = sum(flips) / len(flips)
        return figures

    return compute


def _figures(rows: Sequence[Mapping[str, str]]) -> dict[str, float]:
    from .contingency import figures_of  # numpy is not needed to register the scorer

    columns = [[row[name] for row in rows] for name in ("prompt", "label", "verdict")]
    return figures_of(*columns)


@scorer(metrics=[agreement()])
def judge_verdict(judge: str | Judge = "auto", both_orders: bool = True) -> Scorer:
    """Ask the judge about the pair in a sample's metadata (`a`, `b`) and compare with the target.

    Args:
        judge: `auto` (the model under test), `embedded`, or a judge of your own.
        both_orders: Ask a model in both orders; an answer that flips is an abstention, and the flip rate is
            reported.

    Raises:
        HomogError: When `judge` is none of these.
    """
    if not isinstance(judge, Judge) and judge not in ("auto", "embedded"):
        raise HomogError(
            f"judge_agreement checks one judge: judge=auto (the model of --model), judge=embedded or, in "
            f"Python, one of your own, not {judge!r}. To check several, give --model several names."
        )

    async def score(state: TaskState, target: Target) -> Score:
        asked = judge if isinstance(judge, Judge) else _judge(judge, both_orders)
        question = Question(state.input_text, category_of(state))
        (verdict,) = await asked.compare(question, [state.metadata["a"], state.metadata["b"]], [(0, 1)])
        right = verdict.answer == target.text
        return Score(
            value=NOANSWER if verdict.answer is None else CORRECT if right else INCORRECT,
            answer=verdict.answer or "abstained",
            explanation=verdict.reason,
            reason="grader_failed" if verdict.answer is None else None,
            metadata={
                "prompt": state.input_text,
                "category": state.metadata["category"],
                "label": target.text,
                "verdict": verdict.answer,
                "flipped": verdict.flipped,
                "judge": asked.name,
                **asked.details,
            },
        )

    return score


def _judge(judge: str, both_orders: bool) -> Judge:
    return embedded_judge() if judge == "embedded" else LLMJudge(get_model(), both_orders)
