"""What performance rests on and no machine changes: calls, rounds, events, encodes, and the import."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
import pytest
from inspect_ai.log import EvalLog, EvalSample

from benchmarks.workload import draw_and_judge
from inspect_homog import EmbeddedJudge, Question
from inspect_homog.embedded.encoder import Encoder
from inspect_homog.judging.comparer import Comparer
from inspect_homog.judging.panel import judge_responses
from inspect_homog.taxonomy.category import load_category
from tests.conftest import sample
from tests.support.comparer import NET, Words
from tests.support.server import Request, counter, scripted

Run = Callable[..., EvalLog]
PROMPTS = 2
JUDGES = 3


def different(body: Request) -> str:
    return '{"equivalent": false}'


def standard(run: Run, n: int) -> tuple[EvalSample, list[int]]:
    """A sample of the standard workload, and the calls to the target and to each judge.

    The servers answer nobody before all calls of a round, over all prompts, have arrived: a call that waited
    for another one of its round would end the test.
    """
    pairs = n * (n - 1) // 2
    texts = [f"response {i} of many" for i in range(PROMPTS * n)]
    with ExitStack() as stack:
        target = stack.enter_context(scripted(counter(texts), at_once=PROMPTS * n))
        judges = [stack.enter_context(scripted(different, at_once=PROMPTS * pairs)) for _ in range(JUDGES)]
        log = run(
            draw_and_judge(PROMPTS, n),
            model=target.model(),
            model_roles={"grader": [judge.model(f"judge{i}") for i, judge in enumerate(judges)]},
            max_connections=1_000,
        )
        return sample(log), [len(server.requests) for server in (target, *judges)]


def test_two_rounds_and_nothing_beside_the_calls(run: Run) -> None:
    """n draws, then one question a pair and judge; a question adds its own event to the log and no other.

    Each draw has a span and each judge has one, but no question does: a span copies the sample's store.
    """
    (small, _), (large, calls) = standard(run, 3), standard(run, 5)
    assert calls == [PROMPTS * 5] + [PROMPTS * 10] * JUDGES
    few, many = (Counter(event.event for event in found.events) for found in (small, large))
    assert (few["model"], many["model"]) == (3 + 3 * JUDGES, 5 + 10 * JUDGES)
    assert many["span_begin"] - few["span_begin"] == 5 - 3
    assert many.total() - few.total() == many["model"] - few["model"] + 2 * (5 - 3)
    assert large.scores
    judges = (large.scores["functional_diversity"].metadata or {})["judges"]
    logged = [set(verdict) for judge in judges for verdict in judge["verdicts"]]
    assert logged == [{"pair", "answer", "shown", "calls"}] * 10 * JUDGES


class Counting:
    """A sentence encoder that counts how often it is given each text."""

    def __init__(self) -> None:
        self.given: Counter[str] = Counter()
        self.tokenizer = self

    def encode(self, texts: Sequence[str], **kwargs: Any) -> np.ndarray[Any, Any]:
        self.given.update(texts)
        vectors = np.array([[1.0, len(text), text.count("e")] for text in texts])
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def get_vocab(self) -> dict[str, int]:
        return {}


@pytest.mark.parametrize("judging", ["pairs", "lossless"])
async def test_a_response_is_encoded_once_however_many_pairs_it_is_in(judging: str) -> None:
    model = Counting()
    encoder = Encoder(model, "counting")  # type: ignore[arg-type]
    words = Words()
    comparer = Comparer(NET, words)
    texts = [f"Story {i} begins at sea. It ends on land, {i} years later." for i in range(10)]
    question = Question("Tell a story.", load_category("creative_writing"))
    (result,) = await judge_responses(
        [EmbeddedJudge(lambda: encoder, lambda: comparer)], question, texts, judging
    )
    assert result.asked >= 9
    assert set(model.given) >= {*texts, question.prompt}
    assert set(model.given.values()) == {1}
    assert words.given == dict.fromkeys(texts, 1)


IMPORTS = """
import sys, time
started = time.perf_counter()
import inspect_ai, inspect_ai.dataset, inspect_ai.hooks, inspect_ai.model
import inspect_ai.scorer, inspect_ai.solver
before, between = set(sys.modules), time.perf_counter()
import inspect_homog._registry
ended = time.perf_counter()
print(sorted(name for name in set(sys.modules) - before if not name.startswith("inspect_homog")))
print((ended - between) / (between - started))
"""


def test_the_plugin_loads_no_module_but_its_own_and_takes_a_fraction_of_inspects_time() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True)
    others, ratio = done.stdout.splitlines()
    assert others == "[]"
    assert float(ratio) < 0.25
