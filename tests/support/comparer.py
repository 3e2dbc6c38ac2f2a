"""A comparer small enough to be made in a test: random weights, and a tokenizer that counts."""

from collections import Counter
from collections.abc import Mapping, Sequence

import torch
from torch.nn.utils.rnn import pad_sequence
from transformers import BertConfig, BertModel

from inspect_homog.judging.comparer_net import FIRST_ADAPTED, ComparerNet

SIZE = 16


def small(seed: int = 0) -> ComparerNet:
    torch.manual_seed(seed)
    shape = BertConfig(
        vocab_size=50,
        hidden_size=SIZE,
        num_hidden_layers=FIRST_ADAPTED + 1,
        num_attention_heads=2,
        intermediate_size=SIZE,
    )
    return ComparerNet(BertModel(shape).eval()).eval()


NET = small()


class Words:
    """A tokenizer: a word is its length; counts how often it is given each text."""

    def __init__(self) -> None:
        self.given: Counter[str] = Counter()

    def __call__(self, texts: Sequence[str], **options: object) -> Mapping[str, torch.Tensor]:
        self.given.update(texts)
        ids = [torch.tensor([len(word) for word in text.split()]) for text in texts]
        return {
            "input_ids": pad_sequence(ids, batch_first=True),
            "attention_mask": pad_sequence([torch.ones_like(one) for one in ids], batch_first=True),
        }
