"""Which pairs to ask so that the components come out as if all had been asked."""

from collections.abc import Awaitable, Callable, Sequence
from itertools import combinations

from ..languages import words
from .judge import Pair, Verdict
from .partition import all_pairs, classes


async def ask_lossless(
    n: int, likeness: Callable[[Pair], float], ask: Callable[[list[Pair]], Awaitable[list[Verdict]]]
) -> list[Verdict]:
    """Ask in rounds, until no unasked pair can change the components any more.

    Judges need not be transitive, so two components stay open to each other until every pair between them
    was asked. A round holds the likeliest equal pairs that form no cycle over the components: none of them
    is made needless by another of the same round. The partition, and whether abstentions leave it open, are
    those that `partition` finds with all pairs.

    Args:
        n: Number of responses, no two of them identical.
        likeness: How likely a pair is to be equivalent, in any unit; only the order counts.
        ask: Puts pairs to the judge.
    """
    waiting = sorted(all_pairs(n), key=likeness, reverse=True)
    verdicts: list[Verdict] = []
    while True:
        labels = classes(n, [verdict.pair for verdict in verdicts if verdict.answer == "same"])
        waiting = [(a, b) for a, b in waiting if labels[a] != labels[b]]
        if not waiting:
            return verdicts
        chosen = forest(n, labels, waiting)
        verdicts += await ask(chosen)
        asked = set(chosen)
        waiting = [pair for pair in waiting if pair not in asked]


def forest(n: int, labels: Sequence[int], pairs: Sequence[Pair]) -> list[Pair]:
    """The first of the pairs that form no cycle over the classes, taken in their order (Kruskal)."""
    chosen: list[Pair] = []
    merged = list(labels)
    for a, b in pairs:
        if merged[a] != merged[b]:
            chosen.append((a, b))
            merged = [merged[a] if label == merged[b] else label for label in merged]
    return chosen


def word_likeness(responses: Sequence[str]) -> Callable[[Pair], float]:
    """Likeness by shared words: the Jaccard index of the two responses' word sets, 0..1."""
    sets = [frozenset(words(response)) for response in responses]
    shared = {
        (a, b): len(sets[a] & sets[b]) / max(1, len(sets[a] | sets[b]))
        for a, b in combinations(range(len(sets)), 2)
    }
    return shared.__getitem__
