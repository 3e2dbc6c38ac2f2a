"""What the scorers ask a grader about the responses to one prompt."""

import json
from collections.abc import Sequence
from math import comb
from statistics import fmean

from ...judging.request import ASK_GROUPS, ASK_PAIR, request
from ...scoring.answers import find_known
from ...scoring.asked import Asked
from ...scoring.checklist import grade_request, write_request
from ...scoring.outcome import open_answers
from ...scoring.three_way import check_request
from .lossless import questions
from .plan import Drawing, Judging, Plan
from .records import Asking, Calls
from .rehearsal import chars

VERDICT = len('{"equivalent": false}')
"""Characters of a judge's answer about a pair."""

OUTCOME = len('{"verdict": "incorrect"}')
"""Characters of an answer about correctness."""

GRADE = len('{"reason": "", "grade": 4}') + 60
"""Characters of a grade with its reason."""

FACTORS = ["x" * 80] * 4
"""A checklist where the prompt has none: "three to five factors", each "one short sentence"."""


def scorer_askings(asked: Asked, plan: Plan) -> tuple[list[Asking], list[Asking], int]:
    """What the first grader alone is asked, what every grader is asked, and in how many rounds at least.

    The scorers ask at once; only a checklist has to be there before the grades.
    """
    texts = list(dict.fromkeys(asked.responses))
    if not plan.graders or not texts:
        return [], [], 0
    once: list[Asking] = []
    each: list[Asking] = []
    if "functional_diversity" in plan.scorers:
        each += judge_askings(asked, texts, plan.judging)
    if "quality" in plan.scorers:
        once += checklist_askings(asked, plan.runs)
        each += quality_askings(asked, texts)
    if "correctness" in plan.scorers:
        each += correctness_askings(asked, texts, not isinstance(plan.responses, Drawing))
    return once, each, len(once) + bool(each)


def judge_askings(asked: Asked, texts: Sequence[str], judging: Judging) -> list[Asking]:
    """What one judge is asked about different texts."""
    n = len(texts)
    if n < 2 or not judging.by_models:
        return []
    if judging.way == "single_call":
        sent = chars(request(asked.question, texts, ASK_GROUPS))
        groups = len(json.dumps({"groups": [[i] for i in range(1, n + 1)]}))
        return [Asking(purpose="judge", calls=Calls.exactly(1), input_chars=sent, output_chars=groups)]
    calls = Calls.exactly(comb(n, 2))
    if judging.way == "lossless":
        calls = Calls(least=n - 1, expected=questions(n, judging.unique), most=comb(n, 2))
    # A request is as long as its texts and a constant, so that two equal ones stand for the mean over pairs.
    sent_each = fmean(chars(request(asked.question, [text, text], ASK_PAIR)) for text in texts)
    orders = 2 if judging.both_orders else 1
    return [Asking(purpose="judge", calls=calls.times(orders), input_chars=sent_each, output_chars=VERDICT)]


def quality_askings(asked: Asked, texts: Sequence[str]) -> list[Asking]:
    """What one grader is asked to grade different texts."""
    checklist, prompt = asked.checklist or FACTORS, asked.question.prompt
    sent = fmean(chars(grade_request(prompt, checklist, text)) for text in texts)
    return [Asking(purpose="quality", calls=Calls.exactly(len(texts)), input_chars=sent, output_chars=GRADE)]


def checklist_askings(asked: Asked, runs: int) -> list[Asking]:
    """What the first grader is asked beforehand: a checklist where the prompt has none.

    Inspect's cache keeps it, so that an earlier run may have it already, and a later epoch finds it unless it
    is asked at the same time.
    """
    if asked.checklist:
        return []
    return [
        Asking(
            purpose="checklist",
            calls=Calls(least=0, expected=1, most=runs),
            input_chars=chars(write_request(asked.question)),
            output_chars=len(json.dumps({"factors": FACTORS})),
        )
    ]


def correctness_askings(asked: Asked, texts: Sequence[str], known: bool) -> list[Asking]:
    """What one grader is asked to check different texts.

    Texts that are a known answer and nothing else are not asked about. How many of them there will be is not
    known before they are drawn: none is expected.

    Args:
        asked: The prompt.
        texts: The different texts of the responses.
        known: Whether these are the responses themselves.
    """
    answers = open_answers(asked)
    if answers is None:
        return []
    free = [text for text in texts if find_known(text, answers).how != "exact"] if known else list(texts)
    if not free:
        return []
    return [
        Asking(
            purpose="correctness",
            calls=Calls(least=len(free) if known else 0, expected=len(free), most=len(free)),
            input_chars=fmean(chars(check_request(asked.question.prompt, answers, text)) for text in free),
            output_chars=OUTCOME,
        )
    ]
