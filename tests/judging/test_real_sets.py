"""Lossless judging on responses of real models, with the embedded judge."""

import asyncio
from itertools import islice

import pytest

from benchmarks.judge_calls import response_sets
from inspect_homog import EmbeddedJudge, Question
from inspect_homog.judging.panel import judge_responses
from inspect_homog.taxonomy.category import general_category
from tests.support.data import DATA, needs_data


@needs_data
@pytest.mark.slow
@pytest.mark.parametrize("n", [5, 10])
def test_lossless_counts_as_pairs_do_and_asks_less(n: int) -> None:
    async def check() -> tuple[int, int]:
        judge, full, few = EmbeddedJudge(), 0, 0
        for prompt, texts in islice(response_sets(DATA / "novelty_bench" / "scores"), 0, None, 16):
            question = Question(prompt, general_category())
            (pairs,) = await judge_responses([judge], question, texts[:n], "pairs")
            (lossless,) = await judge_responses([judge], question, texts[:n], "lossless")
            assert (lossless.classes, lossless.unique) == (pairs.classes, pairs.unique)
            full, few = full + pairs.asked, few + lossless.asked
        return full, few

    full, few = asyncio.run(check())
    assert few < full
