"""The questions that `lossless` is estimated to ask, against the code that asks."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_homog.judging.judge import Pair, Verdict
from inspect_homog.judging.lossless import ask_lossless
from inspect_homog.judging.partition import all_pairs
from inspect_homog.results.estimate.lossless import questions
from tests.support.estimated import partitions


@given(st.integers(2, 6).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n))))
def test_lossless_questions_are_the_mean_over_all_partitions(size: tuple[int, int]) -> None:
    """By the code that asks, with the pairs in whatever order their likeness puts them."""
    n, k = size
    asked = []
    for labels in partitions(n, k):

        async def ask(pairs: list[Pair], of: list[int] = labels) -> list[Verdict]:
            return [Verdict(pair=(a, b), answer="same" if of[a] == of[b] else "different") for a, b in pairs]

        likeness = {pair: (31 * sum(labels) + 7 * pair[0] + 3 * pair[1]) % 11 for pair in all_pairs(n)}
        asked.append(len(asyncio.run(ask_lossless(n, likeness.__getitem__, ask))))
    assert questions(n, k) == pytest.approx(sum(asked) / len(asked))


def test_lossless_questions_by_default_are_near_those_measured() -> None:
    assert questions(5) == pytest.approx(7.6, rel=0.05)
    assert questions(10) == pytest.approx(28.6, rel=0.05)
    assert questions(5, 2.5) == pytest.approx((questions(5, 2) + questions(5, 3)) / 2)
    assert (questions(5, 99), questions(5, 1), questions(1), questions(0)) == (10, 4, 0, 0)
