"""The pure measures against their definitions, against `vendi-score`, and at their limits."""

import gzip
import math
import random
import zlib
from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vendi_score import vendi as reference

from inspect_homog.languages import words
from inspect_homog.scoring.general_diversity import similarity, values
from inspect_homog.scoring.measures import (
    compression_distance,
    compression_ratio,
    distinct_n,
    distinct_share,
    diversity,
    fit,
    jaccard_distance,
    mean_cosine_distance,
    mean_over_pairs,
    share_of_mode,
    uniformity,
    utility,
    vendi,
)

texts = st.lists(st.text(alphabet="ab c.é漢", max_size=12), min_size=2, max_size=6)
tokens = st.lists(st.lists(st.sampled_from("abcd"), max_size=6), min_size=2, max_size=5)
vectors = st.integers(0, 10_000)


def unit_rows(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    rows = rng.normal(size=(rng.integers(1, 8), 5))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_diversity_is_the_share_of_the_responses_beyond_the_first_that_are_new() -> None:
    assert [diversity(unique, 5) for unique in (1, 2, 3.5, 5)] == [0, 0.25, 0.625, 1]
    assert [diversity(unique, 2) for unique in (1, 2)] == [0, 1]
    assert math.isnan(diversity(1, 1))
    assert math.isnan(diversity(0, 0))


def test_fit_turns_diversity_round_where_homogenization_is_wanted() -> None:
    assert [fit(share, "wanted") for share in (0, 0.25, 1)] == [1, 0.75, 0]
    assert [fit(share, "unwanted") for share in (0, 0.25, 1)] == [0, 0.25, 1]


@given(texts)
def test_vocabulary_is_the_mean_jaccard_distance(responses: list[str]) -> None:
    sets = [set(words(text)) for text in responses]
    pairs = [len(a ^ b) / len(a | b) if a | b else 0 for a, b in combinations(sets, 2)]
    found = values(responses, None)["vocabulary"]
    assert found == pytest.approx(sum(pairs) / len(pairs), abs=1e-9)


@given(vectors)
def test_vendi_and_embedding_agree_with_the_references(seed: int) -> None:
    rows = unit_rows(seed)
    cosines = rows @ rows.T
    assert vendi(cosines) == pytest.approx(reference.score_K(cosines), abs=1e-9)
    assert vendi(cosines) == pytest.approx(reference.score_dual(rows, normalize=True), abs=1e-6)
    if len(rows) > 1:
        by_hand = [1 - float(a @ b) for a, b in combinations(rows, 2)]
        assert mean_cosine_distance(cosines) == pytest.approx(sum(by_hand) / len(by_hand), abs=1e-9)


@given(tokens)
def test_distinct_shares_count_n_grams(split: list[list[str]]) -> None:
    for n in (1, 2, 3):
        grams = [tuple(t[i : i + n]) for t in split for i in range(len(t) - n + 1)]
        found = distinct_share(split, n)
        assert math.isnan(found) if not grams else found == len(Counter(grams)) / len(grams)
        sets = [{tuple(t[i : i + n]) for i in range(len(t) - n + 1)} for t in split]
        low, high, have = max(map(len, sets)), sum(map(len, sets)), len(set.union(*sets))
        scaled = distinct_n(split, [n])
        assert math.isnan(scaled) if high == low else scaled == pytest.approx((have - low) / (high - low))


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_compression_distance_is_bounded_and_symmetric(a: bytes, b: bytes) -> None:
    assert 0 <= compression_distance(a, b) <= 1
    assert compression_distance(a, b) == compression_distance(b, a)
    assert compression_distance(a, a) == 0


def test_incompressible_texts_are_nearly_as_far_apart_as_can_be() -> None:
    rng = random.Random(0)
    assert compression_distance(rng.randbytes(500), rng.randbytes(500)) > 0.98


def test_compression_ratio_is_plain_gzip() -> None:
    responses = [b"the same words again", b"the same words again", b"and others"]
    joined = b" ".join(responses)
    assert compression_ratio(responses) == pytest.approx(len(joined) / len(gzip.compress(joined)))


@pytest.mark.parametrize("n", [2, 5, 9])
def test_identical_responses_have_no_diversity(n: int) -> None:
    value = values(["One and the same answer, word for word."] * n, np.ones((n, n)))
    assert value.pop("vendi") == pytest.approx(1, abs=1e-9)
    assert value == {"vocabulary": 0, "embedding": 0, "compression": 0, "distinct_n": 0}


@pytest.mark.parametrize("n", [2, 5, 9])
def test_orthogonal_responses_have_the_maximum(n: int) -> None:
    responses = [chr(ord("a") + i) * 3 for i in range(n)]
    value = values(responses, np.eye(n))
    assert value.pop("vendi") == pytest.approx(n, abs=1e-9)
    assert set(value.values()) == {1}


def test_one_response_or_none_is_defined_or_unscored() -> None:
    one = values(["alone"], np.ones((1, 1)))
    assert one.pop("vendi") == 1
    assert all(map(math.isnan, one.values()))
    assert all(map(math.isnan, values([], None).values()))
    assert similarity([]) is None
    assert math.isnan(vendi(np.zeros((0, 0))))


@pytest.mark.parametrize("odd", [["!!!", "???"], ["", "word"], ["\ud800", "a\x00b"], ["x", "y"]])
def test_odd_texts_are_never_an_error(odd: list[str]) -> None:
    for key, value in values(odd, None).items():
        assert math.isnan(value) if key in ("embedding", "vendi") else math.isnan(value) or 0 <= value <= 1


def test_the_encoder_gives_equal_vectors_to_equal_texts() -> None:
    cosines = similarity(["A lake in winter."] * 3)
    assert cosines is not None
    assert (cosines == 1).all()


@pytest.mark.parametrize(("n", "options"), [(2, 2), (3, 2), (3, 4), (5, 3)])
def test_fair_picks_have_a_uniformity_of_one_on_average(n: int, options: int) -> None:
    every = [uniformity(picks, options) for picks in product(range(options), repeat=n)]
    assert sum(every) / len(every) == pytest.approx(1)
    assert min(every) == 0


def test_uniformity_is_undefined_or_refused_where_it_says_nothing() -> None:
    assert math.isnan(uniformity([], 3))
    assert math.isnan(uniformity([1], 3))
    assert math.isnan(uniformity([1, 1], 1))
    with pytest.raises(ValueError, match="3 different picks of 2 options"):
        uniformity([1, 2, 3], 2)


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(1, 10)), min_size=1, max_size=10), st.floats(0.1, 1))
def test_utility_pays_for_the_first_of_each_class(rows: list[tuple[int, float]], p: float) -> None:
    labels = [label for label, _ in rows]
    paid = sum(p**i * s for i, (label, s) in enumerate(rows) if label not in labels[:i])
    due = sum(p**i for i in range(len(rows)))
    assert utility(labels, [s for _, s in rows], p) == pytest.approx(paid / due)


