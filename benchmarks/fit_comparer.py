"""Train the comparer of the embedded judge on twins, and write its weights.

    python -m benchmarks.fit_comparer [--epochs 4] [--output FILE]

`twins.jsonl` has six responses a prompt, written for this: `a1`, `a2` and `a3` say the same, `b1` and `b2`
another thing, `c1` a third. `a3` and `b1` differ from `a1` by about as many words, while `a2` and `b2` use
others, so that neither shared nor different words tell the label. Every sixth prompt, by a hash of its text,
is held out: `fit_embedded_judge`, which is to be run afterwards, needs pairs that the comparer has not seen.
No prompt is in the contrast set. The same inputs give the same weights on the same machine, in about a
quarter of an hour on one idle CPU; a second one does not help.
"""

import argparse
import hashlib
import json
import random
import sys
import time
from itertools import combinations
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from inspect_homog.embedded.encoder import load_minilm
from inspect_homog.judging import comparer
from inspect_homog.judging.comparer import LONGEST, WEIGHTS
from inspect_homog.judging.comparer_net import FIRST_ADAPTED, ComparerNet

TEXTS = Path(__file__).with_name("twins.jsonl")
OUTPUT = Path(comparer.__file__).with_name(WEIGHTS)

CLASSES = {"a1": "a", "a2": "a", "a3": "a", "b1": "b", "b2": "b", "c1": "c"}
PAIRS = list(combinations(range(len(CLASSES)), 2))
SAME = torch.tensor([float(len({list(CLASSES.values())[i] for i in pair}) == 1) for pair in PAIRS])
FAR = torch.tensor([5 in pair for pair in PAIRS])
"""Pairs with `c1`, which are easy."""

WEIGHT = (
    torch.where(
        SAME == 1, 1 / SAME.sum(), torch.where(FAR, 0.3 / FAR.sum(), 0.7 / (~FAR & (SAME == 0)).sum())
    )
    / 2
)
"""Of a pair within its prompt: half for those that say the same, a seventh of the rest for the easy ones."""

BATCH = 6
RATES = {"adapters": 2e-3, "head": 2e-3}
DECAY = 0.02


def read_texts(path: Path = TEXTS) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Prompts to train on, and those held out."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    held = [int(hashlib.sha256(row["prompt"].encode()).hexdigest(), 16) % 6 == 0 for row in rows]
    return (
        [row for row, out in zip(rows, held, strict=True) if not out],
        [row for row, out in zip(rows, held, strict=True) if out],
    )


class Trainer:
    """A network in training; what the encoder's lower layers say of each text is computed once."""

    def __init__(self, seed: int = 0) -> None:
        torch.manual_seed(seed)
        random.seed(seed)
        torch.set_num_threads(1)
        encoder = load_minilm()
        self.bert: Any = encoder.get_submodule("0.auto_model")
        self.tokenizer = encoder.tokenizer
        self.net = ComparerNet(self.bert)
        self.lower: dict[str, Tensor] = {}

    def prepare(self, texts: list[str]) -> None:
        """Compute the states below the adapted layers."""
        new = sorted({text for text in texts if text not in self.lower}, key=len)
        for start in range(0, len(new), 32):
            batch = new[start : start + 32]
            tokens = self.tokenizer(
                batch, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt"
            )
            with torch.no_grad():
                states = self.bert(**tokens, output_hidden_states=True).hidden_states[FIRST_ADAPTED]
            for text, state, mask in zip(batch, states, tokens["attention_mask"].bool(), strict=True):
                self.lower[text] = state[mask].clone()

    def log_odds(self, rows: list[dict[str, str]]) -> Tensor:
        """Of all pairs of each row: rows x pairs."""
        texts = [self.lower[row[key]] for row in rows for key in CLASSES]
        states = pad_sequence(texts, batch_first=True)
        mask = pad_sequence([torch.ones(len(one), dtype=torch.bool) for one in texts], batch_first=True)
        closed = torch.zeros(mask.shape).masked_fill(~mask, torch.finfo(torch.float32).min)
        layers: Any = self.net.bert.get_submodule("encoder.layer")
        for layer in layers[FIRST_ADAPTED:]:
            states = layer(states, closed[:, None, None, :])
        first, second = (
            torch.tensor([len(CLASSES) * n + pair[side] for n in range(len(rows)) for pair in PAIRS])
            for side in (0, 1)
        )
        return self.net.log_odds(states, mask, first, second).view(len(rows), len(PAIRS))

    def accuracy(self, rows: list[dict[str, str]]) -> float:
        """Weighted share of pairs that are judged right at even odds."""
        self.net.eval()
        with torch.no_grad():
            found = torch.cat([self.log_odds(rows[i : i + BATCH]) for i in range(0, len(rows), BATCH)])
        self.net.train()
        return float((((found > 0) == (SAME > 0)).float() * WEIGHT).sum(1).mean())

    def train(
        self, rows: list[dict[str, str]], held: list[dict[str, str]], epochs: int, output: Path
    ) -> None:
        """Train; after each epoch, say how it goes and write the weights."""
        adapters = list(self.net.bert.parameters())
        adapters = [one for one in adapters if one.requires_grad]
        head = [one for name, one in self.net.own().items() if not name.startswith("bert.")]
        groups = [{"params": adapters, "lr": RATES["adapters"]}, {"params": head, "lr": RATES["head"]}]
        optimizer = torch.optim.AdamW(groups, weight_decay=DECAY)
        steps = len(rows) // BATCH
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, list(RATES.values()), total_steps=epochs * steps, pct_start=0.15
        )
        started = time.monotonic()
        for epoch in range(epochs):
            random.shuffle(rows)
            total = 0.0
            for step in range(steps):
                found = self.log_odds(rows[step * BATCH : (step + 1) * BATCH])
                loss = functional.binary_cross_entropy_with_logits(
                    found, SAME.expand_as(found), reduction="none"
                )
                mean = (loss * WEIGHT).sum(1).mean()
                optimizer.zero_grad()
                mean.backward()
                nn.utils.clip_grad_norm_([*adapters, *head], 1.0)
                optimizer.step()
                schedule.step()
                total += mean.item()
            print(
                f"epoch {epoch + 1}: loss {total / steps:.3f}, held out {self.accuracy(held):.3f}, "
                f"{time.monotonic() - started:.0f} s",
                file=sys.stderr,
                flush=True,
            )
            save_file({name: weight.detach().half() for name, weight in self.net.own().items()}, output)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--output", type=Path, default=OUTPUT, help="weights file to write")
    args = parser.parse_args()
    rows, held = read_texts()
    trainer = Trainer()
    trainer.prepare([row[key] for row in [*rows, *held] for key in CLASSES])
    trainer.train(rows, held, args.epochs, args.output)


if __name__ == "__main__":
    main()
