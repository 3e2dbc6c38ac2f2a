"""Scripted models for `homog estimate`, and their calls by model and purpose."""

import json
from collections import Counter
from collections.abc import Iterator

from inspect_homog.results.estimate.records import Estimate
from tests.support.judge import class_of, judge_by, responses_of
from tests.support.server import Request, all_text, kind_of, last_text

Counts = dict[tuple[str, str], float]
KINDS = {
    "category": "classify",
    "verdict": "judge",
    "groups": "judge",
    "grade": "quality",
    "correctness": "correctness",
    "checklist": "checklist",
    "responses": "list",
    "strategies": "list",
    "paraphrases": "list",
}
"""What a call is for, by the schema of its reply."""
N = 5


def partitions(n: int, k: int) -> Iterator[list[int]]:
    """Every partition of n places into k classes, as the class of each place."""
    if n == 0:
        yield from [[]] if k == 0 else []
        return
    for rest in partitions(n - 1, k):
        yield from ([*rest, label] for label in range(k))
    for rest in partitions(n - 1, k - 1):
        yield [*rest, k - 1]


class Target:
    """A model that does as it is asked. Each response names its class first, and no two are equal."""

    def __init__(self) -> None:
        self.numbers = iter(range(10**9))
        self.two_classes = partitions(N, 2)

    def texts(self, body: Request) -> list[str]:
        fresh = [next(self.numbers) for _ in range(N)]
        classes = next(self.two_classes) if body["model"] == "two-classes" else fresh
        return [f"class{label} {number}" for label, number in zip(classes, fresh, strict=True)]

    def __call__(self, body: Request) -> str:
        asked = all_text(body)
        if "Decide what kind of task" in asked:
            return json.dumps({"category": "math"})
        for key in ("strategies", "paraphrases"):
            if f'{{"{key}"' in last_text(body):
                return json.dumps({key: [f"{key} {i}" for i in range(N)]})
        if '{"responses"' not in asked:
            return self.texts(body)[0]
        stated = [{"text": text, "probability": 0.2} for text in self.texts(body)]
        return json.dumps({"responses": stated if '"probability"' in asked else [s["text"] for s in stated]})


def judge(body: Request) -> str:
    """Same class, same response; also as one sorting."""
    if kind_of(body) == "category":
        return json.dumps({"category": "advice"})
    if kind_of(body) == "verdict":
        return judge_by(class_of)(body)
    numbered = list(enumerate(responses_of(body), start=1))
    kinds = dict.fromkeys(class_of(text) for _, text in numbered)
    return json.dumps({"groups": [[i for i, text in numbered if class_of(text) == kind] for kind in kinds]})


def counted(*bodies: Request) -> Counts:
    return dict(Counter((body["model"], KINDS.get(kind_of(body) or "", "draw")) for body in bodies))


def announced(found: Estimate) -> Counts:
    return {(line.model.split("/")[-1], line.purpose): line.calls.expected for line in found.lines}
