"""Pure functions from counts, classes, texts and vectors to numbers."""

import zlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations
from math import comb, exp, isnan, log, nan
from typing import TYPE_CHECKING, Any, Literal, TypeVar

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[Any]

T = TypeVar("T")

PATIENCE = 0.8
"""NoveltyBench's p: the chance that a user asks for one more response."""


def mean_or_nan(values: Iterable[float | None]) -> float:
    """Mean of those values that are there, or NaN (Inspect's mark for "unscored") when none is."""
    there = [value for value in values if value is not None]
    return sum(there) / len(there) if there else nan


def diversity(unique: float, n: int) -> float:
    """(unique - 1) / (n - 1): 0 when all n responses are equivalent, 1 when no two are (paper section 2).

    NaN for fewer than two responses, of which nothing can be said.
    """
    return (unique - 1) / (n - 1) if n > 1 else nan


def fit(diversity: float, homogenization: Literal["wanted", "unwanted"]) -> float:
    """How well the diversity suits the task, 0..1: itself, or 1 - itself where homogenization is wanted."""
    return 1 - diversity if homogenization == "wanted" else diversity


def mean_over_pairs(items: Sequence[T], distance: Callable[[T, T], float]) -> float:
    """Mean distance over all pairs of items; NaN for fewer than two."""
    return mean_or_nan(distance(a, b) for a, b in combinations(items, 2))


def jaccard_distance(a: frozenset[str], b: frozenset[str]) -> float:
    """1 - |a & b| / |a | b|: 0 for equal sets (two empty ones too), 1 for sets that share nothing."""
    return 1 - len(a & b) / len(a | b) if a | b else 0.0


def compression_distance(a: bytes, b: bytes) -> float:
    """How little the one helps to compress the other, 0..1: the normalised compression distance.

    (C(ab) - min(C(a), C(b))) / max(C(a), C(b)), C being the deflated size less that of nothing (Cilibrasi
    and Vitanyi 2005). Equal texts have distance 0 by definition, where deflate needs a few bytes to say so;
    and the shorter order of the two counts, so that the order does not matter.
    """
    if a == b:
        return 0.0
    alone = sorted((_deflated(a), _deflated(b)))
    together = min(_deflated(a + b), _deflated(b + a))
    return min(1.0, max(0.0, (together - alone[0]) / alone[1]))


def compression_ratio(texts: Sequence[bytes]) -> float:
    """Size of the texts, joined by blanks, over their gzipped size: at least 0, higher for more repetition.

    The figure of the paper (section 3) and of Shaib et al. 2024. It grows with length and with the number of
    texts. The PyPI package `diversity` (0.3.1) gzips twice, so its ratio comes out lower on short texts.
    """
    joined = b" ".join(texts)
    return len(joined) / len(zlib.compress(joined, wbits=31))


def mean_cosine_distance(similarity: "Matrix") -> float:
    """Mean over pairs of 1 - cosine, from an (n, n) matrix of cosines; NaN for fewer than two.

    0 for equal directions, 1 for orthogonal ones; above 1 only for opposite ones.
    """
    return mean_over_pairs(range(len(similarity)), lambda i, j: 1.0 - min(1.0, float(similarity[i, j])))


def vendi(similarity: "Matrix") -> float:
    """The Vendi score of an (n, n) matrix of similarities with ones on the diagonal, 1..n; NaN for n = 0.

    exp of the entropy of the eigenvalues of similarity / n: the effective number of different items
    (Friedman and Dieng 2023).
    """
    from numpy.linalg import eigvalsh

    n = len(similarity)
    if not n:
        return nan
    return exp(-sum(value * log(value) for value in eigvalsh(similarity / n).tolist() if value > 0))


def ngrams(words: Sequence[str], n: int) -> list[tuple[str, ...]]:
    """Every run of n words, in order, with repeats."""
    return list(zip(*(words[i:] for i in range(n)), strict=False))


def distinct_share(texts: Sequence[Sequence[str]], n: int) -> float:
    """Distinct-n as published (Li et al. 2016): different n-grams over all n-grams; NaN without any.

    k equal texts still get 1 / k or more, since it counts within a text as well as between texts.
    """
    found = [gram for words in texts for gram in ngrams(words, n)]
    return len(set(found)) / len(found) if found else nan


def distinct_n(texts: Sequence[Sequence[str]], orders: Sequence[int] = (1, 2, 3)) -> float:
    """Distinct-n between texts, 0..1, mean over the orders n; NaN where no two texts have as many words.

    The published count (`distinct_share`) with each text's own repeats left out, scaled from its lowest to
    its highest possible value: (different - most of one text) / (sum over texts - most of one text). So it
    is 0 when one text holds the n-grams of all, and 1 when no two texts share any.
    """
    return mean_or_nan(None if isnan(value := _distinct(texts, n)) else value for n in orders)


def _distinct(texts: Sequence[Sequence[str]], n: int) -> float:
    sets = [frozenset(ngrams(words, n)) for words in texts]
    total, most = sum(map(len, sets)), max(map(len, sets), default=0)
    return (len(frozenset().union(*sets)) - most) / (total - most) if total > most else nan


def uniformity(picks: Sequence[Hashable], options: int) -> float:
    """Entropy of the picks over the entropy that as many fair picks have on average; NaN without any.

    0 when all picks are one option, 1 on average for fair picks, whatever their number: a few picks cannot
    reach the maximum log(options), and dividing by the exact expectation takes out that small-sample bias.
    Above 1 when a small sample happens to be more even than chance. NaN for one pick or one option.

    Raises:
        ValueError: When there are more different picks than options.
    """
    counts = Counter(picks)
    if len(counts) > options:
        raise ValueError(f"{len(counts)} different picks of {options} options.")
    n = len(picks)
    if n < 2 or options < 2:
        return nan
    entropy = -sum(count / n * log(count / n) for count in counts.values())
    fair = 0.0
    for k in range(1, n):
        chance = float(comb(n, k) * (options - 1) ** (n - k) / options**n)
        fair -= options * chance * k / n * log(k / n)
    return max(0.0, entropy / fair)


def share_of_mode(answers: Sequence[Hashable]) -> float:
    """Share of the commonest answer, 1/n..1; NaN without any."""
    return max(Counter(answers).values()) / len(answers) if answers else nan


def utility(labels: Sequence[Hashable], scores: Sequence[float], patience: float = PATIENCE) -> float:
    """NoveltyBench's utility_k: sum p^i s_i / sum p^i over the responses in their order; NaN without any.

    s_i is the quality (1..10) of the first response of a class and 0 for a later one of it.

    Raises:
        ValueError: When there is not one score for each label.
    """
    weights = [patience**i for i in range(len(labels))]
    seen: set[Hashable] = set()
    total = 0.0
    for label, quality, weight in zip(labels, scores, weights, strict=True):
        if label not in seen:
            seen.add(label)
            total += weight * quality
    return total / sum(weights) if weights else nan


def _deflated(text: bytes) -> int:
    compressor = zlib.compressobj(9, wbits=-15)
    return len(compressor.compress(text) + compressor.flush()) - 2
