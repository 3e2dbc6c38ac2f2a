"""The comparer: its arithmetic against a plain loop, and its shell against a counting network."""

import json
from importlib.resources import files
from itertools import combinations
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.utils.rnn import pad_sequence
from transformers import BertConfig, BertModel

from benchmarks import fit_comparer
from inspect_homog.judging import comparer
from inspect_homog.judging.comparer import Comparer, load_comparer
from inspect_homog.judging.comparer_net import Adapter, ComparerNet
from tests.support.comparer import NET, SIZE, Words


def unit(x: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


def softmax(x: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    raised = np.exp(x - x.max())
    return raised / raised.sum()


def by_hand(a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> float:
    """The log odds of one pair, token by token."""
    own = {name: weight.detach().double().numpy() for name, weight in NET.own().items()}

    def side(here: np.ndarray[Any, Any], there: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        rows = []
        for token in here:
            likeness = np.array([unit(token) @ unit(other) for other in there])
            shares = softmax(likeness * np.exp(own["sharpness"]))
            found = sum(
                share * (own["narrow.weight"] @ other) for share, other in zip(shares, there, strict=True)
            )
            mine = own["narrow.weight"] @ token
            best = likeness.max()
            x = np.concatenate([np.abs(mine - found), mine * found, [best, 1 - best**2]])
            rows.append(np.maximum(own["beside.0.weight"] @ x + own["beside.0.bias"], 0))
        weight = softmax(here @ own["importance.weight"][0] + own["importance.bias"][0])
        return np.concatenate([weight @ np.array(rows), np.array(rows).max(0)])

    one, other = side(a, b), side(b, a)
    extra = [unit(a.mean(0)) @ unit(b.mean(0)), -abs(np.log(len(a) / len(b)))]
    x = np.concatenate([one + other, np.abs(one - other), extra])
    x = np.maximum(own["decide.0.weight"] @ x + own["decide.0.bias"], 0)
    return float((own["decide.3.weight"] @ x + own["decide.3.bias"])[0])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 7), min_size=2, max_size=4), st.integers(0, 10_000))
def test_log_odds_are_those_of_a_plain_loop_whatever_else_is_in_the_batch(
    lengths: list[int], seed: int
) -> None:
    random = np.random.default_rng(seed)
    texts = [random.normal(size=(length, SIZE)) for length in lengths]
    states = pad_sequence([torch.tensor(text, dtype=torch.float32) for text in texts], batch_first=True)
    mask = torch.arange(states.shape[1])[None, :] < torch.tensor(lengths)[:, None]
    pairs = [(i, j) for i in range(len(texts)) for j in range(len(texts))]
    first, second = (torch.tensor([pair[side] for pair in pairs]) for side in (0, 1))
    with torch.no_grad():
        found = NET.log_odds(states, mask, first, second)
    expected = [by_hand(texts[i], texts[j]) for i, j in pairs]
    assert found.tolist() == pytest.approx(expected, abs=1e-4)


def test_an_untrained_adapter_changes_nothing_and_only_upper_layers_have_them() -> None:
    torch.manual_seed(1)
    shape = BertConfig(
        vocab_size=50, hidden_size=SIZE, num_hidden_layers=5, num_attention_heads=2, intermediate_size=SIZE
    )
    bert = BertModel(shape).eval()
    net = ComparerNet(bert).eval()
    tokens = {
        "input_ids": torch.tensor([[3, 9, 27]]),
        "attention_mask": torch.ones(1, 3, dtype=torch.long),
    }
    with torch.no_grad():
        assert torch.equal(net.read(tokens), bert(**tokens).last_hidden_state)
    adapted = [name for name, module in net.bert.named_modules() if isinstance(module, Adapter)]
    assert len(adapted) == 6 * 2
    assert {name.split(".")[2] for name in adapted} == {"3", "4"}
    assert not any(isinstance(module, Adapter) for module in bert.modules())
    assert all("kept" not in name and "embeddings" not in name for name in net.own())


TEXTS = ["a cat sat", "an owl", "we went to see the sea", "it rained all day long", "no", "yes sir"]


def test_a_text_is_read_once_and_verdicts_depend_on_the_pair_alone() -> None:
    words = Words()
    judge = Comparer(NET, words)
    pairs = list(combinations(TEXTS, 2))
    all_at_once = judge.log_odds(pairs)
    assert set(words.given.values()) == {1}
    assert judge.log_odds([(b, a) for a, b in pairs]) == all_at_once
    assert [Comparer(NET, Words()).log_odds([pair])[0] for pair in pairs] == all_at_once
    assert set(words.given.values()) == {1}
    assert judge.log_odds([]) == []


def test_what_was_read_first_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparer, "REMEMBERED", 9)
    words = Words()
    judge = Comparer(NET, words)
    judge.log_odds([("a cat sat", "an owl")])
    judge.log_odds([("we went to see the sea", "an owl")])
    judge.log_odds([("a cat sat", "an owl")])
    assert words.given == {"a cat sat": 1, "an owl": 2, "we went to see the sea": 1}


def test_the_texts_it_learns_from() -> None:
    rows, held = fit_comparer.read_texts()
    assert len(rows) + len(held) == 968
    assert 0.12 < len(held) / 968 < 0.22
    contrast = (files("inspect_homog.judging") / "contrast_set.jsonl").read_text("utf-8").splitlines()
    known = {json.loads(line)["prompt"] for line in contrast}
    for row in [*rows, *held]:
        assert row["prompt"] not in known
        assert len({row[key] for key in fit_comparer.CLASSES}) == 6
    assert float(fit_comparer.WEIGHT.sum()) == pytest.approx(1)
    assert float(fit_comparer.WEIGHT[fit_comparer.SAME == 1].sum()) == pytest.approx(0.5)


@pytest.mark.slow
def test_the_shipped_one_tells_twins_apart() -> None:
    """On prompts held out from training; what it got there is in the weights' metadata."""
    _, held = fit_comparer.read_texts()
    judge = load_comparer()
    keys = list(fit_comparer.CLASSES)
    right = 0.0
    for row in held[:40]:
        odds = judge.log_odds([(row[keys[i]], row[keys[j]]) for i, j in fit_comparer.PAIRS])
        said = torch.tensor(odds) > 0
        right += float(((said == (fit_comparer.SAME > 0)) * fit_comparer.WEIGHT).sum())
    assert right / 40 > 0.64