def test_the_other_small_ones() -> None:
    assert jaccard_distance(frozenset("ab"), frozenset("bc")) == pytest.approx(2 / 3)
    assert jaccard_distance(frozenset(), frozenset()) == 0
    assert math.isnan(mean_over_pairs(["one"], lambda a, b: 1.0))
    assert share_of_mode("aab") == pytest.approx(2 / 3)
    assert math.isnan(share_of_mode([]))
    assert math.isnan(utility([], []))


@pytest.mark.parametrize("shared", [0, 40, 80])
def test_compression_distance_is_the_normalised_one(shared: int) -> None:
    """Half-equal texts lie in between, by deflate at its best level without its two bytes for nothing."""
    chance = random.Random(shared)
    start = chance.randbytes(shared)
    a, b = start + chance.randbytes(90 - shared) * 30, start + chance.randbytes(90 - shared) * 20
    alone = sorted(deflated(text) for text in (a, b))
    distance = (min(deflated(a + b), deflated(b + a)) - alone[0]) / alone[1]
    assert 0.05 < distance < 0.999 + (shared == 0)
    assert compression_distance(a, b) == compression_distance(b, a) == pytest.approx(min(1.0, distance))


def deflated(text: bytes) -> int:
    return len(zlib.compress(text, 9, wbits=-15)) - 2


def test_rounding_above_one_is_no_negative_distance() -> None:
    assert mean_cosine_distance(np.full((2, 2), 1.0 + 1e-9)) == 0.0


def test_a_score_for_each_label() -> None:
    with pytest.raises(ValueError, match="shorter"):
        utility([0, 1], [5.0])
