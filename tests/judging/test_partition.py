"""Components against a brute-force definition."""

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from inspect_homog.judging.judge import Answer, Pair
from inspect_homog.judging.partition import (
    all_pairs,
    classes,
    count,
    greedy_classes,
    intransitive_share,
    partition,
    share_different,
)

Answers = dict[Pair, Answer | None]


@st.composite
def answered(draw: st.DrawFn, missing: bool = True) -> tuple[int, Answers]:
    n = draw(st.integers(1, 7))
    kinds = ["same", "different", *([None] if missing else [])]
    return n, {pair: draw(st.sampled_from(kinds)) for pair in combinations(range(n), 2)}


def connected(n: int, same: set[Pair]) -> list[set[int]]:
    """Components by the definition: repeated spreading along the edges."""
    rest = set(range(n))
    found = []
    while rest:
        component = {min(rest)}
        while (
            grown := {b for a, b in product(component, range(n)) if (min(a, b), max(a, b)) in same}
            - component
        ):
            component |= grown
        found.append(component)
        rest -= component
    return found


@given(answered(missing=False))
def test_classes_are_the_connected_components(case: tuple[int, Answers]) -> None:
    n, answers = case
    same = {pair for pair, answer in answers.items() if answer == "same"}
    labels = classes(n, same)
    expected = connected(n, same)
    assert [{i for i in range(n) if labels[i] == label} for label in dict.fromkeys(labels)] == expected
    assert count(labels) == len(expected)
    assert partition(n, answers) == labels
    assert labels[0] == 0
    assert all(label <= max(labels[:i], default=-1) + 1 for i, label in enumerate(labels))


@given(answered())
def test_missing_answers_leave_the_count_open_unless_every_completion_agrees(
    case: tuple[int, Answers],
) -> None:
    n, answers = case
    missing = [pair for pair, answer in answers.items() if answer is None][:8]
    fixed = {p: a for p, a in answers.items() if p not in missing and a is not None}
    answers = fixed | dict.fromkeys(missing)
    completions = [
        {p for p, a in (fixed | dict(zip(missing, filled, strict=True))).items() if a == "same"}
        for filled in product(["same", "different"], repeat=len(missing))
    ]
    counts = {len(connected(n, same)) for same in completions}
    given_pairs = {p: answers.get(p) for p in fixed | dict.fromkeys(missing)}
    labels = partition(n, given_pairs | {p: "different" for p in all_pairs(n) if p not in given_pairs})
    assert (labels is None) == (len(counts) > 1)
    if labels is not None:
        assert counts == {count(labels)}


@given(answered())
def test_shares(case: tuple[int, Answers]) -> None:
    n, answers = case
    decided = [a for a in answers.values() if a is not None]
    share = share_different(answers.values())
    assert share == (decided.count("different") / len(decided) if decided else None)
    triples = [
        [answers[a, b], answers[b, c], answers[a, c]]
        for a, b, c in combinations(range(n), 3)
        if None not in (answers[a, b], answers[b, c], answers[a, c])
    ]
    expected = sum(t.count("different") == 1 for t in triples) / len(triples) if triples else None
    assert intransitive_share(n, answers) == expected


@given(answered())
def test_greedy_classes_ask_the_first_members_in_their_order(case: tuple[int, Answers]) -> None:
    n, answers = case
    firsts: list[int] = []
    expected: list[int] | None = []
    for place in range(n):
        asked = [answers[first, place] for first in firsts]
        stop = next((label for label, answer in enumerate(asked) if answer != "different"), None)
        if stop is not None and asked[stop] is None:
            expected = None
            break
        expected.append(len(firsts) if stop is None else stop)
        firsts += [place] if stop is None else []
    assert greedy_classes(n, answers) == expected


def test_a_pair_that_is_missing_leaves_greedy_classes_open() -> None:
    assert greedy_classes(2, {}) is None
    assert greedy_classes(1, {}) == [0]
