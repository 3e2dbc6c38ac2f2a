"""Features of a pair and contradictions: symmetric, finite, and right on a few cases worked out by hand."""

import math
from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_homog.judging.features import Vectors, conflict, embed, features, vocabulary_weight
from inspect_homog.judging.lexicon import canonical_tokens
from inspect_homog.judging.text import sentences, strip_frame

NAMES = """meaning order rare_words name_conflict no_shared_name vocabulary length_ratio sentence_count
prompt_length list_gap short"""

texts = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                "Anna",
                "sailed.",
                "not",
                "3",
                "Paris\n-",
                "the",
                "moon!",
                "Sure!",
                "old?",
                "**Rome**,",
                "or",
                "it's",
                "no",
            ]
        ),
        max_size=30,
    ).map(" ".join),
)


def letters(texts: Sequence[str]) -> Vectors:
    """A fake encoder: how often each letter occurs, on the unit sphere."""
    counts = np.array([[1 + text.lower().count(c) for c in "abcdefghij"] for text in texts], dtype=np.float32)
    return counts / np.linalg.norm(counts, axis=1, keepdims=True)


def of_pair(prompt: str, a: str, b: str) -> dict[str, float]:
    weight = vocabulary_weight({"the": 1_996, "moon": 4_231})
    x, y = embed([a, b], letters)
    return features(prompt, letters([prompt])[0], x, y, weight)


@given(texts, texts, texts)
def test_features_are_finite_and_symmetric(prompt: str, a: str, b: str) -> None:
    forth, back = of_pair(prompt, a, b), of_pair(prompt, b, a)
    assert list(forth) == NAMES.split()
    assert all(math.isfinite(value) for value in forth.values())
    assert forth == pytest.approx(back, abs=1e-5)
    assert (conflict(a, b) is None) == (conflict(b, a) is None)


def test_features_by_hand() -> None:
    found = of_pair("Tell a story.", "Yesterday Anna sailed home.", "Yesterday Bruno sailed far away.")
    assert found["name_conflict"] == pytest.approx(2 / math.sqrt(9))
    assert found["no_shared_name"] == 1
    assert found["length_ratio"] == pytest.approx(4 / 5)
    assert found["sentence_count"] == 0
    assert found["prompt_length"] == pytest.approx(math.log(4))
    assert found["order"] == pytest.approx(-0.2)
    assert found["short"] == 1
    assert of_pair("p", "- a\n- b\n- c", "abc")["list_gap"] == pytest.approx(math.log(4))


def test_word_weights_need_the_vocabulary_of_bert() -> None:
    weight = vocabulary_weight({"the": 1_996, "people": 2_111})
    assert weight("people") == pytest.approx(0.2)
    assert weight("zyzzyva") == pytest.approx(math.log(28_100 / 300))
    assert {vocabulary_weight({"the": 5})(word) for word in ("the", "zyzzyva")} == {1.0}


def test_frames_and_sentences() -> None:
    assert strip_frame("Sure! Here is a poem:\n\nRoses.\n\nLet me know if you like it!") == "Roses."
    assert sentences("One here. Two there!\n- three") == ["One here.", "Two there!", "three"]
    assert sentences("") == [" "]


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("Yes, take the job.", "No, take the job.", "stance"),
        ("You should tell your sister the truth.", "You should not tell your sister the truth.", "negation"),
        ("I would buy the house this year.", "I would sell the house this year.", "opposite"),
        ("The war ended in 1945 in Europe.", "The war ended in 1918 in Europe.", "number"),
        ("The war ended in 1945 in Europe.", "In Europe the war ended in 1945.", None),
        ("Walk to work every day.", "Never lend money to strangers.", None),
        ("It is good.\n" * 9, "It is not good.\n" * 9, None),
    ],
)
def test_contradictions(a: str, b: str, why: str | None) -> None:
    assert {conflict(x, y) for x, y in permutations((a, b))} == {why}


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Twenty-one cafés, isn't it?", "21 cafes is not it"),
        ("the 3rd of 12,500", "the 3 of 12500"),
        ("two hundred thousand", "200000"),
        ("2021-03-04", "4 march 2021"),
        ("World War II", "world war 2"),
        ("7♣ 50%", "7 clubs 50 percent"),
    ],
)
def test_canonical_tokens(text: str, tokens: str) -> None:
    assert " ".join(canonical_tokens(text)) == tokens
