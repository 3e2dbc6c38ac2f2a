"""How likely two texts say the same, by a small network that was trained on twins.

Twins are texts of almost the same words that say another thing, and texts of other words that say the same;
`benchmarks/fit_comparer.py` has them and trains on them. The network reads all-MiniLM-L6-v2's tokens through
adapters of its own. This module is its shell: it imports no PyTorch before a comparer is loaded.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from ..embedded.encoder import load_minilm

if TYPE_CHECKING:
    from torch import Tensor

    from .comparer_net import ComparerNet

WEIGHTS = "comparer.safetensors"
"""File beside this module that `benchmarks/fit_comparer.py` writes."""

LONGEST = 256
"""Tokens of a text that are read, as the encoder was trained."""

REMEMBERED = 200_000
"""Tokens whose vectors are kept: about 150 MB."""

TOGETHER = 32
"""Texts, and pairs, that are computed together."""


class PairComparer(Protocol):
    """What the embedded judge needs of a comparer."""

    def log_odds(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Log odds, for each pair of texts, that they are functionally equivalent."""
        ...


class Comparer:
    """Compares texts in pairs; a text is read once however many pairs it is in."""

    def __init__(self, net: "ComparerNet", tokenizer: "Callable[..., Mapping[str, Tensor]]") -> None:
        """Wrap a trained network and its encoder's tokenizer."""
        self._net = net.eval()
        self._tokenizer = tokenizer
        self._known: OrderedDict[str, Tensor] = OrderedDict()
        self._lock = Lock()

    def log_odds(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Log odds, for each pair, that its texts are functionally equivalent. Safe from several threads.

        The order of a pair does not matter. Only the first LONGEST tokens of a text count.
        """
        import torch

        with self._lock, torch.inference_mode():
            self._read(list(dict.fromkeys(text for pair in pairs for text in pair)))
            found = [
                odds
                for start in range(0, len(pairs), TOGETHER)
                for odds in self._compare(pairs[start : start + TOGETHER])
            ]
            self._forget()
        # Beyond this, what else is in a batch shows in the figures.
        return [round(odds, 4) for odds in found]

    def _read(self, texts: list[str]) -> None:
        new = sorted((text for text in texts if text not in self._known), key=len)
        for start in range(0, len(new), TOGETHER):
            batch = new[start : start + TOGETHER]
            clean = [text.encode("utf-8", "replace").decode() for text in batch]
            tokens = self._tokenizer(
                clean, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt"
            )
            states = self._net.read(tokens)
            for text, vectors, mask in zip(batch, states, tokens["attention_mask"].bool(), strict=True):
                self._known[text] = vectors[mask]

    def _compare(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        import torch
        from torch.nn.utils.rnn import pad_sequence

        texts = list(dict.fromkeys(text for pair in pairs for text in pair))
        number = {text: i for i, text in enumerate(texts)}
        vectors = [self._known[text] for text in texts]
        states = pad_sequence(vectors, batch_first=True)
        mask = pad_sequence([torch.ones(len(one), dtype=torch.bool) for one in vectors], batch_first=True)
        first, second = (torch.tensor([number[pair[side]] for pair in pairs]) for side in (0, 1))
        odds: list[float] = self._net.log_odds(states, mask, first, second).tolist()
        return odds

    def _forget(self) -> None:
        """Drop the texts that were read first, until the rest fits."""
        kept = sum(len(vectors) for vectors in self._known.values())
        while kept > REMEMBERED:
            kept -= len(self._known.popitem(last=False)[1])


@cache
def comparer_version() -> str:
    """The first 12 digits of the SHA-256 of the shipped weights."""
    return hashlib.sha256((files(__package__) / WEIGHTS).read_bytes()).hexdigest()[:12]


_LOADING = Lock()


def load_comparer() -> Comparer:
    """The comparer of this process, loaded by the first call; always over all-MiniLM-L6-v2.

    Raises:
        HomogError: When the packaged encoder's weights are not the known ones.
    """
    with _LOADING:
        return _load()


@cache
def _load() -> Comparer:
    from safetensors.torch import load

    from .comparer_net import ComparerNet

    encoder = load_minilm()
    net = ComparerNet(encoder.get_submodule("0.auto_model"))
    weights = load((files(__package__) / WEIGHTS).read_bytes())
    own = net.own()
    if own.keys() != weights.keys():
        raise ValueError(f"{WEIGHTS} is not of this network: {sorted(own.keys() ^ weights.keys())[:3]}")
    for name, weight in own.items():
        weight.data.copy_(weights[name])
    return Comparer(net, encoder.tokenizer)
