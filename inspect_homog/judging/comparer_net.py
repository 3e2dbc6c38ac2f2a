"""The comparer's network: do two texts say the same, going by how their words answer each other?

Imported only where it is used, since it needs PyTorch.
"""

import copy
import math
from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

FIRST_ADAPTED = 3
"""The encoder's layers from this one on are adapted; those below stay as they are."""

RANK = 8
"""Rank of each adapter."""

WIDTH = 64
"""Numbers that a token is compared in."""

DROPOUT = 0.1
"""Share (0..1) of the head's inputs that are left out in training."""
ADAPTER_DROPOUT = 0.05
"""The same of the adapters' inputs."""
MASKED = -1e4
"""Stands for minus infinity where there is no token."""


class Adapter(nn.Module):
    """A linear layer that stays, plus a trained change of low rank, at first none (LoRA, Hu et al. 2021)."""

    def __init__(self, kept: nn.Linear) -> None:
        """Wrap a layer."""
        super().__init__()
        self.kept = kept
        self.down = nn.Parameter(torch.randn(RANK, kept.in_features) / math.sqrt(kept.in_features))
        self.up = nn.Parameter(torch.zeros(kept.out_features, RANK))

    def forward(self, x: Tensor) -> Tensor:
        """What the layer gives, changed."""
        kept: Tensor = self.kept(x)
        return kept + functional.dropout(x, ADAPTER_DROPOUT, self.training) @ self.down.T @ self.up.T


def adapt(bert: nn.Module) -> nn.Module:
    """A copy of a BERT model whose own weights do not learn, with adapters in its upper layers."""
    bert = copy.deepcopy(bert).requires_grad_(False)
    layers = bert.get_submodule("encoder.layer")
    assert isinstance(layers, nn.ModuleList)
    for layer in layers[FIRST_ADAPTED:]:
        linear = [name for name, module in layer.named_modules() if isinstance(module, nn.Linear)]
        for name in linear:
            parent, _, last = name.rpartition(".")
            kept = layer.get_submodule(name)
            assert isinstance(kept, nn.Linear)
            setattr(layer.get_submodule(parent), last, Adapter(kept))
    return bert


class ComparerNet(nn.Module):
    """Decomposable attention (Parikh et al. 2016) over the token vectors of an adapted encoder.

    Each token is set beside what the other text says in its place; what that comparison finds is averaged
    by importance and maximised over the text, in both directions alike: the order of texts does not matter.
    """

    def __init__(self, bert: nn.Module) -> None:
        """Make an untrained comparer over a copy of a BERT model."""
        super().__init__()
        self.bert = adapt(bert)
        size = int(self.bert.config.hidden_size)  # type: ignore[union-attr, arg-type]
        self.narrow = nn.Linear(size, WIDTH, bias=False)
        self.sharpness = nn.Parameter(torch.tensor(2.7))
        self.importance = nn.Linear(size, 1)
        self.beside = nn.Sequential(nn.Linear(2 * WIDTH + 2, WIDTH), nn.ReLU(), nn.Dropout(DROPOUT))
        self.decide = nn.Sequential(
            nn.Linear(4 * WIDTH + 2, 32), nn.ReLU(), nn.Dropout(DROPOUT), nn.Linear(32, 1)
        )
        nn.init.orthogonal_(self.narrow.weight)

    def own(self) -> dict[str, Tensor]:
        """What was trained: all weights but the encoder's."""
        return {name: weight for name, weight in self.named_parameters() if weight.requires_grad}

    def read(self, tokens: Mapping[str, Tensor]) -> Tensor:
        """Token vectors (texts x tokens x size) of tokenised texts."""
        states: Tensor = self.bert(**tokens).last_hidden_state
        return states

    def log_odds(self, states: Tensor, mask: Tensor, first: Tensor, second: Tensor) -> Tensor:
        """Log odds that pairs of texts are functionally equivalent.

        Args:
            states: Token vectors, texts x tokens x size.
            mask: Where there is a token, texts x tokens, boolean.
            first: Number of each pair's one text.
            second: Number of its other text.
        """
        narrow, unit = self.narrow(states), functional.normalize(states, dim=-1)
        length = mask.sum(1, keepdim=True)
        whole = functional.normalize((states * mask[..., None]).sum(1) / length, dim=-1)
        weight = self.importance(states)[..., 0].masked_fill(~mask, MASKED).softmax(-1)
        one = self._side(narrow, unit, mask, weight, first, second)
        other = self._side(narrow, unit, mask, weight, second, first)
        cosine = (whole[first] * whole[second]).sum(-1)
        gap = -(length[first] / length[second]).log().abs()[:, 0]
        found = torch.cat([one + other, (one - other).abs(), torch.stack([cosine, gap], -1)], -1)
        odds: Tensor = self.decide(found)[:, 0]
        return odds

    def _side(
        self, narrow: Tensor, unit: Tensor, mask: Tensor, weight: Tensor, here: Tensor, there: Tensor
    ) -> Tensor:
        """What the tokens of `here` find in `there`: a weighted mean and a maximum of WIDTH numbers each."""
        likeness = (unit[here] @ unit[there].transpose(1, 2)).masked_fill(~mask[there][:, None, :], -1.0)
        found = (likeness * self.sharpness.exp()).softmax(-1) @ narrow[there]
        own, best = narrow[here], likeness.max(-1).values[..., None]
        beside = self.beside(torch.cat([(own - found).abs(), own * found, best, 1 - best**2], -1))
        mean = (beside * weight[here][..., None]).sum(1)
        most = beside.masked_fill(~mask[here][..., None], MASKED).max(1).values
        return torch.cat([mean, most], -1)
