"""Lossless judging finds what all pairs would find, with fewer questions."""

import asyncio
import random

from inspect_homog.judging.judge import Answer, Pair, Question, Verdict
from inspect_homog.judging.lossless import forest
from inspect_homog.judging.panel import JudgeResult, judge_responses
from inspect_homog.judging.partition import all_pairs
from inspect_homog.taxonomy.category import load_category

QUESTION = Question("p", load_category("advice"))
MATRICES = 10_000


class Matrix:
    """A judge whose verdicts on the texts "0", "1", ... are given; it need not be transitive."""

    name = "matrix"

    def __init__(self, answers: dict[Pair, Answer | None]) -> None:
        self.answers = answers
        self.details: dict[str, str] = {}
        self.asked: list[Pair] = []
        self.rounds = 0

    async def compare(self, question: Question, responses: list[str], pairs: list[Pair]) -> list[Verdict]:
        self.asked += pairs
        self.rounds += 1
        keys = [(int(responses[a]), int(responses[b])) for a, b in pairs]
        return [
            Verdict(pair=pair, answer=self.answers[min(key), max(key)], calls=1)
            for pair, key in zip(pairs, keys, strict=True)
        ]


async def compare_ways(rng: random.Random) -> tuple[Matrix, JudgeResult, Matrix, JudgeResult]:
    n = rng.randint(1, 9)
    same, missing = rng.random(), rng.choice([0, 0, 0.2])
    answers: dict[Pair, Answer | None] = {
        pair: None if rng.random() < missing else "same" if rng.random() < same else "different"
        for pair in all_pairs(n)
    }
    texts = [str(rng.randrange(n)) for _ in range(n)] if rng.random() < 0.3 else [str(i) for i in range(n)]
    every, few = Matrix(answers), Matrix(answers)
    (full,) = await judge_responses([every], QUESTION, texts, "pairs")
    (less,) = await judge_responses([few], QUESTION, texts, "lossless")
    return every, full, few, less


def test_the_partition_is_that_of_all_pairs_on_random_intransitive_verdicts() -> None:
    rng = random.Random(0)

    async def check() -> int:
        saved = 0
        for _ in range(MATRICES):
            every, full, few, less = await compare_ways(rng)
            assert less.classes == full.classes
            assert less.unique == full.unique
            assert len(set(few.asked)) == len(few.asked)
            assert set(few.asked) <= set(every.asked)
            assert less.calls == len(few.asked)
            saved += less.calls_saved - full.calls_saved
            if len(few.asked) < len(every.asked):
                assert less.pairwise is None
        return saved

    assert asyncio.run(check()) > 0


def test_a_chain_of_equals_takes_one_round_and_n_minus_1_questions() -> None:
    answers: dict[Pair, Answer | None] = dict.fromkeys(all_pairs(6), "same")
    judge = Matrix(answers)
    (found,) = asyncio.run(judge_responses([judge], QUESTION, [str(i) for i in range(6)], "lossless"))
    assert (found.unique, found.calls, found.calls_saved, judge.rounds) == (1, 5, 10, 1)


def test_a_round_never_holds_a_pair_that_another_of_it_may_make_needless() -> None:
    assert forest(4, [0, 1, 2, 3], [(0, 1), (1, 2), (0, 2), (2, 3)]) == [(0, 1), (1, 2), (2, 3)]
    assert forest(4, [0, 0, 1, 1], [(0, 2), (1, 3)]) == [(0, 2)]
